/*
 * clocks.c - how far the server's clock was from UTC.
 *
 * Envelopes, Dr. Watson, copy and protocol logs show the server's local time; event logs, tracking
 * logs, Received fields and file times show UTC. What ties them: --timezone; event 4097, whose text
 * quotes the local time of a crash; envelopes against the Received field of the same second, over
 * the whole tree. A tree that spans the change to summer time has two offsets an hour apart: each
 * time then takes that of the sample nearest to it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "correlate/joins.h"

#define QUARTER 900
#define QUARTERS 56 /* fourteen hours either way */
#define FARTHEST (INT64_C(900) * (QUARTERS + 1))
#define SEASON 4 /* quarters that summer time moves a clock */
#define VOTES_MIN 3
#define SLACK_FILE 120  /* between envelope and Received of one message */
#define SLACK_EVENT 420 /* between a crash and the record of it */

struct votes {
	uint64_t of[2 * QUARTERS + 1];
	uint64_t asked;
};

int32_t
clocks_quarter(int64_t difference, int64_t slack)
{
	const int64_t half = difference < 0 ? -QUARTER / 2 : QUARTER / 2;
	int64_t quarter;

	if (difference < -FARTHEST || difference > FARTHEST)
		return INT32_MIN;
	quarter = (difference + half) / QUARTER;
	if (quarter < -QUARTERS || quarter > QUARTERS ||
	    llabs(difference - quarter * QUARTER) > slack)
		return INT32_MIN;
	return (int32_t)quarter;
}

/* Only inbound mail has a Received field of this server on top. */
static bool
tells(const struct seen *seen)
{
	return seen_time(seen->local) != NO_TIME && seen_time(seen->received) != NO_TIME &&
	       seen->direction != DIRECTION_OUT;
}

static bool
add_sample(struct clocks *clocks, int64_t local, int32_t quarter)
{
	/* Event 4097 can quote any time; those of files are sane. */
	if (local <= 0 || local > UINT32_MAX)
		return true;
	if (!array_grow(
		&clocks->samples, &clocks->room, clocks->n_samples + 1, sizeof *clocks->samples))
		return false;
	clocks->samples[clocks->n_samples++] =
	    (struct clock_sample){ (uint32_t)local, quarter * QUARTER };
	return true;
}

static void
count(const struct correlation *c, struct votes *votes)
{
	for (size_t i = 0; i < c->n_seen; i++) {
		const struct seen *seen = &c->seen[i];
		int32_t quarter;

		if (!tells(seen))
			continue;
		votes->asked++;
		quarter =
		    clocks_quarter(seen_time(seen->local) - seen_time(seen->received), SLACK_FILE);
		if (quarter != INT32_MIN)
			votes->of[quarter + QUARTERS]++;
	}
}

/* The offset of the other season: an hour away, and of three files at least. */
static int
season_of(const struct votes *votes, int best)
{
	int other = best;

	for (int i = best - SEASON; i <= best + SEASON; i += 2 * SEASON) {
		if (i < 0 || i > 2 * QUARTERS || votes->of[i] < VOTES_MIN)
			continue;
		if (other == best || votes->of[i] > votes->of[other])
			other = i;
	}
	return other;
}

static bool
samples_of_tree(struct correlation *c, const struct votes *votes, int best, int other)
{
	struct clocks *clocks = &c->clocks;

	clocks->source = CLOCK_TREE;
	clocks->offset = (best - QUARTERS) * QUARTER;
	clocks->other = (other - QUARTERS) * QUARTER;
	clocks->agreeing = votes->of[best] + (other == best ? 0 : votes->of[other]);
	clocks->asked = votes->asked;
	for (size_t i = 0; other != best && i < c->n_seen; i++) {
		const struct seen *seen = &c->seen[i];
		const int32_t quarter =
		    tells(seen) ? clocks_quarter(seen_time(seen->local) - seen_time(seen->received),
				      SLACK_FILE)
				: INT32_MIN;

		if (quarter != best - QUARTERS && quarter != other - QUARTERS)
			continue;
		if (!add_sample(clocks, seen_time(seen->local), quarter))
			return false;
	}
	return true;
}

/* At least three files, and two thirds of all that tell. */
static bool
ask_tree(struct correlation *c)
{
	struct votes votes = { 0 };
	int best = 0, other;
	uint64_t agreeing;

	count(c, &votes);
	for (int i = 1; i <= 2 * QUARTERS; i++)
		if (votes.of[i] > votes.of[best])
			best = i;
	other = season_of(&votes, best);
	agreeing = votes.of[best] + (other == best ? 0 : votes.of[other]);
	if (votes.of[best] < VOTES_MIN || agreeing * 3 < votes.asked * 2)
		return true;
	return samples_of_tree(c, &votes, best, other);
}

static int32_t
quarter_of_crash(const struct log_item *item)
{
	if (item->kind != EVIDENCE_CRASH || item->time == NO_TIME || item->other_time == NO_TIME)
		return INT32_MIN;
	return clocks_quarter(item->other_time - item->time, SLACK_EVENT);
}

static bool
ask_events(struct correlation *c)
{
	struct clocks *clocks = &c->clocks;
	bool met = false;

	for (size_t i = 0; i < c->n_sights; i++) {
		const struct log_item *item = c->sights[i].item;
		const int32_t quarter = quarter_of_crash(item);

		if (item->zone != ZONE_UTC || quarter == INT32_MIN)
			continue;
		/* The tree's samples are needed beside those of the events now. */
		if (!add_sample(clocks, item->other_time, quarter))
			return false;
		if (!met && clocks->source == CLOCK_UNKNOWN)
			clocks->offset = clocks->other = quarter * QUARTER;
		if (clocks->source == CLOCK_UNKNOWN && quarter * QUARTER != clocks->offset)
			clocks->other = quarter * QUARTER;
		if (clocks->source == CLOCK_TREE && !met && quarter * QUARTER != clocks->offset &&
		    quarter * QUARTER != clocks->other)
			note_add(c, "Event 4097 and the envelopes of the tree show different time "
				    "zones: the files may come from another server.");
		met = true;
	}
	if (met && clocks->source == CLOCK_UNKNOWN)
		clocks->source = CLOCK_EVENTS;
	return true;
}

static int
by_time(const void *left, const void *right)
{
	const struct clock_sample *a = left, *b = right;

	if (a->local != b->local)
		return a->local < b->local ? -1 : 1;
	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* An exported event log shows the clock of the computer it was exported on: event 4097 tells how
 * far that is from the server's. */
static void
ask_shifts(struct correlation *c)
{
	for (size_t i = 0; i < c->n_sights; i++) {
		const struct log_item *item = c->sights[i].item;
		const int32_t quarter = quarter_of_crash(item);

		if (item->zone == ZONE_LOCAL && quarter != INT32_MIN)
			c->shifts[c->sights[i].log] = -quarter * QUARTER;
	}
}

/* What was told counts, but the envelopes of two thirds of the files know better. */
static void
doubt_option(struct correlation *c)
{
	struct votes votes = { 0 };
	uint64_t agreeing = 0;

	count(c, &votes);
	for (size_t i = 0; i < c->n_seen; i++) {
		const struct seen *seen = &c->seen[i];
		const int32_t quarter =
		    tells(seen) ? clocks_quarter(seen_time(seen->local) - seen_time(seen->received),
				      SLACK_FILE)
				: INT32_MIN;
		int32_t told = c->options.timezone;

		if (quarter == INT32_MIN)
			continue;
		if (c->options.zone)
			told = c->options.zone(c->options.zone_context, seen_time(seen->local));
		agreeing += quarter * QUARTER == told;
	}
	if (votes.asked >= VOTES_MIN && agreeing * 3 < votes.asked)
		note_add(c,
		    "--timezone does not fit this tree: the envelopes of most files show another "
		    "clock. It was used as told; leave it out to have the files asked.");
}

bool
clocks_settle(struct correlation *c)
{
	struct clocks *clocks = &c->clocks;

	ask_shifts(c);
	if (c->options.has_timezone || c->options.zone) {
		doubt_option(c);
		clocks->source = CLOCK_OPTION;
		clocks->offset = clocks->other = c->options.zone ? 0 : c->options.timezone;
		clocks->zone = c->options.zone;
		clocks->zone_context = c->options.zone_context;
		return true;
	}
	if (!ask_tree(c) || !ask_events(c))
		return false;
	if (clocks->source == CLOCK_UNKNOWN && !clocks_guess(c))
		return false;
	if (clocks->n_samples > 1)
		qsort(clocks->samples, clocks->n_samples, sizeof *clocks->samples, by_time);
	return true;
}

bool
clocks_offset(const struct clocks *clocks, int64_t local, int32_t *offset)
{
	size_t low = 0, high = clocks->n_samples;

	if (clocks->source == CLOCK_UNKNOWN)
		return false;
	*offset = clocks->zone ? clocks->zone(clocks->zone_context, local) : clocks->offset;
	/* One offset for all: events add nothing to it. */
	if (clocks->offset == clocks->other || clocks->n_samples == 0)
		return true;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if ((int64_t)clocks->samples[middle].local < local)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == clocks->n_samples ||
	    (low > 0 && local - (int64_t)clocks->samples[low - 1].local <
			    (int64_t)clocks->samples[low].local - local))
		low--;
	*offset = clocks->samples[low].offset;
	return true;
}

/* UTC to local asks twice: the samples are sorted by local time. */
void
clocks_fill(const struct correlation *c, struct moment *moment)
{
	int32_t offset;

	if (moment->utc == NO_TIME && moment->local != NO_TIME) {
		if (clocks_offset(&c->clocks, moment->local, &offset))
			moment->utc = moment->local - offset;
	} else if (moment->local == NO_TIME && moment->utc != NO_TIME) {
		if (!clocks_offset(&c->clocks, moment->utc + c->clocks.offset, &offset))
			return;
		(void)clocks_offset(&c->clocks, moment->utc + offset, &offset);
		moment->local = moment->utc + offset;
	}
}

/* When the file came: by the envelope, and by the Received field where it agrees with it. */
struct moment
seen_moment(const struct correlation *c, const struct seen *seen)
{
	struct moment moment = { NO_TIME, seen_time(seen->local) };

	if (seen->direction != DIRECTION_OUT && seen_time(seen->received) != NO_TIME &&
	    (seen_time(seen->local) == NO_TIME ||
		clocks_quarter(seen_time(seen->local) - seen_time(seen->received), SLACK_FILE) !=
		    INT32_MIN))
		moment.utc = seen_time(seen->received);
	clocks_fill(c, &moment);
	return moment;
}
