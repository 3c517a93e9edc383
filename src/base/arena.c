/* arena.c - memory of one message, freed at once. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)256 * 1024)

struct block {
	struct block *next;
	size_t size; /* bytes of room after the header */
	size_t used;
	alignas(max_align_t) unsigned char room[];
};

struct arena {
	struct block *blocks; /* newest first; the last one is kept by a reset */
	size_t limit, used;
	void (*exhausted)(void);
};

static _Noreturn void
exhausted(const struct arena *arena)
{
	if (arena->exhausted)
		arena->exhausted();
	abort();
}

static struct block *
block_new(size_t size)
{
	struct block *block;
	size_t whole;

	if (__builtin_add_overflow(size, sizeof *block, &whole))
		return NULL;
	block = malloc(whole);
	if (!block)
		return NULL;
	block->next = NULL;
	block->size = size;
	block->used = 0;
	return block;
}

struct arena *
arena_new(size_t limit, void (*on_exhausted)(void))
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (!arena)
		return NULL;
	arena->limit = limit;
	arena->exhausted = on_exhausted;
	arena->blocks = block_new(BLOCK_SIZE);
	if (!arena->blocks) {
		free(arena);
		return NULL;
	}
	return arena;
}

void *
arena_alloc(struct arena *arena, size_t count, size_t size)
{
	struct block *block = arena->blocks;
	size_t len, total;
	void *memory;

	if (__builtin_mul_overflow(count, size, &len) ||
	    __builtin_add_overflow(len, alignof(max_align_t) - 1, &len))
		exhausted(arena);
	len &= ~(alignof(max_align_t) - 1);
	if (__builtin_add_overflow(arena->used, len, &total) || total > arena->limit)
		exhausted(arena);
	if (len > block->size - block->used) {
		block = block_new(len > BLOCK_SIZE ? len : BLOCK_SIZE);
		if (!block)
			exhausted(arena);
		block->next = arena->blocks;
		arena->blocks = block;
	}
	memory = block->room + block->used;
	block->used += len;
	arena->used = total;
	return memset(memory, 0, len);
}

void
arena_grow(struct arena *arena, void *array, size_t *room, size_t used, size_t size)
{
	void *old, *bigger;
	size_t wanted;

	if (used < *room)
		return;
	wanted = *room ? *room : 8;
	if (__builtin_mul_overflow(wanted, (size_t)2, &wanted))
		exhausted(arena);
	/* The caller's pointer has its own type; memcpy reads and writes it without an alias. */
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
	while (arena->blocks->next) {
		struct block *block = arena->blocks;

		arena->blocks = block->next;
		free(block);
	}
	arena->blocks->used = 0;
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
