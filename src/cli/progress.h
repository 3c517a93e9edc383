/*
 * progress.h - how far the scan is: one line on stderr that is written over and over.
 *
 * For src/cli. The line holds figures only, nothing that a file could have named.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PROGRESS_H
#define IMC_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
	bool shown;
	uint64_t done, total; /* files; total 0: not known */
	uint64_t started_ms, drawn_ms;
	size_t columns;
};

/* Whether progress is to be shown: auto means a terminal that can move its cursor. */
bool progress_wanted(int when);

struct progress progress_new(bool shown, uint64_t total);

/* One more file is done; draws at most ten times a second. */
void progress_step(struct progress *progress);

/* Take the line away. */
void progress_end(struct progress *progress);

/* The line for these figures, without its end, into out; never longer than `columns`. */
void progress_line(
    uint64_t done, uint64_t total, uint64_t elapsed_ms, size_t columns, char *out, size_t out_size);

#endif
