/* test_differ.c - two readings of one message: what is a difference between them, and what is none. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define FROM "From: a@a.example\r\nMIME-Version: 1.0\r\n"
#define MULTIPART FROM "Content-Type: multipart/mixed; boundary="

/* The one difference of this text must be so; NULL: there is no text. */
static void
assert_difference(const char *text, enum aspect aspect, const char *ours, const char *theirs)
{
	const struct gmime_difference *difference;
	struct sample sample;

	sample_text(&sample, text, &parser_mime);
	assert_int_equal(sample.msg.n_gmime_differences, 1);
	assert_int_equal(sample_met(&sample, FACT_GMIME_DIFFERS), 1);
	difference = &sample.msg.gmime_differences[sample_fact(&sample, FACT_GMIME_DIFFERS)->value];
	assert_int_equal(difference->aspect, aspect);
	assert_int_equal(difference->ours.data != NULL, ours != NULL);
	assert_int_equal(difference->theirs.data != NULL, theirs != NULL);
	assert_slice(difference->ours, ours ? ours : "");
	assert_slice(difference->theirs, theirs ? theirs : "");
	sample_free(&sample);
}

static void
assert_none(const char *text)
{
	struct sample sample;

	sample_text(&sample, text, &parser_mime);
	assert_int_equal(sample_count(&sample, FACT_GMIME_PARTS, FACT_GMIME_DIFFERS), 0);
	sample_free(&sample);
}

static void
a_type_that_stands_twice_is_read_in_two_ways(void **state)
{
	(void)state;
	assert_difference(FROM "Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\nhi\r\n",
	    ASPECT_TYPE, "text/plain", "text/html");
}

static void
an_encoding_counts_by_what_it_does_to_the_bytes(void **state)
{
	(void)state;
	assert_difference(FROM "Content-Transfer-Encoding: base64\r\n"
			       "Content-Transfer-Encoding: quoted-printable\r\n\r\nQUJD\r\n",
	    ASPECT_ENCODING, "base64", "quoted-printable");
	assert_none(FROM "Content-Transfer-Encoding: x-own\r\n\r\nhi\r\n");
	assert_none(FROM "Content-Transfer-Encoding: 8bit\r\n"
			 "Content-Transfer-Encoding: 7bit\r\n\r\nhi\r\n");
}

static void
a_name_with_a_gap_is_read_in_two_ways(void **state)
{
	(void)state;
	assert_difference(FROM
	    "Content-Disposition: attachment; filename*0=a; filename*2=b\r\n\r\nhi\r\n",
	    ASPECT_FILE_NAME, "a", "ab");
}

static void
the_boundary_that_each_reader_takes_is_told(void **state)
{
	(void)state;
	assert_difference(
	    MULTIPART "\"b\r\n\r\n--b\r\n\r\nhi\r\n--b--\r\n", ASPECT_BOUNDARY, "b", "\"b");
}

static void
lawful_ways_to_write_the_same_are_no_difference(void **state)
{
	(void)state;
	assert_none(FROM "Content-Type: TEXT/plain (all of it)\r\n\r\nhi\r\n");
	assert_none(FROM "Content-Type: text/plain; name=\"a\\\"b\"\r\n\r\nhi\r\n");
	assert_none(FROM "Content-Type: text/plain; name*=utf-8''a%20b\r\n\r\nhi\r\n");
	assert_none(FROM "Content-Type: text/plain; name=\"=?utf-8?q?=C3=A9?=\"\r\n\r\nhi\r\n");
	assert_none(MULTIPART "\"b\\c\"\r\n\r\n--bc\r\n\r\nhi\r\n--bc--\r\n");
	assert_none(MULTIPART "b (GMime takes this in)\r\n\r\n--b\r\n\r\nhi\r\n--b--\r\n");
}

static void
a_type_without_subtype_is_told_elsewhere(void **state)
{
	(void)state;
	assert_none(FROM "Content-Type: text\r\n\r\nhi\r\n");
}

static void
an_embedded_message_without_a_byte_is_no_part_to_miss(void **state)
{
	(void)state;
	assert_none(MULTIPART "b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n--b--\r\n");
	assert_none(MULTIPART "b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\r\n--b--\r\n");
}

static void
differences_are_kept_up_to_a_number_and_counted_beyond(void **state)
{
	static const char part[] =
	    "--b\r\nContent-Type: text/plain\r\nContent-Type: text/html\r\n\r\nx\r\n";
	struct sample sample;

	(void)state;
	sample_repeated(&sample, MULTIPART "b\r\n\r\n", part, 40, &parser_mime);
	assert_int_equal(sample.msg.n_gmime_differences, DIFFERENCES_KEPT);
	assert_int_equal(sample_met(&sample, FACT_GMIME_DIFFERS), 40);
	sample_free(&sample);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_type_that_stands_twice_is_read_in_two_ways),
		cmocka_unit_test(an_encoding_counts_by_what_it_does_to_the_bytes),
		cmocka_unit_test(a_name_with_a_gap_is_read_in_two_ways),
		cmocka_unit_test(the_boundary_that_each_reader_takes_is_told),
		cmocka_unit_test(lawful_ways_to_write_the_same_are_no_difference),
		cmocka_unit_test(a_type_without_subtype_is_told_elsewhere),
		cmocka_unit_test(an_embedded_message_without_a_byte_is_no_part_to_miss),
		cmocka_unit_test(differences_are_kept_up_to_a_number_and_counted_beyond),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
