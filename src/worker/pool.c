/* pool.c - the parent's side of the workers: hands out files and waits. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/pool.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "rule.h"
#include "worker/death.h"
#include "worker/examine.h"
#include "worker/pool_private.h"
#include "worker/sandbox.h"

#define DESCRIPTORS_SPARE 128u /* for folders, logs, outputs and channels */
#define NAP_MS 200             /* how soon an interrupt is seen */

static bool
interrupted(const struct pool *pool)
{
	if (!pool->options.interrupted || !*pool->options.interrupted)
		return false;
	errno = EINTR;
	return true;
}

/* Fill pool->polled, one for each post; how long poll(2) may wait. */
static int
prepare_poll(const struct pool *pool)
{
	const uint64_t now = post_clock_ms();
	uint64_t wait = pool->options.interrupted ? NAP_MS : INT_MAX;

	for (unsigned i = 0; i < pool->n_posts; i++) {
		const struct post *post = &pool->posts[i];
		const uint64_t left = post->look > now ? post->look - now : 0;

		pool->polled[i] = (struct pollfd){
			.fd = post->busy ? post->child.channel : -1,
			.events = POLLIN,
		};
		if (post->busy && left < wait)
			wait = left;
	}
	return (int)wait;
}

/* Wait until something happens to a busy worker, and deal with it. What has been answered counts as
 * answered in time, however late we look. */
static bool
step(struct pool *pool)
{
	const int wait = prepare_poll(pool);

	if (interrupted(pool))
		return false;
	if (poll(pool->polled, pool->n_posts, wait) < 0 && errno != EINTR)
		return false;
	for (unsigned i = 0; i < pool->n_posts; i++) {
		struct post *post = &pool->posts[i];

		if (!post->busy || pool->polled[i].fd < 0)
			continue;
		if (pool->polled[i].revents) {
			if (!post_answered(pool, post))
				return false;
		} else if (post_clock_ms() >= post->look) {
			if (!post_overdue(pool, post))
				return false;
		}
	}
	return true;
}

static struct post *
idle_post(struct pool *pool)
{
	for (unsigned i = 0; i < pool->n_posts; i++) {
		if (!pool->posts[i].busy)
			return &pool->posts[i];
	}
	return NULL;
}

static bool
any_busy(const struct pool *pool)
{
	for (unsigned i = 0; i < pool->n_posts; i++) {
		if (pool->posts[i].busy)
			return true;
	}
	return false;
}

/* Files in memory (members of archives) are few at a time when they are large. */
static bool
is_crowded(const struct pool *pool, const struct pool_job *job)
{
	uint64_t held = job->size < PACKED_KEPT ? job->size : PACKED_KEPT;
	bool others = false;

	for (unsigned i = 0; i < pool->n_posts; i++) {
		const struct post *post = &pool->posts[i];

		if (!post->busy || !post->job.whole.in_memory)
			continue;
		held += post->job.size < PACKED_KEPT ? post->job.size : PACKED_KEPT;
		others = true;
	}
	return job->whole.in_memory && others && held > 2 * (uint64_t)PACKED_KEPT;
}

/* The post with the shortest line that the job may join, or NULL. */
static struct post *
post_to_join(struct pool *pool, const struct pool_job *job)
{
	struct post *best = NULL;

	for (unsigned i = 0; i < pool->n_posts; i++) {
		struct post *post = &pool->posts[i];

		if (line_takes(pool, post, job) && (!best || post->n_waiting < best->n_waiting))
			best = post;
	}
	return best;
}

bool
pool_submit(struct pool *pool, const struct pool_job *job)
{
	for (;;) {
		const bool crowded = is_crowded(pool, job);
		struct post *post = crowded ? NULL : idle_post(pool);

		if (post)
			return post_put(pool, post, job);
		post = crowded || interrupted(pool) ? NULL : post_to_join(pool, job);
		if (post && line_up(pool, post, job))
			return true;
		if (!step(pool)) {
			const int error = errno;

			close(job->fd);
			errno = error;
			return false;
		}
	}
}

bool
pool_drain(struct pool *pool)
{
	while (any_busy(pool)) {
		if (!step(pool))
			return false;
	}
	return true;
}

static void
say_sandbox(struct pool *pool, int landlock)
{
	if (!pool->options.sandbox) {
		snprintf(
		    pool->sandbox, sizeof pool->sandbox, "resource limits only (--no-sandbox)");
		return;
	}
	const char *limits =
	    SANDBOX_SANITIZED ? "resource limits without memory" : "resource limits";
	if (landlock > 0)
		snprintf(pool->sandbox, sizeof pool->sandbox, "seccomp, Landlock ABI %d, %s",
		    landlock, limits);
	else
		snprintf(pool->sandbox, sizeof pool->sandbox,
		    "seccomp, no Landlock in this kernel, %s", limits);
}

static bool
start_all(struct pool *pool, char *why, size_t why_size)
{
	int landlock = 0;

	for (unsigned i = 0; i < pool->options.jobs; i++) {
		struct post *post = &pool->posts[i];

		if (!child_open(&post->child, pool->options.describe,
			pool->options.log_done != NULL, pool->options.hash_blocks)) {
			snprintf(why, why_size, "cannot share memory: %s", strerror(errno));
			child_close(&post->child);
			return false;
		}
		pool->n_posts++;
		if (pool->options.salvage_done && !child_open_salvage(&post->child)) {
			snprintf(why, why_size, "cannot share memory: %s", strerror(errno));
			return false;
		}
		if (!child_start(&post->child, &pool->child, &landlock, why, why_size))
			return false;
	}
	say_sandbox(pool, landlock);
	return true;
}

static struct pool *
allocate(const struct pool_options *options)
{
	struct pool *pool = calloc(1, sizeof *pool + options->jobs * sizeof pool->posts[0]);

	if (!pool)
		return NULL;
	pool->options = *options;
	pool->record = calloc(1, sizeof *pool->record);
	pool->polled = calloc(options->jobs, sizeof *pool->polled);
	if (options->describe)
		pool->description = calloc(1, sizeof *pool->description);
	if (options->hash_blocks)
		pool->hashes = calloc(1, sizeof *pool->hashes);
	if (options->salvage_done)
		pool->salvage = calloc(1, sizeof *pool->salvage);
	if (pool->record && pool->polled && (!options->describe || pool->description) &&
	    (!options->hash_blocks || pool->hashes) && (!options->salvage_done || pool->salvage))
		return pool;
	pool_free(pool);
	return NULL;
}

struct pool *
pool_new_serving(const struct pool_options *options, serve_main *serving, pool_done *done,
    void *context, char *why, size_t why_size)
{
	struct pool *pool = options->jobs ? allocate(options) : NULL;

	if (!pool) {
		snprintf(why, why_size, options->jobs ? "out of memory" : "a pool needs a worker");
		return NULL;
	}
	pool->done = done;
	pool->context = context;
	pool->depth = 1;
	pool->child = (struct child_options){
		.serve = serving,
		.memory = (size_t)options->memory_mib << 20,
		.sandbox = options->sandbox,
		.disabled = options->disabled,
		.limits = options->limits,
	};
	rules_all(&pool->n_rules);
	if (options->hits_done && !shelf_open(&pool->shelf)) {
		snprintf(why, why_size, "cannot share memory: %s", strerror(errno));
		pool_free(pool);
		return NULL;
	}
	pool->child.wanted = pool->shelf.lent;
	if (!start_all(pool, why, why_size)) {
		pool_free(pool);
		return NULL;
	}
	return pool;
}

static bool
descriptors_suffice(unsigned jobs)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
	       limit.rlim_cur >= DESCRIPTORS_SPARE + (rlim_t)jobs * SLOT_RECORDS;
}

struct pool *
pool_new(
    const struct pool_options *options, pool_done *done, void *context, char *why, size_t why_size)
{
	const char *missing = examine_warm();

	if (missing) {
		snprintf(why, why_size, "cannot make ready: %s", missing);
		return NULL;
	}
	if (!death_rules_known()) {
		snprintf(why, why_size, "the rule table lacks the family worker");
		return NULL;
	}
	struct pool *pool = pool_new_serving(options, serve, done, context, why, why_size);

	/* There is one description, of one message; and files that wait are open. */
	if (pool && !options->describe && descriptors_suffice(options->jobs))
		pool->depth = SLOT_RECORDS;
	return pool;
}

void
pool_want(struct pool *pool, const struct wanted *wanted)
{
	memcpy(pool->shelf.ours, wanted, sizeof *wanted);
	pool->list++;
}

const char *
pool_sandbox(const struct pool *pool)
{
	return pool->sandbox;
}

const struct description *
pool_description(const struct pool *pool)
{
	return pool->described ? pool->description : NULL;
}

const struct block_hashes *
pool_hashes(const struct pool *pool)
{
	return pool->hashed ? pool->hashes : NULL;
}

uint64_t
pool_deaths(const struct pool *pool)
{
	return pool->deaths;
}

pid_t
pool_worker_pid(const struct pool *pool, unsigned index)
{
	return index < pool->n_posts ? pool->posts[index].child.pid : -1;
}

void
pool_free(struct pool *pool)
{
	if (!pool)
		return;
	for (unsigned i = 0; i < pool->n_posts; i++) {
		line_close(&pool->posts[i]);
		child_close(&pool->posts[i].child);
	}
	shelf_close(&pool->shelf);
	free(pool->evidence);
	free(pool->hashes);
	free(pool->salvage);
	free(pool->polled);
	free(pool->description);
	free(pool->record);
	free(pool);
}
