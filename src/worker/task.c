/* task.c - what a worker does with a file beside examining it: read a log, search, salvage. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/task.h"

#include <errno.h>
#include <string.h>

#include "salvage/salvage_mail.h"
#include "torn.h"

/* Beginning of a file that is no log: what its kind was judged by. */
#define HEAD_MAX ((size_t)64 << 10)

struct log_task {
	struct arena *arena;
	struct slice name;
	struct evidence *out;
	struct slot_answer *answer;
	struct log_reader *reader; /* NULL before the first piece */
};

static void
fill_answer(struct slot_answer *answer, const struct input *input, int error)
{
	answer->error = error;
	answer->size = input->size;
	answer->changed = input->changed;
	if (!error)
		memcpy(answer->sha256, input->sha256, sizeof answer->sha256);
}

static bool
take_log(void *context, struct slice piece)
{
	struct log_task *task = context;

	if (!task->reader) {
		const enum log_kind kind = log_kind(slice_cut(piece, 0, HEAD_MAX), task->name);

		task->answer->kind = (uint32_t)kind;
		if (!log_is_read(task->answer->kind))
			return false;
		task->reader = log_begin(task->arena, kind, task->answer->job, task->out);
	}
	log_feed(task->reader, piece);
	return true;
}

void
task_log(struct input *input, struct arena *arena, int fd, struct slice name, struct evidence *out,
    struct slot_answer *answer)
{
	struct log_task task = { .arena = arena, .name = name, .out = out, .answer = answer };
	int error;

	answer->kind = LOG_UNKNOWN;
	error = input_stream(input, fd, take_log, &task);
	if (task.reader && error != ECANCELED)
		log_finish(task.reader);
	/* An empty file is no log; nor is what was not read beyond its beginning. */
	fill_answer(answer, input, error == ECANCELED ? 0 : error);
	if (!task.reader)
		memset(answer->sha256, 0, sizeof answer->sha256);
}

struct search_task {
	struct finder *finder;
	struct block_hashes *hashes; /* NULL: not wanted */
};

static void
hash_blocks(struct block_hashes *hashes, struct slice piece)
{
	uint32_t count = hashes->count;

	for (size_t at = 0; piece.len - at >= TORN_BLOCK && count < WANTED_BLOCKS_SEEN;
	     at += TORN_BLOCK)
		hashes->hashes[count++] = torn_hash(piece.data + at);
	hashes->count = count;
}

static bool
take_search(void *context, struct slice piece)
{
	struct search_task *task = context;

	finder_feed(task->finder, piece);
	if (task->hashes)
		hash_blocks(task->hashes, piece);
	return true;
}

void
task_search(struct input *input, struct finder *finder, int fd, struct block_hashes *hashes,
    struct slot_answer *answer)
{
	struct search_task task = { finder, hashes };
	int error;

	if (hashes)
		hashes->count = 0;
	finder_begin(finder);
	error = input_stream(input, fd, take_search, &task);
	if (!error)
		answer->n_hits = finder_hits(finder, answer->hits, &answer->n_found);
	fill_answer(answer, input, error);
}

static void
hash_bytes(void *context, struct slice bytes, uint8_t sha256[32])
{
	if (input_digest(context, bytes, sha256))
		memset(sha256, 0, 32);
}

static int
make_mail(struct examiner *examiner, const struct salvage_task *task, struct salvage_area *area)
{
	struct input *input = examiner_input(examiner);
	struct salvage_order order = {
		.msg = examine_read(examiner, task->folder, task->direction),
		.arena = examine_arena(examiner),
		.wish = &task->wish,
		.hash = hash_bytes,
		.hashing = input,
		.out = &area->account,
		.mail = area->mail,
		.mail_room = (size_t)salvage_limit(input->size),
	};

	memcpy(order.sha256, input->sha256, sizeof order.sha256);
	salvage_start(&area->account, task->job, input->size);
	if (task->wish.way == SALVAGE_INVENTORY)
		salvage_inventory(&order);
	else if (!salvage_mail(&order))
		return ENOSPC;
	return 0;
}

void
task_salvage(struct examiner *examiner, const struct salvage_task *task, int fd,
    struct salvage_area *area, struct slot_answer *answer)
{
	struct input *input = examiner_input(examiner);
	int error = input_read(input, fd);

	fill_answer(answer, input, error);
	if (!error)
		answer->error = make_mail(examiner, task, area);
}
