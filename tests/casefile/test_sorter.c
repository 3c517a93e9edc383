/* test_sorter.c - items come out in order, whatever memory held. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "casefile/sorter.h"

static int
compare_bytes(const void *context, struct slice a, struct slice b)
{
	const size_t both = a.len < b.len ? a.len : b.len;
	const int order = both ? memcmp(a.data, b.data, both) : 0;

	(void)context;
	return order ? order : a.len < b.len ? -1 : a.len > b.len;
}

/* A small generator of numbers that look drawn: the same in every run. */
static uint32_t
draw(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* `count` items of up to `longest` bytes come out rising, and none is lost. */
static void
sort_many(size_t memory, uint32_t count, uint32_t longest)
{
	struct spill *spill = spill_new("/tmp");
	struct sorter *sorter = sorter_new(spill, memory, compare_bytes, NULL);
	unsigned char *bytes = calloc(1, longest + 1), *last = calloc(1, longest + 1);
	uint64_t added = 0, got = 0;
	uint32_t n = 0, seed = 7;
	struct slice item, before = slice_of(last, 0);
	int more;

	assert_non_null(sorter);
	for (uint32_t i = 0; i < count; i++) {
		const size_t len = draw(&seed) % (longest + 1), half = len / 2;
		struct slice pieces[2];

		for (size_t k = 0; k < len; k++)
			added += bytes[k] = (unsigned char)draw(&seed);
		pieces[0] = slice_of(bytes, half);
		pieces[1] = slice_of(bytes + half, len - half);
		assert_true(sorter_add(sorter, pieces, 2));
	}
	while ((more = sorter_next(sorter, &item)) > 0) {
		assert_true(compare_bytes(NULL, before, item) <= 0);
		for (size_t k = 0; k < item.len; k++)
			got += item.data[k];
		if (item.len > 0)
			memcpy(last, item.data, item.len);
		before = slice_of(last, item.len);
		n++;
	}
	assert_int_equal(more, 0);
	assert_int_equal(n, count);
	assert_int_equal(got, added);
	sorter_free(sorter);
	spill_free(spill);
	free(bytes);
	free(last);
}

static void
what_fits_into_memory_is_sorted(void **state)
{
	(void)state;
	sort_many(1 << 20, 1000, 40);
}

static void
what_does_not_fit_is_sorted_too(void **state)
{
	(void)state;
	sort_many(1, 20000, 40);
}

static void
one_item_may_be_larger_than_memory(void **state)
{
	(void)state;
	sort_many(1, 50, 100000);
}

static void
nothing_is_in_order(void **state)
{
	(void)state;
	sort_many(1, 0, 1);
}

static void
nothing_is_added_after_the_first_was_taken(void **state)
{
	struct spill *spill = spill_new("/tmp");
	struct sorter *sorter = sorter_new(spill, 0, compare_bytes, NULL);
	const struct slice one = slice_str("one");
	struct slice item;

	(void)state;
	assert_true(sorter_add(sorter, &one, 1));
	assert_int_equal(sorter_next(sorter, &item), 1);
	assert_true(slice_eq(item, "one"));
	assert_false(sorter_add(sorter, &one, 1));
	assert_int_equal(sorter_next(sorter, &item), 0);
	assert_int_equal(sorter_next(sorter, &item), 0);
	sorter_free(sorter);
	spill_free(spill);
}

/* A file size limit stands for the full disk. */
static void
a_full_disk_is_an_error(void **state)
{
	const struct rlimit small = { 100000, RLIM_INFINITY };
	struct rlimit before;
	struct spill *spill = spill_new("/tmp");
	struct sorter *sorter = sorter_new(spill, 1, compare_bytes, NULL);
	const struct slice item = slice_str("an item of thirty-three bytes ...");
	bool good = true;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (int i = 0; good && i < 100000; i++)
		good = sorter_add(sorter, &item, 1);
	assert_int_equal(errno, EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_false(good);
	sorter_free(sorter);
	spill_free(spill);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_fits_into_memory_is_sorted),
		cmocka_unit_test(what_does_not_fit_is_sorted_too),
		cmocka_unit_test(one_item_may_be_larger_than_memory),
		cmocka_unit_test(nothing_is_in_order),
		cmocka_unit_test(nothing_is_added_after_the_first_was_taken),
		cmocka_unit_test(a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
