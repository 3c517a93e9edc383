/* transfer_label.c - rules of the transfer family about labels: how they are written, and whether
 * they are true. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "transfer"

static void
tell_forms(const struct message *msg, struct findings *out, bool harmless)
{
	static const char *const words[] = {
		[ENCODING_ODD_CASE] = "small and capital letters mixed:",
		[ENCODING_SEMICOLON] = "a semicolon behind it:",
		[ENCODING_QUOTED] = "in quotation marks:",
		[ENCODING_LISTED] = "more than one:",
		[ENCODING_PARAMETER] = "with a parameter:",
		[ENCODING_EXTRA_TEXT] = "with text behind it:",
	};
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ENCODING_FORM, fact))) {
		struct told told = { FACT_ENCODING_FORM, words[fact->value], NULL, QUOTE_BYTES };

		if ((fact->value <= ENCODING_HARMLESS_LAST) == harmless)
			found_fact(msg, out, fact, &told);
	}
}

/* The grammar is one token. Readers disagree on what a decorated one names, and a part that one of
 * them decodes is plain text to another. */
static void
encoding_decorated(const struct message *msg, struct findings *out)
{
	tell_forms(msg, out, false);
}

static void
encoding_odd(const struct message *msg, struct findings *out)
{
	tell_forms(msg, out, true);
}

/* Programs write label and data together; what disagrees was put together by hand, or changed by
 * one program without the other half. */
static void
encoding_wrong(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[LABEL_BASE64_IS_TEXT] = "declared base64, but these are words:",
		[LABEL_BASE64_IS_UU] = "declared base64, but this is uuencode:",
		[LABEL_QP_IS_BASE64] = "declared quoted-printable, but this is base64:",
	};

	FOUND_BY_VALUE(msg, out, FACT_LABEL_WRONG, words, QUOTE_BYTES);
}

static void
encoding_needless(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_8BIT_NEEDLESS, "declared 8bit, but there is no 8-bit byte", NULL },
	};
	const struct fact *fact = NULL;

	FOUND_FACTS(msg, out, told);
	while ((fact = message_next_fact(msg, FACT_BASE64_FORM, fact)))
		if (fact->value == BASE64_NEEDLESS)
			found(out, fact->part, fact->offset, 0,
			    "base64 of a text that needs no encoding");
}

static const struct rule rows[] = {
	{ .id = "encoding-decorated",
	    .family = FAMILY,
	    .says = "More than its name stands in the field of a transfer encoding.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = encoding_decorated },
	{ .id = "encoding-odd",
	    .family = FAMILY,
	    .says = "A transfer encoding is written oddly.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 2e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = encoding_odd },
	{ .id = "encoding-wrong",
	    .family = FAMILY,
	    .says = "A part is in another transfer encoding than it declares.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = encoding_wrong },
	{ .id = "encoding-needless",
	    .family = FAMILY,
	    .says = "A part declares a transfer encoding that its bytes do not need.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-1,
	    .measured_hits = 86,
	    .measured_of = 1584,
	    .check = encoding_needless },
};

const struct family family_transfer_label = FAMILY_OF(rows);
