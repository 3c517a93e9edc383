/* test_split_beyond.c - depth and number of parts are told whatever the size. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "parsers/mail/multipart.h"

/* n multiparts inside each other, each with one delimiter; then `tail`. */
static char *
multiparts(unsigned n, const char *tail)
{
	size_t room = (size_t)n * 80 + strlen(tail) + 1, at = 0;
	char *text = malloc(room);

	assert_non_null(text);
	for (unsigned i = 0; i < n; i++)
		at += (size_t)snprintf(text + at, room - at,
		    "Content-Type: multipart/mixed;\r\n boundary=\"b%u.\"\r\n\r\n--b%u.\r\n", i, i);
	snprintf(text + at, room - at, "%s", tail);
	return text;
}

static void
multiparts_100000_deep_are_counted(void **state)
{
	char *text = multiparts(100000, "\r\nx\r\n");
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_int_equal(s.msg.n_parts, MESSAGE_DEPTH_MAX + 1);
	assert_int_equal(sample_fact(&s, FACT_MULTIPART_DEEP)->value, 100000);
	assert_int_equal(sample_fact(&s, FACT_DEPTH_CUT)->value, 100000);
	assert_int_equal(sample_fact(&s, FACT_PARTS_CUT)->value, 100001);
	assert_int_equal(sample_met(&s, FACT_SPLIT_LIMIT), 1);
	sample_free(&s);
	free(text);
}

static void
messages_100000_deep_are_counted(void **state)
{
	char *text =
	    repeated("", "Content-Type: message/rfc822\r\n\r\n", 100000, "A: z\r\n\r\nx\r\n");
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_int_equal(s.msg.n_parts, MESSAGE_DEPTH_MAX + 1);
	assert_int_equal(sample_fact(&s, FACT_NESTED_DEEP)->value, 100000);
	assert_int_equal(sample_fact(&s, FACT_DEPTH_CUT)->value, 100000);
	assert_int_equal(sample_fact(&s, FACT_PARTS_CUT)->value, 100001);
	sample_free(&s);
	free(text);
}

static void
a_million_parts_are_counted(void **state)
{
	char *text = repeated(MIXED("north"), "--north\r\n\r\nx\r\n", 1000000, "--north--\r\n");
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_int_equal(s.msg.n_parts, MESSAGE_PARTS_MAX);
	assert_int_equal(sample_fact(&s, FACT_PARTS_CUT)->value, 1000001);
	assert_int_equal(sample_met(&s, FACT_DEPTH_CUT), 0);
	assert_true(s.msg.parts[0].closed);
	sample_free(&s);
	free(text);
}

/* 210 levels, then back to level 205 and down again by 20 of messages: 205 + 1 + 20. */
static void
delimiters_beyond_the_limit_lead_back_up(void **state)
{
	char *tail = repeated("\r\nx\r\n--b209.--\r\n--b204.\r\n",
	    "Content-Type: message/rfc822\r\n\r\n", 20, "A: z\r\n\r\nx\r\n");
	char *text = multiparts(210, tail);
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_int_equal(sample_fact(&s, FACT_MULTIPART_DEEP)->value, 210);
	assert_int_equal(sample_fact(&s, FACT_NESTED_DEEP)->value, 20);
	assert_int_equal(sample_fact(&s, FACT_DEPTH_CUT)->value, 205 + 20);
	assert_int_equal(sample_fact(&s, FACT_PARTS_CUT)->value, 211 + 21);
	sample_free(&s);
	free(text);
	free(tail);
}

static void
a_part_that_is_not_kept_may_be_the_deepest(void **state)
{
	char *text = repeated(MIXED("north"), "--north\r\n\r\nx\r\n", MESSAGE_PARTS_MAX,
	    "--north\r\nContent-Type: multipart/mixed;\r\n boundary=south\r\n\r\n--south\r\n"
	    "content-type: Message/RFC822\r\n\r\nA: z\r\n\r\nx\r\n--south--\r\n"
	    "--south\r\n--north--\r\n");
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_int_equal(sample_fact(&s, FACT_SPLIT_LIMIT)->value, 2);
	assert_int_equal(sample_fact(&s, FACT_DEPTH_CUT)->value, 3);
	assert_int_equal(sample_fact(&s, FACT_PARTS_CUT)->value, 1 + MESSAGE_PARTS_MAX + 3);
	sample_free(&s);
	free(text);
}

static void
what_ends_at_the_limit_is_not_beyond_it(void **state)
{
	char *text = multiparts(MESSAGE_DEPTH_MAX, "\r\nx\r\n");
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_int_equal(s.msg.n_parts, MESSAGE_DEPTH_MAX + 1);
	assert_int_equal(sample_met(&s, FACT_SPLIT_LIMIT), 0);
	assert_int_equal(sample_met(&s, FACT_DEPTH_CUT), 0);
	assert_int_equal(sample_met(&s, FACT_PARTS_CUT), 0);
	sample_free(&s);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(multiparts_100000_deep_are_counted),
		cmocka_unit_test(messages_100000_deep_are_counted),
		cmocka_unit_test(a_million_parts_are_counted),
		cmocka_unit_test(delimiters_beyond_the_limit_lead_back_up),
		cmocka_unit_test(a_part_that_is_not_kept_may_be_the_deepest),
		cmocka_unit_test(what_ends_at_the_limit_is_not_beyond_it),
	};

	return cmocka_run_group_tests_name("parsers/mail/split beyond", tests, NULL, NULL);
}
