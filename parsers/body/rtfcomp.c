/*
 * rtfcomp.c - compressed RTF: header, CRC, and the runs up to the end mark ([MS-OXRTFCP] 2.1.3).
 *
 * Header: length of what follows it plus 12, unpacked length, type, CRC. Each control byte tells of
 * eight tokens, lowest bit first: a literal byte, or two bytes that copy 2 to 17 bytes out of a ring
 * of 4,096. A reference to the very place that is written next ends the data.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rtfcomp.h"

#include "cursor.h"

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
