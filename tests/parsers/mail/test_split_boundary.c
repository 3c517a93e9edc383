/* test_split_boundary.c - which boundary a multipart has, and what is told of its form. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/mail/multipart.h"

/* The rest of a message whose boundary is "north", with one part "x". */
#define BODY "\r\n\r\n--north\r\n\r\nx\r\n--north--\r\n"
#define TYPE "Content-Type: multipart/mixed; "

static void
assert_split(const struct sample *s)
{
	assert_int_equal(s->msg.n_parts, 2);
	assert_slice(s->msg.parts[1].body, "x");
	assert_true(s->msg.parts[0].closed);
}

static void
extended_forms_are_used_when_there_is_no_plain_one(void **state)
{
	static const char *const forms[] = { "boundary*=us-ascii'en'north",
		"boundary*=us-ascii''%6eorth", "boundary*=north", "boundary*0=nor; boundary*1=th",
		"boundary*1=th; boundary*0*=us-ascii''%6Eor", "Boundary*0*=''no; BOUNDARY*1*=r%74h",
		"boundary*0=nor; boundary*1=th; boundary*3=x" };

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		char *text = repeated(TYPE, forms[i], 1, BODY);
		struct sample s;

		sample_text(&s, text, &parser_split);
		assert_split(&s);
		assert_int_equal(sample_met(&s, FACT_BOUNDARY_FORM), 1);
		assert_int_equal(sample_fact(&s, FACT_BOUNDARY_FORM)->value, BOUNDARY_EXTENDED);
		assert_int_equal(sample_met(&s, FACT_BOUNDARY_ABSENT), 0);
		sample_free(&s);
		free(text);
	}
}

static void
two_boundaries_of_one_multipart_are_told_and_the_first_plain_one_counts(void **state)
{
	static const struct {
		const char *params;
		enum boundary_form form; /* 0: none */
		const char *where;
	} cases[] = {
		{ "boundary=north; boundary=south", BOUNDARY_REPEATED, "boundary=south" },
		{ "boundary=north; boundary=\"North\"", BOUNDARY_OTHER_CASE, "boundary=\"North" },
		{ "boundary=north; boundary=\"north\"", 0, NULL },
		{ "boundary*=''south; boundary=north", BOUNDARY_EXTENDED_DIFFERS, "boundary*" },
		{ "boundary=north; boundary*=''%6Eorth", 0, NULL },
		{ "boundary=north; boundary*0=nor; boundary*1=d", BOUNDARY_EXTENDED_DIFFERS,
		    "boundary*0" },
		{ "boundary=north(south)", BOUNDARY_COMMENT_GLUED, "(south" },
		{ "boundary=north (south)", BOUNDARY_COMMENT, "(south" },
		{ "boundary=(south) north", BOUNDARY_COMMENT, "boundary=(" },
		{ "boundary=\"north\"(south)", BOUNDARY_COMMENT, "(south" },
		{ "boundary=north; x=y (south)", 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = repeated(TYPE, cases[i].params, 1, BODY);
		struct sample s;

		sample_text(&s, text, &parser_split);
		assert_split(&s);
		if (sample_met(&s, FACT_BOUNDARY_FORM) != (cases[i].form != 0))
			fail_msg("case %zu: met %u", i, sample_met(&s, FACT_BOUNDARY_FORM));
		if (cases[i].form) {
			const struct fact *fact = sample_fact(&s, FACT_BOUNDARY_FORM);

			assert_int_equal(fact->value, cases[i].form);
			assert_int_equal(fact->offset, sample_at(&s, cases[i].where));
		}
		sample_free(&s);
		free(text);
	}
}

static void
extended_boundary_of_nothing_is_empty(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, TYPE "boundary*=us-ascii''\r\n\r\n--\r\n\r\nx\r\n----\r\n", &parser_split);
	assert_int_equal(sample_met(&s, FACT_BOUNDARY_EMPTY), 1);
	assert_int_equal(sample_fact(&s, FACT_BOUNDARY_EMPTY)->offset, sample_at(&s, "boundary*"));
	sample_free(&s);
}

static void
a_decoded_byte_that_no_boundary_may_hold_has_a_place(void **state)
{
	struct sample s;

	(void)state;
	sample_text(
	    &s, TYPE "boundary*=''a%2Ab\r\n\r\n--a*b\r\n\r\nx\r\n--a*b--\r\n", &parser_split);
	assert_split(&s);
	assert_int_equal(sample_fact(&s, FACT_BOUNDARY_ODD)->value, '*');
	assert_int_equal(sample_fact(&s, FACT_BOUNDARY_ODD)->offset, sample_at(&s, "''a%2A"));
	sample_free(&s);
}

static void
a_blank_at_the_end_is_told_of_quoted_boundaries_alone(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, TYPE "boundary=\"north \"" BODY, &parser_split);
	assert_split(&s);
	assert_int_equal(sample_met(&s, FACT_BOUNDARY_BLANK_END), 1);
	assert_int_equal(sample_met(&s, FACT_BOUNDARY_ODD), 0);
	sample_free(&s);
	sample_text(&s, TYPE "boundary=north ; x=y" BODY, &parser_split);
	assert_split(&s);
	assert_int_equal(sample_met(&s, FACT_BOUNDARY_BLANK_END), 0);
	sample_free(&s);
}

static void
an_open_boundary_used_again_is_told_and_a_closed_one_is_not(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    TYPE "boundary=north\r\n\r\n--north\r\n" TYPE "boundary=north\r\n\r\n--north\r\n\r\n"
		 "x\r\n--north--\r\n--north--\r\n",
	    &parser_split);
	assert_int_equal(sample_met(&s, FACT_BOUNDARY_SAME), 1);
	assert_int_equal(sample_fact(&s, FACT_BOUNDARY_SAME)->part, 1);
	assert_int_equal(sample_met(&s, FACT_BOUNDARY_PREFIX), 0);
	sample_free(&s);
	sample_text(&s,
	    TYPE "boundary=north\r\n\r\n--north\r\n" TYPE "boundary=south\r\n\r\n--south\r\n\r\n"
		 "x\r\n--south--\r\n--north\r\n" TYPE "boundary=south\r\n\r\n--south\r\n\r\nx\r\n"
		 "--south--\r\n--north--\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 5);
	assert_int_equal(sample_met(&s, FACT_BOUNDARY_SAME), 0);
	sample_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(extended_forms_are_used_when_there_is_no_plain_one),
		cmocka_unit_test(
		    two_boundaries_of_one_multipart_are_told_and_the_first_plain_one_counts),
		cmocka_unit_test(extended_boundary_of_nothing_is_empty),
		cmocka_unit_test(a_decoded_byte_that_no_boundary_may_hold_has_a_place),
		cmocka_unit_test(a_blank_at_the_end_is_told_of_quoted_boundaries_alone),
		cmocka_unit_test(an_open_boundary_used_again_is_told_and_a_closed_one_is_not),
	};

	return cmocka_run_group_tests_name("parsers/mail/split boundary", tests, NULL, NULL);
}
