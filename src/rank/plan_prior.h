/*
 * plan_prior.h - from the posterior of the ranking to the prior of the plan.
 *
 * For plan*.c in src/rank.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_PRIOR_H
#define IMC_PLAN_PRIOR_H

#include "rank/plan.h"

/* Whether several bad messages are looked for. */
bool plan_several(const struct plan_options *options);

/* P(not in this tree), the posteriors of the files and this one made to sum to 1. */
double plan_prior_elsewhere(const struct plan_problem *problem);

/* By file: P(it is the one), which sum to 1 - elsewhere, the uniform share mixed in; with several,
 * P(it is bad) as the ranking has it. */
void plan_prior(const struct plan_problem *problem, double *prior);

/* P(a file is bad) if all were alike, with several. */
double plan_prior_even(const struct plan_problem *problem);

/* The files by falling prior; rising when several are looked for and mail is to flow, so that the
 * first so many are the least suspect. Equal ones by number. False without memory. */
bool plan_order(const struct plan_problem *problem, const double *prior, uint32_t *order);

#endif
