/*
 * plan_play.h - what comes after a belief: played out, or counted through.
 *
 * For plan*.c in src/rank.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_PLAY_H
#define IMC_PLAN_PLAY_H

#include "rank/plan_belief.h"
#include "rank/plan_choose.h"

/* Numbers that look random and follow from the seed alone (splitmix64). */
struct dice {
	uint64_t state;
};
double dice_share(struct dice *dice);               /* 0 <= x < 1 */
size_t dice_below(struct dice *dice, size_t bound); /* bound > 0 */

/* What is hidden from the plan. */
struct hidden {
	unsigned char *bad; /* by file */
	uint32_t *list;     /* the bad ones */
	size_t n_bad;
	bool elsewhere;
};

bool hidden_room(struct hidden *hidden, size_t n_files);
void hidden_free(struct hidden *hidden);
void hidden_clear(struct hidden *hidden);
void hidden_add(struct hidden *hidden, uint32_t file);

/* Draw what the belief holds for possible. */
void hidden_draw(struct hidden *hidden, const struct belief *belief, struct dice *dice);

/* Take files that are certain out; true when nothing is left to ask. */
bool plan_resolve(struct belief *belief, enum plan_why *why);

/* The next choice as a flag for each candidate. */
struct choice plan_try(struct belief *belief, unsigned char *tried);

/* Restarts until the end; *right when exactly what is hidden was found. tried: room for all. */
unsigned plan_play(struct belief *belief, const struct hidden *hidden, struct dice *dice,
    unsigned char *tried, bool *right);

/* One bad message and no noise: the mean and the most restarts to come, counted exactly. `truth` is
 * the ranking's own belief after the same events. False without memory. */
bool plan_count(struct belief *belief, const struct belief *truth, struct plan_step *out);

#endif
