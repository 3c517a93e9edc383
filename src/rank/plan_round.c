/* plan_round.c - the begin of a round: who is a candidate, with which weight. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/plan_belief.h"
#include "rank/plan_prior.h"

/* The starts that the worst case leaves: ceil(log2(hypotheses)) and two to spare, of which one is
 * kept for returning the rest. */
static uint32_t
allowance(const struct belief *belief)
{
	uint32_t bits = 0;

	if (belief->several || belief->noisy)
		return PLAN_NO_LIMIT;
	while (bits < 40 && (size_t)1 << bits < belief->n + 1)
		bits++;
	return bits + (belief->problem->options.goal == PLAN_FLOW ? 1 : 2);
}

/* P(it is the first bad one in the order) for each candidate: as the ranking has it, and, as far as
 * the ranking is not trusted, with every file alike. What is found tells which of the two holds. */
static void
weigh_several(struct belief *belief, double present)
{
	double ranked = present * belief->trust, even = present - ranked;

	for (size_t i = 0; i < belief->n; i++) {
		const uint32_t file = belief->file[i];
		const double by_rank = ranked * belief->prior[file];
		const double alike = even * belief->even;

		belief->weight[i] = by_rank + alike;
		belief->trusts[file] = by_rank / (by_rank + alike);
		ranked -= by_rank;
		even -= alike;
	}
	belief->none = ranked + even;
}

double
belief_sum(const struct belief *belief)
{
	double total = 0;

	for (size_t i = 0; i < belief->n; i++)
		total += belief->weight[i];
	return total;
}

static void
weigh_one(struct belief *belief, double present, double none)
{
	double total;

	for (size_t i = 0; i < belief->n; i++)
		belief->weight[i] = belief->prior[belief->file[i]];
	total = belief_sum(belief);
	for (size_t i = 0; i < belief->n && total > 0; i++)
		belief->weight[i] *= (present - none) / total;
	belief->none = none;
}

void
belief_round(struct belief *belief, bool alone)
{
	const double elsewhere = alone ? plan_prior_elsewhere(belief->problem) : 0;

	belief->n = 0;
	for (size_t i = 0; i < belief->n_files; i++)
		if (belief->state[belief->order[i]] == PLAN_HELD)
			belief->file[belief->n++] = belief->order[i];
	belief->elsewhere = belief->n > 0 || belief->rounds == 0 ? elsewhere : 0;
	if (belief->several)
		weigh_several(belief, 1 - belief->elsewhere);
	else
		weigh_one(
		    belief, 1 - belief->elsewhere, alone ? 0 : 1 - belief->problem->options.again);
	if (belief->n == 0)
		belief->none = 1 - belief->elsewhere;
	belief->left = allowance(belief);
	belief->open = false;
	belief->rounds++;
}
