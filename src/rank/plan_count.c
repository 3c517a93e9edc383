/*
 * plan_count.c - all that may come of a plan, counted through: one bad message, no noise.
 *
 * What is left after any outcomes is a run of candidates in their order, so the tree of outcomes
 * has at most two nodes a file. The plan hedges by mixing its prior; the mean is that of a ranking
 * which is right as it stands.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "rank/plan_play.h"

#define NODES 192 /* open branches; the depth of the tree is far below */
#define DEPTH_MOST 160

/* A point of the tree of outcomes. */
struct node {
	struct view view;
	bool open; /* some file is held that is no candidate */
	unsigned depth;
};

struct count {
	struct node nodes[NODES];
	size_t used;
	double mean;
	unsigned worst;
	const double *sums; /* of the candidates' weights as the ranking has them */
	double elsewhere, none;
};

static double
mass(const struct count *count, const struct view *view)
{
	return count->sums[view->to] - count->sums[view->from] +
	       (view->elsewhere > 0 ? count->elsewhere : 0) + (view->none > 0 ? count->none : 0);
}

static bool
is_leaf(const struct node *node)
{
	const struct view *view = &node->view;
	const size_t hypotheses = view->to - view->from + (view->elsewhere > 0) + (view->none > 0);

	return hypotheses <= 1 || node->depth >= DEPTH_MOST;
}

static void
push(struct count *count, struct node node)
{
	if (node.view.to == node.view.from && node.view.elsewhere <= 0 && node.view.none <= 0)
		return;
	if (count->used < NODES)
		count->nodes[count->used++] = node;
}

/* What is left when the start stops, and when it stays up. */
static void
branch(struct count *count, const struct node *node, const struct choice *choice)
{
	struct node stop = *node, stay = *node;
	struct view *tried = &stop.view, *held = &stay.view;

	*(choice->top ? &tried->to : &tried->from) = choice->cut;
	*(choice->top ? &held->from : &held->to) = choice->cut;
	tried->none = 0;
	held->elsewhere = 0;
	tried->left = held->left = node->view.left > 0 ? node->view.left - 1 : 0;
	stop.open = node->open || held->to > held->from;
	stop.depth = stay.depth = node->depth + 1;
	push(count, stop);
	push(count, stay);
}

/* Once it is known, mail that nobody tried is returned with one more start. */
static void
finish(struct count *count, const struct node *node, bool flow)
{
	const struct view *view = &node->view;
	const unsigned more = flow && node->open && view->to > view->from;

	count->mean += more * mass(count, view);
	if (node->depth + more > count->worst)
		count->worst = node->depth + more;
}

static void
walk(struct count *count, const struct plan_options *options)
{
	while (count->used > 0) {
		const struct node node = count->nodes[--count->used];
		struct choice choice;

		if (is_leaf(&node)) {
			finish(count, &node, options->goal == PLAN_FLOW);
			continue;
		}
		count->mean += mass(count, &node.view);
		choice = plan_choose(&node.view, options, false);
		branch(count, &node, &choice);
	}
}

/* The truth's weights in the order of the belief, made to sum to 1; false when they cannot. */
static bool
align(const struct belief *belief, const struct belief *truth, double *by_file, double *sums)
{
	double total;

	for (size_t i = 0; i < truth->n; i++)
		by_file[truth->file[i]] = truth->weight[i];
	for (size_t i = 0; i < belief->n; i++)
		sums[i + 1] = sums[i] + by_file[belief->file[i]];
	total = sums[belief->n] + truth->elsewhere + truth->none;
	return total > 1 - 1e-6 && (truth->none > 0) == (belief->none > 0);
}

bool
plan_count(struct belief *belief, const struct belief *truth, struct plan_step *out)
{
	double *sums = calloc(belief->n + 1, sizeof *sums);
	double *by_file = calloc(belief->n_files + 1, sizeof *by_file);
	const struct view view = belief_look(belief);
	struct count count = { .used = 0, .sums = sums };

	if (sums && by_file) {
		const bool fits = align(belief, truth, by_file, sums);
		const struct belief *by = fits ? truth : belief;

		count.elsewhere = by->elsewhere;
		count.none = by->none;
		count.sums = fits ? sums : belief->cumulated;
		push(&count, (struct node){ view, belief->open, 0 });
		walk(&count, &belief->problem->options);
		out->expected = count.mean;
		out->worst = count.worst;
	}
	free(by_file);
	free(sums);
	return sums && by_file;
}
