/*
 * encoded_text.c - texts once they are decoded, and labels that name the wrong encoding.
 *
 * RFC 2046 section 4.1.1: the canonical form of a text ends its lines in CRLF, before it is encoded.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "body.h"

#define LINE_MAX_SENT 998u
#define LINES_LOOKED_AT 64u /* of a body, to tell what encoding it is in */
#define WORDS_IN_TEXT 3u    /* of a line, to call it text */
#define BASE64_LINE_MIN 60u /* symbols of a line that nobody takes for a word */

/* One text in hand. */
struct text {
	struct message *msg;
	struct arena *arena;
	int part;
	bool encoded;
	unsigned seen; /* bit set of enum decoded_line */
	size_t n_before_crlf, first_before_crlf;
};

static void
note(struct text *text, enum decoded_line line, size_t pos)
{
	if (!text->encoded || text->seen & (1u << line))
		return;
	text->seen |= 1u << line;
	body_fact(text->msg, text->arena, FACT_DECODED_LINE, text->part, pos, 1, line);
}

/* One line of the decoded text, from `at` to its LF at `end` or to the end of the text. */
static void
check_line(struct text *text, struct slice decoded, size_t at, size_t end)
{
	bool has_lf = end < decoded.len;
	bool crlf = has_lf && end > at && decoded.data[end - 1] == '\r';
	size_t len = end - at - crlf, cr;

	if (len > LINE_MAX_SENT)
		note(text, DECODED_LONG, at);
	cr = text->seen & (1u << DECODED_BARE_CR)
		 ? SLICE_NONE
		 : slice_find(slice_cut(decoded, at, len), 0, '\r');
	if (cr != SLICE_NONE)
		note(text, DECODED_BARE_CR, at + cr);
	if (!has_lf || crlf)
		return;
	note(text, DECODED_BARE_LF, end);
	if (slice_starts(slice_cut(decoded, end + 1, 2), "\r\n") && text->n_before_crlf++ == 0)
		text->first_before_crlf = end;
}

static void
check_lines(struct text *text, struct slice decoded)
{
	for (size_t at = 0, end; at < decoded.len; at = end + 1) {
		end = slice_find(decoded, at, '\n');
		if (end == SLICE_NONE)
			end = decoded.len;
		check_line(text, decoded, at, end);
	}
	if (text->n_before_crlf > 0)
		body_fact(text->msg, text->arena, FACT_LF_BEFORE_CRLF, text->part,
		    text->first_before_crlf, 1, text->n_before_crlf);
}

static void
check_text(struct message *msg, struct arena *arena, int index)
{
	const struct part *part = &msg->parts[index];
	struct text text = { .msg = msg, .arena = arena, .part = index };
	size_t first;

	text.encoded = !part->decoded_is_body;
	if (!text.encoded && !part_is_attachment(part))
		return;
	/* Two or four bytes a character: line ends are no bytes of their own. */
	if (slice_find(part->decoded, 0, 0) != SLICE_NONE)
		return;
	check_lines(&text, part->decoded);
	if (part->encoding == ENCODING_BASE64 && part->decoded.len > 0 &&
	    !(text.seen & (1u << DECODED_LONG)) && body_count_8bit(part->decoded, &first) == 0)
		message_fact_at(
		    msg, arena, FACT_BASE64_FORM, index, -1, part->body, BASE64_NEEDLESS);
}

/* Whether a line consists of words: base64 has no blanks. */
static bool
is_words(struct slice line)
{
	unsigned n_words = 0;
	bool in_word = false;

	for (size_t i = 0; i < line.len && n_words < WORDS_IN_TEXT; i++) {
		bool blank = byte_is_blank(line.data[i]);

		n_words += !blank && !in_word;
		in_word = !blank;
	}
	return n_words >= WORDS_IN_TEXT;
}

/* "begin", a mode of three octal digits or four, a name. */
static bool
is_uu_begin(struct slice line)
{
	size_t digits = 0;

	if (!slice_starts(line, "begin "))
		return false;
	line = slice_from(line, 6);
	while (digits < line.len && line.data[digits] >= '0' && line.data[digits] <= '7')
		digits++;
	return (digits == 3 || digits == 4) && digits + 1 < line.len && line.data[digits] == ' ';
}

static bool
is_full_base64(struct slice line)
{
	if (line.len < BASE64_LINE_MIN || line.len % 4 != 0)
		return false;
	for (size_t i = 0; i < line.len; i++)
		if (byte_base64(line.data[i]) < 0)
			return false;
	return true;
}

static void
found_label(
    struct message *msg, struct arena *arena, int index, struct slice line, enum label_fault fault)
{
	message_fact_at(msg, arena, FACT_LABEL_WRONG, index, -1, line, fault);
}

/* Declared base64: words on top, and in half of the lines at least. */
static void
check_base64_label(struct message *msg, struct arena *arena, int index)
{
	struct body_lines lines = { .text = msg->parts[index].body };
	struct slice line, first = { 0 };
	unsigned n_lines = 0, n_words = 0;

	while (n_lines < LINES_LOOKED_AT && body_next_line(&lines, &line)) {
		line = body_trim_end(line);
		if (line.len == 0)
			continue;
		if (n_lines++ == 0)
			first = line;
		if (n_lines == 1 && is_uu_begin(line)) {
			found_label(msg, arena, index, line, LABEL_BASE64_IS_UU);
			return;
		}
		n_words += slice_find(line, 0, ' ') != SLICE_NONE && is_words(line);
		if (n_words == 0)
			break;
	}
	if (n_lines > 0 && n_words * 2 >= n_lines)
		found_label(msg, arena, index, first, LABEL_BASE64_IS_TEXT);
}

/* Declared quoted-printable: the first two lines are long, alike and of base64 alone. */
static void
check_qp_label(struct message *msg, struct arena *arena, int index)
{
	struct body_lines lines = { .text = msg->parts[index].body };
	struct slice first = { 0 }, second = { 0 };

	while (body_next_line(&lines, &first) && first.len == 0)
		;
	if (is_full_base64(first) && body_next_line(&lines, &second) && second.len == first.len &&
	    is_full_base64(second))
		found_label(msg, arena, index, first, LABEL_QP_IS_BASE64);
}

void
encoded_text_check(struct message *msg, struct arena *arena, int index)
{
	const struct part *part = &msg->parts[index];

	if (part->encoding == ENCODING_BASE64)
		check_base64_label(msg, arena, index);
	else if (part->encoding == ENCODING_QP)
		check_qp_label(msg, arena, index);
	if (part_is(part, "text", NULL))
		check_text(msg, arena, index);
}
