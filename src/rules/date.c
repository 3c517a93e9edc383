/* date.c - rules about Date and the other fields that hold one. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "date"

/* Whether the date is written as 5.3.2001, or the time as 14.07. */
static bool
has_dots(const struct message *msg, const struct fact *fact)
{
	struct slice text = slice_cut(msg->file, (size_t)fact->offset, (size_t)fact->len);

	for (size_t i = 1; i + 1 < text.len && i < 200; i++)
		if (text.data[i] == '.' && byte_is_digit(text.data[i - 1]) &&
		    byte_is_digit(text.data[i + 1]))
			return true;
	return false;
}

static void
date_unparsable(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_DATE_UNPARSABLE, fact))) {
		struct told told = { fact->kind, has_dots(msg, fact) ? "dots between numbers:" : "",
			NULL, QUOTE_BYTES };

		found_in_field(msg, out, fact, &told);
	}
}

/* A clock that stands at its zero, or a field of the date that was overwritten. */
static void
date_impossible(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_DATE_RANGE, "", NULL, QUOTE_BYTES } };

	FOUND_IN_FIELDS(msg, out, told);
}

/* A relay names its program and version in a comment; one that looks like a date is read as the
 * date. */
static void
date_in_comment(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_DATE_IN_COMMENT, "", NULL, QUOTE_BYTES };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_DATE_IN_COMMENT, fact)))
		if (fact->value == 1)
			found_in_field(msg, out, fact, &told);
}

/* RFC 5322 section 4.3 still has readers take years of three digits and the zone names of RFC 822;
 * a name of its own counts as -0000 there. Text behind the zone is a comment that lost its
 * parentheses. */
static void
date_odd(const struct message *msg, struct findings *out)
{
	static const char *const zones[] = { "time zone by its old name:",
		"time zone by a name of its own:", NULL, NULL, NULL, "text behind the time zone" };
	static const struct told year = { FACT_DATE_TWO_DIGIT_YEAR, "year of three digits:", NULL,
		QUOTE_BYTES };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_DATE_TWO_DIGIT_YEAR, fact)))
		if (fact->len == 3)
			found_in_field(msg, out, fact, &year);
	FOUND_BY_VALUE(msg, out, FACT_DATE_ZONE_ODD, zones, QUOTE_BYTES);
}

/* No grammar, old or new, has such a zone, and the day of the week must be that of the date. */
static void
date_contradictory(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_DATE_WRONG_WEEKDAY, "wrong day of the week:", NULL, QUOTE_BYTES },
	};
	static const char *const zones[] = { NULL, NULL, "no time zone",
		"time zone that is not four digits:", "time zone that cannot be:", NULL };

	FOUND_BY_VALUE(msg, out, FACT_DATE_ZONE_ODD, zones, QUOTE_BYTES);
	FOUND_IN_FIELDS(msg, out, told);
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
	    .says = "A date has a year or another number that cannot be right.",
	    .cases = "Q170137 Q173491",
	    .rfc = "RFC 5322 section 3.3",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = date_impossible },
	{ .id = "date-in-comment",
	    .family = FAMILY,
	    .says = "A comment in a Received field looks like the date.",
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
	    .measured_hits = 268,
	    .measured_of = 1584,
	    .check = date_odd },
	{ .id = "date-contradictory",
	    .family = FAMILY,
	    .says = "A date has no lawful time zone, or not the day of the week that it names.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.3",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = date_contradictory },
};

const struct family family_date = FAMILY_OF(rows);
