/*
 * plan_options.h - what `imcscan plan` was asked for.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_OPTIONS_H
#define IMC_PLAN_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* What is to be recorded. */
enum plan_note_kind {
	PLAN_NOTE_NONE,
	PLAN_NOTE_STABLE,
	PLAN_NOTE_STOPPED,
	PLAN_NOTE_UNCLEAR,
	PLAN_NOTE_CONFIRMED,
	PLAN_NOTE_UNDO
};

struct plan_wish {
	enum plan_note_kind note;
	bool several_notes; /* more than one was given */
	const char *confirmed, *goal, *script, *root, *draw;
	/* Negative: not given. */
	double miss, false_crash, crash_cost, culprits;
	uint64_t step; /* 0: not given */
	bool simulate;
	uint64_t runs, seed;
};

struct plan_wish plan_wish_none(void);

struct options;
bool plan_set_stable(struct options *options, const char *value);
bool plan_set_stopped(struct options *options, const char *value);
bool plan_set_unclear(struct options *options, const char *value);
bool plan_set_undo(struct options *options, const char *value);
bool plan_set_confirmed(struct options *options, const char *value);
bool plan_set_goal(struct options *options, const char *value);
bool plan_set_miss(struct options *options, const char *value);
bool plan_set_false_crash(struct options *options, const char *value);
bool plan_set_crash_cost(struct options *options, const char *value);
bool plan_set_culprits(struct options *options, const char *value);
bool plan_set_step(struct options *options, const char *value);
bool plan_set_script(struct options *options, const char *value);
bool plan_set_root(struct options *options, const char *value);
bool plan_set_simulate(struct options *options, const char *value);
bool plan_set_runs(struct options *options, const char *value);
bool plan_set_draw(struct options *options, const char *value);
bool plan_set_seed(struct options *options, const char *value);

#endif
