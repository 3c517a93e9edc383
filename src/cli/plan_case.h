/*
 * plan_case.h - a case as the plan sees it: files, what was recorded, the next step.
 *
 * For src/cli/plan*.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_CASE_H
#define IMC_PLAN_CASE_H

#include "casefile/plan_store.h"
#include "cli/options.h"
#include "cli/weights.h"
#include "rank/plan.h"

struct plan_case {
	const char *path; /* of the case */
	struct plan_store *store;
	struct weights *weights; /* NULL: the usual ones */
	struct plan_candidates files;
	struct plan_records records;
	double *probability; /* of each file */
	struct plan_problem problem;
	struct plan_event *events; /* one a record */
	unsigned char *sets;       /* n_files bytes of each event */
	struct plan_step step;     /* what comes next */
};

/* Open and read the case; EXIT_QUIET, or EXIT_TROUBLE after a message. Close in either case. */
int plan_case_open(const struct options *options, struct plan_case *plan);
void plan_case_close(struct plan_case *plan);

/* Read what was recorded, and compute what comes next. EXIT_QUIET, or EXIT_TROUBLE after a message. */
int plan_case_look(const struct plan_wish *wish, struct plan_case *plan);

/* Record what the options ask for, and compute the next step anew. plan_record.c */
int plan_case_note(const struct options *options, struct plan_case *plan);

/* The file that a person names: path as reports show it, or name alone. plan->files.n after a
 * message when it is none, or several. */
size_t plan_case_file(const struct plan_case *plan, const char *name);

/* Whether the scan, or the last recorded step, left the file out of In and Out. */
bool plan_case_is_out(const struct plan_case *plan, size_t file);

/* "root/path" or "path": malloc'ed; *len its bytes. NULL without memory. */
char *plan_case_name(const struct plan_candidate *file, size_t *len);

/* In words: "flow", "isolate"; "stable" … */
const char *plan_goal_name(enum plan_goal goal);
const char *plan_outcome_name(enum plan_outcome outcome);

/* Whether the output is neither the case nor in the evidence that the case names. False after a
 * message. */
bool plan_case_outside(const struct plan_case *plan, const char *output);

#endif
