/* merge_parts.c - whether parts of a scan belong together, and what they hold into one case. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/merge.h"
#include "cli/say.h"

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
	    x->memory_mib != y->memory_mib || x->sandboxed != y->sandboxed ||
	    memcmp(&x->limits, &y->limits, sizeof x->limits) != 0)
		return "other limits";
	if (a->setup.no_evidence != b->setup.no_evidence)
		return b->setup.no_evidence ? "it was scanned with --no-evidence, the first not"
					    : "the first was scanned with --no-evidence";
	if (a->results.summary.logs_read != b->results.summary.logs_read)
		return "other logs";
	if (!same_lists(x->paths, x->n_paths, y->paths, y->n_paths) ||
	    !same_lists(x->roots, x->n_roots, y->roots, y->n_roots) ||
	    !same_lists(x->archives, x->n_archives, y->archives, y->n_archives))
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

bool
merge_parts(struct merging *merging, const struct options *options)
{
	bool good = join_part(merging, &merging->first);

	for (size_t i = 1; good && i < options->n_paths; i++) {
		struct recall part;

		good = recall_case(&part, options->paths[i], NULL) && join_part(merging, &part);
		recall_free(&part);
	}
	return good;
}
