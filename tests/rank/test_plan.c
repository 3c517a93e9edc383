/* test_plan.c - what holds of the plan whatever the ranking and the outcomes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "plan_kit.h"

#define FILES 50
#define STEPS 12
#define GAMES 40

static uint64_t
next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

/* A game: a random ranking, random options, and outcomes that follow no culprit at all. */
struct game {
	double p[FILES];
	struct plan_problem problem;
	struct plan_event events[STEPS];
	unsigned char sets[STEPS][FILES + 1];
	size_t n_events;
};

static void
deal(struct game *game, uint64_t *seed, bool noisy, bool several)
{
	struct plan_options options = plan_defaults(NULL);

	options.goal = next(seed) % 2 ? PLAN_FLOW : PLAN_ISOLATE;
	options.crash_cost = (double)(1 + next(seed) % 4);
	options.miss = noisy ? 0.1 : 0;
	options.false_crash = noisy && next(seed) % 2 ? 0.05 : 0;
	options.culprits = several ? 2.5 : 1;
	zipf(game->p, FILES, (double)(next(seed) % 30) / 10);
	game->problem = (struct plan_problem){ 1 + next(seed) % FILES, game->p,
		(double)(next(seed) % 5) / 10, options };
	game->n_events = 0;
}

static struct plan_step
step_of(const struct game *game, size_t n_events)
{
	struct plan_step step;

	assert_true(plan_next(&game->problem, game->events, n_events, &step));
	return step;
}

static void
record(struct game *game, const struct plan_step *step, enum plan_outcome outcome)
{
	struct plan_event *event = &game->events[game->n_events];

	memcpy(game->sets[game->n_events], step->in_place, game->problem.n);
	*event = (struct plan_event){ .outcome = outcome, .in_place = game->sets[game->n_events] };
	game->n_events++;
}

static double
sum_of(const struct game *game, const struct plan_step *step, const unsigned char *set)
{
	double sum = 0;

	for (size_t i = 0; i < game->problem.n; i++)
		if (!set || set[i])
			sum += step->probability[i];
	return sum;
}

static enum plan_outcome
any_outcome(uint64_t *seed)
{
	static const enum plan_outcome outcomes[] = { PLAN_STABLE, PLAN_STOPPED, PLAN_STABLE,
		PLAN_STOPPED, PLAN_UNCLEAR };

	return outcomes[next(seed) % 5];
}

/* Play every game to its end, calling `claim` after each outcome. */
static void
play(bool several, void (*claim)(const struct game *game, const struct plan_step *before,
		       const struct plan_step *after))
{
	uint64_t seed = 7;

	for (int i = 0; i < GAMES; i++) {
		struct game game;
		struct plan_step step, after;

		deal(&game, &seed, i % 2 == 1, several);
		step = step_of(&game, 0);
		while (!step.done && game.n_events < STEPS) {
			record(&game, &step, any_outcome(&seed));
			after = step_of(&game, game.n_events);
			claim(&game, &step, &after);
			plan_step_free(&step);
			step = after;
		}
		plan_step_free(&step);
	}
}

static void
claim_sum(const struct game *game, const struct plan_step *before, const struct plan_step *after)
{
	(void)before;
	assert_true(fabs(sum_of(game, after, NULL) + after->not_in_tree + after->none - 1) < 1e-9);
}

static void
the_posterior_sums_to_one(void **state)
{
	(void)state;
	play(false, claim_sum);
}

static void
claim_delivered(
    const struct game *game, const struct plan_step *before, const struct plan_step *after)
{
	const struct plan_event *last = &game->events[game->n_events - 1];

	if (last->outcome == PLAN_STABLE && !after->anew)
		assert_true(sum_of(game, after, last->in_place) <=
			    sum_of(game, before, last->in_place) + 1e-9);
}

static void
a_set_that_was_delivered_never_becomes_likelier(void **state)
{
	(void)state;
	play(false, claim_delivered);
	play(true, claim_delivered);
}

static void
claim_gone(const struct game *game, const struct plan_step *before, const struct plan_step *after)
{
	(void)before;
	if (game->problem.options.miss > 0)
		return;
	for (size_t e = 0; e < game->n_events; e++)
		for (size_t i = 0; i < game->problem.n; i++)
			if (game->events[e].outcome == PLAN_STABLE && game->sets[e][i])
				assert_true(!after->in_place[i] && after->probability[i] <= 0 &&
					    after->state[i] == PLAN_DELIVERED);
}

static void
what_was_delivered_is_never_returned_nor_suspected(void **state)
{
	(void)state;
	play(false, claim_gone);
	play(true, claim_gone);
}

static void
claim_same(const struct game *game, const struct plan_step *before, const struct plan_step *after)
{
	const size_t n = game->problem.n;
	struct plan_step again = step_of(game, game->n_events);
	struct plan_step undone = step_of(game, game->n_events - 1);

	assert_memory_equal(again.in_place, after->in_place, n);
	assert_memory_equal(again.probability, after->probability, n * sizeof(double));
	assert_true(again.expected == after->expected && again.bound == after->bound);
	assert_memory_equal(undone.in_place, before->in_place, n);
	assert_memory_equal(undone.probability, before->probability, n * sizeof(double));
	assert_memory_equal(undone.state, before->state, n);
	assert_true(undone.expected == before->expected && undone.worst == before->worst);
	plan_step_free(&again);
	plan_step_free(&undone);
}

static void
same_inputs_give_the_same_plan_and_undo_is_exact(void **state)
{
	(void)state;
	play(false, claim_same);
}

static void
claim_counts(const struct game *game, const struct plan_step *before, const struct plan_step *after)
{
	(void)before;
	if (game->problem.options.miss <= 0)
		assert_int_equal(
		    after->n_return + after->n_hold + after->n_delivered, game->problem.n);
	assert_true(after->not_in_tree >= 0 && after->none >= 0);
	for (size_t i = 0; i < game->problem.n; i++)
		assert_true(after->probability[i] >= 0 && after->probability[i] <= 1);
}

static void
every_file_is_returned_held_or_delivered(void **state)
{
	(void)state;
	play(false, claim_counts);
	play(true, claim_counts);
}

/* The outcome that could not be told changes nothing. */
static void
an_unclear_start_leaves_the_plan_as_it_is(void **state)
{
	struct game game;
	struct plan_step step, after;
	uint64_t seed = 3;

	(void)state;
	deal(&game, &seed, false, false);
	step = step_of(&game, 0);
	record(&game, &step, PLAN_UNCLEAR);
	after = step_of(&game, 1);
	assert_int_equal(after.step, 2);
	assert_memory_equal(after.in_place, step.in_place, game.problem.n);
	assert_memory_equal(after.probability, step.probability, game.problem.n * sizeof(double));
	plan_step_free(&step);
	plan_step_free(&after);
}

static void
a_confirmed_file_stays_out_and_the_rest_is_returned(void **state)
{
	struct game game = { .n_events = 1 };
	struct plan_step step;

	(void)state;
	zipf(game.p, FILES, 1);
	game.problem = (struct plan_problem){ FILES, game.p, 0.1, plan_defaults(NULL) };
	game.events[0] = (struct plan_event){ .outcome = PLAN_CONFIRMED, .file = 30 };
	step = step_of(&game, 1);
	assert_int_equal(step.state[30], PLAN_FOUND);
	assert_int_equal(step.why, PLAN_REST);
	assert_int_equal(step.n_return, FILES - 1);
	assert_false(step.in_place[30]);
	plan_step_free(&step);
}

/* After the first culprit the start with all the rest stops: there is another one. */
static void
a_second_culprit_is_looked_for_among_what_is_left(void **state)
{
	struct game game = { .n_events = 1 };
	struct plan_step step;
	bool found = false;

	(void)state;
	zipf(game.p, FILES, 1);
	game.problem = (struct plan_problem){ FILES, game.p, 0.1, plan_defaults(NULL) };
	game.events[0] = (struct plan_event){ .outcome = PLAN_CONFIRMED, .file = 30 };
	for (step = step_of(&game, 1); !step.done; step = step_of(&game, game.n_events)) {
		record(&game, &step, step.in_place[41] ? PLAN_STOPPED : PLAN_STABLE);
		plan_step_free(&step);
		assert_true(game.n_events < STEPS);
	}
	found = step.state[41] == PLAN_FOUND;
	assert_true(found);
	assert_int_equal(step.n_found, 2);
	assert_int_equal(step.why, PLAN_DONE_ALL_FLOWS);
	plan_step_free(&step);
}

static void
no_files_are_no_plan(void **state)
{
	const struct plan_problem problem = { 0, NULL, 0.2, plan_defaults(NULL) };
	struct plan_step step;

	(void)state;
	assert_true(plan_next(&problem, NULL, 0, &step));
	assert_true(step.done);
	assert_int_equal(step.why, PLAN_DONE_NO_FILES);
	plan_step_free(&step);
}

static void
numbers_that_are_no_probabilities_count_as_nothing(void **state)
{
	double p[4] = { -1, (double)NAN, (double)INFINITY, 0 };
	const struct plan_problem problem = { 4, p, (double)NAN, plan_defaults(NULL) };
	struct plan_step step;

	(void)state;
	assert_true(plan_next(&problem, NULL, 0, &step));
	for (size_t i = 0; i < 4; i++)
		assert_true(fabs(step.probability[i] - 0.25) < 1e-9);
	plan_step_free(&step);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_posterior_sums_to_one),
		cmocka_unit_test(a_set_that_was_delivered_never_becomes_likelier),
		cmocka_unit_test(what_was_delivered_is_never_returned_nor_suspected),
		cmocka_unit_test(same_inputs_give_the_same_plan_and_undo_is_exact),
		cmocka_unit_test(every_file_is_returned_held_or_delivered),
		cmocka_unit_test(an_unclear_start_leaves_the_plan_as_it_is),
		cmocka_unit_test(a_confirmed_file_stays_out_and_the_rest_is_returned),
		cmocka_unit_test(a_second_culprit_is_looked_for_among_what_is_left),
		cmocka_unit_test(no_files_are_no_plan),
		cmocka_unit_test(numbers_that_are_no_probabilities_count_as_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
