/* words.c - rules about encoded words in fields (RFC 2047). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "words"

static void
word_malformed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_WORD_UNCLOSED, "encoded word without its end", NULL },
		{ FACT_WORD_BAD_ENCODING, "encoding is neither B nor Q", NULL },
		{ FACT_WORD_BAD_BYTES, "bytes that the encoding does not know", NULL },
		{ FACT_WORD_EMPTY_CHARSET, "empty character set", NULL },
		{ FACT_WORD_INVALID_TEXT, "bytes that the character set does not know", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static void
word_odd(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_WORD_UNKNOWN_CHARSET, "unknown character set", NULL },
		{ FACT_WORD_LONG, "long encoded word", "bytes" },
	};

	FOUND_FACTS(msg, out, told);
}

static bool
holds_display_name(enum field_id id)
{
	return id == FIELD_FROM || id == FIELD_SENDER || id == FIELD_REPLY_TO || id == FIELD_TO ||
	       id == FIELD_CC || id == FIELD_BCC;
}

/* Whether the encoded word at the fact is in a character set of several bytes. */
static bool
is_dbcs_word(const struct message *msg, const struct fact *fact)
{
	struct slice word = slice_cut(msg->file, (size_t)fact->offset, 60);
	size_t end = slice_starts(word, "=?") ? slice_find(word, 2, '?') : SLICE_NONE;
	struct slice charset =
	    end == SLICE_NONE ? (struct slice){ NULL, 0 } : slice_cut(word, 2, end - 2);

	return names_dbcs(charset) || names_iso2022(charset);
}

static bool
in_name(const struct message *msg, const struct fact *fact)
{
	const struct field *field = fact_field(msg, fact);

	return field && holds_display_name(field->id);
}

/* RFC 2047 section 5 keeps characters whole in each word; one cut in half was shortened by a program that
 * counts bytes. In ISO-2022 the closing escape then follows the half. */
static void
display_name_cut_dbcs(const struct message *msg, struct findings *out)
{
	static const struct told cut = { FACT_WORD_CUT_TEXT, "the name ends inside a character",
		NULL };
	static const struct told bad = { FACT_WORD_INVALID_TEXT,
		"the name holds an invalid character", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_WORD_CUT_TEXT, fact)))
		if (in_name(msg, fact))
			found_fact(out, fact, &cut);
	while ((fact = message_next_fact(msg, FACT_WORD_INVALID_TEXT, fact)))
		if (in_name(msg, fact) && is_dbcs_word(msg, fact))
			found_fact(out, fact, &bad);
}

static void
word_cut(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_WORD_CUT_TEXT, "the text ends inside a character",
		NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_WORD_CUT_TEXT, fact)))
		if (!in_name(msg, fact))
			found_fact(out, fact, &told);
}

static const struct rule rows[] = {
	{ .id = "word-malformed",
	    .family = FAMILY,
	    .says = "An encoded word is malformed.",
	    .cases = "",
	    .rfc = "RFC 2047 section 2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = word_malformed },
	{ .id = "word-odd",
	    .family = FAMILY,
	    .says = "An encoded word is long or in an unknown character set.",
	    .cases = "",
	    .rfc = "RFC 2047 section 2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 2e-2,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = word_odd },
	{ .id = "display-name-cut-dbcs",
	    .family = FAMILY,
	    .says = "A display name in a DBCS character set is cut, or holds an invalid character.",
	    .cases = "Q266638",
	    .rfc = "RFC 2047 section 5",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = display_name_cut_dbcs },
	{ .id = "word-cut",
	    .family = FAMILY,
	    .says = "An encoded word ends inside a character.",
	    .cases = "",
	    .rfc = "RFC 2047 section 5",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = word_cut },
};

const struct family family_words = FAMILY_OF(rows);
