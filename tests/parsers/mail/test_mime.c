/* test_mime.c - the second reader: its warnings, their places, and where it differs from us. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define MULTIPART "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"

static void
assert_quiet(const struct sample *sample)
{
	assert_int_equal(sample_met(sample, FACT_GMIME_WARNING), 0);
	assert_int_equal(sample_met(sample, FACT_GMIME_NULL), 0);
	assert_int_equal(sample_met(sample, FACT_GMIME_PARTS), 0);
}

static void
sound_mail_raises_nothing(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample,
	    "From: a@a.example\r\nTo: b@b.example\r\nDate: Mon, 1 Jan 2001 00:00:00 +0000\r\n"
	    "Message-ID: <1@a.example>\r\n" MULTIPART "--b\r\n\r\none\r\n--b\r\n"
	    "Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ntwo\r\n--b--\r\n",
	    &parser_mime);
	assert_quiet(&sample);
	sample_free(&sample);
}

static void
a_warning_has_the_place_of_its_field(void **state)
{
	struct sample sample;
	const struct fact *fact;

	(void)state;
	sample_text(&sample, "From: a@a.example\r\nSubject: caf\xe9\r\n\r\nhi\r\n", &parser_mime);
	fact = sample_fact(&sample, FACT_GMIME_WARNING);
	assert_int_equal(fact->value, 3);
	assert_int_equal(fact->offset, sample_at(&sample, "Subject"));
	assert_int_equal(fact->field, 1);
	sample_free(&sample);
}

static void
offsets_count_from_the_first_byte_of_the_file(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample,
	    "From a@a.example Mon Jan  1 00:00:00 2001\r\nFrom: a@a.example\r\n"
	    "Subject: caf\xe9\r\n\r\nhi\r\n",
	    &parser_mime);
	assert_int_equal(sample_met(&sample, FACT_GMIME_NULL), 0);
	assert_int_equal(
	    sample_fact(&sample, FACT_GMIME_WARNING)->offset, sample_at(&sample, "Subject"));
	sample_free(&sample);
}

static void
a_multipart_without_parts_is_warned_of(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, "From: a@a.example\r\n" MULTIPART "nothing here\r\n", &parser_mime);
	assert_true(sample_met(&sample, FACT_GMIME_WARNING) > 0);
	sample_free(&sample);
}

static void
no_message_at_all_is_a_fact(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, "no colon here\r\nnor here\r\n", &parser_mime);
	assert_int_equal(sample_met(&sample, FACT_GMIME_NULL), 1);
	sample_free(&sample);
}

static void
a_boundary_too_long_for_gmime_shows_in_the_parts(void **state)
{
	static char text[40000];
	char boundary[5001];
	struct sample sample;

	(void)state;
	memset(boundary, 'x', 5000);
	boundary[5000] = '\0';
	snprintf(text, sizeof text,
	    "From: a@a.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
	    "boundary=\"%s\"\r\n\r\n"
	    "--%s\r\n\r\none\r\n--%s\r\n\r\ntwo\r\n--%s--\r\n",
	    boundary, boundary, boundary, boundary);
	sample_text(&sample, text, &parser_mime);
	assert_int_equal(sample_fact(&sample, FACT_GMIME_PARTS)->value, 0);
	sample_free(&sample);
}

static void
the_libraries_name_their_versions(void **state)
{
	(void)state;
	assert_true(parser_mime.warm());
	assert_int_equal(strncmp(mime_library_version(), "3.", 2), 0);
	assert_int_equal(strncmp(mime_glib_version(), "2.", 2), 0);
}

static void
every_prefix_is_read(void **state)
{
	static const char text[] =
	    "From: =?utf-8?q?a?= <a@a.example>\r\nTo: g: b@b.example;\r\n" MULTIPART
	    "--b\r\nContent-Type: text/plain; name*0*=utf-8''x; name*1=y\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--b\r\n"
	    "Content-Type: message/rfc822\r\n\r\n"
	    "Subject: x\r\n\r\ntwo\r\n--b--\r\n";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_mime);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_mail_raises_nothing),
		cmocka_unit_test(a_warning_has_the_place_of_its_field),
		cmocka_unit_test(offsets_count_from_the_first_byte_of_the_file),
		cmocka_unit_test(a_multipart_without_parts_is_warned_of),
		cmocka_unit_test(no_message_at_all_is_a_fact),
		cmocka_unit_test(a_boundary_too_long_for_gmime_shows_in_the_parts),
		cmocka_unit_test(the_libraries_name_their_versions),
		cmocka_unit_test(every_prefix_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
