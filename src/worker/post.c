/* post.c - one worker and the file it has in hand: hands it over, judges answer and death. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "worker/channel.h"
#include "worker/fill.h"
#include "worker/outcome.h"
#include "worker/pool_private.h"

#define TRIES 2

/* Give the files up without an answer: the run cannot go on. errno stays. */
static bool
drop(struct post *post)
{
	const int error = errno;

	line_close(post);
	errno = error;
	return false;
}

/* The file is done: be free for the next. */
static void
release(struct post *post)
{
	close(post->job.fd);
	post->busy = false;
	post->in_bytes -= post->job.size;
}

/* A message is done: tell it. */
static void
finish(struct pool *pool, struct post *post, struct record *record)
{
	record->mtime_sec = post->job.mtime_sec;
	record->mtime_nsec = post->job.mtime_nsec;
	release(post);
	pool->done(pool->context, record);
	pool->described = false;
}

static void
keep_digest(struct post *post)
{
	const struct slot *slot = post->child.slot;

	if (slot->hashed_mark != slot_job_mark(post->job.number))
		return;
	post->has_digest = true;
	post->digest_size = slot->hashed_size;
	memcpy(post->sha256, slot->sha256, sizeof post->sha256);
}

/* Both tries died. What was read and hashed before counts as examined in part; a file that never
 * got as far was not read at all. */
static void
finish_dead(struct pool *pool, struct post *post, const struct death *second)
{
	static const int errors[DEATH_KIND_COUNT] = {
		[DEATH_CRASHED] = EIO,
		[DEATH_TIMED_OUT] = ETIMEDOUT,
		[DEATH_OUT_OF_MEMORY] = ENOMEM,
	};
	struct record *record = pool->record;

	if (post->job.task != TASK_MESSAGE) {
		release(post);
		outcome_dead(pool, post, second);
		return;
	}
	record->job = post->job.number;
	fill_failed(record, errors[second->kind]);
	record->file_size = post->job.size;
	if (post->has_digest) {
		record->status = STATUS_PARTIAL;
		record->error = 0;
		record->file_size = post->digest_size;
		memcpy(record->sha256, post->sha256, sizeof record->sha256);
	}
	death_tell(record, &post->first, second);
	finish(pool, post, record);
}

static bool
restart(struct pool *pool, struct post *post)
{
	int landlock;

	child_stop(&post->child);
	post->given = false;
	return child_start(&post->child, &pool->child, &landlock, NULL, 0);
}

/* The answer of a process that died while it idled comes when we next write to it. */
static bool
send_job(struct pool *pool, struct post *post, const struct channel_job *job)
{
	if (channel_send_job(post->child.channel, job, post->job.fd))
		return true;
	if (errno == EBADF)
		return false;
	pool->deaths++;
	return restart(pool, post) && channel_send_job(post->child.channel, job, post->job.fd);
}

static void
finish_unsent(struct pool *pool, struct post *post)
{
	if (post->job.task != TASK_MESSAGE) {
		release(post);
		outcome_error(pool, post, EBADF);
		return;
	}
	pool->record->job = post->job.number;
	fill_failed(pool->record, EBADF);
	finish(pool, post, pool->record);
}

static void
forget_answers(const struct child *child)
{
	slot_clear(child->slot);
	if (child->description)
		child->description->magic = 0;
	if (child->evidence)
		child->evidence->magic = 0;
	slot_empty_salvage(child->salvage);
}

/* Give the post's file to its worker. A descriptor that cannot be passed makes a failed file. */
static bool
give(struct pool *pool, struct post *post)
{
	struct channel_job job = line_request(pool, &post->job, 0);

	job.name_len = post->name_len;
	/* A death is told in findings: the second try is an examination. */
	job.has_known = post->job.has_known && post->tries == 0;
	memcpy(job.name, post->name, sizeof job.name);
	forget_answers(&post->child);
	post->place = 0;
	post->tries++;
	line_set_deadline(pool, post);
	post->child.files++;
	if (send_job(pool, post, &job))
		return true;
	if (errno != EBADF)
		return drop(post);
	finish_unsent(pool, post);
	return true;
}

/* Only who was given the digest may answer with it and no more. */
static bool
is_fit(const struct post *post, const struct record *record)
{
	if (!(record->flags & RECORD_UNPARSED))
		return true;
	return post->job.has_known && post->tries == 1 && record->n_findings == 0 &&
	       record->status != STATUS_FAILED &&
	       memcmp(record->sha256, post->job.known, sizeof record->sha256) == 0;
}

/* A file that could not be read has no description; any other must have one when they are asked
 * for. */
static bool
fetch_description(struct pool *pool, const struct post *post)
{
	if (!pool->description || pool->record->status == STATUS_FAILED)
		return true;
	pool->described = description_copy(post->child.description, pool->description) &&
			  description_valid(pool->description, pool->record);
	return pool->described;
}

static bool
fetch(struct pool *pool, const struct post *post)
{
	if (post->job.task != TASK_MESSAGE)
		return outcome_fetch(pool, post);
	return slot_fetch(
		   post->child.slot, post->place, post->job.number, pool->n_rules, pool->record) &&
	       is_fit(post, pool->record) && fetch_description(pool, post);
}

/* Take the next file in hand. Those that a dead process had are given one by one. */
static bool
advance(struct pool *pool, struct post *post)
{
	while (!post->busy && post->n_waiting > 0) {
		line_next(pool, post);
		if (!post->given && !give(pool, post))
			return false;
	}
	return true;
}

/* A worker died, or was made to: the next try goes to a fresh process that has seen nothing
 * else. */
static bool
died(struct pool *pool, struct post *post, struct death death)
{
	pool->deaths++;
	keep_digest(post);
	if (!restart(pool, post))
		return drop(post);
	if (post->tries < TRIES) {
		post->first = death;
		return give(pool, post) && advance(pool, post);
	}
	finish_dead(pool, post, &death);
	return advance(pool, post);
}

/* The process is gone. What it had done, but not yet answered, is done: its death is that of the file
 * it was at. Only valid records are believed, as ever. */
static void
settle(struct pool *pool, struct post *post)
{
	while (line_is_further(post) && fetch(pool, post)) {
		finish(pool, post, pool->record);
		advance(pool, post); /* sends nothing: they were given */
	}
}

/* The process went away by itself. */
static bool
gone(struct pool *pool, struct post *post)
{
	const int status = child_stop(&post->child);
	const struct slot *slot = post->child.slot;

	settle(pool, post);
	return died(pool, post,
	    death_of_status(status, slot->marker == SLOT_OUT_OF_MEMORY, post->cpu_ms, slot->stage));
}

/* We end it: it said something that is no answer, or nothing for too long. */
static bool
give_up(struct pool *pool, struct post *post, enum death_cause cause)
{
	child_stop(&post->child);
	settle(pool, post);
	const struct death death = {
		.kind = cause == DEATH_BY_NONSENSE ? DEATH_CRASHED : DEATH_TIMED_OUT,
		.cause = cause,
		.number = cause == DEATH_BY_CLOCK ? line_wall_limit(post) : post->cpu_ms,
		.stage = post->child.slot->stage,
	};

	return died(pool, post, death);
}

/* The file in hand is answered. */
static bool
take_answer(struct pool *pool, struct post *post, const struct channel_answer *answer)
{
	if (!post->busy || !fetch(pool, post))
		return post->busy && give_up(pool, post, DEATH_BY_NONSENSE);
	post->child.peak_kib = answer->peak_kib;
	if (post->job.task != TASK_MESSAGE) {
		release(post);
		outcome_tell(pool, post);
		return true;
	}
	if (post->tries > 1)
		death_tell(pool->record, &post->first, NULL);
	finish(pool, post, pool->record);
	return advance(pool, post);
}

bool
post_answered(struct pool *pool, struct post *post)
{
	struct channel_answer answer;
	const int got = channel_receive_answer(post->child.channel, &answer);

	if (got == 0)
		return true;
	if (got == -1)
		return gone(pool, post);
	const uint64_t n = got == 1 && answer.n_done > 1 ? answer.n_done : 1;

	if (got != 1 || answer.kind != CHANNEL_DONE || !line_is_about(post, n, answer.number))
		return give_up(pool, post, DEATH_BY_NONSENSE);
	for (uint64_t i = 0; i < n; i++) {
		const uint64_t deaths = pool->deaths;

		if (!take_answer(pool, post, &answer))
			return false;
		if (pool->deaths != deaths)
			break; /* a record was none: the process that answered is gone */
	}
	return true;
}

bool
post_put(struct pool *pool, struct post *post, const struct pool_job *job)
{
	post->busy = true;
	post->job = *job;
	post->name_len = (uint32_t)slice_cut(job->name, 0, sizeof post->name).len;
	if (post->name_len > 0)
		memcpy(post->name, job->name.data, post->name_len);
	post->job.name = slice_of(NULL, 0);
	line_begin(pool, post);
	post->in_bytes = job->size;
	if ((post->child.pid <= 0 || child_is_worn(&post->child)) && !restart(pool, post))
		return drop(post);
	return give(pool, post);
}

/* A worker that uses no processor time because somebody stopped it is not waited for as long as one
 * that the machine keeps from running. */
bool
post_overdue(struct pool *pool, struct post *post)
{
	const uint64_t now = post_clock_ms();

	if (now >= post->deadline)
		return give_up(pool, post, DEATH_BY_CLOCK);
	if (child_is_stopped(&post->child))
		return give_up(pool, post, DEATH_BY_STOP);
	post->look = now + post->cpu_ms;
	if (post->look > post->deadline)
		post->look = post->deadline;
	return true;
}
