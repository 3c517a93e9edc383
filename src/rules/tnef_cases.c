/* tnef_cases.c - rules about what stands in a TNEF part, and about the message around it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "tnef"

/* Sound streams of other programs break the specification here and there: one of these says
 * little. */
static void
tnef_unlawful(const struct message *msg, struct findings *out)
{
	static const char *const words[TNEF_FORM_END] = { [TNEF_FORM_VERSION] =
							      "its version is not 1.0",
		[TNEF_FORM_ID] = "an attribute that nobody knows",
		[TNEF_FORM_LEVEL] = "an attribute at the wrong level",
		[TNEF_FORM_DATE] = "a date that cannot be",
		[TNEF_FORM_CLASS] = "the message class is no name",
		[TNEF_FORM_CODE_PAGE] = "an unknown code page",
		[TNEF_FORM_VALUE] = "a value out of range",
		[TNEF_FORM_TEXT_OPEN] = "a text without its NUL",
		[TNEF_FORM_ATTACHMENT] = "an attachment without rendering data before it" };
	static const struct told nested[] = { { FACT_TNEF_NESTED,
	    "a message embedded too deep to be looked into", "levels" } };

	FOUND_BY_VALUE(msg, out, FACT_TNEF_FORM, words, QUOTE_NOTHING);
	FOUND_FACTS(msg, out, nested);
}

/* Sizes and CRC are computed by the one library that writes this format. */
static void
tnef_rtf_damaged(const struct message *msg, struct findings *out)
{
	static const char *const words[RTFCOMP_FAULTS] = { [RTFCOMP_NO_HEADER] =
							       "its header is cut",
		[RTFCOMP_SIZE] = "it says that it is longer than it is",
		[RTFCOMP_TYPE] = "neither compressed nor plain",
		[RTFCOMP_CRC] = "wrong CRC",
		[RTFCOMP_NO_END] = "it has no end mark",
		[RTFCOMP_RAW_SIZE] = "it unpacks to another length than it says" };

	FOUND_BY_VALUE(msg, out, FACT_TNEF_RTF, words, QUOTE_NOTHING);
}

/* The MTA reads the length of the file name out of what is no header. */
static void
tnef_macbinary_stripped(const struct message *msg, struct findings *out)
{
	static const char *const words[APPLE_FAULTS] = { [APPLE_NO_HEADER] =
							     "it is shorter than a header",
		[MACBINARY_NAME] = "the name would have an impossible length",
		[MACBINARY_ZEROS] = "a byte that must be zero is not" };

	FOUND_BY_VALUE(msg, out, FACT_TNEF_NOT_MACBINARY, words, QUOTE_NOTHING);
}

/* Clients without TNEF send back or forward the winmail.dat that they got. The source tells of a
 * foreign system and no more; the key is how Exchange knows its own. */
static void
tnef_foreign(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { "another key than that of this message",
		"a key, and no X-MS-TNEF-Correlator" };

	FOUND_BY_VALUE(msg, out, FACT_TNEF_KEY_OTHER, words, QUOTE_NOTHING);
}

static const struct part *
unicode_text(const struct message *msg)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->kind == PART_LEAF && part_is(part, "text", NULL) &&
		    part_charset_traits(part) & CHARSET_UNICODE)
			return part;
	}
	return NULL;
}

/* What later releases of the sender write day by day; only old ones could not read it. */
static void
tnef_beside_unicode(const struct message *msg, struct findings *out)
{
	const struct part *text = unicode_text(msg);

	if (text && fact_met(msg, FACT_TNEF_PRESENT))
		found(out, (int)(text - msg->parts), message_offset(msg, text->charset),
		    text->charset.len, "text in %s", found_quote(out, text->charset, 20));
}

static void
tnef_present(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TNEF_PRESENT, "", NULL } };

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "tnef-unlawful",
	    .family = FAMILY,
	    .says = "A TNEF part does not follow its specification.",
	    .cases = "",
	    .rfc = "[MS-OXTNEF] section 2.1.3",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_unlawful },
	{ .id = "tnef-rtf-damaged",
	    .family = FAMILY,
	    .says = "Compressed RTF in a TNEF part is damaged.",
	    .cases = "Q181410 Q192940 Q232685",
	    .rfc = "[MS-OXRTFCP] section 2.1.3",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_rtf_damaged },
	{ .id = "tnef-macbinary-stripped",
	    .family = FAMILY,
	    .says = "An attachment in a TNEF part is said to be MacBinary and is not.",
	    .cases = "Q161937",
	    .rfc = "[MS-OXTNEF] section 2.1.3.3.15",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_macbinary_stripped },
	{ .id = "tnef-foreign",
	    .family = FAMILY,
	    .says = "A TNEF part was made for another message.",
	    .cases = "Q152937",
	    .rfc = "[MS-OXTNEF] section 2.1.3",
	    .base_rate = 3e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = tnef_foreign },
	{ .id = "tnef-beside-unicode",
	    .family = FAMILY,
	    .says = "A TNEF part stands beside text in Unicode.",
	    .cases = "Q187970",
	    .rfc = "",
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_beside_unicode,
	    .broader = true },
	{ .id = "tnef-present",
	    .family = FAMILY,
	    .says = "The message has a TNEF part.",
	    .cases = "Q181953",
	    .rfc = "[MS-OXTNEF] section 2.1.3",
	    .base_rate = 2e-2,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = tnef_present },
};

const struct family family_tnef_cases = FAMILY_OF(rows);
