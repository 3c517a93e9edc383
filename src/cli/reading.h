/*
 * reading.h - have the logs of a run read, those of the tree and those that --evidence names.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_READING_H
#define IMC_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "correlate/logs.h"
#include "spool/walk.h"
#include "worker/pool.h"

struct collect;
struct reading_job; /* a log in a worker's hands */
struct given_file;  /* what --evidence named */

/* Part of struct collect. */
struct reading {
	struct log_set *logs; /* NULL before the first log */
	struct reading_job *jobs;
	size_t n_jobs, jobs_room;
	struct given_file *given;
	size_t n_given, given_room;
	bool finished;
	uint64_t n_read; /* logs */
};

/* Read a file or the files of a folder that --evidence names; before the paths are walked, so that
 * what lies in the tree, too, is read once. False after a message: it cannot be opened, or
 * collecting failed. */
bool reading_evidence(struct collect *collect, const char *path);

/* Hand the artefact added last to a worker, if the entry is open; takes the descriptor. */
bool reading_take(struct collect *collect, const struct walk_entry *entry, bool excluded);

/* Called by the pool; context is the struct collect. */
void reading_done(void *context, const struct pool_outcome *outcome, enum log_kind kind,
    const struct evidence *evidence);

/* After the last file: the logs can be asked. */
void reading_finish(struct collect *collect);

void reading_free(struct reading *reading);

#endif
