/*
 * verdict.c - the last words: what to do first, or whether to restart.
 *
 * Follows Q168883: a message that stops the IMC is kept out of the queue by moving its file to
 * In\Temp or Out\Temp while the service is stopped.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "report/textual.h"

/* Where suspects are to be moved. */
static const char *
way_out(const struct text_state *state)
{
	uint64_t elsewhere = state->hot_queued - state->hot_in - state->hot_out;

	if (elsewhere > 0)
		return state->hot_queued == elsewhere
			   ? "a folder outside Imcdata"
			   : "In\\Temp, Out\\Temp or a folder outside Imcdata";
	if (state->hot_out == 0)
		return "In\\Temp";
	return state->hot_in == 0 ? "Out\\Temp" : "In\\Temp and Out\\Temp";
}

static uint64_t
not_examined(const struct summary *summary)
{
	return summary->by_status[STATUS_FAILED];
}

static const char *
name_or(const char *name)
{
	return name ? name : "the first one listed";
}

static void
advise_queued(struct wrap *wrap, const struct text_state *state)
{
	if (state->hot_queued == 1) {
		wrap_text(wrap, "First: keep ");
		wrap_text(wrap, name_or(state->first));
		wrap_print(wrap, " out of the queue (move it to %s) before the IMC is restarted.",
		    way_out(state));
		return;
	}
	wrap_print(wrap,
	    "First: keep the %" PRIu64 " files of level high or critical out of the queue "
	    "(move them to %s) before the IMC is restarted (imcscan check lists them); the likeliest is ",
	    state->hot_queued, way_out(state));
	wrap_text(wrap, name_or(state->first));
	wrap_text(wrap,
	    ". (That is by level; imcscan plan chooses by chance, and may name more or fewer.)");
}

static void
advise_outside(struct wrap *wrap, const struct text_state *state)
{
	uint64_t outside = state->hot_count;

	wrap_text(wrap, "First: leave ");
	wrap_text(wrap, name_or(state->first));
	if (outside > 1)
		wrap_print(wrap, " and %" PRIu64 " more %s of level high or critical", outside - 1,
		    textual_files(outside - 1));
	wrap_print(wrap, " outside the queue: do not move %s back.", outside == 1 ? "it" : "them");
}

static void
advise_hot(struct wrap *wrap, const struct text_state *state)
{
	uint64_t outside = state->hot_count - state->hot_queued;

	if (state->hot_queued == 0) {
		advise_outside(wrap, state);
		return;
	}
	advise_queued(wrap, state);
	if (outside > 0)
		wrap_print(wrap,
		    " %" PRIu64 " more of that level %s outside the queue: do not move %s "
		    "back.",
		    outside, outside == 1 ? "lies" : "lie", outside == 1 ? "it" : "them");
}

/* The logs name what the copy does not have. */
static void
advise_missing(struct wrap *wrap, const struct text_state *state)
{
	wrap_text(wrap, state->hot_count > 0 ? " Also recover " : "First: recover ");
	wrap_text(wrap, name_or(state->missing_first));
	if (state->hot_missing > 1)
		wrap_print(wrap, " and %" PRIu64 " more", state->hot_missing - 1);
	wrap_print(wrap,
	    " from the source: the logs name %s, and this tree has %s not. Keep %s out of the "
	    "queue.",
	    state->hot_missing == 1 ? "it" : "them", state->hot_missing == 1 ? "it" : "them",
	    state->hot_missing == 1 ? "it" : "them");
}

/* The service builds it anew from the files; entries of files that were moved would stay (Q168883,
 * Q148727). */
static void
advise_queue_file(struct wrap *wrap, const struct text_state *state)
{
	wrap_print(wrap,
	    " With the service stopped, rename queue.dat to %s: the IMC builds it anew.",
	    beside_free_name(state));
}

static void
advise_nothing(struct wrap *wrap, const struct text_state *state, const struct summary *summary)
{
	uint64_t failed = not_examined(summary);

	if (state->medium) {
		wrap_text(wrap, "First: look at ");
		wrap_text(wrap, state->medium);
		wrap_text(wrap,
		    ". No file reaches high; if the IMC stops again, move that one out of "
		    "the queue before the next start.");
	} else {
		if (summary->by_level[LEVEL_LOW] > 0)
			wrap_print(wrap,
			    "No file reaches medium; what the %" PRIu64
			    " of level low have is no reason to move them",
			    summary->by_level[LEVEL_LOW]);
		else
			wrap_text(wrap, "Nothing suspicious in what was examined");
		wrap_text(wrap, ": the cause may lie outside this "
				"tree (MTA store, configuration), see KB Q168883.");
	}
	if (failed > 0)
		wrap_print(wrap,
		    " But %" PRIu64 " %s could not be examined: copy %s again and scan %s.", failed,
		    textual_files(failed), failed == 1 ? "it" : "them",
		    failed == 1 ? "it" : "them");
}

static uint64_t
examined(const struct summary *summary)
{
	return summary->by_status[STATUS_EXAMINED] + summary->by_status[STATUS_PARTIAL] +
	       summary->by_status[STATUS_CHANGED];
}

void
verdict_advice(const struct report *report)
{
	const struct text_state *state = report->state;
	const struct summary *summary = report->summary;
	struct wrap wrap;

	wrap_start(&wrap, report->out, state->width, 0, 0);
	if (summary->interrupted)
		wrap_text(&wrap,
		    "Interrupted: files not reached are missing here, and the ranking is of "
		    "the others. ");
	if (state->hot_count > 0)
		advise_hot(&wrap, state);
	else if (state->hot_missing == 0 && examined(summary) == 0)
		wrap_text(&wrap,
		    "No message was examined: is this a copy of an Imcdata folder, with its "
		    "In and Out?");
	else if (state->hot_missing == 0)
		advise_nothing(&wrap, state, summary);
	if (state->hot_missing > 0)
		advise_missing(&wrap, state);
	if (state->hot_queued > 0)
		advise_queue_file(&wrap, state);
	if (state->hot_count > 0 || state->medium)
		wrap_text(&wrap,
		    " More about a file: imcscan explain PATH FILE; about a rule: imcscan explain "
		    "--rule=ID.");
	wrap_end(&wrap);
}

static void
check_hot(const struct report *report, struct wrap *wrap)
{
	const struct text_state *state = report->state;
	uint64_t n = state->hot_queued > 0 ? state->hot_queued : state->hot_count;

	if (state->hot_queued == 0 && state->hot_missing > 0) {
		wrap_print(wrap,
		    "DO NOT RESTART YET: the logs name %" PRIu64
		    " %s that this tree has not. Recover %s from the source and keep %s out of the "
		    "queue.",
		    state->hot_missing, textual_files(state->hot_missing),
		    state->hot_missing == 1 ? "it" : "them",
		    state->hot_missing == 1 ? "it" : "them");
		return;
	}
	if (state->hot_queued == 0) {
		wrap_print(wrap,
		    "RESTART ONLY AS IT IS: no suspect is left in the queue, but %" PRIu64
		    " %s outside of it: do not move %s back.",
		    n, n == 1 ? "lies" : "lie", n == 1 ? "it" : "them");
		return;
	}
	wrap_print(wrap,
	    "DO NOT RESTART YET: %" PRIu64 " of %" PRIu64 " %s %s level %s. Move %s to %s, "
	    "rename queue.dat to %s, then check again.",
	    n, examined(report->summary), textual_files(examined(report->summary)),
	    n == 1 ? "reaches" : "reach", level_name(textual_hot_level(report->options)),
	    n == 1 ? "it" : "them", way_out(state), beside_free_name(state));
}

static void
check_cold(const struct report *report, struct wrap *wrap)
{
	const struct text_state *state = report->state;
	const struct summary *summary = report->summary;
	const char *level = level_name(textual_hot_level(report->options));
	uint64_t failed = not_examined(summary) + summary->by_status[STATUS_PARTIAL] +
			  summary->by_status[STATUS_CHANGED];

	if (examined(summary) == 0)
		wrap_text(wrap,
		    "NOT CHECKED: no message was examined. Is this an Imcdata folder, with "
		    "its In and Out?");
	else if (summary->interrupted)
		wrap_print(
		    wrap, "NOT CHECKED TO THE END: interrupted. Nothing reached %s so far.", level);
	else if (failed > 0)
		wrap_print(wrap,
		    "NOT SURE: no file reaches level %s, but %" PRIu64 " of %" PRIu64
		    " %s could not be examined to the end.",
		    level, failed, summary->seen, textual_files(summary->seen));
	else
		wrap_print(wrap,
		    "OK TO RESTART: none of the %" PRIu64 " %s examined reaches level %s.",
		    examined(summary), textual_files(examined(summary)), level);
	if (examined(summary) > 0 && state->medium) {
		wrap_text(wrap, " But look at ");
		wrap_text(wrap, state->medium);
		wrap_text(wrap, " first: it is of level medium");
		if (summary->by_level[LEVEL_MEDIUM] > 1)
			wrap_print(
			    wrap, ", as %" PRIu64 " more", summary->by_level[LEVEL_MEDIUM] - 1);
		wrap_text(wrap, ".");
	}
}

void
verdict_sentence(const struct report *report)
{
	const struct text_state *state = report->state;
	struct wrap wrap;

	wrap_start(&wrap, report->out, state->width, 2, 0);
	if (state->hot_count + state->hot_missing > 0)
		check_hot(report, &wrap);
	else
		check_cold(report, &wrap);
	wrap_end(&wrap);
}

void
verdict_check(const struct report *report)
{
	const struct text_state *state = report->state;

	verdict_sentence(report);
	list_print(report->out, state->width, "Suspects in the queue", &state->hot);
	list_print(report->out, state->width, "Missing", &state->missing);
	list_print(report->out, state->width, "Suspects outside the queue, to be left there",
	    &state->hot_outside);
	list_print(report->out, state->width, "Not examined", &state->failed);
	list_print(report->out, state->width, "Examined in part", &state->partial);
	list_print(report->out, state->width, "Not opened", &state->excluded);
}
