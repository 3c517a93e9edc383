/* test_encoding.c - claims about the value of Content-Transfer-Encoding. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define NOT_MET 99u

static void
read_value(struct sample *s, const char *value)
{
	char *text = repeated("Content-Transfer-Encoding: ", value, 1, "\r\n\r\nx\r\n");

	sample_text(s, text, &parser_split);
	free(text);
}

/* The value of the only fact of the kind, or NOT_MET. */
static uint64_t
only_value(const struct sample *s, enum fact_kind kind)
{
	assert_true(sample_met(s, kind) <= 1);
	return sample_met(s, kind) ? sample_fact(s, kind)->value : NOT_MET;
}

static void
a_name_is_found_among_what_decorates_it(void **state)
{
	static const struct {
		const char *value;
		enum encoding encoding;
		uint64_t form;
	} cases[] = {
		{ "base64", ENCODING_BASE64, NOT_MET },
		{ "BASE64", ENCODING_BASE64, NOT_MET },
		{ "Base64", ENCODING_BASE64, NOT_MET },
		{ "Quoted-printable", ENCODING_QP, NOT_MET },
		{ "(a comment) base64", ENCODING_BASE64, NOT_MET },
		{ "(one (two) \\) three) base64 (four)", ENCODING_BASE64, NOT_MET },
		{ "bASE64", ENCODING_BASE64, ENCODING_ODD_CASE },
		{ "base64;", ENCODING_BASE64, ENCODING_SEMICOLON },
		{ "\"base64\"", ENCODING_BASE64, ENCODING_QUOTED },
		{ "\" base64 \" (x)", ENCODING_BASE64, ENCODING_QUOTED },
		{ "base64,7bit", ENCODING_BASE64, ENCODING_LISTED },
		{ "base64 , 7bit", ENCODING_BASE64, ENCODING_LISTED },
		{ "base64; x=y", ENCODING_BASE64, ENCODING_PARAMETER },
		{ "\"base64\"; x=y", ENCODING_BASE64, ENCODING_PARAMETER },
		{ "8bit or so", ENCODING_8BIT, ENCODING_EXTRA_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample s;

		read_value(&s, cases[i].value);
		if (s.msg.parts[0].encoding != cases[i].encoding ||
		    only_value(&s, FACT_ENCODING_FORM) != cases[i].form)
			fail_msg("%s: encoding %d, form %d", cases[i].value,
			    (int)s.msg.parts[0].encoding, (int)only_value(&s, FACT_ENCODING_FORM));
		assert_int_equal(sample_met(&s, FACT_ENCODING_UNKNOWN), 0);
		assert_int_equal(sample_met(&s, FACT_ENCODING_EMPTY), 0);
		sample_free(&s);
	}
}

static void
unknown_names_are_told_apart(void **state)
{
	static const struct {
		const char *value;
		uint64_t kind;
	} cases[] = {
		{ "9bit", ENCODING_NAME_OTHER },
		{ "x-private", ENCODING_NAME_OTHER },
		{ "---", ENCODING_NAME_OTHER },
		{ "base64-base64-base64-base64-base64", ENCODING_NAME_OTHER },
		{ "=?us-ascii?Q?base64?=", ENCODING_NAME_OTHER },
		{ "base-64", ENCODING_NAME_MISSPELT },
		{ "x-base64", ENCODING_NAME_MISSPELT },
		{ "QuotedPrintable", ENCODING_NAME_MISSPELT },
		{ "8-bit", ENCODING_NAME_MISSPELT },
		{ "X-yEncode", ENCODING_NAME_YENC },
		{ "x-gzip64", ENCODING_NAME_GZIP64 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample s;

		read_value(&s, cases[i].value);
		if (only_value(&s, FACT_ENCODING_UNKNOWN) != cases[i].kind)
			fail_msg("%s: kind %d", cases[i].value,
			    (int)only_value(&s, FACT_ENCODING_UNKNOWN));
		assert_int_equal(s.msg.parts[0].encoding, ENCODING_UNKNOWN);
		assert_int_equal(sample_met(&s, FACT_ENCODING_FORM), 0);
		sample_free(&s);
	}
}

static void
values_without_a_name_are_empty(void **state)
{
	static const char *const values[] = { "", "(base64)", "(base64", ";", "\"\"", ", 7bit" };

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		struct sample s;

		read_value(&s, values[i]);
		assert_int_equal(sample_met(&s, FACT_ENCODING_EMPTY), 1);
		assert_int_equal(s.msg.parts[0].encoding, ENCODING_UNKNOWN);
		sample_free(&s);
	}
}

static void
every_prefix_of_a_decorated_value_is_read(void **state)
{
	static const char text[] =
	    "Content-Transfer-Encoding: (a \\(b) \"base64\" (c) ; x=y,\r\n z\r\n\r\nQUJD\r\n";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_split);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_found_among_what_decorates_it),
		cmocka_unit_test(unknown_names_are_told_apart),
		cmocka_unit_test(values_without_a_name_are_empty),
		cmocka_unit_test(every_prefix_of_a_decorated_value_is_read),
	};

	return cmocka_run_group_tests_name("parsers/mail/encoding", tests, NULL, NULL);
}
