/* wanted.c - what is looked for in files that were examined, and where it was found. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wanted.h"

#include <string.h>

#include "torn.h"

void
wanted_clear(struct wanted *wanted)
{
	wanted->n_needles = wanted->n_blocks = 0;
}

int
wanted_needle(struct wanted *wanted, struct slice needle)
{
	const uint32_t count = wanted->n_needles;

	if (needle.len < WANTED_NEEDLE_MIN || needle.len > WANTED_NEEDLE_MAX)
		return -1;
	for (uint32_t i = 0; i < count; i++) {
		if (wanted->needle_len[i] == needle.len &&
		    memcmp(wanted->needles[i], needle.data, needle.len) == 0)
			return (int)i;
	}
	if (count == WANTED_NEEDLES_MAX)
		return -1;
	memcpy(wanted->needles[count], needle.data, needle.len);
	wanted->needle_len[count] = (uint16_t)needle.len;
	wanted->n_needles++;
	return (int)count;
}

int
wanted_block(struct wanted *wanted, uint64_t hash)
{
	const uint32_t count = wanted->n_blocks;

	for (uint32_t i = 0; i < count; i++) {
		if (wanted->blocks[i] == hash)
			return (int)i;
	}
	if (count == WANTED_BLOCKS_MAX)
		return -1;
	wanted->blocks[count] = hash;
	wanted->n_blocks++;
	return (int)count;
}

static bool
hit_valid(const struct wanted *wanted, const struct search_hit *hit, uint64_t size)
{
	uint64_t len = TORN_BLOCK;

	if (hit->is_block > 1 ||
	    hit->which >= (hit->is_block ? wanted->n_blocks : wanted->n_needles))
		return false;
	if (hit->is_block && hit->offset % TORN_BLOCK != 0)
		return false;
	if (!hit->is_block)
		len = wanted->needle_len[hit->which];
	return hit->offset <= size && len <= size - hit->offset;
}

bool
wanted_hits_valid(
    const struct wanted *wanted, const struct search_hit *hits, size_t count, uint64_t size)
{
	bool seen[WANTED_NEEDLES_MAX + WANTED_BLOCKS_MAX] = { false };

	if (count > WANTED_HITS_MAX)
		return false;
	for (size_t i = 0; i < count; i++) {
		bool *one;

		if (!hit_valid(wanted, &hits[i], size))
			return false;
		one = &seen[hits[i].which + (hits[i].is_block ? WANTED_NEEDLES_MAX : 0)];
		if (*one)
			return false;
		*one = true;
		if (i == 0 || hits[i].is_block > hits[i - 1].is_block)
			continue;
		if (hits[i].is_block < hits[i - 1].is_block || hits[i].offset < hits[i - 1].offset)
			return false;
	}
	return true;
}
