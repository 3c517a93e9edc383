/* cursor.c - bounds-checked reading of binary data. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cursor.h"

struct cursor
cursor_at(struct slice bytes, size_t pos)
{
	struct cursor cursor = { bytes, pos, false };

	if (pos > bytes.len) {
		cursor.pos = bytes.len;
		cursor.failed = true;
	}
	return cursor;
}

size_t
cursor_left(const struct cursor *cursor)
{
	return cursor->bytes.len - cursor->pos;
}

struct slice
cursor_bytes(struct cursor *cursor, size_t len)
{
	struct slice bytes;

	if (len > cursor_left(cursor)) {
		cursor->pos = cursor->bytes.len;
		cursor->failed = true;
		return (struct slice){ NULL, 0 };
	}
	bytes = slice_cut(cursor->bytes, cursor->pos, len);
	cursor->pos += len;
	return bytes;
}

void
cursor_skip(struct cursor *cursor, size_t len)
{
	(void)cursor_bytes(cursor, len);
}

/* A number of `len` bytes, least significant first; 0 past the end. */
static uint64_t
little(struct cursor *cursor, size_t len)
{
	struct slice bytes = cursor_bytes(cursor, len);
	uint64_t value = 0;

	for (size_t i = bytes.len; i > 0; i--)
		value = value << 8 | bytes.data[i - 1];
	return value;
}

uint8_t
cursor_u8(struct cursor *cursor)
{
	return (uint8_t)little(cursor, 1);
}

uint16_t
cursor_u16le(struct cursor *cursor)
{
	return (uint16_t)little(cursor, 2);
}

uint32_t
cursor_u32le(struct cursor *cursor)
{
	return (uint32_t)little(cursor, 4);
}

uint64_t
cursor_u64le(struct cursor *cursor)
{
	return little(cursor, 8);
}

uint32_t
cursor_u32be(struct cursor *cursor)
{
	return __builtin_bswap32(cursor_u32le(cursor));
}
