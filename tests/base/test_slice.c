/* test_slice.c - slices never reach outside their bytes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "slice.h"

static void
cut_never_leaves_the_slice(void **state)
{
	struct slice s = slice_str("abcdef");

	(void)state;
	assert_true(slice_eq(slice_cut(s, 2, 3), "cde"));
	assert_true(slice_eq(slice_cut(s, 4, SLICE_NONE), "ef"));
	assert_int_equal(slice_cut(s, 6, 1).len, 0);
	assert_int_equal(slice_cut(s, 7, 1).len, 0);
	assert_int_equal(slice_cut((struct slice){ NULL, 0 }, 0, 4).len, 0);
	assert_true(slice_from(s, 99).data == s.data + 6);
}

static void
trim_takes_all_four_blanks_from_both_ends(void **state)
{
	(void)state;
	assert_true(slice_eq(slice_trim(slice_str(" \t\r\n a b \r\n")), "a b"));
	assert_int_equal(slice_trim(slice_str(" \t ")).len, 0);
}

static void
comparing_folds_ascii_case_only(void **state)
{
	(void)state;
	assert_true(slice_eq_nocase(slice_str("Content-TYPE"), "content-type"));
	assert_false(slice_eq_nocase(slice_str("\xc9"), "\xe9"));
	assert_false(slice_eq_nocase(slice_str("@"), "`"));
	assert_true(slice_starts_nocase(slice_str("IMCEAEX-x"), "imceaex-"));
	assert_false(slice_starts(slice_str("ab"), "abc"));
	assert_true(slice_ends(slice_str("ab.\r\n"), ".\r\n"));
}

static void
finding_sees_the_first_match_at_or_after_the_start(void **state)
{
	struct slice s = slice_of("ab\0ab\0AB", 8);

	(void)state;
	assert_int_equal(slice_find(s, 0, 'b'), 1);
	assert_int_equal(slice_find(s, 2, 'b'), 4);
	assert_int_equal(slice_find(s, 8, 'b'), SLICE_NONE);
	assert_int_equal(slice_find_str(s, 1, "ab"), 3);
	assert_int_equal(slice_find_nocase(s, 4, "ab"), 6);
	assert_int_equal(slice_find_nocase(s, 7, "ab"), SLICE_NONE);
	assert_int_equal(slice_find_nocase(slice_str("a"), 0, "ab"), SLICE_NONE);
	assert_int_equal(slice_rfind(s, 'b'), 4);
	assert_int_equal(slice_find_str(s, 0, ""), SLICE_NONE);
}

static void
index_tells_inside_from_outside(void **state)
{
	static const char bytes[] = "0123456789";
	struct slice outer = slice_of(bytes + 2, 5);

	(void)state;
	assert_int_equal(slice_index(outer, slice_of(bytes + 4, 3)), 2);
	assert_int_equal(slice_index(outer, slice_of(bytes + 7, 0)), 5);
	assert_int_equal(slice_index(outer, slice_of(bytes + 4, 4)), SLICE_NONE);
	assert_int_equal(slice_index(outer, slice_of(bytes + 1, 1)), SLICE_NONE);
}

static void
byte_classes_follow_the_rfcs(void **state)
{
	(void)state;
	assert_true(
	    byte_is_ftext('!') && byte_is_ftext('~') && !byte_is_ftext(':') && !byte_is_ftext(' '));
	assert_true(byte_is_token('+') && !byte_is_token('/') && !byte_is_token('=') &&
		    !byte_is_token(0x80));
	assert_true(!byte_is_token(0));
	assert_true(byte_is_control(0x7f) && byte_is_control(0) && !byte_is_control(' '));
	assert_true(
	    byte_is_alpha('Z') && byte_is_alpha('a') && !byte_is_alpha('[') && !byte_is_alpha('`'));
	assert_int_equal(byte_hex('f'), 15);
	assert_int_equal(byte_hex('A'), 10);
	assert_int_equal(byte_hex('g'), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cut_never_leaves_the_slice),
		cmocka_unit_test(trim_takes_all_four_blanks_from_both_ends),
		cmocka_unit_test(comparing_folds_ascii_case_only),
		cmocka_unit_test(finding_sees_the_first_match_at_or_after_the_start),
		cmocka_unit_test(index_tells_inside_from_outside),
		cmocka_unit_test(byte_classes_follow_the_rfcs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
