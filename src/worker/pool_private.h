/*
 * pool_private.h - the inside of a pool: the workers' posts and the file that each has in hand.
 *
 * For src/worker/pool.c, post.c, line.c and their tests only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_POOL_PRIVATE_H
#define IMC_POOL_PRIVATE_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "worker/channel.h"
#include "worker/child.h"
#include "worker/death.h"
#include "worker/pool.h"
#include "worker/serve.h"
#include "worker/shelf.h"
#include "worker/slot.h"

/* One worker and the file it has in hand. */
struct post {
	struct child child;
	bool busy;
	struct pool_job job; /* without its name, which is borrowed */
	char name[CHANNEL_NAME_MAX];
	uint32_t name_len;
	unsigned tries;     /* begun */
	uint64_t cpu_ms;    /* limit of the file */
	uint64_t deadline;  /* milliseconds of the clock of post_clock_ms() */
	uint64_t look;      /* when to look whether the worker is stopped; not after the deadline */
	struct death first; /* when tries is 2 */
	bool has_digest;    /* a worker that died had read and hashed the file */
	uint64_t digest_size;
	uint8_t sha256[32];
	uint32_t place; /* of the record of the file in hand */
	/* Messages behind it, in a ring; all were given to the worker, or none. */
	struct waiting {
		struct pool_job job;
		uint32_t place;
	} waiting[SLOT_RECORDS];
	unsigned first_waiting, n_waiting;
	bool given;        /* those that wait */
	uint64_t in_bytes; /* of the file in hand and those behind it */
};

struct pool {
	struct pool_options options;
	struct child_options child;
	pool_done *done;
	void *context;
	size_t n_rules;
	uint64_t deaths;
	char sandbox[80];
	struct record *record;           /* our copy of an answer */
	struct description *description; /* the same; NULL: nobody wants one */
	bool described;                  /* it belongs to the answer */
	struct slot_answer answer;       /* the same of a log or a search */
	struct evidence *evidence;       /* of a log; NULL before the first */
	struct block_hashes *hashes;     /* of a search; NULL: nobody wants them */
	bool hashed;                     /* they belong to the answer */
	struct salvage *salvage;         /* of a new mail; NULL: none are made */
	struct shelf shelf;              /* what is searched for */
	uint32_t list;                   /* its number */
	struct pollfd *polled;
	unsigned depth;   /* messages before a worker, at most */
	unsigned n_posts; /* opened */
	struct post posts[];
};

/* pool_new() with another main function for the worker processes: for tests of what the parent
 * believes. */
struct pool *pool_new_serving(const struct pool_options *options, serve_main *serving,
    pool_done *done, void *context, char *why, size_t why_size);

/* line.c: CPU milliseconds for a file of that size, part of a MB counted in proportion; never 0, which
 * is no limit. And milliseconds of the clock that the file in hand may take. */
uint64_t line_cpu_limit(const struct pool_options *options, uint64_t size);
uint64_t line_wall_limit(const struct post *post);

/* From now until the file in hand must be done, and those before whose end it may stay unanswered. */
void line_set_deadline(const struct pool *pool, struct post *post);

/* What the worker is told about a file, without its name; its record goes to `place`. */
struct channel_job line_request(
    const struct pool *pool, const struct pool_job *wanted, uint32_t place);

/* The file that now is in hand has not been tried. */
void line_begin(const struct pool *pool, struct post *post);

/* Take the first that waits in hand. */
void line_next(const struct pool *pool, struct post *post);

/* Whether the job may line up behind what a busy worker has in hand; do so. False when it could not
 * be sent: nothing has changed then. */
bool line_takes(const struct pool *pool, const struct post *post, const struct pool_job *job);
bool line_up(struct pool *pool, struct post *post, const struct pool_job *job);

/* Whether the worker had begun with a file that waits; whether its answer, the last word about n
 * files, is about the first n that it was given. */
bool line_is_further(const struct post *post);
bool line_is_about(const struct post *post, uint64_t n, uint64_t number);

/* Close the files that are not done. */
void line_close(struct post *post);

/* Milliseconds of a clock that never goes back. */
uint64_t post_clock_ms(void);

/* These return false with errno when a worker could not be replaced; the file in hand is dropped
 * then. */
bool post_put(
    struct pool *pool, struct post *post, const struct pool_job *job); /* to an idle post */
bool post_answered(struct pool *pool, struct post *post); /* there is something on its channel */
bool post_overdue(struct pool *pool, struct post *post);  /* its time to look has come */

#endif
