/*
 * clock_guess.c - the zone of the server when neither option, nor event 4097, nor envelopes tell.
 *
 * Events that name a file at the second it came in tell the offset of their log against the file's
 * times. Last, crashes of a log without a zone are laid over the times of the files: one offset,
 * and only one, under which a file came in right before every one of them.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "correlate/joins.h"

#define QUARTER 900
#define QUARTERS 56
#define VOTES_MIN 3
#define SLACK_NAME 90
#define CRASHES_MAX 64 /* that are laid over the files */
#define BEFORE 10
#define AFTER 2

struct table {
	uint64_t of[2 * QUARTERS + 1];
	uint64_t asked;
};

/* A 2002, and a 1012: the moment when the file was there. */
static bool
is_arrival(const struct log_item *item)
{
	return (item->kind == EVIDENCE_RECEIVED && item->flags & EVIDENCE_IN) ||
	       item->kind == EVIDENCE_TRACK_OPEN;
}

static void
compare(const struct sight *sight, const struct seen *seen, struct table *table)
{
	const int64_t time = sight->item->time;
	const int64_t utc = seen_time(seen->received) != NO_TIME ? seen_time(seen->received)
								 : seen_time(seen->mtime);
	int32_t quarter = INT32_MIN;

	if (time == NO_TIME || !is_arrival(sight->item))
		return;
	if (sight->item->zone == ZONE_LOCAL && utc != NO_TIME)
		quarter = clocks_quarter(time - utc, SLACK_NAME);
	else if (sight->item->zone == ZONE_UTC && seen_time(seen->local) != NO_TIME)
		quarter = clocks_quarter(seen_time(seen->local) - time, SLACK_NAME);
	else
		return;
	table->asked++;
	if (quarter != INT32_MIN)
		table->of[quarter + QUARTERS]++;
}

static void
count(struct correlation *c, struct table *table)
{
	for (size_t i = 0; i < c->keys.n_slots; i++) {
		const struct key *key = &c->keys.slots[i];

		if (key->hash == 0 || key->kind != KEY_NAME || key->n_files != 1)
			continue;
		const struct seen *seen =
		    &c->seen[c->keys.numbers[(size_t)key->files * KEY_FILES_MAX]];

		for (uint32_t at = key->first; at != NONE32; at = c->hangs[at].next) {
			c->steps++;
			compare(&c->sights[c->hangs[at].sight], seen, table);
		}
	}
}

static int
by_value(const void *left, const void *right)
{
	const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return a < b ? -1 : a > b;
}

static bool
any_between(const int64_t *times, size_t n, int64_t from, int64_t to)
{
	size_t low = 0, high = n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (times[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && times[low] <= to;
}

static size_t
local_crashes(const struct correlation *c, int64_t out[CRASHES_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_sights && n < CRASHES_MAX; i++) {
		const struct log_item *item = c->sights[i].item;

		if ((item->kind == EVIDENCE_CRASH ||
			(item->kind == EVIDENCE_FAULT && !(item->flags & EVIDENCE_WEAK))) &&
		    item->zone == ZONE_LOCAL && item->time != NO_TIME)
			out[n++] = item->time;
	}
	return n;
}

/* Two offsets that fit as well are none. */
static void
lay_over(struct correlation *c, const int64_t *times, size_t n)
{
	int64_t crashes[CRASHES_MAX];
	const size_t n_crashes = local_crashes(c, crashes);
	size_t fitting = 0;

	for (int32_t q = -QUARTERS; n_crashes > 0 && q <= QUARTERS; q++) {
		const int64_t offset = (int64_t)q * QUARTER;
		size_t met = 0;

		while (met < n_crashes && any_between(times, n, crashes[met] - offset - BEFORE,
					      crashes[met] - offset + AFTER))
			met++;
		if (met < n_crashes)
			continue;
		c->clocks.offset = c->clocks.other = q * QUARTER;
		fitting++;
	}
	c->clocks.source = fitting == 1 ? CLOCK_GUESS : CLOCK_UNKNOWN;
	c->clocks.agreeing = c->clocks.asked = n_crashes;
}

static bool
ask_crashes(struct correlation *c)
{
	int64_t *times = calloc(c->n_seen + 1, sizeof *times);
	size_t n = 0;

	if (!times)
		return false;
	for (size_t i = 0; i < c->n_seen; i++) {
		const struct seen *seen = &c->seen[i];

		/* A file with an envelope has local times: it needs no offset. */
		if (seen_time(seen->local) == NO_TIME && seen_time(seen->mtime) != NO_TIME)
			times[n++] = seen_time(seen->mtime);
	}
	if (n > 1)
		qsort(times, n, sizeof *times, by_value);
	lay_over(c, times, n);
	free(times);
	return true;
}

bool
clocks_guess(struct correlation *c)
{
	struct table table = { 0 };
	int best = 0;

	count(c, &table);
	for (int i = 1; i <= 2 * QUARTERS; i++)
		if (table.of[i] > table.of[best])
			best = i;
	if (table.of[best] == 0 || table.of[best] * 3 < table.asked * 2)
		return ask_crashes(c);
	c->clocks.source = table.of[best] >= VOTES_MIN ? CLOCK_NAMES : CLOCK_GUESS;
	c->clocks.offset = c->clocks.other = (best - QUARTERS) * QUARTER;
	c->clocks.agreeing = table.of[best];
	c->clocks.asked = table.asked;
	return true;
}
