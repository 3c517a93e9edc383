/* test_split_margins.c - what stands before, behind and instead of the parts of a multipart. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/mail/multipart.h"

#define PART "--north\r\n\r\nx\r\n"

static void
text_behind_the_end_is_told_and_blank_lines_are_not(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, MIXED("north") PART "--north--\r\n\r\n two\r\nlines\r\n", &parser_split);
	assert_int_equal(sample_fact(&s, FACT_EPILOGUE_TEXT)->value, strlen("two\r\nlines"));
	assert_int_equal(sample_fact(&s, FACT_EPILOGUE_TEXT)->offset, sample_at(&s, "two"));
	assert_int_equal(sample_met(&s, FACT_EPILOGUE_DELIMITER), 0);
	sample_free(&s);
	sample_text(&s, MIXED("north") PART "--north--\r\n\r\n \t\r\n", &parser_split);
	assert_int_equal(sample_met(&s, FACT_EPILOGUE_TEXT), 0);
	sample_free(&s);
}

static void
delimiters_behind_the_end_are_counted(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    MIXED("north") PART "--north-- \r\n--south\r\n" PART PART "--northern\r\n--north--\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 2);
	assert_int_equal(sample_fact(&s, FACT_EPILOGUE_DELIMITER)->value, 3);
	assert_int_equal(sample_fact(&s, FACT_EPILOGUE_DELIMITER)->offset,
	    sample_at(&s, "--south") + strlen("--south\r\n"));
	sample_free(&s);
}

static void
a_multipart_that_only_closes_has_no_part(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, MIXED("north") "note\r\n--north--\r\n", &parser_split);
	assert_int_equal(s.msg.n_parts, 1);
	assert_int_equal(sample_met(&s, FACT_MULTIPART_EMPTY), 1);
	assert_int_equal(
	    sample_fact(&s, FACT_MULTIPART_EMPTY)->offset, sample_at(&s, "Content-Type"));
	assert_int_equal(sample_met(&s, FACT_BOUNDARY_NEVER_SEEN), 0);
	sample_free(&s);
	sample_text(&s, MIXED("north") "--north\r\n\r\n--north--\r\n", &parser_split);
	assert_int_equal(sample_met(&s, FACT_MULTIPART_EMPTY), 0);
	sample_free(&s);
}

static void
delimiters_in_a_body_that_is_no_multipart_are_told(void **state)
{
	static const struct {
		const char *text;
		uint64_t value; /* 0: no fact */
	} cases[] = {
		{ "Content-Type: text/plain; boundary=north\r\n\r\nnote\r\n" PART, 1 },
		{ "Content-Type: text/plain; boundary=north\r\n\r\nnote\r\n--southern\r\n", 0 },
		{ "Content-Type: text/plain; boundary=\"\"\r\n\r\n--\r\n\r\nx\r\n", 0 },
		{ "Subject: x\r\n\r\nnote\r\n\r\n--north\r\nContent-Type: text/plain\r\n\r\nx\r\n",
		    2 },
		{ "Subject: x\r\n\r\n--north\r\nContent-Type: unknown\r\n\r\nx\r\n", 0 },
		{ "Subject: x\r\n\r\n--a b\r\nContent-Type: text/plain\r\n\r\nx\r\n", 0 },
		{ "Subject: x\r\n\r\na\r\nb\r\nc\r\nd\r\ne\r\n--north\r\n"
		  "Content-Type: text/plain\r\n\r\nx\r\n",
		    0 },
		{ "Content-Type: text/html\r\n\r\n--north\r\nContent-Type: text/plain\r\n\r\nx\r\n",
		    0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample s;

		sample_text(&s, cases[i].text, &parser_split);
		if (sample_met(&s, FACT_DELIMITERS_HIDDEN) != (cases[i].value != 0))
			fail_msg("case %zu: met %u", i, sample_met(&s, FACT_DELIMITERS_HIDDEN));
		if (cases[i].value) {
			const struct fact *fact = sample_fact(&s, FACT_DELIMITERS_HIDDEN);

			assert_int_equal(fact->value, cases[i].value);
			assert_int_equal(fact->offset, sample_at(&s, "--north"));
		}
		sample_free(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_behind_the_end_is_told_and_blank_lines_are_not),
		cmocka_unit_test(delimiters_behind_the_end_are_counted),
		cmocka_unit_test(a_multipart_that_only_closes_has_no_part),
		cmocka_unit_test(delimiters_in_a_body_that_is_no_multipart_are_told),
	};

	return cmocka_run_group_tests_name("parsers/mail/split margins", tests, NULL, NULL);
}
