/* rng.c - splitmix64, so that a seed gives the same bytes on every machine. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rng.h"

struct rng
rng_for(uint64_t seed, const char *label, uint64_t number)
{
	struct rng rng = { seed ^ 0x496d4372u };

	for (; *label; label++)
		rng.state = (rng_next(&rng) ^ (unsigned char)*label) * 0x100000001b3u;
	rng.state = rng_next(&rng) ^ number * 0x9e3779b97f4a7c15u;
	rng_next(&rng);
	return rng;
}

uint64_t
rng_next(struct rng *rng)
{
	uint64_t mixed = rng->state += 0x9e3779b97f4a7c15u;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
	return mixed ^ mixed >> 31;
}

unsigned
rng_below(struct rng *rng, unsigned n)
{
	return (unsigned)((rng_next(rng) >> 32) * n >> 32);
}

unsigned
rng_between(struct rng *rng, unsigned low, unsigned high)
{
	return low + rng_below(rng, high - low + 1);
}

bool
rng_percent(struct rng *rng, unsigned percent)
{
	return rng_below(rng, 100) < percent;
}

/* Integer steps only: floating point is not the same everywhere. A random power of two between
 * low and high is chosen, then a place within it. */
size_t
rng_size(struct rng *rng, size_t low, size_t high)
{
	unsigned steps = 0;

	if (high <= low)
		return low;
	for (size_t size = low; size < high; size *= 2)
		steps++;
	size_t from = low << rng_below(rng, steps);
	size_t to = from * 2 > high ? high : from * 2;
	return from + (to > from ? rng_below(rng, (unsigned)(to - from)) : 0);
}

void
rng_bytes(struct rng *rng, unsigned char *out, size_t len)
{
	for (size_t i = 0; i < len; i += 8) {
		uint64_t eight = rng_next(rng);

		for (size_t j = i; j < len && j < i + 8; j++, eight >>= 8)
			out[j] = (unsigned char)eight;
	}
}
