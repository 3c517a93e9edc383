/*
 * wanted.h - what is looked for in files that were examined, and where it was found.
 *
 * For src/correlate and src/cli (fill a list) and src/worker (searches). Flat: the list lies in
 * memory shared with the workers. Code: src/base/wanted.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WANTED_H
#define IMC_WANTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define WANTED_NEEDLES_MAX 256
#define WANTED_NEEDLE_MIN 12 /* bytes; shorter ones are found everywhere */
#define WANTED_NEEDLE_MAX 512
#define WANTED_BLOCKS_MAX 4096
#define WANTED_HITS_EACH 32 /* needles, blocks that are told of a file */
#define WANTED_HITS_MAX ((size_t)2 * WANTED_HITS_EACH)
#define WANTED_BLOCKS_SEEN (1u << 19) /* of a file, from its beginning: 256 MB */

/* Byte strings, looked for at any offset, and hashes (torn.h) of blocks that begin at a multiple of
 * their size. No two needles are equal, nor two hashes. 165 KB. */
struct wanted {
	uint32_t n_needles, n_blocks;
	uint16_t needle_len[WANTED_NEEDLES_MAX];
	uint64_t blocks[WANTED_BLOCKS_MAX];
	unsigned char needles[WANTED_NEEDLES_MAX][WANTED_NEEDLE_MAX];
};

/* Where something wanted begins in a file. */
struct search_hit {
	uint64_t offset;
	uint32_t which;    /* number of the needle, or of the block */
	uint32_t is_block; /* 1: a block */
};

/* The hashes of all blocks of a file that are looked at, for a search elsewhere. 4 MB. */
struct block_hashes {
	uint32_t count;
	uint64_t hashes[WANTED_BLOCKS_SEEN];
};

/* Nothing is wanted. */
void wanted_clear(struct wanted *wanted);

/* The number of the needle or the block, which may have been there already; -1 when it is too
 * short, too long or there is no room. */
int wanted_needle(struct wanted *wanted, struct slice needle);
int wanted_block(struct wanted *wanted, uint64_t hash);

/* Whether hits that another process tells of a file of `size` bytes can be: in range, each thing
 * once, needles before blocks, each by its offset. */
bool wanted_hits_valid(
    const struct wanted *wanted, const struct search_hit *hits, size_t count, uint64_t size);

#endif
