/* unpack_binhex.c - the two forks of BinHex 4.0 files (RFC 1741); what is wrong, binhex.c tells. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unpack.h"

#include "apple.h"
#include "cursor.h"

#define RUN_MARK 0x90u
#define NAME_MOST 63u
#define HEADER_TAIL 19u /* version, type, creator, flags, two fork lengths */
#define CRC_LEN 2u

/* Bytes of one file before run lengths are undone, then undone. */
struct source {
	struct slice text;
	size_t at; /* place of the next symbol; behind the closing ':' at the end */
	uint32_t bits;
	unsigned n_bits;
	unsigned char last;
	unsigned repeat; /* of `last`, still to come */
	bool ended, bad;
};

/* The next byte before run lengths are undone, or -1. */
static int
packed_byte(struct source *source)
{
	while (!source->ended && source->at < source->text.len) {
		const unsigned char byte = source->text.data[source->at++];
		const int symbol = binhex_symbol(byte);

		if (byte == ':')
			source->ended = true;
		if (byte == ':' || byte_is_space(byte))
			continue;
		if (symbol < 0) {
			source->bad = true;
			continue;
		}
		source->bits = (source->bits << 6 | (uint32_t)symbol) & 0x3fff;
		source->n_bits += 6;
		if (source->n_bits < 8)
			continue;
		source->n_bits -= 8;
		return (int)(source->bits >> source->n_bits & 0xff);
	}
	return -1;
}

static int
next_byte(struct source *source)
{
	int byte, count;

	for (;;) {
		if (source->repeat > 0) {
			source->repeat--;
			return source->last;
		}
		byte = packed_byte(source);
		if (byte != RUN_MARK) {
			source->last = byte < 0 ? source->last : (unsigned char)byte;
			return byte;
		}
		count = packed_byte(source);
		if (count <= 0) {
			source->last = RUN_MARK;
			return count < 0 ? -1 : (int)RUN_MARK;
		}
		source->repeat = (unsigned)count - 1;
	}
}

/* Up to len bytes into out; those that came. Their check sum goes on in *crc. */
static size_t
read_bytes(struct source *source, unsigned char *out, size_t len, uint16_t *crc)
{
	size_t got = 0;
	int byte;

	while (got < len && (byte = next_byte(source)) >= 0) {
		out[got++] = (unsigned char)byte;
		*crc = apple_crc_add(*crc, (unsigned char)byte);
	}
	return got;
}

/* How many of the next len bytes there are; lengths lie. */
static size_t
count_bytes(struct source source, size_t len)
{
	size_t got = 0;

	while (got < len && next_byte(&source) >= 0)
		got++;
	return got;
}

/* Whether the two bytes that follow are the check sum. */
static bool
crc_fits(struct source *source, uint16_t crc)
{
	const int high = next_byte(source), low = next_byte(source);

	return high >= 0 && low >= 0 && crc == (uint16_t)((unsigned)high << 8 | (unsigned)low);
}

/* A fork of `len` bytes, or what came of it. False when there is no room. */
static bool
read_fork(struct unpacking *unpacking, struct source *source, size_t len, struct unpacked *file)
{
	const size_t got = count_bytes(*source, len);
	uint16_t crc = 0;
	unsigned char *out;

	if (got > unpacking->budget)
		return unpacking->whole = false;
	out = arena_alloc(unpacking->arena, got, 1);
	(void)read_bytes(source, out, got, &crc);
	file->bytes = slice_of(out, got);
	file->whole = got == len && crc_fits(source, crc) && !source->bad;
	return true;
}

/* The header: name and lengths of the forks. */
static bool
read_header(struct source *source, unsigned char *head, struct slice *name, uint32_t lengths[2])
{
	const int length = next_byte(source);
	const size_t rest = (size_t)(length < 0 ? 0 : length) + HEADER_TAIL;
	uint16_t crc = apple_crc_add(0, (unsigned char)length);
	struct cursor in;

	if (length <= 0 || (unsigned)length > NAME_MOST ||
	    read_bytes(source, head, rest, &crc) != rest || !crc_fits(source, crc))
		return false;
	*name = slice_of(head, (size_t)length);
	in = cursor_at(slice_of(head, rest), rest - 8);
	lengths[0] = cursor_u32be(&in);
	lengths[1] = cursor_u32be(&in);
	return true;
}

/* The file whose ':' is at `start`. Returns the place behind it; SLICE_NONE: it could not be taken. */
static size_t
take(struct unpacking *unpacking, struct slice text, size_t begin, size_t start)
{
	unsigned char *head = arena_alloc(unpacking->arena, NAME_MOST + HEADER_TAIL, 1);
	struct source source = { .text = text, .at = start + 1 };
	struct unpacked data = { .kind = UNPACKED_FILE, .charset = slice_str("macintosh") };
	struct unpacked resource = { .kind = UNPACKED_RESOURCE };
	uint32_t lengths[2];

	if (!read_header(&source, head, &data.name, lengths) ||
	    !read_fork(unpacking, &source, lengths[0], &data))
		return SLICE_NONE;
	resource.name = data.name;
	resource.charset = data.charset;
	if (!read_fork(unpacking, &source, lengths[1], &resource))
		return SLICE_NONE;
	while (packed_byte(&source) >= 0)
		;
	data.at = resource.at = begin;
	data.len = resource.len = source.at - begin;
	data.whole = data.whole && resource.whole && source.ended;
	if (!unpacking_add(unpacking, data) ||
	    (resource.bytes.len > 0 && !unpacking_add(unpacking, resource)))
		return SLICE_NONE;
	return source.at;
}

void
unpack_binhex(struct unpacking *unpacking, struct slice text, bool labelled)
{
	size_t at = binhex_banner(text, 0), start;

	if (labelled && at == SLICE_NONE) {
		start = binhex_start(text, 0, SIZE_MAX);
		if (start == SLICE_NONE || take(unpacking, text, start, start) == SLICE_NONE)
			unpacking->whole = false;
		return;
	}
	while (at != SLICE_NONE) {
		size_t end = SLICE_NONE;

		start = binhex_start(text, at, labelled ? SIZE_MAX : BINHEX_BANNER_TO_DATA);
		if (start != SLICE_NONE)
			end = take(unpacking, text, at, start);
		/* Prose may quote the banner. */
		if (end == SLICE_NONE && (labelled || start != SLICE_NONE))
			unpacking->whole = false;
		if (unpacking->n_files >= UNPACK_FILES_MAX)
			return;
		at = binhex_banner(text, end == SLICE_NONE ? at + 1 : end);
	}
}
