/*
 * days.c - dates of which nobody knows whether the day or the month stands first, and the sentence
 * that says how the times of a log were taken.
 *
 * Each log is written in one order. Both readings are tried: the one under which more of its times
 * lie within a day and a half of a file of the tree is taken, and the one as read when both fit as
 * well.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "correlate/joins.h"

#define NEAR 129600 /* a day and a half: zones are not known yet */

static int
by_value(const void *left, const void *right)
{
	const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return a < b ? -1 : a > b;
}

static bool
has_near(const int64_t *times, size_t n, int64_t time)
{
	size_t low = 0, high = n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (times[middle] < time - NEAR)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && times[low] <= time + NEAR;
}

static int64_t
time_of(const struct seen *seen)
{
	if (seen_time(seen->local) != NO_TIME)
		return seen_time(seen->local);
	return seen_time(seen->received) != NO_TIME ? seen_time(seen->received)
						    : seen_time(seen->mtime);
}

/* Times of files, and those of other logs whose dates are sure. */
static size_t
known_times(const struct correlation *c, int64_t *times)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_seen; i++)
		if (time_of(&c->seen[i]) != NO_TIME)
			times[n++] = time_of(&c->seen[i]);
	for (size_t i = 0; i < c->n_sights; i++) {
		const struct log_item *item = c->sights[i].item;

		if (item->time != NO_TIME && !(item->flags & EVIDENCE_DAY_MONTH) &&
		    (item->kind == EVIDENCE_CRASH || item->kind == EVIDENCE_FAULT))
			times[n++] = item->time;
	}
	if (n > 1)
		qsort(times, n, sizeof *times, by_value);
	return n;
}

static void
choose(struct correlation *c, const int64_t *times, size_t n)
{
	for (size_t i = 0, end; i < c->n_sights; i = end) {
		const uint32_t log = c->sights[i].log;
		size_t plain = 0, swapped = 0;

		for (end = i; end < c->n_sights && c->sights[end].log == log; end++) {
			const struct log_item *item = c->sights[end].item;

			if (!(item->flags & EVIDENCE_DAY_MONTH) || item->time == NO_TIME)
				continue;
			plain += has_near(times, n, item->time);
			swapped += has_near(times, n, evidence_swapped_time(item->time));
		}
		c->swaps[log] = swapped > plain;
	}
}

static void
set_moments(struct correlation *c)
{
	for (size_t i = 0; i < c->n_sights; i++) {
		struct sight *sight = &c->sights[i];
		const struct log_item *item = sight->item;
		int64_t time = item->time, other = item->other_time;

		sight->swapped = c->swaps[sight->log] && item->flags & EVIDENCE_DAY_MONTH;
		if (sight->swapped) {
			time = evidence_swapped_time(time);
			other = evidence_swapped_time(other);
		}
		if (item->zone == ZONE_UTC) {
			sight->when.utc = time;
			/* The time that a crash quotes is local, whatever the log's. */
			if (item->kind == EVIDENCE_CRASH)
				sight->when.local = other;
			else
				sight->other.utc = other;
		} else if (time != NO_TIME) {
			sight->when.local = time - c->shifts[sight->log];
			if (other != NO_TIME)
				sight->other.local = other - c->shifts[sight->log];
		}
	}
}

bool
days_settle(struct correlation *c)
{
	int64_t *times;

	if (c->n_sights == 0)
		return true;
	times = calloc(c->n_seen + c->n_sights + 1, sizeof *times);
	if (!times)
		return false;
	choose(c, times, known_times(c, times));
	free(times);
	set_moments(c);
	return true;
}

static void
say_source(const struct clocks *clocks, struct words *words)
{
	switch (clocks->source) {
	case CLOCK_OPTION:
		words_add(words, " (--timezone)");
		break;
	case CLOCK_EVENTS:
		words_add(words, " (event 4097)");
		break;
	case CLOCK_TREE:
		words_add(
		    words, " (inferred from %zu of %zu files)", clocks->agreeing, clocks->asked);
		break;
	case CLOCK_NAMES:
		words_add(words, " (inferred from %zu events that name files)", clocks->agreeing);
		break;
	default:
		words_add(words, " (guessed: the only one that fits)");
	}
}

static void
say_local(const struct clocks *clocks, int32_t shift, struct words *words)
{
	words_add(words, "local, ");
	if (clocks->source == CLOCK_UNKNOWN) {
		words_add(words, "zone unknown");
		return;
	}
	if (clocks->zone) {
		words_add(words, "by the zone of --timezone");
		return;
	}
	words_offset(words, clocks->offset + shift);
	if (clocks->other != clocks->offset) {
		words_add(words, " or ");
		words_offset(words, clocks->other + shift);
		words_add(words, " by season");
	}
	say_source(clocks, words);
}

static void
say_clock(struct correlation *c, uint32_t number)
{
	const struct log_view *log = log_set_log(c->logs, number);
	struct words words = words_of(c->clock_texts[number], CLOCK_TEXT);

	if (log->zone == ZONE_UTC)
		words_add(&words, "UTC");
	else if (log->zone == ZONE_LOCAL)
		say_local(&c->clocks, c->shifts[number], &words);
	if (c->swaps[number])
		words_add(&words, ", day first");
}

static void
note_zone(struct correlation *c)
{
	const struct clocks *clocks = &c->clocks;
	char room[64];
	struct words words = words_of(room, sizeof room);

	words_offset(&words, clocks->offset);
	if (clocks->other != clocks->offset) {
		words_add(&words, " or ");
		words_offset(&words, clocks->other);
	}
	if (clocks->source == CLOCK_TREE)
		note_add(c,
		    "The server's clock was at %s: %zu of %zu messages show it, the time in their "
		    "envelope against their topmost Received field.",
		    room, clocks->agreeing, clocks->asked);
	else if (clocks->source == CLOCK_EVENTS)
		note_add(c,
		    "The server's clock was at %s: event 4097 quotes the local time of a crash.",
		    room);
	else if (clocks->source == CLOCK_NAMES)
		note_add(c,
		    "The server's clock was at %s: %zu of %zu events that name a file show it, "
		    "their time against the file's.",
		    room, clocks->agreeing, clocks->asked);
	else if (clocks->source == CLOCK_GUESS)
		note_add(c,
		    "The server's clock may have been at %s, the only offset that fits: clues that "
		    "rest on it count less. Tell it with --timezone.",
		    room);
}

void
clocks_texts(struct correlation *c)
{
	struct words words = words_of(c->local_clock, CLOCK_TEXT);
	bool local = false;

	say_local(&c->clocks, 0, &words);
	for (size_t i = 0; i < c->n_logs; i++) {
		say_clock(c, (uint32_t)i);
		local = local || (log_set_log(c->logs, i)->zone == ZONE_LOCAL &&
				     log_set_log(c->logs, i)->n_items > 0);
		if (c->swaps[i])
			note_add(c, "A log has dates that can be read in two ways: the day was "
				    "taken to stand first, which fits the times of the files.");
	}
	if (c->clocks.source == CLOCK_UNKNOWN && local)
		note_add(c, "The time zone of the server is not known: times of its logs were "
			    "compared with those of envelopes only. Tell it with --timezone.");
	else if (c->n_sights > 0)
		note_zone(c);
}
