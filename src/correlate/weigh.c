/*
 * weigh.c - what an item that names a file weighs.
 *
 * Millibits. Each kind has a weight of its own (src/rules/evidence.c argues them); a crash close by
 * adds to it, one far off takes from it, and a time at which the file was not there yet turns it
 * against what the log says.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "correlate/joins.h"

#define MINUTE INT64_C(60)
#define HOUR INT64_C(3600)
#define DAY INT64_C(86400)
#define SLACK 60 /* between the clock of an event and that of an envelope */

int64_t
weigh_least(const struct correlation *c, int64_t factor)
{
	return factor > c->factors[FACTOR_LEAST] ? factor : c->factors[FACTOR_LEAST];
}

int64_t
weigh_share(const struct correlation *c, int64_t factor, uint64_t n)
{
	const int64_t doubling = c->factors[FACTOR_DOUBLING];

	for (; n >= 4; n = (n + 1) / 2)
		factor -= doubling;
	if (n == 3)
		factor -= doubling * 1585 / 1000; /* log2(3) */
	else if (n == 2)
		factor -= doubling;
	return weigh_least(c, factor);
}

/* Of weeks ago: the message that it names has long been dealt with, or is not what stops the
 * service now. *near: within a minute of a crash. */
static int64_t
age(const struct correlation *c, const struct sight *sight, struct weighed *out,
    struct words *words, bool *near)
{
	int64_t gap = 0, distance;
	const uint32_t crash = crash_near(c, &sight->when, &gap);

	*near = false;
	if (crash == NONE32)
		return 0;
	distance = gap < 0 ? -gap : gap;
	if (distance <= 5 * MINUTE) {
		out->crash = crash;
		*near = distance <= MINUTE;
		words_add(words, ", ");
		words_gap(words, distance);
		words_add(words, gap < 0 ? " after a crash" : " before a crash");
		return 0;
	}
	if (distance <= DAY)
		return 0;
	words_add(words, ", ");
	words_gap(words, distance);
	words_add(words, " from the nearest crash");
	return -c->factors[distance > 7 * DAY ? FACTOR_WEEK_OFF : FACTOR_DAY_OFF];
}

/* The logs may tell of no crash: then there is the one for which the tree was copied. */
static bool
is_of_a_crash(const struct correlation *c, uint32_t crash)
{
	return crash != NONE32 || c->crashes.n == 0;
}

static int64_t
base_of_event(const struct correlation *c, const struct log_item *item, bool near)
{
	if (item->flags & EVIDENCE_GONE && item->event != 4120 && item->event != 4132)
		return c->factors[near                  ? FACTOR_GONE_NEAR
				  : item->event == 4192 ? FACTOR_GONE_4192
							: FACTOR_GONE];
	if (item->flags & EVIDENCE_WEAK)
		return c->factors[near ? FACTOR_WEAK_NEAR : FACTOR_WEAK];
	switch (item->event) {
	case 4081:
	case 4115:
		return c->factors[near ? FACTOR_BAD_NEAR : FACTOR_BAD];
	case 4055:
	case 4118:
		return c->factors[near ? FACTOR_FAIL_NEAR : FACTOR_FAIL];
	case 4120:
	case 4131:
	case 4132:
		return c->factors[near ? FACTOR_ABORT_NEAR : FACTOR_ABORT];
	default:
		return c->factors[near ? FACTOR_EVENT_NEAR : FACTOR_EVENT];
	}
}

/* A hop count that ran out and an address that is not unique end a message and no service. */
static int64_t
base_of_message(const struct correlation *c, const struct log_item *item, bool archived, bool near)
{
	switch (item->event) {
	case 10000:
		return c->factors[FACTOR_STORE_HOPS];
	case 3021:
	case 4098:
	case 12071:
		return c->factors[FACTOR_STORE_MILD];
	default:
		return c->factors[archived ? FACTOR_STORE_MILD
				  : near   ? FACTOR_STORE_NEAR
					   : FACTOR_STORE];
	}
}

static int64_t
weigh_event(const struct correlation *c, const struct sight *sight, const struct seen *seen,
    struct weighed *out, struct words *words)
{
	const struct log_item *item = sight->item;
	const bool archived = seen && folder_is_archive((enum folder)seen->folder);
	int64_t factor, cost;
	bool near;

	words_add(words, "event %u of ", item->event);
	words_time(words, &sight->when);
	cost = age(c, sight, out, words, &near);
	if (item->kind == EVIDENCE_EVENT_MESSAGE) {
		out->mark = MARK_STORE;
		factor = base_of_message(c, item, archived, near);
	} else if (item->flags & EVIDENCE_STAYS) {
		out->mark = MARK_STUCK;
		words_add(words, archived ? ": was to be tried again, but lies in Archive"
					  : ": is tried again at each start");
		factor = c->factors[archived               ? FACTOR_STUCK_ARCHIVE
				    : out->crash != NONE32 ? FACTOR_STUCK_CRASH
							   : FACTOR_STUCK];
		out->pointing = !archived && is_of_a_crash(c, out->crash);
	} else {
		out->mark = MARK_EVENT_FILE;
		factor = base_of_event(c, item, near);
		if (item->flags & EVIDENCE_GONE)
			words_add(words, ": was moved out of the queue");
		out->pointing = near && !(item->flags & (EVIDENCE_GONE | EVIDENCE_WEAK));
	}
	if (item->flags & EVIDENCE_BINARY)
		words_add(words, "; the name is in its binary data");
	if (item->flags & EVIDENCE_WEAK)
		words_add(words, "; a hint only");
	return weigh_least(c, factor + cost);
}

/* By the time from its arrival to the crash. */
static int64_t
weigh_received(const struct correlation *c, const struct sight *sight, struct weighed *out,
    struct words *words)
{
	const bool last = sight->item->kind == EVIDENCE_LAST_RECEIVED;
	int64_t gap = 0;

	out->mark = MARK_RECEIVED;
	out->crash = crash_after(
	    c, last && moment_known(&sight->other) ? &sight->other : &sight->when, &gap);
	if (last && !moment_gap(&sight->other, &sight->when, &gap))
		return 0;
	if (out->crash == NONE32 || gap < 0 || (!last && gap > 10 * MINUTE))
		return 0;
	words_add(words, last ? "the last message before a crash, " : "in hand ");
	words_gap(words, gap);
	words_add(words, last ? " earlier: event %u of " : " before a crash: event %u of ",
	    sight->item->event);
	words_time(words, &sight->when);
	out->pointing = last && gap <= MINUTE;
	if (gap <= 10)
		return c->factors[last ? FACTOR_LAST_10S : FACTOR_HAND_10S];
	if (gap <= MINUTE)
		return c->factors[last ? FACTOR_LAST_MINUTE : FACTOR_HAND_MINUTE];
	if (gap <= 10 * MINUTE)
		return c->factors[last ? FACTOR_LAST_10MIN : FACTOR_LEAST];
	return c->factors[gap <= HOUR ? FACTOR_LAST_HOUR : FACTOR_LEAST];
}

static int64_t
base_of_copy(const struct correlation *c, const struct log_item *item, struct words *words)
{
	switch (item->code) {
	case 32:
	case 33:
		words_add(words, "in use when it was to be copied (error %u", item->code);
		return c->factors[item->flags & EVIDENCE_UNFINISHED || item->count > 1
				      ? FACTOR_USED_AGAIN
				      : FACTOR_USED];
	case 23:
	case 30:
	case 1392:
		words_add(words, "could not be read by the copy (error %u", item->code);
		return c->factors[FACTOR_UNREADABLE];
	case 5:
		words_add(words, "access was denied to the copy (error %u", item->code);
		return c->factors[FACTOR_DENIED];
	case 2:
	case 3:
		words_add(words, "was gone when it was to be copied (error %u", item->code);
		return c->factors[FACTOR_LEFT];
	default:
		words_add(words, "was not copied (error %u", item->code);
		return c->factors[FACTOR_COPY_OTHER];
	}
}

/* Of several files in use one is held by the hang. What is being sent is in use on a healthy server,
 * too: all files of Out together speak no louder than one of In. */
static int64_t
share_in_use(
    const struct correlation *c, const struct log_item *item, int64_t factor, struct words *words)
{
	const struct slice path = item->path.len ? item->path : item->spool;

	words_add(words, "; %llu files were", (unsigned long long)c->n_in_use);
	if (c->n_in_use_out == 0 || c->n_in_use_out == c->n_in_use)
		return weigh_share(c, factor, c->n_in_use);
	if (name_direction(path, item->flags) != DIRECTION_OUT)
		return weigh_share(c, factor, c->n_in_use - c->n_in_use_out + 1);
	words_add(words, ", as what is being sent always is");
	return weigh_share(c, factor, c->n_in_use) - c->factors[FACTOR_USED_OUT];
}

static int64_t
weigh_copy(const struct correlation *c, const struct sight *sight, const struct seen *seen,
    struct weighed *out, struct words *words)
{
	const struct log_item *item = sight->item;
	const bool in_use = item->code == 32 || item->code == 33;
	int64_t factor = base_of_copy(c, item, words), gap = 0;

	out->mark = MARK_IN_USE;
	words_add(words, ", tried %u time%s)", item->count, item->count == 1 ? "" : "s");
	if (moment_known(&sight->when)) {
		words_add(words, " at ");
		words_time(words, &sight->when);
	}
	if (in_use && c->n_in_use > 1) {
		factor = share_in_use(c, item, factor, words);
		out->doubtful = true;
	}
	if (item->flags & EVIDENCE_WEAK) {
		words_add(words, "; the name stands on another line");
		factor -= c->factors[FACTOR_COPY_WEAK];
	}
	if (seen && folder_is_archive((enum folder)seen->folder))
		factor -= c->factors[FACTOR_COPY_ARCHIVE];
	/* The hang that holds it is that of the crash before the copy. */
	out->crash = crash_near(c, &sight->when, &gap);
	if (out->crash == NONE32)
		out->crash = crash_last(c);
	out->pointing = in_use && c->n_in_use == 1 && !(item->flags & EVIDENCE_WEAK) &&
			is_of_a_crash(c, out->crash);
	return weigh_least(c, factor);
}

static int64_t
weigh_tracking(const struct correlation *c, const struct sight *sight, const struct seen *seen,
    struct weighed *out, struct words *words)
{
	int64_t factor = weigh_share(c, c->factors[FACTOR_TRACK], c->n_tracked), cost;
	bool near;

	out->mark = MARK_TRACKING;
	words_add(words, "handed to the IMC (event 1012), never to the store (no 1013), at ");
	words_time(words, &sight->when);
	cost = age(c, sight, out, words, &near);
	if (c->n_tracked > 1)
		words_add(words, "; one of %llu", (unsigned long long)c->n_tracked);
	if (sight->item->flags & EVIDENCE_WEAK)
		factor -= c->factors[FACTOR_TRACK_WEAK];
	if (seen && folder_is_archive((enum folder)seen->folder))
		factor -= c->factors[FACTOR_TRACK_ARCHIVE];
	return weigh_least(c, factor + cost);
}

static int64_t
weigh_stack(const struct correlation *c, const struct sight *sight, struct weighed *out,
    struct words *words)
{
	const struct log_item *item = sight->item;
	int64_t gap = 0,
		factor = c->factors[item->path.len ? FACTOR_STACK_PATH : FACTOR_STACK_NAME];

	out->mark = MARK_STACK;
	out->crash = crash_near(c, &sight->when, &gap);
	words_add(words, "its %s on the stack of the crash at ",
	    item->path.len ? "path stands" : "name, or eight letters like it, stand");
	words_time(words, &sight->when);
	if (!(item->flags & EVIDENCE_FAULTING)) {
		words_add(words, ", of another thread");
		factor -= c->factors[FACTOR_STACK_SOME];
	}
	out->pointing = item->path.len > 0 && out->crash != NONE32;
	return factor;
}

/* The file came after the event: the event is not about it, or a clock was wrong. */
static bool
is_impossible(
    const struct correlation *c, const struct sight *sight, const struct seen *seen, int64_t *late)
{
	const struct moment came = seen_moment(c, seen);

	return c->clocks.source != CLOCK_GUESS && moment_gap(&came, &sight->when, late) &&
	       *late > SLACK;
}

struct weighed
weigh_sight(const struct correlation *c, const struct sight *sight, const struct seen *seen,
    struct words *words)
{
	struct weighed out = { MARK_EVENT_FILE, 0, false, false, NONE32 };
	int64_t late;

	switch (sight->item->kind) {
	case EVIDENCE_EVENT_FILE:
	case EVIDENCE_EVENT_MESSAGE:
		out.factor = weigh_event(c, sight, seen, &out, words);
		break;
	case EVIDENCE_RECEIVED:
	case EVIDENCE_LAST_RECEIVED:
		out.factor = weigh_received(c, sight, &out, words);
		break;
	case EVIDENCE_COPY_FAILED:
		out.factor = weigh_copy(c, sight, seen, &out, words);
		break;
	case EVIDENCE_TRACK_OPEN:
		out.factor = weigh_tracking(c, sight, seen, &out, words);
		break;
	case EVIDENCE_STACK:
		out.factor = weigh_stack(c, sight, &out, words);
		break;
	default:
		break;
	}
	if (sight->swapped)
		words_add(words, " (day first)");
	if (out.factor && seen && is_impossible(c, sight, seen, &late)) {
		words_add(words, "; but the file came ");
		words_gap(words, late);
		words_add(words, " later: impossible");
		out.factor = -c->factors[FACTOR_IMPOSSIBLE];
		out.doubtful = true;
		out.pointing = false;
	}
	return out;
}
