/* test_plan_targets.c - how few restarts the plan needs, with fixed seeds. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "plan_kit.h"

static double p[2000];

static struct plan_trial_result
play(const struct plan_problem *problem, enum plan_draw draw, size_t runs)
{
	const struct plan_trial trial = { runs, 20261122, draw, 0 };
	struct plan_trial_result result;

	assert_true(plan_simulate(problem, NULL, 0, &trial, &result));
	return result;
}

static void
one_of_200_with_five_suspects_takes_four_restarts(void **state)
{
	const struct plan_problem problem = { 200, p, 0, isolating() };
	struct plan_trial_result result;
	struct plan_step step;

	(void)state;
	five_suspects(p, 200);
	assert_true(plan_next(&problem, NULL, 0, &step));
	assert_true(step.expected <= 4.0);
	assert_true(fabs(step.bound - 3.74) < 0.005);
	plan_step_free(&step);
	result = play(&problem, PLAN_DRAW_POSTERIOR, 20000);
	assert_true(result.plan.mean + result.plan.half <= 4.0);
	assert_true(fabs(result.plan.mean - 3.872) < 3 * result.plan.half);
	assert_true(fabs(result.halving.mean - 7.72) < 0.05);
	assert_true(result.plan_right >= 1 && result.halving_right >= 1);
}

/* Mean of many runs: the interval is wide because the number of culprits varies. Zipf 1.6 leaves 13.6
 * bits; of a still steeper ranking, which leaves fewer, the last start alone is over 6 %. */
static void
three_of_1000_are_found_within_six_percent_of_the_bound(void **state)
{
	struct plan_problem problem = { 1000, p, 0, isolating() };

	(void)state;
	problem.options.culprits = 3;
	for (int tenths = 10; tenths <= 16; tenths += 3) {
		struct plan_trial_result result;

		zipf(p, 1000, tenths / 10.0);
		result = play(&problem, PLAN_DRAW_POSTERIOR, 20000);
		assert_true(result.plan.mean <= 1.06 * result.bound);
		assert_true(result.plan_right >= 1);
	}
}

static void
missed_crashes_leave_the_plan_right(void **state)
{
	struct plan_problem problem = { 200, p, 0, isolating() };
	struct plan_trial_result result;

	(void)state;
	five_suspects(p, 200);
	problem.options.miss = 0.1;
	result = play(&problem, PLAN_DRAW_POSTERIOR, 10000);
	assert_true(result.plan_right >= 0.99);
	assert_true(result.plan.mean + result.plan.half < 6);
	assert_true(result.halving_right < 0.75);
}

static unsigned
allowed(size_t n)
{
	return (unsigned)ceil(log2((double)n + 1)) + 2;
}

/* Every culprit in turn, under each ranking, cost and goal, and "not in this tree". */
static void
no_culprit_takes_more_than_the_worst_case(void **state)
{
	(void)state;
	for (int variant = 0; variant < 24; variant++) {
		struct plan_problem problem = { 200, p, variant & 1 ? 0.2 : 0.0, isolating() };

		if (variant / 8 == 0)
			five_suspects(p, 200);
		else
			zipf(p, 200, variant / 8 == 1 ? 1.0 : 3.0);
		problem.options.crash_cost = variant & 2 ? 10 : 1;
		problem.options.goal = variant & 4 ? PLAN_FLOW : PLAN_ISOLATE;
		for (size_t file = 0; file < 200; file++) {
			const struct plan_trial trial = { 1, 1, PLAN_DRAW_FILE, file };
			struct plan_trial_result result;

			assert_true(plan_simulate(&problem, NULL, 0, &trial, &result));
			assert_true(result.plan_right >= 1);
			assert_true(result.plan_most <= allowed(200));
		}
	}
}

static void
the_worst_case_that_is_told_is_not_exceeded(void **state)
{
	struct plan_problem problem = { 199, p, 0.1, isolating() };

	(void)state;
	for (size_t n = 1; n <= 199; n += 22) {
		struct plan_trial_result result;
		struct plan_step step;

		problem.n = n;
		zipf(p, n, 2);
		assert_true(plan_next(&problem, NULL, 0, &step));
		assert_true(step.has_worst && step.worst <= allowed(n));
		result = play(&problem, PLAN_DRAW_UNIFORM, 300);
		assert_true(result.plan_most <= step.worst);
		plan_step_free(&step);
	}
}

static void
nearly_all_mail_flows_with_the_first_start(void **state)
{
	struct plan_problem problem = { 1990, p, 0.01, plan_defaults(NULL) };
	struct plan_step step;

	(void)state;
	five_suspects(p, 1990);
	assert_true(plan_next(&problem, NULL, 0, &step));
	assert_int_equal(step.why, PLAN_HOLD_SUSPECTS);
	assert_int_equal(step.n_hold, 5);
	assert_int_equal(step.n_return, 1985);
	for (size_t i = 0; i < 5; i++)
		assert_false(step.in_place[i]);
	plan_step_free(&step);
}

/* A documented trigger holds nearly all of the posterior: one start, and all but it flows. */
static void
a_clear_culprit_takes_one_start(void **state)
{
	struct plan_problem problem = { 1000, p, 0.01, plan_defaults(NULL) };
	struct plan_event event = { .outcome = PLAN_STABLE };
	struct plan_step step, next;

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		p[i] = i == 77 ? 0.9 : 0.09 / 999;
	assert_true(plan_next(&problem, NULL, 0, &step));
	assert_int_equal(step.n_hold, 1);
	event.in_place = step.in_place;
	assert_true(plan_next(&problem, &event, 1, &next));
	assert_true(next.done);
	assert_int_equal(next.why, PLAN_DONE_ALL_FLOWS);
	assert_int_equal(next.state[77], PLAN_FOUND);
	plan_step_free(&step);
	plan_step_free(&next);
}

/* One suspect, "not in this tree", and the rest of 470 files alike. */
static struct plan_step
first_step(double suspect, double elsewhere, double crash_cost)
{
	struct plan_problem problem = { 470, p, elsewhere, plan_defaults(NULL) };
	struct plan_step step;

	problem.options.crash_cost = crash_cost;
	for (size_t i = 0; i < 470; i++)
		p[i] = i == 77 ? suspect : (1 - elsewhere - suspect) / 469;
	assert_true(plan_next(&problem, NULL, 0, &step));
	return step;
}

static void
all_but_a_suspect_flow_unless_it_is_likelier_no_message(void **state)
{
	struct plan_step likelier = first_step(0.5, 0.35, 3), less = first_step(0.35, 0.5, 3),
			 costly = first_step(0.5, 0.35, 10);

	(void)state;
	assert_int_equal(likelier.why, PLAN_HOLD_SUSPECTS);
	assert_int_equal(likelier.n_hold, 1);
	assert_false(likelier.in_place[77]);
	assert_true(likelier.worst <= allowed(470));
	assert_int_equal(less.why, PLAN_NOT_IN_TREE_FIRST);
	assert_int_equal(costly.why, PLAN_NOT_IN_TREE_FIRST);
	plan_step_free(&likelier);
	plan_step_free(&less);
	plan_step_free(&costly);
}

/* Held with it, they would cost a further start to be returned. */
static void
files_far_less_likely_than_the_suspect_are_not_held(void **state)
{
	struct plan_problem problem = { 470, p, 0.1, plan_defaults(NULL) };
	struct plan_step step;

	(void)state;
	for (size_t i = 0; i < 470; i++)
		p[i] = i == 0 ? 0.7 : i < 5 ? 0.01 : 0.16 / 465;
	assert_true(plan_next(&problem, NULL, 0, &step));
	assert_int_equal(step.n_hold, 1);
	assert_false(step.in_place[0]);
	plan_step_free(&step);
}

static void
an_empty_start_comes_first_when_it_may_be_no_message(void **state)
{
	struct plan_problem problem = { 100, p, 0.6, plan_defaults(NULL) };
	struct plan_event event = { .outcome = PLAN_STOPPED };
	struct plan_step step, next;

	(void)state;
	for (size_t i = 0; i < 100; i++)
		p[i] = 0.004;
	assert_true(plan_next(&problem, NULL, 0, &step));
	assert_int_equal(step.why, PLAN_NOT_IN_TREE_FIRST);
	assert_int_equal(step.n_return, 0);
	event.in_place = step.in_place;
	assert_true(plan_next(&problem, &event, 1, &next));
	assert_true(next.done);
	assert_int_equal(next.why, PLAN_DONE_NOT_IN_TREE);
	plan_step_free(&step);
	plan_step_free(&next);
}

static void
a_hundred_thousand_files_are_planned_at_once(void **state)
{
	const size_t n = 100000;
	double *many = calloc(n, sizeof *many);
	struct plan_problem problem = { n, many, 0.1, plan_defaults(NULL) };
	struct plan_step step;

	(void)state;
	assert_non_null(many);
	five_suspects(many, n);
	assert_true(plan_next(&problem, NULL, 0, &step));
	assert_int_equal(step.n_hold, 5);
	assert_true(step.worst <= allowed(n));
	plan_step_free(&step);
	free(many);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_of_200_with_five_suspects_takes_four_restarts),
		cmocka_unit_test(three_of_1000_are_found_within_six_percent_of_the_bound),
		cmocka_unit_test(missed_crashes_leave_the_plan_right),
		cmocka_unit_test(no_culprit_takes_more_than_the_worst_case),
		cmocka_unit_test(the_worst_case_that_is_told_is_not_exceeded),
		cmocka_unit_test(nearly_all_mail_flows_with_the_first_start),
		cmocka_unit_test(a_clear_culprit_takes_one_start),
		cmocka_unit_test(all_but_a_suspect_flow_unless_it_is_likelier_no_message),
		cmocka_unit_test(files_far_less_likely_than_the_suspect_are_not_held),
		cmocka_unit_test(an_empty_start_comes_first_when_it_may_be_no_message),
		cmocka_unit_test(a_hundred_thousand_files_are_planned_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
