/*
 * rtf.c - Rich Text Format: groups, control words and the names of the font table.
 *
 * Group braces are counted, not remembered one by one; text is passed over. Trailing bytes behind
 * the outermost group are common and left alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "body.h"
#include "parser.h"

#define WORD_MAX 32u   /* letters of a control word */
#define DIGITS_MAX 10u /* of its number */
#define FACE_MAX 31u   /* bytes of a font name: LF_FACESIZE is 32 with the NUL */

struct rtf {
	struct message *msg;
	struct arena *arena;
	int part;
	struct slice text;
	size_t depth;
	size_t fonts_depth; /* of the font table's group; 0: not inside */
	size_t name_from;   /* of the font name being read */
	bool has_name;
	bool name_control;
};

static void
rtf_fact(struct rtf *rtf, enum fact_kind kind, size_t from, size_t len, uint64_t value)
{
	body_fact(rtf->msg, rtf->arena, kind, rtf->part, from, len, value);
}

static void
start_name(struct rtf *rtf, size_t at)
{
	rtf->has_name = true;
	rtf->name_control = false;
	rtf->name_from = at;
}

/* A font name ends with a semicolon; with the group where it lacks one. */
static void
end_name(struct rtf *rtf, size_t at)
{
	size_t len = at - rtf->name_from;

	if (rtf->has_name && rtf->name_control)
		rtf_fact(rtf, FACT_FONT_NAME, rtf->name_from, len, 2);
	else if (rtf->has_name && len > FACE_MAX)
		rtf_fact(rtf, FACT_FONT_NAME, rtf->name_from, len, 1);
	rtf->has_name = false;
}

static size_t
read_hex(struct rtf *rtf, size_t at)
{
	if (at + 3 < rtf->text.len && byte_hex(rtf->text.data[at + 2]) >= 0 &&
	    byte_hex(rtf->text.data[at + 3]) >= 0)
		return at + 4;
	rtf_fact(rtf, FACT_RTF_FORM, at, slice_cut(rtf->text, at, 4).len, RTF_HEX_BAD);
	return at + 2;
}

/* Digits behind a control word, with their sign. */
static size_t
read_number(struct rtf *rtf, size_t word, size_t at, uint64_t *number)
{
	size_t from;
	bool negative = at < rtf->text.len && rtf->text.data[at] == '-';

	*number = 0;
	from = at += negative;
	for (; at < rtf->text.len && byte_is_digit(rtf->text.data[at]); at++)
		if (at - from < DIGITS_MAX)
			*number = *number * 10 + (rtf->text.data[at] - '0');
	if (at - from > DIGITS_MAX)
		rtf_fact(rtf, FACT_RTF_FORM, word, at - word, RTF_NUMBER_LONG);
	return at;
}

/* The data of \bin are not text. */
static size_t
skip_binary(struct rtf *rtf, size_t word, size_t at, uint64_t len)
{
	if (len <= rtf->text.len - at)
		return at + (size_t)len;
	rtf_fact(rtf, FACT_RTF_FORM, word, at - word, RTF_BINARY_CUT);
	return rtf->text.len;
}

/* A control word or symbol from its backslash at `at`; returns what is behind it. */
static size_t
read_control(struct rtf *rtf, size_t at)
{
	struct slice text = rtf->text, word;
	size_t end = at + 1;
	uint64_t number;

	if (end < text.len && text.data[end] == '\'')
		return read_hex(rtf, at);
	while (end < text.len && byte_is_alpha(text.data[end]))
		end++;
	word = slice_cut(text, at + 1, end - at - 1);
	if (word.len == 0)
		return at + 2 < text.len ? at + 2 : text.len;
	if (word.len > WORD_MAX)
		rtf_fact(rtf, FACT_RTF_FORM, at, end - at, RTF_WORD_LONG);
	end = read_number(rtf, at, end, &number);
	if (end < text.len && text.data[end] == ' ')
		end++;
	if (slice_eq(word, "fonttbl"))
		rtf->fonts_depth = rtf->depth;
	return slice_eq(word, "bin") ? skip_binary(rtf, at, end, number) : end;
}

/* A byte of text inside the font table. */
static void
read_font_byte(struct rtf *rtf, size_t at)
{
	unsigned char byte = rtf->text.data[at];

	if (byte == ';') {
		end_name(rtf, at);
		return;
	}
	if (byte_is_space(byte))
		return;
	if (!rtf->has_name)
		start_name(rtf, at);
	rtf->name_control |= byte_is_control(byte);
}

static void
read_rtf(struct rtf *rtf)
{
	struct slice text = rtf->text;
	size_t at = slice_find(text, 0, '{'), open = at;

	do {
		unsigned char byte = text.data[at];

		if (rtf->has_name && (byte == '{' || byte == '}' || byte == '\\'))
			end_name(rtf, at);
		if (byte == '\\') {
			at = read_control(rtf, at);
			continue;
		}
		if (byte == '{') {
			rtf->depth++;
			open = at;
		} else if (byte == '}') {
			rtf->depth--;
			if (rtf->depth < rtf->fonts_depth)
				rtf->fonts_depth = 0;
		} else if (rtf->fonts_depth > 0 && rtf->depth <= rtf->fonts_depth + 1) {
			read_font_byte(rtf, at);
		}
		at++;
	} while (rtf->depth > 0 && at < text.len);
	if (rtf->depth > 0)
		rtf_fact(rtf, FACT_RTF_FORM, open, 1, RTF_GROUP_OPEN);
}

static void
parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts && !msg->partial; i++) {
		const struct part *leaf = &msg->parts[i];
		struct rtf rtf = {
			.msg = msg, .arena = arena, .part = (int)i, .text = leaf->decoded
		};

		if (leaf->kind == PART_LEAF && slice_starts(leaf->decoded, "{\\rtf"))
			read_rtf(&rtf);
	}
}

const struct parser parser_rtf = { "rtf", NULL, parse };
