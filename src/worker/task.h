/*
 * task.h - what a worker does with a file beside examining it: read a log, search, salvage.
 *
 * For src/worker only, worker side. The first two read the file as a stream: memory is bounded whatever its
 * size, time is linear in it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TASK_H
#define IMC_TASK_H

#include "arena.h"
#include "evidence.h"
#include "slice.h"
#include "worker/examine.h"
#include "worker/finder.h"
#include "worker/input.h"
#include "worker/slot.h"

/* Tell the log's kind by its content (and the name), read it if it is of a kind that is read, and
 * write what it says to *out. Of another file only the beginning is read. answer->job is set
 * already; the rest of the answer is written. */
void task_log(struct input *input, struct arena *arena, int fd, struct slice name,
    struct evidence *out, struct slot_answer *answer);

/* Look for what is wanted in the whole file. With hashes (may be NULL) those of its blocks are told,
 * too. */
void task_search(struct input *input, struct finder *finder, int fd, struct block_hashes *hashes,
    struct slot_answer *answer);

struct salvage_task {
	uint64_t job;
	enum folder folder;
	enum direction direction;
	struct salvage_wish wish;
};

/* Make a new mail of the message, as the wish says, and its account. */
void task_salvage(struct examiner *examiner, const struct salvage_task *task, int fd,
    struct salvage_area *area, struct slot_answer *answer);

#endif
