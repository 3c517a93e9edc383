/* conform_words.c - encoded words where none is needed, or none may stand (RFC 2047 section 5). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "conform.h"
#include "words.h"

enum place { IN_QUOTES = 1, IN_PARAMETER, IN_ENCODING };

/* The first closed encoded word of the text; false when there is none. */
static bool
first_word(struct slice text, struct word *word)
{
	struct word_scanner scanner = { .text = text };

	while (words_next(&scanner, word))
		if (word->closed && words_encoding(word))
			return true;
	return false;
}

static bool
is_plain(const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] < 0x20 || bytes[i] >= 0x7f)
			return false;
	return true;
}

/* Whether every word of the field holds ASCII alone. UTF-7 and ISO-2022 hide other letters in it;
 * "=?" in the text has to be encoded. */
static void
find_needless(const struct conform *at)
{
	struct word_scanner scanner = { .text = at->value };
	struct word word, first = { .from = SLICE_NONE };
	unsigned char *bytes = NULL;
	size_t bad, len;

	while (words_next(&scanner, &word)) {
		if (!word.closed || !words_encoding(&word) || word.encoded.len == 0 ||
		    slice_starts_nocase(word.charset, "utf-7"))
			return;
		if (!bytes)
			bytes = arena_alloc(at->arena, at->value.len, 1);
		len = words_bytes(&word, bytes, &bad);
		if (bad != SLICE_NONE || !is_plain(bytes, len) ||
		    slice_find_str(slice_of(bytes, len), 0, "=?") != SLICE_NONE)
			return;
		if (first.from == SLICE_NONE)
			first = word;
	}
	if (first.from != SLICE_NONE)
		conform_fact(at, FACT_WORD_NEEDLESS, first.from, first.end, 0);
}

static void
find_quoted(const struct conform *at)
{
	size_t open = slice_find(at->value, 0, '"');

	while (open != SLICE_NONE) {
		size_t end = open + 1;
		struct word word;

		while (end < at->value.len && at->value.data[end] != '"')
			end += at->value.data[end] == '\\' ? 2 : 1;
		if (end >= at->value.len)
			return;
		if (first_word(slice_cut(at->value, open, end - open), &word)) {
			conform_fact(
			    at, FACT_WORD_MISPLACED, open + word.from, open + word.end, IN_QUOTES);
			return;
		}
		open = slice_find(at->value, end + 1, '"');
	}
}

void
conform_words(const struct conform *at, enum field_id id)
{
	bool addresses = (id >= FIELD_FROM && id <= FIELD_BCC) ||
			 (id >= FIELD_RESENT_FROM && id <= FIELD_RESENT_BCC);
	struct word word;

	if (addresses || id == FIELD_SUBJECT || id == FIELD_CONTENT_DESCRIPTION)
		find_needless(at);
	if (addresses)
		find_quoted(at);
	if (id == FIELD_CONTENT_TRANSFER_ENCODING && first_word(at->value, &word))
		conform_fact(at, FACT_WORD_MISPLACED, word.from, word.end, IN_ENCODING);
}

static void
read_params(struct message *msg, struct arena *arena, int part, const struct typed_value *typed)
{
	for (size_t i = 0; i < typed->n_params; i++) {
		struct conform at = { msg, arena, part, typed->field, typed->params[i].value };
		struct word word;

		if (first_word(at.value, &word))
			conform_fact(&at, FACT_WORD_MISPLACED, word.from, word.end, IN_PARAMETER);
	}
}

void
conform_param_words(struct message *msg, struct arena *arena, int part)
{
	read_params(msg, arena, part, &msg->parts[part].type);
	read_params(msg, arena, part, &msg->parts[part].disposition);
}
