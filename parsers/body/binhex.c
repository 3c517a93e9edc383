/*
 * binhex.c - BinHex 4.0 (RFC 1741): banner, ':' data ':', run lengths, header and fork checksums.
 *
 * Read in parts that are labelled BinHex and in text bodies with the banner line. Nothing is
 * stored: the bytes run through a small state machine, and a run (2 bytes for up to 255) is taken
 * in one step.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "apple.h"
#include "body.h"
#include "cursor.h"
#include "parser.h"

#define BANNER "(This file must be converted with BinHex"
#define RUN_MARK 0x90u
#define RUN_LONG 32u /* from here on a run is cheaper than its bytes */
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
	unsigned char name[NAME_MAX_MAC];
	unsigned n_name, name_len;
	size_t name_at; /* place of its first symbol */
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

int
binhex_symbol(unsigned char byte)
{
	return byte < 128 ? symbols[byte] : -1;
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

/* Whether the name ends in the first byte of a character of two, where bytes from `first` on but
 * those of the gap begin one. */
static bool
ends_in_half(struct slice name, unsigned first, unsigned gap_from, unsigned gap_to)
{
	size_t at = 0;

	while (at < name.len) {
		unsigned byte = name.data[at];
		bool lead = byte >= first && byte < 0xff && (byte < gap_from || byte > gap_to);

		at += lead ? 2 : 1;
	}
	return at > name.len;
}

static void
check_name(struct binhex *b)
{
	struct slice name = slice_of(b->name, b->n_name);
	uint64_t value = name.len, n_8bit = 0;

	for (size_t i = 0; i < name.len; i++)
		n_8bit += name.data[i] >= 0x80;
	/* Shift_JIS has single bytes in A0..DF; the sets of China and Korea have none. */
	if (ends_in_half(name, 0x81, 0xa0, 0xdf) || ends_in_half(name, 0x81, 1, 0))
		value += 256;
	if (n_8bit > 0)
		body_fact(b->msg, b->arena, FACT_BINHEX_NAME_8BIT, b->part, b->name_at,
		    b->at - b->name_at, value);
}

static void
end_header(struct binhex *b)
{
	struct cursor lengths = cursor_at(slice_of(b->tail, HEADER_TAIL), HEADER_TAIL - 8);

	b->data_len = cursor_u32be(&lengths);
	b->resource_len = cursor_u32be(&lengths);
	if (b->crc != b->crc_sent)
		return;
	/* Only a header that arrived as it was written says something. */
	check_name(b);
	if (b->data_len == 0)
		body_fact(
		    b->msg, b->arena, FACT_BINHEX_NO_DATA, b->part, b->at, 1, b->resource_len);
}

static void
end_stage(struct binhex *b)
{
	uint64_t which = (uint64_t)(b->stage - STAGE_HEADER) + 1;

	if (b->crc != b->crc_sent)
		body_fact(b->msg, b->arena, FACT_BINHEX_BAD_CRC, b->part, b->at, 1, which);
	if (b->stage == STAGE_HEADER) {
		end_header(b);
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
	b->name_len = length < NAME_MAX_MAC ? length : NAME_MAX_MAC;
	b->name_at = b->at;
	enter(b, STAGE_HEADER, (uint64_t)length + HEADER_TAIL);
	b->crc = apple_crc_add(0, length);
}

/* One byte of what a check sum protects. */
static void
take_protected(struct binhex *b, unsigned char byte)
{
	b->left--;
	b->crc = apple_crc_add(b->crc, byte);
	if (b->stage != STAGE_HEADER)
		return;
	if (b->n_name < b->name_len)
		b->name[b->n_name++] = byte;
	if (b->left < HEADER_TAIL)
		b->tail[HEADER_TAIL - 1 - b->left] = byte;
}

/* `count` equal bytes of the decoded stream, at most 255. */
static void
take(struct binhex *b, unsigned char byte, unsigned count)
{
	while (count > 0 && b->stage != STAGE_DONE) {
		unsigned now = 1;

		if (b->stage == STAGE_NAME_LENGTH) {
			take_name_length(b, byte);
		} else if (b->left > 0 && (b->stage == STAGE_HEADER || count < RUN_LONG)) {
			take_protected(b, byte);
		} else if (b->left > 0) {
			now = b->left < count ? (unsigned)b->left : count;
			b->left -= now;
			b->crc = apple_crc_add_run(b->crc, byte, now);
		} else {
			b->crc_sent = (uint16_t)(b->crc_sent << 8 | byte);
			if (--b->crc_left == 0)
				end_stage(b);
		}
		count -= now;
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
		symbol = ended ? 0 : binhex_symbol(byte);
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

size_t
binhex_start(struct slice text, size_t from, size_t most)
{
	struct body_lines lines = { .text = text, .pos = from };
	struct slice line;

	for (size_t at = from; most-- > 0 && body_next_line(&lines, &line); at = lines.pos)
		if (line.len > 1 && line.data[0] == ':')
			return at;
	return SLICE_NONE;
}

size_t
binhex_banner(struct slice text, size_t from)
{
	size_t at = slice_find_str(text, from, BANNER);

	while (at != SLICE_NONE && at > 0 && text.data[at - 1] != '\n')
		at = slice_find_str(text, at + 1, BANNER);
	return at;
}

static bool
is_typed(const struct part *part)
{
	return part_is(part, "application", "mac-binhex40") ||
	       part_is(part, "application", "mac-binhex");
}

static bool
is_labelled(const struct part *part)
{
	return part->encoding == ENCODING_BINHEX || is_typed(part);
}

/* Whether the line behind the data begins the next file at once. */
static bool
next_adjoins(struct slice text, size_t end, size_t *at)
{
	struct body_lines lines = { .text = text, .pos = end };
	struct slice rest, line;

	if (!body_next_line(&lines, &rest) || slice_trim(rest).len > 0)
		return false;
	*at = lines.pos;
	return body_next_line(&lines, &line) && slice_starts(line, BANNER);
}

static size_t
read_block(struct message *msg, struct arena *arena, int part, size_t start, uint64_t dress)
{
	struct binhex b = {
		.msg = msg, .arena = arena, .part = part, .text = msg->parts[part].decoded
	};
	size_t end, next;

	body_fact(msg, arena, FACT_BINHEX_BEGIN, part, start, 1, dress);
	end = read_data(&b, start + 1);
	if (next_adjoins(b.text, end, &next))
		body_fact(msg, arena, FACT_BINHEX_ADJOINS, part, next, 1, 0);
	return end;
}

/* A part whose label promises BinHex. Returns the place after its first block. */
static size_t
read_labelled(struct message *msg, struct arena *arena, int part)
{
	struct slice text = msg->parts[part].decoded;
	size_t banner = binhex_banner(text, 0);
	size_t start = binhex_start(text, banner == SLICE_NONE ? 0 : banner, SIZE_MAX);

	if (banner == SLICE_NONE)
		body_fact(msg, arena, FACT_BINHEX_NO_PROLOG, part, 0, 1, 0);
	if (start != SLICE_NONE)
		return read_block(msg, arena, part, start, is_typed(&msg->parts[part]) ? 0 : 2);
	body_fact(msg, arena, FACT_BINHEX_NO_START, part, 0, 1, 0);
	return text.len;
}

/* Blocks that only their banner announces. Prose may quote it, so data must follow closely. */
static void
read_announced(struct message *msg, struct arena *arena, int part, size_t from)
{
	struct slice text = msg->parts[part].decoded;
	uint64_t dress = is_typed(&msg->parts[part]) ? 0 : is_labelled(&msg->parts[part]) ? 2 : 1;

	for (size_t at = binhex_banner(text, from); at != SLICE_NONE;
	     at = binhex_banner(text, at)) {
		size_t start = binhex_start(text, at, BINHEX_BANNER_TO_DATA);

		at = start == SLICE_NONE ? at + 1 : read_block(msg, arena, part, start, dress);
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
