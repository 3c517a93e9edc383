/*
 * pool_private.h - the inside of a pool: the workers' posts and the file that each has in hand.
 *
 * For src/worker/pool.c, src/worker/post.c and their test only.
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
	struct shelf shelf;              /* what is searched for */
	uint32_t list;                   /* its number */
	struct pollfd *polled;
	unsigned n_posts; /* opened */
	struct post posts[];
};

/* pool_new() with another main function for the worker processes: for tests of what the parent
 * believes. */
struct pool *pool_new_serving(const struct pool_options *options, serve_main *serving,
    pool_done *done, void *context, char *why, size_t why_size);

/* Milliseconds of a clock that never goes back. */
uint64_t post_clock_ms(void);

/* These return false with errno when a worker could not be replaced; the file in hand is dropped
 * then. */
bool post_put(
    struct pool *pool, struct post *post, const struct pool_job *job); /* to an idle post */
bool post_answered(struct pool *pool, struct post *post); /* there is something on its channel */
bool post_overdue(struct pool *pool, struct post *post);  /* its time to look has come */

#endif
