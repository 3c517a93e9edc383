/* words_scan.c - finding encoded words and decoding their bytes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "words.h"

#include <stdint.h>

/* End of the run of token bytes at pos. '=' and '?' are none, so runs never overlap. */
static size_t
token_end(struct slice text, size_t pos)
{
	while (pos < text.len && byte_is_token(text.data[pos]))
		pos++;
	return pos;
}

static bool
is_byte(struct slice text, size_t pos, unsigned char byte)
{
	return pos < text.len && text.data[pos] == byte;
}

/* The head "=?charset?encoding?" at pos; its end in *end. */
static bool
read_head(struct slice text, size_t pos, struct word *word, size_t *end)
{
	size_t charset = pos + 2, charset_end = token_end(text, charset);
	size_t encoding = charset_end + 1, encoding_end, star;

	if (!is_byte(text, charset_end, '?'))
		return false;
	encoding_end = token_end(text, encoding);
	if (encoding_end == encoding || !is_byte(text, encoding_end, '?'))
		return false;
	word->charset = slice_cut(text, charset, charset_end - charset);
	star = slice_find(word->charset, 0, '*');
	if (star != SLICE_NONE)
		word->charset.len = star;
	word->encoding = slice_cut(text, encoding, encoding_end - encoding);
	*end = encoding_end + 1;
	return true;
}

/* The first "?=" at or after pos; the answer is kept, so that a value without one is searched
 * once. */
static size_t
find_close(struct word_scanner *scanner, size_t pos)
{
	bool known = scanner->close_from > 0 && pos >= scanner->close_from &&
		     (scanner->close == SLICE_NONE || scanner->close >= pos);

	if (!known) {
		scanner->close = slice_find_str(scanner->text, pos, "?=");
		scanner->close_from = pos;
	}
	return scanner->close;
}

/* Where the encoded text stops at the latest: a line end, or a blank before the next word. */
static size_t
text_limit(struct slice text, size_t pos, size_t close)
{
	for (; pos < text.len && pos != close; pos++) {
		unsigned char byte = text.data[pos];

		if (byte == '\r' || byte == '\n')
			break;
		if (byte_is_blank(byte) && is_byte(text, pos + 1, '=') &&
		    is_byte(text, pos + 2, '?'))
			break;
	}
	return pos;
}

bool
words_next(struct word_scanner *scanner, struct word *word)
{
	struct slice text = scanner->text;
	size_t pos, start, limit;

	while ((pos = slice_find(text, scanner->pos, '=')) != SLICE_NONE) {
		scanner->pos = pos + 1;
		if (!is_byte(text, pos + 1, '?') || !read_head(text, pos, word, &start))
			continue;
		limit = text_limit(text, start, find_close(scanner, start));
		word->closed = limit == scanner->close;
		word->from = pos;
		word->encoded = slice_cut(text, start, limit - start);
		word->end = word->closed ? limit + 2 : limit;
		scanner->pos = word->end;
		return true;
	}
	return false;
}

bool
words_adjacent(struct slice text, size_t end, size_t from)
{
	while (end < from && byte_is_space(text.data[end]))
		end++;
	return end >= from;
}

unsigned char
words_encoding(const struct word *word)
{
	unsigned char letter = word->encoding.len == 1 ? byte_lower(word->encoding.data[0]) : 0;

	return letter == 'b' || letter == 'q' ? letter : 0;
}

static size_t
decode_q(struct slice encoded, unsigned char *out, size_t *bad)
{
	size_t len = 0;

	for (size_t i = 0; i < encoded.len; i++) {
		unsigned char byte = encoded.data[i];

		if (byte == '=' && i + 2 < encoded.len && byte_hex(encoded.data[i + 1]) >= 0 &&
		    byte_hex(encoded.data[i + 2]) >= 0) {
			byte = (unsigned char)(byte_hex(encoded.data[i + 1]) * 16 +
					       byte_hex(encoded.data[i + 2]));
			i += 2;
		} else if (byte == '=') {
			if (*bad == SLICE_NONE)
				*bad = i;
		} else if (byte == '_') {
			byte = ' ';
		}
		out[len++] = byte;
	}
	return len;
}

/* Missing padding is forgiven, a lone last symbol is not. */
static size_t
decode_b(struct slice encoded, unsigned char *out, size_t *bad)
{
	uint32_t bits = 0;
	unsigned symbols = 0; /* of the current group of four */
	size_t len = 0, last = 0;
	bool padded = false;

	for (size_t i = 0; i < encoded.len; i++) {
		int value = byte_base64(encoded.data[i]);

		if (encoded.data[i] == '=') {
			padded = true;
			continue;
		}
		if ((value < 0 || padded) && *bad == SLICE_NONE)
			*bad = i;
		if (value < 0)
			continue;
		if (padded || symbols == 4)
			symbols = 0;
		padded = false;
		last = i;
		bits = bits << 6 | (uint32_t)value;
		if (++symbols > 1)
			out[len++] = (unsigned char)(bits >> (8 - 2 * symbols));
	}
	if (symbols == 1 && *bad == SLICE_NONE)
		*bad = last;
	return len;
}

size_t
words_bytes(const struct word *word, unsigned char *out, size_t *bad)
{
	*bad = SLICE_NONE;
	return words_encoding(word) == 'b' ? decode_b(word->encoded, out, bad)
					   : decode_q(word->encoded, out, bad);
}
