/*
 * bytes_scan.h - the scans of bytes.h, written once for vectors of any width.
 *
 * For bytes_sse2.c and bytes_avx2.c, which say before they include it what a vector is: WIDTH (its
 * bytes), VECTOR, TARGET (attributes of each function), LOAD, FILL (all bytes alike), EQUAL, MIN
 * (unsigned), OR, AND, AND_NOT (second without first), SUBTRACT, BITS (of the top bits) and SUM (of
 * all bytes).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_BYTES_SCAN_H
#define IMC_BYTES_SCAN_H

#include <string.h>

#include "bytes.h"

#define TALLIED_MAX 255u /* vectors until a tally of one byte a place is full */

struct tally {
	VECTOR nul, lf, cr, crlf, high, control;
};

/* All bits of a place are set where the byte is below 0x20 or 0x7f, but not HT, LF, CR. */
static inline TARGET VECTOR
controls_of(VECTOR bytes)
{
	const VECTOR low = EQUAL(MIN(bytes, FILL(0x1f)), bytes);
	const VECTOR spaces =
	    OR(OR(EQUAL(bytes, FILL('\t')), EQUAL(bytes, FILL('\n'))), EQUAL(bytes, FILL('\r')));

	return OR(AND_NOT(spaces, low), EQUAL(bytes, FILL(0x7f)));
}

/* Where a mask is set it is -1, so that taking it away counts one. */
static inline TARGET void
tally_add(struct tally *tally, VECTOR bytes, VECTOR before)
{
	const VECTOR zero = FILL(0), nul = EQUAL(bytes, zero), lf = EQUAL(bytes, FILL('\n'));

	tally->nul = SUBTRACT(tally->nul, nul);
	tally->lf = SUBTRACT(tally->lf, lf);
	tally->cr = SUBTRACT(tally->cr, EQUAL(bytes, FILL('\r')));
	tally->crlf = SUBTRACT(tally->crlf, AND(lf, EQUAL(before, FILL('\r'))));
	tally->high =
	    SUBTRACT(tally->high, AND_NOT(EQUAL(MIN(bytes, FILL(0x7f)), bytes), FILL(-1)));
	tally->control = SUBTRACT(tally->control, AND_NOT(nul, controls_of(bytes)));
}

static inline TARGET void
tally_sum(const struct tally *tally, struct byte_counts *counts)
{
	counts->nul += SUM(tally->nul);
	counts->lf += SUM(tally->lf);
	counts->cr += SUM(tally->cr);
	counts->crlf += SUM(tally->crlf);
	counts->high += SUM(tally->high);
	counts->control += SUM(tally->control);
}

/* The last bytes, fewer than a vector, with letters around them, which count as nothing. */
static inline TARGET void
tally_tail(struct tally *tally, struct slice s, size_t at)
{
	unsigned char bytes[WIDTH], before[WIDTH];

	memset(bytes, 'a', sizeof bytes);
	memset(before, 'a', sizeof before);
	memcpy(bytes, s.data + at, s.len - at);
	memcpy(before, s.data + at - 1, s.len - at);
	tally_add(tally, LOAD(bytes), LOAD(before));
}

static TARGET void
scan_count(struct slice s, struct byte_counts *counts)
{
	size_t at = 1;

	if (s.len == 0)
		return;
	/* The first byte alone, so that each of the others has one before it. */
	bytes_way(BYTES_SCALAR)->count(slice_cut(s, 0, 1), counts);
	while (at < s.len) {
		struct tally tally = { FILL(0), FILL(0), FILL(0), FILL(0), FILL(0), FILL(0) };
		unsigned n = 1; /* for the tail */

		for (; n < TALLIED_MAX && s.len - at >= WIDTH; n++, at += WIDTH)
			tally_add(&tally, LOAD(s.data + at), LOAD(s.data + at - 1));
		if (s.len - at < WIDTH && at < s.len) {
			tally_tail(&tally, s, at);
			at = s.len;
		}
		tally_sum(&tally, counts);
	}
	counts->after_cr = s.data[s.len - 1] == '\r';
}

/* Set `hit` to the first place of BITS(expression) for the vectors at `at` on, in whole steps, the
 * last one drawn back to the end; SLICE_NONE when there is none. `extra` bytes behind each vector
 * are looked at, too. */
#define SEARCH(s, from, extra, expression, hit)                                                    \
	do {                                                                                       \
		for (size_t at = (from);; at += WIDTH) {                                           \
			if (at + WIDTH + (extra) > (s).len)                                        \
				at = (s).len - WIDTH - (extra);                                    \
			const unsigned char *here = (s).data + at;                                 \
			const unsigned bits = BITS(expression);                                    \
                                                                                                   \
			if (bits) {                                                                \
				(hit) = at + (unsigned)__builtin_ctz(bits);                        \
				break;                                                             \
			}                                                                          \
			if (at + WIDTH + (extra) == (s).len)                                       \
				break;                                                             \
		}                                                                                  \
	} while (0)

static TARGET size_t
scan_find_odd(struct slice s, size_t from, unsigned kinds)
{
	size_t hit = SLICE_NONE;

	if (from >= s.len || s.len - from < WIDTH)
		return bytes_way(BYTES_SCALAR)->find_odd(s, from, kinds);
	if (kinds == BYTES_HIGH)
		SEARCH(s, from, 0, LOAD(here), hit);
	else if (kinds == BYTES_CONTROL)
		SEARCH(s, from, 0, controls_of(LOAD(here)), hit);
	else
		SEARCH(s, from, 0, OR(controls_of(LOAD(here)), LOAD(here)), hit);
	return hit;
}

static TARGET size_t
scan_find_pair(struct slice s, size_t from, unsigned char first, unsigned char second)
{
	const VECTOR one = FILL((char)first), two = FILL((char)second);
	size_t hit = SLICE_NONE;

	if (from >= s.len || s.len - from < WIDTH + 1)
		return bytes_way(BYTES_SCALAR)->find_pair(s, from, first, second);
	SEARCH(s, from, 1, AND(EQUAL(LOAD(here), one), EQUAL(LOAD(here + 1), two)), hit);
	return hit;
}

static TARGET size_t
scan_find_either(struct slice s, size_t from, unsigned char one, unsigned char other)
{
	const VECTOR first = FILL((char)one), second = FILL((char)other);
	size_t hit = SLICE_NONE;

	if (from >= s.len || s.len - from < WIDTH)
		return bytes_way(BYTES_SCALAR)->find_either(s, from, one, other);
	SEARCH(s, from, 0, OR(EQUAL(LOAD(here), first), EQUAL(LOAD(here), second)), hit);
	return hit;
}

#endif
