/* test_split_lines.c - lines that are nearly delimiters, and those that only look so. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/mail/multipart.h"

static void
each_fault_of_a_delimiter_is_told_and_the_line_stays_text(void **state)
{
	static const struct {
		const char *line;
		enum delimiter_fault fault; /* 0: none */
	} cases[] = {
		{ "--north.17 part 2", DELIMITER_TEXT_BEHIND },
		{ "--north.17x", DELIMITER_TEXT_BEHIND },
		{ "--north.17-", DELIMITER_TEXT_BEHIND },
		{ "--north.17-- the end", DELIMITER_TEXT_BEHIND },
		{ "--north.17\v", DELIMITER_CONTROL_BEHIND },
		{ "--north.17--\f ", DELIMITER_CONTROL_BEHIND },
		{ "--north.17\r", DELIMITER_CONTROL_BEHIND },
		{ " --north.17", DELIMITER_BLANK_BEFORE },
		{ "\t\v--north.17-- ", DELIMITER_BLANK_BEFORE },
		{ "text\r--north.17", DELIMITER_AFTER_CR },
		{ "text\r--north.17\rContent-Type: text/html", DELIMITER_AFTER_CR },
		{ "text--north.17", DELIMITER_AFTER_TEXT },
		{ "text--north.17--", DELIMITER_AFTER_TEXT },
		{ "--North.17", DELIMITER_OTHER_CASE },
		{ "--NORTH.17--", DELIMITER_OTHER_CASE },
		{ "-- north.17", DELIMITER_GAP },
		{ "north.17", 0 },
		{ "-north.17", 0 },
		{ "--north.1", 0 },
		{ "--south.17", 0 },
		{ "> --north.16", 0 },
		{ "-- ", 0 },
		{ "--", 0 },
		{ "---------------", 0 },
		{ "--north.17 is it", DELIMITER_TEXT_BEHIND },
		{ "text --north.17 text", 0 },
		{ "text\r-north.17", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = repeated(MIXED("north.17") "--north.17\r\n\r\nx\r\n", cases[i].line, 1,
		    "\r\ny\r\n--north.17--\r\n");
		struct sample s;

		sample_text(&s, text, &parser_split);
		assert_int_equal(s.msg.n_parts, 2);
		assert_true(slice_ends(s.msg.parts[1].body, "y"));
		if (sample_met(&s, FACT_DELIMITER_ODD) != (cases[i].fault != 0))
			fail_msg("case %zu: met %u", i, sample_met(&s, FACT_DELIMITER_ODD));
		if (cases[i].fault) {
			const struct fact *fact = sample_fact(&s, FACT_DELIMITER_ODD);

			if (fact->value != cases[i].fault)
				fail_msg("case %zu: fault %d", i, (int)fact->value);
			assert_int_equal(fact->offset, sample_at(&s, "\r\nx\r\n") + 5);
			assert_int_equal(fact->len, strlen(cases[i].line));
			assert_int_equal(fact->part, 0);
		}
		sample_free(&s);
		free(text);
	}
}

static void
short_boundaries_and_rows_of_dashes_raise_no_fact(void **state)
{
	static const char *const boundaries[] = { "b", "----", "\"- - -\"" };

	(void)state;
	for (size_t i = 0; i < sizeof boundaries / sizeof *boundaries; i++) {
		char *text = repeated("Content-Type: multipart/mixed; boundary=", boundaries[i], 1,
		    "\r\n\r\n--b\r\n------\r\n--- - -\r\n\r\n--b is\r\n -----------\r\n--B\r\n");
		struct sample s;

		sample_text(&s, text, &parser_split);
		assert_int_equal(sample_met(&s, FACT_DELIMITER_ODD), 0);
		sample_free(&s);
		free(text);
	}
}

static void
outer_boundaries_count_too_and_closed_ones_do_not(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    MIXED("north.17") "--north.17\r\nContent-Type: multipart/mixed; boundary=south.18"
			      "\r\n\r\n--south.18\r\n\r\nx\r\n--north.17 a\r\n--south.18--\r\n"
			      "--south.18 b\r\n--north.17--\r\n",
	    &parser_split);
	assert_int_equal(sample_met(&s, FACT_DELIMITER_ODD), 1);
	assert_int_equal(
	    sample_fact(&s, FACT_DELIMITER_ODD)->offset, sample_at(&s, "--north.17 a"));
	sample_free(&s);
}

static void
a_line_of_a_header_is_told_once(void **state)
{
	static const char *const heads[] = { "Content-ID: <1@a.example>\r\n", "text\r\n" };

	(void)state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		char *text = repeated(MIXED("north.17") "--north.17\r\n", heads[i], 1,
		    "--north.17 2\r\n\r\nx\r\n--north.17--\r\n");
		struct sample s;

		sample_text(&s, text, &parser_split);
		assert_int_equal(sample_met(&s, FACT_DELIMITER_ODD), 1);
		sample_free(&s);
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fault_of_a_delimiter_is_told_and_the_line_stays_text),
		cmocka_unit_test(short_boundaries_and_rows_of_dashes_raise_no_fact),
		cmocka_unit_test(outer_boundaries_count_too_and_closed_ones_do_not),
		cmocka_unit_test(a_line_of_a_header_is_told_once),
	};

	return cmocka_run_group_tests_name("parsers/mail/split lines", tests, NULL, NULL);
}
