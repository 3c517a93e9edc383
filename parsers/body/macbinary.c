/*
 * macbinary.c - the MacBinary header: 128 bytes before the two forks of a Macintosh file.
 *
 * Numbers are big-endian. Three bytes are always zero, the name has a length byte, each fork is
 * filled up to 128 bytes. MacBinary II added a version and a CRC; files of the first version have
 * zeros there.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "apple.h"
#include "cursor.h"

#define HEADER_LEN 128u
#define NAME_MOST 63u
#define AT_NAME_LENGTH 1u
#define AT_DATA_LENGTH 83u /* the resource fork's follows */
#define AT_SECOND_HEADER 120u
#define AT_VERSION 122u
#define AT_CRC 124u
#define VERSION_2 129u

uint16_t
apple_crc_add(uint16_t crc, unsigned char byte)
{
	uint32_t x = ((uint32_t)crc >> 8 ^ byte) & 0xff;

	x ^= x >> 4;
	return (uint16_t)(((uint32_t)crc << 8) ^ (x << 12) ^ (x << 5) ^ x);
}

/* Product of two polynomials modulo that of the CRC. */
static uint16_t
times(uint16_t a, uint16_t b)
{
	uint32_t product = 0;

	for (int bit = 15; bit >= 0; bit--) {
		product = product << 1 ^ (product >> 15 & 1u ? 0x1021u : 0);
		product ^= b >> bit & 1 ? a : 0;
	}
	return (uint16_t)product;
}

/* Eight zero bits more are a multiplication by x^8, so 2^k bytes are one by x^(8 * 2^k), and a run
 * is made of the runs that the bits of its length stand for. */
uint16_t
apple_crc_add_run(uint16_t crc, unsigned char byte, unsigned count)
{
	static const uint16_t powers[] = { 0x0100, 0x1021, 0x3730, 0xb861, 0xaefc, 0x8e29, 0x13fc,
		0x36c4 };
	uint16_t run = apple_crc_add(0, byte); /* CRC of 2^k such bytes */

	for (size_t k = 0; k < sizeof powers / sizeof powers[0]; k++) {
		if (count >> k & 1u)
			crc = (uint16_t)(times(crc, powers[k]) ^ run);
		run = (uint16_t)(times(run, powers[k]) ^ run);
	}
	for (count >>= sizeof powers / sizeof powers[0]; count > 0; count--)
		for (unsigned i = 0; i < 256; i++)
			crc = apple_crc_add(crc, byte);
	return crc;
}

static uint64_t
filled(uint64_t len)
{
	return (len + HEADER_LEN - 1) / HEADER_LEN * HEADER_LEN;
}

static unsigned
u16_at(struct slice file, size_t at)
{
	return (unsigned)file.data[at] << 8 | file.data[at + 1];
}

/* Bytes that header and forks need; the filling behind the last fork is often left out. */
static uint64_t
bytes_needed(struct slice file)
{
	struct cursor in = cursor_at(file, AT_DATA_LENGTH);
	uint64_t data = cursor_u32be(&in), resource = cursor_u32be(&in);
	uint64_t start = HEADER_LEN + filled(u16_at(file, AT_SECOND_HEADER));

	return resource > 0 ? start + filled(data) + resource : start + data;
}

static bool
has_crc(struct slice file)
{
	return file.data[AT_VERSION] >= VERSION_2 && u16_at(file, AT_CRC) != 0;
}

static bool
crc_agrees(struct slice file)
{
	uint16_t crc = 0;

	for (size_t i = 0; i < AT_CRC; i++)
		crc = apple_crc_add(crc, file.data[i]);
	return crc == u16_at(file, AT_CRC);
}

enum apple_fault
macbinary_fault(struct slice file, size_t *at)
{
	static const size_t zeros[] = { 0, 74, 82 };

	*at = 0;
	if (file.len < HEADER_LEN)
		return APPLE_NO_HEADER;
	*at = AT_NAME_LENGTH;
	if (file.data[*at] == 0 || file.data[*at] > NAME_MOST)
		return MACBINARY_NAME;
	for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++) {
		*at = zeros[i];
		if (file.data[*at] != 0)
			return MACBINARY_ZEROS;
	}
	*at = AT_CRC;
	if (has_crc(file) && !crc_agrees(file))
		return MACBINARY_CRC;
	*at = AT_DATA_LENGTH;
	return bytes_needed(file) > file.len ? MACBINARY_FORKS : APPLE_SOUND;
}
