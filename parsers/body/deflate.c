/*
 * deflate.c - whether a gzip file goes on to its end (RFC 1952, RFC 1951).
 *
 * The compressed data have no length: only their codes tell where they end. The codes are read and
 * nothing is unpacked, so that time follows the bytes that are there, not those they stand for.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "complete.h"
#include "cursor.h"

#define BITS_MAX 15u
#define LITERALS 288u
#define DISTANCES 30u
#define NO_CODE 0xffffu

/* Bits, least significant first. */
struct bits {
	struct slice data;
	size_t pos; /* next byte */
	uint32_t held;
	unsigned n_held;
	bool ended; /* more was asked for than there is */
};

/* A canonical code: how many codes of each length, and the symbols in order. */
struct code {
	uint16_t count[BITS_MAX + 1];
	uint16_t symbol[LITERALS];
};

/* The two codes that need not be sent. */
struct fixed {
	struct code literals, distances;
};

static unsigned
take(struct bits *bits, unsigned n)
{
	unsigned value;

	while (bits->n_held < n) {
		if (bits->pos == bits->data.len) {
			bits->ended = true;
			return 0;
		}
		bits->held |= (uint32_t)bits->data.data[bits->pos++] << bits->n_held;
		bits->n_held += 8;
	}
	value = bits->held & ((1u << n) - 1);
	bits->held >>= n;
	bits->n_held -= n;
	return value;
}

/* RFC 1951 section 3.2.2. */
static void
make_code(struct code *code, const unsigned char *lengths, size_t n)
{
	uint16_t next[BITS_MAX + 1] = { 0 };

	memset(code->count, 0, sizeof code->count);
	for (size_t i = 0; i < n; i++)
		code->count[lengths[i]]++;
	code->count[0] = 0;
	for (size_t i = 1; i < BITS_MAX; i++)
		next[i + 1] = (uint16_t)(next[i] + code->count[i]);
	for (size_t i = 0; i < n; i++)
		if (lengths[i] > 0)
			code->symbol[next[lengths[i]]++] = (uint16_t)i;
}

/* The next symbol; NO_CODE: the bits are no code, or there are no more. */
static unsigned
read_symbol(struct bits *bits, const struct code *code)
{
	int value = 0, first = 0, index = 0;

	for (size_t len = 1; len <= BITS_MAX; len++) {
		value |= (int)take(bits, 1);
		if (bits->ended)
			return NO_CODE;
		/* Of a code with too many symbols, first runs past the value. */
		if (value >= first && value - first < code->count[len])
			return code->symbol[index + value - first];
		index += code->count[len];
		first = (first + code->count[len]) << 1;
		value <<= 1;
	}
	return NO_CODE;
}

/* Literals and matches up to the end of the block; false: damaged. */
static bool
skip_codes(struct bits *bits, const struct code *literals, const struct code *distances)
{
	static const unsigned char length_bits[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2,
		3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };

	for (;;) {
		unsigned symbol = read_symbol(bits, literals);

		if (symbol == 256)
			return true;
		if (symbol < 256)
			continue;
		if (symbol - 257 >= sizeof length_bits)
			return false;
		take(bits, length_bits[symbol - 257]);
		symbol = read_symbol(bits, distances);
		if (symbol >= DISTANCES)
			return false;
		take(bits, symbol < 4 ? 0 : symbol / 2 - 1);
		if (bits->ended)
			return false;
	}
}

/* RFC 1951 section 3.2.7. */
static bool
read_lengths(struct bits *bits, const struct code *code, unsigned char *lengths, size_t n)
{
	size_t i = 0;

	while (i < n) {
		unsigned symbol = read_symbol(bits, code), repeat = 1;
		unsigned char value = 0;

		if (symbol == NO_CODE || (symbol == 16 && i == 0))
			return false;
		if (symbol < 16)
			value = (unsigned char)symbol;
		else if (symbol == 16)
			value = lengths[i - 1];
		if (symbol >= 16)
			repeat = symbol == 16   ? 3 + take(bits, 2)
				 : symbol == 17 ? 3 + take(bits, 3)
						: 11 + take(bits, 7);
		if (repeat > n - i)
			return false;
		memset(lengths + i, value, repeat);
		i += repeat;
	}
	return !bits->ended;
}

static bool
skip_dynamic(struct bits *bits)
{
	static const unsigned char order[] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13,
		2, 14, 1, 15 };
	unsigned char lengths[LITERALS + 32] = { 0 };
	struct code literals, distances;
	size_t n_literals = 257 + take(bits, 5), n_distances = 1 + take(bits, 5);
	size_t n_lengths = 4 + take(bits, 4);

	if (n_literals > 286 || n_distances > DISTANCES)
		return false;
	for (size_t i = 0; i < n_lengths; i++)
		lengths[order[i]] = (unsigned char)take(bits, 3);
	make_code(&literals, lengths, 19);
	memset(lengths, 0, sizeof lengths);
	if (!read_lengths(bits, &literals, lengths, n_literals + n_distances))
		return false;
	make_code(&literals, lengths, n_literals);
	make_code(&distances, lengths + n_literals, n_distances);
	return skip_codes(bits, &literals, &distances);
}

/* RFC 1951 section 3.2.6. Made once a file: a block may have no more than ten bits. */
static void
make_fixed(struct fixed *fixed)
{
	unsigned char lengths[LITERALS];

	memset(lengths, 8, 144);
	memset(lengths + 144, 9, 112);
	memset(lengths + 256, 7, 24);
	memset(lengths + 280, 8, 8);
	make_code(&fixed->literals, lengths, LITERALS);
	memset(lengths, 5, DISTANCES);
	make_code(&fixed->distances, lengths, DISTANCES);
}

static bool
skip_stored(struct bits *bits)
{
	unsigned len;

	bits->held = 0;
	bits->n_held = 0;
	len = take(bits, 16);
	if (take(bits, 16) != (~len & 0xffff))
		return false;
	if (len > bits->data.len - bits->pos) {
		bits->ended = true;
		return false;
	}
	bits->pos += len;
	return true;
}

static bool
skip_block(struct bits *bits, const struct fixed *fixed)
{
	switch (take(bits, 2)) {
	case 0:
		return skip_stored(bits);
	case 1:
		return skip_codes(bits, &fixed->literals, &fixed->distances);
	case 2:
		return skip_dynamic(bits);
	default:
		return false;
	}
}

/* Behind the header (RFC 1952 section 2.3), or past the end. */
static size_t
skip_header(struct slice data)
{
	enum { HEADER_CRC = 2, EXTRA = 4, NAME = 8, COMMENT = 16 };
	unsigned char flags = data.len > 3 ? data.data[3] : 0;
	size_t pos = 10, end;

	if ((flags & EXTRA) && data.len > pos + 1)
		pos += 2 + ((size_t)data.data[pos + 1] << 8 | data.data[pos]);
	for (unsigned flag = NAME; flag <= COMMENT; flag <<= 1) {
		if (!(flags & flag))
			continue;
		end = slice_find(data, pos, 0);
		if (end == SLICE_NONE)
			return data.len + 1;
		pos = end + 1;
	}
	return flags & HEADER_CRC ? pos + 2 : pos;
}

bool
gzip_is_cut(struct slice data, size_t *at)
{
	struct bits bits = { .data = data, .pos = skip_header(data) };
	bool last = false, sound = true;
	struct fixed fixed;

	*at = data.len - 1;
	if (bits.pos > data.len)
		return true;
	make_fixed(&fixed);
	while (!last && sound) {
		last = take(&bits, 1);
		sound = skip_block(&bits, &fixed);
	}
	if (bits.ended)
		return true;
	/* Damaged data tell nothing of their end; CRC and length are eight bytes. */
	return sound && data.len - bits.pos < 8;
}
