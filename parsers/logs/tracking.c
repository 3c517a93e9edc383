/*
 * tracking.c - the message tracking log: received from the Internet (1012), never given to the
 * store (1013).
 *
 * Tab separated, Greenwich time (Q173280): MTS-ID, event, time, gateway, partner, remote id,
 * originator, priority, length, seconds, cost, subject id, number of recipients; recipients follow
 * on lines of their own. Events: Q173364.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#define KEPT 192
#define WAYS 8
#define SETS 512
#define FIELDS 13
#define RECIPIENT_FIELDS 4

enum { FIELD_ID, FIELD_EVENT, FIELD_TIME, FIELD_REMOTE = 5, FIELD_ORIGINATOR, FIELD_COUNT = 12 };

enum { EVENT_RECEIVED = 1012, EVENT_TO_STORE = 1013 };

struct kept {
	uint16_t len;
	unsigned char bytes[KEPT];
};

/* A message that came in and has not reached the store yet. */
struct waiting {
	uint64_t hash; /* of the MTS-ID, 0: none */
	uint64_t offset, number;
	struct when when;
	uint32_t n_recipients;
	struct kept id, remote, originator, recipient;
};

struct tracking {
	struct waiting *last; /* whose recipients follow */
	bool begun;           /* there was a record: short lines are its recipients */
	struct waiting sets[SETS][WAYS];
};

/* FNV-1a. */
static uint64_t
hash_of(struct slice s)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ s.data[i]) * 0x100000001b3u;
	return hash ? hash : 1;
}

static void
store(struct kept *to, struct slice s)
{
	s = slice_cut(slice_trim(s), 0, KEPT);
	if (s.len)
		memcpy(to->bytes, s.data, s.len);
	to->len = (uint16_t)s.len;
}

static struct evidence_ref
text(struct evidence_item *item, const struct kept *kept)
{
	return evidence_text(item, slice_of(kept->bytes, kept->len));
}

/* The name of the spool file is the end of the MTS-ID. */
static struct slice
spool_of(const struct kept *id)
{
	struct slice s = slice_of(id->bytes, id->len);
	struct slice name = slice_from(s, s.len < 8 ? s.len : s.len - 8);

	return name_is_spool(name) ? name : slice_cut(s, 0, 0);
}

static void
emit(struct log_reader *reader, struct waiting *waiting, uint32_t flags)
{
	struct evidence_item *item =
	    sink_item(&reader->sink, EVIDENCE_TRACK_OPEN, waiting->offset, waiting->number);

	when_set(item, waiting->when,
	    waiting->when.seconds == EVIDENCE_TIME_NONE ? ZONE_UNKNOWN : ZONE_UTC);
	item->event = EVENT_RECEIVED;
	item->flags |= flags | EVIDENCE_IN;
	item->n_recipients = waiting->n_recipients;
	item->mts_id = text(item, &waiting->id);
	item->spool = evidence_text(item, spool_of(&waiting->id));
	item->message_id = text(item, &waiting->remote);
	item->sender = text(item, &waiting->originator);
	item->recipient = text(item, &waiting->recipient);
	item->quote = text(item, &waiting->id);
	sink_keep(&reader->sink, item);
	waiting->hash = 0;
}

static struct waiting *
find(struct tracking *tracking, uint64_t hash)
{
	struct waiting *set = tracking->sets[hash % SETS];

	for (size_t i = 0; i < WAYS; i++)
		if (set[i].hash == hash)
			return &set[i];
	return NULL;
}

/* A free place. When none is, the oldest of the set gives way and is told as a hint: its 1013 may
 * yet come. */
static struct waiting *
place_for(struct log_reader *reader, uint64_t hash)
{
	struct tracking *tracking = reader->state;
	struct waiting *set = tracking->sets[hash % SETS], *oldest = &set[0];

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].hash == 0)
			return &set[i];
		if (set[i].offset < oldest->offset)
			oldest = &set[i];
	}
	emit(reader, oldest, EVIDENCE_WEAK);
	return oldest;
}

static void
fields_of(struct slice s, struct slice out[FIELDS])
{
	size_t at = 0;

	for (unsigned i = 0; i < FIELDS; i++) {
		size_t end = at == SLICE_NONE ? SLICE_NONE : slice_find(s, at, '\t');

		out[i] = at == SLICE_NONE ? slice_cut(s, 0, 0)
					  : slice_cut(s, at, end == SLICE_NONE ? end : end - at);
		at = end == SLICE_NONE ? SLICE_NONE : end + 1;
	}
}

static bool
time_of(struct slice s, struct sink_dates *dates, struct when *out)
{
	size_t at = 0;

	*out = (struct when){ EVIDENCE_TIME_NONE, false };
	s = slice_trim(s);
	if (when_date(s, &at, dates, out) && when_clock(s, &at, out))
		return true;
	out->seconds = EVIDENCE_TIME_NONE;
	return false;
}

static bool
is_record(const struct slice fields[FIELDS], uint32_t *event)
{
	return fields[FIELD_ID].len > 0 && fields[FIELD_EVENT].len <= 5 &&
	       text_number(fields[FIELD_EVENT], event) && fields[FIELD_REMOTE].data &&
	       fields[FIELD_TIME].len >= 8;
}

bool
tracking_is_record(struct slice line)
{
	struct slice fields[FIELDS];
	struct when when;
	uint32_t event;

	fields_of(line, fields);
	return is_record(fields, &event) && time_of(fields[FIELD_TIME], NULL, &when);
}

static void
take_received(struct log_reader *reader, const struct slice fields[FIELDS],
    const struct log_line *line, const struct when *when)
{
	struct tracking *tracking = reader->state;
	uint64_t hash = hash_of(fields[FIELD_ID]);
	struct waiting *waiting = find(tracking, hash);

	if (!waiting)
		waiting = place_for(reader, hash);
	waiting->hash = hash;
	waiting->offset = line->offset;
	waiting->number = line->number;
	waiting->when = *when;
	waiting->n_recipients = 0;
	waiting->recipient.len = 0;
	(void)text_number(fields[FIELD_COUNT], &waiting->n_recipients);
	store(&waiting->id, fields[FIELD_ID]);
	store(&waiting->remote, fields[FIELD_REMOTE]);
	store(&waiting->originator, fields[FIELD_ORIGINATOR]);
	tracking->last = waiting;
}

/* An address, and a field or two on how it was served: a torn record has more. */
static bool
is_recipient(struct slice line)
{
	size_t at = 0;

	for (unsigned i = 0; i < RECIPIENT_FIELDS; i++) {
		at = slice_find(line, at, '\t');
		if (at == SLICE_NONE)
			return true;
		at++;
	}
	return false;
}

static void
take_line(struct log_reader *reader, const struct log_line *line)
{
	struct tracking *tracking = reader->state;
	struct slice fields[FIELDS];
	struct waiting *waiting;
	struct when when;
	uint32_t event;

	fields_of(line->text, fields);
	if (!is_record(fields, &event)) {
		if (tracking->last && !tracking->last->recipient.len)
			store(&tracking->last->recipient, fields[FIELD_ID]);
		reader->sink.out->n_damaged += line->text.len > 0 &&
					       !slice_starts(line->text, "#") &&
					       !(tracking->begun && is_recipient(line->text));
		return;
	}
	tracking->begun = true;
	tracking->last = NULL;
	(void)time_of(fields[FIELD_TIME], &reader->sink.dates, &when);
	when_note(&reader->sink, when);
	if (event == EVENT_RECEIVED) {
		take_received(reader, fields, line, &when);
	} else if (event == EVENT_TO_STORE) {
		waiting = find(tracking, hash_of(fields[FIELD_ID]));
		if (waiting)
			waiting->hash = 0;
	}
}

static void
begin(struct log_reader *reader)
{
	reader->sink.out->zone = ZONE_UTC;
}

static void
finish(struct log_reader *reader)
{
	struct tracking *tracking = reader->state;

	for (size_t i = 0; i < SETS; i++)
		for (size_t j = 0; j < WAYS; j++)
			if (tracking->sets[i][j].hash)
				emit(reader, &tracking->sets[i][j], 0);
}

const struct log_format log_format_tracking = {
	.state_size = sizeof(struct tracking), .begin = begin, .line = take_line, .finish = finish
};
