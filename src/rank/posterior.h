/*
 * posterior.h - how probable each file is, with "not in this tree" among the answers.
 *
 * For src/rank and its tests. A ranking aid, no measured probability.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_POSTERIOR_H
#define IMC_POSTERIOR_H

#include <stdint.h>

#define PRIOR_NOT_IN_TREE 0.2 /* h: the same symptom comes from the MTA store (Q168883) */

struct posterior {
	double scale;       /* probability of a file = its LR times this */
	double not_in_tree; /* 0..1 */
};

/* From the number of files, the sum of their LR and the sum of all weights. Without files the
 * message is certainly elsewhere. */
struct posterior posterior_of(uint64_t files, double sum_of_ratios, double total_weight);

#endif
