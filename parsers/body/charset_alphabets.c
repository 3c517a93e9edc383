/*
 * charset_alphabets.c - words whose letters come from several alphabets by turns.
 *
 * A letter that only looks Latin, put among Latin ones, makes a name that is not what it seems. A
 * foreign ending behind a Latin word is ordinary, so two changes within a word are asked for. Seen
 * in UTF-8 and in the single-byte charsets of Cyrillic and Greek.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include <string.h>

#include "body.h"
#include "bytes.h"

#define CHANGES_LEAST 2u

enum letter { LETTER_NONE, LETTER_LATIN, LETTER_OTHER };

static enum letter
ascii_letter(unsigned char byte)
{
	return byte_is_alpha(byte) ? LETTER_LATIN : LETTER_NONE;
}

/* By the lead byte of a two-byte character: U+00C0..U+024F, and U+0370..U+052F, which is Greek and
 * Cyrillic. */
static enum letter
utf8_letter(unsigned char lead, unsigned char trail)
{
	if (lead >= 0xc3 && lead <= 0xc8)
		return LETTER_LATIN;
	if (lead == 0xcd)
		return trail >= 0xb0 ? LETTER_OTHER : LETTER_NONE;
	return lead >= 0xce && lead <= 0xd4 ? LETTER_OTHER : LETTER_NONE;
}

/* Charsets whose bytes from 0xc0 on are letters of another alphabet. */
static bool
is_other_alphabet(const struct charset *charset)
{
	static const char *const names[] = { "KOI8-R", "KOI8-U", "CP1251", "ISO-8859-7", "CP1253" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(charset->iconv, names[i]) == 0)
			return true;
	return false;
}

struct word {
	size_t from;
	unsigned changes;
	enum letter last;
};

/* The letter at text[at]; *len is how many bytes it has. */
static enum letter
letter_at(struct slice text, size_t at, bool utf8, size_t *len)
{
	unsigned char byte = text.data[at];

	*len = 1;
	if (byte < 0x80)
		return ascii_letter(byte);
	if (!utf8)
		return byte >= 0xc0 ? LETTER_OTHER : LETTER_NONE;
	if (byte < 0xc2 || byte > 0xdf || at + 1 >= text.len || text.data[at + 1] >> 6 != 2)
		return LETTER_NONE;
	*len = 2;
	return utf8_letter(byte, text.data[at + 1]);
}

void
charset_check_alphabets(
    struct message *msg, struct arena *arena, int part, const struct charset *charset)
{
	struct slice text = msg->parts[part].decoded;
	bool utf8 = charset->form == CHARSET_UTF8;
	struct word word = { 0 };
	size_t n = 0, first = 0, first_len = 0, len;

	if ((!utf8 && !is_other_alphabet(charset)) ||
	    bytes_find_odd(text, 0, BYTES_HIGH) == SLICE_NONE)
		return;
	for (size_t at = 0; at < text.len; at += len) {
		enum letter letter = letter_at(text, at, utf8, &len);

		if (letter == LETTER_NONE) {
			word.last = LETTER_NONE;
			continue;
		}
		if (word.last == LETTER_NONE)
			word = (struct word){ .from = at };
		else if (word.last != letter && ++word.changes == CHANGES_LEAST && n++ == 0)
			first = word.from;
		if (n == 1 && word.changes >= CHANGES_LEAST && word.from == first)
			first_len = at + len - first;
		word.last = letter;
	}
	if (n > 0)
		body_fact(msg, arena, FACT_CHARSET_ALPHABETS, part, first, first_len, n);
}
