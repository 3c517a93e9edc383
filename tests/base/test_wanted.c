/* test_wanted.c - lists of what is searched for, and which hits can be. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wanted.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

static struct wanted *
list_new(void)
{
	struct wanted *wanted = malloc(sizeof *wanted);

	assert_non_null(wanted);
	wanted_clear(wanted);
	return wanted;
}

static void
needles_have_their_lengths_and_no_twin(void **state)
{
	struct wanted *wanted = list_new();
	unsigned char bytes[WANTED_NEEDLE_MAX + 1] = "hay and a needle";

	(void)state;
	assert_int_equal(wanted_needle(wanted, slice_of(bytes, 11)), -1);
	assert_int_equal(wanted_needle(wanted, slice_of(bytes, sizeof bytes)), -1);
	assert_int_equal(wanted->n_needles, 0);
	assert_int_equal(wanted_needle(wanted, slice_of(bytes, 12)), 0);
	assert_int_equal(wanted_needle(wanted, slice_of(bytes, WANTED_NEEDLE_MAX)), 1);
	assert_int_equal(wanted_needle(wanted, slice_of(bytes, 12)), 0);
	assert_int_equal(wanted->n_needles, 2);
	free(wanted);
}

static void
full_lists_take_no_more(void **state)
{
	struct wanted *wanted = list_new();
	unsigned char bytes[12] = { 0 };

	(void)state;
	for (int i = 0; i < WANTED_NEEDLES_MAX; i++) {
		bytes[5] = (unsigned char)i;
		assert_int_equal(wanted_needle(wanted, slice_of(bytes, 12)), i);
	}
	bytes[0] = 1;
	assert_int_equal(wanted_needle(wanted, slice_of(bytes, 12)), -1);
	for (uint64_t i = 0; i < WANTED_BLOCKS_MAX; i++)
		assert_int_equal(wanted_block(wanted, i + 1), (int)i);
	assert_int_equal(wanted_block(wanted, 7), 6);
	assert_int_equal(wanted_block(wanted, UINT64_MAX), -1);
	free(wanted);
}

static void
hits_that_cannot_be_are_not_valid(void **state)
{
	static const struct {
		struct search_hit hits[2];
		size_t count;
		bool valid;
	} rows[] = {
		{ { { 0 } }, 0, true },
		{ { { .offset = 988 } }, 1, true },
		{ { { .offset = 989 } }, 1, false },
		{ { { .offset = UINT64_MAX } }, 1, false },
		{ { { .which = 2 } }, 1, false },
		{ { { .which = 1, .offset = 4 } }, 1, true },
		{ { { .is_block = 1, .which = 0 } }, 1, true },
		{ { { .is_block = 1, .which = 1 } }, 1, false },
		{ { { .is_block = 2 } }, 1, false },
		{ { { .is_block = 1, .offset = 100 } }, 1, false },
		{ { { .is_block = 1, .offset = 512 } }, 1, false }, /* 512 + 512 > 1000 */
		{ { { .which = 1 }, { .offset = 5 } }, 2, true },
		{ { { .which = 1, .offset = 6 }, { .offset = 5 } }, 2, false },
		{ { { .which = 1 }, { .which = 1, .offset = 5 } }, 2, false },
		{ { { .offset = 7 }, { .is_block = 1 } }, 2, true },
		{ { { .is_block = 1 }, { .offset = 7 } }, 2, false },
	};
	struct wanted *wanted = list_new();

	(void)state;
	wanted_needle(wanted, slice_str("twelve bytes"));
	wanted_needle(wanted, slice_str("thirteen byte"));
	wanted_block(wanted, 4711);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(
		    wanted_hits_valid(wanted, rows[i].hits, rows[i].count, 1000), rows[i].valid);
	assert_false(wanted_hits_valid(wanted, NULL, WANTED_HITS_MAX + 1, 1000));
	free(wanted);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(needles_have_their_lengths_and_no_twin),
		cmocka_unit_test(full_lists_take_no_more),
		cmocka_unit_test(hits_that_cannot_be_are_not_valid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
