/*
 * binhex.c - BinHex 4.0 (RFC 1741): banner, ':' data ':', run lengths, header and fork checksums.
 *
 * Read in parts that are labelled BinHex and in text bodies with the banner line. Nothing is
 * stored: the bytes run through a small state machine, and a run (2 bytes for up to 255) is taken
 * in one step.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "body.h"
#include "cursor.h"
#include "parser.h"

#define BANNER "(This file must be converted with BinHex"
#define BANNER_TO_DATA 4u /* lines, its own included */
#define RUN_MARK 0x90u
#define NAME_MAX_MAC 63u
#define HEADER_TAIL 19u /* version, type, creator, flags, two fork lengths */

enum stage { STAGE_NAME_LENGTH, STAGE_HEADER, STAGE_DATA, STAGE_RESOURCE, STAGE_DONE };

struct binhex {
	struct message *msg;
	struct arena *arena;
	int part;
	struct slice text;
	size_t at; /* place of the symbol in hand */
	uint32_t bits;
	unsigned n_bits;
	unsigned char last; /* for runs */
	bool run;           /* the run mark was seen, the count comes */
	enum stage stage;
	uint64_t left;     /* bytes of the stage before its checksum */
	unsigned crc_left; /* checksum bytes still to come */
	uint16_t crc, crc_sent;
	unsigned char tail[HEADER_TAIL]; /* last bytes of the header */
	uint32_t data_len, resource_len;
};

/* RFC 1741 section 2: !"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr stand for
 * 0..63. */
/* clang-format off */
static const signed char symbols[128] = {
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1, -1,
	13, 14, 15, 16, 17, 18, 19, -1, 20, 21, -1, -1, -1, -1, -1, -1,
	22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, -1,
	37, 38, 39, 40, 41, 42, 43, -1, 44, 45, 46, 47, -1, -1, -1, -1,
	48, 49, 50, 51, 52, 53, 54, -1, 55, 56, 57, 58, 59, 60, -1, -1,
	61, 62, 63, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
};
/* clang-format on */

static int
symbol_of(unsigned char byte)
{
	return byte < 128 ? symbols[byte] : -1;
}

/* CRC-16 with polynomial 0x1021, one byte at a time. */
static uint16_t
crc_add(uint16_t crc, unsigned char byte)
{
	uint32_t x = ((uint32_t)crc >> 8 ^ byte) & 0xff;

	x ^= x >> 4;
	return (uint16_t)(((uint32_t)crc << 8) ^ (x << 12) ^ (x << 5) ^ x);
}

static void
enter(struct binhex *b, enum stage stage, uint64_t left)
{
	b->stage = stage;
	b->left = left;
	b->crc_left = 2;
	b->crc = 0;
	b->crc_sent = 0;
}

static void
end_stage(struct binhex *b)
{
	uint64_t which = (uint64_t)(b->stage - STAGE_HEADER) + 1;

	if (b->crc != b->crc_sent)
		body_fact(b->msg, b->arena, FACT_BINHEX_BAD_CRC, b->part, b->at, 1, which);
	if (b->stage == STAGE_HEADER) {
		struct cursor lengths = cursor_at(slice_of(b->tail, HEADER_TAIL), HEADER_TAIL - 8);

		b->data_len = cursor_u32be(&lengths);
		b->resource_len = cursor_u32be(&lengths);
		enter(b, STAGE_DATA, b->data_len);
	} else if (b->stage == STAGE_DATA) {
		enter(b, STAGE_RESOURCE, b->resource_len);
	} else {
		b->stage = STAGE_DONE;
	}
}

static void
take_name_length(struct binhex *b, unsigned char length)
{
	if (length == 0 || length > NAME_MAX_MAC)
		body_fact(b->msg, b->arena, FACT_BINHEX_NAME, b->part, b->at, 1, length);
	enter(b, STAGE_HEADER, (uint64_t)length + HEADER_TAIL);
	b->crc = crc_add(0, length);
}

/* `count` equal bytes of the decoded stream. */
static void
take(struct binhex *b, unsigned char byte, unsigned count)
{
	for (; count > 0 && b->stage != STAGE_DONE; count--) {
		if (b->stage == STAGE_NAME_LENGTH) {
			take_name_length(b, byte);
		} else if (b->left > 0) {
			b->left--;
			b->crc = crc_add(b->crc, byte);
			if (b->stage == STAGE_HEADER && b->left < HEADER_TAIL)
				b->tail[HEADER_TAIL - 1 - b->left] = byte;
		} else {
			b->crc_sent = (uint16_t)(b->crc_sent << 8 | byte);
			if (--b->crc_left == 0)
				end_stage(b);
		}
	}
}

/* One byte before run lengths are undone. */
static void
take_packed(struct binhex *b, unsigned char byte)
{
	if (b->run) {
		b->run = false;
		if (byte == 0) {
			take(b, RUN_MARK, 1);
			b->last = RUN_MARK;
			return;
		}
		if (byte <= 2)
			body_fact(b->msg, b->arena, FACT_BINHEX_SHORT_RUN, b->part, b->at, 1, byte);
		take(b, b->last, byte - 1u);
	} else if (byte == RUN_MARK) {
		b->run = true;
	} else {
		take(b, byte, 1);
		b->last = byte;
	}
}

static void
take_symbol(struct binhex *b, int symbol)
{
	b->bits = b->bits << 6 | (uint32_t)symbol;
	b->n_bits += 6;
	if (b->n_bits < 8)
		return;
	b->n_bits -= 8;
	take_packed(b, (unsigned char)(b->bits >> b->n_bits));
	b->bits &= (1u << b->n_bits) - 1;
}

/* Bytes that must still come, as far as the header has told; 0 when all is there. */
static uint64_t
missing(const struct binhex *b)
{
	uint64_t need = b->left + b->crc_left;

	if (b->stage == STAGE_DONE)
		return 0;
	if (b->stage == STAGE_NAME_LENGTH)
		return 1;
	if (b->stage == STAGE_DATA)
		need += (uint64_t)b->resource_len + 2;
	return need;
}

/* From the byte after the ':' on; returns the place after the closing one, or the end. */
static size_t
read_data(struct binhex *b, size_t from)
{
	bool ended = false;

	for (b->at = from; b->at < b->text.len && !ended; b->at++) {
		unsigned char byte = b->text.data[b->at];
		int symbol;

		if (byte_is_space(byte))
			continue;
		ended = byte == ':';
		symbol = ended ? 0 : symbol_of(byte);
		if (symbol < 0)
			body_fact(b->msg, b->arena, FACT_BINHEX_BAD_BYTE, b->part, b->at, 1, byte);
		else if (!ended)
			take_symbol(b, symbol);
	}
	if (missing(b) > 0)
		body_fact(b->msg, b->arena, FACT_BINHEX_CUT, b->part, b->at > 0 ? b->at - 1 : 0, 1,
		    missing(b));
	if (!ended)
		body_fact(b->msg, b->arena, FACT_BINHEX_NO_END, b->part, from - 1, 1, 0);
	return b->at;
}

/* The ':' that starts data: first byte of one of the next `most` lines at or after `from`. */
static size_t
find_start(struct slice text, size_t from, size_t most)
{
	struct body_lines lines = { .text = text, .pos = from };
	struct slice line;

	for (size_t at = from; most-- > 0 && body_next_line(&lines, &line); at = lines.pos)
		if (line.len > 1 && line.data[0] == ':')
			return at;
	return SLICE_NONE;
}

/* The banner at the start of a line at or after `from`. */
static size_t
find_banner(struct slice text, size_t from)
{
	size_t at = slice_find_str(text, from, BANNER);

	while (at != SLICE_NONE && at > 0 && text.data[at - 1] != '\n')
		at = slice_find_str(text, at + 1, BANNER);
	return at;
}

static bool
is_labelled(const struct part *part)
{
	return part->encoding == ENCODING_BINHEX || part_is(part, "application", "mac-binhex40") ||
	       part_is(part, "application", "mac-binhex");
}

static size_t
read_block(struct message *msg, struct arena *arena, int part, size_t start)
{
	struct binhex b = {
		.msg = msg, .arena = arena, .part = part, .text = msg->parts[part].decoded
	};

	return read_data(&b, start + 1);
}

/* A part whose label promises BinHex. Returns the place after its first block. */
static size_t
read_labelled(struct message *msg, struct arena *arena, int part)
{
	struct slice text = msg->parts[part].decoded;
	size_t banner = find_banner(text, 0);
	size_t start = find_start(text, banner == SLICE_NONE ? 0 : banner, SIZE_MAX);

	if (banner == SLICE_NONE)
		body_fact(msg, arena, FACT_BINHEX_NO_PROLOG, part, 0, 1, 0);
	if (start != SLICE_NONE)
		return read_block(msg, arena, part, start);
	body_fact(msg, arena, FACT_BINHEX_NO_START, part, 0, 1, 0);
	return text.len;
}

/* Blocks that only their banner announces. Prose may quote it, so data must follow closely. */
static void
read_announced(struct message *msg, struct arena *arena, int part, size_t from)
{
	struct slice text = msg->parts[part].decoded;

	for (size_t at = find_banner(text, from); at != SLICE_NONE; at = find_banner(text, at)) {
		size_t start = find_start(text, at, BANNER_TO_DATA);

		at = start == SLICE_NONE ? at + 1 : read_block(msg, arena, part, start);
	}
}

static void
read_part(struct message *msg, struct arena *arena, int part)
{
	bool labelled = is_labelled(&msg->parts[part]);

	if (labelled || part_is(&msg->parts[part], "text", NULL))
		read_announced(msg, arena, part, labelled ? read_labelled(msg, arena, part) : 0);
}

static void
parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (msg->parts[i].kind == PART_LEAF)
			read_part(msg, arena, (int)i);
}

const struct parser parser_binhex = { "binhex", NULL, parse };
