/*
 * arena_exact.c - the arena of the fuzz targets: each allocation is a block of exactly its size.
 *
 * Linked before the library, it takes the place of src/base/arena.c, whose blocks hold many
 * allocations side by side where no sanitizer sees one run into the next.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "arena.h"

#include <stdlib.h>
#include <string.h>

struct arena {
	void **blocks;
	size_t n_blocks, room;
	size_t limit, used;
	void (*exhausted)(void);
};

struct arena *
arena_new(size_t limit, void (*exhausted)(void))
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (!arena)
		return NULL;
	arena->limit = limit;
	arena->exhausted = exhausted;
	return arena;
}

static _Noreturn void
give_up(const struct arena *arena)
{
	if (arena->exhausted)
		arena->exhausted();
	abort();
}

static void
remember(struct arena *arena, void *block)
{
	if (arena->n_blocks == arena->room) {
		arena->room = arena->room ? arena->room * 2 : 64;
		arena->blocks = reallocarray(arena->blocks, arena->room, sizeof *arena->blocks);
		if (!arena->blocks)
			give_up(arena);
	}
	arena->blocks[arena->n_blocks++] = block;
}

void *
arena_alloc(struct arena *arena, size_t count, size_t size)
{
	void *block;
	size_t len;

	if (__builtin_mul_overflow(count, size, &len) || len > arena->limit - arena->used)
		give_up(arena);
	block = malloc(len);
	if (!block)
		give_up(arena);
	remember(arena, block);
	arena->used += len;
	return memset(block, 0, len);
}

void
arena_grow(struct arena *arena, void *array, size_t *room, size_t used, size_t size)
{
	size_t wanted = *room ? *room * 2 : 16;
	void *old, *bigger;

	if (used < *room)
		return;
	memcpy(&old, array, sizeof old);
	bigger = arena_alloc(arena, wanted, size);
	if (used)
		memcpy(bigger, old, used * size);
	memcpy(array, &bigger, sizeof bigger);
	*room = wanted;
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}

void
arena_reset(struct arena *arena)
{
	while (arena->n_blocks > 0)
		free(arena->blocks[--arena->n_blocks]);
	arena->used = 0;
}

void
arena_free(struct arena *arena)
{
	if (!arena)
		return;
	arena_reset(arena);
	free(arena->blocks);
	free(arena);
}
