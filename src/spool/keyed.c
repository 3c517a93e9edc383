/* keyed.c - numbers for names, by a key that nobody outside can know. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "keyed.h"

#include <string.h>
#include <sys/random.h>

struct state {
	uint64_t v[4];
};

static uint64_t
turned(uint64_t word, unsigned bits)
{
	return word << bits | word >> (64 - bits);
}

static void
stir(struct state *state)
{
	uint64_t *v = state->v;

	v[0] += v[1];
	v[2] += v[3];
	v[1] = turned(v[1], 13) ^ v[0];
	v[3] = turned(v[3], 16) ^ v[2];
	v[0] = turned(v[0], 32) + v[3];
	v[2] += v[1];
	v[3] = turned(v[3], 21) ^ v[0];
	v[1] = turned(v[1], 17) ^ v[2];
	v[2] = turned(v[2], 32);
}

static void
take(struct state *state, uint64_t word)
{
	state->v[3] ^= word;
	stir(state);
	state->v[0] ^= word;
}

struct keyed
keyed_new(void)
{
	struct keyed keyed = { { 0, 0 } };

	/* Without it names are as well told apart, only slower at worst. */
	(void)!getrandom(keyed.key, sizeof keyed.key, 0);
	return keyed;
}

uint64_t
keyed_hash(const struct keyed *keyed, uint64_t number, struct slice bytes)
{
	struct state state = { { keyed->key[0] ^ 0x736f6d6570736575u,
	    keyed->key[1] ^ 0x646f72616e646f6du, keyed->key[0] ^ 0x6c7967656e657261u,
	    keyed->key[1] ^ 0x7465646279746573u } };

	take(&state, number);
	for (size_t at = 0; at < bytes.len; at += sizeof(uint64_t)) {
		const struct slice piece = slice_cut(bytes, at, sizeof(uint64_t));
		uint64_t word = 0;

		memcpy(&word, piece.data, piece.len);
		take(&state, word);
	}
	take(&state, bytes.len);
	state.v[2] ^= 0xff;
	for (int i = 0; i < 3; i++)
		stir(&state);
	return state.v[0] ^ state.v[1] ^ state.v[2] ^ state.v[3];
}
