/*
 * base64.c - base64 bodies: one pass that decodes and checks (RFC 2045 section 6.8).
 *
 * The libraries at hand stop at the first '=' or skip what they do not know; here every byte that
 * another decoder might stumble over becomes a fact with its place.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "body.h"
#include "bytes.h"

#define LINE_MAX_ENCODED 76u
#define MARK_EVERY 768u /* decoded bytes between two marks, at least */
#define BASE64_ROOM 16u /* more than the decoded bytes: an unfinished quartet, a whole vector */
#define SHORT_LINE 2u   /* symbols */
#define SHORT_LINES 4u  /* of that length in a row, which no encoder writes */

enum symbol { SYMBOL_SPACE = 64, SYMBOL_PAD = 65, SYMBOL_BAD = 66 }; /* below 64: its six bits */

struct base64 {
	struct message *msg;
	struct arena *arena;
	int part;
	struct slice body;
	unsigned char *out;
	size_t n_out;
	uint32_t bits;     /* symbols of the quartet in hand */
	unsigned have;     /* how many */
	size_t quartet_at; /* where it began */
	unsigned owed;     /* '=' that the last padding still needs */
	bool padded;       /* padding seen, nothing after it yet */
	size_t pad_at;     /* where that padding began */
	bool any;          /* a symbol or padding was seen */
	unsigned seen;     /* bit set of enum base64_form */
	unsigned n_short;  /* short lines in a row */
	size_t short_at;   /* where they began */
	struct body_marks marks;
};

/* clang-format off */
static const unsigned char symbols[256] = {
	66, 66, 66, 66, 66, 66, 66, 66, 66, 64, 64, 66, 66, 64, 66, 66, /* HT LF CR */
	66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
	64, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 62, 66, 66, 66, 63, /* SP + / */
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 66, 66, 66, 65, 66, 66, /* digits = */
	66, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, /* A.. */
	15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 66, 66, 66, 66, 66, /* ..Z */
	66, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, /* a.. */
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 66, 66, 66, 66, 66, /* ..z */
	66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
	66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
	66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
	66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
	66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
	66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
	66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
	66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
};
/* clang-format on */

static void
record(struct base64 *b, enum fact_kind kind, size_t at, size_t len, uint64_t value)
{
	message_fact_at(b->msg, b->arena, kind, b->part, -1, slice_cut(b->body, at, len), value);
}

/* The bytes that `have` symbols of an unfinished quartet stand for. */
static void
flush(struct base64 *b)
{
	uint32_t bits = b->bits << (6 * (4 - b->have));

	for (unsigned i = 0; i + 1 < b->have; i++)
		b->out[b->n_out++] = (unsigned char)(bits >> (16 - 8 * i));
	b->have = 0;
	b->bits = 0;
}

static void
begin_quartet(struct base64 *b, size_t at)
{
	b->quartet_at = at;
	if (b->marks.n == 0 || b->n_out - b->marks.list[b->marks.n - 1].decoded >= MARK_EVERY)
		body_marks_add(&b->marks, b->n_out, at);
}

static void
add_symbol(struct base64 *b, size_t at, unsigned char six)
{
	b->any = true;
	if (b->padded) {
		record(b, FACT_BASE64_PAD_MIDDLE, b->pad_at, 1, 0);
		b->padded = false;
		b->owed = 0;
	}
	if (b->have == 0)
		begin_quartet(b, at);
	b->bits = b->bits << 6 | six;
	if (++b->have < 4)
		return;
	b->out[b->n_out++] = (unsigned char)(b->bits >> 16);
	b->out[b->n_out++] = (unsigned char)(b->bits >> 8);
	b->out[b->n_out++] = (unsigned char)b->bits;
	b->have = 0;
	b->bits = 0;
}

static void
add_pad(struct base64 *b, size_t at)
{
	b->any = true;
	if (b->have >= 2) {
		b->owed = b->have == 2 ? 1 : 0;
		b->padded = true;
		b->pad_at = at;
	} else if (b->have == 0 && b->owed > 0) {
		b->owed--;
	} else {
		record(b, FACT_BASE64_BAD_BYTE, at, 1, '=');
	}
	flush(b);
}

/* Whole quartets from `at` on, as long as nothing else comes; returns where it stopped. */
static size_t
add_quartets(struct base64 *b, size_t at, size_t end)
{
	for (size_t done = 1; done > 0 && end - at >= 4; at += done) {
		/* In pieces, so that a body of one line has its marks. */
		const size_t len = end - at < MARK_EVERY ? end - at : MARK_EVERY;

		done = bytes_base64(slice_cut(b->body, at, len), b->out + b->n_out);
		if (done == 0)
			break;
		begin_quartet(b, at);
		b->any = true;
		b->n_out += done / 4 * 3;
	}
	return at;
}

static void
add_line(struct base64 *b, size_t at, size_t end)
{
	while (at < end) {
		unsigned char symbol;

		if (b->have == 0 && !b->padded)
			at = add_quartets(b, at, end);
		if (at >= end)
			break;
		symbol = symbols[b->body.data[at]];
		if (symbol < 64)
			add_symbol(b, at, symbol);
		else if (symbol == SYMBOL_PAD)
			add_pad(b, at);
		else if (symbol == SYMBOL_BAD)
			record(b, FACT_BASE64_BAD_BYTE, at, 1, b->body.data[at]);
		at++;
	}
}

/* Whether a line is no base64: a byte outside the alphabet, or a blank between two words. */
static bool
line_is_text(struct slice line)
{
	bool blank = false;

	line = body_trim_end(line);
	for (size_t i = 0; i < line.len; i++) {
		unsigned char symbol = symbols[line.data[i]];

		if (symbol == SYMBOL_BAD || (symbol < SYMBOL_SPACE && blank))
			return true;
		blank = symbol == SYMBOL_SPACE;
	}
	return false;
}

/* List servers append their footer to the encoded text: whole data, an empty line, then prose. */
static bool
take_footer(struct base64 *b, size_t at, struct slice line)
{
	size_t bad = 0;

	if (b->have > 0 || b->owed > 0 || b->n_out == 0 || !line_is_text(line))
		return false;
	while (bad + 1 < line.len && symbols[line.data[bad]] != SYMBOL_BAD)
		bad++;
	if (b->padded)
		record(b, FACT_BASE64_PAD_MIDDLE, b->pad_at, 1, 1);
	record(b, FACT_BASE64_BAD_BYTE, at, b->body.len - at, 256u + line.data[bad]);
	return true;
}

static void
note(struct base64 *b, enum base64_form form, size_t at, size_t len)
{
	if (b->seen & (1u << form))
		return;
	b->seen |= 1u << form;
	record(b, FACT_BASE64_FORM, at, len, form);
}

/* What is odd about where the lines end; `data` is the line without blanks at its end. */
static void
check_line(struct base64 *b, size_t at, struct slice data, bool after_empty)
{
	if (data.len > SHORT_LINE || data.len == 0)
		b->n_short = 0;
	else if (b->n_short++ == 0)
		b->short_at = at;
	if (b->n_short == SHORT_LINES)
		note(b, BASE64_SHORT_LINES, b->short_at, at + data.len - b->short_at);
	if (data.len == 0 || !b->any)
		return;
	if (b->have > 0)
		note(b, BASE64_SPLIT_GROUP, b->quartet_at, at - b->quartet_at);
	if (after_empty)
		note(b, BASE64_BLANK_LINE, at, data.len);
}

static void
finish(struct base64 *b)
{
	if (!b->any) {
		record(b, FACT_BASE64_EMPTY, 0, b->body.len, 0);
	} else if (b->have > 0) {
		record(b, FACT_BASE64_CUT, b->quartet_at, b->body.len - b->quartet_at, b->have);
		flush(b);
	} else if (b->owed > 0) {
		record(b, FACT_BASE64_CUT, b->pad_at, b->body.len - b->pad_at, 3);
	}
}

void
base64_decode(struct message *msg, struct arena *arena, int index)
{
	struct part *part = &msg->parts[index];
	struct base64 b = {
		.msg = msg, .arena = arena, .part = index, .body = part->body, .marks.arena = arena
	};
	struct body_lines lines = { .text = part->body };
	struct slice line, data;
	bool after_empty = false, footer = false;

	b.out = arena_alloc(arena, part->body.len / 4 * 3 + BASE64_ROOM, 1);
	for (size_t at = 0; !footer && body_next_line(&lines, &line); at = lines.pos) {
		if (line.len > LINE_MAX_ENCODED)
			record(&b, FACT_BASE64_LONG_LINE, at, line.len, line.len);
		data = body_trim_end(line);
		footer = after_empty && take_footer(&b, at, line);
		if (!footer) {
			check_line(&b, at, data, after_empty);
			add_line(&b, at, at + line.len);
		}
		after_empty = data.len == 0;
	}
	if (!footer)
		finish(&b);
	part->decoded = slice_of(b.out, b.n_out);
	part->decoded_is_body = false;
	part->marks = b.marks.list;
	part->n_marks = b.marks.n;
}

size_t
base64_locate(const struct part *part, size_t pos)
{
	struct body_mark mark = body_marks_before(part, pos);
	size_t decoded = mark.decoded, first[4];
	unsigned have = 0;

	for (size_t at = mark.encoded; at < part->body.len; at++) {
		unsigned char symbol = symbols[part->body.data[at]];

		if (symbol == SYMBOL_PAD) {
			decoded += have > 1 ? have - 1 : 0;
			have = 0;
		} else if (symbol < 64) {
			first[have++] = at;
			/* Two symbols hold the first byte, three the second, four the third. */
			if (have >= 2 && decoded + have - 2 == pos)
				return first[have - 2];
			if (have == 4) {
				decoded += 3;
				have = 0;
			}
		}
	}
	return SLICE_NONE;
}
