/* test_split_limits.c - depth, number of parts, and what splitting costs. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <time.h>

#include "parsers/mail/multipart.h"

/* n messages inside each other. */
static char *
messages(size_t n)
{
	return repeated("", "Content-Type: message/rfc822\r\n\r\n", n, "Subject: z\r\n\r\nhi\r\n");
}

static void
depth_is_told_from_eleven_on(void **state)
{
	(void)state;
	for (size_t n = 10; n <= 11; n++) {
		char *text = messages(n);
		struct sample s;

		sample_text(&s, text, &parser_split);
		assert_int_equal(sample_met(&s, FACT_NESTED_DEEP), n == 11);
		if (n == 11)
			assert_int_equal(sample_fact(&s, FACT_NESTED_DEEP)->value, 11);
		sample_free(&s);
		free(text);
	}
}

static void
multiparts_are_followed_to_the_limit_and_no_further(void **state)
{
	size_t room = 100 * 1000, at = 0;
	char *text = malloc(room);
	struct sample s;

	(void)state;
	assert_non_null(text);
	for (unsigned i = 0; i < 300; i++)
		at += (size_t)snprintf(text + at, room - at,
		    "Content-Type: multipart/mixed; boundary=b%u.\r\n\r\n--b%u.\r\n", i, i);
	sample_read(&s, text, at, &parser_split);
	assert_int_equal(s.msg.n_parts, MESSAGE_DEPTH_MAX + 1);
	assert_int_equal(s.msg.parts[s.msg.n_parts - 1].depth, MESSAGE_DEPTH_MAX);
	assert_int_equal(sample_met(&s, FACT_SPLIT_LIMIT), 1);
	assert_int_equal(sample_fact(&s, FACT_SPLIT_LIMIT)->value, 1);
	assert_int_equal(sample_fact(&s, FACT_MULTIPART_DEEP)->value, 300);
	sample_free(&s);
	free(text);
}

static void
parts_beyond_the_limit_are_told_and_the_end_is_found(void **state)
{
	char *text =
	    repeated(MIXED("b"), "--b\r\n\r\nx\r\n", MESSAGE_PARTS_MAX + 5, "--b--\r\nepi\r\n");
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_int_equal(s.msg.n_parts, MESSAGE_PARTS_MAX);
	assert_int_equal(sample_fact(&s, FACT_SPLIT_LIMIT)->value, 2);
	assert_int_equal(sample_fact(&s, FACT_PARTS_CUT)->value, MESSAGE_PARTS_MAX + 6);
	assert_true(s.msg.parts[0].closed);
	assert_slice(s.msg.parts[0].epilogue, "epi\r\n");
	sample_free(&s);
	free(text);
}

static void
long_paths_end_in_an_ellipsis(void **state)
{
	char *text = messages(40);
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_string_equal(s.msg.parts[2].path, "1.1.1");
	assert_string_equal(s.msg.parts[40].path, "1.1.1.1.1.1.1.1.1.1.1.1.1.1\xe2\x80\xa6");
	sample_free(&s);
	free(text);
}

static double
seconds_of(const char *text)
{
	struct timespec start, end;
	struct sample s;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	sample_text(&s, text, &parser_split);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	sample_free(&s);
	return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

/* 200 open boundaries: compared one by one, each line would cost 200 times more than with one. */
static void
cost_of_a_dashed_line_does_not_grow_with_depth(void **state)
{
	size_t room = 100 * 1000, at = 0;
	char *head = malloc(room), *deep, *flat;
	double deep_time = 1e9, flat_time = 1e9;

	(void)state;
	assert_non_null(head);
	for (unsigned i = 0; i < 200; i++)
		at += (size_t)snprintf(head + at, room - at,
		    "Content-Type: multipart/mixed; boundary=b%u.\r\n\r\n--b%u.\r\n", i, i);
	snprintf(head + at, room - at, "\r\n");
	deep = repeated(head, "--bX\r\n", 300000, "");
	flat = repeated(MIXED("b1.") "--b1.\r\n\r\n", "--bX\r\n", 300000, "");
	for (int i = 0; i < 5; i++) {
		double d = seconds_of(deep), f = seconds_of(flat);

		deep_time = d < deep_time ? d : deep_time;
		flat_time = f < flat_time ? f : flat_time;
	}
	assert_true(deep_time < 5 * flat_time + 0.01);
	free(head);
	free(deep);
	free(flat);
}

/* A line is compared with a few boundaries, and only its first bytes are skipped. */
static void
cost_of_a_line_without_dashes_does_not_grow_with_depth(void **state)
{
	size_t room = 100 * 1000, at = 0;
	char *head = malloc(room), *deep, *flat;
	double deep_time = 1e9, flat_time = 1e9;

	(void)state;
	assert_non_null(head);
	for (unsigned i = 0; i < 200; i++)
		at += (size_t)snprintf(head + at, room - at,
		    "Content-Type: multipart/mixed; boundary=north%u.\r\n\r\n--north%u.\r\n", i, i);
	snprintf(head + at, room - at, "\r\n");
	deep = repeated(head, " \v\t  \r  \r  --x\r\n", 300000, "");
	flat = repeated(MIXED("north") "--north\r\n\r\n", " \v\t  \r  \r  --x\r\n", 300000, "");
	for (int i = 0; i < 5; i++) {
		double d = seconds_of(deep), f = seconds_of(flat);

		deep_time = d < deep_time ? d : deep_time;
		flat_time = f < flat_time ? f : flat_time;
	}
	assert_true(deep_time < 10 * flat_time + 0.01);
	free(head);
	free(deep);
	free(flat);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(depth_is_told_from_eleven_on),
		cmocka_unit_test(multiparts_are_followed_to_the_limit_and_no_further),
		cmocka_unit_test(parts_beyond_the_limit_are_told_and_the_end_is_found),
		cmocka_unit_test(long_paths_end_in_an_ellipsis),
		cmocka_unit_test(cost_of_a_dashed_line_does_not_grow_with_depth),
		cmocka_unit_test(cost_of_a_line_without_dashes_does_not_grow_with_depth),
	};

	return cmocka_run_group_tests_name("parsers/mail/split limits", tests, NULL, NULL);
}
