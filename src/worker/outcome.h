/*
 * outcome.h - what became of a log or of a search, as the parent believes and tells it.
 *
 * For src/worker/post.c only. Every call ends with one callback of the pool but outcome_fetch().
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_OUTCOME_H
#define IMC_OUTCOME_H

#include <stdbool.h>

#include "worker/pool_private.h"

/* Copy the answer to the post's job and judge it; false: it is nonsense. */
bool outcome_fetch(struct pool *pool, const struct post *post);

/* Tell what outcome_fetch() took; the post's first try may have died. */
void outcome_tell(struct pool *pool, const struct post *post);

/* Nothing could be had: a descriptor that cannot be passed, or two deaths. */
void outcome_error(struct pool *pool, const struct post *post, int error);
void outcome_dead(struct pool *pool, const struct post *post, const struct death *second);

#endif
