/* plan_json.c - the plan as one JSON object, which is all that a script needs. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "cli/plan_print.h"
#include "report/json.h"

#define SUSPECTS_MOST 200
#define SUSPECT_LEAST 1e-6

size_t
plan_likeliest(const struct plan_case *plan, double least, size_t *list, size_t room)
{
	const double *probability = plan->step.probability;
	size_t used = 0;

	for (size_t i = 0; i < plan->files.n; i++) {
		size_t at;

		if (probability[i] < least ||
		    (used == room && probability[list[used - 1]] >= probability[i]))
			continue;
		used += used < room;
		at = used - 1;
		while (at > 0 && probability[list[at - 1]] < probability[i]) {
			list[at] = list[at - 1];
			at--;
		}
		list[at] = i;
	}
	return used;
}

static json_t *
json_name(const struct plan_candidate *file)
{
	size_t len;
	char *name = plan_case_name(file, &len);
	json_t *value = name ? json_of_bytes(slice_of(name, len)) : NULL;

	free(name);
	return value;
}

static json_t *
names(const struct plan_case *plan, bool in_place)
{
	const struct plan_step *step = &plan->step;
	json_t *list = json_array();

	for (size_t i = 0; i < plan->files.n; i++) {
		const bool here = step->in_place[i];

		if (here == in_place && (here || step->state[i] != PLAN_DELIVERED))
			json_array_append_new(list, json_name(&plan->files.list[i]));
	}
	return list;
}

static json_t *
share(double value)
{
	return json_real(round(value * 1e6) / 1e6);
}

static json_t *
suspects(const struct plan_case *plan)
{
	size_t list[SUSPECTS_MOST];
	const size_t n = plan_likeliest(plan, SUSPECT_LEAST, list, SUSPECTS_MOST);
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(
		    array, json_pack("{s:o, s:o}", "path", json_name(&plan->files.list[list[i]]),
			       "probability", share(plan->step.probability[list[i]])));
	return array;
}

/* Shortest digits that tell tenths of thousandths apart, not those of a double. */
static void
put(FILE *out, json_t *object)
{
	json_write(out, object, JSON_ENSURE_ASCII | JSON_REAL_PRECISION(7));
	fputc('\n', out);
	json_decref(object);
}

void
plan_print_json(FILE *out, const struct plan_case *plan)
{
	const struct plan_step *step = &plan->step;
	json_t *worst = step->has_worst ? json_integer(step->worst) : json_null();

	put(out, json_pack("{s:I, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "step",
		     (json_int_t)step->step, "action", step->done ? "done" : "restart", "return",
		     names(plan, true), "hold", names(plan, false), "suspects", suspects(plan),
		     "not_in_tree", share(step->not_in_tree), "expected_restarts",
		     share(step->expected), "bound", share(step->bound), "worst_case", worst));
}

static json_t *
interval(const struct plan_mean *mean)
{
	return json_pack("{s:o, s:o}", "mean", share(mean->mean), "half", share(mean->half));
}

void
plan_print_trial_json(FILE *out, const struct plan_trial_result *result)
{
	put(out,
	    json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:i}", "runs", (json_int_t)result->runs,
		"plan", interval(&result->plan), "halving", interval(&result->halving), "bound",
		share(result->bound), "plan_right", share(result->plan_right), "halving_right",
		share(result->halving_right), "plan_most", (int)result->plan_most));
}
