/* tnef.c - rules about TNEF parts (winmail.dat). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "tnef"

/* Exchange and Outlook alone write TNEF, with lengths and check sums of their own making: what disagrees was
 * changed since. */
static void
tnef_damaged(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_TNEF_BAD_SIGNATURE, "wrong signature", NULL },
		{ FACT_TNEF_CUT, "an attribute runs past the end", "bytes missing" },
		{ FACT_TNEF_BAD_CHECKSUM, "wrong check sum", NULL },
		{ FACT_TNEF_BAD_LEVEL, "attribute of no known level", NULL },
		{ FACT_TNEF_BAD_LENGTH, "impossible length", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

/* The same holds for the list of properties inside. */
static void
tnef_properties_damaged(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TNEF_PROPS_BAD,
	    "the list of properties cannot be read", NULL } };

	FOUND_FACTS(msg, out, told);
}

/* Even an empty text has its closing NUL; but other programs than Outlook write TNEF, too. */
static void
tnef_string_empty(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TNEF_EMPTY_STRING, "string of no bytes",
	    NULL } };

	FOUND_FACTS(msg, out, told);
}

/* A recipient has one name and one address: no program has reason to write a list of either. */
static void
tnef_recipient_list(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TNEF_MV_RECIPIENT, "text of several values",
	    NULL } };

	FOUND_FACTS(msg, out, told);
}

static void
tnef_odd(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_TNEF_EMPTY, "no TNEF data at all", NULL },
		{ FACT_TNEF_TRAILING, "bytes behind the last attribute", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "tnef-damaged",
	    .family = FAMILY,
	    .says = "A TNEF part is damaged.",
	    .cases = "Q152937 Q166585",
	    .rfc = "[MS-OXTNEF] section 2.1.3",
	    .base_rate = 3e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_damaged },
	{ .id = "tnef-properties-damaged",
	    .family = FAMILY,
	    .says = "The properties in a TNEF part are damaged.",
	    .cases = "Q164960 Q243769 Q250302",
	    .rfc = "[MS-OXTNEF] section 2.1.3.4",
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_properties_damaged },
	{ .id = "tnef-string-empty",
	    .family = FAMILY,
	    .says = "A text property in a TNEF part has no bytes at all.",
	    .cases = "Q241482",
	    .rfc = "[MS-OXTNEF] section 2.1.3.4",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_string_empty },
	{ .id = "tnef-recipient-list",
	    .family = FAMILY,
	    .says = "A recipient in a TNEF part has a text property of several values.",
	    .cases = "Q179814",
	    .rfc = "[MS-OXTNEF] section 2.1.3.3",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_recipient_list },
	{ .id = "tnef-odd",
	    .family = FAMILY,
	    .says = "A TNEF part is empty or has bytes behind its end.",
	    .cases = "",
	    .rfc = "[MS-OXTNEF] section 2.1.3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_odd },
};

const struct family family_tnef = FAMILY_OF(rows);
