/* encoded.c - the bytes that an encoded word of a field stands for (RFC 2047). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/encoded.h"

#define WORD_MAX 400u /* where the end of a word is looked for: keeps the walk linear */

static void
keep(struct encoded_word *word, unsigned char byte)
{
	if (word->n_bytes < ENCODED_MAX)
		word->bytes[word->n_bytes++] = byte;
}

static void
decode_quoted(struct slice text, struct encoded_word *word)
{
	for (size_t at = 0; at < text.len; at++) {
		int high = at + 2 < text.len ? byte_hex(text.data[at + 1]) : -1;
		int low = at + 2 < text.len ? byte_hex(text.data[at + 2]) : -1;

		if (text.data[at] != '=' || high < 0 || low < 0) {
			keep(word, text.data[at] == '_' ? ' ' : text.data[at]);
			continue;
		}
		keep(word, (unsigned char)(high << 4 | low));
		at += 2;
	}
}

static void
decode_base64(struct slice text, struct encoded_word *word)
{
	unsigned bits = 0, n_bits = 0;

	for (size_t at = 0; at < text.len; at++) {
		int value = byte_base64(text.data[at]);

		if (value < 0)
			continue;
		bits = (bits << 6 | (unsigned)value) & 0xffff;
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			keep(word, (unsigned char)(bits >> n_bits & 0xff));
		}
	}
}

size_t
encoded_word(struct slice value, size_t at, struct encoded_word *word)
{
	struct slice rest = slice_cut(value, at, WORD_MAX), text;
	size_t mark, end;

	if (!slice_starts(rest, "=?"))
		return at;
	mark = slice_find(rest, 2, '?');
	if (mark == SLICE_NONE || mark + 3 > rest.len || rest.data[mark + 2] != '?')
		return at;
	end = slice_find(rest, mark + 3, '?');
	if (end == SLICE_NONE)
		return at;
	word->charset = slice_cut(rest, 2, mark - 2);
	word->charset = slice_cut(word->charset, 0, slice_find(word->charset, 0, '*'));
	word->n_bytes = 0;
	text = slice_cut(rest, mark + 3, end - mark - 3);
	if (byte_lower(rest.data[mark + 1]) == 'q')
		decode_quoted(text, word);
	else
		decode_base64(text, word);
	return at + end + 1;
}
