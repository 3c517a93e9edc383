/*
 * applefile.c - AppleSingle and AppleDouble headers (RFC 1740), and parts labelled MacBinary.
 *
 * Signature, version, 16 bytes that mean nothing, a count, then entries: id, offset, length. All
 * numbers are big-endian; an AppleDouble header is the same without the data fork.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "apple.h"
#include "body.h"
#include "cursor.h"
#include "parser.h"

#define APPLE_SINGLE 0x00051600u
#define APPLE_DOUBLE 0x00051607u
#define VERSION_1 0x00010000u
#define VERSION_2 0x00020000u
#define FILLER_LEN 16u
#define ENTRY_LEN 12u
#define HEAD_LEN 26u
#define IDS_WATCHED 32u /* ids below: 1 data, 2 resource, 3 name, … 15 */

struct place {
	size_t at, len;
};

/* The entries: each inside the data, each id once. */
static enum apple_fault
entries_fault(struct cursor *in, unsigned count, struct place *place)
{
	uint32_t seen = 0;

	for (unsigned i = 0; i < count; i++) {
		uint32_t id, offset, len;

		*place = (struct place){ in->pos, ENTRY_LEN };
		id = cursor_u32be(in);
		offset = cursor_u32be(in);
		len = cursor_u32be(in);
		if (in->failed) {
			place->len = in->bytes.len - place->at;
			return APPLE_TABLE;
		}
		if ((uint64_t)offset + len > in->bytes.len)
			return APPLE_ENTRY_OUTSIDE;
		if (id < IDS_WATCHED && (seen >> id & 1u))
			return APPLE_ENTRY_TWICE;
		seen |= id < IDS_WATCHED ? 1u << id : 0;
	}
	return APPLE_SOUND;
}

static enum apple_fault
applefile_fault(struct slice file, struct place *place)
{
	struct cursor in = cursor_at(file, 0);
	uint32_t signature = cursor_u32be(&in), version = cursor_u32be(&in);
	unsigned count;

	*place = (struct place){ 0, file.len < 4 ? file.len : 4 };
	if (file.len >= 4 && signature != APPLE_SINGLE && signature != APPLE_DOUBLE)
		return APPLE_SIGNATURE;
	if (file.len < HEAD_LEN)
		return APPLE_NO_HEADER;
	*place = (struct place){ 4, 4 };
	if (version != VERSION_1 && version != VERSION_2)
		return APPLE_VERSION;
	cursor_skip(&in, FILLER_LEN);
	count = (unsigned)cursor_u8(&in) << 8;
	count |= cursor_u8(&in);
	return entries_fault(&in, count, place);
}

static bool
is_macbinary(const struct part *part)
{
	return part_is(part, "application", "macbinary") ||
	       part_is(part, "application", "x-macbinary");
}

static void
check_part(struct message *msg, struct arena *arena, int index)
{
	const struct part *part = &msg->parts[index];
	struct place place = { 0, 1 };
	enum apple_fault fault;

	if (part_is(part, "application", "applefile"))
		fault = applefile_fault(part->decoded, &place);
	else if (is_macbinary(part))
		fault = macbinary_fault(part->decoded, &place.at);
	else
		return;
	if (fault != APPLE_SOUND)
		body_fact(msg, arena, FACT_APPLE_BAD, index, place.at,
		    part->decoded.len > 0 ? place.len : 0, (uint64_t)fault);
}

static void
parse(struct message *msg, struct arena *arena)
{
	/* What a BinHex or an unknown encoding hides is not decoded. */
	for (size_t i = 0; i < msg->n_parts; i++)
		if (msg->parts[i].kind == PART_LEAF && msg->parts[i].encoding < ENCODING_BINHEX)
			check_part(msg, arena, (int)i);
}

const struct parser parser_apple = { "apple", NULL, parse };
