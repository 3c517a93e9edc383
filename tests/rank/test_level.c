/* test_level.c - levels, their names, and the logarithm in whole millibits. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <math.h>

#include "rank/level.h"

static void
levels_begin_at_their_thresholds(void **state)
{
	(void)state;
	assert_int_equal(level_of(8000), LEVEL_CRITICAL);
	assert_int_equal(level_of(7999), LEVEL_HIGH);
	assert_int_equal(level_of(5000), LEVEL_HIGH);
	assert_int_equal(level_of(4999), LEVEL_MEDIUM);
	assert_int_equal(level_of(3000), LEVEL_MEDIUM);
	assert_int_equal(level_of(2999), LEVEL_LOW);
	assert_int_equal(level_of(-2000), LEVEL_LOW);
	assert_int_equal(level_of(-2001), LEVEL_CLEAN);
	assert_int_equal(level_of(INT32_MIN), LEVEL_CLEAN);
}

static void
names_and_levels_agree(void **state)
{
	(void)state;
	for (int i = 0; i < LEVEL_COUNT; i++)
		assert_int_equal(level_by_name(level_name((enum level)i)), i);
	assert_int_equal(level_by_name("Critical"), LEVEL_COUNT);
	assert_int_equal(level_by_name(""), LEVEL_COUNT);
	assert_string_equal(level_name(LEVEL_COUNT), "");
}

static void
powers_of_two_are_exact(void **state)
{
	(void)state;
	for (int i = -60; i <= 60; i++)
		assert_int_equal(level_millibits(ldexp(1, i)), 1000 * i);
}

static void
millibits_agree_with_the_library_where_it_is_not_close(void **state)
{
	(void)state;
	for (double ratio = 1e-9; ratio < 1e9; ratio *= 1.0371) {
		const double exact = 1000 * log2(ratio);

		if (fabs(exact - floor(exact) - 0.5) > 0.001)
			assert_int_equal(level_millibits(ratio), (int32_t)floor(exact + 0.5));
	}
}

static void
the_cap_is_the_top_of_low(void **state)
{
	(void)state;
	assert_int_equal(level_millibits(level_ratio(2990)), 2990);
	assert_int_equal(level_of(2990), LEVEL_LOW);
}

static void
what_has_no_logarithm_is_the_least_number(void **state)
{
	(void)state;
	assert_int_equal(level_millibits(0), INT32_MIN);
	assert_int_equal(level_millibits(-1), INT32_MIN);
	assert_int_equal(level_millibits((double)NAN), INT32_MIN);
	assert_int_equal(level_millibits((double)INFINITY), INT32_MIN);
}

static void
a_ratio_of_millibits_has_these_millibits(void **state)
{
	(void)state;
	assert_true(level_ratio(0) == 1);
	assert_true(level_ratio(14000) == 16384);
	assert_true(level_ratio(-3000) == 0.125);
	for (int32_t millibits = -20000; millibits <= 20000; millibits++)
		assert_int_equal(level_millibits(level_ratio(millibits)), millibits);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_begin_at_their_thresholds),
		cmocka_unit_test(names_and_levels_agree),
		cmocka_unit_test(powers_of_two_are_exact),
		cmocka_unit_test(millibits_agree_with_the_library_where_it_is_not_close),
		cmocka_unit_test(the_cap_is_the_top_of_low),
		cmocka_unit_test(what_has_no_logarithm_is_the_least_number),
		cmocka_unit_test(a_ratio_of_millibits_has_these_millibits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
