/* bytes_sse2.c - the scans of bytes.h with 16 bytes at a time, which every x86-64 has. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/bytes_ways.h"

#ifdef __x86_64__
#include <emmintrin.h>

#define WIDTH ((size_t)16)
#define VECTOR __m128i
#define TARGET
#define LOAD(place) _mm_loadu_si128((const __m128i_u *)(const void *)(place))
#define FILL(byte) _mm_set1_epi8(byte)
#define EQUAL(a, b) _mm_cmpeq_epi8(a, b)
#define MIN(a, b) _mm_min_epu8(a, b)
#define OR(a, b) _mm_or_si128(a, b)
#define AND(a, b) _mm_and_si128(a, b)
#define AND_NOT(a, b) _mm_andnot_si128(a, b)
#define SUBTRACT(a, b) _mm_sub_epi8(a, b)
#define BITS(vector) ((unsigned)_mm_movemask_epi8(vector))
#define SUM(vector) sum_of(vector)

static uint64_t
sum_of(__m128i bytes)
{
	const __m128i sums = _mm_sad_epu8(bytes, _mm_setzero_si128());
	uint64_t lanes[2];

	_mm_storeu_si128((__m128i_u *)(void *)lanes, sums);
	return lanes[0] + lanes[1];
}

#include "base/bytes_scan.def"

static bool
there(void)
{
	return true;
}

static size_t
scan_base64(struct slice s, unsigned char *out)
{
	return bytes_way(BYTES_SCALAR)->base64(s, out);
}

BYTES_ROW(bytes_sse2);
#else
BYTES_NO_ROW(bytes_sse2);
#endif
