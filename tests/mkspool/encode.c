/* encode.c - transfer encodings and checksums, written out so that damage can be exact. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "encode.h"

#include <string.h>

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void
base64_quartet(char out[4], const unsigned char *in, size_t n)
{
	unsigned bits = (unsigned)in[0] << 16;

	if (n > 1)
		bits |= (unsigned)in[1] << 8;
	if (n > 2)
		bits |= in[2];
	out[0] = base64_digits[bits >> 18];
	out[1] = base64_digits[bits >> 12 & 63];
	out[2] = n > 1 ? base64_digits[bits >> 6 & 63] : '=';
	out[3] = n > 2 ? base64_digits[bits & 63] : '=';
}

void
encode_base64(struct buf *to, const void *bytes, size_t len, unsigned width)
{
	const unsigned char *in = bytes;
	unsigned column = 0;
	char quartet[4];

	for (size_t i = 0; i < len; i += 3) {
		base64_quartet(quartet, in + i, len - i);
		buf_add(to, quartet, 4);
		column += 4;
		if (column >= width) {
			buf_str(to, "\r\n");
			column = 0;
		}
	}
	if (column)
		buf_str(to, "\r\n");
}

/* Must this byte be written =XX? A blank only before a line end, a dot or F only at line start. */
static bool
qp_must_escape(const unsigned char *in, size_t i, size_t len, unsigned column)
{
	bool line_end = i + 1 >= len || in[i + 1] == '\r';

	if (in[i] == ' ' || in[i] == '\t')
		return line_end;
	if (!column && (in[i] == '.' || in[i] == 'F'))
		return true;
	return in[i] < 33 || in[i] > 126 || in[i] == '=';
}

void
encode_qp(struct buf *to, const void *bytes, size_t len)
{
	const unsigned char *in = bytes;
	unsigned column = 0;

	for (size_t i = 0; i < len; i++) {
		if (in[i] == '\r' && i + 1 < len && in[i + 1] == '\n') {
			buf_str(to, "\r\n");
			column = 0;
			i++;
			continue;
		}
		if (column >= 72) {
			buf_str(to, "=\r\n");
			column = 0;
		}
		if (qp_must_escape(in, i, len, column)) {
			buf_fmt(to, "=%02X", in[i]);
			column += 3;
		} else {
			buf_byte(to, in[i]);
			column++;
		}
	}
}

static unsigned char
uu_char(unsigned six, char zero)
{
	return six ? (unsigned char)(six + 32) : (unsigned char)zero;
}

static void
uu_line(struct buf *to, const unsigned char *in, size_t n, char zero)
{
	buf_byte(to, uu_char((unsigned)n, zero));
	for (size_t i = 0; i < n; i += 3) {
		unsigned b = i + 1 < n ? in[i + 1] : 0, c = i + 2 < n ? in[i + 2] : 0;

		buf_byte(to, uu_char(in[i] >> 2, zero));
		buf_byte(to, uu_char((in[i] & 3u) << 4 | b >> 4, zero));
		buf_byte(to, uu_char((b & 15) << 2 | c >> 6, zero));
		buf_byte(to, uu_char(c & 63, zero));
	}
	buf_str(to, "\r\n");
}

void
encode_uu(struct buf *to, const char *name, const void *bytes, size_t len, char zero)
{
	const unsigned char *in = bytes;

	buf_fmt(to, "begin 600 %s\r\n", name);
	for (size_t i = 0; i < len; i += 45)
		uu_line(to, in + i, len - i < 45 ? len - i : 45, zero);
	buf_byte(to, (unsigned char)zero);
	buf_str(to, "\r\nend\r\n");
}

/* CRC-CCITT as BinHex wants it: two zero bytes run through at the end. */
static unsigned
crc16(const unsigned char *in, size_t len)
{
	unsigned crc = 0;

	for (size_t i = 0; i < len + 2; i++) {
		unsigned byte = i < len ? in[i] : 0;

		for (int bit = 7; bit >= 0; bit--) {
			unsigned out = crc & 0x8000;

			crc = (crc << 1 | (byte >> bit & 1)) & 0xffff;
			if (out)
				crc ^= 0x1021;
		}
	}
	return crc;
}

static const char binhex_digits[] =
    "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";

/* Bytes to six-bit characters, 64 on a line; column counts the characters already written. */
static void
binhex_digits_out(struct buf *to, const struct buf *packed, unsigned column)
{
	unsigned bits = 0, held = 0;

	for (size_t i = 0; i < packed->len; i++) {
		bits = (bits << 8 | packed->data[i]) & 0xffffff;
		held += 8;
		while (held >= 6) {
			held -= 6;
			buf_byte(to, (unsigned char)binhex_digits[bits >> held & 63]);
			if (++column % 64 == 0)
				buf_str(to, "\r\n");
		}
	}
	if (held)
		buf_byte(to, (unsigned char)binhex_digits[bits << (6 - held) & 63]);
	buf_str(to, ":\r\n");
}

void
encode_binhex(struct buf *to, const char *name, const void *bytes, size_t len)
{
	struct pool pool = { NULL };
	struct buf *plain = pool_buf(&pool), *packed = pool_buf(&pool);

	buf_byte(plain, (unsigned char)strlen(name));
	buf_str(plain, name);
	buf_byte(plain, 0);
	buf_str(plain, "TEXTttxt");
	buf_u16be(plain, 0);
	buf_u32be(plain, (uint32_t)len);
	buf_u32be(plain, 0);
	buf_u16be(plain, crc16(plain->data, plain->len));
	buf_add(plain, bytes, len);
	buf_u16be(plain, crc16(bytes, len));
	buf_u16be(plain, 0);
	for (size_t i = 0; i < plain->len; i++) {
		buf_byte(packed, plain->data[i]);
		if (plain->data[i] == 0x90)
			buf_byte(packed, 0);
	}
	buf_str(to, "(This file must be converted with BinHex 4.0)\r\n\r\n:");
	binhex_digits_out(to, packed, 1);
	pool_clear(&pool);
}

void
encode_word(struct buf *to, const char *charset, const void *bytes, size_t len)
{
	buf_fmt(to, "=?%s?B?", charset);
	encode_base64(to, bytes, len, 1000000);
	to->len -= len ? 2 : 0;
	buf_str(to, "?=");
}

void
encode_word_q(struct buf *to, const char *charset, const void *bytes, size_t len)
{
	const unsigned char *in = bytes;

	buf_fmt(to, "=?%s?Q?", charset);
	for (size_t i = 0; i < len; i++) {
		bool plain = (in[i] >= 'a' && in[i] <= 'z') || (in[i] >= 'A' && in[i] <= 'Z') ||
			     (in[i] >= '0' && in[i] <= '9');

		if (in[i] == ' ')
			buf_byte(to, '_');
		else if (plain)
			buf_byte(to, in[i]);
		else
			buf_fmt(to, "=%02X", in[i]);
	}
	buf_str(to, "?=");
}

uint32_t
crc32_of(const void *bytes, size_t len)
{
	const unsigned char *in = bytes;
	uint32_t crc = 0xffffffffu;

	for (size_t i = 0; i < len; i++) {
		crc ^= in[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}
