/* test_progress.c - the line of the progress bar, and the values of options. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <string.h>

#include "cli/progress.h"
#include "cli/values.h"

static void
line_shows_count_rate_and_time_left(void **state)
{
	char line[256];

	(void)state;
	progress_line(250, 1000, 5000, 79, line, sizeof line);
	assert_string_equal(
	    line, "[#######.......................] 250 of 1000 files, 50/s, 0:15 left");
	progress_line(1000, 1000, 20000, 79, line, sizeof line);
	assert_string_equal(
	    line, "[##############################] 1000 of 1000 files, 50/s, 0:00 left");
	progress_line(10, 100000, 1000, 79, line, sizeof line);
	assert_string_equal(
	    line, "[..............................] 10 of 100000 files, 10/s, 2:46:39 left");
}

static void
line_without_a_total_makes_no_promise(void **state)
{
	char line[256];

	(void)state;
	progress_line(250, 0, 5000, 79, line, sizeof line);
	assert_string_equal(line, "250 files, 50/s");
	progress_line(0, 10, 0, 79, line, sizeof line);
	assert_string_equal(line, "[..............................] 0 of 10 files, 0/s, ? left");
}

static void
files_that_came_later_are_no_negative_rest(void **state)
{
	char line[256];

	(void)state;
	progress_line(12, 10, 1000, 79, line, sizeof line);
	assert_string_equal(
	    line, "[##############################] 12 of 12 files, 12/s, 0:00 left");
}

static void
line_fits_any_terminal(void **state)
{
	char line[256];

	(void)state;
	for (size_t columns = 1; columns < 200; columns++) {
		progress_line(UINT64_MAX / 3, UINT64_MAX / 2, 1, columns, line, sizeof line);
		assert_true(strlen(line) <= columns);
		progress_line(5, 10, 1000, columns, line, sizeof line);
		assert_true(strlen(line) <= columns);
	}
}

static void
numbers_are_digits_in_their_range(void **state)
{
	static const char *const wrong[] = { "", "-1", "+1", " 1", "1 ", "0x1", "1.5",
		"18446744073709551616", "99999999999999999999999", "2", "101" };
	uint64_t number = 42;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(value_number(wrong[i], 3, 100, &number));
	assert_int_equal(number, 42);
	assert_true(value_number("100", 3, 100, &number));
	assert_int_equal(number, 100);
	assert_true(value_number("18446744073709551615", 0, UINT64_MAX, &number));
	assert_true(number == UINT64_MAX);
}

static void
time_limits_are_seconds_with_fractions(void **state)
{
	static const char *const wrong[] = { "", "0", "0.0", "+1", "1+", "1+x", "x", "1e3", "1,5",
		"-1", ".", "1++1", "86401", "99999999999" };
	unsigned base = 2000, per_mb = 1000;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(value_time_limit(wrong[i], &base, &per_mb));
	assert_int_equal(base, 2000);
	assert_true(value_time_limit("3", &base, &per_mb));
	assert_int_equal(base, 3000);
	assert_int_equal(per_mb, 1000);
	assert_true(value_time_limit(".5+0.1234", &base, &per_mb));
	assert_int_equal(base, 500);
	assert_int_equal(per_mb, 123);
	assert_true(value_time_limit("1+0", &base, &per_mb));
	assert_int_equal(per_mb, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_shows_count_rate_and_time_left),
		cmocka_unit_test(line_without_a_total_makes_no_promise),
		cmocka_unit_test(files_that_came_later_are_no_negative_rest),
		cmocka_unit_test(line_fits_any_terminal),
		cmocka_unit_test(numbers_are_digits_in_their_range),
		cmocka_unit_test(time_limits_are_seconds_with_fractions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
