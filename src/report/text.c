/*
 * text.c - the report that a person reads: the suspects, why, and what to do first.
 *
 * Written for a terminal of 80 columns or more. Everything from the tree goes through escape.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/archives.h"
#include "report/cluetext.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/salvaged.h"
#include "report/textual.h"

#define WIDTH_MIN 60
#define WIDTH_SMALL 40 /* of a check alone, which has no table */
#define WIDTH_USUAL 80
#define WIDTH_MAX 120 /* longer lines are hard to read */

static void
print_heading(const struct report *report, const struct text_state *state)
{
	const struct run_info *run = report->run;
	struct wrap wrap;

	wrap_start(&wrap, report->out, state->width, 2, 0);
	wrap_print(&wrap, "imcscan %s", run->version);
	for (size_t i = 0; i < run->n_paths && !run->reproducible; i++) {
		wrap_text(&wrap, i > 0 ? ", " : ": ");
		wrap_bytes(&wrap, slice_str(run->paths[i]));
	}
	if (run->exchange && *run->exchange)
		wrap_print(&wrap, ", Exchange %s", run->exchange);
	if (!run->sandboxed)
		wrap_text(&wrap, ", WITHOUT SANDBOX");
	wrap_end(&wrap);
	archives_print(report->out, state->width, run);
}

static void
print_counts(const struct report *report, const struct text_state *state)
{
	const struct summary *summary = report->summary;
	static const enum status others[] = { STATUS_PARTIAL, STATUS_CHANGED, STATUS_FAILED,
		STATUS_EXCLUDED, STATUS_MISSING };
	static const char *const words[] = { "in part", "changed", "not examined", "not opened",
		"missing" };
	struct wrap wrap;
	char size[24];

	wrap_start(&wrap, report->out, state->width, 2, 0);
	wrap_print(&wrap, "%" PRIu64 " %s, %" PRIu64 " examined", summary->seen,
	    textual_files(summary->seen), summary->by_status[STATUS_EXAMINED]);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (summary->by_status[others[i]] > 0)
			wrap_print(
			    &wrap, ", %" PRIu64 " %s", summary->by_status[others[i]], words[i]);
	wrap_print(&wrap,
	    " (%s): %" PRIu64 " critical, %" PRIu64 " high, %" PRIu64 " medium, %" PRIu64
	    " low, %" PRIu64 " clean",
	    textual_size(size, summary->bytes), summary->by_level[LEVEL_CRITICAL],
	    summary->by_level[LEVEL_HIGH], summary->by_level[LEVEL_MEDIUM],
	    summary->by_level[LEVEL_LOW], summary->by_level[LEVEL_CLEAN]);
	if (summary->by_level[LEVEL_UNKNOWN] > 0)
		wrap_print(&wrap, ", %" PRIu64 " unknown", summary->by_level[LEVEL_UNKNOWN]);
	wrap_end(&wrap);
}

/* The scores are not those that the tables of the rules tell. */
static void
print_weights(const struct report *report, const struct text_state *state)
{
	const struct run_info *run = report->run;
	struct wrap wrap;

	if (!run->weights_file)
		return;
	wrap_start(&wrap, report->out, state->width, 2, 0);
	wrap_text(&wrap, "Ranked by the weights of ");
	wrap_bytes(&wrap, slice_str(run->weights_file));
	wrap_print(&wrap, " (SHA-256 %s): ", run->weights_sha256);
	for (size_t i = 0; i < run->n_weights; i++)
		wrap_print(&wrap, "%s%s %g (usually %g)", i > 0 ? ", " : "", run->weights[i].name,
		    run->weights[i].value, run->weights[i].usual);
	wrap_text(&wrap, run->n_weights > 0 ? "." : "the usual ones.");
	wrap_end(&wrap);
}

static void
print_notes(const struct report *report, const struct text_state *state)
{
	for (size_t i = 0; i < report->run->n_notes; i++) {
		struct wrap wrap;

		wrap_start(&wrap, report->out, state->width, 2, 0);
		wrap_text(&wrap, report->run->notes[i]);
		wrap_end(&wrap);
	}
}

/* The restarts that the case tells of. */
static void
print_plan(const struct report *report, const struct text_state *state)
{
	const struct run_info *run = report->run;
	struct wrap wrap;

	for (size_t i = 0; i < run->n_plan; i++) {
		wrap_start(&wrap, report->out, state->width, 2, 0);
		wrap_print(&wrap, "Restart plan, step %" PRIu64 " (%s): ", run->plan[i].step,
		    run->plan[i].outcome);
		wrap_text(&wrap, run->plan[i].what);
		wrap_end(&wrap);
	}
	if (run->n_plan == 0 || !run->first_step)
		return;
	wrap_start(&wrap, report->out, state->width, 2, 0);
	wrap_text(&wrap, "Restart plan, next: ");
	wrap_text(&wrap, run->first_step);
	wrap_end(&wrap);
}

static void
begin(struct report *report)
{
	struct text_state *state = calloc(1, sizeof *state);
	unsigned columns = report->options->columns;

	if (!state)
		abort(); /* the parent cannot go on without these few bytes */
	state->small = report->options->check && columns < WIDTH_USUAL;
	const unsigned least = state->small ? WIDTH_SMALL : WIDTH_MIN;
	state->width = columns < least ? least : columns > WIDTH_MAX ? WIDTH_MAX : columns;
	report->state = state;
	if (report->options->check)
		return;
	print_heading(report, state);
	print_counts(report, state);
	print_weights(report, state);
	print_plan(report, state);
	print_notes(report, state);
	salvaged_text(report, state->width);
}

static void
note_cut(struct text_state *state, const struct suspect *suspect)
{
	const struct record *record = suspect->record;
	char remark[48];

	if (!record || record->n_findings_total <= record->n_findings)
		return;
	snprintf(remark, sizeof remark, "%" PRIu32 " of %" PRIu32, record->n_findings,
	    record->n_findings_total);
	list_add(&state->cut, suspect->root, suspect->path, remark);
}

/* Whoever looks for it here looks in vain: where it is to be had, and who names it. */
static void
note_missing(struct text_state *state, const struct suspect *suspect)
{
	char remark[320] = "recover it from the source", brief[240];

	if (*cluetext_brief(brief, sizeof brief, suspect))
		snprintf(remark, sizeof remark, "recover it from the source. %s", brief);
	list_add(&state->missing, suspect->root, suspect->path, remark);
}

static void
note_status(struct text_state *state, const struct suspect *suspect)
{
	const char *reason = suspect->reason ? suspect->reason : "";

	switch (suspect->status) {
	case STATUS_FAILED:
		list_add(&state->failed, suspect->root, suspect->path, reason);
		break;
	case STATUS_PARTIAL:
		list_add(&state->partial, suspect->root, suspect->path,
		    *reason ? reason : "hashed whole, parsed to its first 256 MiB");
		break;
	case STATUS_CHANGED:
		list_add(&state->partial, suspect->root, suspect->path,
		    *reason ? reason : "changed while it was read");
		break;
	case STATUS_EXCLUDED:
		list_add(&state->excluded, suspect->root, suspect->path, reason);
		break;
	default:
		break;
	}
}

/* The first name of its kind: the one in the queue wins over one outside. */
static void
note_first(struct text_state *state, const struct suspect *suspect, bool queued)
{
	if (state->first && (state->first_queued || !queued))
		return;
	free(state->first);
	state->first = textual_name_text(suspect->root, suspect->path);
	state->first_queued = queued;
}

static void
note_level(const struct report *report, struct text_state *state, const struct suspect *suspect)
{
	bool queued = folder_is_queue(suspect->folder);
	char remark[320], brief[280] = "";

	if (suspect->level >= LEVEL_MEDIUM)
		senders_add(&state->senders, suspect);
	if (suspect->level == LEVEL_MEDIUM && !state->medium)
		state->medium = textual_name_text(suspect->root, suspect->path);
	if (suspect->level < textual_hot_level(report->options))
		return;
	if (suspect->status == STATUS_MISSING) {
		if (state->hot_missing++ == 0)
			state->missing_first = textual_name_text(suspect->root, suspect->path);
		return;
	}
	state->hot_count++;
	state->hot_queued += queued;
	state->hot_in += suspect->folder == FOLDER_IN;
	state->hot_out += suspect->folder == FOLDER_OUT;
	note_first(state, suspect, queued);
	if (!report->options->check)
		return;
	/* A file without findings is there for what the logs say; one with both has both in scan. */
	if (state->small)
		snprintf(brief, sizeof brief, "%s",
		    suspect->record && *reasons_rule(suspect) ? reasons_rule(suspect)
							      : "by the logs");
	else if (!*cluetext_brief(brief, sizeof brief, suspect) && suspect->record)
		reasons_brief(brief, sizeof brief, suspect);
	snprintf(
	    remark, sizeof remark, "%s%s%s", level_name(suspect->level), *brief ? ". " : "", brief);
	list_add(queued ? &state->hot : &state->hot_outside, suspect->root, suspect->path, remark);
}

static void
put_suspect(struct report *report, const struct suspect *suspect)
{
	struct text_state *state = report->state;

	note_status(state, suspect);
	note_level(report, state, suspect);
	note_cut(state, suspect);
	if (!(!report->options->check && table_row(report, state, suspect)) &&
	    suspect->status == STATUS_MISSING)
		note_missing(state, suspect);
}

/* What the levels of the table ask for. */
static void
print_asked(const struct report *report, const struct text_state *state)
{
	struct wrap wrap;

	wrap_start(&wrap, report->out, state->width, 2, 0);
	wrap_text(&wrap, "To do: critical, high: move out of the queue before restarting; medium: "
			 "look at by hand; unknown: copy and scan again; low, clean: leave.");
	wrap_end(&wrap);
}

static void
print_remainder(const struct report *report, const struct text_state *state)
{
	const char *level = level_name(report->options->min_level);

	if (state->shown == 0)
		fprintf(report->out, "\nNo file reaches level %s.\n", level);
	if (state->not_shown > 0)
		fprintf(report->out,
		    "  and %" PRIu64 " more %s of level %s or above (--top=0 shows all)\n",
		    state->not_shown, textual_files(state->not_shown), level);
	putc('\n', report->out);
	if (state->shown > 0)
		print_asked(report, state);
	list_print(report->out, state->width, "Missing", &state->missing);
	list_print(report->out, state->width, "Not examined", &state->failed);
	list_print(report->out, state->width, "Examined in part", &state->partial);
	list_print(report->out, state->width, "Not opened", &state->excluded);
	list_print(report->out, state->width, "More findings than are kept", &state->cut);
}

static void
end(struct report *report)
{
	struct text_state *state = report->state;

	if (state->small) {
		verdict_small(report);
	} else if (report->options->check) {
		verdict_check(report);
		print_weights(report, state);
		cluetext_rule_outs(report->out, state->width, report->summary);
		print_notes(report, state);
	} else {
		print_remainder(report, state);
		beside_print(report, state);
		senders_print(report->out, state->width, &state->senders);
		verdict_advice(report);
		cluetext_rule_outs(report->out, state->width, report->summary);
	}
	list_free(&state->failed);
	list_free(&state->partial);
	list_free(&state->excluded);
	list_free(&state->missing);
	list_free(&state->cut);
	list_free(&state->hot);
	list_free(&state->hot_outside);
	free(state->missing_first);
	senders_free(&state->senders);
	beside_free(state);
	free(state->first);
	free(state->medium);
	free(state);
	report->state = NULL;
}

const struct writer writer_text = {
	.name = "text",
	.begin = begin,
	.suspect = put_suspect,
	.artefact = beside_add,
	.end = end,
};
