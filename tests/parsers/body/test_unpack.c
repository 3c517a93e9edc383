/* test_unpack.c - files taken out of uuencode, BinHex and TNEF, and RTF unpacked. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parser.h"
#include "tnef_stream.h"
#include "unpack.h"

static int
set_up(void **state)
{
	*state = arena_new((size_t)256 << 20, NULL);
	return *state && parser_charset.warm() ? 0 : -1;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static struct unpacking
uuencoded(struct arena *arena, const char *text, uint64_t budget)
{
	struct unpacking unpacking = unpacking_start(arena, budget);

	unpack_uuencode(&unpacking, slice_str(text), false);
	return unpacking;
}

static void
every_block_of_a_text_is_a_file(void **state)
{
	const struct unpacking got = uuencoded(*state,
	    "Hello.\r\nbegin 644 one\r\n#0V%T\r\n`\r\nend\r\nbegin 644 two\r\n#9&]G\r\n`\r\nend\r\n",
	    1000);

	assert_int_equal(got.n_files, 2);
	assert_true(slice_eq(got.files[0].name, "one") && slice_eq(got.files[0].bytes, "Cat"));
	assert_true(slice_eq(got.files[1].name, "two") && slice_eq(got.files[1].bytes, "dog"));
	assert_int_equal(got.files[0].at, 8);
	assert_true(got.files[0].whole && got.files[1].whole && got.whole);
}

static void
a_block_without_end_is_not_whole(void **state)
{
	const struct unpacking got =
	    uuencoded(*state, "begin 644 one\r\n#0V%T\r\nand prose\r\n", 1000);

	assert_int_equal(got.n_files, 1);
	assert_true(slice_eq(got.files[0].bytes, "Cat"));
	assert_false(got.files[0].whole);
}

static void
the_budget_is_kept(void **state)
{
	const struct unpacking got = uuencoded(*state, "begin 644 one\r\n#0V%T\r\n`\r\nend\r\n", 2);

	assert_int_equal(got.n_files, 0);
	assert_false(got.whole);
}

#define BANNER "(This file must be converted with BinHex 4.0)\r\n\r\n"

/* cat.txt, "Caaaaat", no resource fork; a run of five in it. */
static const char binhex[] = "\"f0KG#jdH(3!9%9B9(4dH(3!N!8(!*!%Tdj$BC!&G#PZ!!!!";

static void
a_binhex_file_has_its_name_and_runs(void **state)
{
	struct unpacking unpacking = unpacking_start(*state, 1000);
	char text[300];

	snprintf(text, sizeof text, "Hello.\r\n" BANNER ":%s:\r\nBye.\r\n", binhex);
	unpack_binhex(&unpacking, slice_str(text), false);
	assert_int_equal(unpacking.n_files, 1);
	assert_true(slice_eq(unpacking.files[0].name, "cat.txt"));
	assert_true(slice_eq(unpacking.files[0].bytes, "Caaaaat"));
	assert_int_equal(unpacking.files[0].at, 8);
	assert_true(unpacking.files[0].whole);
}

static void
a_binhex_file_that_is_cut_is_not_whole(void **state)
{
	struct unpacking unpacking = unpacking_start(*state, 1000);
	char text[300];

	snprintf(text, sizeof text, BANNER ":%.48s", binhex);
	unpack_binhex(&unpacking, slice_str(text), false);
	assert_int_equal(unpacking.n_files, 1);
	assert_false(unpacking.files[0].whole);
}

static void
a_banner_in_prose_is_no_file(void **state)
{
	struct unpacking unpacking = unpacking_start(*state, 1000);

	unpack_binhex(&unpacking,
	    slice_str("They said:\r\n(This file must be converted with BinHex 4.0)\r\nOh.\r\n"),
	    false);
	assert_int_equal(unpacking.n_files, 0);
	assert_true(unpacking.whole);
}

static void
binhex_without_a_sound_header_is_not_whole(void **state)
{
	struct unpacking unpacking = unpacking_start(*state, 1000);

	unpack_binhex(&unpacking, slice_str(BANNER ":!!!!!!!!\r\n:\r\n"), false);
	assert_int_equal(unpacking.n_files, 0);
	assert_false(unpacking.whole);
}

static void
a_tnef_attachment_has_title_and_data(void **state)
{
	struct unpacking unpacking = unpacking_start(*state, 1000);
	struct stream stream;

	begin(&stream);
	put_attribute(&stream, 1, 0x0002800c, "The text.", 10);
	put_attribute(&stream, 2, 0x00069002, "\1\0\0\0\0\0\0\0\0\0\0\0\0\0", 14);
	put_attribute(&stream, 2, 0x00018010, "cat.txt", 8);
	put_attribute(&stream, 2, 0x0006800f, "Cat", 3);
	unpack_tnef(&unpacking, slice_of(stream.bytes + stream.start, stream.len - stream.start));
	assert_int_equal(unpacking.n_files, 2);
	assert_int_equal(unpacking.files[0].kind, UNPACKED_TEXT);
	assert_true(slice_eq(unpacking.files[0].bytes, "The text."));
	assert_true(slice_eq(unpacking.files[1].name, "cat.txt"));
	assert_true(slice_eq(unpacking.files[1].bytes, "Cat"));
	assert_true(unpacking.files[1].whole && unpacking.whole);
}

static void
of_tnef_that_ends_early_the_rest_is_taken(void **state)
{
	struct unpacking unpacking = unpacking_start(*state, 1000);
	struct stream stream;

	begin(&stream);
	put_attribute(&stream, 2, 0x00069002, "\1\0\0\0\0\0\0\0\0\0\0\0\0\0", 14);
	put_attribute(&stream, 2, 0x0006800f, "A longer attachment", 19);
	unpack_tnef(
	    &unpacking, slice_of(stream.bytes + stream.start, stream.len - stream.start - 12));
	assert_int_equal(unpacking.n_files, 1);
	assert_true(slice_eq(unpacking.files[0].bytes, "A longer "));
	assert_false(unpacking.files[0].whole || unpacking.whole);
}

/* [MS-OXRTFCP] 4.1.1: the example of the specification, and its text. */
static void
the_example_of_the_specification_is_unpacked(void **state)
{
	static const unsigned char value[] = { 0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c,
		0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70,
		0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00,
		0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0 };
	bool whole;
	const struct slice rtf = unpack_rtf(*state, slice_of(value, sizeof value), 1000, &whole);

	assert_true(slice_eq(rtf, "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"));
	assert_true(whole);
}

static void
rtf_never_unpacks_beyond_its_bound(void **state)
{
	unsigned char value[16 + 17 * 600];
	bool whole;
	struct slice rtf;

	memset(value, 0xff, sizeof value);
	memcpy(value, "\0\0\0\0\xff\xff\xff\x7fLZFu\0\0\0\0", 16);
	for (size_t i = 16; i < sizeof value; i++)
		value[i] = (i - 16) % 17 == 0 ? 0xff : (i - 16) % 2 ? 0x00 : 0x0f;
	rtf = unpack_rtf(*state, slice_of(value, sizeof value), 1000, &whole);
	assert_null(rtf.data);
	assert_false(whole);
}

static void
dates_are_read_with_their_zone(void **state)
{
	int64_t seconds;
	int zone;

	(void)state;
	assert_true(unpack_date(slice_str(" Mon, 5 Mar 2001 14:07:51 -0600"), &seconds, &zone));
	assert_int_equal(seconds, 983822871);
	assert_int_equal(zone, -360);
	assert_true(unpack_date(slice_str("5 Mar 99 14:07 EST"), &seconds, &zone));
	assert_int_equal(zone, -300);
	assert_false(unpack_date(slice_str("31 Feb 2001 00:00:00 +0000"), &seconds, &zone));
	assert_false(unpack_date(slice_str("the day after"), &seconds, &zone));
}

static void
text_tells_what_is_none_of_its_charset(void **state)
{
	struct unpacked_text text =
	    unpack_text(*state, slice_str("iso-8859-1"), slice_str("Gr\xfc\xdf"));

	assert_true(text.known);
	assert_true(slice_eq(text.utf8, "Gr\xc3\xbc\xc3\x9f"));
	assert_int_equal(text.n_invalid, 0);
	text = unpack_text(*state, slice_str("utf-8"), slice_str("Gr\xfc"));
	assert_true(text.n_invalid > 0);
	assert_false(unpack_text(*state, slice_str("no such"), slice_str("x")).known);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_block_of_a_text_is_a_file),
		cmocka_unit_test(a_block_without_end_is_not_whole),
		cmocka_unit_test(the_budget_is_kept),
		cmocka_unit_test(a_banner_in_prose_is_no_file),
		cmocka_unit_test(a_binhex_file_has_its_name_and_runs),
		cmocka_unit_test(a_binhex_file_that_is_cut_is_not_whole),
		cmocka_unit_test(a_tnef_attachment_has_title_and_data),
		cmocka_unit_test(of_tnef_that_ends_early_the_rest_is_taken),
		cmocka_unit_test(binhex_without_a_sound_header_is_not_whole),
		cmocka_unit_test(the_example_of_the_specification_is_unpacked),
		cmocka_unit_test(rtf_never_unpacks_beyond_its_bound),
		cmocka_unit_test(dates_are_read_with_their_zone),
		cmocka_unit_test(text_tells_what_is_none_of_its_charset),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
