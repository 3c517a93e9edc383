/*
 * plan_choose.h - which candidates to try together.
 *
 * For plan*.c in src/rank.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_CHOOSE_H
#define IMC_PLAN_CHOOSE_H

#include "rank/plan_belief.h"

/* Candidates [view.from, cut) or [cut, view.to) are in place, the others stay out. */
struct choice {
	size_t cut;
	bool top; /* the first ones are in place */
	enum plan_why why;
	double stays_up;
};

struct plan_aim plan_aim_of(const struct plan_options *options);

/* What outcomes say of hypotheses. */
double plan_stops_if_bad(const struct plan_options *options);
double plan_stops_if_none(const struct plan_options *options);

/* Most bits that one start can tell: 1 without noise. */
double plan_capacity(const struct plan_options *options);

/* Entropy of a yes with probability p, in bits. */
double plan_entropy(double p);

struct choice plan_choose(
    const struct view *view, const struct plan_options *options, bool several);

#endif
