/*
 * timeline.c - the last file received before each crash.
 *
 * Exports of the Event Viewer run back in time, event logs forward and, when wrapped, from their
 * end on to their begin. Only one file need be kept for that, whichever way the log runs.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

static void
emit(struct timeline *timeline, struct sink *sink, int64_t crash)
{
	timeline->item = timeline->received;
	timeline->item.kind = EVIDENCE_LAST_RECEIVED;
	timeline->item.other_time = crash;
	sink_keep(sink, &timeline->item);
}

/* Give the received file to the crashes that wait for one and are not before it. */
static void
give_to_pending(struct timeline *timeline, struct sink *sink)
{
	size_t n = 0;

	for (size_t i = 0; i < timeline->n_pending; i++) {
		if (timeline->received.time <= timeline->pending[i])
			emit(timeline, sink, timeline->pending[i]);
		else
			timeline->pending[n++] = timeline->pending[i];
	}
	timeline->n_pending = n;
}

void
timeline_event(struct timeline *timeline, struct sink *sink, int64_t time)
{
	(void)sink;
	if (time == EVIDENCE_TIME_NONE)
		return;
	if (timeline->last != EVIDENCE_TIME_NONE && time != timeline->last)
		timeline->descending = time < timeline->last;
	timeline->last = time;
}

void
timeline_received(struct timeline *timeline, struct sink *sink, const struct evidence_item *item)
{
	if (item->time == EVIDENCE_TIME_NONE)
		return;
	timeline->received = *item;
	timeline->have = true;
	if (timeline->descending && !timeline->ring)
		give_to_pending(timeline, sink);
}

void
timeline_crash(struct timeline *timeline, struct sink *sink, int64_t time)
{
	if (time == EVIDENCE_TIME_NONE)
		return;
	if (timeline->have && timeline->received.time <= time)
		emit(timeline, sink, time);
	else if (timeline->n_pending < TIMELINE_PENDING)
		timeline->pending[timeline->n_pending++] = time;
}

void
timeline_finish(struct timeline *timeline, struct sink *sink)
{
	if (timeline->ring && timeline->have)
		give_to_pending(timeline, sink);
}
