/* plan_prior.c - from the posterior of the ranking to the prior of the plan. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/plan_prior.h"

#include <stdlib.h>

#define BAD_MOST 0.999 /* nothing is certain before a start */

bool
plan_several(const struct plan_options *options)
{
	return options->culprits > 1;
}

/* Nothing but numbers from 0 on: a case file may hold anything. */
static double
clean(double probability)
{
	return probability > 0 && probability <= 1 ? probability : 0;
}

static double
sum(const struct plan_problem *problem)
{
	double total = 0;

	for (size_t i = 0; i < problem->n; i++)
		total += clean(problem->probability[i]);
	return total;
}

double
plan_prior_elsewhere(const struct plan_problem *problem)
{
	const double files = sum(problem), elsewhere = clean(problem->not_in_tree);

	if (problem->n == 0)
		return 1;
	return files + elsewhere > 0 ? elsewhere / (files + elsewhere) : 0;
}

/* Odds `factor` times p, as a probability. */
static double
scaled(double p, double factor)
{
	const double q = factor * p / (1 + factor * p);

	return q < BAD_MOST ? q : BAD_MOST;
}

/* No more than every second file. */
static double
limited(double culprits, size_t n)
{
	return culprits < (double)n / 2 ? culprits : (double)n / 2;
}

double
plan_prior_even(const struct plan_problem *problem)
{
	if (problem->n == 0)
		return 0;
	return limited(problem->options.culprits, problem->n) / (double)problem->n;
}

/* Each file is bad by itself; together as many as are expected. */
static void
make_several(double *prior, size_t n, double culprits)
{
	const double wanted = limited(culprits, n);
	double low = 0, high = 1;

	for (int i = 0; i < 200; i++) {
		const double factor = i < 100 ? high : (low + high) / 2;
		double total = 0;

		for (size_t f = 0; f < n; f++)
			total += scaled(prior[f], factor);
		if (total < wanted) {
			low = factor;
			high = i < 100 ? high * 2 : high;
		} else {
			high = factor;
			i = i < 100 ? 140 : i; /* enclosed: 60 halvings are left */
		}
	}
	for (size_t f = 0; f < n; f++)
		prior[f] = scaled(prior[f], high);
}

void
plan_prior(const struct plan_problem *problem, double *prior)
{
	const double elsewhere = plan_prior_elsewhere(problem), files = sum(problem);
	const bool several = plan_several(&problem->options);
	const double uniform = several ? 0 : problem->options.uniform,
		     even = 1 / (double)problem->n;

	for (size_t i = 0; i < problem->n; i++) {
		const double ranked = files > 0 ? clean(problem->probability[i]) / files : even;

		prior[i] = (1 - uniform) * ranked + uniform * even;
		if (!several)
			prior[i] *= 1 - elsewhere;
	}
	if (several)
		make_several(prior, problem->n, problem->options.culprits);
}

struct ranked {
	double prior;
	uint32_t file;
};

static int
falling(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->prior != y->prior)
		return x->prior > y->prior ? -1 : 1;
	return x->file < y->file ? -1 : x->file > y->file;
}

bool
plan_order(const struct plan_problem *problem, const double *prior, uint32_t *order)
{
	const bool rising = plan_several(&problem->options) && problem->options.goal == PLAN_FLOW;
	struct ranked *ranked = calloc(problem->n + 1, sizeof *ranked);

	if (!ranked)
		return false;
	for (size_t i = 0; i < problem->n; i++)
		ranked[i] = (struct ranked){ rising ? -prior[i] : prior[i], (uint32_t)i };
	qsort(ranked, problem->n, sizeof *ranked, falling);
	for (size_t i = 0; i < problem->n; i++)
		order[i] = ranked[i].file;
	free(ranked);
	return true;
}
