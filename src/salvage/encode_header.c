/* encode_header.c - text in header fields: folding, encoded words (RFC 2047), parameters (RFC 2231). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage/encode.h"

#define LINE 76u
#define WORD_FRAME 12u /* =?utf-8?B??= */
#define WORD_BYTES 42u /* of UTF-8 in a word, which is 68 columns then */
#define PLAIN_WORD 60u /* a longer run without a blank cannot be folded */
#define SECTION 48u    /* columns of a section of a parameter */
#define SECTIONS_MAX 9u

static const char digits[] = "0123456789ABCDEF";

/* Bytes of the character that begins there, at least 1. Continuation bytes count as characters. */
static size_t
character(struct slice utf8, size_t at)
{
	size_t len = 1;

	while (len < 4 && at + len < utf8.len && (utf8.data[at + len] & 0xc0) == 0x80)
		len++;
	return len;
}

size_t
encode_cut(struct slice utf8, size_t most)
{
	size_t len = 0, next;

	while (len < utf8.len) {
		next = character(utf8, len);
		if (len + next > most)
			break;
		len += next;
	}
	return len;
}

/* Printable ASCII and blanks that nobody takes for encoded words, in runs that can be folded. */
static bool
is_plain(struct slice text)
{
	size_t run = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < 0x20 || text.data[i] >= 0x7f)
			return false;
		run = text.data[i] == ' ' ? 0 : run + 1;
		if (run > PLAIN_WORD)
			return false;
	}
	return slice_find_str(text, 0, "=?") == SLICE_NONE &&
	       slice_find_str(text, 0, "  ") == SLICE_NONE;
}

static void
fold(struct out *out)
{
	out_crlf(out);
	out_byte(out, ' ');
}

static void
put_plain(struct out *out, struct slice text)
{
	for (size_t at = 0; at < text.len;) {
		size_t end = slice_find(text, at, ' ');

		end = end == SLICE_NONE ? text.len : end;
		if (at > 0 && out_column(out) + 1 + (end - at) > LINE)
			fold(out);
		else if (at > 0)
			out_byte(out, ' ');
		out_slice(out, slice_cut(text, at, end - at));
		at = end + 1;
	}
}

/* One word of at most WORD_BYTES bytes; control characters are blanks in it. */
static void
put_word(struct out *out, struct slice utf8)
{
	unsigned char clean[WORD_BYTES + 4];

	for (size_t i = 0; i < utf8.len; i++)
		clean[i] = byte_is_control(utf8.data[i]) ? ' ' : utf8.data[i];
	out_text(out, "=?utf-8?B?");
	coded_base64(out, slice_of(clean, utf8.len));
	out_text(out, "?=");
}

/* Bytes that a word may have where the line is now. */
static size_t
word_room(const struct out *out)
{
	const size_t used = out_column(out) + WORD_FRAME;
	const size_t room = used < LINE ? (LINE - used) / 4 * 3 : 0;

	return room < WORD_BYTES ? room : WORD_BYTES;
}

static void
put_words(struct out *out, struct slice utf8)
{
	for (size_t at = 0; at < utf8.len;) {
		size_t len = at > 0 ? 0 : encode_cut(slice_from(utf8, at), word_room(out));

		if (len == 0) {
			fold(out);
			len = encode_cut(slice_from(utf8, at), WORD_BYTES);
		}
		put_word(out, slice_cut(utf8, at, len));
		at += len;
	}
}

bool
encode_unstructured(struct out *out, struct slice utf8, size_t most)
{
	const size_t len = encode_cut(slice_trim(utf8), most);
	const struct slice text = slice_trim(slice_cut(slice_trim(utf8), 0, len));

	if (is_plain(text))
		put_plain(out, text);
	else
		put_words(out, text);
	return len == slice_trim(utf8).len;
}

static bool
is_quotable(struct slice text)
{
	if (!is_plain(text) || text.len > PLAIN_WORD)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '"' || text.data[i] == '\\')
			return false;
	return true;
}

static bool
is_atoms(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!byte_is_alpha(text.data[i]) && !byte_is_digit(text.data[i]) &&
		    text.data[i] != ' ' && text.data[i] != '-' && text.data[i] != '_')
			return false;
	return true;
}

bool
encode_phrase(struct out *out, struct slice utf8, size_t most)
{
	const size_t len = encode_cut(slice_trim(utf8), most);
	const struct slice text = slice_trim(slice_cut(slice_trim(utf8), 0, len));
	const bool whole = len == slice_trim(utf8).len;

	if (text.len == 0)
		return whole;
	if (!is_quotable(text)) {
		put_words(out, text);
		return whole;
	}
	if (!is_atoms(text))
		out_byte(out, '"');
	out_slice(out, text);
	if (!is_atoms(text))
		out_byte(out, '"');
	return whole;
}

/* ---- parameters ---- */

static bool
is_attribute_char(unsigned char byte)
{
	return byte_is_alpha(byte) || byte_is_digit(byte) || byte == '-' || byte == '_' ||
	       byte == '.';
}

/* Bytes of whole characters that take at most `columns` once percent-encoded. */
static size_t
section_len(struct slice utf8, size_t columns)
{
	size_t len = 0, used = 0;

	while (len < utf8.len) {
		const size_t next = character(utf8, len);
		const size_t width = next == 1 && is_attribute_char(utf8.data[len]) ? 1 : 3 * next;

		if (used + width > columns)
			break;
		used += width;
		len += next;
	}
	return len;
}

static void
put_percent(struct out *out, struct slice utf8)
{
	for (size_t i = 0; i < utf8.len; i++) {
		const unsigned char byte = utf8.data[i];

		if (is_attribute_char(byte)) {
			out_byte(out, byte);
			continue;
		}
		out_byte(out, '%');
		out_byte(out, (unsigned char)digits[byte >> 4]);
		out_byte(out, (unsigned char)digits[byte & 15]);
	}
}

static void
put_extended(struct out *out, const char *name, struct slice utf8)
{
	const bool one = section_len(utf8, SECTION) == utf8.len;

	for (unsigned n = 0; utf8.len > 0 && n < SECTIONS_MAX; n++) {
		const size_t len = section_len(utf8, SECTION);

		out_byte(out, ';');
		fold(out);
		out_text(out, name);
		if (!one) {
			out_byte(out, '*');
			out_number(out, n);
		}
		out_text(out, n == 0 ? "*=utf-8''" : "*=");
		put_percent(out, slice_cut(utf8, 0, len));
		utf8 = slice_from(utf8, len);
	}
}

void
encode_parameter(struct out *out, const char *name, struct slice utf8)
{
	/* A percent sign or an apostrophe in quotes looks like RFC 2231 to some. */
	if (!is_quotable(utf8)) {
		put_extended(out, name, utf8);
		return;
	}
	out_byte(out, ';');
	fold(out);
	out_text(out, name);
	out_text(out, "=\"");
	out_slice(out, utf8);
	out_byte(out, '"');
}
