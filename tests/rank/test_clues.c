/* test_clues.c - what logs say of a file multiplies its ratio; each rule once. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wood.h"

#include <errno.h>

static void
a_clue_adds_its_factor_to_the_score(void **state)
{
	struct wood wood = { 0 };
	struct fruit fruit;

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A" });
	forest_add(&wood.forest, (struct sapling){ .path = "In/B", .rules = { RULE(STORE) } });
	attach(&wood, 0, NAMED, 8000, "app.evt");
	forest_finish(&wood.forest);
	fruit = forest_pick(&wood.forest, "In/A");
	/* -3000 + 8000 */
	assert_int_equal(fruit.suspect.score, 5000);
	assert_int_equal(fruit.suspect.level, LEVEL_HIGH);
	assert_int_equal(fruit.suspect.n_clues, 1);
	assert_int_equal(fruit.suspect.clue_bits, 8000);
	assert_int_equal(score_of(&wood, "In/B"), 12006);
	assert_int_equal(forest_pick(&wood.forest, "In/B").suspect.n_clues, 0);
	assert_int_equal(wood.forest.summary.clues, 1);
	forest_fell(&wood.forest);
}

static void
each_rule_counts_once_and_the_largest_of_it(void **state)
{
	struct wood wood = { 0 };

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A" });
	forest_add(&wood.forest, (struct sapling){ .path = "In/B" });
	attach(&wood, 0, NAMED, 2000, "a.evt");
	attach(&wood, 0, NAMED, 6000, "b.evt");
	attach(&wood, 0, IN_USE, 1000, "robocopy.log");
	/* The heavier one speaks against the file. */
	attach(&wood, 1, IN_USE, 1000, "a");
	attach(&wood, 1, IN_USE, -3000, "b");
	forest_finish(&wood.forest);
	assert_int_equal(score_of(&wood, "In/A"), -3000 + 6000 + 1000);
	assert_int_equal(score_of(&wood, "In/B"), -3000 - 3000);
	forest_fell(&wood.forest);
}

static void
no_clue_counts_more_than_its_row_and_none_more_than_fourteen_bits(void **state)
{
	struct wood wood = { 0 };

	(void)state;
	wood_grow(&wood, false);
	for (int i = 0; i < 3; i++)
		forest_add(&wood.forest,
		    (struct sapling){ .path = (const char *[]){ "In/A", "In/B", "In/C" }[i] });
	attach(&wood, 0, IN_USE, 16000, "a");
	attach(&wood, 1, NAMED, 8000, "a");
	attach(&wood, 1, IN_USE, 5000, "a");
	attach(&wood, 1, OUT, 3000, "a");
	attach(&wood, 2, NAMED, -8000, "a");
	attach(&wood, 2, IN_USE, -5000, "a");
	attach(&wood, 2, AGAINST, -16000, "a");
	forest_finish(&wood.forest);
	assert_int_equal(score_of(&wood, "In/A"), -3000 + 5000);
	assert_int_equal(score_of(&wood, "In/B"), -3000 + 14000);
	assert_int_equal(score_of(&wood, "In/C"), -3000 - 14000);
	forest_fell(&wood.forest);
}

static void
evidence_lifts_violations_above_low(void **state)
{
	struct wood wood = { 0 };

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A", .rules = { RULE(VIOLATED) } });
	attach(&wood, 0, NAMED, 8000, "a");
	forest_finish(&wood.forest);
	/* log2(2^-10 / 1e-3 + 2^-3) = log2(1.1015625) = 0.1395 */
	assert_int_equal(score_of(&wood, "In/A"), 8140);
	assert_int_equal(forest_pick(&wood.forest, "In/A").suspect.level, LEVEL_CRITICAL);
	forest_fell(&wood.forest);
}

static void
a_file_in_archive_stays_medium_unless_named_there(void **state)
{
	struct wood wood = { 0 };
	struct clue clue = clue_for(NAMED, 8000, "a");

	(void)state;
	wood_grow(&wood, false);
	forest_add(
	    &wood.forest, (struct sapling){ .path = "In/Archive/A", .folder = FOLDER_IN_ARCHIVE });
	forest_add(
	    &wood.forest, (struct sapling){ .path = "In/Archive/B", .folder = FOLDER_IN_ARCHIVE });
	/* What its own bytes make of it stays. */
	forest_add(&wood.forest,
	    (struct sapling){
		.path = "In/Archive/C", .folder = FOLDER_IN_ARCHIVE, .rules = { RULE(STORE) } });
	for (uint64_t i = 0; i < 3; i++) {
		attach(&wood, i, NAMED, 8000, "a");
		attach(&wood, i, IN_USE, 5000, "a");
	}
	clue.flags = CLUE_PLACED;
	assert_true(ranking_attach(wood.forest.ranking, 1, &clue));
	forest_finish(&wood.forest);
	assert_int_equal(score_of(&wood, "In/Archive/A"), 4990);
	assert_int_equal(forest_pick(&wood.forest, "In/Archive/A").suspect.level, LEVEL_MEDIUM);
	assert_int_equal(score_of(&wood, "In/Archive/B"), 10000);
	assert_int_equal(score_of(&wood, "In/Archive/C"), 10006);
	forest_fell(&wood.forest);
}

static void
a_missing_file_is_ranked_by_its_clues_and_was_not_seen(void **state)
{
	struct wood wood = { 0 };
	struct fruit fruit;
	const struct ranked_file missing = { .root = "",
		.reason = "",
		.path = slice_str("In/GONE"),
		.folder = FOLDER_IN,
		.status = STATUS_MISSING };

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A" });
	assert_true(ranking_add(wood.forest.ranking, &missing, NULL));
	attach(&wood, 1, NAMED, 8000, "a");
	attach(&wood, 1, IN_USE, 5000, "b");
	forest_finish(&wood.forest);
	fruit = forest_pick(&wood.forest, "In/GONE");
	assert_int_equal(fruit.suspect.rank, 1);
	assert_int_equal(fruit.suspect.score, 10000);
	assert_int_equal(fruit.suspect.level, LEVEL_CRITICAL);
	assert_true(fruit.suspect.probability > 0.9);
	assert_int_equal(wood.forest.summary.seen, 1);
	assert_int_equal(wood.forest.summary.by_status[STATUS_MISSING], 1);
	assert_int_equal(wood.forest.summary.arithmetic.n_scored, 1);
	assert_int_equal(wood.forest.summary.arithmetic.n_hypotheses, 2);
	forest_fell(&wood.forest);
}

static bool
reason_is(void *context, const struct suspect *suspect)
{
	*(bool *)context = strcmp(suspect->reason, "recover from the source") == 0;
	return false;
}

static void
a_missing_file_says_to_recover_it(void **state)
{
	struct wood wood = { 0 };
	bool told = false;
	const struct ranked_file missing = {
		.root = "", .reason = "", .path = slice_str("In/GONE"), .status = STATUS_MISSING
	};

	(void)state;
	wood_grow(&wood, false);
	assert_true(ranking_add(wood.forest.ranking, &missing, NULL));
	forest_finish(&wood.forest);
	assert_true(ranking_walk(wood.forest.ranking, reason_is, &told));
	assert_true(told);
	forest_fell(&wood.forest);
}

static void
a_file_that_evidence_names_is_no_control(void **state)
{
	int32_t score[2];

	(void)state;
	for (int named = 0; named < 2; named++) {
		struct wood wood = { 0 };

		wood_grow(&wood, true);
		forest_add(
		    &wood.forest, (struct sapling){ .path = "In/A", .rules = { RULE(STORE) } });
		for (int i = 0; i < 20; i++) {
			char path[32];

			snprintf(path, sizeof path, "In/Archive/%02d", i);
			forest_add(&wood.forest, (struct sapling){ .path = path,
						     .folder = FOLDER_IN_ARCHIVE,
						     .rules = { i == 0 ? RULE(STORE) : 0 } });
		}
		if (named)
			attach(&wood, 1, OUT, 3000, "a");
		forest_finish(&wood.forest);
		score[named] = score_of(&wood, "In/A");
		forest_fell(&wood.forest);
	}
	/* One of twenty healthy: q = 1.5/21, and the cap of a documented crash is that. */
	assert_int_equal(score[0], level_millibits(0.125 + 0x1p-6 / (1.5 / 21)));
	assert_int_equal(score[1], 12006);
}

static void
evidence_rows_are_no_causes_and_no_findings(void **state)
{
	struct wood wood = { 0 };
	const double total = 0.125 + 2 * 0x1p-5 + 0x1p-6 + 2 * 0x1p-7 + 0x1p-10 + 0x1p-13;
	struct fruit fruit;

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A", .rules = { NAMED + 1 } });
	forest_finish(&wood.forest);
	assert_true(wood.forest.summary.arithmetic.total_weight == total);
	fruit = forest_pick(&wood.forest, "In/A");
	assert_int_equal(fruit.suspect.score, -3000);
	assert_int_equal(fruit.bits[0], INT32_MIN);
	forest_fell(&wood.forest);
}

static void
clues_of_a_rule_that_is_off_are_passed_over(void **state)
{
	struct wood wood = { .disabled = { [NAMED] = true } };
	struct clue clue = clue_for(NAMED, 8000, "a");

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A" });
	attach(&wood, 0, NAMED, 8000, "a");
	clue.cause = CAUSE_IMCEXT;
	assert_true(ranking_rule_out(wood.forest.ranking, &clue));
	forest_finish(&wood.forest);
	assert_int_equal(score_of(&wood, "In/A"), -3000);
	assert_int_equal(wood.forest.summary.clues, 0);
	assert_int_equal(wood.forest.summary.n_rule_outs, 0);
	forest_fell(&wood.forest);
}

static void
what_is_no_clue_is_refused(void **state)
{
	struct wood wood = { 0 };
	struct clue clue = clue_for(RULE_STORE, 8000, "a"), none = clue_for(NAMED, 8000, "a");

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A" });
	assert_false(ranking_attach(wood.forest.ranking, 0, &clue));
	assert_int_equal(errno, EINVAL);
	assert_false(ranking_attach(wood.forest.ranking, 1, &none));
	assert_false(ranking_rule_out(wood.forest.ranking, &clue));
	none.cause = CAUSE_COUNT;
	assert_false(ranking_rule_out(wood.forest.ranking, &none));
	none.cause = 0;
	none.log_len = CLUE_LOG_MAX + 1;
	assert_false(ranking_attach(wood.forest.ranking, 0, &none));
	forest_fell(&wood.forest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clue_adds_its_factor_to_the_score),
		cmocka_unit_test(each_rule_counts_once_and_the_largest_of_it),
		cmocka_unit_test(no_clue_counts_more_than_its_row_and_none_more_than_fourteen_bits),
		cmocka_unit_test(evidence_lifts_violations_above_low),
		cmocka_unit_test(a_file_in_archive_stays_medium_unless_named_there),
		cmocka_unit_test(a_missing_file_is_ranked_by_its_clues_and_was_not_seen),
		cmocka_unit_test(a_missing_file_says_to_recover_it),
		cmocka_unit_test(a_file_that_evidence_names_is_no_control),
		cmocka_unit_test(evidence_rows_are_no_causes_and_no_findings),
		cmocka_unit_test(clues_of_a_rule_that_is_off_are_passed_over),
		cmocka_unit_test(what_is_no_clue_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
