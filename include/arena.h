/*
 * arena.h - memory of one message, freed at once.
 *
 * For parsers and the worker. Rules, reports and the command line allocate nothing from it.
 * Exhaustion never returns: the handler given to arena_new() runs and the process aborts, which the
 * parent sees as a dead worker (design: out of memory is evidence). Code: src/base/arena.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ARENA_H
#define IMC_ARENA_H

#include <stddef.h>

#include "slice.h"

struct arena;

/* A new arena of at most `limit` bytes; `exhausted` (may be NULL) runs once before abort().
 * NULL when even the first block cannot be had. Free with arena_free(). */
struct arena *arena_new(size_t limit, void (*exhausted)(void));

/* Zeroed memory for count objects of size bytes, aligned for any type; lives until arena_reset().
 * Never NULL, also for 0 bytes. Size overflow counts as exhaustion. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);

/* *array (of *room objects of `size` bytes, `used` of them in use) made to hold at least used + 1:
 * doubled in the arena when full, old contents kept. Total cost is linear in the final length. */
void arena_grow(struct arena *arena, void *array, size_t *room, size_t used, size_t size);

/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

/* Forget everything; keeps one block of modest size for the next message. */
void arena_reset(struct arena *arena);

/* Give everything back to the system; NULL is allowed. */
void arena_free(struct arena *arena);

#endif
