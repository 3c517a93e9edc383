/* fuzz_archive.c - libFuzzer target: archives of every kind, gone through as the unpacking worker does. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "packed.h"
#include "spool/plain_path.h"

#define LIMIT ((uint64_t)4 << 20)
#define MEMBERS_MAX 2000u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);

/* In the worker a limit on memory makes such wishes fail: an LZMA header may ask for gigabytes. */
const char *
__asan_default_options(void)
{
	return "max_allocation_size_mb=512:allocator_may_return_null=1";
}

static int64_t
read_bytes(void *context, unsigned char *to, size_t len, uint64_t offset)
{
	const struct slice *bytes = context;
	const struct slice piece =
	    slice_cut(*bytes, offset > bytes->len ? bytes->len : offset, len);

	if (piece.len > 0)
		memcpy(to, piece.data, piece.len);
	return (int64_t)piece.len;
}

/* Every word of it is told to a reader. */
static void
look_at(const struct packed *packed, const struct packed_member *member)
{
	char path[512];
	size_t len;

	assert(member->type < PACKED_TYPE_COUNT);
	assert(member->path.len <= PACKED_PATH_MAX);
	assert(member->mtime_nsec < 1000000000);
	for (int backslashes = 0; backslashes < 2; backslashes++) {
		(void)plain_path(member->path, backslashes, path, sizeof path, &len);
		assert(len < sizeof path && path[len] == '\0');
		assert(!strstr(path, "//") && path[0] != '/');
		assert(strcmp(path, "..") != 0 && strncmp(path, "../", 3) != 0 &&
		       !strstr(path, "/../"));
	}
	assert(memchr(packed->words, '\0', sizeof packed->words));
}

static void
read_member(struct packed *packed)
{
	static unsigned char room[8192];
	size_t got;

	while (packed_read(packed, room, sizeof room, &got) == PACKED_OK)
		assert(got > 0 && got <= sizeof room);
	assert(got == 0);
}

/* How many members there are; their bytes are read, or passed over. */
static unsigned
go_through(
    struct packed *packed, const struct packed_source *source, const char *charset, bool read)
{
	struct packed_member member;
	enum packed_step step = PACKED_OK;
	unsigned count = 0;

	packed_open(packed, source, charset, LIMIT);
	while (count < MEMBERS_MAX && (step = packed_next(packed, &member)) == PACKED_OK) {
		count++;
		look_at(packed, &member);
		if (read)
			read_member(packed);
	}
	assert(step != PACKED_DAMAGED);
	assert(packed->unpacked <= LIMIT + (1u << 20));
	assert(packed->kind != PACKED_NONE || count == 0);
	packed_close(packed);
	return count;
}

/* The first byte chooses the charset of names. What is passed over is never less than what is read:
 * a damaged member may end the reading. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const charsets[] = { NULL, "CP850", "UTF-8", "SHIFT_JIS" };
	static struct packed packed;
	static bool warm;
	struct slice bytes;
	const struct packed_source source = { read_bytes, &bytes, size > 0 ? size - 1 : 0 };
	const char *charset;
	unsigned read;

	warm = warm || (packed_warm("CP850") && packed_enter());
	assert(warm);
	if (size == 0)
		return 0;
	charset = charsets[data[0] % 4];
	bytes = slice_of(data + 1, size - 1);
	read = go_through(&packed, &source, charset, true);
	assert(go_through(&packed, &source, charset, true) == read);
	(void)go_through(&packed, &source, charset, false);
	return 0;
}
