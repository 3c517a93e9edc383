/*
 * child.h - the parent's hold on one worker process.
 *
 * For src/worker only, parent side.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CHILD_H
#define IMC_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "worker/serve.h"
#include "worker/slot.h"

struct child {
	pid_t pid;                       /* -1: no process */
	int channel;                     /* our end, -1 without a process */
	struct slot *slot;               /* lasts from process to process */
	struct description *description; /* so does this one; NULL: not asked for */
	struct evidence *evidence;       /* and this; NULL: no logs are read */
	struct block_hashes *hashes;     /* and this; NULL: not asked for */
	struct salvage_area *salvage;    /* and this; NULL: nothing is salvaged */
	uint64_t files;                  /* given to this process */
	uint64_t birth_kib;              /* resident when it was ready */
	uint64_t peak_kib;               /* as it said last */
};

struct child_options {
	serve_main *serve;
	size_t memory; /* bytes */
	bool sandbox;
	const bool *disabled;
	const struct wanted *wanted; /* NULL: nothing is searched for */
	struct limits_set limits;
};

/* Get the slot, and memory for descriptions, logs and hashes of blocks when asked for; no process
 * yet. False and errno on failure; child_close() is allowed in any case. */
bool child_open(struct child *child, bool describe, bool logs, bool hashes);

/* Before the first child_start(): get memory for new mails, too. */
bool child_open_salvage(struct child *child);

/* Fork a worker and wait until it is confined. False with errno on failure, and what failed in why
 * (may be NULL), a sentence. *landlock as sandbox_enter() says. */
bool child_start(struct child *child, const struct child_options *options, int *landlock, char *why,
    size_t why_size);

/* End the process, if there is one. The wait status, which tells how it died when it was dead
 * before. */
int child_stop(struct child *child);

/* Whether a signal has stopped the process, and none has set it going again. */
bool child_is_stopped(const struct child *child);

/* Whether the process has served long or grown much: a fresh one should follow before the next
 * file. */
bool child_is_worn(const struct child *child);

void child_close(struct child *child);

#endif
