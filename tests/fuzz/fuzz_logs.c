/* fuzz_logs.c - libFuzzer target: logs of every kind, whole and in pieces. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "evidence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct evidence whole, parts;

/* Read in pieces of that many bytes, each in a block of its own. */
static void
read_log(enum log_kind kind, const uint8_t *data, size_t size, size_t piece, struct evidence *out)
{
	struct arena *arena = arena_new((size_t)64 << 20, NULL);
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

/* The first byte chooses the kind (A event log, B its export, ...), the second the pieces. Whatever
 * the pieces, the log says the same. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum log_kind kind;
	size_t piece;

	if (size < 2)
		return 0;
	kind = (enum log_kind)((data[0] - 'A' + 1u) % LOG_KIND_COUNT);
	piece = 1 + data[1] % 127u;
	data += 2;
	size -= 2;
	(void)log_kind(slice_of(data, size), slice_of(data, size < 9 ? size : 9));
	read_log(kind, data, size, size + 1, &whole);
	read_log(kind, data, size, piece, &parts);
	assert(memcmp(&whole, &parts, offsetof(struct evidence, items)) == 0);
	assert(memcmp(whole.items, parts.items, whole.n_items * sizeof *whole.items) == 0);
	assert(memcmp(whole.names, parts.names, whole.n_names * sizeof *whole.names) == 0);
	return 0;
}
