/*
 * results.h - what a run gave, from a live scan or from a case, and its way into a report.
 *
 * For src/cli. Whoever fills it: results_start(), then files into `ranking`, artefacts, the run's
 * own facts; results_finish(); the notes; results_write(). Logs and clues join before
 * results_finish().
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RESULTS_H
#define IMC_RESULTS_H

#include "cli/artefacts.h"
#include "cli/notes.h"
#include "cli/options.h"
#include "rank/rank.h"

struct results {
	struct ranking *ranking;
	struct artefacts artefacts;
	struct run_info run;
	struct summary summary; /* started, ended, interrupted, worker_deaths: the filler's */
	struct notes notes;
	const char *spill_dir; /* where the ranking keeps what was found, as told in errors */
	/* Paths below which nothing is ever written; borrowed. */
	const char *const *evidence;
	size_t n_evidence;
	/* The description of a suspect, borrowed until the next call, NULL when there is none; for
	 * formats that show it. NULL: there are none at all. */
	const struct description *(*describe)(void *context, const struct suspect *suspect);
	void *describing;
};

/* Whether nothing at `goal` would lie inside the evidence ("-" and NULL never do). False after a
 * message. */
bool results_outside(const struct results *results, const char *goal);

/* A spill outside the evidence. NULL with errno. */
struct spill *results_spill(struct results *results);

/* Begin the ranking; set the evidence before. False after a message. */
bool results_start(struct results *results, const struct ranking_options *options);

/* Rank everything and count it. False after a message. */
bool results_finish(struct results *results);

/* Write the report that the options ask for. False after a message. */
bool results_write(struct results *results, const struct options *options);

/* Write the suspects that a list would show (--top, --min-level) as rows of a table of several cases,
 * in the format of the options; `first`: with its head. False after a message. */
bool results_rows(struct results *results, const struct options *options, FILE *out,
    const char *case_path, bool first);

/* The exit status that these results mean. */
int results_verdict(const struct results *results, enum level fail_on);

void results_free(struct results *results);

#endif
