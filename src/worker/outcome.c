/* outcome.c - what became of a log or of a search, as the parent believes and tells it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/outcome.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Room for what a log says, had when the first one comes. */
static bool
has_evidence_room(struct pool *pool)
{
	if (!pool->evidence)
		pool->evidence = calloc(1, sizeof *pool->evidence);
	return pool->evidence != NULL;
}

bool
outcome_fetch(struct pool *pool, const struct post *post)
{
	struct slot_answer *answer = &pool->answer;

	if (!slot_fetch_answer(post->child.slot, post->job.number, answer))
		return false;
	if (answer->error)
		return true;
	if (post->job.task == TASK_SALVAGE)
		return slot_fetch_salvage(post->child.salvage, answer, pool->salvage);
	if (post->job.task == TASK_SEARCH)
		return wanted_hits_valid(
			   pool->shelf.lent, answer->hits, answer->n_hits, answer->size) &&
		       (!pool->hashes ||
			   slot_fetch_hashes(post->child.hashes, answer, pool->hashes));
	if (!log_is_read(answer->kind))
		return true;
	if (!has_evidence_room(pool)) {
		answer->error = ENOMEM;
		return true;
	}
	return slot_fetch_evidence(post->child.evidence, answer, pool->evidence);
}

/* Whether what was asked for needed all bytes of the file. */
static bool
is_whole(const struct post *post, const struct slot_answer *answer)
{
	return post->job.task != TASK_LOG || log_is_read(answer->kind);
}

static void
tell_salvage(
    struct pool *pool, const struct post *post, const struct pool_outcome *outcome, bool good)
{
	const struct slice mail =
	    good ? slice_of(post->child.salvage->mail, (size_t)pool->salvage->mail_len)
		 : slice_of(NULL, 0);

	pool->options.salvage_done(pool->context, outcome, good ? pool->salvage : NULL, mail);
	slot_empty_salvage(post->child.salvage);
}

static void
tell(struct pool *pool, const struct post *post, enum status status, const char *reason)
{
	const struct slot_answer *answer = &pool->answer;
	const bool good = status != STATUS_FAILED;
	const bool whole = good && is_whole(post, answer);
	const struct pool_outcome outcome = {
		.number = post->job.number,
		.status = status,
		.reason = reason,
		.size = whole ? answer->size : post->job.size,
		.sha256 = whole ? answer->sha256 : NULL,
	};

	pool->hashed = pool->hashes && good && post->job.task == TASK_SEARCH;
	if (post->job.task == TASK_SALVAGE)
		tell_salvage(pool, post, &outcome, good);
	else if (post->job.task == TASK_SEARCH)
		pool->options.hits_done(pool->context, &outcome, answer->hits,
		    good ? answer->n_hits : 0, good ? answer->n_found : 0);
	else
		pool->options.log_done(pool->context, &outcome,
		    good ? (enum log_kind)answer->kind : LOG_UNKNOWN,
		    whole ? pool->evidence : NULL);
}

void
outcome_tell(struct pool *pool, const struct post *post)
{
	const struct slot_answer *answer = &pool->answer;
	char words[DEATH_SENTENCE_MAX] = "";
	const bool whole = is_whole(post, answer);
	const bool changed = answer->changed || (whole && answer->size != post->job.size);

	if (answer->error) {
		tell(pool, post, STATUS_FAILED, strerror(answer->error));
		return;
	}
	if (post->tries > 1)
		death_sentence(words, &post->first, NULL);
	if (changed)
		tell(pool, post, STATUS_CHANGED, "changed while it was being read");
	else
		tell(pool, post, STATUS_EXAMINED, words);
}

void
outcome_error(struct pool *pool, const struct post *post, int error)
{
	tell(pool, post, STATUS_FAILED, strerror(error));
}

void
outcome_dead(struct pool *pool, const struct post *post, const struct death *second)
{
	char words[DEATH_SENTENCE_MAX];

	death_sentence(words, &post->first, second);
	tell(pool, post, STATUS_FAILED, words);
}
