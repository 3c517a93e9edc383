/* plan_notes.c - what a case tells of restarts, in sentences for reports. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/plan_notes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/plan_case.h"
#include "cli/plan_options.h"
#include "cli/say.h"
#include "report/escape.h"

#define NAME_SHOWN 160

static int64_t
seconds_of(const char *stamp)
{
	struct tm parts = { .tm_mday = 1 };
	const char *end = strptime(stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);

	return end && *end == '\0' ? (int64_t)timegm(&parts) : 0;
}

static void
say_confirmed(char *out, const struct plan_case *plan, const struct plan_event *event, bool redact)
{
	const struct plan_candidate *file = &plan->files.list[event->file];
	/* They are in the order of their roots. */
	const bool one_root =
	    slice_same(plan->files.list[0].root, plan->files.list[plan->files.n - 1].root);
	char shown[NAME_SHOWN];
	size_t len = 0;
	char *name = redact ? NULL : plan_case_name(file, &len);

	if (name)
		snprintf(out, PLAN_NOTE_TEXT, "%s was found to be a bad message.",
		    escape_buffer(
			shown, sizeof shown, one_root ? file->path : slice_of(name, len)));
	else
		snprintf(out, PLAN_NOTE_TEXT,
		    "The file of rank %" PRIu64 " was found to be a bad message.", file->rank);
	free(name);
}

static void
say_start(char *out, const struct plan_case *plan, const struct plan_event *event)
{
	size_t in_place = 0;

	for (size_t i = 0; i < plan->files.n; i++)
		in_place += event->in_place[i] != 0;
	snprintf(out, PLAN_NOTE_TEXT, "Started with %zu of %zu messages in In and Out.", in_place,
	    plan->files.n);
}

static void
say_next(char *out, const struct plan_case *plan)
{
	const struct plan_step *step = &plan->step;

	if (step->done)
		snprintf(out, PLAN_NOTE_TEXT,
		    step->why == PLAN_DONE_KNOWN
			? "none: the bad message is known. Keep it out, and put all else back."
		    : step->why == PLAN_DONE_NOT_IN_TREE
			? "none: the service stops without any of these messages. Put them back, "
			  "and look at the MTA store and the event log."
			: "none: nothing is left to try.");
	else
		snprintf(out, PLAN_NOTE_TEXT,
		    "step %" PRIu64 ", with %zu messages in In and Out and %zu kept out; "
		    "imcscan plan names them.",
		    step->step, step->n_return, step->n_hold);
}

static bool
gather(struct plan_notes *notes, const struct plan_case *plan, bool redact)
{
	const size_t n = plan->records.n;

	notes->list = calloc(n + 1, sizeof *notes->list);
	notes->text = calloc(n + 1, sizeof *notes->text);
	if (!notes->list || !notes->text) {
		say("out of memory");
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		const struct plan_event *event = &plan->events[i];
		const bool confirmed = event->outcome == PLAN_CONFIRMED;

		if (confirmed && event->file < plan->files.n)
			say_confirmed(notes->text[i], plan, event, redact);
		else if (!confirmed)
			say_start(notes->text[i], plan, event);
		notes->list[i] = (struct plan_note){
			.step = plan->records.list[i].step,
			.outcome = plan_outcome_name(event->outcome),
			.what = notes->text[i],
			.when = seconds_of(plan->records.list[i].time),
		};
	}
	notes->n = n;
	say_next(notes->next, plan);
	return true;
}

bool
plan_notes_read(struct plan_notes *notes, const char *path, bool redact)
{
	const char *paths[1] = { path };
	const struct options options = {
		.name = "report", .paths = paths, .n_paths = 1, .plan = plan_wish_none()
	};
	struct plan_case plan;
	bool good;

	*notes = (struct plan_notes){ .n = 0 };
	good = plan_case_open(&options, &plan) == EXIT_QUIET && gather(notes, &plan, redact);
	plan_case_close(&plan);
	return good;
}

void
plan_notes_tell(const struct plan_notes *notes, struct run_info *run)
{
	if (notes->n == 0)
		return;
	run->plan = notes->list;
	run->n_plan = notes->n;
	run->first_step = notes->next;
}

void
plan_notes_free(struct plan_notes *notes)
{
	free(notes->list);
	free(notes->text);
}
