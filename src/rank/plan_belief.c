/* plan_belief.c - what is believed of each file after some starts. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/plan_belief.h"

#include <stdlib.h>
#include <string.h>

#include "rank/plan_choose.h"
#include "rank/plan_prior.h"

#define CERTAIN (1 - 1e-9) /* without noise only what is left alone is certain */

void
belief_free(struct belief *belief)
{
	free(belief->prior);
	free(belief->order);
	free(belief->state);
	free(belief->file);
	free(belief->weight);
	free(belief->cumulated);
	free(belief->trusts);
}

static void
normalise(struct belief *belief, double total)
{
	for (size_t i = 0; i < belief->n; i++)
		belief->weight[i] /= total;
	belief->elsewhere /= total;
	belief->none /= total;
}

bool
belief_begin(const struct plan_problem *problem, struct belief *belief)
{
	const struct plan_options *options = &problem->options;
	const size_t room = problem->n + 1;

	*belief = (struct belief){
		.aim = plan_aim_of(options),
		.problem = problem,
		.several = plan_several(options),
		.noisy = options->miss > 0 || options->false_crash > 0,
		.n_files = problem->n,
		.prior = calloc(room, sizeof(double)),
		.order = calloc(room, sizeof(uint32_t)),
		.state = calloc(room, 1),
		.file = calloc(room, sizeof(uint32_t)),
		.weight = calloc(room, sizeof(double)),
		.cumulated = calloc(room, sizeof(double)),
		.trusts = calloc(room, sizeof(double)),
		.trust = 1 - options->uniform,
		.even = plan_prior_even(problem),
	};
	if (!belief->prior || !belief->order || !belief->state || !belief->file ||
	    !belief->weight || !belief->cumulated || !belief->trusts)
		return false;
	plan_prior(problem, belief->prior);
	if (!plan_order(problem, belief->prior, belief->order))
		return false;
	belief_round(belief, true);
	return true;
}

void
belief_copy(const struct belief *from, struct belief *to)
{
	memcpy(to->state, from->state, from->n_files);
	memcpy(to->file, from->file, from->n * sizeof from->file[0]);
	memcpy(to->weight, from->weight, from->n * sizeof from->weight[0]);
	memcpy(to->trusts, from->trusts, from->n_files * sizeof from->trusts[0]);
	to->n = from->n;
	to->elsewhere = from->elsewhere;
	to->none = from->none;
	to->trust = from->trust;
	to->left = from->left;
	to->rounds = from->rounds;
	to->found = from->found;
	to->open = from->open;
	to->anew = from->anew;
}

/* Drop what is out of the question; false when nothing is left that explains the outcomes. */
static bool
settle(struct belief *belief)
{
	const double total = belief_sum(belief) + belief->elsewhere + belief->none;
	size_t kept = 0;

	if (!(total > 0))
		return false;
	for (size_t i = 0; i < belief->n; i++) {
		if (belief->weight[i] <= 0)
			continue;
		belief->file[kept] = belief->file[i];
		belief->weight[kept++] = belief->weight[i];
	}
	belief->n = kept;
	normalise(belief, total);
	return true;
}

/* What was in place stayed up: it is delivered. What was not, when it stopped, has been tried by
 * nobody. */
static void
mark(struct belief *belief, const unsigned char *tried, enum plan_outcome outcome)
{
	for (size_t i = 0; i < belief->n; i++) {
		if (outcome == PLAN_STABLE && tried[i])
			belief->state[belief->file[i]] = PLAN_DELIVERED;
		else if (outcome == PLAN_STOPPED && !tried[i])
			belief->open = true;
	}
}

void
belief_observe(struct belief *belief, const unsigned char *tried, enum plan_outcome outcome)
{
	const struct plan_options *options = &belief->problem->options;
	const double bad = plan_stops_if_bad(options), good = plan_stops_if_none(options);
	const double if_bad = outcome == PLAN_STOPPED ? bad : 1 - bad;
	const double if_none = outcome == PLAN_STOPPED ? good : 1 - good;

	if (outcome == PLAN_UNCLEAR)
		return;
	mark(belief, tried, outcome);
	for (size_t i = 0; i < belief->n; i++)
		belief->weight[i] *= tried[i] ? if_bad : if_none;
	belief->elsewhere *= if_bad;
	belief->none *= if_none;
	if (belief->left != PLAN_NO_LIMIT && belief->left > 0)
		belief->left--;
	if (settle(belief))
		return;
	belief_round(belief, true);
	belief->anew = belief->n > 0;
}

void
belief_find(struct belief *belief, uint32_t file)
{
	belief->found += belief->state[file] != PLAN_FOUND;
	if (belief->several && belief->state[file] == PLAN_HELD)
		belief->trust = belief->trusts[file];
	belief->state[file] = PLAN_FOUND;
	belief_round(belief, false);
	belief->anew = false;
}

static double
sure(const struct belief *belief)
{
	return belief->noisy ? belief->problem->options.sure : CERTAIN;
}

size_t
belief_certain(const struct belief *belief)
{
	for (size_t i = 0; i < belief->n; i++)
		if (belief->weight[i] >= sure(belief))
			return i;
	return belief->n;
}

bool
belief_done(const struct belief *belief, enum plan_why *why)
{
	const bool isolate = belief->problem->options.goal == PLAN_ISOLATE;

	*why = PLAN_DONE_ALL_FLOWS;
	if (belief->n_files == 0) {
		*why = PLAN_DONE_NO_FILES;
		return true;
	}
	if (belief->elsewhere >= sure(belief)) {
		*why = PLAN_DONE_NOT_IN_TREE;
		return true;
	}
	if (belief->n == 0 || belief->none >= sure(belief))
		return true;
	if (isolate && !belief->several && belief->found > 0 && belief->none > 0.5) {
		*why = PLAN_DONE_KNOWN;
		return true;
	}
	return false;
}
