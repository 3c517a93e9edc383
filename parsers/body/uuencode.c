/*
 * uuencode.c - uuencoded blocks in text bodies and in x-uuencode parts.
 *
 * "begin MODE NAME", data lines (a length byte, then four symbols for three bytes, SP or '`' for
 * zero), a line of length zero, "end". Format: POSIX uuencode, historical algorithm. Many encoders
 * write SP for zero, and relays strip blanks from line ends: such short lines are whole.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parser.h"

#include <string.h>

#include "body.h"
#include "bytes.h"
#include "tnef.h"
#include "uuencode.h"

#define BYTES_A_LINE 45u /* no encoder writes more */
#define MARK_EVERY 2048u /* decoded bytes between two marks, at least */

struct uu {
	struct message *msg;
	struct arena *arena;
	int part;
	struct body_lines lines; /* of the part's decoded text */
	bool lost_blanks;        /* zeros at line ends may have been stripped */
	unsigned char *out;      /* where the block in hand is decoded to, or NULL */
	size_t n_out, room;
	unsigned char
	    *memory; /* for that, as large as what was left of the text at the first block */
	struct body_marks marks;
};

/* Lines of another code behind the begin line of this one; they stay unread. */
static bool
is_xxencode(const struct uu *uu, const struct uu_begin *begin)
{
	struct body_lines lines = uu->lines;
	struct slice line = { 0 };
	uint64_t n_lines = 0;

	while (body_next_line(&lines, &line) && uu_is_xx(line) && !uu_is_data(line))
		n_lines++;
	if (n_lines > 0)
		body_fact(uu->msg, uu->arena, FACT_UU_XXENCODE, uu->part, begin->at,
		    uu->lines.pos - begin->at, n_lines);
	return n_lines > 0;
}

static void
decode_line(struct uu *uu, struct slice line, size_t at)
{
	if (!uu->out || uu->n_out >= uu->room)
		return;
	if (uu->marks.n == 0 || uu->n_out - uu->marks.list[uu->marks.n - 1].decoded >= MARK_EVERY)
		body_marks_add(&uu->marks, uu->n_out, at);
	/* The room is the body's size. */
	uu->n_out += uu_decode(line, uu->out + uu->n_out, uu->room - uu->n_out);
}

static void
check_data_line(struct uu *uu, struct slice line, size_t at)
{
	unsigned length = uu_length(line.data[0]);
	size_t need = uu_symbols_for(length), have = line.len - 1;
	size_t have_bare = body_trim_end(line).len > 0 ? body_trim_end(line).len - 1 : 0;

	if (have < need && !uu->lost_blanks)
		body_fact(
		    uu->msg, uu->arena, FACT_UU_SHORT_LINE, uu->part, at, line.len, need - have);
	if (have_bare > need)
		body_fact(uu->msg, uu->arena, FACT_UU_LONG_LINE, uu->part, at, line.len,
		    have_bare - need);
	if (length > BYTES_A_LINE)
		body_fact(uu->msg, uu->arena, FACT_UU_LONG_DATA, uu->part, at, 1, length);
	if (uu_count_symbols(line) == line.len)
		return;
	for (size_t i = 1; i < line.len; i++)
		if (!uu_is_symbol(line.data[i]) && !byte_is_blank(line.data[i]))
			body_fact(uu->msg, uu->arena, FACT_UU_BAD_BYTE, uu->part, at + i, 1,
			    line.data[i]);
}

/* Read up to the end line, or to what can be neither data nor end; that line is left unread.
 * Returns whether there was an end line. */
static bool
read_data(struct uu *uu, uint64_t *n_lines)
{
	bool zero = false;
	struct slice line;

	while (body_peek_line(&uu->lines, &line)) {
		size_t at = uu->lines.pos;

		if (uu_is_end(line)) {
			body_next_line(&uu->lines, &line);
			if (!zero)
				body_fact(uu->msg, uu->arena, FACT_UU_NO_ZERO_LINE, uu->part, at,
				    line.len, 0);
			return true;
		}
		if (uu_is_zero(line)) {
			zero = true;
		} else if (!zero && uu_is_damaged(uu->lines, line)) {
			body_fact(
			    uu->msg, uu->arena, FACT_UU_BAD_BYTE, uu->part, at, 1, line.data[0]);
			(*n_lines)++;
		} else if (zero || !uu_is_data(line)) {
			return false;
		} else {
			check_data_line(uu, line, at);
			decode_line(uu, line, at);
			(*n_lines)++;
		}
		body_next_line(&uu->lines, &line);
	}
	return false;
}

/* Returns whether it has its end line. */
static bool
read_block(struct uu *uu, const struct uu_begin *begin)
{
	size_t line_len = uu->lines.pos - begin->at;
	size_t name_at = slice_index(uu->lines.text, begin->name);
	uint64_t n_lines = 0;
	bool ended;

	uu->lost_blanks = uu_lost_blanks(uu->lines);
	ended = read_data(uu, &n_lines);
	body_fact(uu->msg, uu->arena, FACT_UU_BEGIN, uu->part,
	    begin->name.len > 0 && name_at != SLICE_NONE ? name_at : begin->at, begin->name.len,
	    n_lines);
	if (!ended)
		body_fact(
		    uu->msg, uu->arena, FACT_UU_NO_END, uu->part, begin->at, line_len, n_lines);
	if (begin->name.len == 0)
		body_fact(uu->msg, uu->arena, FACT_UU_EMPTY_NAME, uu->part, begin->at, line_len, 0);
	if (!uu_mode_is_good(begin->mode))
		body_fact(uu->msg, uu->arena, FACT_UU_BAD_MODE, uu->part, begin->at, line_len, 0);
	return ended;
}

/* Exchange sends its own properties so to those who have no MIME. In an x-uuencode part the block
 * becomes the part, and tnef.c finds it. */
static bool
is_inner_tnef(const struct part *part, const struct uu_begin *begin)
{
	return part->encoding != ENCODING_UUENCODE && part->decoded_is_body &&
	       slice_eq_nocase(begin->name, "winmail.dat");
}

static void
start_decoding(struct uu *uu, bool decode)
{
	uu->n_out = 0;
	uu->marks.arena = uu->arena;
	uu->marks.n = 0;
	/* Never more than the text that is left, even where length bytes lie. */
	uu->room = decode ? uu->lines.text.len - uu->lines.pos : 0;
	if (uu->room > 0 && !uu->memory)
		uu->memory = arena_alloc(uu->arena, uu->room, 1);
	uu->out = uu->room > 0 ? uu->memory : NULL;
}

/* The decoded block in place of the text around it. */
static void
view_block(const struct uu *uu, struct part *view)
{
	view->decoded = slice_of(uu->out, uu->n_out);
	view->decoded_is_body = false;
	view->encoding = ENCODING_UUENCODE;
	view->marks = uu->marks.list;
	view->n_marks = uu->marks.n;
}

static void
walk_inner_tnef(struct uu *uu)
{
	struct part view = uu->msg->parts[uu->part];

	if (uu->n_out == 0)
		return;
	view_block(uu, &view);
	tnef_walk(uu->msg, uu->arena, uu->part, &view);
}

/* A part whose label says that it is one block and nothing else. */
static bool
is_labelled(const struct part *part)
{
	return part->encoding == ENCODING_UUENCODE || part_is(part, "application", "x-uuencode");
}

/* Text from there up to the block in hand, or to the end of the part. */
static void
check_gap(struct uu *uu, enum fact_kind kind, size_t from, size_t to)
{
	struct slice gap = slice_trim(slice_cut(uu->lines.text, from, to - from));
	size_t at = slice_index(uu->lines.text, gap);

	if (gap.len > 0 && at != SLICE_NONE && is_labelled(&uu->msg->parts[uu->part]))
		body_fact(uu->msg, uu->arena, kind, uu->part, at, gap.len, gap.len);
}

/* Move on to the next line that begins with the letter of "begin"; false when there is none. */
static bool
find_line_of_b(struct body_lines *lines)
{
	size_t lf;

	if (lines->pos < lines->text.len && lines->text.data[lines->pos] == 'b')
		return true;
	lf = bytes_find_pair(lines->text, lines->pos > 0 ? lines->pos - 1 : 0, '\n', 'b');
	lines->pos = lf == SLICE_NONE ? lines->text.len : lf + 1;
	return lf != SLICE_NONE;
}

static void
read_part(struct uu *uu, struct uu *whole)
{
	const struct part *part = &uu->msg->parts[uu->part];
	struct uu_begin begin = { 0 };
	struct slice line;
	size_t gap = 0; /* where text begins that belongs to no block; SLICE_NONE: nowhere */
	bool first = true, inner, ended;

	while (find_line_of_b(&uu->lines) && body_next_line(&uu->lines, &line)) {
		const size_t at = slice_index(uu->lines.text, line);

		begin.at = at;
		if (!uu_read_begin(line, &begin) || is_xxencode(uu, &begin) ||
		    !uu_begin_is_real(uu->lines, &begin, part->encoding == ENCODING_UUENCODE))
			continue;
		if (gap != SLICE_NONE)
			check_gap(uu, first ? FACT_UU_PRETEXT : FACT_UU_AFTER_END, gap, at);
		inner = is_inner_tnef(part, &begin);
		start_decoding(uu, inner || (first && part->encoding == ENCODING_UUENCODE));
		ended = read_block(uu, &begin);
		gap = ended ? uu->lines.pos : SLICE_NONE;
		if (inner)
			walk_inner_tnef(uu);
		else if (uu->n_out > 0)
			*whole = *uu;
		first = false;
	}
	if (!first && gap != SLICE_NONE)
		check_gap(uu, FACT_UU_AFTER_END, gap, uu->lines.text.len);
}

static bool
may_hold_blocks(const struct part *part)
{
	return part->kind == PART_LEAF && (is_labelled(part) || part_is(part, "text", NULL));
}

static void
parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		struct part *part = &msg->parts[i];
		struct uu uu = { .msg = msg, .arena = arena, .part = (int)i };
		struct uu whole = { 0 };

		uu.lines.text = part->decoded;

		if (!may_hold_blocks(part))
			continue;
		read_part(&uu, &whole);
		if (whole.n_out > 0)
			view_block(&whole, part);
	}
}

size_t
uu_locate(const struct part *part, size_t pos)
{
	struct body_mark mark = body_marks_before(part, pos);
	struct body_lines lines = { .text = part->body, .pos = mark.encoded };
	size_t decoded = mark.decoded, at = mark.encoded, len;
	struct slice line;

	for (; part->n_marks > 0 && body_next_line(&lines, &line); at = lines.pos, decoded += len) {
		size_t ahead = pos - decoded, place = 1 + ahead / 3 * 4 + ahead % 3;

		/* A line with a damaged length was not decoded. */
		len = line.len > 0 && uu_is_symbol(line.data[0]) ? uu_length(line.data[0]) : 0;
		if (ahead >= len)
			continue;
		/* The symbols of blanks that were stripped stand nowhere: their place is the end of
		 * the line. */
		return place < line.len ? at + place : lines.pos - 1;
	}
	return SLICE_NONE;
}

const struct parser parser_uuencode = { "uuencode", NULL, parse };
