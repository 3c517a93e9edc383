/* tnef.c - rules about TNEF parts (winmail.dat). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "tnef"

/* Exchange and Outlook alone write TNEF, with lengths and check sums of their own making: what
 * disagrees was changed since. */
static void
tnef_damaged(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_TNEF_BAD_SIGNATURE, "its signature is wrong", NULL },
		{ FACT_TNEF_CUT, "it ends too early", "bytes missing" },
		{ FACT_TNEF_BAD_CHECKSUM, "a check sum is wrong", NULL },
		{ FACT_TNEF_BAD_LEVEL, "an attribute has no known level", NULL },
		{ FACT_TNEF_BAD_LENGTH, "an attribute has an impossible length", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

/* Values of FACT_TNEF_PROPS_BAD. */
enum props_fault {
	PROPS_RUN_OUT = 1,
	PROPS_TYPE,
	PROPS_NAME,
	PROPS_UNICODE,
	PROPS_COUNT,
	PROPS_LEFT_OVER,
	PROPS_ROWS,
	PROPS_FAULTS
};

/* One finding for each fault of that kind in a list of properties. */
static void
told_props(const struct message *msg, struct findings *out, enum props_fault fault)
{
	static const char *const words[PROPS_FAULTS] = { [PROPS_RUN_OUT] =
							     "the list ends too early",
		[PROPS_TYPE] = "a property has no known type",
		[PROPS_NAME] = "",
		[PROPS_UNICODE] = "",
		[PROPS_COUNT] = "a property claims more values than there are bytes",
		[PROPS_LEFT_OVER] = "bytes stand behind the list",
		[PROPS_ROWS] = "the table of recipients claims more rows than there are bytes" };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TNEF_PROPS_BAD, fact)))
		if (fact->value == (uint64_t)fault)
			found(out, fact->part, fact->offset, fact->len, "%s", words[fault]);
}

/* What was said of lengths holds for the list of properties inside, and for the addresses. */
static void
tnef_properties_damaged(const struct message *msg, struct findings *out)
{
	static const struct told address[] = { { FACT_TNEF_ADDRESS,
	    "an address runs out before its end", NULL } };

	told_props(msg, out, PROPS_RUN_OUT);
	told_props(msg, out, PROPS_TYPE);
	told_props(msg, out, PROPS_COUNT);
	told_props(msg, out, PROPS_ROWS);
	FOUND_FACTS(msg, out, address);
}

static void
tnef_named_property_bad(const struct message *msg, struct findings *out)
{
	told_props(msg, out, PROPS_NAME);
}

/* Of odd length, or without its NUL: no text in Unicode. */
static void
tnef_unicode_bad(const struct message *msg, struct findings *out)
{
	told_props(msg, out, PROPS_UNICODE);
}

/* Even an empty text has its closing NUL; but other programs than Outlook write TNEF, too. */
static void
tnef_string_empty(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TNEF_EMPTY_STRING, "", NULL } };

	FOUND_FACTS(msg, out, told);
}

/* A recipient has one name and one address: no program has reason to write a list of either. */
static void
tnef_recipient_list(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TNEF_MV_RECIPIENT, "", NULL } };

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
	told_props(msg, out, PROPS_LEFT_OVER);
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
	    .says = "The list of properties in a TNEF part is damaged.",
	    .cases = "Q166585 Q250302",
	    .rfc = "[MS-OXTNEF] section 2.1.3.4",
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_properties_damaged },
	{ .id = "tnef-named-property-bad",
	    .family = FAMILY,
	    .says = "A named property in a TNEF part has an invalid name.",
	    .cases = "Q164960",
	    .rfc = "[MS-OXTNEF] section 2.1.3.4",
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_named_property_bad },
	{ .id = "tnef-unicode-bad",
	    .family = FAMILY,
	    .says = "A property in a TNEF part is declared Unicode text and is none.",
	    .cases = "Q243769",
	    .rfc = "[MS-OXTNEF] section 2.1.3.4",
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_unicode_bad },
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
	    .base_rate = 4e-5,
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
