/* plan_case.c - a case as the plan sees it: files, what was recorded, the next step. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/plan_case.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/casefile.h"
#include "cli/cli.h"
#include "cli/plan_detail.h"
#include "cli/results.h"
#include "cli/say.h"

const char *
plan_goal_name(enum plan_goal goal)
{
	return goal == PLAN_ISOLATE ? "isolate" : "flow";
}

const char *
plan_outcome_name(enum plan_outcome outcome)
{
	static const char *const names[] = { "stable", "stopped", "unclear", "confirmed" };

	return names[outcome];
}

void
plan_case_close(struct plan_case *plan)
{
	plan_step_free(&plan->step);
	plan_candidates_free(&plan->files);
	plan_records_free(&plan->records);
	free(plan->probability);
	free(plan->events);
	free(plan->sets);
	if (plan->store)
		plan_store_close(plan->store);
	weights_free(plan->weights);
}

char *
plan_case_name(const struct plan_candidate *file, size_t *len)
{
	const size_t root = file->only_root ? 0 : file->root.len, slash = root > 0;
	char *name = malloc(root + slash + file->path.len + 1);

	*len = root + slash + file->path.len;
	if (!name)
		return NULL;
	if (slash) {
		memcpy(name, file->root.data, root);
		name[root] = '/';
	}
	if (file->path.len > 0)
		memcpy(name + root + slash, file->path.data, file->path.len);
	name[*len] = '\0';
	return name;
}

/* What was recorded last counts, then what the command line says. */
static void
settle_options(const struct plan_wish *wish, struct plan_case *plan)
{
	struct plan_options *out = &plan->problem.options;

	*out = plan_defaults(weights_constants(plan->weights));
	for (size_t i = 0; i < plan->records.n; i++)
		if (strcmp(plan->records.list[i].outcome, "confirmed") != 0)
			plan_detail_options(&plan->records.list[i], out);
	if (wish->goal)
		out->goal = strcmp(wish->goal, "isolate") == 0 ? PLAN_ISOLATE : PLAN_FLOW;
	if (wish->miss >= 0)
		out->miss = wish->miss;
	if (wish->false_crash >= 0)
		out->false_crash = wish->false_crash;
	if (wish->crash_cost >= 0)
		out->crash_cost = wish->crash_cost;
	if (wish->culprits >= 0)
		out->culprits = wish->culprits;
}

static int
read_events(struct plan_case *plan)
{
	const size_t n = plan->files.n, n_events = plan->records.n;

	free(plan->events);
	free(plan->sets);
	plan->events = calloc(n_events + 1, sizeof *plan->events);
	plan->sets = calloc((n + 1) * (n_events + 1), 1);
	if (!plan->events || !plan->sets) {
		say("out of memory");
		return EXIT_TROUBLE;
	}
	for (size_t i = 0; i < n_events; i++) {
		const struct plan_record *record = &plan->records.list[i];

		if (!plan_detail_read(plan, record, &plan->events[i], plan->sets + i * (n + 1))) {
			say_about(plan->path, "step %llu of its plan is not what imcscan records",
			    (unsigned long long)record->step);
			return EXIT_TROUBLE;
		}
	}
	return EXIT_QUIET;
}

int
plan_case_look(const struct plan_wish *wish, struct plan_case *plan)
{
	plan_records_free(&plan->records);
	plan_step_free(&plan->step);
	plan->step = (struct plan_step){ .step = 0 };
	if (!plan_store_records(plan->store, &plan->records)) {
		say_about(plan->path, "%s", plan_store_why(plan->store));
		return EXIT_TROUBLE;
	}
	settle_options(wish, plan);
	if (read_events(plan) != EXIT_QUIET)
		return EXIT_TROUBLE;
	if (plan_next(&plan->problem, plan->events, plan->records.n, &plan->step))
		return EXIT_QUIET;
	say("out of memory");
	return EXIT_TROUBLE;
}

/* The numbers that the scan was given, or none. */
static bool
take_weights(struct plan_case *plan)
{
	const char *const *lines;
	size_t n_lines;

	if (!plan_store_weights(plan->store, &lines, &n_lines)) {
		say_about(plan->path, "%s", plan_store_why(plan->store));
		return false;
	}
	if (n_lines == 0)
		return true;
	plan->weights = weights_recall(lines, n_lines);
	if (!plan->weights)
		say_about(plan->path, "its weights are not what imcscan records");
	return plan->weights != NULL;
}

static bool
take_files(struct plan_case *plan)
{
	plan->probability = calloc(plan->files.n + 1, sizeof(double));
	if (!plan->probability)
		return false;
	for (size_t i = 0; i < plan->files.n; i++)
		plan->probability[i] = plan->files.list[i].probability;
	plan->problem.n = plan->files.n;
	plan->problem.probability = plan->probability;
	plan->problem.not_in_tree = plan->files.not_in_tree;
	return true;
}

bool
plan_case_outside(const struct plan_case *plan, const char *output)
{
	struct results results = { .ranking = NULL };

	if (!output || strcmp(output, "-") == 0)
		return true;
	if (casefile_is_file(output, plan->path)) {
		say_about(output, "is the case itself");
		return false;
	}
	if (plan_store_evidence(plan->store, &results.evidence, &results.n_evidence))
		return results_outside(&results, output);
	say_about(plan->path, "%s", plan_store_why(plan->store));
	return false;
}

int
plan_case_open(const struct options *options, struct plan_case *plan)
{
	char why[PLAN_STORE_WHY];

	*plan = (struct plan_case){ .path = options->paths[0] };
	plan->store = plan_store_open(plan->path, options->plan.note != PLAN_NOTE_NONE, why);
	if (!plan->store) {
		say_about(plan->path, "cannot be read as a case: %s", why);
		return EXIT_TROUBLE;
	}
	if (!plan_case_outside(plan, options->output) || !take_weights(plan))
		return EXIT_TROUBLE;
	if (!plan_store_candidates(plan->store, &plan->files)) {
		say_about(plan->path, "%s", plan_store_why(plan->store));
		return EXIT_TROUBLE;
	}
	if (!take_files(plan)) {
		say("out of memory");
		return EXIT_TROUBLE;
	}
	return plan_case_look(&options->plan, plan);
}

bool
plan_case_is_out(const struct plan_case *plan, size_t file)
{
	const enum folder folder = plan->files.list[file].folder;

	for (size_t i = plan->records.n; i-- > 0;) {
		if (plan->events[i].outcome != PLAN_CONFIRMED)
			return !plan->events[i].in_place[file];
	}
	return folder == FOLDER_IN_TEMP || folder == FOLDER_OUT_TEMP;
}

/* Whether the name is that of the file: 2 for the whole path, 1 for its last part, or for the path
 * below the root, which is how reports name the files of an only root. */
static int
matches(const struct plan_candidate *file, const char *name)
{
	const size_t slash = slice_rfind(file->path, '/');
	size_t len;
	char *whole = plan_case_name(file, &len);
	const int same = whole && strlen(name) == len && memcmp(whole, name, len) == 0;

	free(whole);
	if (same)
		return 2;
	return slice_eq(file->path, name) ||
	       slice_eq_nocase(
		   slash == SLICE_NONE ? file->path : slice_from(file->path, slash + 1), name);
}

size_t
plan_case_file(const struct plan_case *plan, const char *name)
{
	size_t found = plan->files.n, times = 0;

	for (size_t i = 0; i < plan->files.n; i++) {
		const int match = matches(&plan->files.list[i], name);

		if (match == 2)
			return i;
		if (match == 1) {
			found = i;
			times++;
		}
	}
	if (times == 1)
		return found;
	say_about(name, times ? "several files of the queue have that name: give the whole path"
			      : "no file of the queue has that name");
	return plan->files.n;
}
