/*
 * cursor.h - bounds-checked reading of binary data.
 *
 * For parsers of binary formats. A read past the end returns 0 or an empty slice, leaves the
 * position at the end and sets `failed`, which stays set: test it once after a group of reads.
 * Code: src/base/cursor.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CURSOR_H
#define IMC_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/* A place in bytes that stay somebody else's. */
struct cursor {
	struct slice bytes;
	size_t pos; /* bytes from the start, never past bytes.len */
	bool failed;
};

/* A cursor at byte `pos`; past the end it has failed already. */
struct cursor cursor_at(struct slice bytes, size_t pos);
size_t cursor_left(const struct cursor *cursor); /* bytes not yet read */

/* The next number, 1 to 8 bytes, least (le) or most (be) significant byte first. */
uint8_t cursor_u8(struct cursor *cursor);
uint16_t cursor_u16le(struct cursor *cursor);
uint32_t cursor_u32le(struct cursor *cursor);
uint64_t cursor_u64le(struct cursor *cursor);
uint32_t cursor_u32be(struct cursor *cursor);

/* The next len bytes, borrowed; all or nothing. */
struct slice cursor_bytes(struct cursor *cursor, size_t len);
void cursor_skip(struct cursor *cursor, size_t len);

#endif
