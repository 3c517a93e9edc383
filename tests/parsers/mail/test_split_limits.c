/* test_split_limits.c - depth and number of parts. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(depth_is_told_from_eleven_on),
		cmocka_unit_test(multiparts_are_followed_to_the_limit_and_no_further),
		cmocka_unit_test(parts_beyond_the_limit_are_told_and_the_end_is_found),
		cmocka_unit_test(long_paths_end_in_an_ellipsis),
	};

	return cmocka_run_group_tests_name("parsers/mail/split limits", tests, NULL, NULL);
}
