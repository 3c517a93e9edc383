/* test_report.c - fields of delivery and disposition notifications. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define DELIVERY "Content-Type: message/delivery-status\r\n\r\n"
#define RECEIPT "Content-Type: message/disposition-notification\r\n\r\n"
#define MESSAGE "Reporting-MTA: dns; a\r\n\r\n"
#define RECIPIENT "Final-Recipient: rfc822; b@a\r\nAction: failed\r\nStatus: 5.0.0\r\n"

/* The bar stands where the fact does; it is taken out. */
struct notice {
	const char *text;
	enum fact_kind kind; /* FACT_COUNT: none but that there is a report */
	uint64_t value;
};

static const struct notice notices[] = {
	{ DELIVERY MESSAGE RECIPIENT, FACT_COUNT, 0 },
	{ DELIVERY "\r\n" MESSAGE RECIPIENT "\r\n\r\n" RECIPIENT "\r\n", FACT_COUNT, 0 },
	{ DELIVERY "reporting-mta : dns; a\r\nX-A: b\r\n\r\n" RECIPIENT
		   "Diagnostic-Code: smtp; 550\r\n no\r\n\r\nand a remark\r\n",
	    FACT_COUNT, 0 },
	{ RECEIPT "Final-Recipient: rfc822; b@a\r\nDisposition: a/b; displayed\r\n", FACT_COUNT,
	    0 },
	{ DELIVERY "|X-A: b\r\n\r\n" RECIPIENT, FACT_REPORT_FIELD_MISSING, REPORT_REPORTING_MTA },
	{ DELIVERY "|" MESSAGE, FACT_REPORT_FIELD_MISSING, REPORT_RECIPIENT_GROUP },
	{ DELIVERY MESSAGE "|Action: failed\r\nStatus: 5.0.0\r\n", FACT_REPORT_FIELD_MISSING,
	    REPORT_FINAL_RECIPIENT },
	{ DELIVERY MESSAGE RECIPIENT "\r\n|Final-Recipient: rfc822; b@a\r\nStatus: 5.0.0\r\n",
	    FACT_REPORT_FIELD_MISSING, REPORT_ACTION },
	{ DELIVERY MESSAGE RECIPIENT "|Reporting-MTA: dns; a\r\n", FACT_REPORT_FIELD_MISPLACED,
	    REPORT_REPORTING_MTA },
	{ DELIVERY "Reporting-MTA: dns; a\r\n|" RECIPIENT, FACT_REPORT_FIELD_MISPLACED,
	    REPORT_FINAL_RECIPIENT },
	{ RECEIPT "|Final-Recipient: rfc822; b@a\r\n", FACT_REPORT_FIELD_MISSING,
	    REPORT_DISPOSITION_FIELD },
	{ DELIVERY MESSAGE RECIPIENT "|Original-Recipient: rfc822;\r\n", FACT_REPORT_ADDRESS_EMPTY,
	    REPORT_OTHER_OF_RECIPIENT },
	{ DELIVERY MESSAGE "|Final-Recipient:\r\nAction: failed\r\nStatus: 5.0.0\r\n",
	    FACT_REPORT_ADDRESS_EMPTY, REPORT_FINAL_RECIPIENT },
};

static unsigned
faults_of(const struct sample *sample)
{
	return sample_count(sample, FACT_REPORT_FIELD_MISSING, FACT_REPORT_ADDRESS_EMPTY);
}

static void
mandatory_fields_are_asked_for_in_their_group(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++) {
		char text[512], *bar;
		struct sample sample;
		const struct fact *fact;

		strcpy(text, notices[i].text);
		bar = strchr(text, '|');
		if (bar)
			memmove(bar, bar + 1, strlen(bar));
		sample_text(&sample, text, &parser_report);
		assert_int_equal(sample_met(&sample, FACT_REPORT_PRESENT), 1);
		if ((faults_of(&sample) > 0) != (notices[i].kind != FACT_COUNT))
			fail_msg("%u faults in row %d", faults_of(&sample), (int)i);
		if (notices[i].kind != FACT_COUNT) {
			fact = sample_fact(&sample, notices[i].kind);
			assert_int_equal(fact->value, notices[i].value);
			assert_int_equal(fact->offset, bar - text);
		}
		sample_free(&sample);
	}
}

static void
a_value_is_long_from_1025_bytes(void **state)
{
	(void)state;
	for (size_t n = 1024; n <= 1025; n++) {
		char *text =
		    repeated(DELIVERY MESSAGE RECIPIENT "Diagnostic-Code: ", "x", n, "\r\n");
		struct sample sample;

		sample_text(&sample, text, &parser_report);
		assert_int_equal(sample_met(&sample, FACT_REPORT_FIELD_LONG), n > 1024);
		if (n > 1024)
			assert_int_equal(sample_fact(&sample, FACT_REPORT_FIELD_LONG)->offset,
			    sample_at(&sample, "Diagnostic-Code"));
		sample_free(&sample);
		free(text);
	}
}

static void
notices_cut_at_any_byte_are_survived(void **state)
{
	static const char text[] = DELIVERY MESSAGE RECIPIENT "X: a\r\n b\r\n\r\n" RECIPIENT;

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_report);
}

static void
a_hundred_thousand_of_anything_is_survived(void **state)
{
	static const char *const pieces[] = { "\r\n", "a", "a:\r\n", "Action: b\r\n\r\n", " \r\n",
		"Final-Recipient:\r\n b\r\n" };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct sample sample;

		sample_repeated(&sample, DELIVERY, pieces[i], 100000, &parser_report);
		sample_free(&sample);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mandatory_fields_are_asked_for_in_their_group),
		cmocka_unit_test(a_value_is_long_from_1025_bytes),
		cmocka_unit_test(notices_cut_at_any_byte_are_survived),
		cmocka_unit_test(a_hundred_thousand_of_anything_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
