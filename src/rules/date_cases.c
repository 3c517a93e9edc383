/* date_cases.c - rules of the date family about documented causes that are lawful dates or lie
 * elsewhere. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "date"

/* RFC 822 section 5.1 asked for two digits. */
static void
date_two_digit_year(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_DATE_TWO_DIGIT_YEAR, "", NULL, QUOTE_BYTES };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_DATE_TWO_DIGIT_YEAR, fact)))
		if (fact->len == 2)
			found_in_field(msg, out, fact, &told);
}

/* Names of zones are capitals in RFC 822 section 5.1, and readers compare without regard to case.
 * */
static void
date_zone_lower_case(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_DATE_ZONE_ODD, "", NULL, QUOTE_BYTES };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_DATE_ZONE_ODD, fact))) {
		struct slice zone = slice_cut(msg->file, (size_t)fact->offset, 1);

		if (fact->value <= 1 && zone.len > 0 && byte_is_alpha(zone.data[0]) &&
		    byte_lower(zone.data[0]) == zone.data[0])
			found_in_field(msg, out, fact, &told);
	}
}

/* Months begin on day 1; programs that convert calendars have written 0 for "none". */
static void
calendar_day_zero(const struct message *msg, struct findings *out)
{
	static const char rule[] = "BYMONTHDAY=0";

	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		size_t at;

		if (!part_is(part, "text", "calendar"))
			continue;
		at = slice_find_nocase(part->decoded, 0, rule);
		if (at != SLICE_NONE && at + sizeof rule <= part->decoded.len &&
		    !byte_is_digit(part->decoded.data[at + sizeof rule - 1]))
			found_place(out, (int)i, part_file_offset(msg, part, at), sizeof rule - 1);
	}
}

static const struct rule rows[] = {
	{ .id = "date-two-digit-year",
	    .family = FAMILY,
	    .says = "The year of the date has two digits.",
	    .cases = "Q182040",
	    .rfc = "RFC 5322 section 4.3",
	    .base_rate = 1e-1,
	    .measured_hits = 262,
	    .measured_of = 1584,
	    .check = date_two_digit_year },
	{ .id = "date-zone-lower-case",
	    .family = FAMILY,
	    .says = "The time zone of the date is a name in small letters.",
	    .cases = "Q153590",
	    .rfc = "RFC 5322 section 4.3",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = date_zone_lower_case },
	{ .id = "calendar-day-zero",
	    .family = FAMILY,
	    .says = "A repeating appointment falls on day 0 of a month.",
	    .cases = "Q271307",
	    .rfc = "RFC 5545 section 3.3.10",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .broader = true,
	    .check = calendar_day_zero },
};

const struct family family_date_cases = FAMILY_OF(rows);
