/*
 * words.c - encoded words (RFC 2047) in subjects, other text fields and address fields.
 *
 * Adjacent words of one charset are checked as one text: some mailers cut a character between two
 * words, which every reader mends; what ends a display name for good is Q266638.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "words.h"

#include "../body/charset.h"
#include "parser.h"

#define WORD_MAX 75u /* RFC 2047 section 2 */

/* Where facts about one field go, and the run of words being read. */
struct text_reader {
	struct message *msg;
	struct arena *arena;
	int part, field;
	struct slice value;
	struct slice name;             /* the charset name looked up last … */
	const struct charset *named;   /* … and what it means */
	const struct charset *charset; /* of the run; NULL: none */
	size_t from, end;              /* of the run, in the value */
	unsigned char *bytes;          /* decoded; room for the whole value */
	size_t len;
};

static bool
has_words(const struct field *field)
{
	static const char *const others[] = { "Comments", "Keywords", "Organization",
		"Thread-Topic" };

	if ((field->id >= FIELD_FROM && field->id <= FIELD_SUBJECT) ||
	    field->id == FIELD_CONTENT_DESCRIPTION ||
	    (field->id >= FIELD_RESENT_FROM && field->id <= FIELD_RESENT_BCC))
		return true;
	for (size_t i = 0; field->id == FIELD_OTHER && i < sizeof others / sizeof others[0]; i++)
		if (slice_eq_nocase(field->name, others[i]))
			return true;
	return false;
}

static void
fact(const struct text_reader *reader, enum fact_kind kind, size_t from, size_t end, uint64_t value)
{
	message_fact_at(reader->msg, reader->arena, kind, reader->part, reader->field,
	    slice_cut(reader->value, from, end - from), value);
}

/* The run of adjacent words is complete: check its text. */
static void
finish_run(struct text_reader *reader)
{
	struct charset_check check;

	if (!reader->charset)
		return;
	check = charset_validate(reader->charset, slice_of(reader->bytes, reader->len));
	if (check.n_invalid + check.n_bad_escapes > 0)
		fact(reader, FACT_WORD_INVALID_TEXT, reader->from, reader->end,
		    check.n_invalid + check.n_bad_escapes);
	if (check.cut)
		fact(reader, FACT_WORD_CUT_TEXT, reader->from, reader->end, check.only_shifted);
	reader->charset = NULL;
}

static void
read_text(struct text_reader *reader, const struct word *word, const struct charset *charset)
{
	size_t bad, at = slice_index(reader->value, word->encoded);

	if (reader->charset != charset || !words_adjacent(reader->value, reader->end, word->from)) {
		finish_run(reader);
		reader->from = word->from;
		reader->len = 0;
	}
	reader->charset = charset;
	reader->end = word->end;
	reader->len += words_bytes(word, reader->bytes + reader->len, &bad);
	if (bad != SLICE_NONE)
		fact(reader, FACT_WORD_BAD_BYTES, at + bad, at + bad + 1, word->encoded.data[bad]);
}

/* Most words of a field name one charset: look it up once. */
static const struct charset *
charset_of(struct text_reader *reader, struct slice name)
{
	if (name.len == 0 || !slice_same(name, reader->name)) {
		reader->name = name;
		reader->named = charset_find(name);
	}
	return reader->named;
}

static void
read_word(struct text_reader *reader, const struct word *word)
{
	const struct charset *charset;

	if (!words_encoding(word)) {
		/* "=?a?bc?" without an end is prose or a query string. */
		if (word->closed)
			fact(reader, FACT_WORD_BAD_ENCODING, word->from, word->end, 0);
		return;
	}
	if (!word->closed) {
		fact(reader, FACT_WORD_UNCLOSED, word->from, word->end, 0);
		return;
	}
	if (word->end - word->from > WORD_MAX)
		fact(reader, FACT_WORD_LONG, word->from, word->end, word->end - word->from);
	charset = charset_of(reader, word->charset);
	if (charset)
		read_text(reader, word, charset);
	else
		fact(reader,
		    word->charset.len ? FACT_WORD_UNKNOWN_CHARSET : FACT_WORD_EMPTY_CHARSET,
		    word->from, word->end, 0);
}

static void
read_value(struct message *msg, struct arena *arena, int field)
{
	struct text_reader reader = { .msg = msg,
		.arena = arena,
		.field = field,
		.part = msg->fields[field].part,
		.value = msg->fields[field].value };
	struct word_scanner scanner = { .text = reader.value };
	struct word word;

	while (words_next(&scanner, &word)) {
		if (!reader.bytes)
			reader.bytes = arena_alloc(arena, reader.value.len, 1);
		read_word(&reader, &word);
	}
	finish_run(&reader);
}

/* The charset of a message's first leaf, which raw names share; NULL when it has none that we
 * know. */
static const struct charset *
charset_of_text(const struct message *msg, int part)
{
	while (part >= 0 && (size_t)part < msg->n_parts) {
		const struct part *here = &msg->parts[part];

		if (here->first_child <= part || here->kind == PART_LEAF)
			return here->has_charset ? charset_find(here->charset) : NULL;
		part = here->first_child;
	}
	return NULL;
}

/* Q266638 for a display name in raw bytes: it is text of the message's charset but for its last
 * byte. */
static void
read_raw_name(struct message *msg, struct arena *arena, const struct address *address)
{
	struct slice name = address->display;
	int part = msg->fields[address->field].part;
	const struct charset *charset;
	struct charset_check check;

	if (name.len == 0 || name.data[name.len - 1] < 0x80)
		return;
	charset = charset_of_text(msg, part);
	if (!charset || !charset_is_dbcs(charset) || charset_is_iso2022(charset))
		return;
	check = charset_validate(charset, name);
	if (check.cut && check.n_invalid == 0)
		message_fact_at(msg, arena, FACT_WORD_CUT_TEXT, part, address->field, name, 2);
}

static void
words_parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_fields; i++)
		if (has_words(&msg->fields[i]))
			read_value(msg, arena, (int)i);
	for (size_t i = 0; i < msg->n_addresses; i++)
		read_raw_name(msg, arena, &msg->addresses[i]);
}

const struct parser parser_words = { "words", charset_warm, words_parse };
