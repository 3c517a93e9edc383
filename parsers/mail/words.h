/*
 * words.h - encoded words (RFC 2047): finding them, their bytes, their text.
 *
 * For parsers and for whoever shows a Subject. Code: words_scan.c, words_decode.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WORDS_H
#define IMC_WORDS_H

#include "arena.h"
#include "slice.h"

#define WORDS_DECODE_MAX 16384u /* bytes of a value that words_decode() reads */

/* One encoded word, closed or not. Slices into the text. */
struct word {
	size_t from, end;     /* bytes from the start of the text */
	struct slice charset; /* without an RFC 2231 language; may be empty */
	struct slice encoding;
	struct slice encoded; /* between the third '?' and "?=" */
	bool closed;
};

struct word_scanner {
	struct slice text;
	size_t pos;
	size_t close;      /* the next "?=" at or after close_from, or SLICE_NONE */
	size_t close_from; /* 0: not looked for yet */
};

/* Find the next word; false at the end. Linear over all calls. Only what has a whole head, "=?"
 * charset '?' encoding '?', counts as a word. */
bool words_next(struct word_scanner *scanner, struct word *word);

/* Whether only blanks and line ends stand between two offsets. */
bool words_adjacent(struct slice text, size_t end, size_t from);

/* 'b', 'q', or 0 for any other encoding. */
unsigned char words_encoding(const struct word *word);

/* Decode a closed word to `out` (room for encoded.len bytes); returns the bytes written. *bad
 * is the index in word->encoded of the first byte that base64 or =XX does not allow, or
 * SLICE_NONE. */
size_t words_bytes(const struct word *word, unsigned char *out, size_t *bad);

/* Text with its encoded words decoded, as UTF-8 in the arena: at most WORDS_DECODE_MAX bytes of
 * it. Words of unknown charset or encoding stay as they are; other bytes that are no UTF-8
 * become U+FFFD. */
struct slice words_decode(struct arena *arena, struct slice text);

/* Whether a charset of that name is known. */
bool words_know_charset(struct slice charset);

/* Bytes in that charset as UTF-8, where it is unknown as words_decode() would have them; at most
 * WORDS_DECODE_MAX of them. */
struct slice words_convert(struct arena *arena, struct slice charset, struct slice bytes);

#endif
