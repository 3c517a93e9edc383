/* log_try.c - what holds of a log of any kind: it says the same whatever the pieces it comes in. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "log_try.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

#define ARENA_BYTES ((size_t)64 << 20)

/* Read in pieces of that many bytes, each in a block of its own. */
static void
read_log(enum log_kind kind, const uint8_t *data, size_t size, size_t piece, struct evidence *out)
{
	struct arena *arena = arena_new(ARENA_BYTES, NULL);
	struct log_reader *reader;

	assert(arena);
	reader = log_begin(arena, kind, 1, out);
	for (size_t at = 0; at < size; at += piece) {
		size_t n = piece < size - at ? piece : size - at;
		unsigned char *block = malloc(n);

		assert(block);
		memcpy(block, data + at, n);
		log_feed(reader, slice_of(block, n));
		free(block);
	}
	log_finish(reader);
	arena_free(arena);
	assert(evidence_valid(out, 1, size));
}

static void
check_same(const struct evidence *a, const struct evidence *b)
{
	assert(memcmp(a, b, offsetof(struct evidence, items)) == 0);
	assert(memcmp(a->items, b->items, a->n_items * sizeof *a->items) == 0);
	assert(memcmp(a->names, b->names, a->n_names * sizeof *a->names) == 0);
}

static unsigned char *
pack(const struct evidence *evidence)
{
	unsigned char *packed = malloc(evidence_packed_size(evidence));

	assert(packed);
	evidence_pack(evidence, packed);
	return packed;
}

/* As a case keeps it. */
static void
check_packing(const struct evidence *evidence)
{
	static struct evidence again;
	const size_t len = evidence_packed_size(evidence);
	unsigned char *packed = pack(evidence), *packed_again;

	assert(evidence_unpack(slice_of(packed, len), &again));
	assert(evidence_packed_size(&again) == len);
	packed_again = pack(&again);
	assert(memcmp(packed, packed_again, len) == 0);
	free(packed_again);
	free(packed);
}

int
log_try(enum log_kind kind, const uint8_t *data, size_t size)
{
	static struct evidence whole, parts;
	size_t piece;

	if (size < 1)
		return 0;
	piece = 1 + data[0] % 127u;
	data++;
	size--;
	(void)log_kind(slice_of(data, size), slice_of(data, size < 9 ? size : 9));
	read_log(kind, data, size, size + 1, &whole);
	read_log(kind, data, size, piece, &parts);
	check_same(&whole, &parts);
	check_packing(&whole);
	return 0;
}
