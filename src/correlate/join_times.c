/*
 * join_times.c - files that came in within seconds of a crash.
 *
 * By the time of the envelope or of the Received field, or by that of the file. Where many files
 * lie in those seconds the time tells none of them apart: a copy that sets all times anew, a burst.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "array.h"
#include "correlate/joins.h"

#define BEFORE 10 /* seconds: a message is converted as it comes */
#define AFTER 2   /* file times have steps of two seconds on FAT */
#define FILES_MAX 8

struct arrival {
	int64_t time;
	uint32_t file;
	bool touched; /* by the time of the file, not of the message */
};

struct arrivals {
	struct arrival *all;
	size_t n, room;
};

static int
by_time(const void *left, const void *right)
{
	const struct arrival *a = left, *b = right;

	if (a->time != b->time)
		return a->time < b->time ? -1 : 1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return a->touched - b->touched;
}

/* Whether a crash was within the seconds that window() looks at: of millions of files few are kept. */
static bool
is_near_crash(const struct correlation *c, bool utc, int64_t time)
{
	const struct moment from = { utc ? time - AFTER : NO_TIME, utc ? NO_TIME : time - AFTER };
	int64_t gap;

	return crash_after(c, &from, &gap) != NONE32 && gap <= AFTER + BEFORE;
}

static bool
put(const struct correlation *c, bool utc, struct arrivals *arrivals, struct arrival arrival)
{
	if (arrival.time == NO_TIME || !is_near_crash(c, utc, arrival.time))
		return true;
	if (!array_grow(&arrivals->all, &arrivals->room, arrivals->n + 1, sizeof *arrivals->all))
		return false;
	arrivals->all[arrivals->n++] = arrival;
	return true;
}

static bool
collect(const struct correlation *c, bool utc, struct arrivals *arrivals)
{
	for (size_t i = 0; i < c->n_seen; i++) {
		const struct moment came = seen_moment(c, &c->seen[i]);
		struct moment touched = { seen_time(c->seen[i].mtime), NO_TIME };

		if (c->options.archive_is_control &&
		    folder_is_archive((enum folder)c->seen[i].folder))
			continue;
		clocks_fill(c, &touched);
		if (!put(c, utc, arrivals,
			(struct arrival){ utc ? came.utc : came.local, (uint32_t)i, false }) ||
		    !put(c, utc, arrivals,
			(struct arrival){ utc ? touched.utc : touched.local, (uint32_t)i, true }))
			return false;
	}
	if (arrivals->n > 1)
		qsort(arrivals->all, arrivals->n, sizeof *arrivals->all, by_time);
	return true;
}

static size_t
first_from(const struct arrivals *arrivals, int64_t time)
{
	size_t low = 0, high = arrivals->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (arrivals->all[middle].time < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The files of those seconds, each once; FILES_MAX + 1 when there are more than are few. */
static size_t
window(struct correlation *c, const struct arrivals *arrivals, int64_t crash,
    struct arrival found[FILES_MAX + 1])
{
	size_t n = 0, k;

	for (size_t i = first_from(arrivals, crash - BEFORE);
	     i < arrivals->n && arrivals->all[i].time <= crash + AFTER && n <= FILES_MAX; i++) {
		c->steps++;
		for (k = 0; k < n && found[k].file != arrivals->all[i].file; k++)
			;
		if (k == n)
			found[n++] = arrivals->all[i];
		else if (found[k].touched)
			found[k] = arrivals->all[i];
	}
	return n;
}

static bool
link_arrival(
    struct correlation *c, uint32_t crash, const struct arrival *arrival, int64_t time, size_t n)
{
	const int64_t written = arrival->touched ? c->factors[FACTOR_ARRIVAL_WRITTEN] : 0;
	int64_t factor = weigh_share(c, c->factors[FACTOR_ARRIVAL] - written, n);
	struct link *link =
	    link_new(c, MARK_CRASH_TIME, arrival->file, c->crashes.all[crash].sight);
	struct words words;

	if (!link)
		return errno == 0;
	words = words_of(link->clue.detail, sizeof link->clue.detail);
	words_add(&words, arrival->touched ? "the file was written " : "the message came ");
	words_gap(&words, llabs(time - arrival->time));
	words_add(&words, time < arrival->time ? " after" : " before");
	words_add(&words, " the crash of ");
	words_time(&words, &c->crashes.all[crash].when);
	if (n > 1)
		words_add(&words, "; so did %zu other%s", n - 1, n == 2 ? "" : "s");
	if (c->clocks.source == CLOCK_GUESS) {
		words_add(&words, "; the zone of the log is guessed");
		link->clue.flags = CLUE_DOUBTFUL;
		factor -= c->factors[FACTOR_ARRIVAL_GUESS];
	}
	if (folder_is_archive((enum folder)c->seen[arrival->file].folder))
		factor -= c->factors[FACTOR_ARRIVAL_ARCHIVE];
	link->crash = crash;
	link_weigh(c, link, weigh_least(c, factor));
	return true;
}

static bool
join_axis(struct correlation *c, bool utc)
{
	struct arrivals arrivals = { .n = 0 };
	struct arrival found[FILES_MAX + 1];
	bool good = collect(c, utc, &arrivals);

	for (size_t i = 0; good && i < c->crashes.n; i++) {
		const struct crash *crash = &c->crashes.all[i];
		const int64_t time = utc ? crash->when.utc : crash->when.local;
		size_t n;

		if (time == NO_TIME || (!utc && crash->when.utc != NO_TIME))
			continue;
		n = window(c, &arrivals, time, found);
		for (size_t k = 0; good && n <= FILES_MAX && k < n; k++)
			good = link_arrival(c, (uint32_t)i, &found[k], time, n);
	}
	free(arrivals.all);
	return good;
}

/* Crashes that are known in local time only are compared with envelopes as they are. */
bool
join_times(struct correlation *c)
{
	bool local = false;

	for (size_t i = 0; i < c->crashes.n; i++)
		local = local || c->crashes.all[i].when.utc == NO_TIME;
	if (c->crashes.n == 0)
		return true;
	return join_axis(c, true) && (!local || join_axis(c, false));
}
