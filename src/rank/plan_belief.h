/*
 * plan_belief.h - what is believed of each file after some starts.
 *
 * For plan*.c in src/rank. A round looks for one bad message. Its hypotheses are the candidates in
 * a fixed order, "not in this tree" and "none (more)". With one culprit the weight of a candidate is
 * the chance that it is the one; with several, that it is the first bad one in the order: then only
 * the first so many may be tried together, and the rest keeps its priors (nested splitting).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_BELIEF_H
#define IMC_PLAN_BELIEF_H

#include "rank/plan.h"

#define PLAN_NO_LIMIT UINT32_MAX

/* What the options ask of a choice; takes long enough to be computed once. */
struct plan_aim {
	double share;  /* probability of a bad message in place at which a start is worth most */
	double stable; /* chance to stay up that the cost of a stop asks for */
};

struct belief {
	struct plan_aim aim;
	const struct plan_problem *problem;
	bool several, noisy;
	size_t n_files;
	double *prior;        /* by file: P(it is the one), or P(it is bad) with several */
	double even;          /* with several: the same if all files were alike */
	double trust;         /* with several: P(the ranking holds, and not that) */
	double *trusts;       /* by file: the trust should it be the first bad one */
	uint32_t *order;      /* all files, in the order of a round */
	unsigned char *state; /* by file: enum plan_state */
	size_t n;             /* candidates of this round */
	uint32_t *file;       /* of each candidate */
	double *weight;       /* of each candidate; all weights sum to 1 */
	double *cumulated;    /* n + 1 sums of weights, from 0 on; belief_look() */
	double elsewhere, none;
	uint32_t left; /* starts that the worst case allows, or PLAN_NO_LIMIT */
	size_t rounds, found;
	bool open; /* some file was left untried when a round went on without it */
	bool anew;
};

/* The candidates as plan_choose.c sees them. */
struct view {
	const double *cumulated;
	size_t from, to; /* candidates, in order */
	double elsewhere, none;
	uint32_t left;
	struct plan_aim aim;
};

/* Begin a round with all that is still held; `alone`: nothing was found so far. */
void belief_round(struct belief *belief, bool alone);

double belief_sum(const struct belief *belief); /* of the weights of all candidates */

/* With several: P(bad) of a file of which no start told anything. */
double belief_untried(const struct belief *belief, uint32_t file);

/* The belief before any start. False without memory. Free with belief_free(). */
bool belief_begin(const struct plan_problem *problem, struct belief *belief);
void belief_free(struct belief *belief);

/* The same belief once more, for a run of its own; `to` was begun with the same problem. */
void belief_copy(const struct belief *from, struct belief *to);

/* A start with the candidates in place for which tried[position] is 1. */
void belief_observe(struct belief *belief, const unsigned char *tried, enum plan_outcome outcome);

/* That file is bad and out; the search for another one begins. */
void belief_find(struct belief *belief, uint32_t file);

/* The candidate that is certain enough, or n. */
size_t belief_certain(const struct belief *belief);

/* Whether there is nothing more to ask, and why. */
bool belief_done(const struct belief *belief, enum plan_why *why);

/* Bring candidates into order and sums up to date. */
struct view belief_look(struct belief *belief);

/* Bits still missing, all rounds to come included. */
double belief_entropy(const struct belief *belief);

#endif
