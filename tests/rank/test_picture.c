/* test_picture.c - the tree in counts: nothing is lost, and one false clock spoils nothing. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "rank/tree.h"
#include "test.h"

#define NOON 983880000 /* 2001-03-06T12:00:00Z */

/* A file with its level, and what the spill is to have of it. */
struct drawn_file {
	struct ranked ranked;
	int64_t modified, received;
};

static struct drawn_file
file_of(enum level level, int32_t score, int64_t modified, int64_t received)
{
	return (struct drawn_file){ { .folder = FOLDER_IN,
					.level = (uint8_t)level,
					.has_score = level != LEVEL_UNKNOWN,
					.score = score },
		modified, received };
}

/* The picture of these files, and of all else that the tree has. */
static struct tree_picture
picture_with(struct tree tree, const struct drawn_file *files, uint32_t n)
{
	struct ranked ranked[128];
	char *roots[] = { (char[]){ "" } };
	uint16_t fired[1];
	struct ranking ranking = { .tree = tree, .spill = spill_new("/tmp"), .fired = fired };
	struct tree_picture picture;

	assert_non_null(ranking.spill);
	assert_in_range(n, 0, 128);
	ranking.tree.files = ranked;
	ranking.tree.n_files = n;
	ranking.tree.roots = roots;
	ranking.tree.n_roots = 1;
	for (uint32_t i = 0; i < n; i++) {
		const struct entry entry = { .path = slice_str("In/G1X4TK19"),
			.reason = "",
			.head = { .modified = files[i].modified, .received = files[i].received } };

		ranked[i] = files[i].ranked;
		assert_true(entry_add(&ranking, &entry, NULL, &ranked[i].entry));
	}
	assert_true(picture_count(&ranking, &picture));
	spill_free(ranking.spill);
	return picture;
}

static struct tree_picture
picture_of(const struct drawn_file *files, uint32_t n)
{
	return picture_with((struct tree){ .n_files = 0 }, files, n);
}

static uint64_t
drawn(uint64_t slots[][2], int pair)
{
	uint64_t n = 0;

	for (int i = 0; i < PICTURE_SLOTS; i++)
		n += slots[i][pair];
	return n;
}

static void
files_are_counted_by_folder_and_level(void **state)
{
	struct drawn_file files[] = { file_of(LEVEL_CRITICAL, 9000, NO_TIME, NO_TIME),
		file_of(LEVEL_CLEAN, -3000, NO_TIME, NO_TIME),
		file_of(LEVEL_CLEAN, -3000, NO_TIME, NO_TIME),
		file_of(LEVEL_UNKNOWN, 0, NO_TIME, NO_TIME) };
	struct tree_picture picture;

	(void)state;
	files[2].ranked.folder = FOLDER_OUT;
	picture = picture_of(files, 4);
	assert_int_equal(picture.by_folder[FOLDER_IN][LEVEL_CRITICAL], 1);
	assert_int_equal(picture.by_folder[FOLDER_IN][LEVEL_CLEAN], 1);
	assert_int_equal(picture.by_folder[FOLDER_OUT][LEVEL_CLEAN], 1);
	assert_int_equal(picture.by_folder[FOLDER_IN][LEVEL_UNKNOWN], 1);
	assert_false(picture.has_times);
}

static void
a_bar_holds_scores_from_its_bit_up_to_the_next(void **state)
{
	const struct drawn_file files[] = { file_of(LEVEL_CLEAN, -4000, NO_TIME, NO_TIME),
		file_of(LEVEL_CLEAN, -3001, NO_TIME, NO_TIME),
		file_of(LEVEL_CLEAN, -3000, NO_TIME, NO_TIME),
		file_of(LEVEL_LOW, -1, NO_TIME, NO_TIME), file_of(LEVEL_LOW, 0, NO_TIME, NO_TIME),
		file_of(LEVEL_CRITICAL, 8000, NO_TIME, NO_TIME),
		file_of(LEVEL_CLEAN, INT32_MIN, NO_TIME, NO_TIME),
		file_of(LEVEL_CRITICAL, INT32_MAX, NO_TIME, NO_TIME),
		file_of(LEVEL_UNKNOWN, 0, NO_TIME, NO_TIME) };
	const struct tree_picture picture = picture_of(files, 9);

	(void)state;
	assert_int_equal(picture.scores[0], 3);
	assert_int_equal(picture.scores[1], 1);
	assert_int_equal(picture.scores[3], 1);
	assert_int_equal(picture.scores[4], 1);
	assert_int_equal(picture.scores[12], 1);
	assert_int_equal(picture.scores[PICTURE_SCORES - 1], 1);
}

static void
the_time_line_is_that_of_the_server_where_it_is_known(void **state)
{
	const struct drawn_file files[] = { file_of(LEVEL_HIGH, 6000, NOON + 900000000, NOON),
		file_of(LEVEL_CLEAN, -3000, NOON + 900000000, NOON + 3600),
		file_of(LEVEL_CLEAN, -3000, NOON + 1800, NO_TIME) };
	struct tree_picture picture = picture_of(files, 3);

	(void)state;
	assert_true(picture.has_times);
	assert_in_range(NOON - picture.from, 1, 3600);
	assert_in_range(picture.to - NOON - 3600, 1, 3600);
	assert_int_equal(drawn(picture.received, 0), 1);
	assert_int_equal(drawn(picture.received, 1), 1);
	assert_int_equal(drawn(picture.modified, 0), 1);
	assert_int_equal(picture.beyond[0], 2);
	assert_int_equal(picture.beyond[1], 0);
}

static void
one_false_clock_does_not_stretch_the_line(void **state)
{
	struct drawn_file files[101];
	struct tree_picture picture;

	(void)state;
	for (int i = 0; i < 100; i++)
		files[i] = file_of(LEVEL_CLEAN, -3000, NOON + i, NO_TIME);
	files[100] = file_of(LEVEL_CLEAN, -3000, 0, NO_TIME);
	picture = picture_of(files, 101);
	assert_in_range(picture.to - picture.from, 100, 1000);
	assert_int_equal(drawn(picture.modified, 0), 100);
	assert_int_equal(picture.beyond[0], 1);
}

static void
times_at_the_end_of_time_are_counted_and_not_computed_with(void **state)
{
	const struct drawn_file files[] = { file_of(LEVEL_CLEAN, 0, INT64_MAX, NO_TIME),
		file_of(LEVEL_CLEAN, 0, INT64_MIN + 1, NO_TIME),
		file_of(LEVEL_CLEAN, 0, NOON, NO_TIME) };
	struct tree_picture picture = picture_of(files, 3);

	(void)state;
	assert_int_equal(picture.beyond[0], 2);
	assert_int_equal(drawn(picture.modified, 0), 1);
	picture = picture_of(files, 2);
	assert_false(picture.has_times);
	picture = picture_of(files, 0);
	assert_false(picture.has_times);
}

static void
crashes_and_receipts_share_an_axis_where_the_clock_is_known(void **state)
{
	const struct drawn_file files[] = { file_of(LEVEL_CLEAN, -3000, NO_TIME, NOON - 21600),
		file_of(LEVEL_HIGH, 6000, NO_TIME, NOON - 21600 + 4700) };
	int64_t logged[] = { NOON, NOON + 999999999 };
	const struct tree tree = { .logged = { logged, 2, 2 },
		.crashes = { NOON, NOON + 4900, INT64_MAX },
		.n_crashes = 3,
		.n_crashes_total = 5,
		.has_clock = true,
		.clock = -21600 };
	struct tree_picture picture = picture_with(tree, files, 2);

	(void)state;
	assert_true(picture.from < NOON && picture.to > NOON + 4900 && picture.to < NOON + 9000);
	assert_int_equal(drawn(picture.received, 0), 1);
	assert_int_equal(drawn(picture.received, 1), 1);
	assert_int_equal(drawn(picture.logged, 0), 1);
	assert_int_equal(picture.logged_beyond, 1);
	assert_int_equal(picture.n_crashes, 3);
	assert_int_equal(picture.n_crashes_total, 5);
	assert_int_equal(picture.crashes[1], NOON + 4900);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_counted_by_folder_and_level),
		cmocka_unit_test(a_bar_holds_scores_from_its_bit_up_to_the_next),
		cmocka_unit_test(the_time_line_is_that_of_the_server_where_it_is_known),
		cmocka_unit_test(one_false_clock_does_not_stretch_the_line),
		cmocka_unit_test(times_at_the_end_of_time_are_counted_and_not_computed_with),
		cmocka_unit_test(crashes_and_receipts_share_an_axis_where_the_clock_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
