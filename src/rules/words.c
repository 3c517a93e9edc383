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

/* RFC 2047 section 5 keeps characters whole in each word; one cut in half was shortened by a program that
 * counts bytes. */
static void
cut_words(const struct message *msg, struct findings *out, bool in_name, const char *words)
{
	const struct told told = { FACT_WORD_CUT_TEXT, words, NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_WORD_CUT_TEXT, fact))) {
		const struct field *field = fact_field(msg, fact);

		if ((field && holds_display_name(field->id)) == in_name)
			found_fact(out, fact, &told);
	}
}

static void
display_name_cut_dbcs(const struct message *msg, struct findings *out)
{
	cut_words(msg, out, true, "the name ends inside a character");
}

static void
word_cut(const struct message *msg, struct findings *out)
{
	cut_words(msg, out, false, "the text ends inside a character");
}

static const struct rule rows[] = {
	{ .id = "word-malformed",
	    .family = FAMILY,
	    .says = "An encoded word is malformed.",
	    .cases = "",
	    .rfc = "RFC 2047 section 2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .check = word_malformed },
	{ .id = "word-odd",
	    .family = FAMILY,
	    .says = "An encoded word is long or in an unknown character set.",
	    .cases = "",
	    .rfc = "RFC 2047 section 2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 2e-2,
	    .check = word_odd },
	{ .id = "display-name-cut-dbcs",
	    .family = FAMILY,
	    .says = "A display name in a DBCS character set ends inside its last character.",
	    .cases = "Q266638",
	    .rfc = "RFC 2047 section 5",
	    .base_rate = 1e-4,
	    .check = display_name_cut_dbcs },
	{ .id = "word-cut",
	    .family = FAMILY,
	    .says = "An encoded word ends inside a character.",
	    .cases = "",
	    .rfc = "RFC 2047 section 5",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .check = word_cut },
};

const struct family family_words = FAMILY_OF(rows);
