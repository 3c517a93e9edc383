/* bytes.c - looks at many bytes at once: the choice of a way, and the way byte by byte. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/bytes_ways.h"

#include <string.h>

static bool
there(void)
{
	return true;
}

static bool
is_control(unsigned char byte)
{
	return byte_is_control(byte) && byte != '\t' && byte != '\n' && byte != '\r';
}

static void
scan_count(struct slice s, struct byte_counts *counts)
{
	for (size_t i = 0; i < s.len; i++) {
		const unsigned char byte = s.data[i];

		counts->nul += byte == 0;
		counts->lf += byte == '\n';
		counts->cr += byte == '\r';
		counts->crlf += byte == '\n' && counts->after_cr;
		counts->high += byte >= 0x80;
		counts->control += byte != 0 && is_control(byte);
		counts->after_cr = byte == '\r';
	}
}

static size_t
scan_find_odd(struct slice s, size_t from, unsigned kinds)
{
	for (size_t i = from; i < s.len; i++) {
		if ((kinds & BYTES_HIGH && s.data[i] >= 0x80) ||
		    (kinds & BYTES_CONTROL && is_control(s.data[i])))
			return i;
	}
	return SLICE_NONE;
}

static size_t
scan_find_pair(struct slice s, size_t from, unsigned char first, unsigned char second)
{
	for (size_t i = from; i < s.len && s.len - i >= 2; i++) {
		if (s.data[i] == first && s.data[i + 1] == second)
			return i;
	}
	return SLICE_NONE;
}

static size_t
scan_find_either(struct slice s, size_t from, unsigned char one, unsigned char other)
{
	for (size_t i = from; i < s.len; i++) {
		if (s.data[i] == one || s.data[i] == other)
			return i;
	}
	return SLICE_NONE;
}

/* Six bits, or 0xff. */
/* clang-format off */
static const unsigned char sixes[256] = {
#define N4 0xff, 0xff, 0xff, 0xff
#define N16 N4, N4, N4, N4
	N16, N16,
	N4, N4, 0xff, 0xff, 0xff, 62, 0xff, 0xff, 0xff, 63, /* + / */
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 0xff, 0xff, N4, /* 0..9 */
	0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, /* A.. */
	15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 0xff, N4, /* ..Z */
	0xff, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, /* a.. */
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 0xff, N4, /* ..z */
	N16, N16, N16, N16, N16, N16, N16, N16,
#undef N16
#undef N4
};
/* clang-format on */

static size_t
scan_base64(struct slice s, unsigned char *out)
{
	size_t at = 0;

	for (; s.len - at >= 4; at += 4, out += 3) {
		const unsigned char a = sixes[s.data[at]], b = sixes[s.data[at + 1]];
		const unsigned char c = sixes[s.data[at + 2]], d = sixes[s.data[at + 3]];

		if ((a | b | c | d) & 0xc0)
			break;
		out[0] = (unsigned char)(a << 2 | b >> 4);
		out[1] = (unsigned char)(b << 4 | c >> 2);
		out[2] = (unsigned char)(c << 6 | d);
	}
	return at;
}

BYTES_ROW(bytes_scalar);

const struct bytes_way_row *
bytes_way(enum bytes_way way)
{
	static const struct bytes_way_row *const rows[BYTES_WAYS] = { &bytes_scalar, &bytes_sse2,
		&bytes_avx2 };

	return rows[way];
}

/* Which way this processor goes: a look at what it told at the start of the program. */
static const struct bytes_way_row *
best(void)
{
#ifdef __x86_64__
	return __builtin_cpu_supports("avx2") ? &bytes_avx2 : &bytes_sse2;
#else
	return &bytes_scalar;
#endif
}

void
bytes_count(struct slice s, struct byte_counts *counts)
{
	best()->count(s, counts);
}

size_t
bytes_find_odd(struct slice s, size_t from, unsigned kinds)
{
	return best()->find_odd(s, from, kinds);
}

size_t
bytes_find_pair(struct slice s, size_t from, unsigned char first, unsigned char second)
{
	return best()->find_pair(s, from, first, second);
}

size_t
bytes_find_either(struct slice s, size_t from, unsigned char one, unsigned char other)
{
	return best()->find_either(s, from, one, other);
}

size_t
bytes_base64(struct slice s, unsigned char *out)
{
	return best()->base64(s, out);
}
