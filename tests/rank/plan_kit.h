/* plan_kit.h - rankings that the tests of the plan share. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_KIT_H
#define IMC_PLAN_KIT_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rank/plan.h"

/* Five suspects hold .40 .20 .10 .06 .04, the others share .20. */
static inline void
five_suspects(double *p, size_t n)
{
	static const double top[] = { .40, .20, .10, .06, .04 };

	for (size_t i = 0; i < n; i++)
		p[i] = i < 5 ? top[i] : .20 / (double)(n - 5);
}

/* The i-th likeliest in proportion to i^-s. */
static inline void
zipf(double *p, size_t n, double s)
{
	double total = 0;

	for (size_t i = 0; i < n; i++)
		total += p[i] = pow((double)(i + 1), -s);
	for (size_t i = 0; i < n; i++)
		p[i] /= total;
}

static inline struct plan_options
isolating(void)
{
	struct plan_options options = plan_defaults(NULL);

	options.goal = PLAN_ISOLATE;
	options.crash_cost = 1;
	return options;
}

#endif
