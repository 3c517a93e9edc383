/* test_split_delimiters.c - which lines separate the parts of a multipart. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/mail/multipart.h"

static void
outer_delimiter_ends_what_is_open_inside(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    MIXED("out") "--out\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\n"
			 "a\r\n"
			 "--out\r\n\r\nb\r\n--in\r\nc\r\n--out--\r\n",
	    &parser_split);
	assert_slice(part_at(&s, "1.1", PART_LEAF)->body, "a");
	assert_slice(part_at(&s, "2", PART_LEAF)->body, "b\r\n--in\r\nc");
	assert_int_equal(sample_met(&s, FACT_CLOSING_MISSING), 1);
	assert_int_equal(sample_fact(&s, FACT_CLOSING_MISSING)->value, 1);
	assert_int_equal(sample_fact(&s, FACT_CLOSING_MISSING)->part, 1);
	sample_free(&s);
}

static void
only_whole_lines_are_delimiters(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    MIXED("b") "--b\r\n\r\n--bx\r\n --b\r\n--b junk\r\n-- b\r\n--B\r\n--b-\r\nx--b\r\n"
		       "--b--\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 2);
	assert_slice(
	    s.msg.parts[1].body, "--bx\r\n --b\r\n--b junk\r\n-- b\r\n--B\r\n--b-\r\nx--b");
	assert_true(s.msg.parts[0].closed);
	sample_free(&s);
}

static void
boundary_that_ends_in_dashes_is_told_from_a_closing_one(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    MIXED("b") "--b\r\nContent-Type: multipart/mixed; boundary=\"b--\"\r\n\r\n"
		       "--b--\r\n\r\nx\r\n"
		       "--b----\r\n--b--\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 3);
	assert_slice(part_at(&s, "1.1", PART_LEAF)->body, "x");
	assert_true(s.msg.parts[0].closed);
	assert_true(s.msg.parts[1].closed);
	assert_int_equal(sample_met(&s, FACT_BOUNDARY_PREFIX), 1);
	sample_free(&s);
}

static void
line_that_names_two_boundaries_belongs_to_the_inner_one(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    MIXED("\"b--\"") "--b--\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
			     "--b\r\n\r\nx\r\n--b--\r\n--b----\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 3);
	assert_true(s.msg.parts[0].closed);
	assert_true(s.msg.parts[1].closed);
	assert_int_equal(sample_met(&s, FACT_CLOSING_MISSING), 0);
	sample_free(&s);
}

static void
missing_empty_line_before_the_first_part_loses_nothing(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    "Subject: x\r\nContent-Type: multipart/mixed; boundary=\"bb\"\r\n--bb\r\n"
	    "Content-Type: text/html\r\n\r\nx\r\n--bb--\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 2);
	assert_true(part_is(&s.msg.parts[1], "text", "html"));
	assert_int_equal(s.msg.parts[0].n_fields, 2);
	assert_int_equal(sample_fact(&s, FACT_PART_NO_HEADER_END)->part, 0);
	assert_int_equal(sample_met(&s, FACT_HEADER_NO_COLON), 0);
	assert_int_equal(sample_met(&s, FACT_TYPE_REPEATED), 0);
	sample_free(&s);
}

static void
closed_boundary_means_nothing_any_more(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, MIXED("b") "--b\r\n\r\nx\r\n--b--\r\n--b\r\n\r\ny\r\n", &parser_split);
	assert_int_equal(s.msg.n_parts, 2);
	assert_slice(s.msg.parts[0].epilogue, "--b\r\n\r\ny\r\n");
	sample_free(&s);
}

static void
same_boundary_inside_belongs_to_the_inner_part(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    MIXED("b") "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n"
		       "--b--\r\n"
		       "--b\r\n\r\ny\r\n--b--\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 4);
	assert_slice(part_at(&s, "1.1", PART_LEAF)->body, "x");
	assert_slice(part_at(&s, "2", PART_LEAF)->body, "y");
	sample_free(&s);
}

static void
folded_and_escaped_boundaries_match(void **state)
{
	struct sample s;

	(void)state;
	sample_text(
	    &s, MIXED("\"a\\?b\r\n c \"") "--a?b c\r\n\r\nx\r\n--a?b c--\r\n", &parser_split);
	assert_int_equal(s.msg.n_parts, 2);
	assert_slice(s.msg.parts[1].body, "x");
	assert_slice(s.msg.parts[0].boundary, "a\\?b\r\n c ");
	sample_free(&s);
}

static void
a_header_that_a_delimiter_cuts_leaves_it_the_line_end(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    MIXED("out") "--out\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n"
			 "Content-ID: <1@a.example>\r\n--out--\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 3);
	assert_slice(s.msg.parts[1].body, "--in\r\nContent-ID: <1@a.example>");
	assert_slice(s.msg.parts[2].header, "Content-ID: <1@a.example>");
	assert_int_equal(sample_met(&s, FACT_PART_NO_HEADER_END), 1);
	sample_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outer_delimiter_ends_what_is_open_inside),
		cmocka_unit_test(only_whole_lines_are_delimiters),
		cmocka_unit_test(boundary_that_ends_in_dashes_is_told_from_a_closing_one),
		cmocka_unit_test(line_that_names_two_boundaries_belongs_to_the_inner_one),
		cmocka_unit_test(missing_empty_line_before_the_first_part_loses_nothing),
		cmocka_unit_test(closed_boundary_means_nothing_any_more),
		cmocka_unit_test(same_boundary_inside_belongs_to_the_inner_part),
		cmocka_unit_test(folded_and_escaped_boundaries_match),
		cmocka_unit_test(a_header_that_a_delimiter_cuts_leaves_it_the_line_end),
	};

	return cmocka_run_group_tests_name("parsers/mail/split delimiters", tests, NULL, NULL);
}
