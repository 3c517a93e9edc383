/* words_decode.c - header text with encoded words, as UTF-8. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "words.h"

#include <string.h>

#include "../body/charset.h"
#include "unpack.h"

/* Adjacent words of one charset: some mailers cut characters between them. */
struct run {
	const struct charset *charset; /* NULL: no run */
	unsigned char *bytes;
	size_t len;
	size_t end; /* of the last word, in the text */
};

struct output {
	struct arena *arena;
	unsigned char *bytes;
	size_t len, room;
};

static void
put(struct output *output, struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		arena_grow(output->arena, &output->bytes, &output->room, output->len, 1);
		output->bytes[output->len++] = s.data[i];
	}
}

static void
put_raw(struct output *output, struct slice s)
{
	if (s.len > 0)
		put(output, charset_to_utf8(output->arena, charset_find(slice_str("utf-8")), s));
}

static void
flush(struct output *output, struct run *run)
{
	if (run->charset && run->len > 0)
		put(output,
		    charset_to_utf8(output->arena, run->charset, slice_of(run->bytes, run->len)));
	run->charset = NULL;
	run->len = 0;
}

/* Add a closed word of a known charset to the run, or begin a new one. */
static void
add_word(struct output *output, struct run *run, struct slice text, const struct word *word,
    const struct charset *charset)
{
	bool joins = run->end > 0 && words_adjacent(text, run->end, word->from);
	size_t bad;

	if (!joins || run->charset != charset)
		flush(output, run);
	if (!joins)
		put_raw(output, slice_cut(text, run->end, word->from - run->end));
	run->charset = charset;
	run->len += words_bytes(word, run->bytes + run->len, &bad);
	run->end = word->end;
}

struct slice
words_decode(struct arena *arena, struct slice text)
{
	struct word_scanner scanner = { 0 };
	struct output output = { .arena = arena };
	struct run run = { 0 };
	struct word word;

	text = slice_cut(text, 0, WORDS_DECODE_MAX);
	scanner.text = text;
	run.bytes = arena_alloc(arena, text.len, 1);
	while (words_next(&scanner, &word)) {
		const struct charset *charset = charset_find(word.charset);

		if (word.closed && charset && words_encoding(&word))
			add_word(&output, &run, text, &word, charset);
	}
	flush(&output, &run);
	put_raw(&output, slice_from(text, run.end));
	return slice_of(output.bytes, output.len);
}

bool
words_know_charset(struct slice charset)
{
	return charset_find(charset);
}

struct slice
words_convert(struct arena *arena, struct slice charset, struct slice bytes)
{
	const struct charset *known = charset.len > 0 ? charset_find(charset) : NULL;

	return known ? charset_to_utf8(arena, known, slice_cut(bytes, 0, WORDS_DECODE_MAX))
		     : words_decode(arena, bytes);
}

struct slice
unpack_header_words(struct arena *arena, struct slice text)
{
	return words_decode(arena, text);
}
