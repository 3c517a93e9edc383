/*
 * evt.c - Windows event logs (.evt) of NT 3.1 to Server 2003.
 *
 * ELF_LOGFILE_HEADER, EVENTLOGRECORD and ELF_EOF_RECORD as Microsoft describes them ("Event Log
 * File Format"). The header of a log that was copied while open is stale and that of a hostile one
 * lies, so nothing of it is believed: records are carved by their signature, which also finds what
 * the log itself has given up. A record that the end of a wrapped log cuts goes on behind the
 * header.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#include "cursor.h"

#define HEADER_SIZE 0x30u
#define RECORD_MIN 0x40u                /* fixed part, two empty strings, size */
#define RECORD_MAX ((size_t)256 * 1024) /* ReportEvent takes 64 KB at most */
#define WINDOW (2 * RECORD_MAX)         /* bytes in hand */
#define TEXT_MAX ((size_t)128 * 1024)   /* bytes of a record's strings that are looked at */
#define SIGNATURE "LfLe"
#define NEXT_SEEN 7u /* bytes behind a record that tell whether the next begins in it */

struct evt {
	struct events events;
	struct evt_watch watch;
	uint64_t pos;   /* of window[0] in the log */
	size_t len, at; /* bytes in the window; of them done */
	size_t n_first;
	unsigned char first[RECORD_MAX]; /* what follows the header */
	unsigned char window[WINDOW];
	unsigned char whole[RECORD_MAX]; /* a record put together again */
	unsigned char text[TEXT_MAX];
};

static uint32_t
u32(const struct evt *evt, size_t at)
{
	struct cursor cursor = cursor_at(slice_of(evt->window, evt->len), at);

	return cursor_u32le(&cursor);
}

/* The next string of UTF-16LE, which ends in a NUL: narrowed behind what is in evt->text. */
static struct slice
next_string(struct evt *evt, struct cursor *cursor, size_t *used)
{
	struct slice rest = slice_from(cursor->bytes, cursor->pos), text;
	size_t len = 0;

	while (len + 1 < rest.len && (rest.data[len] || rest.data[len + 1]))
		len += 2;
	cursor_skip(cursor, len + 2);
	text = slice_of(evt->text + *used, 0);
	text.len = text_narrow(slice_cut(rest, 0, len), evt->text + *used, TEXT_MAX - *used);
	*used += text.len;
	return text;
}

/* The insertion strings, one after the other with a blank between them. */
static void
read_strings(struct evt *evt, struct slice record, uint32_t offset, unsigned n, size_t used,
    struct log_event *event)
{
	struct cursor cursor = cursor_at(record, offset < record.len ? offset : record.len);
	const size_t from = used;

	for (unsigned i = 0; i < n && i < EVENT_STRINGS_MAX && cursor_left(&cursor) > 1; i++) {
		event->strings[event->n_strings++] = next_string(evt, &cursor, &used);
		if (used < TEXT_MAX)
			evt->text[used++] = ' ';
	}
	event->text = slice_of(evt->text + from, used - from);
}

/* The record's bytes, whole or torn, as an event. */
static void
read_record(struct log_reader *reader, struct slice record, uint64_t offset)
{
	struct evt *evt = reader->state;
	struct cursor cursor = cursor_at(record, 8);
	struct log_event event = { .zone = ZONE_UTC, .offset = offset };
	struct slice computer;
	uint32_t strings, n_data, data;
	unsigned n_strings;
	size_t used = 0;

	event.number = cursor_u32le(&cursor);
	event.time.seconds = cursor_u32le(&cursor);
	cursor_skip(&cursor, 4);
	event.id = cursor_u32le(&cursor) & 0xffff;
	cursor_skip(&cursor, 2);
	n_strings = cursor_u16le(&cursor);
	cursor_skip(&cursor, 8);
	strings = cursor_u32le(&cursor);
	cursor_skip(&cursor, 8);
	n_data = cursor_u32le(&cursor);
	data = cursor_u32le(&cursor);
	if (cursor.failed)
		return;
	event.source = next_string(evt, &cursor, &used);
	computer = next_string(evt, &cursor, &used);
	read_strings(evt, record, strings, n_strings, used, &event);
	if (data < record.len && n_data <= record.len - data)
		event.data = slice_cut(record, data, n_data);
	when_note(&reader->sink, event.time);
	events_take(&evt->events, &reader->sink, &event);
	if (evt->watch.record)
		evt->watch.record(evt->watch.to, &event, computer);
}

static bool
ends_in_its_size(struct slice record)
{
	struct cursor front = cursor_at(record, 0);
	struct cursor back = cursor_at(record, record.len >= 4 ? record.len - 4 : 0);

	return cursor_u32le(&front) == record.len && cursor_u32le(&back) == record.len;
}

/* Where the next signature stands at or after `from`, or the end of the window. */
static size_t
next_signature(const struct evt *evt, size_t from)
{
	size_t at = slice_find_str(slice_of(evt->window, evt->len), from, SIGNATURE);

	return at == SLICE_NONE ? evt->len : at;
}

static size_t
take_whole(struct log_reader *reader, size_t start, size_t size)
{
	struct evt *evt = reader->state;

	reader->sink.out->n_lines++;
	read_record(reader, slice_of(evt->window + start, size), evt->pos + start);
	return start + size;
}

/* A record whose end is not where its size says: what is left of it, up to the next one. Returns
 * where to go on, four bytes before the next signature can stand. */
static size_t
take_torn(struct log_reader *reader, size_t start, uint32_t size)
{
	struct evt *evt = reader->state;
	size_t next = next_signature(evt, start + 8), len;

	next = next >= 4 && next < evt->len ? next - 4 : next;
	len = next - start < size ? next - start : size;
	reader->sink.out->n_damaged++;
	reader->sink.out->n_lines++;
	read_record(reader, slice_of(evt->window + start, len), evt->pos + start);
	return start + 4;
}

/* The record at `start`, of which the window holds no more than a part: the log's end cuts it. */
static size_t
take_cut(struct log_reader *reader, size_t start, uint32_t size)
{
	struct evt *evt = reader->state;
	const size_t have = evt->len - start, want = size - have;
	struct slice record = slice_of(evt->whole, size);

	if (want <= evt->n_first) {
		memcpy(evt->whole, evt->window + start, have);
		memcpy(evt->whole + have, evt->first, want);
		if (ends_in_its_size(record)) {
			reader->sink.out->n_lines++;
			read_record(reader, record, evt->pos + start);
			return evt->len;
		}
	}
	reader->sink.out->unfinished = 1;
	return take_torn(reader, start, size);
}

/* Carve what the window holds; unless this is the end, leave what may be the begin of a record. */
static void
carve(struct log_reader *reader, bool end)
{
	struct evt *evt = reader->state;

	for (;;) {
		size_t start = next_signature(evt, evt->at + 4), size;

		if (start == evt->len) {
			/* A size and three bytes of a signature may stand at the end. */
			if (evt->len > evt->at + 7)
				evt->at = evt->len - 7;
			return;
		}
		start -= 4;
		size = u32(evt, start);
		evt->at = start;
		if (size < RECORD_MIN || size > RECORD_MAX) {
			/* The header is no record; another size is a signature in other bytes. */
			evt->at = start + 4;
		} else if (size <= evt->len - start) {
			if (ends_in_its_size(slice_of(evt->window + start, size)))
				evt->at = take_whole(reader, start, size);
			else if (end || size + NEXT_SEEN <= evt->len - start)
				evt->at = take_torn(reader, start, (uint32_t)size);
			else
				return;
		} else if (end) {
			evt->at = take_cut(reader, start, (uint32_t)size);
		} else {
			return;
		}
	}
}

static void
evt_begin(struct log_reader *reader)
{
	struct evt *evt = reader->state;

	events_begin(&evt->events, true);
}

static void
keep_first(struct evt *evt, uint64_t pos, struct slice bytes)
{
	size_t skip = pos < HEADER_SIZE ? (size_t)(HEADER_SIZE - pos) : 0;
	size_t room = RECORD_MAX - evt->n_first;

	bytes = slice_cut(slice_from(bytes, skip), 0, room);
	if (bytes.len)
		memcpy(evt->first + evt->n_first, bytes.data, bytes.len);
	evt->n_first += bytes.len;
}

static void
evt_bytes(struct log_reader *reader, struct slice bytes)
{
	struct evt *evt = reader->state;

	keep_first(evt, evt->pos + evt->len, bytes);
	while (bytes.len) {
		struct slice part;

		if (evt->len == WINDOW) {
			memmove(evt->window, evt->window + evt->at, evt->len - evt->at);
			evt->pos += evt->at;
			evt->len -= evt->at;
			evt->at = 0;
		}
		part = slice_cut(bytes, 0, WINDOW - evt->len);
		memcpy(evt->window + evt->len, part.data, part.len);
		evt->len += part.len;
		bytes = slice_from(bytes, part.len);
		carve(reader, false);
	}
}

static void
evt_finish(struct log_reader *reader)
{
	struct evt *evt = reader->state;

	carve(reader, true);
	events_finish(&evt->events, &reader->sink);
	reader->sink.out->zone = ZONE_UTC;
}

void
evt_watch(struct log_reader *reader, struct evt_watch watch)
{
	struct evt *evt = reader->state;

	if (reader->format == &log_format_evt)
		evt->watch = watch;
}

const struct log_format log_format_evt = { .state_size = sizeof(struct evt),
	.begin = evt_begin,
	.bytes = evt_bytes,
	.finish = evt_finish };
