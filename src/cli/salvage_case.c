/* salvage_case.c - the messages of a case that are to be salvaged, out of the tree it was made of. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/locate.h"
#include "cli/prefix.h"
#include "cli/recall.h"
#include "cli/salvage_run.h"
#include "cli/say.h"
#include "cli/shut.h"
#include "cli/stop.h"
#include "cli/walking.h"

/* ---- which ---- */

struct naming {
	struct salvage_run *run;
	const char *message; /* NULL: all from the level on */
	enum fit fit;
	uint64_t count, rank;
	bool failed;
};

static bool
is_salvageable(const struct suspect *suspect)
{
	return suspect->record && suspect->record->status != STATUS_FAILED;
}

/* The walk meets each file once. */
static bool
is_wanted(const struct salvage_run *run, const struct suspect *suspect)
{
	for (size_t i = 0; i < run->n_targets; i++) {
		const struct salvage_target *target = &run->targets[i];

		if (strcmp(target->root, suspect->root) == 0 &&
		    target->path_len == suspect->path.len &&
		    memcmp(target->path, suspect->path.data, target->path_len) == 0)
			return true;
	}
	return false;
}

static bool
want(struct naming *naming, const struct suspect *suspect)
{
	naming->failed =
	    !salvage_run_want(naming->run, suspect->root, suspect->path, suspect->record->sha256);
	return !naming->failed;
}

static bool
take_level(void *context, const struct suspect *suspect)
{
	struct naming *naming = context;

	if (suspect->level < naming->run->options->min_level || !is_salvageable(suspect))
		return true;
	return want(naming, suspect);
}

static bool
look_at(void *context, const struct suspect *suspect)
{
	struct naming *naming = context;
	const enum fit fit = locate_fit(suspect->root, suspect->path, naming->message);

	if (fit == FIT_NONE || fit < naming->fit || !is_salvageable(suspect))
		return true;
	if (fit > naming->fit)
		naming->count = 0;
	naming->fit = fit;
	naming->rank = suspect->rank;
	naming->count++;
	return true;
}

static bool
take_ranked(void *context, const struct suspect *suspect)
{
	struct naming *naming = context;

	return suspect->rank != naming->rank || is_wanted(naming->run, suspect) ||
	       want(naming, suspect);
}

static bool
take_named(struct salvage_run *run, struct ranking *ranking, const char *message)
{
	struct naming naming = { .run = run, .message = message };

	if (!ranking_walk(ranking, look_at, &naming))
		return say("cannot read what the case holds: %s", strerror(errno)), false;
	if (naming.count != 1) {
		if (naming.count == 0)
			say_about(message, "no such message in the case that was examined");
		else
			say_about(message,
			    "%" PRIu64 " messages are called so; name one by its path",
			    naming.count);
		return false;
	}
	return ranking_walk(ranking, take_ranked, &naming) && !naming.failed;
}

static bool
choose(struct salvage_run *run, struct ranking *ranking)
{
	struct naming all = { .run = run };

	if (run->options->all)
		return ranking_walk(ranking, take_level, &all) && !all.failed;
	for (size_t i = 1; i < run->options->n_paths; i++)
		if (!take_named(run, ranking, run->options->paths[i]))
			return false;
	return true;
}

/* ---- out of the tree ---- */

static int
compare(const void *a, const void *b)
{
	const struct salvage_target *x = a, *y = b;
	const size_t both = x->path_len < y->path_len ? x->path_len : y->path_len;
	const int order = both ? memcmp(x->path, y->path, both) : 0;

	if (order != 0)
		return order;
	if (x->path_len != y->path_len)
		return x->path_len < y->path_len ? -1 : 1;
	return strcmp(x->root, y->root);
}

static int
compare_places(const void *a, const void *b)
{
	const struct salvage_target *x = a, *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

struct case_walk {
	struct salvage_run *run;
	const char *prefix;
	bool only_root;
};

static struct salvage_target *
target_of(const struct case_walk *walking, const struct walk_entry *entry)
{
	char *root = walking->only_root ? strdup("") : prefix_join(walking->prefix, entry->root);
	char *path = malloc(entry->path.len + 1);
	struct salvage_target key = { .root = root, .path = path, .path_len = entry->path.len };
	struct salvage_target *found = NULL;

	if (root && path) {
		if (entry->path.len > 0)
			memcpy(path, entry->path.data, entry->path.len);
		found = bsearch(
		    &key, walking->run->targets, walking->run->n_targets, sizeof key, compare);
	}
	free(root);
	free(path);
	return found;
}

static bool
visit(void *context, const struct walk_entry *entry)
{
	const struct case_walk *walking = context;
	struct salvage_target *target =
	    entry->met == MET_MESSAGE ? target_of(walking, entry) : NULL;
	const struct ranked_file file = { .root = target ? target->root : "",
		.path = entry->path,
		.folder = entry->folder,
		.direction = entry->direction,
		.reason = "",
		.has_stat = entry->has_stat,
		.size = entry->size,
		.mtime_sec = entry->mtime_sec };

	if (target && !target->met)
		return salvage_run_do(walking->run, target, &file, entry->fd) && !stop_requested();
	if (entry->fd >= 0)
		(void)close(entry->fd);
	return !stop_requested();
}

/* The places of the evidence, absolute, stand in the order of the paths as they were given. */
static bool
walk_all(struct salvage_run *run, const struct recall *recall)
{
	const struct run_info *info = &recall->results.run;
	struct case_walk walking = { .run = run };

	walking.only_root = ranking_only_root(recall->results.ranking) != NULL;
	for (size_t i = 0; i < info->n_paths && i < recall->results.n_evidence; i++) {
		char *prefix = walking_prefix(run->unpack, info->paths[i], info->n_paths == 1);
		struct walk_result result = { 0 };
		int error;

		walking.prefix = prefix;
		error = prefix ? walking_walk(run->unpack, WALKING, recall->results.evidence[i],
				     visit, &walking, &result)
			       : ENOMEM;
		walk_result_free(&result);
		free(prefix);
		if (error != 0) {
			say_about(recall->results.evidence[i], "%s", walk_strerror(error));
			return false;
		}
	}
	return true;
}

static void
tell_missing(struct salvage_run *run)
{
	for (size_t i = 0; i < run->n_targets && !stop_requested() && !run->broken; i++) {
		struct salvage_target *target = &run->targets[i];

		if (target->met)
			continue;
		target->path[target->path_len] = '\0';
		say_about(target->path, "is no longer in the tree");
		run->n_failed++;
	}
}

int
salvage_from_case(struct salvage_run *run)
{
	struct recall recall = { .path = run->options->paths[0] };
	int status = EXIT_TROUBLE;

	if (shut_salvage_case(run->options) && recall_case(&recall, run->options->paths[0], NULL) &&
	    results_outside(&recall.results, run->options->out_folder) &&
	    choose(run, recall.results.ranking) && salvage_run_folder(run) &&
	    shut_salvage(run->options, recall.results.evidence, recall.results.n_evidence, true)) {
		qsort(run->targets, run->n_targets, sizeof *run->targets, compare);
		if (walk_all(run, &recall))
			status = EXIT_QUIET;
		qsort(run->targets, run->n_targets, sizeof *run->targets, compare_places);
		if (status == EXIT_QUIET)
			tell_missing(run);
	}
	recall_free(&recall);
	return status;
}
