/* merge.c - `imcscan merge`: the parts of a sharded scan become one case. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/merge.h"
#include "cli/say.h"
#include "cli/shut.h"
#include "cli/values.h"
#include "cli/weights.h"

static bool
rank_file(void *context, const struct casefile_file *file, const struct record *record)
{
	struct merging *merging = context;
	const struct ranked_file ranked = keep_ranked(file);

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

static bool
is_whole(const struct casefile_setup *setup)
{
	return setup->shard_set == (1ull << setup->shards) - 1;
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
	options->no_evidence = merging->keep.setup.no_evidence;
	/* What is not in these parts may be in others. */
	options->shards = is_whole(&merging->keep.setup) ? 0 : merging->keep.setup.shards;
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
	collect->spill_dir = results->spill_dir;
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
		.no_evidence = setup->no_evidence,
		.shards = merging->joined.shards,
	};
	size_t n_rules;

	(void)rules_all(&n_rules);
	for (size_t i = 0; i < n_rules; i++)
		options.n_disabled += setup->disabled[i];
	for (size_t i = 0; i < setup->n_useless && i < 2; i++)
		results->notes.useless[i] = setup->useless[i];
	results->notes.n_useless = setup->n_useless < 2 ? setup->n_useless : 2;
	if (is_whole(setup))
		setup->shards = 0;
	if (setup->shards == 0)
		setup->shard_set = 0;
	merging->counts.keep = &merging->keep;
	merging->counts.artefacts = &results->artefacts;
	merging->counts.options = &options;
	merging->counts.part = &merging->first.results.run;
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

int
cmd_merge(const struct options *options)
{
	struct merging merging = { .n_differ = 0 };
	bool good, made;

	if (!options->output || strcmp(options->output, "-") == 0)
		return say_usage(options->name, options->name, "no -o CASE given");
	if (options->n_paths == 0)
		return say_usage(options->name, options->name, "no PART given");
	if (!shut_cases(options, false))
		return EXIT_TROUBLE;
	good = start(&merging, options) && merge_parts(&merging, options) && rank_whole(&merging);
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
