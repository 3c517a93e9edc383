/*
 * liner.c - the lines of a text log that comes in pieces, in bytes or in UTF-16.
 *
 * UTF-16 is told by its mark, or by a zero in one half of the first unit: every line of these logs
 * begins with ASCII.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

static void
line_end(struct liner *liner, struct log_reader *reader, struct slice text, bool ended,
    log_line_taker *take)
{
	struct log_line line = { text, liner->start, ++liner->number, ended };

	if (line.text.len && line.text.data[line.text.len - 1] == '\r')
		line.text.len--;
	take(reader, &line);
	liner->start = liner->pos;
	liner->len = 0;
	liner->skipping = false;
}

static void
keep(struct liner *liner, struct slice bytes)
{
	size_t room = LOG_LINE_MAX - liner->len;

	liner->skipping |= bytes.len > room;
	if (bytes.len > room)
		bytes.len = room;
	if (bytes.len)
		memcpy(liner->line + liner->len, bytes.data, bytes.len);
	liner->len += bytes.len;
}

/* A line that lies whole in the piece is handed on where it stands. */
static void
feed_bytes(struct liner *liner, struct log_reader *reader, struct slice bytes, log_line_taker *take)
{
	for (size_t at = 0; at < bytes.len;) {
		size_t end = slice_find(bytes, at, '\n');
		struct slice part = slice_cut(bytes, at, end == SLICE_NONE ? SLICE_NONE : end - at);

		liner->pos += part.len + (end != SLICE_NONE);
		at += part.len + 1;
		if (end != SLICE_NONE && liner->len == 0 && part.len <= LOG_LINE_MAX) {
			line_end(liner, reader, part, true, take);
			continue;
		}
		keep(liner, part);
		if (end != SLICE_NONE)
			line_end(liner, reader, slice_of(liner->line, liner->len), true, take);
	}
}

/* One unit of UTF-16; a leading surrogate waits for the other half. */
static void
feed_unit(struct liner *liner, struct log_reader *reader, unsigned unit, log_line_taker *take)
{
	unsigned char wide[4], narrow[4];
	size_t n_wide = 0, n;

	if (unit == '\n') {
		line_end(liner, reader, slice_of(liner->line, liner->len), true, take);
		return;
	}
	if (unit == 0 || unit == 0xfeff)
		return;
	if (unit >= 0xd800 && unit < 0xdc00) {
		liner->high = unit;
		return;
	}
	if (liner->high && unit >= 0xdc00 && unit < 0xe000) {
		wide[n_wide++] = (unsigned char)liner->high;
		wide[n_wide++] = (unsigned char)(liner->high >> 8);
	}
	liner->high = 0;
	wide[n_wide++] = (unsigned char)unit;
	wide[n_wide++] = (unsigned char)(unit >> 8);
	n = text_narrow(slice_of(wide, n_wide), narrow, sizeof narrow);
	keep(liner, slice_of(narrow, n));
}

static void
feed_wide(struct liner *liner, struct log_reader *reader, struct slice bytes, log_line_taker *take)
{
	for (size_t i = 0; i < bytes.len; i++) {
		liner->pos++;
		if (!liner->half) {
			liner->unit = bytes.data[i];
			liner->half = true;
			continue;
		}
		liner->half = false;
		feed_unit(liner, reader,
		    liner->form == FORM_LITTLE ? liner->unit | (unsigned)bytes.data[i] << 8
					       : (unsigned)liner->unit << 8 | bytes.data[i],
		    take);
	}
}

static void
feed(struct liner *liner, struct log_reader *reader, struct slice bytes, log_line_taker *take)
{
	if (liner->form == FORM_BYTES)
		feed_bytes(liner, reader, bytes, take);
	else
		feed_wide(liner, reader, bytes, take);
}

/* Tell the form by the head, then read the head in it. */
static void
begin(struct liner *liner, struct log_reader *reader, log_line_taker *take)
{
	struct slice head = slice_of(liner->head, liner->n_head);
	const unsigned char *b = liner->head;
	const bool two = head.len >= 2;

	liner->form = FORM_BYTES;
	if (two && ((b[0] == 0xff && b[1] == 0xfe) || (b[0] != 0 && b[1] == 0)))
		liner->form = FORM_LITTLE;
	else if (two && ((b[0] == 0xfe && b[1] == 0xff) || (b[0] == 0 && b[1] != 0)))
		liner->form = FORM_BIG;
	else if (slice_starts(head, "\xef\xbb\xbf")) {
		liner->pos = liner->start = 3;
		head = slice_from(head, 3);
	}
	feed(liner, reader, head, take);
}

void
liner_feed(struct liner *liner, struct log_reader *reader, struct slice bytes, log_line_taker *take)
{
	while (liner->form == FORM_UNKNOWN && bytes.len) {
		liner->head[liner->n_head++] = bytes.data[0];
		bytes = slice_from(bytes, 1);
		if (liner->n_head == sizeof liner->head)
			begin(liner, reader, take);
	}
	if (bytes.len)
		feed(liner, reader, bytes, take);
}

void
liner_finish(struct liner *liner, struct log_reader *reader, log_line_taker *take)
{
	if (liner->form == FORM_UNKNOWN)
		begin(liner, reader, take);
	if (liner->len)
		line_end(liner, reader, slice_of(liner->line, liner->len), false, take);
}
