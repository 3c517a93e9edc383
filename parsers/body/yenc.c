/*
 * yenc.c - yEnc blocks in bodies that nothing else encodes (yEnc draft 1.3, no RFC).
 *
 * "=ybegin line=128 size=N name=NAME", for one part of several "=ypart begin=N end=N", lines of
 * bytes moved up by 42, "=yend size=N crc32=HEX". '=' before a byte: moved up by 64 once more.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "body.h"

#define BEGIN "=ybegin "
#define PART "=ypart "
#define END "=yend "
#define SHIFT 42u
#define ESCAPE_SHIFT 64u

/* One block under way. */
struct yenc {
	struct message *msg;
	struct arena *arena;
	int part;
	struct slice begin; /* the line */
	bool has_part;      /* one part of several: a =ypart line must follow */
	bool has_size;
	uint64_t size;   /* bytes that this block must have */
	uint64_t n_data; /* bytes met */
	uint32_t crc;
	bool dots; /* a line begins with two dots: one may be the transport's */
};

/* CRC-32 of ISO 3309, four bits at a time. */
static uint32_t
crc_add(uint32_t crc, unsigned char byte)
{
	static const uint32_t table[16] = { 0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
		0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8,
		0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c };

	crc = table[(crc ^ byte) & 15] ^ crc >> 4;
	return table[(crc ^ (uint32_t)byte >> 4) & 15] ^ crc >> 4;
}

/* The word behind " key=" of a line, empty when there is none. */
static struct slice
value_of(struct slice line, const char *key)
{
	size_t at = slice_find_str(line, 0, key);
	struct slice value = at == SLICE_NONE ? slice_cut(line, 0, 0) : slice_from(line, at);
	size_t skip = slice_find(value, 0, '=');

	if (value.len == 0 || skip == SLICE_NONE)
		return slice_cut(line, 0, 0);
	value = slice_from(value, skip + 1);
	return slice_cut(value, 0, slice_find(value, 0, ' '));
}

/* The number behind the key; false when it is none, or too large to be one. */
static bool
number_of(struct slice line, const char *key, unsigned base, uint64_t *number)
{
	struct slice digits = body_trim_end(value_of(line, key));
	uint64_t value = 0;

	if (digits.len == 0 || digits.len > 16)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = byte_hex(digits.data[i]);

		if (digit < 0 || (unsigned)digit >= base)
			return false;
		value = value * base + (unsigned)digit;
	}
	*number = value;
	return true;
}

static void
fault(const struct yenc *yenc, struct slice where, enum yenc_fault kind)
{
	message_fact_at(yenc->msg, yenc->arena, FACT_YENC_FAULT, yenc->part, -1, where, kind);
}

static void
read_begin(struct yenc *yenc)
{
	uint64_t number;

	yenc->has_size = number_of(yenc->begin, " size=", 10, &yenc->size);
	yenc->has_part = number_of(yenc->begin, " part=", 10, &number);
	if (!yenc->has_size || !number_of(yenc->begin, " line=", 10, &number) ||
	    value_of(yenc->begin, " name=").len == 0)
		fault(yenc, yenc->begin, YENC_HEADER);
}

/* The part's own size replaces that of the whole. */
static void
read_part(struct yenc *yenc, struct slice line)
{
	uint64_t begin = 0, end = 0;

	yenc->has_size = number_of(line, " begin=", 10, &begin) &&
			 number_of(line, " end=", 10, &end) && begin > 0 && end >= begin;
	yenc->size = yenc->has_size ? end - begin + 1 : 0;
	if (!yenc->has_size)
		fault(yenc, line, YENC_HEADER);
}

static void
read_data(struct yenc *yenc, struct slice line)
{
	unsigned shift = SHIFT;

	yenc->dots = yenc->dots || slice_starts(line, "..");
	for (size_t i = 0; i < line.len; i++) {
		if (line.data[i] == '=' && shift == SHIFT) {
			shift = SHIFT + ESCAPE_SHIFT;
			continue;
		}
		yenc->crc = crc_add(yenc->crc, (unsigned char)(line.data[i] - shift));
		yenc->n_data++;
		shift = SHIFT;
	}
}

static void
read_end(const struct yenc *yenc, struct slice line)
{
	const char *key = yenc->has_part ? " pcrc32=" : " crc32=";
	uint64_t size = 0, crc = 0;
	bool told = number_of(line, " size=", 10, &size);

	if (!told || (yenc->has_size && size != yenc->size))
		fault(yenc, line, YENC_END_SIZE);
	else if (yenc->dots)
		return;
	else if (size != yenc->n_data)
		fault(yenc, line, YENC_DATA_SIZE);
	else if (number_of(line, key, 16, &crc) && (uint32_t)crc != (yenc->crc ^ UINT32_MAX))
		fault(yenc, line, YENC_CHECKSUM);
}

bool
yenc_begins(struct slice body, size_t at)
{
	struct slice line = slice_cut(body, at, sizeof BEGIN + 80);

	if (!slice_starts(line, BEGIN))
		return false;
	line = slice_cut(line, 0, slice_find(line, 0, '\n'));
	return slice_find_str(line, 0, " size=") != SLICE_NONE ||
	       slice_find_str(line, 0, " line=") != SLICE_NONE;
}

size_t
yenc_read(struct message *msg, struct arena *arena, int part, size_t at)
{
	struct yenc yenc = { .msg = msg, .arena = arena, .part = part, .crc = UINT32_MAX };
	struct body_lines lines = { .text = msg->parts[part].body, .pos = at };
	bool ended = false, first = true;
	struct slice line;

	body_next_line(&lines, &yenc.begin);
	read_begin(&yenc);
	for (; !ended && body_peek_line(&lines, &line); first = false) {
		if (yenc_begins(lines.text, lines.pos))
			break;
		body_next_line(&lines, &line);
		ended = slice_starts(line, END);
		if (ended)
			read_end(&yenc, line);
		else if (first && yenc.has_part && slice_starts(line, PART))
			read_part(&yenc, line);
		else
			read_data(&yenc, line);
	}
	message_fact_at(msg, arena, FACT_YENC_BEGIN, part, -1, yenc.begin, yenc.n_data);
	if (!ended)
		fault(&yenc, yenc.begin, YENC_NO_END);
	return lines.pos;
}

void
yenc_find(struct message *msg, struct arena *arena, int part)
{
	struct slice body = msg->parts[part].body;
	size_t at = 0;

	while ((at = slice_find_str(body, at, BEGIN)) != SLICE_NONE) {
		if ((at == 0 || body.data[at - 1] == '\n') && yenc_begins(body, at))
			at = yenc_read(msg, arena, part, at);
		else
			at++;
	}
}
