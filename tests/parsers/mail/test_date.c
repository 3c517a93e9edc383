/* test_date.c - dates: ordinary ones, old ones, odd ones. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define FIRST FACT_DATE_UNPARSABLE
#define LAST FACT_DATE_WRONG_WEEKDAY

static void
open_field(struct sample *sample, const char *field)
{
	char text[1024];

	assert_true(strlen(field) + 40 < sizeof text);
	strcpy(text, "Subject: x\r\n");
	strcat(text, field);
	strcat(text, "\r\n\r\nbody\r\n");
	sample_text(sample, text, &parser_date);
}

static void
ordinary_dates_give_no_fact(void **state)
{
	static const char *const fields[] = {
		"Date: Mon, 5 Mar 2001 14:07:51 -0600",
		"Date: 5 Mar 2001 14:07 +0000",
		"Date: Mon,\r\n\t5 Mar 2001 14:07:51 -0600 (Central Standard Time)",
		"Date: Thu, 29 Feb 1996 23:59:60 +0100",
		"Resent-Date: Mon, 05 Mar 2001 14:07:51 +1400",
		"Date: Mon (the 5th), 5 Mar 2001 14:07:51 -0600",
		("Received: from a (b [1.2.3.4]) by c (8.9.3/8.9.3) with SMTP; "
		 "Mon, 5 Mar 2001 1:07:51 GMT"),
		"Received: from a by b; Mon, 5 Mar 01 14:07:51 CET (envelope-from <x@y>; really)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		struct sample sample;

		open_field(&sample, fields[i]);
		if (sample_count(&sample, FIRST, LAST) > 0)
			fail_msg("fact for \"%s\"", fields[i]);
		sample_free(&sample);
	}
}

/* The bars stand around the bytes the fact is about. */
struct odd {
	const char *field;
	enum fact_kind kind;
	uint64_t value;
};

static const struct odd odds[] = {
	{ "Date: |yesterday|", FACT_DATE_UNPARSABLE, 0 },
	{ "Date: |2001-03-05 14:07:51|", FACT_DATE_UNPARSABLE, 0 },
	{ "Date: |Mon, 5 Foo 2001 14:07:51 +0000|", FACT_DATE_UNPARSABLE, 0 },
	{ "Date: |Mon, 5 Mar 2001 1407 +0000|", FACT_DATE_UNPARSABLE, 0 },
	{ "Received: ||from a by b", FACT_DATE_UNPARSABLE, 1 },
	{ "Received: from a by b; |5/3/2001|", FACT_DATE_UNPARSABLE, 0 },
	{ "Date: |Mon, 5 Mar 1900 14:07:51 +0000|", FACT_DATE_RANGE, 1900 },
	{ "Date: |Wed, 5 Mar 2039 14:07:51 +0000|", FACT_DATE_RANGE, 2039 },
	{ "Date: |29 Feb 2001 14:07:51 +0000|", FACT_DATE_RANGE, 29 },
	{ "Date: |5 Mar 2001 24:07:51 +0000|", FACT_DATE_RANGE, 24 },
	{ "Date: |5 Mar 2001 14:60:51 +0000|", FACT_DATE_RANGE, 60 },
	{ "Received: x; |0 Mar 2001 14:07:51 +0000|", FACT_DATE_RANGE, 0 },
	{ "Date: Mon, 5 Mar |01| 14:07:51 +0000", FACT_DATE_TWO_DIGIT_YEAR, 1 },
	{ "Date: 5 Mar |101| 14:07:51 +0000", FACT_DATE_TWO_DIGIT_YEAR, 101 },
	{ "Date: Mon, 5 Mar 2001 14:07:51 |GMT|", FACT_DATE_ZONE_ODD, 0 },
	{ "Date: Mon, 5 Mar 2001 14:07:51 |CEST|", FACT_DATE_ZONE_ODD, 1 },
	{ "Date: Mon, 5 Mar 2001 14:07:51||", FACT_DATE_ZONE_ODD, 2 },
	{ "Date: Mon, 5 Mar 2001 14:07:51 |+100|", FACT_DATE_ZONE_ODD, 3 },
	{ "Date: Mon, 5 Mar 2001 14:07:51 |+2500|", FACT_DATE_ZONE_ODD, 4 },
	{ "Date: Mon, 5 Mar 2001 02:07:51 |PM| +0100", FACT_DATE_ZONE_ODD, 5 },
	{ "Date: |Tue|, 5 Mar 2001 14:07:51 +0000", FACT_DATE_WRONG_WEEKDAY, 1 },
	{ "Received: by x; |(5.65/1.1.8.2/14Feb98-0313PM)| id A; Sat, 14 Feb 1998 15:13:00 -0500",
	    FACT_DATE_IN_COMMENT, 1 },
	{ "Received: by x |(v 2/14/98 (beta))|; Sat, 14 Feb 1998 15:13:00 -0500",
	    FACT_DATE_IN_COMMENT, 0 },
	{ "Received: by x |(14-Feb-1998)|; Sat, 14 Feb 1998 15:13:00 -0500", FACT_DATE_IN_COMMENT,
	    0 },
};

static void
each_odd_date_is_one_fact_at_its_byte(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof odds / sizeof odds[0]; i++) {
		const struct odd *odd = &odds[i];
		struct sample sample;
		const struct fact *fact;
		size_t from, len;
		char text[256];

		strcpy(text, odd->field);
		sample_unmark(text, &from, &len);
		open_field(&sample, text);
		fact = message_next_fact(&sample.msg, odd->kind, NULL);
		if (!fact || sample_count(&sample, FIRST, LAST) != 1)
			fail_msg(
			    "%u facts for \"%s\"", sample_count(&sample, FIRST, LAST), odd->field);
		if (fact->offset != strlen("Subject: x\r\n") + from || fact->len != len ||
		    fact->value != odd->value)
			fail_msg("offset %d, length %d, value %d for \"%s\"", (int)fact->offset,
			    (int)fact->len, (int)fact->value, odd->field);
		assert_int_equal(fact->field, 1);
		sample_free(&sample);
	}
}

static void
versions_in_comments_are_no_dates(void **state)
{
	static const char *const comments[] = { "(8.8.7/8.8.7)", "(AIX 4.1/UCB 5.64/4.03)",
		"(1.37.109.4/16.2)", "(256/256 bits)", "(Smail3.1.29.1 #1)",
		"(InterMail v4.01.01.00 201-229-111)", "(10/12)", "([10.1.12.98])",
		"(Exim 3.12 #1 (Debian))", "(SMI-8.6/SMI-SVR4)", "(8marks)" };

	(void)state;
	for (size_t i = 0; i < sizeof comments / sizeof comments[0]; i++) {
		struct sample sample;
		char field[256];

		strcpy(field, "Received: by x ");
		strcat(field, comments[i]);
		strcat(field, "; Sat, 14 Feb 1998 15:13:00 -0500");
		open_field(&sample, field);
		if (sample_count(&sample, FIRST, LAST) > 0)
			fail_msg("fact for \"%s\"", comments[i]);
		sample_free(&sample);
	}
}

static void
weekdays_follow_the_calendar(void **state)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	char field[] = "Date: Sun, 28 Feb 2000 12:00:00 +0000";

	(void)state;
	/* 28 February 2000 was a Monday. */
	for (size_t i = 0; i < 7; i++) {
		struct sample sample;

		memcpy(field + 6, days[i], 3);
		open_field(&sample, field);
		assert_int_equal(sample.msg.facts_seen[FACT_DATE_WRONG_WEEKDAY], i != 1);
		sample_free(&sample);
	}
}

static void
fields_cut_at_any_byte_are_survived(void **state)
{
	static const char text[] = "Received: a (b\\) (14Feb98); (2/14/98)) ; Mon (c, 5 Mar\r\n"
				   "Date: Mon, (x) 5 Mar 101 14:07:51 (y\r\n";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_date);
}

static void
two_hundred_thousand_of_anything_are_survived(void **state)
{
	static const char *const pieces[] = { "(", "(a)", "(1/2/98);", "1", ";", "Mon, ", "1Jan" };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct sample sample;

		sample_repeated(&sample, "Received: ", pieces[i], 200000, &parser_date);
		assert_true(sample_count(&sample, FIRST, LAST) > 0);
		sample_free(&sample);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_dates_give_no_fact),
		cmocka_unit_test(each_odd_date_is_one_fact_at_its_byte),
		cmocka_unit_test(versions_in_comments_are_no_dates),
		cmocka_unit_test(weekdays_follow_the_calendar),
		cmocka_unit_test(fields_cut_at_any_byte_are_survived),
		cmocka_unit_test(two_hundred_thousand_of_anything_are_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
