/* kept.c - what a case keeps of the search through the files, so that a merge can search again. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/kept.h"

#include <stdlib.h>
#include <string.h>

#include "torn.h"

#define RUN_BLOCKS 65536u /* of one row: a case has no larger ones than 4 MB */
#define HASH_SIZE sizeof(uint64_t)

/* ---- in ---- */

static bool
put_hit(struct attach *attach, uint64_t number, const struct wanted *wanted,
    const struct search_hit *hit)
{
	const struct casefile_hit kept = {
		.is_block = hit->is_block,
		.bytes = hit->is_block ? slice_of(&wanted->blocks[hit->which], HASH_SIZE)
				       : slice_of(wanted->needles[hit->which],
					     wanted->needle_len[hit->which]),
		.offset = hit->offset,
	};

	return attach_place(attach, number, &kept);
}

static bool
put_blocks(struct attach *attach, uint64_t number, const struct block_hashes *hashes)
{
	for (uint32_t at = 0; at < hashes->count; at += RUN_BLOCKS) {
		const uint32_t left = hashes->count - at;
		const uint32_t count = left < RUN_BLOCKS ? left : RUN_BLOCKS;
		const struct casefile_hit kept = {
			.is_block = true,
			.bytes = slice_of(&hashes->hashes[at], count * HASH_SIZE),
			.offset = (uint64_t)at * TORN_BLOCK,
		};

		if (!attach_place(attach, number, &kept))
			return false;
	}
	return true;
}

bool
kept_put(struct attach *attach, uint64_t number, const struct wanted *wanted,
    const struct search_hit *hits, uint32_t n_hits, const struct block_hashes *hashes)
{
	for (uint32_t i = 0; i < n_hits; i++) {
		if (!(hits[i].is_block && hashes) && !put_hit(attach, number, wanted, &hits[i]))
			return false;
	}
	return !hashes || put_blocks(attach, number, hashes);
}

bool
kept_put_unsearched(struct attach *attach, uint64_t number)
{
	const struct casefile_hit kept = { .is_block = true, .bytes = slice_of(NULL, 0) };

	return attach_place(attach, number, &kept);
}

/* ---- out ---- */

struct known_block {
	uint64_t hash;
	uint32_t which;
};

struct searching {
	const struct wanted *wanted;
	kept_found *tell;
	void *context;
	uint64_t n_unsearched;
	struct known_block blocks[WANTED_BLOCKS_MAX]; /* by hash */

	/* Of the file in hand. */
	bool begun;
	uint64_t number;
	uint32_t n_needles, n_blocks;
	bool seen[WANTED_BLOCKS_MAX];
};

static int
compare_blocks(const void *a, const void *b)
{
	const struct known_block *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static const struct known_block *
block_wanted(const struct searching *searching, uint64_t hash)
{
	const struct known_block key = { .hash = hash };

	return bsearch(
	    &key, searching->blocks, searching->wanted->n_blocks, sizeof key, compare_blocks);
}

/* As a worker tells it: the first place of each, and the first few of them. */
static bool
search_block(struct searching *searching, uint64_t hash, uint64_t offset)
{
	const struct known_block *block = block_wanted(searching, hash);
	struct search_hit hit;

	if (!block || searching->seen[block->which])
		return true;
	searching->seen[block->which] = true;
	if (searching->n_blocks++ >= WANTED_HITS_EACH)
		return true;
	hit = (struct search_hit){ offset, block->which, true };
	return searching->tell(searching->context, searching->number, &hit);
}

static bool
search_blocks(struct searching *searching, const struct casefile_hit *kept)
{
	searching->n_unsearched += kept->bytes.len == 0;
	if (searching->wanted->n_blocks == 0)
		return true;
	for (size_t at = 0; kept->bytes.len - at >= HASH_SIZE; at += HASH_SIZE) {
		uint64_t hash;

		memcpy(&hash, kept->bytes.data + at, sizeof hash);
		if (!search_block(searching, hash, kept->offset + at / HASH_SIZE * TORN_BLOCK))
			return false;
	}
	return true;
}

static bool
search_needle(struct searching *searching, const struct casefile_hit *kept)
{
	const struct wanted *wanted = searching->wanted;

	for (uint32_t i = 0; i < wanted->n_needles; i++) {
		const struct slice needle = slice_of(wanted->needles[i], wanted->needle_len[i]);
		const struct search_hit hit = { kept->offset, i, false };

		if (slice_same(needle, kept->bytes))
			return searching->n_needles++ >= WANTED_HITS_EACH ||
			       searching->tell(searching->context, searching->number, &hit);
	}
	return true;
}

/* What is kept of one file stands together. */
static bool
search_row(void *context, uint64_t number, const struct casefile_hit *kept)
{
	struct searching *searching = context;

	if (!searching->begun || searching->number != number) {
		searching->begun = true;
		searching->number = number;
		searching->n_needles = searching->n_blocks = 0;
		memset(searching->seen, 0, sizeof searching->seen);
	}
	return kept->is_block ? search_blocks(searching, kept) : search_needle(searching, kept);
}

bool
kept_search(struct casefile *casefile, const struct wanted *wanted, kept_found *tell, void *context,
    uint64_t *n_unsearched)
{
	struct searching *searching = calloc(1, sizeof *searching);
	bool good;

	if (!searching)
		return false;
	searching->wanted = wanted;
	searching->tell = tell;
	searching->context = context;
	for (uint32_t i = 0; i < wanted->n_blocks; i++)
		searching->blocks[i] = (struct known_block){ wanted->blocks[i], i };
	qsort(searching->blocks, wanted->n_blocks, sizeof searching->blocks[0], compare_blocks);
	good = casefile_each_hit(casefile, search_row, searching);
	*n_unsearched = searching->n_unsearched;
	free(searching);
	return good;
}
