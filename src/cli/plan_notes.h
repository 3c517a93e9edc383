/*
 * plan_notes.h - what a case tells of restarts, in sentences for reports.
 *
 * For src/cli/report.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_NOTES_H
#define IMC_PLAN_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#include "suspect.h"

#define PLAN_NOTE_TEXT 240

struct plan_notes {
	struct plan_note *list;
	char (*text)[PLAN_NOTE_TEXT]; /* of each */
	size_t n;
	char next[PLAN_NOTE_TEXT];
};

/* Read the steps recorded in the case, and compute the next; of a redacted report no path is told.
 * False after a message. Free in either case. */
bool plan_notes_read(struct plan_notes *notes, const char *path, bool redact);
void plan_notes_free(struct plan_notes *notes);

/* Tell a report of them; without a step nothing. Borrowed. */
void plan_notes_tell(const struct plan_notes *notes, struct run_info *run);

#endif
