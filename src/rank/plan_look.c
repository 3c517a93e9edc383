/* plan_look.c - a belief as the choice needs it, and how much it leaves open. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <stdlib.h>

#include "rank/plan_belief.h"
#include "rank/plan_choose.h"

struct weighed {
	double weight;
	uint32_t file;
};

static int
heavier(const void *a, const void *b)
{
	const struct weighed *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->file < y->file ? -1 : x->file > y->file;
}

/* With noise the outcomes change who stands before whom. The sums lend their room. */
static void
sort_candidates(struct belief *belief)
{
	struct weighed *all = calloc(belief->n + 1, sizeof *all);

	if (!all)
		return; /* the order that there is will do */
	for (size_t i = 0; i < belief->n; i++)
		all[i] = (struct weighed){ belief->weight[i], belief->file[i] };
	qsort(all, belief->n, sizeof *all, heavier);
	for (size_t i = 0; i < belief->n; i++) {
		belief->weight[i] = all[i].weight;
		belief->file[i] = all[i].file;
	}
	free(all);
}

struct view
belief_look(struct belief *belief)
{
	if (belief->noisy && !belief->several)
		sort_candidates(belief);
	for (size_t i = 0; i < belief->n; i++)
		belief->cumulated[i + 1] = belief->cumulated[i] + belief->weight[i];
	return (struct view){ belief->cumulated, 0, belief->n, belief->elsewhere, belief->none,
		belief->left, belief->aim };
}

static double
surprise(double p)
{
	return p > 0 ? -p * log2(p) : 0;
}

double
belief_untried(const struct belief *belief, uint32_t file)
{
	return belief->trust * belief->prior[file] + (1 - belief->trust) * belief->even;
}

/* With several: what the files behind each candidate may still hide, should it be the first. */
static double
behind(const struct belief *belief)
{
	double hidden = 0, bits = 0;
	size_t next = belief->n;

	for (size_t i = belief->n_files; i-- > 0;) {
		const uint32_t file = belief->order[i];

		if (next > 0 && belief->file[next - 1] == file)
			bits += belief->weight[--next] * hidden;
		if (belief->state[file] == PLAN_HELD)
			hidden += plan_entropy(belief_untried(belief, file));
	}
	return bits;
}

double
belief_entropy(const struct belief *belief)
{
	double bits = surprise(belief->elsewhere) + surprise(belief->none);

	for (size_t i = 0; i < belief->n; i++)
		bits += surprise(belief->weight[i]);
	return belief->several ? bits + behind(belief) : bits;
}
