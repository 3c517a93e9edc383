/* test_prevalence.c - what many files of a tree share is no evidence; what a few share is. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "forest.h"

#include "rank/weights.h"

static struct fruit
first_of(int sharing, int others, int rule)
{
	struct forest forest = forest_new();
	struct fruit fruit;

	forest_add_many(&forest, "SHARE", sharing, rule);
	forest_add_many(&forest, "OTHER", others, -1);
	forest_finish(&forest);
	fruit = forest_pick(&forest, "In/SHARE0000");
	forest_fell(&forest);
	return fruit;
}

static void
damage_in_sixty_of_a_hundred_files_is_no_evidence(void **state)
{
	struct fruit fruit = first_of(60, 40, RULE_DAMAGED);

	(void)state;
	/* q = 60/100: 2^-7 / 0.6 + 0.125 = 0.138021 */
	assert_int_equal(fruit.suspect.score, -2857);
	assert_int_equal(fruit.suspect.level, LEVEL_CLEAN);
}

static void
four_files_that_share_a_documented_fault_stay_critical(void **state)
{
	struct fruit fruit = first_of(4, 96, RULE_STORE);

	(void)state;
	assert_int_equal(fruit.suspect.score, 12006);
	assert_int_equal(fruit.suspect.level, LEVEL_CRITICAL);
}

static void
a_documented_crash_is_capped_at_one_percent(void **state)
{
	(void)state;
	/* 2^-6 / 0.01 + 0.125 = 1.6875 */
	assert_int_equal(first_of(60, 40, RULE_STORE).suspect.score, 755);
	/* No crash: q = (60 - 1 - 6) / 99; direction In against Out: 0.25 * 2^-7 / q + 0.125 */
	assert_int_equal(first_of(60, 40, RULE_LOOP_OUT).suspect.score, -2958);
}

static void
a_handful_of_files_is_no_tree_that_shares(void **state)
{
	(void)state;
	assert_int_equal(first_of(1, 0, RULE_DAMAGED).suspect.score, 11006);
	assert_int_equal(first_of(7, 0, RULE_DAMAGED).suspect.score, 11006);
	/* Eight of eight are: q = 1. */
	assert_int_equal(first_of(8, 0, RULE_DAMAGED).suspect.score, -2913);
}

static struct weight
weight_named(int rule)
{
	return weight_of(constants_default(), rule_list[rule], RELEASE_UNKNOWN);
}

static void
near(double value, double wanted)
{
	assert_true(value > wanted - 1e-12 && value < wanted + 1e-12);
}

static void
the_free_handful_grows_with_the_tree_up_to_twentyfive(void **state)
{
	const struct weight weight = weight_named(RULE_VIOLATED);

	(void)state;
	near(weight_q(constants_default(), &weight, 7, 101), 1e-3);        /* 7 - 1 - 6 = 0 */
	near(weight_q(constants_default(), &weight, 8, 201), 1.0 / 200);   /* f = 6 */
	near(weight_q(constants_default(), &weight, 23, 1000), 2.0 / 999); /* f = 20 */
	near(weight_q(constants_default(), &weight, 29, 1250 + 1),
	    3.0 / 1250); /* f = 25.02, held at 25 */
	near(weight_q(constants_default(), &weight, 126, 100001),
	    1e-3); /* 100 / 100000, the floor */
	near(weight_q(constants_default(), &weight, 526, 100001), 500.0 / 100000);
}

static void
q_never_falls_below_estimate_or_measurement(void **state)
{
	struct rule row = rule_rows[RULE_VIOLATED];

	(void)state;
	row.base_rate = 0.02;
	near(weight_of(constants_default(), &row, RELEASE_UNKNOWN).q0, 0.02);
	row.measured_hits = 99;
	row.measured_of = 1989;
	near(weight_of(constants_default(), &row, RELEASE_UNKNOWN).q0, 99.5 / 1990);
	row.measured_hits = 0;
	near(weight_of(constants_default(), &row, RELEASE_UNKNOWN).q0, 0.02);
	row.base_rate = 0;
	near(weight_of(constants_default(), &row, RELEASE_UNKNOWN).q0, 1e-3);
}

static void
a_violation_shared_by_less_than_half_the_tree_is_still_low(void **state)
{
	(void)state;
	/* q held at 2^-10 / 2^-3 = 2^-7: 0.125 + 0.125 = 2^-2 */
	assert_int_equal(first_of(50, 50, RULE_VIOLATED).suspect.score, -2000);
	assert_int_equal(first_of(50, 50, RULE_VIOLATED).suspect.level, LEVEL_LOW);
	assert_int_equal(first_of(51, 49, RULE_VIOLATED).suspect.level, LEVEL_CLEAN);
	assert_int_equal(first_of(50, 50, RULE_DAMAGED).suspect.level, LEVEL_LOW);
}

static void
an_oddity_and_what_healthy_mail_often_does_are_not_lifted(void **state)
{
	struct rule row = rule_rows[RULE_VIOLATED];
	struct weight weight;

	(void)state;
	row.base_rate = 0.02;
	weight = weight_of(constants_default(), &row, RELEASE_UNKNOWN);
	near(weight_q(constants_default(), &weight, 50, 101), 43.0 / 100);
	row.rule_class = RULE_ODDITY;
	weight = weight_of(constants_default(), &row, RELEASE_UNKNOWN);
	near(weight_q(constants_default(), &weight, 50, 101), 43.0 / 100);
}

static struct fruit
first_of_twins(bool by_body, bool by_id)
{
	struct forest forest = forest_new();
	struct fruit fruit;

	for (int i = 0; i < 60; i++) {
		char path[32];

		snprintf(path, sizeof path, "In/TWIN%04d", i);
		forest_add(&forest, (struct sapling){ .path = path,
					.rules = { RULE(DAMAGED) },
					.body = by_body ? 7 : 0,
					.message_id = by_id ? 9 : 0 });
	}
	forest_add_many(&forest, "OTHER", 40, -1);
	forest_finish(&forest);
	fruit = forest_pick(&forest, "In/TWIN0000");
	forest_fell(&forest);
	return fruit;
}

static void
copies_of_one_message_count_once(void **state)
{
	(void)state;
	assert_int_equal(first_of_twins(true, false).suspect.score, 11006);
	assert_int_equal(first_of_twins(false, true).suspect.score, 11006);
	assert_int_equal(first_of_twins(false, false).suspect.score, -2857);
}

static void
each_copy_names_the_first_other_one_by_name(void **state)
{
	static const char *const paths[] = { "In/C", "In/A", "In/D", "In/B" };
	struct forest forest = forest_new();
	struct fruit fruit;

	(void)state;
	for (int i = 0; i < 4; i++)
		forest_add(&forest, (struct sapling){ .path = paths[i], .body = i < 3 ? 7 : 8 });
	forest_finish(&forest);
	fruit = forest_pick(&forest, "In/A");
	assert_int_equal(fruit.suspect.n_twins, 2);
	assert_string_equal(fruit.twin, "In/C");
	fruit = forest_pick(&forest, "In/C");
	assert_string_equal(fruit.twin, "In/A");
	fruit = forest_pick(&forest, "In/D");
	assert_string_equal(fruit.twin, "In/A");
	fruit = forest_pick(&forest, "In/B");
	assert_int_equal(fruit.suspect.n_twins, 0);
	forest_fell(&forest);
}

/* Moved to Temp, kept in Archive, met again in In: one message by its text or by its Message-ID. */
static void
one_message_in_in_temp_and_archive_is_told_as_one(void **state)
{
	static const struct sapling three[] = {
		{ .path = "In/A", .folder = FOLDER_IN, .body = 7, .message_id = 1 },
		{ .path = "In/Temp/A", .folder = FOLDER_IN_TEMP, .body = 7, .message_id = 2 },
		{ .path = "In/Archive/B", .folder = FOLDER_IN_ARCHIVE, .body = 8, .message_id = 1 },
		{ .path = "In/C", .folder = FOLDER_IN, .body = 9, .message_id = 3 },
	};
	struct forest forest = forest_new();
	struct fruit fruit;

	(void)state;
	for (size_t i = 0; i < sizeof three / sizeof three[0]; i++)
		forest_add(&forest, three[i]);
	forest_finish(&forest);
	fruit = forest_pick(&forest, "In/A");
	assert_int_equal(fruit.suspect.n_twins, 2);
	assert_string_equal(fruit.twin, "In/Archive/B");
	fruit = forest_pick(&forest, "In/Temp/A");
	assert_int_equal(fruit.suspect.n_twins, 2);
	assert_string_equal(fruit.twin, "In/A");
	assert_int_equal(forest_pick(&forest, "In/C").suspect.n_twins, 0);
	forest_fell(&forest);
}

static int32_t
score_with_archive(bool is_control)
{
	struct forest forest = { .options = { .exchange = RELEASE_UNKNOWN,
				     .archive_is_control = is_control } };
	int32_t score;

	forest_plant(&forest);
	for (int i = 0; i < 4; i++) {
		const char path[] = { 'A', (char)('0' + i), '\0' };

		forest_add(&forest, (struct sapling){ .path = path,
					.folder = FOLDER_IN_ARCHIVE,
					.rules = { i < 2 ? RULE(DAMAGED) : 0 } });
	}
	forest_add_many(&forest, "CLEAN", 99, -1);
	forest_add(&forest, (struct sapling){ .path = "In/X", .rules = { RULE(DAMAGED) } });
	forest_finish(&forest);
	score = forest_pick(&forest, "In/X").suspect.score;
	forest_fell(&forest);
	return score;
}

static void
an_archive_of_healthy_mail_measures_q(void **state)
{
	(void)state;
	/* 2 of 4: q0 = 2.5 / 5; 2^-7 / 0.5 + 0.125 = 0.140625 */
	assert_int_equal(score_with_archive(true), -2830);
	assert_int_equal(score_with_archive(false), 11006);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damage_in_sixty_of_a_hundred_files_is_no_evidence),
		cmocka_unit_test(four_files_that_share_a_documented_fault_stay_critical),
		cmocka_unit_test(a_documented_crash_is_capped_at_one_percent),
		cmocka_unit_test(a_handful_of_files_is_no_tree_that_shares),
		cmocka_unit_test(a_violation_shared_by_less_than_half_the_tree_is_still_low),
		cmocka_unit_test(an_oddity_and_what_healthy_mail_often_does_are_not_lifted),
		cmocka_unit_test(the_free_handful_grows_with_the_tree_up_to_twentyfive),
		cmocka_unit_test(q_never_falls_below_estimate_or_measurement),
		cmocka_unit_test(copies_of_one_message_count_once),
		cmocka_unit_test(one_message_in_in_temp_and_archive_is_told_as_one),
		cmocka_unit_test(each_copy_names_the_first_other_one_by_name),
		cmocka_unit_test(an_archive_of_healthy_mail_measures_q),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
