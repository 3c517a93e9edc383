/* plan_play.c - what comes after a belief: played out, or counted through. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/plan_play.h"

#include <stdlib.h>
#include <string.h>

#define RESTARTS_MOST 500 /* of one run: noise has no worst case */

static uint64_t
dice_next(struct dice *dice)
{
	uint64_t z = dice->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

double
dice_share(struct dice *dice)
{
	return (double)(dice_next(dice) >> 11) / 9007199254740992.0;
}

size_t
dice_below(struct dice *dice, size_t bound)
{
	const size_t drawn = (size_t)(dice_share(dice) * (double)bound);

	return drawn < bound ? drawn : bound - 1;
}

bool
hidden_room(struct hidden *hidden, size_t n_files)
{
	*hidden = (struct hidden){ calloc(n_files + 1, 1), calloc(n_files + 1, sizeof(uint32_t)), 0,
		false };
	return hidden->bad && hidden->list;
}

void
hidden_free(struct hidden *hidden)
{
	free(hidden->bad);
	free(hidden->list);
}

void
hidden_clear(struct hidden *hidden)
{
	for (size_t i = 0; i < hidden->n_bad; i++)
		hidden->bad[hidden->list[i]] = 0;
	hidden->n_bad = 0;
	hidden->elsewhere = false;
}

void
hidden_add(struct hidden *hidden, uint32_t file)
{
	if (hidden->bad[file])
		return;
	hidden->bad[file] = 1;
	hidden->list[hidden->n_bad++] = file;
}

/* With several: behind the first bad one each file is bad by itself. */
static void
draw_behind(struct hidden *hidden, const struct belief *belief, uint32_t first, struct dice *dice)
{
	const bool ranked = dice_share(dice) < belief->trusts[first];
	bool behind = false;

	for (size_t i = 0; i < belief->n_files; i++) {
		const uint32_t file = belief->order[i];

		if (behind && belief->state[file] == PLAN_HELD &&
		    dice_share(dice) < (ranked ? belief->prior[file] : belief->even))
			hidden_add(hidden, file);
		behind = behind || file == first;
	}
}

void
hidden_draw(struct hidden *hidden, const struct belief *belief, struct dice *dice)
{
	double left = dice_share(dice) - belief->elsewhere;
	size_t i = 0;

	hidden_clear(hidden);
	if (left < 0) {
		hidden->elsewhere = true;
		return;
	}
	left -= belief->none;
	if (left < 0 || belief->n == 0)
		return;
	while (i + 1 < belief->n && (left -= belief->weight[i]) >= 0)
		i++;
	hidden_add(hidden, belief->file[i]);
	if (belief->several)
		draw_behind(hidden, belief, belief->file[i], dice);
}

bool
plan_resolve(struct belief *belief, enum plan_why *why)
{
	while (!belief_done(belief, why)) {
		const size_t certain = belief_certain(belief);

		if (certain == belief->n)
			return false;
		belief_find(belief, belief->file[certain]);
	}
	return true;
}

struct choice
plan_try(struct belief *belief, unsigned char *tried)
{
	const struct view view = belief_look(belief);
	const struct choice choice = plan_choose(&view, &belief->problem->options, belief->several);

	memset(tried, choice.top, choice.cut);
	memset(tried + choice.cut, !choice.top, belief->n - choice.cut);
	return choice;
}

static bool
stops(const struct belief *belief, const struct hidden *hidden, const unsigned char *tried,
    struct dice *dice)
{
	const struct plan_options *options = &belief->problem->options;
	bool bad = hidden->elsewhere;

	for (size_t i = 0; !bad && hidden->n_bad > 0 && i < belief->n; i++)
		bad = tried[i] && hidden->bad[belief->file[i]];
	if (!belief->noisy)
		return bad;
	return dice_share(dice) < (bad ? plan_stops_if_bad(options) : plan_stops_if_none(options));
}

static bool
is_right(const struct belief *belief, const struct hidden *hidden, enum plan_why why)
{
	if (hidden->elsewhere)
		return why == PLAN_DONE_NOT_IN_TREE;
	for (size_t i = 0; i < hidden->n_bad; i++)
		if (belief->state[hidden->list[i]] != PLAN_FOUND)
			return false;
	return why != PLAN_DONE_NOT_IN_TREE && belief->found == hidden->n_bad;
}

unsigned
plan_play(struct belief *belief, const struct hidden *hidden, struct dice *dice,
    unsigned char *tried, bool *right)
{
	const size_t before = belief->found;
	enum plan_why why = PLAN_SPLIT;
	unsigned restarts = 0;

	while (restarts < RESTARTS_MOST && !plan_resolve(belief, &why)) {
		(void)plan_try(belief, tried);
		belief_observe(
		    belief, tried, stops(belief, hidden, tried, dice) ? PLAN_STOPPED : PLAN_STABLE);
		restarts++;
	}
	belief->found -= before;
	*right = is_right(belief, hidden, why);
	return restarts;
}
