/*
 * bytes_avx2.c - the scans of bytes.h with 32 bytes at a time, and base64 decoded as fast as it is
 * copied.
 *
 * The decoding is that of W. Mula and D. Lemire, "Faster Base64 Encoding and Decoding Using AVX2
 * Instructions" (2018): two tables by the halves of a byte tell whether it is of the alphabet, a
 * third what to add to make six bits of it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/bytes_ways.h"

#ifdef __x86_64__
#include <immintrin.h>

#define WIDTH ((size_t)32)
#define VECTOR __m256i
#define TARGET __attribute__((target("avx2")))
#define LOAD(place) _mm256_loadu_si256((const __m256i_u *)(const void *)(place))
#define FILL(byte) _mm256_set1_epi8(byte)
#define EQUAL(a, b) _mm256_cmpeq_epi8(a, b)
#define MIN(a, b) _mm256_min_epu8(a, b)
#define OR(a, b) _mm256_or_si256(a, b)
#define AND(a, b) _mm256_and_si256(a, b)
#define AND_NOT(a, b) _mm256_andnot_si256(a, b)
#define SUBTRACT(a, b) _mm256_sub_epi8(a, b)
#define BITS(vector) ((unsigned)_mm256_movemask_epi8(vector))
#define SUM(vector) sum_of(vector)

static TARGET uint64_t
sum_of(__m256i bytes)
{
	const __m256i sums = _mm256_sad_epu8(bytes, _mm256_setzero_si256());
	uint64_t lanes[4];

	_mm256_storeu_si256((__m256i_u *)(void *)lanes, sums);
	return lanes[0] + lanes[1] + lanes[2] + lanes[3];
}

#include "base/bytes_scan.def"

static bool
there(void)
{
	return __builtin_cpu_supports("avx2");
}

/* The same 16 bytes in both halves of a vector. */
#define TWICE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)

/* Whether all bytes are of the alphabet; their six bits each go to *sixes. */
static inline TARGET bool
translate(__m256i bytes, __m256i *sixes)
{
	const __m256i by_low = TWICE(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
	    0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a);
	const __m256i by_high = TWICE(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10,
	    0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
	const __m256i add = TWICE(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
	const __m256i nibble = FILL(0x0f), slash = EQUAL(bytes, FILL('/'));
	const __m256i high = AND(_mm256_srli_epi32(bytes, 4), nibble);
	const __m256i low = AND(bytes, nibble);

	if (!_mm256_testz_si256(
		_mm256_shuffle_epi8(by_low, low), _mm256_shuffle_epi8(by_high, high)))
		return false;
	*sixes = _mm256_add_epi8(bytes, _mm256_shuffle_epi8(add, _mm256_add_epi8(slash, high)));
	return true;
}

/* 32 times six bits are 24 bytes; eight more are written, which the next step overwrites. */
static inline TARGET void
pack(__m256i sixes, unsigned char *out)
{
	const __m256i order = TWICE(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
	const __m256i twelves = _mm256_maddubs_epi16(sixes, _mm256_set1_epi32(0x01400140));
	const __m256i words = _mm256_madd_epi16(twelves, _mm256_set1_epi32(0x00011000));
	const __m256i bytes = _mm256_permutevar8x32_epi32(
	    _mm256_shuffle_epi8(words, order), _mm256_setr_epi32(0, 1, 2, 4, 5, 6, -1, -1));

	_mm256_storeu_si256((__m256i_u *)(void *)out, bytes);
}

static TARGET size_t
scan_base64(struct slice s, unsigned char *out)
{
	size_t at = 0;
	__m256i sixes;

	for (; s.len - at >= WIDTH && translate(LOAD(s.data + at), &sixes); at += WIDTH) {
		pack(sixes, out);
		out += WIDTH / 4 * 3;
	}
	return at + bytes_way(BYTES_SCALAR)->base64(slice_from(s, at), out);
}

BYTES_ROW(bytes_avx2);
#else
BYTES_NO_ROW(bytes_avx2);
#endif
