/* merge.c - `imcscan merge`: the parts of a sharded scan become one case. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/collect.h"
#include "cli/corroborate.h"
#include "cli/keep.h"
#include "cli/recall.h"
#include "cli/say.h"
#include "cli/values.h"
#include "cli/weights.h"

struct merging {
	struct keep keep;       /* of the case that is made */
	struct recall first;    /* what all parts must agree in; stays open */
	struct recall *part;    /* being joined */
	struct results results; /* of all parts */
	struct collect counts;  /* for the notes, and to join the logs with the files */
	struct corroboration corroboration;
	uint64_t n_differ;
	uint64_t n_added;  /* files of the case that is made, by the numbers of their clues */
	char **roots;      /* of the run: pointers of ours */
	uint64_t *numbers; /* there, of each file of the part; UINT64_MAX: it is not taken */
	size_t n_numbers, numbers_room;
	struct options joined; /* how the logs are joined with all files */
	bool failed;           /* the message is said */
};

/* ---- whether parts belong together ---- */

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool
same_lists(const char *const *a, size_t n_a, const char *const *b, size_t n_b)
{
	for (size_t i = 0; i < n_a && n_a == n_b; i++) {
		if (!same_text(a[i], b[i]))
			return false;
	}
	return n_a == n_b;
}

/* NULL, or in what the parts differ. */
static const char *
difference(const struct recall *a, const struct recall *b)
{
	const struct run_info *x = &a->results.run, *y = &b->results.run;
	size_t n_rules;

	(void)rules_all(&n_rules);
	if (!same_text(x->version, y->version) || !same_text(x->gmime, y->gmime) ||
	    !same_text(x->libmagic, y->libmagic) || !same_text(x->magic_sha256, y->magic_sha256))
		return "programs or libraries of another version";
	if (!same_text(x->exchange, y->exchange) ||
	    a->setup.archive_is_control != b->setup.archive_is_control ||
	    a->setup.excludes != b->setup.excludes || !same_text(x->timezone, y->timezone) ||
	    memcmp(a->setup.disabled, b->setup.disabled, n_rules) != 0 ||
	    !same_lists(a->setup.weights, a->setup.n_weights, b->setup.weights, b->setup.n_weights))
		return "other options";
	if (x->time_base_ms != y->time_base_ms || x->time_per_mb_ms != y->time_per_mb_ms ||
	    x->memory_mib != y->memory_mib || x->sandboxed != y->sandboxed)
		return "other limits";
	if (a->results.summary.logs_read != b->results.summary.logs_read)
		return "other logs";
	if (!same_lists(x->paths, x->n_paths, y->paths, y->n_paths) ||
	    !same_lists(x->roots, x->n_roots, y->roots, y->n_roots))
		return "another tree";
	if (a->setup.shards && b->setup.shards && a->setup.shards != b->setup.shards)
		return "another number of parts";
	return NULL;
}

/* ---- joining ---- */

static bool
join_suspect(void *context, const struct suspect *suspect)
{
	struct merging *merging = context;
	const struct results *results = &merging->part->results;
	const struct description *description =
	    suspect->record ? results->describe(results->describing, suspect) : NULL;
	const char *only = ranking_only_root(results->ranking);

	if (!description)
		return true;
	merging->failed = !casefile_join_description(
	    merging->keep.casefile, only ? only : suspect->root, suspect->path, description);
	return !merging->failed;
}

static bool
number_file(struct merging *merging, bool added)
{
	if (merging->n_numbers == merging->numbers_room) {
		const size_t room = merging->numbers_room ? merging->numbers_room * 2 : 1024;
		uint64_t *bigger = reallocarray(merging->numbers, room, sizeof *bigger);

		if (!bigger)
			return false;
		merging->numbers = bigger;
		merging->numbers_room = room;
	}
	merging->numbers[merging->n_numbers++] = added ? merging->n_added++ : UINT64_MAX;
	return true;
}

/* A part cannot know what is missing: another one may hold it. */
static bool
join_file(void *context, const struct casefile_file *file, const struct record *record)
{
	struct merging *merging = context;
	bool added = false, differs = false;

	if (file->status != STATUS_MISSING)
		merging->failed =
		    !casefile_join_file(merging->keep.casefile, file, record, &added, &differs);
	merging->n_differ += differs && !merging->failed;
	if (!merging->failed && !number_file(merging, added)) {
		say("out of memory");
		return false;
	}
	return !merging->failed;
}

static bool
join_hit(void *context, uint64_t number, const struct casefile_hit *hit)
{
	struct merging *merging = context;

	if (merging->numbers[number] == UINT64_MAX)
		return true;
	merging->failed = !casefile_add_hit(merging->keep.casefile, merging->numbers[number], hit);
	return !merging->failed;
}

/* Every part has read all logs. */
static bool
join_log(void *context, const char *root, struct slice path, const struct evidence *evidence)
{
	struct merging *merging = context;

	if (merging->part != &merging->first)
		return true;
	merging->failed = !casefile_add_log(merging->keep.casefile, root, path, evidence);
	return !merging->failed;
}

static bool
join_artefact(void *context, const struct artefact *artefact)
{
	struct merging *merging = context;
	struct artefact joined = *artefact;
	const size_t len = strlen(CASEFILE_CLOCK_LOCAL);

	if (casefile_has_artefact(merging->keep.casefile, artefact))
		return true;
	/* The zone that a part found is its own: all files together tell of theirs. */
	if (strncmp(joined.clock, CASEFILE_CLOCK_LOCAL, len) == 0)
		joined.clock = CASEFILE_CLOCK_LOCAL;
	merging->failed = !casefile_add_artefact(merging->keep.casefile, &joined);
	return !merging->failed;
}

static void
join_summary(struct merging *merging, const struct recall *part)
{
	struct summary *all = &merging->results.summary;
	const struct summary *one = &part->results.summary;
	struct casefile_setup *setup = &merging->keep.setup;

	if (one->started < all->started)
		all->started = one->started;
	if (one->ended > all->ended)
		all->ended = one->ended;
	all->interrupted |= one->interrupted;
	all->worker_deaths += one->worker_deaths;
	merging->results.run.atime_may_change |= part->results.run.atime_may_change;
	setup->layout |= part->setup.layout;
	setup->mailroot |= part->setup.mailroot;
	if (part->setup.shards == 0)
		setup->shards = 0;
	setup->shard_set |= part->setup.shard_set;
}

static bool
join_part(struct merging *merging, struct recall *part)
{
	const char *other = difference(&merging->first, part);

	if (other) {
		say_about(part->path, "does not belong to the scan of the first part: %s", other);
		return false;
	}
	merging->part = part;
	merging->n_numbers = 0;
	/* The ranking of a part serves to find its descriptions. */
	if (casefile_each_file(part->casefile, join_file, merging) &&
	    casefile_each_hit(part->casefile, join_hit, merging) &&
	    casefile_each_log(part->casefile, join_log, merging) &&
	    casefile_each_artefact(part->casefile, join_artefact, merging) &&
	    ranking_walk(part->results.ranking, join_suspect, merging) && !merging->failed) {
		join_summary(merging, part);
		return true;
	}
	if (merging->failed)
		return keep_failed(&merging->keep);
	say_about(part->path, "cannot be read as a case: %s", casefile_why(part->casefile));
	return false;
}

/* ---- the whole ---- */

static bool
rank_file(void *context, const struct casefile_file *file, const struct record *record)
{
	struct merging *merging = context;
	const struct ranked_file ranked = {
		.root = file->root,
		.path = file->path,
		.folder = file->folder,
		.direction = file->direction,
		.status = file->status,
		.reason = file->reason,
		.foreign_name = file->foreign_name,
		.has_stat = file->has_stat,
		.size = file->size,
		.mtime_sec = file->mtime_sec,
	};

	if (record) {
		merging->counts.n_examined += record->status != STATUS_FAILED;
		merging->counts.n_lf_only += (record->flags & RECORD_LF_ONLY) != 0;
	}
	merging->counts.n_added++;
	return ranking_add(merging->results.ranking, &ranked, record);
}

static bool
count_artefact(void *context, const struct artefact *artefact)
{
	struct merging *merging = context;

	return artefacts_keep(&merging->results.artefacts, artefact);
}

static bool
take_log(void *context, const char *root, struct slice path, const struct evidence *evidence)
{
	struct merging *merging = context;

	return log_set_add_at(merging->counts.reading.logs, root, path, evidence);
}

/* The logs, and all files: a part knows its own alone. */
static bool
join_again(struct merging *merging)
{
	struct results *results = &merging->results;
	struct collect *collect = &merging->counts;
	const char *zone = results->run.timezone;
	struct options *options = &merging->joined;

	options->archive_is_control = merging->keep.setup.archive_is_control;
	options->timezone = zone && *zone ? zone : NULL;
	if (results->summary.interrupted)
		return true;
	if (options->timezone && !value_timezone(zone)) {
		say_about(merging->first.path, "its time zone is none that this machine knows");
		return false;
	}
	collect->ranking = results->ranking;
	collect->artefacts = &results->artefacts;
	collect->keep = &merging->keep;
	collect->options = options;
	merging->roots = calloc(results->run.n_roots + 1, sizeof *merging->roots);
	if (!merging->roots) {
		say("out of memory");
		return false;
	}
	for (size_t i = 0; i < results->run.n_roots; i++)
		memcpy(&merging->roots[i], &results->run.roots[i], sizeof(char *));
	collect->roots = merging->roots;
	collect->n_roots = results->run.n_roots;
	collect->reading.logs = log_set_new();
	merging->corroboration.collect = collect;
	merging->corroboration.from = merging->keep.casefile;
	if (!collect->reading.logs) {
		say("out of memory");
		return false;
	}
	if (!casefile_each_log(merging->keep.casefile, take_log, merging))
		return keep_failed(&merging->keep);
	return corroborate(&merging->corroboration, options) &&
	       (casefile_set_local_clock(merging->keep.casefile,
		    correlation_local_clock(merging->corroboration.correlation)) ||
		   keep_failed(&merging->keep));
}

static void
gather_notes(struct merging *merging)
{
	struct results *results = &merging->results;
	struct casefile_setup *setup = &merging->keep.setup;
	struct options options = {
		.no_sandbox = !results->run.sandboxed,
		.archive_is_control = setup->archive_is_control,
		.n_excludes = setup->excludes,
	};
	size_t n_rules;

	(void)rules_all(&n_rules);
	for (size_t i = 0; i < n_rules; i++)
		options.n_disabled += setup->disabled[i];
	if (setup->shard_set == (1ull << setup->shards) - 1)
		setup->shards = 0;
	if (setup->shards == 0)
		setup->shard_set = 0;
	merging->counts.keep = &merging->keep;
	merging->counts.artefacts = &results->artefacts;
	merging->counts.options = &options;
	merging->counts.layout = setup->layout;
	merging->counts.mailroot = setup->mailroot;
	notes_gather(&results->notes, &options, &merging->counts, &results->summary);
	corroborate_notes(&merging->corroboration, &results->notes);
	merging->counts.options = NULL;
	results->run.notes = results->notes.lines;
	results->run.n_notes = results->notes.count;
}

static bool
rank_whole(struct merging *merging)
{
	struct results *results = &merging->results;
	struct casefile_setup *setup = &merging->keep.setup;
	struct ranking_options options = {
		.exchange = setup->exchange,
		.disabled = setup->disabled,
		.archive_is_control = setup->archive_is_control,
		.constants = weights_constants(merging->first.weights),
	};

	options.rules = rules_all(&options.n_rules);
	if (!results_start(results, &options))
		return false;
	if (!casefile_each_file(merging->keep.casefile, rank_file, merging) ||
	    !casefile_each_artefact(merging->keep.casefile, count_artefact, merging))
		return keep_failed(&merging->keep);
	if (!join_again(merging) || !results_finish(results))
		return false;
	gather_notes(merging);
	return keep_results(&merging->keep, results);
}

static bool
start(struct merging *merging, const struct options *options)
{
	struct results *results = &merging->results;
	char why[CASEFILE_WHY] = "";

	if (!recall_case(&merging->first, options->paths[0], options->output))
		return false;
	results->run = merging->first.results.run;
	results->summary.logs_read = merging->first.results.summary.logs_read;
	results->summary.clues = merging->first.results.summary.clues;
	results->summary.started = merging->first.results.summary.started;
	results->evidence = merging->first.results.evidence;
	results->n_evidence = merging->first.results.n_evidence;
	merging->keep.setup = merging->first.setup;
	merging->keep.path = options->output;
	merging->keep.casefile = casefile_create(options->output, why);
	if (!merging->keep.casefile) {
		say_about(options->output, "cannot be made: %s", why);
		return false;
	}
	return (casefile_put_run(merging->keep.casefile, &results->run, &merging->keep.setup,
		    &results->summary, false) &&
		   casefile_put_evidence(
		       merging->keep.casefile, results->evidence, results->n_evidence)) ||
	       keep_failed(&merging->keep);
}

static bool
join_all(struct merging *merging, const struct options *options)
{
	bool good = join_part(merging, &merging->first);

	for (size_t i = 1; good && i < options->n_paths; i++) {
		struct recall part;

		good = recall_case(&part, options->paths[i], NULL) && join_part(merging, &part);
		recall_free(&part);
	}
	return good;
}

int
cmd_merge(const struct options *options)
{
	struct merging merging = { .n_differ = 0 };
	bool good, made;

	if (!options->output || strcmp(options->output, "-") == 0)
		return say_usage(options->name, options->name, "no -o CASE given");
	if (options->n_paths == 0)
		return say_usage(options->name, options->name, "no PART given");
	good = start(&merging, options) && join_all(&merging, options) && rank_whole(&merging);
	if (good && merging.corroboration.n_blocks > 0 && options->n_paths > 1)
		say_about(options->output,
		    "blocks of torn files were looked for within their own part only: scan the "
		    "tree as one to have them looked for everywhere");
	if (good && merging.n_differ > 0)
		say_about(options->output,
		    "%" PRIu64 " file(s) lie in several parts with different contents: the tree "
		    "changed between them",
		    merging.n_differ);
	made = merging.keep.casefile != NULL;
	good = keep_close(&merging.keep, good) && good;
	/* A part of a whole is no whole. */
	if (made && !good)
		(void)unlink(options->output);
	corroborate_free(&merging.corroboration);
	reading_free(&merging.counts.reading);
	free(merging.roots);
	free(merging.numbers);
	results_free(&merging.results);
	recall_free(&merging.first);
	return good ? EXIT_QUIET : EXIT_TROUBLE;
}
