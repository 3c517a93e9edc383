/* plan.c - the next step of the restart plan, from the ranking and what was recorded. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/plan.h"

#include <stdlib.h>

#include "rank/plan_next.h"
#include "rank/plan_play.h"

#define RUNS_MOST 400 /* of an estimate where outcomes cannot be counted through */
#define RUNS_LEAST 24
#define RUNS_FILES 2000000

struct plan_options
plan_defaults(const struct constants *constants)
{
	if (!constants)
		constants = constants_default();
	return (struct plan_options){
		.goal = PLAN_FLOW,
		.crash_cost = 3,
		.uniform = constants->plan_uniform,
		.culprits = 1,
		.sure = constants->plan_sure,
		.flow = constants->plan_flow,
		.again = constants->plan_again,
	};
}

void
plan_step_free(struct plan_step *step)
{
	free(step->in_place);
	free(step->state);
	free(step->probability);
}

/* Files that were in place though they were no candidates: delivered when it stayed up. */
static void
observe(struct belief *belief, const struct plan_event *event, unsigned char *tried)
{
	for (size_t i = 0; i < belief->n; i++)
		tried[i] = event->in_place[belief->file[i]];
	belief_observe(belief, tried, event->outcome);
	if (event->outcome != PLAN_STABLE)
		return;
	for (size_t i = 0; i < belief->n_files; i++)
		if (event->in_place[i] && belief->state[i] == PLAN_HELD)
			belief->state[i] = PLAN_DELIVERED;
}

bool
plan_replay(const struct plan_problem *problem, const struct plan_event *events, size_t n_events,
    struct belief *belief)
{
	unsigned char *tried = calloc(problem->n + 1, 1);
	const bool good = belief_begin(problem, belief) && tried;
	enum plan_why why;

	for (size_t i = 0; good && i < n_events; i++) {
		const struct plan_event *event = &events[i];

		(void)plan_resolve(belief, &why);
		if (event->outcome != PLAN_CONFIRMED)
			observe(belief, event, tried);
		else if (event->file < problem->n && belief->state[event->file] != PLAN_FOUND)
			belief_find(belief, (uint32_t)event->file);
	}
	free(tried);
	return good;
}

/* With several: P(bad), of which the weights tell only who is first. */
static void
marginals(const struct belief *belief, double *probability)
{
	double before = 0;

	for (size_t i = 0; i < belief->n_files; i++)
		if (belief->state[i] == PLAN_HELD)
			probability[i] = belief_untried(belief, (uint32_t)i);
	for (size_t i = 0; i < belief->n; i++) {
		const uint32_t file = belief->file[i];

		probability[file] = belief->weight[i] + before * belief_untried(belief, file);
		before += belief->weight[i];
	}
}

static void
put_probabilities(const struct belief *belief, struct plan_step *out)
{
	out->not_in_tree = belief->elsewhere;
	out->none = belief->none;
	if (out->why == PLAN_DONE_KNOWN && belief->found == 1) {
		out->none = 0;
		for (size_t i = 0; i < belief->n_files; i++)
			out->probability[i] = belief->state[i] == PLAN_FOUND;
	} else if (belief->several) {
		marginals(belief, out->probability);
	} else {
		for (size_t i = 0; i < belief->n; i++)
			out->probability[belief->file[i]] = belief->weight[i];
	}
}

static void
put_states(const struct belief *belief, struct plan_step *out)
{
	for (size_t i = 0; i < belief->n_files; i++) {
		const enum plan_state state = (enum plan_state)belief->state[i];

		out->state[i] = (unsigned char)state;
		out->n_found += state == PLAN_FOUND;
		out->n_delivered += state == PLAN_DELIVERED;
		out->n_return += out->in_place[i];
		out->n_hold += !out->in_place[i] && state != PLAN_DELIVERED;
	}
}

/* Play the rest of the plan out against what the ranking holds for possible. */
static bool
estimate(const struct belief *belief, const struct belief *truth, unsigned char *tried,
    struct plan_step *out)
{
	const size_t by_size = RUNS_FILES / (belief->n_files + 1);
	const size_t runs = by_size < RUNS_LEAST  ? RUNS_LEAST
			    : by_size > RUNS_MOST ? RUNS_MOST
						  : by_size;
	struct hidden hidden;
	struct belief run;
	struct dice dice = { 1 };
	double sum = 0;
	bool right, good = belief_begin(belief->problem, &run);

	good = hidden_room(&hidden, belief->n_files) && good;
	for (size_t i = 0; good && i < runs; i++) {
		belief_copy(belief, &run);
		hidden_draw(&hidden, truth, &dice);
		sum += plan_play(&run, &hidden, &dice, tried, &right);
	}
	out->expected = sum / (double)runs;
	hidden_free(&hidden);
	belief_free(&run);
	return good;
}

static bool
look_ahead(
    struct belief *belief, const struct belief *truth, unsigned char *tried, struct plan_step *out)
{
	out->bound = belief_entropy(truth) / plan_capacity(&belief->problem->options);
	if (belief->several || belief->noisy)
		return estimate(belief, truth, tried, out);
	out->has_worst = belief->found == 0;
	return plan_count(belief, truth, out);
}

static bool
step_of(struct belief *belief, const struct belief *truth, struct plan_step *out)
{
	unsigned char *tried = calloc(belief->n_files + 1, 1);
	bool good = tried != NULL;

	out->done = plan_resolve(belief, &out->why);
	out->anew = belief->anew;
	for (size_t i = 0; good && out->done && i < belief->n_files; i++)
		out->in_place[i] =
		    belief->state[i] == PLAN_HELD; /* nothing speaks against it now */
	if (good && !out->done) {
		const struct choice choice = plan_try(belief, tried);

		out->why = choice.why;
		out->stays_up = choice.stays_up;
		for (size_t i = 0; i < belief->n; i++)
			out->in_place[belief->file[i]] = tried[i];
		good = look_ahead(belief, truth, tried, out);
	}
	if (good) {
		put_probabilities(belief, out);
		put_states(belief, out);
	}
	free(tried);
	return good;
}

bool
plan_next(const struct plan_problem *problem, const struct plan_event *events, size_t n_events,
    struct plan_step *out)
{
	struct plan_problem ranked = *problem;
	struct belief belief, truth;
	enum plan_why why;
	bool good;

	*out = (struct plan_step){ .step = 1,
		.in_place = calloc(problem->n + 1, 1),
		.state = calloc(problem->n + 1, 1),
		.probability = calloc(problem->n + 1, sizeof(double)) };
	ranked.options.uniform = 0;
	for (size_t i = 0; i < n_events; i++)
		out->step += events[i].outcome != PLAN_CONFIRMED;
	good = plan_replay(problem, events, n_events, &belief);
	good = plan_replay(&ranked, events, n_events, &truth) && good;
	if (good && out->in_place && out->state && out->probability) {
		(void)plan_resolve(&truth, &why);
		good = step_of(&belief, &truth, out);
	} else {
		good = false;
	}
	belief_free(&belief);
	belief_free(&truth);
	return good;
}
