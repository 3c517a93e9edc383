/* test_escape.c - hostile bytes never reach an output as they are. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "report/escape.h"
#include "report/utf8.h"
#include "test.h"

static void
assert_escaped(const char *hostile, const char *expected)
{
	char buffer[256];

	assert_string_equal(escape_buffer(buffer, sizeof buffer, slice_str(hostile)), expected);
}

static void
control_bytes_are_shown_as_numbers(void **state)
{
	(void)state;
	assert_escaped("a\nb", "a\\x0ab");
	assert_escaped("\x1b[2J", "\\x1b[2J");
	assert_escaped("a\rb\bc\td\x7f", "a\\x0db\\x08c\\x09d\\x7f");
	assert_escaped("\x1b]52;c;AAAA\a", "\\x1b]52;c;AAAA\\x07");
}

static void
c1_and_bidi_and_invisible_characters_are_shown_as_numbers(void **state)
{
	(void)state;
	assert_escaped("\xc2\x9b"
		       "31m",
	    "\\xc2\\x9b31m");
	assert_escaped("a\xe2\x80\xae"
		       "b",
	    "a\\xe2\\x80\\xaeb");
	assert_escaped("a\xe2\x81\xa6"
		       "b",
	    "a\\xe2\\x81\\xa6b");
	assert_escaped("a\xe2\x80\x8b"
		       "b",
	    "a\\xe2\\x80\\x8bb");
	assert_escaped("a\xef\xbb\xbf"
		       "b",
	    "a\\xef\\xbb\\xbfb");
	assert_escaped("a\xc2\xa0"
		       "b",
	    "a\\xc2\\xa0b");
	assert_escaped("\xf3\xa0\x81\x81", "\\xf3\\xa0\\x81\\x81");
}

static void
bytes_that_are_no_utf8_are_shown_as_numbers(void **state)
{
	(void)state;
	assert_escaped("\xff\xfe", "\\xff\\xfe");
	assert_escaped("\xc0\xaf", "\\xc0\\xaf"); /* overlong */
	assert_escaped("\xe0\x80\xaf", "\\xe0\\x80\\xaf");
	assert_escaped("\xed\xa0\x80", "\\xed\\xa0\\x80"); /* surrogate */
	assert_escaped("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
	assert_escaped("\xe2\x82", "\\xe2\\x82"); /* cut */
	assert_escaped("\xe2(", "\\xe2(");
	assert_escaped("\x9b", "\\x9b");
}

static void
characters_that_only_show_pass(void **state)
{
	(void)state;
	assert_escaped("In/G1X4TK19", "In/G1X4TK19");
	assert_escaped("M\xc3\xbcller \xe2\x82\xac", "M\xc3\xbcller \xe2\x82\xac");
	assert_escaped("\xe6\x97\xa5\xe6\x9c\xac", "\xe6\x97\xa5\xe6\x9c\xac");
	assert_escaped("%s%n", "%s%n");
}

static void
backslashes_are_doubled_so_that_escapes_are_unambiguous(void **state)
{
	(void)state;
	assert_escaped("a\\x1b", "a\\\\x1b");
}

static void
blanks_cannot_fake_a_layout(void **state)
{
	(void)state;
	assert_escaped("a b", "a b");
	assert_escaped(" a", "\\x20a");
	assert_escaped("a ", "a\\x20");
	assert_escaped("a   b", "a \\x20\\x20b");
}

static void
a_cut_buffer_ends_in_dots_at_a_whole_character(void **state)
{
	char buffer[10];

	(void)state;
	assert_string_equal(
	    escape_buffer(buffer, sizeof buffer, slice_str("123456789")), "123456789");
	assert_string_equal(
	    escape_buffer(buffer, sizeof buffer, slice_str("1234567890")), "123456...");
	assert_string_equal(
	    escape_buffer(buffer, sizeof buffer, slice_str("12\n\n\n")), "12\\x0a...");
	assert_string_equal(escape_buffer(buffer, 4, slice_str("\n\n")), "...");
}

static void
every_byte_pair_comes_out_clean(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 65536; i++) {
		unsigned char pair[2] = { (unsigned char)(i >> 8), (unsigned char)i };
		char buffer[64];
		struct slice out;

		out = slice_str(escape_buffer(buffer, sizeof buffer, slice_of(pair, 2)));
		assert_true(out.len > 0);
		assert_true(escape_is_utf8(out));
		for (size_t pos = 0; pos < out.len;) {
			uint32_t code = 0;

			pos += utf8_next(out, pos, &code);
			assert_true(code >= 0x20 && (code < 0x7f || code > 0x9f));
		}
	}
}

static void
json_bytes_become_the_character_of_their_value(void **state)
{
	char *text;
	size_t len;

	(void)state;
	assert_true(escape_json(slice_str("a\xff\xc3\xbc\x80"), &text, &len));
	assert_int_equal(len, 7);
	assert_memory_equal(text, "a\xc3\xbf\xc3\xbc\xc2\x80", 7);
	free(text);
}

static void
columns_count_what_a_terminal_shows(void **state)
{
	(void)state;
	assert_int_equal(escape_next(slice_str("\xe6\x97\xa5"), 0).columns, 2);
	assert_int_equal(escape_next(slice_str("\xc3\xbc"), 0).columns, 1);
	assert_int_equal(escape_next(slice_str("u\xcc\x88"), 1).columns, 0);
	assert_int_equal(escape_next(slice_str("\n"), 0).columns, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_bytes_are_shown_as_numbers),
		cmocka_unit_test(c1_and_bidi_and_invisible_characters_are_shown_as_numbers),
		cmocka_unit_test(bytes_that_are_no_utf8_are_shown_as_numbers),
		cmocka_unit_test(characters_that_only_show_pass),
		cmocka_unit_test(backslashes_are_doubled_so_that_escapes_are_unambiguous),
		cmocka_unit_test(blanks_cannot_fake_a_layout),
		cmocka_unit_test(a_cut_buffer_ends_in_dots_at_a_whole_character),
		cmocka_unit_test(every_byte_pair_comes_out_clean),
		cmocka_unit_test(json_bytes_become_the_character_of_their_value),
		cmocka_unit_test(columns_count_what_a_terminal_shows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
