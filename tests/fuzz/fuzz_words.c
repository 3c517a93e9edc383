/* fuzz_words.c - libFuzzer target: encoded words, in fields and by themselves. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

#include "../../parsers/mail/words.h"

/* Words stand one behind the other, whole, with their pieces inside. */
static void
check_scan(struct slice text)
{
	struct word_scanner scanner = { .text = text };
	struct word word;
	size_t behind = 0, bad;

	while (words_next(&scanner, &word)) {
		struct slice whole = slice_cut(text, word.from, word.end - word.from);
		unsigned char out[256];

		assert(word.from >= behind && word.end > word.from && word.end <= text.len);
		assert(slice_index(whole, word.charset) != SLICE_NONE);
		assert(slice_index(whole, word.encoding) != SLICE_NONE);
		assert(slice_index(whole, word.encoded) != SLICE_NONE);
		behind = word.end;
		if (!word.closed || word.encoded.len > sizeof out || !words_encoding(&word))
			continue;
		assert(words_bytes(&word, out, &bad) <= word.encoded.len);
		assert(bad == SLICE_NONE || bad < word.encoded.len);
	}
}

/* What is shown of any bytes is UTF-8, and ASCII without words is shown as it is. */
static void
check_text(struct slice text)
{
	struct arena *arena = arena_new((size_t)64 << 20, NULL);
	struct slice shown = words_decode(arena, text);
	bool plain = slice_find_str(text, 0, "=?") == SLICE_NONE;

	assert(is_utf8(shown) && shown.len <= text.len * 4);
	for (size_t i = 0; i < text.len; i++)
		plain = plain && text.data[i] < 0x80;
	assert(!plain || text.len > WORDS_DECODE_MAX || slice_same(shown, text));
	arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct parser *const parsers[] = { FIRST_PARSERS, &parser_address,
		&parser_words, NULL };
	struct slice text = slice_of(data, size);

	subject_try("Subject: ", text, "\r\n\r\n", parsers);
	subject_try("Content-Type: text/plain; charset=big5\r\n"
		    "From: ",
	    text, "<a@b.example>\r\n\r\n", parsers);
	check_scan(text);
	check_text(text);
	return 0;
}
