/*
 * recall.h - the results of a run, out of the case that kept them.
 *
 * For src/cli. The ranking is computed anew from what the case holds; nothing is read from the
 * evidence.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RECALL_H
#define IMC_RECALL_H

#include "casefile/casefile.h"
#include "cli/results.h"

struct recall {
	struct casefile *casefile;
	const char *path;
	struct results results;
	struct casefile_setup setup;
	struct weights *weights;         /* that it was ranked by; NULL: the usual ones */
	const char **notes;              /* those of the run, and ours */
	struct description *description; /* the one handed out */
	char *unknown;                   /* one of ours */
};

/* Open the case and compute its results. `output` (NULL: standard output) must not lie in the
 * evidence that the case names. False after a message. Free with recall_free() in any case. */
bool recall_case(struct recall *recall, const char *path, const char *output);
/* Whether nothing at `output` would lie in the evidence that the case names. False after a message;
 * what cannot be read as a case says so elsewhere. */
bool recall_outside(const char *path, const char *output);

void recall_free(struct recall *recall);

#endif
