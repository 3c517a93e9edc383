/*
 * plan.h - the restart plan: which messages to have in place at the next start, and what is known.
 *
 * For src/cli and tests. Pure: no clock, no files, no randomness but a seed; the same inputs give
 * the same plan. A start stays up (what was in place is delivered and gone) or stops. Either one
 * message is bad and the ranking's posterior says which (culprits <= 1), or each is bad by itself
 * with a chance of its own, `culprits` of them on average.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_H
#define IMC_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rank/constants.h"

enum plan_goal {
	PLAN_FLOW,   /* nearly all mail back with the first start */
	PLAN_ISOLATE /* fewest starts until the bad message is known */
};

enum plan_outcome { PLAN_STABLE, PLAN_STOPPED, PLAN_UNCLEAR, PLAN_CONFIRMED };

/* Why a step is as it is, or why it is the last. */
enum plan_why {
	PLAN_NOT_IN_TREE_FIRST, /* empty queues: is it a message at all? */
	PLAN_HOLD_SUSPECTS,     /* the likeliest stay out, all else flows */
	PLAN_TRY_SUSPECTS,      /* the likeliest alone */
	PLAN_SPLIT,             /* halve what is left, by probability */
	PLAN_BY_COUNT,          /* the worst case allows no less even split */
	PLAN_REST,              /* the bad ones found are out: all the rest */
	PLAN_DONE_KNOWN,        /* the bad message is known */
	PLAN_DONE_NOT_IN_TREE,  /* it stops without mail: not a message of this tree */
	PLAN_DONE_ALL_FLOWS,    /* all but what was found has been delivered */
	PLAN_DONE_NO_FILES      /* nothing is left to try, and no bad message was found */
};

struct plan_options {
	enum plan_goal goal;
	double miss;        /* P(stays up | a bad message is in place), below 0.5 */
	double false_crash; /* P(stops | none is), below 0.5 */
	double crash_cost;  /* a stop costs that many starts that stay up, at least 1 */
	double uniform;     /* share of the prior spread evenly: no ranking is certain */
	double culprits;    /* expected number of bad messages; up to 1: exactly one */
	double sure;        /* a probability from which on a file counts as found */
	double flow;        /* starts that one with nearly all mail in place is worth */
	double again;       /* prior that a further message is bad once one was found */
};

/* What the command uses when nothing is said; constants: NULL for the usual ones. */
struct plan_options plan_defaults(const struct constants *constants);

/* The files that take part, with the posterior of the ranking. */
struct plan_problem {
	size_t n;
	const double *probability; /* of each file, 0..1; need not sum to 1 */
	double not_in_tree;
	struct plan_options options;
};

/* One recorded start, or a confirmed file. */
struct plan_event {
	enum plan_outcome outcome;
	const unsigned char *in_place; /* n bytes, 1: was in place; NULL for PLAN_CONFIRMED */
	size_t file;                   /* the one confirmed */
};

enum plan_state {
	PLAN_HELD,      /* still there */
	PLAN_DELIVERED, /* was in place at a start that stayed up */
	PLAN_FOUND      /* bad, by confirmation or because nothing else is left */
};

/* The next step. Arrays have one entry a file and belong to the step; plan_step_free(). */
struct plan_step {
	uint64_t step; /* from 1: starts recorded so far and one */
	bool done;
	enum plan_why why;
	unsigned char *in_place; /* 1: to have in place at this start */
	unsigned char *state;    /* enum plan_state */
	double *probability;     /* of being the (next) bad message */
	double not_in_tree;
	double none;     /* no (further) message is bad */
	double stays_up; /* probability that this start stays up */
	size_t n_return, n_hold, n_delivered, n_found;
	double expected; /* restarts left, this one included */
	double bound;    /* of them, at least: entropy over the capacity of a start */
	bool has_worst;  /* one bad, no noise, nothing found before */
	unsigned worst;  /* restarts left at most */
	bool anew;       /* outcomes contradicted each other: begun again with what is left */
};

/* The step after these events, in order. False without memory. */
bool plan_next(const struct plan_problem *problem, const struct plan_event *events, size_t n_events,
    struct plan_step *out);
void plan_step_free(struct plan_step *step);

/* ---- simulation -------------------------------------------------------------------------------- */

enum plan_draw { PLAN_DRAW_POSTERIOR, PLAN_DRAW_UNIFORM, PLAN_DRAW_FILE };

struct plan_trial {
	size_t runs;
	uint64_t seed;
	enum plan_draw draw;
	size_t file; /* of PLAN_DRAW_FILE */
};

/* Mean and half of its 95 % confidence interval. */
struct plan_mean {
	double mean, half;
};

struct plan_trial_result {
	size_t runs;
	struct plan_mean plan, halving;   /* restarts */
	double plan_right, halving_right; /* share of runs that found exactly what was hidden */
	unsigned plan_most;               /* restarts of the longest run */
	double bound;
};

/* Play the plan, from where the events left it, against hidden culprits. False without memory, or
 * when nothing can be drawn. */
bool plan_simulate(const struct plan_problem *problem, const struct plan_event *events,
    size_t n_events, const struct plan_trial *trial, struct plan_trial_result *out);

#endif
