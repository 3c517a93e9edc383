/* torn.c - by which hash a block of one file is looked for in the others. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "torn.h"

#include <assert.h>
#include <stddef.h>

static_assert(TORN_BLOCK % 32 == 0, "four lanes of eight bytes");

/* Compilers make one load of it. */
static uint64_t
word_at(const unsigned char *bytes)
{
	uint64_t word = 0;

	for (unsigned i = 0; i < 8; i++)
		word |= (uint64_t)bytes[i] << (8 * i);
	return word;
}

static uint64_t
mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u; /* 2^64 divided by the golden ratio */
	return hash ^ (hash >> 32);
}

/* Four lanes, since each step of one waits for the multiplication before it. */
uint64_t
torn_hash(const unsigned char block[TORN_BLOCK])
{
	uint64_t lanes[4] = { 1, 2, 3, 4 };
	uint64_t hash = TORN_BLOCK;

	for (size_t at = 0; at < TORN_BLOCK; at += 32) {
		for (size_t lane = 0; lane < 4; lane++)
			lanes[lane] = mix(lanes[lane], word_at(block + at + 8 * lane));
	}
	for (size_t lane = 0; lane < 4; lane++)
		hash = mix(hash, lanes[lane]);
	return hash ? hash : 1;
}
