/*
 * posterior.h - how probable each file is, with "not in this tree" among the answers.
 *
 * For src/rank and its tests. A ranking aid, no measured probability.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_POSTERIOR_H
#define IMC_POSTERIOR_H

#include <stdint.h>

struct posterior {
	double scale;       /* probability of a file = its LR times this */
	double not_in_tree; /* 0..1 */
};

/* From the number of files, the sum of their LR, the sum of all weights and the prior h. Without
 * files the message is certainly elsewhere. */
struct posterior posterior_of(
    uint64_t files, double sum_of_ratios, double total_weight, double prior);

/* h with its odds times `odds`, but not above `most` unless it is there already. */
double posterior_prior(double h, double odds, double most);

#endif
