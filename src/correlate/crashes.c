/*
 * crashes.c - when the service died: all events that tell of one crash taken together.
 *
 * One crash writes a 4097 of Dr. Watson, a 4037 of the connector, a line of the service manager and
 * a chapter of drwtsn32.log within minutes. The same event once more, from the same log, is the
 * next crash: a service that finds the bad message again dies again soon after each start.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "correlate/joins.h"

#define SAME_CRASH 120 /* seconds from the first to the last sign of it */
#define SAME_EVENT 10  /* between two records of one event of one crash */
#define VOICES 16

struct voice {
	uint32_t log, event;
	int64_t time;
};

/* The crash that signs are being added to. */
struct current {
	int64_t first;
	struct voice voices[VOICES];
	size_t n;
};

struct sign {
	int64_t time;
	uint32_t sight;
};

static bool
is_crash(const struct log_item *item)
{
	return item->kind == EVIDENCE_CRASH ||
	       (item->kind == EVIDENCE_FAULT && !(item->flags & EVIDENCE_WEAK));
}

static int
by_time(const void *left, const void *right)
{
	const struct sign *a = left, *b = right;

	if (a->time != b->time)
		return a->time < b->time ? -1 : 1;
	return a->sight < b->sight ? -1 : a->sight > b->sight;
}

static bool
belongs(const struct current *current, const struct sign *sign, const struct sight *sight)
{
	if (sign->time - current->first > SAME_CRASH)
		return false;
	for (size_t i = 0; i < current->n; i++)
		if (current->voices[i].log == sight->log &&
		    current->voices[i].event == sight->item->event &&
		    sign->time - current->voices[i].time > SAME_EVENT)
			return false;
	return true;
}

static void
take_sign(struct correlation *c, struct current *current, const struct sign *sign)
{
	const struct sight *sight = &c->sights[sign->sight];
	struct crashes *crashes = &c->crashes;

	if (crashes->n == 0 || current->n == 0 || !belongs(current, sign, sight)) {
		*current = (struct current){ .first = sign->time };
		crashes->all[crashes->n++] =
		    (struct crash){ .when = sight->when, .sight = sign->sight };
	}
	struct crash *crash = &crashes->all[crashes->n - 1];

	crash->n_sights++;
	if (crash->when.local == NO_TIME)
		crash->when.local = sight->when.local;
	if (current->n < VOICES)
		current->voices[current->n++] =
		    (struct voice){ sight->log, sight->item->event, sign->time };
}

/* All signs on one axis, in time. Those that are known in UTC come first. */
static void
take_axis(struct correlation *c, struct sign *signs, bool utc)
{
	struct current current = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < c->n_sights; i++) {
		const struct moment *when = &c->sights[i].when;

		if (!is_crash(c->sights[i].item) || (when->utc != NO_TIME) != utc)
			continue;
		if (utc || when->local != NO_TIME)
			signs[n++] = (struct sign){ utc ? when->utc : when->local, (uint32_t)i };
	}
	if (n > 1)
		qsort(signs, n, sizeof *signs, by_time);
	for (size_t i = 0; i < n; i++)
		take_sign(c, &current, &signs[i]);
}

static int64_t
axis(const struct crash *crash, bool utc)
{
	return utc ? crash->when.utc : crash->when.local;
}

static size_t
order(const struct crashes *crashes, struct sign *signs, bool utc, uint32_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < crashes->n; i++)
		if (axis(&crashes->all[i], utc) != NO_TIME)
			signs[n++] = (struct sign){ axis(&crashes->all[i], utc), (uint32_t)i };
	if (n > 1)
		qsort(signs, n, sizeof *signs, by_time);
	for (size_t i = 0; i < n; i++)
		out[i] = signs[i].sight;
	return n;
}

bool
crashes_find(struct correlation *c)
{
	struct crashes *crashes = &c->crashes;
	struct sign *signs = calloc(c->n_sights + 1, sizeof *signs);

	crashes->all = calloc(c->n_sights + 1, sizeof *crashes->all);
	if (signs && crashes->all) {
		take_axis(c, signs, true);
		take_axis(c, signs, false);
		crashes->by_utc = calloc(crashes->n + 1, sizeof *crashes->by_utc);
		crashes->by_local = calloc(crashes->n + 1, sizeof *crashes->by_local);
	}
	if (!signs || !crashes->all || !crashes->by_utc || !crashes->by_local) {
		free(signs);
		return false;
	}
	crashes->n_utc = order(crashes, signs, true, crashes->by_utc);
	crashes->n_local = order(crashes, signs, false, crashes->by_local);
	free(signs);
	return true;
}

/* The index of the first crash at or after that time. */
static size_t
first_from(const struct crashes *crashes, bool utc, int64_t time)
{
	const uint32_t *sorted = utc ? crashes->by_utc : crashes->by_local;
	size_t low = 0, high = utc ? crashes->n_utc : crashes->n_local;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (axis(&crashes->all[sorted[middle]], utc) < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t
nearest(const struct crashes *crashes, bool utc, int64_t time, bool both, int64_t *gap)
{
	const uint32_t *sorted = utc ? crashes->by_utc : crashes->by_local;
	const size_t n = utc ? crashes->n_utc : crashes->n_local;
	const size_t at = first_from(crashes, utc, time);
	uint32_t found = NONE32;

	if (at < n) {
		found = sorted[at];
		*gap = axis(&crashes->all[found], utc) - time;
	}
	if (both && at > 0 &&
	    (found == NONE32 || time - axis(&crashes->all[sorted[at - 1]], utc) < *gap)) {
		found = sorted[at - 1];
		*gap = axis(&crashes->all[found], utc) - time;
	}
	return found;
}

static uint32_t
search(const struct correlation *c, const struct moment *moment, bool both, int64_t *gap)
{
	uint32_t found = NONE32;

	if (moment->utc != NO_TIME)
		found = nearest(&c->crashes, true, moment->utc, both, gap);
	if (found == NONE32 && moment->local != NO_TIME)
		found = nearest(&c->crashes, false, moment->local, both, gap);
	return found;
}

uint32_t
crash_near(const struct correlation *c, const struct moment *moment, int64_t *gap)
{
	return search(c, moment, true, gap);
}

uint32_t
crash_after(const struct correlation *c, const struct moment *moment, int64_t *gap)
{
	return search(c, moment, false, gap);
}

uint32_t
crash_last(const struct correlation *c)
{
	const struct crashes *crashes = &c->crashes;

	if (crashes->n_utc > 0)
		return crashes->by_utc[crashes->n_utc - 1];
	return crashes->n_local > 0 ? crashes->by_local[crashes->n_local - 1] : NONE32;
}
