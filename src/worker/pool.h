/*
 * pool.h - long-lived confined workers that examine files handed to them by descriptor.
 *
 * For src/cli. The parent side: it validates every answer and never reads a message itself.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_POOL_H
#define IMC_POOL_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "description.h"
#include "evidence.h"
#include "folder.h"
#include "limits_set.h"
#include "packed.h"
#include "record.h"
#include "salvage.h"
#include "wanted.h"

/* What is to be done with a file. */
enum pool_task {
	TASK_MESSAGE, /* examine it: pool_done */
	TASK_LOG,     /* read it as a log, if it is one: pool_log_done */
	TASK_SEARCH,  /* look for what pool_want() was given: pool_hits_done */
	TASK_SALVAGE  /* make a new mail of it: pool_salvage_done */
};

/* What became of a file that was handed over as a log or for a search. Lives for the call only. */
struct pool_outcome {
	uint64_t number;
	enum status status;    /* examined, changed (all the same read) or failed */
	const char *reason;    /* our words; "" when nothing is to be said */
	uint64_t size;         /* bytes */
	const uint8_t *sha256; /* NULL: it was not read whole */
};

/* A log. LOG_UNKNOWN is an answer, too: nothing that is read here. Evidence is valid and goes with
 * the kinds that are read; NULL otherwise, and when the file failed. */
typedef void pool_log_done(void *context, const struct pool_outcome *outcome, enum log_kind kind,
    const struct evidence *evidence);

/* A search: valid hits as wanted.h tells, n_found of which n_hits are told. */
typedef void pool_hits_done(void *context, const struct pool_outcome *outcome,
    const struct search_hit *hits, uint32_t n_hits, uint32_t n_found);

/* A new mail: its valid account, and its bytes, which another process may still change: they are to be
 * copied before they are looked at. NULL and empty when there is none. */
typedef void pool_salvage_done(void *context, const struct pool_outcome *outcome,
    const struct salvage *account, struct slice mail);

struct pool_options {
	unsigned jobs;           /* workers, at least 1 */
	unsigned time_base_ms;   /* CPU milliseconds a file may take … */
	unsigned time_per_mb_ms; /* … plus these for each MB of it */
	unsigned memory_mib;     /* address space of a worker, beyond what it is born with */
	bool sandbox;            /* false only with --no-sandbox */
	const bool *disabled;    /* per rule: do not run; NULL: all run; must outlive the pool */
	bool describe;           /* each message is described, too: pool_description() */
	bool hash_blocks;        /* each search tells of all blocks, too: pool_hashes() */
	/* When it becomes nonzero (in a signal handler), submit and drain soon give up with EINTR;
	 * NULL: never. */
	const volatile sig_atomic_t *interrupted;
	/* Called as pool_done is. NULL: there are no jobs of that task. */
	pool_log_done *log_done;
	pool_hits_done *hits_done;
	struct limits_set limits; /* of a message */
	pool_salvage_done *salvage_done;
};

struct pool_job {
	uint64_t number; /* comes back with the record; unique */
	int fd;          /* becomes the pool's: closed when done */
	enum folder folder;
	enum direction direction;
	uint64_t size; /* bytes by fstat, for the time limit */
	int64_t mtime_sec;
	uint32_t mtime_nsec;
	enum pool_task task;
	/* Copied. TASK_LOG: the file's name without folders; TASK_SALVAGE: the bytes of a wish. */
	struct slice name;
	/* A file with this digest is not parsed: its record has RECORD_UNPARSED and no findings. */
	bool has_known;
	uint8_t known[32];
	struct packed_whole whole; /* of a member of an archive */
};

/* Called by pool_submit() and pool_drain() for each finished file, in any order. The record is
 * valid, lives for the call only and is never NULL: a file that could not be examined has
 * STATUS_FAILED with the errno, or findings of family `worker`. */
typedef void pool_done(void *context, const struct record *record);

struct pool;

/* Warm up, fork and confine the workers. NULL on failure with a sentence in why[why_size]: a
 * sandbox that cannot be had is a failure, unless options->sandbox is false. Call before any thread
 * is started. */
struct pool *pool_new(
    const struct pool_options *options, pool_done *done, void *context, char *why, size_t why_size);

/* Hand over a file; waits for a free worker. False when a worker could not be replaced or at an
 * interrupt (errno); the descriptor is closed then, too. */
bool pool_submit(struct pool *pool, const struct pool_job *job);

/* Wait for all files handed over. False as for pool_submit(). */
bool pool_drain(struct pool *pool);

/* What the searches handed over from now on look for. Drain the pool before; the list is copied. */
void pool_want(struct pool *pool, const struct wanted *wanted);

/* One line on what confines the workers on this kernel, e.g. "seccomp, Landlock ABI 6, rlimits". */
const char *pool_sandbox(const struct pool *pool);

/* Within a call of pool_done: the valid description of that file, NULL when there is none. */
const struct description *pool_description(const struct pool *pool);

/* Within a call of pool_hits_done: the hashes of all blocks of that file, NULL when there are none. */
const struct block_hashes *pool_hashes(const struct pool *pool);

/* How many workers died so far. */
uint64_t pool_deaths(const struct pool *pool);

/* The process id of a worker (from 0), -1 when there is none; for tests that harm it. */
pid_t pool_worker_pid(const struct pool *pool, unsigned index);

/* Kill and reap the workers; jobs in hand are dropped. NULL is allowed. */
void pool_free(struct pool *pool);

#endif
