/*
 * fuzz_search.c - libFuzzer target: the search for byte strings, and the hits that a hostile worker
 * might tell.
 *
 * The first byte tells how many needles follow, each behind a byte for its length; the rest is
 * the file.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "torn.h"
#include "wanted.h"
#include "worker/finder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool good)
{
	if (!good)
		abort();
}

/* Needles from the input, and as a block its first bytes; what is left of the input. */
static struct slice
fill(struct wanted *wanted, struct slice input)
{
	unsigned n = input.data[0] % 16;

	wanted_clear(wanted);
	input = slice_from(input, 1);
	for (; n > 0 && input.len > 0; n--) {
		const size_t len = input.data[0] % 40u;

		(void)wanted_needle(wanted, slice_cut(input, 1, len));
		input = slice_from(input, 1 + slice_cut(input, 1, len).len);
	}
	if (input.len >= TORN_BLOCK)
		(void)wanted_block(wanted, torn_hash(input.data));
	return input;
}

/* One by one says the same as all at once. */
static uint32_t
count_slowly(const struct wanted *wanted, struct slice file)
{
	uint32_t count = file.len >= TORN_BLOCK;

	for (uint32_t i = 0; i < wanted->n_needles; i++)
		count +=
		    memmem(file.data, file.len, wanted->needles[i], wanted->needle_len[i]) != NULL;
	return count;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct wanted wanted;
	struct search_hit hits[WANTED_HITS_MAX];
	struct finder *finder;
	struct slice file;
	uint32_t n_hits, n_found;

	if (size == 0)
		return -1;
	file = fill(&wanted, slice_of(data, size));
	finder = finder_new(&wanted);
	must(finder != NULL);
	finder_begin(finder);
	finder_feed(finder, file);
	n_hits = finder_hits(finder, hits, &n_found);
	must(n_hits <= WANTED_HITS_MAX && n_found == count_slowly(&wanted, file));
	must(wanted_hits_valid(&wanted, hits, n_hits, file.len));
	finder_free(finder);
	memset(hits, 0, sizeof hits);
	if (file.len)
		memcpy(hits, file.data, file.len < sizeof hits ? file.len : sizeof hits);
	(void)wanted_hits_valid(&wanted, hits, file.len % (WANTED_HITS_MAX + 1), 4096);
	return 0;
}
