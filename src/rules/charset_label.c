/* charset_label.c - rules about labels that are odd, needless or belong elsewhere. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "charset"

static void
charset_needless(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_CHARSET_NEEDLESS, fact)))
		found_charset(msg, out, fact->part, "", "");
}

/* Types of which no parameter named charset is known; text has it, and many application types. */
static bool
takes_no_charset(const struct part *part)
{
	static const char *const types[] = { "image", "audio", "video", "multipart", "message" };

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (part_is(part, types[i], NULL))
			return true;
	return part_is(part, "application", "octet-stream");
}

/* A name of its maker's own: "x-" (RFC 2978 section 3 has no place for them). Unknown ones have a
 * rule of their own. */
static bool
is_experimental(const struct part *part)
{
	return slice_starts_nocase(part->charset, "x-") && part_charset_traits(part) != 0;
}

static bool
is_8bit_for_nothing(const struct part *part)
{
	return part->kind == PART_LEAF && part_charset_traits(part) & CHARSET_7BIT &&
	       (part->encoding == ENCODING_8BIT || part->encoding == ENCODING_BINARY);
}

/* Programs that fill in a form, and gateways that recode the text or the header alone. */
static void
charset_odd(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_CHARSET_META, "the HTML names", NULL, QUOTE_BYTES },
		{ FACT_CHARSET_C1, "control characters of ISO 8859, letters of Windows", "bytes" },
	};

	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->has_charset && part->charset.len > 0 && takes_no_charset(part))
			found_charset(msg, out, (int)i, "", " on a type that takes none");
		else if (is_experimental(part))
			found_charset(msg, out, (int)i, "experimental name ", "");
		else if (is_8bit_for_nothing(part))
			found_charset(msg, out, (int)i, "", " has 7 bits, the encoding says more");
	}
	FOUND_FACTS(msg, out, told);
}

/* Advertising writes so to pass filters; in honest text such words are slips or formulas. */
static void
charset_mixed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_CHARSET_ALPHABETS, "", "words" } };

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "charset-needless",
	    .family = FAMILY,
	    .says = "A text names a character set where US-ASCII would do.",
	    .cases = "",
	    .rfc = "RFC 2046 section 4.1.2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-1,
	    .measured_hits = 213,
	    .measured_of = 1584,
	    .check = charset_needless },
	{ .id = "charset-odd",
	    .family = FAMILY,
	    .says = "The label of a character set is odd, or does not quite fit its text.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 5e-2,
	    .measured_hits = 23,
	    .measured_of = 1584,
	    .check = charset_odd },
	{ .id = "charset-mixed",
	    .family = FAMILY,
	    .says = "A word is made of letters of two alphabets by turns.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = charset_mixed },
};

const struct family family_charset_label = FAMILY_OF(rows);
