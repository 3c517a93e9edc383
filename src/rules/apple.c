/* apple.c - rules about Macintosh files in parts of their own: AppleSingle and -Double, MacBinary. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "binhex"

/* Nothing documented fails on these: the service hands them on unread. */
static void
apple_file_malformed(const struct message *msg, struct findings *out)
{
	static const char *const words[APPLE_FAULTS] = { [APPLE_NO_HEADER] = "its header is cut",
		[APPLE_SIGNATURE] = "it is neither AppleSingle nor AppleDouble",
		[APPLE_VERSION] = "unknown version",
		[APPLE_TABLE] = "its table of entries is cut",
		[APPLE_ENTRY_OUTSIDE] = "an entry lies outside the data",
		[APPLE_ENTRY_TWICE] = "an entry stands there twice",
		[MACBINARY_ZEROS] = "a byte of MacBinary that must be zero is not",
		[MACBINARY_NAME] = "a MacBinary name of impossible length",
		[MACBINARY_FORKS] = "MacBinary forks longer than the data",
		[MACBINARY_CRC] = "the CRC of the MacBinary header is wrong" };

	FOUND_BY_VALUE(msg, out, FACT_APPLE_BAD, words, QUOTE_NOTHING);
}

/* Eudora and other Macintosh programs wrote these daily. */
static void
appledouble_present(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->kind == PART_MULTIPART && part_is(part, "multipart", "appledouble"))
			found_place(out, (int)i, message_offset(msg, part->type.subtype),
			    part->type.subtype.len);
	}
}

static const struct rule rows[] = {
	{ .id = "apple-file-malformed",
	    .family = FAMILY,
	    .says = "The header of a Macintosh file is malformed.",
	    .cases = "",
	    .rfc = "RFC 1740",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = apple_file_malformed },
	{ .id = "appledouble-present",
	    .family = FAMILY,
	    .says = "An attachment comes as AppleDouble.",
	    .cases = "Q175104",
	    .rfc = "RFC 1740 section 2b",
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = appledouble_present },
};

const struct family family_apple = FAMILY_OF(rows);
