/* line.c - the files before one worker: the one in hand, and messages that wait behind it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "worker/channel.h"
#include "worker/pool_private.h"

/* The machine may be busy with other work: wait this many times the CPU limit, and a bit more. */
#define WALL_FACTOR 10
#define WALL_BASE_MS 5000
#define LINE_BYTES ((uint64_t)256 << 10) /* of files before one worker; a larger one is alone */

uint64_t
post_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* CPU milliseconds for a file of that size, part of a MB counted in proportion; never 0, which is
 * no limit. */
uint64_t
line_cpu_limit(const struct pool_options *options, uint64_t size)
{
	const uint64_t megabytes = size >> 20, rest = size & 0xfffff;
	uint64_t ms = options->time_base_ms;

	if (megabytes > UINT32_MAX)
		return (uint64_t)UINT32_MAX * 1000;
	ms += megabytes * options->time_per_mb_ms + (rest * options->time_per_mb_ms >> 20);
	return ms ? ms : 1;
}

uint64_t
line_wall_limit(const struct post *post)
{
	return post->cpu_ms * WALL_FACTOR + WALL_BASE_MS;
}

/* From now until the file in hand must be done, and those before which it may be answered. */
void
line_set_deadline(const struct pool *pool, struct post *post)
{
	const uint64_t now = post_clock_ms();

	post->look = now + post->cpu_ms;
	post->deadline = now + line_wall_limit(post);
	for (unsigned i = 0; i < post->n_waiting && post->given; i++) {
		const struct waiting *next =
		    &post->waiting[(post->first_waiting + i) % SLOT_RECORDS];

		post->deadline +=
		    line_cpu_limit(&pool->options, next->job.size) * WALL_FACTOR + WALL_BASE_MS;
	}
}

void
line_close(struct post *post)
{
	if (post->busy)
		close(post->job.fd);
	for (; post->n_waiting > 0; post->n_waiting--) {
		close(post->waiting[post->first_waiting].job.fd);
		post->first_waiting = (post->first_waiting + 1) % SLOT_RECORDS;
	}
	post->busy = false;
}

/* The file that now is in hand has not been tried. */
void
line_begin(const struct pool *pool, struct post *post)
{
	post->tries = 0;
	post->has_digest = false;
	post->place = 0;
	post->cpu_ms = line_cpu_limit(&pool->options, post->job.size);
}

/* What the worker is told about a file; without its name. */
struct channel_job
line_request(const struct pool *pool, const struct pool_job *wanted, uint32_t place)
{
	struct channel_job job = {
		.number = wanted->number,
		.cpu_ms = line_cpu_limit(&pool->options, wanted->size),
		.folder = (uint32_t)wanted->folder,
		.direction = (uint32_t)wanted->direction,
		.task = (uint32_t)wanted->task,
		.list = pool->list,
		.has_known = wanted->has_known,
		.place = place,
		.has_whole = wanted->whole.head,
		.whole_size = wanted->whole.size,
	};

	memcpy(job.known, wanted->known, sizeof job.known);
	memcpy(job.whole, wanted->whole.sha256, sizeof job.whole);
	return job;
}

void
line_next(const struct pool *pool, struct post *post)
{
	const struct waiting *next = &post->waiting[post->first_waiting];

	post->job = next->job;
	post->name_len = 0;
	post->busy = true;
	line_begin(pool, post);
	post->first_waiting = (post->first_waiting + 1) % SLOT_RECORDS;
	post->n_waiting--;
	if (!post->given)
		return;
	post->place = next->place;
	post->tries = 1;
	line_set_deadline(pool, post);
}

/* Whether the worker had begun with a file that waits. */
bool
line_is_further(const struct post *post)
{
	const uint64_t mark = post->child.slot->in_hand;

	for (unsigned i = 0; i < post->n_waiting && post->given; i++) {
		const struct waiting *next =
		    &post->waiting[(post->first_waiting + i) % SLOT_RECORDS];

		if (slot_job_mark(next->job.number) == mark)
			return true;
	}
	return false;
}

/* Whether the answer is about the first n of those that the worker was given. */
bool
line_is_about(const struct post *post, uint64_t n, uint64_t number)
{
	if (n == 1)
		return number == post->job.number;
	return post->given && n <= post->n_waiting + 1u &&
	       post->waiting[(post->first_waiting + n - 2) % SLOT_RECORDS].job.number == number;
}

bool
line_takes(const struct pool *pool, const struct post *post, const struct pool_job *job)
{
	return post->busy && post->job.task == TASK_MESSAGE && job->task == TASK_MESSAGE &&
	       post->tries == 1 && (post->n_waiting == 0 || post->given) &&
	       post->n_waiting + 1 < pool->depth && post->in_bytes + job->size <= LINE_BYTES &&
	       !child_is_worn(&post->child);
}

bool
line_up(struct pool *pool, struct post *post, const struct pool_job *job)
{
	const unsigned behind = (post->first_waiting + post->n_waiting) % SLOT_RECORDS;
	const uint32_t place = (post->place + post->n_waiting + 1) % SLOT_RECORDS;
	const struct channel_job request = line_request(pool, job, place);

	slot_clear_record(post->child.slot, place);
	if (!channel_send_job(post->child.channel, &request, job->fd))
		return false;
	post->waiting[behind] = (struct waiting){ .job = *job, .place = place };
	post->waiting[behind].job.name = slice_of(NULL, 0);
	post->n_waiting++;
	post->given = true;
	post->in_bytes += job->size;
	post->child.files++;
	line_set_deadline(pool, post);
	return true;
}
