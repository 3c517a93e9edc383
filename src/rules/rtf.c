/* rtf.c - rules about Rich Text Format in attachments and bodies. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "richtext"

/* Every writer of the format closes its groups; readers take what stands behind the last. */
static void
rtf_damaged(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [RTF_GROUP_OPEN] = "a group is not closed",
		[RTF_WORD_LONG] = "a control word of over 32 letters",
		[RTF_NUMBER_LONG] = "a number of over 10 digits",
		[RTF_BINARY_CUT] = "binary data run past the end",
		[RTF_HEX_BAD] = "\\' without two hexadecimal digits" };

	FOUND_BY_VALUE(msg, out, FACT_RTF_FORM, words, QUOTE_NOTHING);
}

static const struct rule rows[] = {
	{ .id = "rtf-damaged",
	    .family = FAMILY,
	    .says = "Rich text is damaged.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = rtf_damaged },
};

const struct family family_rtf = FAMILY_OF(rows);
