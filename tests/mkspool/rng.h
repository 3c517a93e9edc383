/* rng.h - splitmix64, so that a seed gives the same bytes on every machine. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_RNG_H
#define MKSPOOL_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

/* A stream of its own for (seed, label, number): adding a message moves no other. */
struct rng rng_for(uint64_t seed, const char *label, uint64_t number);

uint64_t rng_next(struct rng *rng);

/* Below n, which is at least 1. */
unsigned rng_below(struct rng *rng, unsigned n);

/* From low to high, both included. */
unsigned rng_between(struct rng *rng, unsigned low, unsigned high);

/* True in about percent of 100 cases. */
bool rng_percent(struct rng *rng, unsigned percent);

/* Log-uniform from low to high, low at least 1. */
size_t rng_size(struct rng *rng, size_t low, size_t high);

void rng_bytes(struct rng *rng, unsigned char *out, size_t len);

#endif
