/*
 * rtfcomp.c - compressed RTF: header, CRC, and the runs up to the end mark ([MS-OXRTFCP] 2.1.3).
 *
 * Header: length of what follows it plus 12, unpacked length, type, CRC. Each control byte tells of
 * eight tokens, lowest bit first: a literal byte, or two bytes that copy 2 to 17 bytes out of a ring
 * of 4,096. A reference to the very place that is written next ends the data.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rtfcomp.h"

#include <string.h>

#include "cursor.h"
#include "unpack.h"

#define HEADER_LEN 16u
#define SIZE_REST 12u /* bytes of the header that its size counts */
#define COMPRESSED 0x75465a4cu
#define UNCOMPRESSED 0x414c454du
#define RING 4096u
#define PRELUDE_LEN 207u /* bytes that the ring holds at the start */

/* CRC-32 with the polynomial of Ethernet, from zero and not inverted (2.1.3.2), four bits a step. */
static uint32_t
crc_of(struct slice bytes)
{
	static const uint32_t table[16] = { 0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
		0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8,
		0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c };
	uint32_t crc = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		crc ^= bytes.data[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return crc;
}

/* Length of what the runs unpack to; false when they run out before the end mark. */
static bool
unpacked_length(struct slice contents, uint64_t *length)
{
	struct cursor in = cursor_at(contents, 0);

	*length = 0;
	while (cursor_left(&in) > 0) {
		unsigned control = cursor_u8(&in);

		for (unsigned bit = 0; bit < 8; bit++) {
			unsigned reference;

			if (!(control >> bit & 1u)) {
				cursor_skip(&in, 1);
				*length += 1;
			} else {
				reference = (unsigned)cursor_u8(&in) << 8;
				reference |= cursor_u8(&in);
				if (!in.failed && reference >> 4 == (PRELUDE_LEN + *length) % RING)
					return true;
				*length += (reference & 15) + 2;
			}
			if (in.failed)
				return false;
		}
	}
	return false;
}

static enum rtfcomp_fault
runs_fault(struct slice contents, uint32_t raw_size, uint32_t crc)
{
	uint64_t length;

	if (crc_of(contents) != crc)
		return RTFCOMP_CRC;
	if (!unpacked_length(contents, &length))
		return RTFCOMP_NO_END;
	return length == raw_size ? RTFCOMP_SOUND : RTFCOMP_RAW_SIZE;
}

enum rtfcomp_fault
rtf_fault(struct slice value)
{
	struct cursor in = cursor_at(value, 0);
	uint32_t size = cursor_u32le(&in), raw_size = cursor_u32le(&in);
	uint32_t type = cursor_u32le(&in), crc = cursor_u32le(&in);

	if (in.failed)
		return RTFCOMP_NO_HEADER;
	if (size < SIZE_REST || size - SIZE_REST > value.len - HEADER_LEN)
		return RTFCOMP_SIZE;
	if (type == UNCOMPRESSED)
		return raw_size > size - SIZE_REST ? RTFCOMP_RAW_SIZE : RTFCOMP_SOUND;
	if (type != COMPRESSED)
		return RTFCOMP_TYPE;
	return runs_fault(slice_cut(value, HEADER_LEN, size - SIZE_REST), raw_size, crc);
}

/* What the ring holds at the start (2.1.2.1). */
static const char prelude[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    "\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

_Static_assert(sizeof prelude - 1 == PRELUDE_LEN, "the ring starts with 207 bytes");

struct ring {
	unsigned char bytes[RING];
	size_t at; /* where the next byte is written */
	unsigned char *out;
	size_t len, most;
};

static void
ring_put(struct ring *ring, unsigned char byte)
{
	ring->bytes[ring->at++ % RING] = byte;
	if (ring->len < ring->most)
		ring->out[ring->len++] = byte;
}

/* One token; false at the end mark or when the data runs out. */
static bool
ring_token(struct ring *ring, struct cursor *in, bool copies)
{
	unsigned reference, length;

	if (!copies) {
		const unsigned char byte = cursor_u8(in);

		if (!in->failed)
			ring_put(ring, byte);
		return !in->failed;
	}
	reference = (unsigned)cursor_u8(in) << 8;
	reference |= cursor_u8(in);
	if (in->failed || reference >> 4 == ring->at % RING)
		return false;
	length = (reference & 15) + 2;
	for (unsigned i = 0; i < length; i++)
		ring_put(ring, ring->bytes[((reference >> 4) + i) % RING]);
	return true;
}

static void
unpack_runs(struct ring *ring, struct slice contents)
{
	struct cursor in = cursor_at(contents, 0);
	bool more = true;

	memcpy(ring->bytes, prelude, PRELUDE_LEN);
	ring->at = PRELUDE_LEN;
	while (more && cursor_left(&in) > 0 && ring->len < ring->most) {
		const unsigned control = cursor_u8(&in);

		for (unsigned bit = 0; bit < 8 && more; bit++)
			more = ring_token(ring, &in, control >> bit & 1u);
	}
}

/* No run makes more than 17 bytes of two, and a ninth of them are control bytes. */
#define MOST_OF_A_BYTE 9u

struct slice
unpack_rtf(struct arena *arena, struct slice value, uint64_t most, bool *whole)
{
	struct cursor in = cursor_at(value, 0);
	uint32_t type, raw_size;
	struct ring ring = { .len = 0 };

	*whole = rtf_fault(value) == RTFCOMP_SOUND;
	cursor_skip(&in, 4);
	raw_size = cursor_u32le(&in);
	type = cursor_u32le(&in);
	cursor_skip(&in, 4);
	value = slice_from(value, HEADER_LEN);
	if (in.failed || (type != COMPRESSED && type != UNCOMPRESSED))
		return slice_of(NULL, 0);
	if (type == UNCOMPRESSED)
		return slice_cut(value, 0, raw_size);
	ring.most = value.len < SIZE_MAX / MOST_OF_A_BYTE ? value.len * MOST_OF_A_BYTE : value.len;
	if (raw_size < ring.most)
		ring.most = raw_size;
	if (ring.most > most)
		return *whole = false, slice_of(NULL, 0);
	ring.out = arena_alloc(arena, ring.most, 1);
	unpack_runs(&ring, value);
	return slice_of(ring.out, ring.len);
}
