/* evt.c - Windows event logs (.evt) written from the published structures. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evt.h"

#include <err.h>
#include <string.h>

enum {
	HEADER_SIZE = 0x30, /* ELF_LOGFILE_HEADER */
	FIXED_SIZE = 0x38,  /* EVENTLOGRECORD before its strings */
	EOF_SIZE = 0x28,    /* ELF_EOF_RECORD */
	FLAG_DIRTY = 1,     /* ELF_LOGFILE_HEADER_DIRTY */
	FLAG_WRAP = 2,      /* ELF_LOGFILE_HEADER_WRAP */
	SKIP = 0x27,        /* fills room at the end that is too small for a record's fixed part */
	LIVE_MAX = 65536
};

#define SIGNATURE 0x654c664cu

/* The log while it is written: a ring of bytes behind the header. */
struct log {
	struct buf *to;
	size_t max;            /* bytes of the file, SIZE_MAX when it grows */
	size_t at;             /* where the end record stands or will stand */
	uint32_t next;         /* number of the next record */
	size_t live[LIVE_MAX]; /* offsets of the records not overwritten, a ring */
	size_t oldest, n_live;
	bool wrapped;
};

static void
put_u32(struct buf *to, size_t at, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		to->data[at + i] = (unsigned char)(value >> 8 * i);
}

/* UTF-8 as UTF-16LE with its NUL; characters of the basic plane. */
static void
add_wide(struct buf *to, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	for (; *at; at++) {
		unsigned code = *at;

		if (code >= 0xe0 && at[1] && at[2]) {
			code = (code & 15) << 12 | (at[1] & 63u) << 6 | (at[2] & 63u);
			at += 2;
		} else if (code >= 0xc0 && at[1]) {
			code = (code & 31) << 6 | (at[1] & 63u);
			at++;
		}
		buf_u16le(to, code);
	}
	buf_u16le(to, 0);
}

static void
align(struct buf *to)
{
	buf_fill(to, 0, (4 - to->len % 4) % 4);
}

/* S-1-5-18 */
static const unsigned char local_system[] = { 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0 };

static unsigned
n_strings(const struct evt_event *event)
{
	unsigned n = 0;

	while (n < EVT_STRINGS_MAX && event->strings[n])
		n++;
	return n;
}

/* The fixed part; what comes later is filled in when its place is known. */
static void
add_fixed(struct buf *to, const struct evt_event *event, uint32_t number)
{
	buf_u32le(to, 0); /* Length */
	buf_u32le(to, SIGNATURE);
	buf_u32le(to, number);
	buf_u32le(to, event->time); /* TimeGenerated */
	buf_u32le(to, event->time); /* TimeWritten */
	buf_u32le(to, event->id);
	buf_u16le(to, event->type);
	buf_u16le(to, n_strings(event));
	buf_u16le(to, event->category);
	buf_u16le(to, 0); /* ReservedFlags */
	buf_u32le(to, 0); /* ClosingRecordNumber */
	buf_u32le(to, 0); /* StringOffset, at 36 */
	buf_u32le(to, 0); /* UserSidLength, at 40 */
	buf_u32le(to, 0); /* UserSidOffset, at 44 */
	buf_u32le(to, (uint32_t)event->n_data);
	buf_u32le(to, 0); /* DataOffset, at 52 */
}

/* A whole EVENTLOGRECORD in an empty buffer. */
static void
make_record(struct buf *to, const struct evt_event *event, uint32_t number)
{
	add_fixed(to, event, number);
	add_wide(to, event->source);
	add_wide(to, event->computer);
	align(to);
	put_u32(to, 44, (uint32_t)to->len);
	if (event->has_sid) {
		put_u32(to, 40, sizeof local_system);
		buf_add(to, local_system, sizeof local_system);
	}
	put_u32(to, 36, (uint32_t)to->len);
	for (unsigned i = 0; i < n_strings(event); i++)
		add_wide(to, event->strings[i]);
	put_u32(to, 52, (uint32_t)to->len);
	if (event->n_data)
		buf_add(to, event->data, event->n_data);
	align(to);
	put_u32(to, 0, (uint32_t)to->len + 4);
	buf_u32le(to, (uint32_t)to->len + 4);
}

/* Put bytes at the end record's place, over the end of the file to behind the header. */
static size_t
put_ring(struct log *log, size_t at, const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++, at++) {
		if (at == log->max) {
			at = HEADER_SIZE;
			log->wrapped = true;
		}
		if (at < log->to->len)
			log->to->data[at] = bytes[i];
		else
			buf_byte(log->to, bytes[i]);
	}
	return at == log->max ? HEADER_SIZE : at;
}

/* Bytes from the end record's place to the oldest record. */
static size_t
room(const struct log *log)
{
	size_t oldest = log->live[log->oldest];

	if (log->max == SIZE_MAX)
		return SIZE_MAX;
	if (log->n_live == 0)
		return log->max - HEADER_SIZE;
	return oldest > log->at ? oldest - log->at : log->max - log->at + oldest - HEADER_SIZE;
}

static void
append(struct log *log, const struct buf *record)
{
	size_t left = log->max - log->at, skipped = left < FIXED_SIZE ? left : 0;

	if (log->max - HEADER_SIZE < record->len + EOF_SIZE + FIXED_SIZE || log->n_live == LIVE_MAX)
		errx(1, "an event does not fit in the event log");
	while (room(log) <= record->len + EOF_SIZE + skipped) {
		log->oldest = (log->oldest + 1) % LIVE_MAX;
		log->n_live--;
	}
	for (size_t i = 0; i < skipped; i += 4)
		log->at = put_ring(log, log->at, (const unsigned char[]){ SKIP, 0, 0, 0 }, 4);
	log->wrapped |= skipped > 0;
	log->live[(log->oldest + log->n_live++) % LIVE_MAX] = log->at;
	log->at = put_ring(log, log->at, record->data, record->len);
	log->next++;
}

/* ELF_EOF_RECORD, and the header that agrees with it. */
static void
close_log(struct log *log, struct buf *end, const struct evt_shape *shape)
{
	const uint32_t first = log->n_live ? (uint32_t)log->live[log->oldest] : (uint32_t)log->at;
	const uint32_t number = log->n_live ? log->next - (uint32_t)log->n_live : 0;

	buf_u32le(end, EOF_SIZE);
	for (uint32_t i = 1; i <= 4; i++)
		buf_u32le(end, i * 0x11111111u);
	buf_u32le(end, first);
	buf_u32le(end, (uint32_t)log->at);
	buf_u32le(end, log->next);
	buf_u32le(end, number);
	buf_u32le(end, EOF_SIZE);
	put_ring(log, log->at, end->data, end->len);
	put_u32(log->to, 16, shape->dirty ? HEADER_SIZE : first);
	put_u32(log->to, 20, shape->dirty ? HEADER_SIZE : (uint32_t)log->at);
	put_u32(log->to, 24, shape->dirty ? 1 : log->next);
	put_u32(log->to, 28, shape->dirty ? 0 : number);
	put_u32(log->to, 32, log->max == SIZE_MAX ? 0x80000 : (uint32_t)log->max);
	put_u32(log->to, 36, (shape->dirty ? FLAG_DIRTY : 0u) | (log->wrapped ? FLAG_WRAP : 0u));
}

void
evt_write(struct buf *to, const struct evt_event *events, size_t n, const struct evt_shape *shape)
{
	static const uint32_t head[] = { HEADER_SIZE, SIGNATURE, 1, 1, 0, 0, 0, 0, 0, 0, 0,
		HEADER_SIZE };
	static struct log log;
	struct pool pool = { NULL };

	memset(&log, 0, sizeof log);
	log.to = to;
	log.max = shape->max_size ? shape->max_size : SIZE_MAX;
	log.at = HEADER_SIZE;
	log.next = shape->first ? shape->first : 1;
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		buf_u32le(to, head[i]);
	for (size_t i = 0; i < n; i++) {
		struct buf *record = pool_buf(&pool);

		make_record(record, &events[i], log.next);
		append(&log, record);
		if (i % 64 == 63)
			pool_clear(&pool);
	}
	close_log(&log, pool_buf(&pool), shape);
	pool_clear(&pool);
}
