/*
 * test_score.c - scores against values worked out by hand from LR = 2^-3 + sum v w / q.
 *
 * Trees of 100 files, f = 6, unless said otherwise; numbers are millibits.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "forest.h"

#include <math.h>

#include "rank/weights.h"

/* The score of one file among 99 without findings. */
static struct fruit
alone(struct sapling sapling)
{
	struct forest forest = forest_new();
	struct fruit fruit;

	forest_add_many(&forest, "CLEAN", 99, -1);
	forest_add(&forest, sapling);
	forest_finish(&forest);
	fruit = forest_pick(&forest, sapling.path);
	forest_fell(&forest);
	return fruit;
}

static void
expect(struct fruit fruit, int32_t score, enum level level)
{
	assert_true(fruit.suspect.has_score);
	assert_int_equal(fruit.suspect.score, score);
	assert_int_equal(fruit.suspect.level, level);
}

static void
a_file_without_findings_scores_minus_three_bits(void **state)
{
	(void)state;
	expect(alone((struct sapling){ .path = "In/X" }), -3000, LEVEL_CLEAN);
}

static void
each_class_has_its_weight(void **state)
{
	(void)state;
	/* A suspect by itself, q over its row's 0.38: 2^-5 / 1e-5 / 0.38 = 8223.7; 2^-6: 4111.8;
	 * 2^-7: 2055.9. Others as their rows say: 2^-10 / 1e-3; 2^-13 / 1e-2 */
	expect(alone((struct sapling){ .path = "In/X", .rules = { RULE(IMC) } }), 13006,
	    LEVEL_CRITICAL);
	expect(alone((struct sapling){ .path = "In/X", .rules = { RULE(STORE) } }), 12006,
	    LEVEL_CRITICAL);
	expect(alone((struct sapling){ .path = "In/X", .rules = { RULE(DAMAGED) } }), 11006,
	    LEVEL_CRITICAL);
	expect(
	    alone((struct sapling){ .path = "In/X", .rules = { RULE(VIOLATED) } }), 140, LEVEL_LOW);
	expect(
	    alone((struct sapling){ .path = "In/X", .rules = { RULE(ODD) } }), -2866, LEVEL_CLEAN);
}

static void
causes_add_up_before_the_logarithm(void **state)
{
	(void)state;
	/* (1562.5 + 781.25) / 0.38 + 0.125 */
	expect(alone((struct sapling){ .path = "In/X", .rules = { RULE(STORE), RULE(DAMAGED) } }),
	    12591, LEVEL_CRITICAL);
}

static void
a_rule_counts_once_but_each_finding_has_its_bits(void **state)
{
	struct fruit fruit = alone(
	    (struct sapling){ .path = "In/X", .rules = { RULE(STORE), RULE(STORE), RULE(ODD) } });

	(void)state;
	/* 1562.5 / 0.38 + 0.01220703125 + 0.125 */
	expect(fruit, 12006, LEVEL_CRITICAL);
	assert_int_equal(fruit.bits[0], 12006);
	assert_int_equal(fruit.bits[1], 12006);
	assert_int_equal(fruit.bits[2], -6356);
}

static void
a_vague_source_takes_two_bits(void **state)
{
	(void)state;
	expect(alone((struct sapling){ .path = "In/X", .rules = { RULE(VAGUE) } }), 11006,
	    LEVEL_CRITICAL);
}

static void
the_other_direction_and_the_archive_take_two_bits_each(void **state)
{
	(void)state;
	expect(alone((struct sapling){
		   .path = "Out/X", .folder = FOLDER_OUT, .rules = { RULE(STORE) } }),
	    10006, LEVEL_CRITICAL);
	expect(alone((struct sapling){
		   .path = "A", .folder = FOLDER_IN_ARCHIVE, .rules = { RULE(STORE) } }),
	    10006, LEVEL_CRITICAL);
	expect(alone((struct sapling){
		   .path = "A", .folder = FOLDER_OUT_ARCHIVE, .rules = { RULE(STORE) } }),
	    8006, LEVEL_CRITICAL);
	expect(alone((struct sapling){
		   .path = "O", .folder = FOLDER_OTHER, .rules = { RULE(STORE) } }),
	    12006, LEVEL_CRITICAL);
	expect(alone((struct sapling){
		   .path = "Out/X", .folder = FOLDER_OUT, .rules = { RULE(LOOP_OUT) } }),
	    11006, LEVEL_CRITICAL);
}

static int32_t
store_score_for(enum release exchange)
{
	struct forest forest = { .options = { .exchange = exchange } };
	int32_t score;

	forest_plant(&forest);
	forest_add_many(&forest, "CLEAN", 99, -1);
	forest_add(&forest, (struct sapling){ .path = "In/X", .rules = { RULE(STORE) } });
	forest_finish(&forest);
	score = forest_pick(&forest, "In/X").suspect.score;
	forest_fell(&forest);
	return score;
}

static void
a_release_that_has_the_fix_takes_a_factor_of_ten(void **state)
{
	(void)state;
	/* MS00-082 is in 5.5 up to SP3; 156.25 / 0.38 + 0.125 */
	assert_int_equal(store_score_for(R55SP3), 12006);
	assert_int_equal(store_score_for(R55SP4), 8684);
	assert_int_equal(store_score_for(R40), 8684);
}

/* Two rows of one class: 2^-6 / 1e-3 is 3.97 bits, a suspect; 2^-6 / 2e-3 is 2.97, none. */
static void
the_scale_of_q_is_for_rules_that_alone_make_a_suspect(void **state)
{
	struct rule row = rule_rows[RULE_STORE], measured = row;
	struct constants unscaled = *constants_default();
	const struct constants *usual = constants_default();

	(void)state;
	row.base_rate = 1e-3;
	assert_true(fabs(weight_of(usual, &row, RELEASE_UNKNOWN).q0 - 3.8e-4) < 1e-12);
	/* That a release is not affected changes v, and not q. */
	assert_true(fabs(weight_of(usual, &row, R55SP4).q0 - 3.8e-4) < 1e-12);
	unscaled.q_scale = 1;
	assert_true(fabs(weight_of(&unscaled, &row, RELEASE_UNKNOWN).q0 - 1e-3) < 1e-12);
	row.base_rate = 2e-3;
	assert_true(fabs(weight_of(usual, &row, RELEASE_UNKNOWN).q0 - 2e-3) < 1e-12);
	/* What was seen in healthy mail stands against any estimate. */
	measured.measured_hits = 9;
	measured.measured_of = 9999;
	assert_true(fabs(weight_of(usual, &measured, RELEASE_UNKNOWN).q0 - 9.5e-4) < 1e-12);
}

static void
violations_alone_are_at_most_low(void **state)
{
	static const struct rule row = {
		.id = "v", .cases = "", .rfc = "", .rule_class = RULE_VIOLATION
	};
	const struct rule *list[16];
	struct forest forest = { .options = { .exchange = RELEASE_UNKNOWN } };
	struct sapling seven = { .path = "In/7" }, sixteen = { .path = "In/16" };

	(void)state;
	forest_plant(&forest);
	ranking_free(forest.ranking);
	for (int i = 0; i < 16; i++) {
		list[i] = &row;
		sixteen.rules[i] = i + 1;
		seven.rules[i] = i < 7 ? i + 1 : 0;
	}
	forest.options.rules = list;
	forest.options.n_rules = 16;
	forest.ranking = ranking_new(&forest.options, spill_new("/tmp"));
	forest_add_many(&forest, "CLEAN", 98, -1);
	forest_add(&forest, seven);
	forest_add(&forest, sixteen);
	forest_finish(&forest);
	/* 7 * 0.9765625 + 0.125 = 6.9609375; 16 * 0.9765625 + 0.125 = 15.75 would be 3.977 bits */
	expect(forest_pick(&forest, "In/7"), 2799, LEVEL_LOW);
	expect(forest_pick(&forest, "In/16"), 2990, LEVEL_LOW);
	forest_fell(&forest);
}

static void
damage_in_work_is_low_and_in_the_queue_critical(void **state)
{
	struct fruit fruit = alone(
	    (struct sapling){ .path = "W", .folder = FOLDER_WORK, .rules = { RULE(DAMAGED) } });

	(void)state;
	expect(fruit, 2990, LEVEL_LOW);
	assert_int_equal(fruit.bits[0], 2990);
	/* A documented fault keeps its weight: log2(2^-3 + 2^-6 / 3.8e-6). */
	expect(alone((struct sapling){
		   .path = "W", .folder = FOLDER_WORK, .rules = { RULE(STORE), RULE(DAMAGED) } }),
	    12006, LEVEL_CRITICAL);
	expect(
	    alone((struct sapling){ .path = "W", .folder = FOLDER_WORK, .rules = { RULE(STORE) } }),
	    12006, LEVEL_CRITICAL);
}

static void
a_weak_finding_weighs_as_an_oddity(void **state)
{
	struct fruit fruit =
	    alone((struct sapling){ .path = "In/X", .rules = { RULE(DAMAGED) }, .weak = true });

	(void)state;
	expect(fruit, -2866, LEVEL_CLEAN);
	assert_int_equal(fruit.bits[0], -6356);
}

static void
a_disabled_rule_adds_nothing(void **state)
{
	const bool disabled[N_RULES] = { [RULE_STORE] = true };
	struct forest forest = { .options = { .exchange = RELEASE_UNKNOWN, .disabled = disabled } };
	struct fruit fruit;

	(void)state;
	forest_plant(&forest);
	forest_add_many(&forest, "CLEAN", 9, -1);
	forest_add(&forest, (struct sapling){ .path = "In/X", .rules = { RULE(STORE) } });
	forest_finish(&forest);
	fruit = forest_pick(&forest, "In/X");
	expect(fruit, -3000, LEVEL_CLEAN);
	assert_int_equal(fruit.bits[0], INT32_MIN);
	forest_fell(&forest);
}

static void
a_worker_death_is_scored_a_file_that_cannot_be_read_is_unknown(void **state)
{
	struct fruit dead = alone((struct sapling){
	    .path = "In/X", .status = STATUS_FAILED, .rules = { RULE(DAMAGED) } });
	struct fruit unread = alone((struct sapling){ .path = "In/Y", .status = STATUS_FAILED });
	struct fruit link = alone(
	    (struct sapling){ .path = "In/Z", .status = STATUS_EXCLUDED, .unexamined = true });

	(void)state;
	expect(dead, 11006, LEVEL_CRITICAL);
	assert_false(unread.suspect.has_score);
	assert_int_equal(unread.suspect.level, LEVEL_UNKNOWN);
	assert_false(link.suspect.has_score);
	assert_int_equal(link.suspect.level, LEVEL_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_without_findings_scores_minus_three_bits),
		cmocka_unit_test(each_class_has_its_weight),
		cmocka_unit_test(causes_add_up_before_the_logarithm),
		cmocka_unit_test(a_rule_counts_once_but_each_finding_has_its_bits),
		cmocka_unit_test(a_vague_source_takes_two_bits),
		cmocka_unit_test(the_other_direction_and_the_archive_take_two_bits_each),
		cmocka_unit_test(a_release_that_has_the_fix_takes_a_factor_of_ten),
		cmocka_unit_test(the_scale_of_q_is_for_rules_that_alone_make_a_suspect),
		cmocka_unit_test(violations_alone_are_at_most_low),
		cmocka_unit_test(damage_in_work_is_low_and_in_the_queue_critical),
		cmocka_unit_test(a_weak_finding_weighs_as_an_oddity),
		cmocka_unit_test(a_disabled_rule_adds_nothing),
		cmocka_unit_test(a_worker_death_is_scored_a_file_that_cannot_be_read_is_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
