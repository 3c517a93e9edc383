/* word_place.c - rules of the words family about where encoded words stand, and what for. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "words"

/* Lawful; mailers that encode whatever a reply brought do it. */
static void
word_needless(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_WORD_NEEDLESS, "", NULL, QUOTE_BYTES } };

	FOUND_IN_FIELDS(msg, out, told);
}

/* RFC 2047 section 5 forbids it, and many mailers of the time named their attachments so. */
static void
word_misplaced(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[1] = "in a quoted string:", [2] = "in a parameter:", [3] = "as transfer encoding:"
	};

	FOUND_BY_VALUE(msg, out, FACT_WORD_MISPLACED, words, QUOTE_BYTES);
}

static const struct rule rows[] = {
	{ .id = "word-needless",
	    .family = FAMILY,
	    .says = "A field of plain ASCII is written in encoded words.",
	    .cases = "",
	    .rfc = "RFC 2047 section 1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 8,
	    .measured_of = 1584,
	    .check = word_needless },
	{ .id = "word-misplaced",
	    .family = FAMILY,
	    .says = "An encoded word stands where none may be.",
	    .cases = "",
	    .rfc = "RFC 2047 section 5",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 4,
	    .measured_of = 1584,
	    .check = word_misplaced },
};

const struct family family_word_place = FAMILY_OF(rows);
