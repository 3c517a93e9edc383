/*
 * bytes.h - looks at many bytes at once: what stands in them, and where the first of a kind is.
 *
 * For parsers. The widest way that the processor has is chosen at run time (AVX2, SSE2, or byte by
 * byte); all ways give the same answers. Everything is linear in the bytes looked at, and nothing
 * outside the slice is read. Code: src/base/bytes.c and bytes_*.c beside it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_BYTES_H
#define IMC_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/* How often each kind was met. A control byte is one below 0x20 or 0x7f, but not NUL, HT, LF, CR. */
struct byte_counts {
	uint64_t nul, lf, cr, crlf, high, control; /* high: 0x80 and above */
	bool after_cr; /* the last byte was a CR: an LF that comes next makes a pair of it */
};

/* Add what stands in s. The slices of one text may come one after the other. */
void bytes_count(struct slice s, struct byte_counts *counts);

#define BYTES_CONTROL 1u /* below 0x20 or 0x7f, but not HT, LF, CR; NUL too */
#define BYTES_HIGH 2u    /* 0x80 and above */

/* Index of the first byte at or after `from` that is of one of the kinds, or SLICE_NONE. */
size_t bytes_find_odd(struct slice s, size_t from, unsigned kinds);

/* Index of the first place at or after `from` where these two stand side by side, or SLICE_NONE. */
size_t bytes_find_pair(struct slice s, size_t from, unsigned char first, unsigned char second);

/* Index of the first of the two bytes at or after `from`, or SLICE_NONE. */
size_t bytes_find_either(struct slice s, size_t from, unsigned char one, unsigned char other);

/* Decode whole quartets of base64 from the start of s, until another byte stands in one or s ends.
 * Returns the bytes of s that were decoded, a multiple of 4; three bytes for each four are written
 * to out, whose room must be 8 bytes more. */
size_t bytes_base64(struct slice s, unsigned char *out);

/* The ways, for tests: what the others are held against, and whether the processor has one. */
enum bytes_way { BYTES_SCALAR, BYTES_SSE2, BYTES_AVX2, BYTES_WAYS };

struct bytes_way_row {
	bool (*there)(void);
	void (*count)(struct slice s, struct byte_counts *counts);
	size_t (*find_odd)(struct slice s, size_t from, unsigned kinds);
	size_t (*find_pair)(struct slice s, size_t from, unsigned char first, unsigned char second);
	size_t (*find_either)(struct slice s, size_t from, unsigned char one, unsigned char other);
	size_t (*base64)(struct slice s, unsigned char *out);
};

/* The row of a way; every row is there on every machine, but only calls of those that are there may
 * be made. */
const struct bytes_way_row *bytes_way(enum bytes_way way);

#endif
