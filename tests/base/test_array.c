/* test_array.c - arrays that grow. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "array.h"

#include <errno.h>
#include <stdlib.h>

#include "test.h"

static void
what_was_there_stays_when_the_array_moves(void **state)
{
	uint32_t *items = NULL;
	size_t room = 0;

	(void)state;
	for (uint32_t i = 0; i < 5000; i++) {
		assert_true(array_grow(&items, &room, (size_t)i + 1, sizeof *items));
		assert_true(room > i);
		items[i] = i * 3;
	}
	for (uint32_t i = 0; i < 5000; i++)
		assert_int_equal(items[i], i * 3);
	free(items);
}

static void
nothing_moves_while_there_is_room(void **state)
{
	uint32_t *items = NULL, *before;
	size_t room = 0, first;

	(void)state;
	assert_true(array_grow(&items, &room, 1, sizeof *items));
	before = items;
	first = room;
	assert_true(array_grow(&items, &room, first, sizeof *items));
	assert_ptr_equal(items, before);
	assert_int_equal(room, first);
	free(items);
}

static void
a_size_beyond_memory_is_refused_and_changes_nothing(void **state)
{
	uint32_t *items = NULL;
	size_t room = 0;

	(void)state;
	assert_true(array_grow(&items, &room, 1, sizeof *items));
	for (unsigned shift = 0; shift < 3; shift++) {
		uint32_t *const before = items;
		const size_t there = room;

		errno = 0;
		assert_false(array_grow(&items, &room, SIZE_MAX >> shift, sizeof *items));
		assert_int_equal(errno, ENOMEM);
		assert_ptr_equal(items, before);
		assert_int_equal(room, there);
	}
	free(items);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_there_stays_when_the_array_moves),
		cmocka_unit_test(nothing_moves_while_there_is_room),
		cmocka_unit_test(a_size_beyond_memory_is_refused_and_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
