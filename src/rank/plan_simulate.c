/* plan_simulate.c - the plan and plain halving against hidden culprits. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <stdlib.h>

#include "rank/plan_next.h"
#include "rank/plan_play.h"

struct tally {
	double sum, squares;
	size_t right;
};

static void
add(struct tally *tally, unsigned restarts, bool right)
{
	tally->sum += restarts;
	tally->squares += (double)restarts * restarts;
	tally->right += right;
}

static struct plan_mean
mean(const struct tally *tally, size_t runs)
{
	const double n = (double)runs, m = tally->sum / n;
	const double variance = runs > 1 ? (tally->squares - n * m * m) / (n - 1) : 0;

	return (struct plan_mean){ m, 1.96 * sqrt(variance > 0 ? variance / n : 0) };
}

/* As Q168883 has it: a start with nothing, then half by half in the order of the list. What was
 * found stays out and the rest is returned. */
struct halving {
	const struct plan_options *options;
	struct dice *dice;
	size_t n;    /* files left */
	size_t *bad; /* places of the bad ones among them, rising */
	size_t n_bad, found, wrong;
	unsigned restarts;
};

static bool
halving_stops(struct halving *run, bool bad)
{
	run->restarts++;
	return dice_share(run->dice) <
	       (bad ? plan_stops_if_bad(run->options) : plan_stops_if_none(run->options));
}

/* Down to one file; what lies before it has been delivered. */
static void
halve(struct halving *run)
{
	size_t low = 0, high = run->n, kept = 0;

	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;
		bool bad = false;

		for (size_t i = 0; i < run->n_bad; i++)
			bad = bad || (run->bad[i] >= low && run->bad[i] < middle);
		if (halving_stops(run, bad))
			high = middle;
		else
			low = middle;
	}
	for (size_t i = 0; i < run->n_bad; i++) {
		run->found += run->bad[i] == low;
		run->wrong += run->bad[i] < low; /* missed */
		if (run->bad[i] > low)
			run->bad[kept++] = run->bad[i] - low - 1;
	}
	run->n_bad = kept;
	run->n -= low + 1;
}

static int
rising(const void *a, const void *b)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

/* The names of files say nothing: bad ones lie anywhere. */
static void
place(struct halving *run, size_t n_bad)
{
	while (run->n_bad < n_bad && run->n_bad < run->n) {
		const size_t at = dice_below(run->dice, run->n);
		bool taken = false;

		for (size_t i = 0; i < run->n_bad; i++)
			taken = taken || run->bad[i] == at;
		if (!taken)
			run->bad[run->n_bad++] = at;
	}
	qsort(run->bad, run->n_bad, sizeof run->bad[0], rising);
}

static void
play_halving(struct halving *run, const struct belief *belief, const struct hidden *hidden)
{
	const bool on = belief->several || belief->problem->options.goal == PLAN_FLOW;
	const size_t wanted = hidden->n_bad;
	bool more = true;

	if (belief->elsewhere > 0 && halving_stops(run, hidden->elsewhere)) {
		run->wrong += !hidden->elsewhere;
		return;
	}
	place(run, wanted);
	if (belief->none > 0)
		more = halving_stops(run, wanted > 0);
	while (more && run->n > 0) {
		halve(run);
		more = on && run->n > 0 && halving_stops(run, run->n_bad > 0);
	}
	run->wrong += run->found != wanted;
}

struct play {
	const struct plan_trial *trial;
	struct belief now, run, truth; /* truth: the ranking's own posterior, nothing mixed in */
	struct hidden hidden;
	unsigned char *tried;
	size_t *places;
	struct dice dice;
	struct tally plan, halving;
	unsigned most;
};

/* False when there is nothing to draw. */
static bool
draw(struct play *play)
{
	const struct belief *now = &play->now;
	const size_t wanted = now->several ? (size_t)(now->problem->options.culprits + 0.5) : 1;

	if (play->trial->draw == PLAN_DRAW_POSTERIOR) {
		hidden_draw(&play->hidden, &play->truth, &play->dice);
		return true;
	}
	hidden_clear(&play->hidden);
	if (play->trial->draw == PLAN_DRAW_FILE) {
		if (play->trial->file >= now->n_files || now->state[play->trial->file] != PLAN_HELD)
			return false;
		hidden_add(&play->hidden, (uint32_t)play->trial->file);
		return true;
	}
	while (play->hidden.n_bad < wanted && play->hidden.n_bad < now->n)
		hidden_add(&play->hidden, now->file[dice_below(&play->dice, now->n)]);
	return play->hidden.n_bad > 0;
}

static void
play_once(struct play *play)
{
	struct halving halving = { .options = &play->now.problem->options,
		.dice = &play->dice,
		.n = play->now.n,
		.bad = play->places };
	unsigned restarts;
	bool right;

	belief_copy(&play->now, &play->run);
	restarts = plan_play(&play->run, &play->hidden, &play->dice, play->tried, &right);
	add(&play->plan, restarts, right);
	if (restarts > play->most)
		play->most = restarts;
	play_halving(&halving, &play->now, &play->hidden);
	add(&play->halving, halving.restarts, halving.wrong == 0);
}

static bool
play_all(struct play *play, struct plan_trial_result *out)
{
	const size_t runs = play->trial->runs;

	for (size_t i = 0; i < runs; i++) {
		if (!draw(play))
			return false;
		play_once(play);
	}
	*out = (struct plan_trial_result){
		.runs = runs,
		.plan = mean(&play->plan, runs),
		.halving = mean(&play->halving, runs),
		.plan_right = (double)play->plan.right / (double)runs,
		.halving_right = (double)play->halving.right / (double)runs,
		.plan_most = play->most,
		.bound = belief_entropy(
			     play->trial->draw == PLAN_DRAW_POSTERIOR ? &play->truth : &play->now) /
			 plan_capacity(&play->now.problem->options),
	};
	return true;
}

/* Drawn evenly, a culprit has log2(n) bits; a named one has none to be found. */
static void
bound_of_draw(const struct play *play, struct plan_trial_result *out)
{
	const double n = (double)play->now.n;

	if (play->trial->draw == PLAN_DRAW_FILE)
		out->bound = 0;
	else if (play->trial->draw == PLAN_DRAW_UNIFORM && !play->now.several && n > 0)
		out->bound = log2(n) / plan_capacity(&play->now.problem->options);
}

bool
plan_simulate(const struct plan_problem *problem, const struct plan_event *events, size_t n_events,
    const struct plan_trial *trial, struct plan_trial_result *out)
{
	struct plan_problem ranked = *problem;
	struct play play = { .trial = trial, .dice = { trial->seed } };
	enum plan_why why;
	bool good;

	ranked.options.uniform = 0;
	play.tried = calloc(problem->n + 1, 1);
	play.places = calloc(problem->n + 1, sizeof(size_t));
	good = trial->runs > 0 && plan_replay(problem, events, n_events, &play.now);
	good = plan_replay(&ranked, events, n_events, &play.truth) && good;
	good = belief_begin(problem, &play.run) && good;
	good = hidden_room(&play.hidden, problem->n) && good && play.tried && play.places;
	if (good && !plan_resolve(&play.now, &why)) {
		(void)plan_resolve(&play.truth, &why);
		good = play_all(&play, out);
		if (good)
			bound_of_draw(&play, out);
	} else {
		good = false;
	}
	belief_free(&play.now);
	belief_free(&play.run);
	belief_free(&play.truth);
	hidden_free(&play.hidden);
	free(play.tried);
	free(play.places);
	return good;
}
