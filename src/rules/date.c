/* date.c - rules about Date and the other fields that hold one. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "date"

static void
date_unparsable(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_DATE_UNPARSABLE, "no date can be read", NULL } };

	FOUND_FACTS(msg, out, told);
}

/* A clock that stands at its zero, or a field of the date that was overwritten. */
static void
date_impossible(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_DATE_RANGE,
	    "year or another number out of range", NULL } };

	FOUND_FACTS(msg, out, told);
}

/* A relay names its program and version in a comment; one that looks like a date is read as the date. */
static void
date_in_comment(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_DATE_IN_COMMENT,
		"something like a date in a comment", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_DATE_IN_COMMENT, fact)))
		if (fact->value == 1)
			found_fact(out, fact, &told);
}

static void
date_odd(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_DATE_TWO_DIGIT_YEAR, "year of two digits", NULL },
		{ FACT_DATE_ZONE_ODD, "odd time zone", NULL },
		{ FACT_DATE_WRONG_WEEKDAY, "wrong day of the week", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "date-unparsable",
	    .family = FAMILY,
	    .says = "A date cannot be read.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.3",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 14,
	    .measured_of = 1584,
	    .check = date_unparsable },
	{ .id = "date-impossible",
	    .family = FAMILY,
	    .says = "A date lies out of range.",
	    .cases = "Q170137 Q173491",
	    .rfc = "RFC 5322 section 3.3",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = date_impossible },
	{ .id = "date-in-comment",
	    .family = FAMILY,
	    .says = "A comment before the date of a Received field looks like a date itself.",
	    .cases = "Q190084",
	    .rfc = "RFC 822 section 4.1",
	    .base_rate = 1e-3,
	    .measured_hits = 8,
	    .measured_of = 1584,
	    .check = date_in_comment },
	{ .id = "date-odd",
	    .family = FAMILY,
	    .says = "A date is written in an unusual way.",
	    .cases = "",
	    .rfc = "RFC 5322 section 4.3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 269,
	    .measured_of = 1584,
	    .check = date_odd },
};

const struct family family_date = FAMILY_OF(rows);
