/* plan_record.c - what became of a start goes into the case, and comes out of it again. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/plan_case.h"
#include "cli/plan_detail.h"
#include "cli/say.h"

static void
stamp(char out[24])
{
	const time_t now = time(NULL);
	struct tm parts;

	if (!gmtime_r(&now, &parts) || !strftime(out, 24, "%Y-%m-%dT%H:%M:%SZ", &parts))
		out[0] = '\0';
}

static bool
trouble(const struct plan_case *plan)
{
	say_about(plan->path, "%s", plan_store_why(plan->store));
	return false;
}

static bool
append(struct plan_case *plan, const char *action, const char *outcome, char *detail)
{
	struct plan_record record = { .step = plan->records.n + 1, .detail = detail };
	bool good;

	stamp(record.time);
	snprintf(record.action, sizeof record.action, "%s", action);
	snprintf(record.outcome, sizeof record.outcome, "%s", outcome);
	if (!detail) {
		say("out of memory");
		return false;
	}
	good = plan_store_append(plan->store, &record) || trouble(plan);
	free(detail);
	return good;
}

static bool
note_outcome(struct plan_case *plan, enum plan_outcome outcome)
{
	if (plan->step.done) {
		say_about(plan->path,
		    "no start waits for an outcome: the plan is done (--undo takes the last "
		    "record back)");
		return false;
	}
	return append(
	    plan, "restart", plan_outcome_name(outcome), plan_detail_write(plan, &plan->step, 0));
}

static bool
note_confirmed(struct plan_case *plan, const char *name)
{
	const size_t file = plan_case_file(plan, name);
	const struct plan_candidate *one = &plan->files.list[file];
	char time[24];

	if (file == plan->files.n)
		return false;
	for (size_t i = 0; i < plan->records.n; i++) {
		if (plan->events[i].outcome == PLAN_CONFIRMED && plan->events[i].file == file) {
			say_about(name, "is recorded as a culprit already");
			return false;
		}
	}
	stamp(time);
	return append(plan, "confirmed", "confirmed", plan_detail_write(plan, NULL, file)) &&
	       (plan_store_confirm(plan->store, one->root, one->path, time, "") || trouble(plan));
}

static bool
undo(struct plan_case *plan)
{
	const size_t last = plan->records.n;
	const struct plan_event *event = last > 0 ? &plan->events[last - 1] : NULL;

	if (!event) {
		say_about(plan->path, "nothing is recorded that could be taken back");
		return false;
	}
	if (event->outcome == PLAN_CONFIRMED && event->file < plan->files.n) {
		const struct plan_candidate *file = &plan->files.list[event->file];

		if (!plan_store_unconfirm(plan->store, file->root, file->path))
			return trouble(plan);
	}
	return plan_store_undo(plan->store, plan->records.list[last - 1].step) || trouble(plan);
}

/* What was shown before is what the outcome belongs to. */
static bool
is_awaited(const struct plan_wish *wish, const struct plan_case *plan, size_t seen)
{
	if (plan->records.n != seen) {
		say_about(plan->path,
		    "another imcscan recorded something at the same time: look at the plan first");
		return false;
	}
	if (wish->step == 0 || (wish->step == plan->step.step && !plan->step.done))
		return true;
	say_about(plan->path, "step %llu waits for no outcome: %s%llu",
	    (unsigned long long)wish->step,
	    plan->step.done ? "the plan is done, before step " : "the next is step ",
	    (unsigned long long)plan->step.step);
	return false;
}

static bool
note(const struct plan_wish *wish, struct plan_case *plan)
{
	switch (wish->note) {
	case PLAN_NOTE_STABLE:
		return note_outcome(plan, PLAN_STABLE);
	case PLAN_NOTE_STOPPED:
		return note_outcome(plan, PLAN_STOPPED);
	case PLAN_NOTE_UNCLEAR:
		return note_outcome(plan, PLAN_UNCLEAR);
	case PLAN_NOTE_CONFIRMED:
		return note_confirmed(plan, wish->confirmed);
	case PLAN_NOTE_UNDO:
		return undo(plan);
	case PLAN_NOTE_NONE:
		break;
	}
	return true;
}

int
plan_case_note(const struct options *options, struct plan_case *plan)
{
	const size_t seen = plan->records.n;

	if (!plan_store_begin(plan->store)) {
		(void)trouble(plan);
		return EXIT_TROUBLE;
	}
	if (plan_case_look(&options->plan, plan) != EXIT_QUIET ||
	    !is_awaited(&options->plan, plan, seen) || !note(&options->plan, plan))
		return EXIT_TROUBLE;
	if (!plan_store_commit(plan->store)) {
		(void)trouble(plan);
		return EXIT_TROUBLE;
	}
	return plan_case_look(&options->plan, plan);
}
