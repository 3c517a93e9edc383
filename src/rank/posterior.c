/* posterior.c - how probable each file is, with "not in this tree" among the answers. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/posterior.h"

struct posterior
posterior_of(uint64_t files, double sum_of_ratios, double total_weight, double prior)
{
	struct posterior out = { 0, 1 };
	double each, evidence;

	if (files == 0 || total_weight <= 0)
		return out;
	each = (1 - prior) / (double)files / total_weight;
	evidence = each * sum_of_ratios + prior;
	out.scale = each / evidence;
	out.not_in_tree = prior / evidence;
	return out;
}

/* The symptom has causes outside the spool, as a message in the MTA's own store (Q168883): h stands
 * for these, and what the logs show of them makes it larger. */
double
posterior_prior(double h, double odds, double most)
{
	const double raised = h * odds / (1 - h + h * odds);

	return raised > most && raised > h ? (h > most ? h : most) : raised;
}
