/* test_clue_order.c - rule-outs, and that no order of clues changes anything. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wood.h"

/* ---- rule-outs ---- */

static void
rule_out(struct wood *wood, uint32_t cause, int32_t factor, const char *log)
{
	struct clue clue = clue_for(OUT, factor, log);

	clue.cause = cause;
	assert_true(ranking_rule_out(wood->forest.ranking, &clue));
}

static void
near(double value, double wanted)
{
	assert_true(value > wanted * (1 - 1e-9) && value < wanted * (1 + 1e-9));
}

static void
each_cause_raises_the_prior_once(void **state)
{
	struct wood wood = { 0 };
	const struct summary *summary = &wood.forest.summary;

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A" });
	rule_out(&wood, CAUSE_IMCEXT, 1000, "a");
	rule_out(&wood, CAUSE_IMCEXT, 2000, "b");
	rule_out(&wood, CAUSE_DISK_FULL, 1000, "c");
	forest_finish(&wood.forest);
	/* Odds 1/4 times 2^3 = 2: two thirds. */
	near(summary->arithmetic.prior, 2.0 / 3);
	assert_int_equal(summary->n_rule_outs, 3);
	assert_int_equal(summary->rule_outs[0].factor, 2000);
	assert_memory_equal(summary->rule_outs[0].log, "b", 1);
	assert_int_equal(summary->rule_outs[1].factor, 1000);
	assert_int_equal(summary->rule_outs[1].cause, CAUSE_DISK_FULL);
	assert_int_equal(summary->rule_outs[2].factor, 0);
	forest_fell(&wood.forest);
}

static void
the_prior_never_passes_its_bound(void **state)
{
	struct wood wood = { 0 };

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A" });
	for (uint32_t cause = 1; cause < CAUSE_COUNT; cause++)
		rule_out(&wood, cause, 3000, "a");
	forest_finish(&wood.forest);
	near(wood.forest.summary.arithmetic.prior, 0.95);
	near(
	    wood.forest.summary.not_in_tree + forest_pick(&wood.forest, "In/A").suspect.probability,
	    1);
	forest_fell(&wood.forest);
}

/* ---- order ---- */

static bool
tell(void *context, const struct suspect *suspect)
{
	fprintf(context, "%.*s %d %.17g %u\n", (int)suspect->path.len,
	    (const char *)suspect->path.data, suspect->score, suspect->probability,
	    suspect->n_clues_total);
	for (uint32_t i = 0; i < suspect->n_clues; i++)
		fprintf(context, "  %d %d %.*s %d\n", suspect->clues[i].rule,
		    suspect->clues[i].factor, suspect->clues[i].log_len, suspect->clues[i].log,
		    (int)suspect->clues[i].number);
	return true;
}

#define N_CLUES 211 /* a prime, so that every stride meets each once */

/* Twelve files; those of the first exceed what is shown of a file. */
static struct clue
made_up(unsigned number, uint64_t *file)
{
	struct clue clue = clue_for((uint16_t)(NAMED + number % 3),
	    (int32_t)(number * 37 % 90) * 100 - 1000, number % 5 ? "app.evt" : "copy.log");

	*file = number < 90 ? 0 : number % 12;
	clue.number = number * 7919 % 100;
	return clue;
}

static char *
told_from(unsigned start, unsigned stride)
{
	struct wood wood = { 0 };
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	wood_grow(&wood, false);
	for (int i = 0; i < 12; i++) {
		char path[16];

		snprintf(path, sizeof path, "In/%02d", i);
		forest_add(&wood.forest, (struct sapling){ .path = path });
	}
	for (unsigned i = 0; i < N_CLUES; i++) {
		uint64_t file;
		struct clue clue = made_up((start + i * stride) % N_CLUES, &file);

		assert_true(ranking_attach(wood.forest.ranking, file, &clue));
		clue.cause = clue.rule;
		assert_true(ranking_rule_out(wood.forest.ranking, &clue));
	}
	forest_finish(&wood.forest);
	assert_true(ranking_walk(wood.forest.ranking, tell, out));
	for (uint32_t i = 0; i < wood.forest.summary.n_rule_outs; i++)
		fprintf(out, "%d %d %d\n", wood.forest.summary.rule_outs[i].rule,
		    wood.forest.summary.rule_outs[i].factor,
		    (int)wood.forest.summary.rule_outs[i].number);
	fclose(out);
	forest_fell(&wood.forest);
	return text;
}

static void
the_order_of_attaching_changes_nothing(void **state)
{
	char *first = told_from(0, 1);

	(void)state;
	assert_non_null(strstr(first, "In/00"));
	for (unsigned stride = 2; stride < N_CLUES; stride += 13) {
		char *other = told_from(stride * 3 % N_CLUES, stride);

		assert_string_equal(first, other);
		free(other);
	}
	free(first);
}

static void
sixty_four_clues_are_shown_and_all_are_counted(void **state)
{
	struct wood wood = { 0 };
	struct fruit fruit;

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A" });
	for (int i = 0; i < 100; i++)
		attach(&wood, 0, NAMED, 4000 + i, "a");
	/* Another rule is shown though a hundred clues are heavier. */
	attach(&wood, 0, IN_USE, 1000, "b");
	forest_finish(&wood.forest);
	fruit = forest_pick(&wood.forest, "In/A");
	assert_int_equal(fruit.suspect.n_clues, RANKING_CLUES_MAX);
	assert_int_equal(fruit.suspect.n_clues_total, 101);
	assert_int_equal(fruit.suspect.score, -3000 + 4099 + 1000);
	forest_fell(&wood.forest);
}

/* ---- going over the files ---- */

static bool
attach_to_each(void *context, uint64_t number, const struct suspect *suspect)
{
	struct wood *wood = context;

	assert_false(suspect->has_score);
	assert_int_equal(suspect->path.data[suspect->path.len - 1], 'A' + number);
	if (number == 1)
		assert_int_equal(suspect->record->n_findings, 1);
	attach(wood, number, NAMED, 1000 * ((int32_t)number + 1), "a");
	return number < 1;
}

static void
each_file_is_visited_in_the_order_of_adding_until_told_to_stop(void **state)
{
	struct wood wood = { 0 };

	(void)state;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "Out/A" });
	forest_add(&wood.forest, (struct sapling){ .path = "In/B", .rules = { RULE(STORE) } });
	forest_add(&wood.forest, (struct sapling){ .path = "In/C" });
	assert_true(ranking_each(wood.forest.ranking, attach_to_each, &wood));
	forest_finish(&wood.forest);
	assert_int_equal(score_of(&wood, "Out/A"), -2000);
	assert_int_equal(score_of(&wood, "In/B"), 14006);
	assert_int_equal(score_of(&wood, "In/C"), -3000);
	forest_fell(&wood.forest);
}

static void
other_factors_scale_the_clues_of_their_rule(void **state)
{
	struct wood wood = { .constants = *constants_default() };

	(void)state;
	wood.factors[NAMED] = 4000;
	wood.factors[IN_USE] = 5000;
	wood.constants.factors = wood.factors;
	wood_grow(&wood, false);
	forest_add(&wood.forest, (struct sapling){ .path = "In/A" });
	forest_add(&wood.forest, (struct sapling){ .path = "In/B" });
	attach(&wood, 0, NAMED, 6000, "a");
	attach(&wood, 1, IN_USE, 2000, "a");
	forest_finish(&wood.forest);
	/* Half of the row's eight bits: half of every clue. */
	assert_int_equal(score_of(&wood, "In/A"), -3000 + 3000);
	assert_int_equal(score_of(&wood, "In/B"), -3000 + 2000);
	forest_fell(&wood.forest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_cause_raises_the_prior_once),
		cmocka_unit_test(the_prior_never_passes_its_bound),
		cmocka_unit_test(the_order_of_attaching_changes_nothing),
		cmocka_unit_test(sixty_four_clues_are_shown_and_all_are_counted),
		cmocka_unit_test(each_file_is_visited_in_the_order_of_adding_until_told_to_stop),
		cmocka_unit_test(other_factors_scale_the_clues_of_their_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
