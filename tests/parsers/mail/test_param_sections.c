/* test_param_sections.c - parameters of RFC 2231: sections, percent codes, character sets. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "parsers/sample.h"

static void
scan_type(struct sample *s, const char *value)
{
	char *text = repeated("To: x\r\nContent-Type:", value, 1, "\r\n\r\nhi\r\n");

	sample_text(s, text, &parser_split);
	free(text);
}

/* A field with a fault of RFC 2231, the parameter that is told, and what it is. */
static void
faults_of_sections_are_told_apart(void **state)
{
	static const struct {
		const char *fields, *where;
		enum fact_kind kind;
		uint64_t value;
	} cases[] = {
		{ "Content-Type: a/b; n*=%zz''\r\n", "n*=", FACT_PARAM_2231_BAD, SECTION_PERCENT },
		{ "Content-Type: a/b; n*=%41\r\n", "n*=", FACT_PARAM_2231_BAD, SECTION_NO_CHARSET },
		{ "Content-Type: a/b; n*0=a; n*2=b\r\n", "n*2", FACT_PARAM_2231_BAD, SECTION_GAP },
		{ "Content-Type: a/b; n*0=a; n*0*=''b\r\n", "n*0*", FACT_PARAM_2231_BAD,
		    SECTION_REPEATED },
		{ "Content-Type: a/b; n*0=a; n*x=b\r\n", "n*x", FACT_PARAM_2231_BAD,
		    SECTION_NUMBER },
		{ "Content-Type: a/b; n*0=a\r\nContent-Type: a/b; n*1=b\r\n", "n*1",
		    FACT_PARAM_2231_BAD, SECTION_TWO_FIELDS },
		{ "Content-Type: a/b; n*1=b; n*0=a\r\n", "n*1", FACT_PARAM_2231_ODD,
		    SECTION_ORDER },
		{ "Content-Type: a/b; n=a; n*0=a; n*1=b\r\n", "n*0", FACT_PARAM_2231_ODD,
		    SECTION_BOTH_FORMS },
		{ "Content-Type: a/b; n*=klingon''a\r\n", "n*=", FACT_PARAM_2231_ODD,
		    SECTION_CHARSET },
		{ "Content-Type: a/b; n*=utf-8'e n'a\r\n", "n*=", FACT_PARAM_2231_BAD,
		    SECTION_NO_CHARSET },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample s;

		sample_text(&s, cases[i].fields, &parser_split);
		if (sample_met(&s, cases[i].kind) != 1)
			fail_msg("case %zu: %u facts", i, sample_met(&s, cases[i].kind));
		assert_int_equal(sample_fact(&s, cases[i].kind)->value, cases[i].value);
		assert_int_equal(
		    sample_fact(&s, cases[i].kind)->offset, sample_at(&s, cases[i].where));
		sample_free(&s);
	}
}

static void
a_section_in_another_field_is_met_in_disposition_and_type(void **state)
{
	struct sample s;
	const struct fact *fact;

	(void)state;
	sample_text(&s,
	    "Content-Type: a/b; filename*0=a\r\nContent-Disposition: inline; filename*1=b\r\n",
	    &parser_split);
	fact = sample_fact(&s, FACT_PARAM_2231_BAD);
	assert_int_equal(fact->value, SECTION_GAP);
	fact = message_next_fact(&s.msg, FACT_PARAM_2231_BAD, fact);
	assert_non_null(fact);
	assert_int_equal(fact->value, SECTION_TWO_FIELDS);
	assert_int_equal(fact->offset, sample_at(&s, "filename*1"));
	sample_free(&s);
}

static void
an_extended_charset_is_decoded_and_keeps_its_place(void **state)
{
	struct sample s;

	(void)state;
	scan_type(&s, " text/plain; charset*=us-ascii'en'UTF%2D8");
	assert_slice(s.msg.parts[0].charset, "UTF-8");
	assert_int_equal(
	    message_offset(&s.msg, s.msg.parts[0].charset_place), sample_at(&s, "charset*="));
	sample_free(&s);
	scan_type(&s, " text/plain; charset*=''utf-8");
	assert_slice(s.msg.parts[0].charset, "utf-8");
	assert_int_equal(message_offset(&s.msg, s.msg.parts[0].charset), sample_at(&s, "utf-8"));
	sample_free(&s);
}

static void
an_extended_boundary_parts_the_message(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    "Content-Type: multipart/mixed; boundary*0*=''%61; boundary*1=b\r\n\r\n"
	    "--ab\r\n\r\nhi\r\n--ab--\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 2);
	assert_slice(s.msg.parts[0].boundary, "''%61"); /* as it stands in the file */
	sample_free(&s);
}

static void
a_file_name_is_told_as_utf8(void **state)
{
	static const struct {
		const char *param, *text;
	} cases[] = {
		{ "name=plain.txt", "plain.txt" },
		{ "name*=iso-8859-1''%E4%28.txt", "\xc3\xa4(.txt" },
		{ "name*0*=utf-8''%C3; name*1*=%A4", "\xc3\xa4" },
		{ "name=\"=?iso-8859-1?q?=E4=28?=.txt\"", "\xc3\xa4(.txt" },
		{ "name*=klingon''a%28", "a(" },
		{ "name=\"\xe4\"", "\xef\xbf\xbd" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *value = repeated(" a/b; ", cases[i].param, 1, "");
		struct sample s;

		assert_true(parser_words.warm());
		scan_type(&s, value);
		assert_slice(s.msg.parts[0].file_text, cases[i].text);
		assert_int_equal(
		    message_offset(&s.msg, s.msg.parts[0].name_place), sample_at(&s, "name"));
		sample_free(&s);
		free(value);
	}
}

/* A parser that looked each section up among all of them would need hours here. */
static void
a_hundred_thousand_sections_are_read_in_one_walk(void **state)
{
	enum { SECTIONS = 100000 };
	char *value = malloc(SECTIONS * 20u), *at = value;
	struct sample s;

	(void)state;
	assert_non_null(value);
	at += sprintf(at, " a/b");
	for (int i = SECTIONS - 1; i >= 0; i--)
		at += sprintf(at, "; name*%d*=%%41", i);
	scan_type(&s, value);
	assert_int_equal(sample_fact(&s, FACT_PARAMS_CUT)->value, SECTIONS);
	assert_true(s.msg.parts[0].file_name.len <= 256);
	assert_true(s.msg.n_facts < 64);
	sample_free(&s);
	free(value);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_of_sections_are_told_apart),
		cmocka_unit_test(a_section_in_another_field_is_met_in_disposition_and_type),
		cmocka_unit_test(an_extended_charset_is_decoded_and_keeps_its_place),
		cmocka_unit_test(an_extended_boundary_parts_the_message),
		cmocka_unit_test(a_file_name_is_told_as_utf8),
		cmocka_unit_test(a_hundred_thousand_sections_are_read_in_one_walk),
	};

	return cmocka_run_group_tests_name("parsers/mail/param_sections", tests, NULL, NULL);
}
