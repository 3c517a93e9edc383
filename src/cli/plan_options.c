/* plan_options.c - what `imcscan plan` was asked for. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/plan_options.h"

#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "cli/values.h"

#define RUNS_DEFAULT 1000
#define RUNS_MOST 1000000

struct plan_wish
plan_wish_none(void)
{
	return (struct plan_wish){ .miss = -1,
		.false_crash = -1,
		.crash_cost = -1,
		.culprits = -1,
		.runs = RUNS_DEFAULT,
		.seed = 1 };
}

static bool
note(struct options *options, enum plan_note_kind kind)
{
	if (options->plan.note != PLAN_NOTE_NONE)
		options->plan.several_notes = true;
	options->plan.note = kind;
	return true;
}

bool
plan_set_stable(struct options *options, const char *value)
{
	(void)value;
	return note(options, PLAN_NOTE_STABLE);
}

bool
plan_set_stopped(struct options *options, const char *value)
{
	(void)value;
	return note(options, PLAN_NOTE_STOPPED);
}

bool
plan_set_unclear(struct options *options, const char *value)
{
	(void)value;
	return note(options, PLAN_NOTE_UNCLEAR);
}

bool
plan_set_undo(struct options *options, const char *value)
{
	(void)value;
	return note(options, PLAN_NOTE_UNDO);
}

bool
plan_set_confirmed(struct options *options, const char *value)
{
	options->plan.confirmed = value;
	return *value != '\0' && note(options, PLAN_NOTE_CONFIRMED);
}

bool
plan_set_goal(struct options *options, const char *value)
{
	options->plan.goal = value;
	return strcmp(value, "flow") == 0 || strcmp(value, "isolate") == 0;
}

/* A plain decimal number: digits, at most one dot. */
static bool
decimal(const char *text, double least, double most, double *out)
{
	char *end;
	double number;

	if (*text < '0' || *text > '9' || strspn(text, "0123456789.") != strlen(text))
		return false;
	number = strtod(text, &end);
	if (*end || !(number >= least && number <= most))
		return false;
	*out = number;
	return true;
}

bool
plan_set_miss(struct options *options, const char *value)
{
	return decimal(value, 0, 0.45, &options->plan.miss);
}

bool
plan_set_false_crash(struct options *options, const char *value)
{
	return decimal(value, 0, 0.45, &options->plan.false_crash);
}

bool
plan_set_crash_cost(struct options *options, const char *value)
{
	return decimal(value, 1, 100, &options->plan.crash_cost);
}

bool
plan_set_culprits(struct options *options, const char *value)
{
	return decimal(value, 1, 1000, &options->plan.culprits);
}

bool
plan_set_step(struct options *options, const char *value)
{
	return value_number(value, 1, UINT32_MAX, &options->plan.step);
}

bool
plan_set_script(struct options *options, const char *value)
{
	options->plan.script = value;
	return strcmp(value, "cmd") == 0 || strcmp(value, "powershell") == 0 ||
	       strcmp(value, "sh") == 0;
}

bool
plan_set_root(struct options *options, const char *value)
{
	options->plan.root = value;
	return *value != '\0';
}

bool
plan_set_simulate(struct options *options, const char *value)
{
	options->plan.simulate = true;
	return !value || plan_set_runs(options, value);
}

bool
plan_set_runs(struct options *options, const char *value)
{
	return value_number(value, 1, RUNS_MOST, &options->plan.runs);
}

bool
plan_set_draw(struct options *options, const char *value)
{
	options->plan.draw = value;
	return *value != '\0';
}

bool
plan_set_seed(struct options *options, const char *value)
{
	return value_number(value, 0, UINT64_MAX, &options->plan.seed);
}
