/* complete_media.c - whether pictures and sounds go on to their end. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "complete.h"
#include "cursor.h"

#define RIFF_UNKNOWN 0x7fffff00u /* lengths from here on are written before the length is known */

static uint32_t
u32le_at(struct slice s, size_t at)
{
	struct cursor cursor = cursor_at(s, at);

	return cursor_u32le(&cursor);
}

static uint32_t
u32be_at(struct slice s, size_t at)
{
	struct cursor cursor = cursor_at(s, at);

	return cursor_u32be(&cursor);
}

/* Behind entropy-coded data: the next marker that is neither a stuffed byte nor a restart
 * (ITU T.81 B.1.1.5). */
static size_t
jpeg_next_marker(struct slice data, size_t at)
{
	while ((at = slice_find(data, at, 0xff)) != SLICE_NONE && at + 1 < data.len) {
		unsigned char byte = data.data[at + 1];

		if (byte != 0 && byte != 0xff && (byte < 0xd0 || byte > 0xd7))
			return at;
		at += byte == 0xff ? 1 : 2;
	}
	return data.len;
}

/* Segments up to the marker EOI (ITU T.81 annex B). */
bool
jpeg_is_cut(struct slice data, size_t *at)
{
	size_t pos = 2;

	while (pos + 1 < data.len) {
		unsigned char marker = data.data[pos + 1];
		size_t len;

		if (data.data[pos] != 0xff || marker == 0)
			return false; /* no marker where one must be: not for us to say */
		if (marker == 0xd9)
			return false;
		if (marker == 0xff) { /* a fill byte */
			pos++;
			continue;
		}
		len = pos + 3 < data.len ? (size_t)data.data[pos + 2] << 8 | data.data[pos + 3]
					 : data.len;
		if (len < 2)
			return false;
		*at = pos;
		if (len > data.len - pos - 2)
			return true;
		pos += 2 + len;
		if (marker == 0xda)
			pos = jpeg_next_marker(data, pos);
	}
	*at = data.len - 1;
	return true;
}

static bool
is_chunk_name(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!byte_is_alpha(name.data[i]))
			return false;
	return true;
}

/* Chunks up to IEND (RFC 2083 section 3.2): length, name, data, CRC. */
bool
png_is_cut(struct slice data, size_t *at)
{
	for (size_t pos = 8; pos < data.len;) {
		struct slice name = slice_cut(data, pos + 4, 4);
		size_t len = u32be_at(data, pos);

		if (!is_chunk_name(name))
			return false;
		*at = pos;
		if (data.len - pos < 12 || len > data.len - pos - 12)
			return true;
		if (slice_eq(name, "IEND"))
			return false;
		pos += 12 + len;
	}
	*at = data.len - 1;
	return true;
}

/* Behind the sub-blocks that begin at pos (GIF89a section 15), or past the end. */
static size_t
gif_skip_blocks(struct slice data, size_t pos)
{
	while (pos < data.len && data.data[pos] != 0)
		pos += 1 + (size_t)data.data[pos];
	return pos + 1;
}

/* Bytes of the colour table that these flags tell of. */
static size_t
gif_table(unsigned char flags)
{
	return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* Blocks up to the trailer (GIF89a section 27). */
bool
gif_is_cut(struct slice data, size_t *at)
{
	size_t pos;

	*at = data.len - 1;
	if (data.len < 13)
		return true;
	pos = 13 + gif_table(data.data[10]);
	while (pos < data.len) {
		unsigned char block = data.data[pos];

		*at = pos;
		if (block == 0x3b)
			return false;
		if (block == 0x21)
			pos = gif_skip_blocks(data, pos + 2);
		else if (block == 0x2c && data.len - pos > 10)
			pos = gif_skip_blocks(data, pos + 11 + gif_table(data.data[pos + 9]));
		else if (block == 0x2c)
			return true;
		else if (block == 0)
			pos++; /* some writers leave an empty sub-block more */
		else
			return false;
	}
	if (pos == data.len)
		*at = data.len - 1;
	return true;
}

/* As many tracks as the header tells. */
bool
midi_is_cut(struct slice data, size_t *at)
{
	size_t pos = 14;
	uint32_t tracks = u32be_at(data, 8) & 0xffff;

	*at = data.len - 1;
	if (data.len < pos)
		return true;
	while (tracks > 0 && pos < data.len) {
		size_t len = u32be_at(data, pos + 4);

		*at = pos;
		if (data.len - pos < 8 || len > data.len - pos - 8)
			return true;
		tracks -= slice_eq(slice_cut(data, pos, 4), "MTrk");
		pos += 8 + len;
	}
	if (tracks > 0)
		*at = data.len - 1;
	return tracks > 0;
}

bool
riff_is_cut(struct slice data, size_t *at)
{
	uint32_t len = u32le_at(data, 4);

	*at = data.len - 1;
	return slice_starts(data, "RIFF") && len < RIFF_UNKNOWN && len > data.len - 8;
}

bool
aiff_is_cut(struct slice data, size_t *at)
{
	uint32_t len = u32be_at(data, 4);

	*at = data.len - 1;
	return slice_starts(data, "FORM") && len < RIFF_UNKNOWN && len > data.len - 8;
}
