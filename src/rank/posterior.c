/* posterior.c - how probable each file is, with "not in this tree" among the answers. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/posterior.h"

struct posterior
posterior_of(uint64_t files, double sum_of_ratios, double total_weight)
{
	struct posterior out = { 0, 1 };
	double each, evidence;

	if (files == 0 || total_weight <= 0)
		return out;
	each = (1 - PRIOR_NOT_IN_TREE) / (double)files / total_weight;
	evidence = each * sum_of_ratios + PRIOR_NOT_IN_TREE;
	out.scale = each / evidence;
	out.not_in_tree = PRIOR_NOT_IN_TREE / evidence;
	return out;
}
