/* words.c - rules about encoded words in fields (RFC 2047). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "words"

static void
word_malformed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_WORD_UNCLOSED, "it has no end:", NULL, QUOTE_LINE },
		{ FACT_WORD_BAD_ENCODING, "neither B nor Q:", NULL, QUOTE_BYTES },
		{ FACT_WORD_BAD_BYTES, "bytes that the encoding does not know:", NULL,
		    QUOTE_BYTES },
		{ FACT_WORD_EMPTY_CHARSET, "empty character set:", NULL, QUOTE_BYTES },
		{ FACT_WORD_INVALID_TEXT, "bytes that the character set does not know:", NULL,
		    QUOTE_BYTES },
	};

	FOUND_FACTS(msg, out, told);
}

static void
word_odd(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_WORD_UNKNOWN_CHARSET, "unknown character set:", NULL, QUOTE_BYTES },
		{ FACT_WORD_LONG, "too long", "bytes" },
	};

	FOUND_FACTS(msg, out, told);
}

static bool
holds_display_name(enum field_id id)
{
	return id == FIELD_FROM || id == FIELD_SENDER || id == FIELD_REPLY_TO || id == FIELD_TO ||
	       id == FIELD_CC || id == FIELD_BCC;
}

/* The character set that the encoded word at the fact names. */
static struct slice
word_charset(const struct message *msg, const struct fact *fact)
{
	struct slice word = slice_cut(msg->file, (size_t)fact->offset, 60);
	size_t end = slice_starts(word, "=?") ? slice_find(word, 2, '?') : SLICE_NONE;
	struct slice charset =
	    end == SLICE_NONE ? (struct slice){ NULL, 0 } : slice_cut(word, 2, end - 2);

	/* RFC 2231 section 5: a language may follow the charset. */
	return slice_cut(charset, 0, slice_find(charset, 0, '*'));
}

static bool
in_name(const struct message *msg, const struct fact *fact)
{
	const struct field *field = fact_field(msg, fact);

	return field && holds_display_name(field->id);
}

/* Values of FACT_WORD_CUT_TEXT: all characters are whole, and only the way back to ASCII was
 * forgotten; or no encoded word at all. */
enum cut { CUT_SHIFT_OPEN = 1, CUT_RAW_NAME = 2 };

/* RFC 2047 section 5 keeps characters whole in each word; one cut in half was shortened by a
 * program that counts bytes. In ISO-2022 the closing escape then follows the half and is taken for
 * the rest of it. UTF-8 is no DBCS: word-cut tells of it. */
static bool
is_cut_dbcs_name(const struct message *msg, const struct fact *fact)
{
	struct slice charset = word_charset(msg, fact);

	if (!in_name(msg, fact))
		return false;
	if (fact->kind == FACT_WORD_INVALID_TEXT)
		return slice_starts_nocase(charset, "iso-2022-");
	return fact->value == CUT_RAW_NAME ||
	       (fact->value != CUT_SHIFT_OPEN && charset_name_is_dbcs(charset));
}

static void
display_name_cut_dbcs(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_WORD_CUT_TEXT, "", NULL, QUOTE_BYTES },
		{ FACT_WORD_INVALID_TEXT, "", NULL, QUOTE_BYTES } };

	for (size_t i = 0; i < 2; i++) {
		const struct fact *fact = NULL;

		while ((fact = message_next_fact(msg, told[i].kind, fact)))
			if (is_cut_dbcs_name(msg, fact))
				found_in_field(msg, out, fact, &told[i]);
	}
}

static void
word_cut(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_WORD_CUT_TEXT, "", NULL, QUOTE_BYTES };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_WORD_CUT_TEXT, fact)))
		if (!is_cut_dbcs_name(msg, fact))
			found_in_field(msg, out, fact, &told);
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
	    .says = "A display name in a double-byte character set ends inside a character.",
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
