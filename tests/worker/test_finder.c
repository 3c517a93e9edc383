/* test_finder.c - many byte strings and blocks in one pass. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/finder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "torn.h"

/* A list, a finder made of it, and what it found. */
struct trial {
	struct wanted wanted;
	struct search_hit hits[WANTED_HITS_MAX];
	uint32_t n_hits, n_found;
};

static struct trial *
trial_new(void)
{
	struct trial *trial = calloc(1, sizeof *trial);

	assert_non_null(trial);
	return trial;
}

static void
trial_run(struct trial *trial, const void *bytes, size_t len, size_t piece)
{
	struct finder *finder = finder_new(&trial->wanted);

	assert_non_null(finder);
	finder_begin(finder);
	for (size_t at = 0; at < len; at += piece)
		finder_feed(finder, slice_of((const unsigned char *)bytes + at,
					len - at < piece ? len - at : piece));
	trial->n_hits = finder_hits(finder, trial->hits, &trial->n_found);
	finder_free(finder);
	assert_true(wanted_hits_valid(&trial->wanted, trial->hits, trial->n_hits, len));
}

static int
want(struct trial *trial, const char *text)
{
	return wanted_needle(&trial->wanted, slice_str(text));
}

static void
needles_are_found_at_any_offset_across_pieces(void **state)
{
	struct trial *trial = trial_new();
	unsigned char bytes[4096];

	(void)state;
	memset(bytes, '.', sizeof bytes);
	memcpy(bytes, "at the beginning", 16);
	memcpy(bytes + 1017, "across a piece", 14);
	memcpy(bytes + 2000, "across a piece", 14); /* counts once */
	memcpy(bytes + sizeof bytes - 12, "at the  end.", 12);
	assert_int_equal(want(trial, "across a piece"), 0);
	assert_int_equal(want(trial, "at the beginning"), 1);
	assert_int_equal(want(trial, "not in the file"), 2);
	assert_int_equal(want(trial, "at the  end."), 3);
	trial_run(trial, bytes, sizeof bytes, 1024);
	assert_int_equal(trial->n_found, 3);
	assert_int_equal(trial->n_hits, 3);
	assert_int_equal(trial->hits[0].which, 1);
	assert_int_equal(trial->hits[0].offset, 0);
	assert_int_equal(trial->hits[1].which, 0);
	assert_int_equal(trial->hits[1].offset, 1017);
	assert_int_equal(trial->hits[2].which, 3);
	assert_int_equal(trial->hits[2].offset, sizeof bytes - 12);
	free(trial);
}

/* One is the end, the middle or the beginning of another. */
static void
needles_within_needles_are_found(void **state)
{
	struct trial *trial = trial_new();
	static const char text[] = "....abcdefghijklmnopqrstuvwxyz....";

	(void)state;
	want(trial, "abcdefghijklmnopqrstuvwxyz");
	want(trial, "ijklmnopqrstuvwxyz");
	want(trial, "defghijklmnopq");
	want(trial, "abcdefghijkl");
	want(trial, "nopqrstuvwxyz");
	want(trial, "abcdefghijklz");
	trial_run(trial, text, sizeof text - 1, 3);
	assert_int_equal(trial->n_found, 5);
	for (uint32_t i = 0; i < trial->n_hits; i++) {
		const struct search_hit *hit = &trial->hits[i];

		assert_int_equal(hit->is_block, 0);
		assert_memory_equal(text + hit->offset, trial->wanted.needles[hit->which],
		    trial->wanted.needle_len[hit->which]);
	}
	free(trial);
}

/* Little alphabets make many prefixes; memmem(3) says what is true. */
static void
the_same_is_found_as_one_by_one(void **state)
{
	unsigned char bytes[1536];

	(void)state;
	srand(20010305);
	for (unsigned round = 0; round < 60; round++) {
		struct trial *trial = trial_new();
		uint32_t n_true = 0;

		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = (unsigned char)("abc"[rand() % (2 + (int)(round % 2))]);
		for (unsigned i = 0; i < WANTED_NEEDLES_MAX; i++) {
			const size_t len = 12 + (size_t)(rand() % 20);
			const size_t at = (size_t)rand() % (sizeof bytes - len);
			unsigned char needle[64];

			memcpy(needle, bytes + at, len);
			if (i % 3 == 0)
				needle[(size_t)rand() % len] = 'a';
			wanted_needle(&trial->wanted, slice_of(needle, len));
		}
		trial_run(trial, bytes, sizeof bytes, 512);
		for (uint32_t i = 0; i < trial->wanted.n_needles; i++)
			n_true += memmem(bytes, sizeof bytes, trial->wanted.needles[i],
				      trial->wanted.needle_len[i]) != NULL;
		assert_int_equal(trial->n_found, n_true);
		for (uint32_t i = 0; i < trial->n_hits; i++) {
			const uint32_t which = trial->hits[i].which;
			const unsigned char *first = memmem(bytes, sizeof bytes,
			    trial->wanted.needles[which], trial->wanted.needle_len[which]);

			assert_ptr_equal(first, bytes + trial->hits[i].offset);
		}
		free(trial);
	}
}

static void
blocks_are_found_at_multiples_of_their_size_only(void **state)
{
	struct trial *trial = trial_new();
	unsigned char bytes[8 * TORN_BLOCK + 100], block[TORN_BLOCK];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(i * i >> 3);
	for (size_t i = 0; i < sizeof block; i++)
		block[i] = (unsigned char)(i * 7);
	memcpy(bytes + 5 * TORN_BLOCK, block, sizeof block);
	assert_int_equal(wanted_block(&trial->wanted, torn_hash(block)), 0);
	assert_int_equal(wanted_block(&trial->wanted, torn_hash(bytes)), 1);
	assert_int_equal(wanted_block(&trial->wanted, torn_hash(bytes + 10)), 2);
	trial_run(trial, bytes, sizeof bytes, 2 * TORN_BLOCK);
	assert_int_equal(trial->n_hits, 2);
	assert_int_equal(trial->hits[0].is_block, 1);
	assert_int_equal(trial->hits[0].which, 1);
	assert_int_equal(trial->hits[0].offset, 0);
	assert_int_equal(trial->hits[1].which, 0);
	assert_int_equal(trial->hits[1].offset, 5 * TORN_BLOCK);
	free(trial);
}

static void
more_than_can_be_told_is_counted(void **state)
{
	struct trial *trial = trial_new();
	unsigned char *bytes = calloc(300, TORN_BLOCK);

	(void)state;
	assert_non_null(bytes);
	for (unsigned i = 0; i < 300; i++) {
		char needle[32];

		memset(bytes + (size_t)i * TORN_BLOCK, (int)i, TORN_BLOCK);
		snprintf(needle, sizeof needle, "needle number %03u", i);
		memcpy(bytes + (size_t)i * TORN_BLOCK + 100, needle, 17);
		assert_int_equal(want(trial, needle), i < 256 ? (int)i : -1);
		wanted_block(&trial->wanted, torn_hash(bytes + (size_t)i * TORN_BLOCK));
	}
	trial_run(trial, bytes, (size_t)300 * TORN_BLOCK, 65536);
	assert_int_equal(trial->n_found, 256 + 300);
	assert_int_equal(trial->n_hits, WANTED_HITS_MAX);
	assert_int_equal(trial->hits[31].is_block, 0);
	assert_int_equal(trial->hits[32].is_block, 1);
	free(bytes);
	free(trial);
}

/* Needles that nearly match at each byte: one by one they would cost 256 times 500 comparisons a
 * byte, a quarter of an hour here, which is more than the runner of the tests allows. */
static void
needles_that_nearly_match_everywhere_are_passed_over_at_once(void **state)
{
	const size_t len = (size_t)16 << 20, piece = (size_t)256 << 10;
	struct trial *trial = trial_new();
	unsigned char *bytes = malloc(len), needle[WANTED_NEEDLE_MAX];

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'A', len);
	for (unsigned i = 0; i < WANTED_NEEDLES_MAX; i++) {
		memset(needle, 'A', sizeof needle);
		if (i % 2)
			needle[sizeof needle - 1 - i] = 'B';
		wanted_needle(&trial->wanted, slice_of(needle, sizeof needle - (i % 2 ? 0 : i)));
	}
	trial_run(trial, bytes, len, piece);
	assert_int_equal(trial->n_found, WANTED_NEEDLES_MAX / 2);
	for (size_t i = 300; i < len; i += 300 + i % 211)
		bytes[i] = 'B';
	trial_run(trial, bytes, len, piece);
	assert_in_range(trial->n_found, 1, WANTED_NEEDLES_MAX);
	free(bytes);
	free(trial);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(needles_are_found_at_any_offset_across_pieces),
		cmocka_unit_test(needles_within_needles_are_found),
		cmocka_unit_test(the_same_is_found_as_one_by_one),
		cmocka_unit_test(blocks_are_found_at_multiples_of_their_size_only),
		cmocka_unit_test(more_than_can_be_told_is_counted),
		cmocka_unit_test(needles_that_nearly_match_everywhere_are_passed_over_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
