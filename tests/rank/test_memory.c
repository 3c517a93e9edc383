/* test_memory.c - a ranking is the same whatever the memory that it was sorted in. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "forest.h"

#define FILES 3000

/* Every third file has a twin by body, every fifth by Message-ID; names are long, so that little
 * memory holds few of them; two roots share all names. */
static void
plant_many(struct forest *forest)
{
	for (int i = 0; i < FILES; i++) {
		/* 1009 and FILES have no common divisor: all names, in disorder. */
		const int k = i * 1009 % FILES;
		char path[64];

		snprintf(
		    path, sizeof path, "In/a name that is rather long for a spool %04d", k / 2);
		forest_add(forest, (struct sapling){ .path = path,
				       .root = k % 2 ? "east" : "west",
				       .folder = k % 7 ? FOLDER_IN : FOLDER_IN_ARCHIVE,
				       .status = k % 97 == 0 ? STATUS_FAILED : STATUS_EXAMINED,
				       .unexamined = k % 97 == 0,
				       .rules = { k % 500 == 3  ? RULE(IMC)
						  : k % 11 == 0 ? RULE(ODD)
								: 0 },
				       .body = k % 3 ? 0 : 1000 + (uint64_t)k / 9,
				       .message_id = k % 5 ? 0 : 1 + (uint64_t)k / 15 });
	}
}

/* All that the suspects tell, in rank order, by hash. */
struct told {
	uint64_t hash, n;
};

static void
mix(struct told *told, const void *data, size_t len)
{
	const unsigned char *bytes = data;

	for (size_t i = 0; i < len; i++)
		told->hash = (told->hash ^ bytes[i]) * UINT64_C(0x100000001b3);
}

static bool
tell(void *context, const struct suspect *suspect)
{
	struct told *told = context;

	told->n++;
	mix(told, suspect->path.data, suspect->path.len);
	mix(told, suspect->root, strlen(suspect->root));
	mix(told, suspect->twin.data, suspect->twin.len);
	if (suspect->n_twins > 0)
		mix(told, suspect->twin_root, strlen(suspect->twin_root));
	mix(told, &suspect->n_twins, sizeof suspect->n_twins);
	mix(told, &suspect->score, sizeof suspect->score);
	mix(told, &suspect->level, sizeof suspect->level);
	mix(told, &suspect->probability, sizeof suspect->probability);
	return true;
}

static struct told
rank_in(size_t memory, struct summary *summary)
{
	struct forest forest = { .options = { .exchange = RELEASE_UNKNOWN,
				     .archive_is_control = true,
				     .sort_memory = memory } };
	struct told told = { .hash = 1 };

	forest_plant(&forest);
	plant_many(&forest);
	forest_finish(&forest);
	assert_true(ranking_walk(forest.ranking, tell, &told));
	*summary = forest.summary;
	forest_fell(&forest);
	return told;
}

static void
little_memory_changes_nothing(void **state)
{
	struct summary usual, small;
	const struct told all = rank_in(0, &usual), few = rank_in(1, &small);

	(void)state;
	assert_int_equal(all.n, FILES);
	assert_int_equal(few.n, FILES);
	assert_int_equal(all.hash, few.hash);
	assert_memory_equal(usual.manifest, small.manifest, sizeof usual.manifest);
	assert_true(usual.not_in_tree == small.not_in_tree);
	assert_true(usual.by_level[LEVEL_CRITICAL] > 0);
	assert_memory_equal(usual.by_level, small.by_level, sizeof usual.by_level);
}

static void
a_twin_is_told_of_the_first_other_by_name_in_little_memory_too(void **state)
{
	struct forest forest = { .options = { .exchange = RELEASE_UNKNOWN, .sort_memory = 1 } };
	struct fruit fruit;

	(void)state;
	forest_plant(&forest);
	forest_add_many(&forest, "x", 500, -1);
	forest_add(&forest, (struct sapling){ .path = "In/C", .body = 5 });
	forest_add(&forest, (struct sapling){ .path = "In/A", .body = 5 });
	forest_add(&forest, (struct sapling){ .path = "In/B", .body = 5 });
	forest_finish(&forest);
	fruit = forest_pick(&forest, "In/A");
	assert_int_equal(fruit.suspect.n_twins, 2);
	assert_string_equal(fruit.twin, "In/B");
	fruit = forest_pick(&forest, "In/C");
	assert_string_equal(fruit.twin, "In/A");
	forest_fell(&forest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(little_memory_changes_nothing),
		cmocka_unit_test(a_twin_is_told_of_the_first_other_by_name_in_little_memory_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
