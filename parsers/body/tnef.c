/*
 * tnef.c - application/ms-tnef and winmail.dat: walk the attributes of the stream ([MS-OXTNEF]
 * 2.1.3).
 *
 * Signature, key, then attributes: level, id and type, length, data, checksum. A message embedded
 * in an attachment is such a stream again; it waits in a list until the one around it is done, so
 * that no input makes the parser recurse. Several documented faults of the store begin with a
 * stream that runs out.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tnef.h"

#include "body.h"
#include "parser.h"

#define SIGNATURE 0x223e9f78u
#define HEADER_LEN 9u /* level, id and type, length */
#define CHECKSUM_LEN 2u
void
tnef_fact(struct tnef *tnef, enum fact_kind kind, size_t pos, size_t len, uint64_t value)
{
	body_fact_in(tnef->msg, tnef->arena, kind, tnef->part, tnef->view, pos, len, value);
}

/* The one length an attribute of this id can have, or 0 when any will do. */
static uint32_t
fixed_length(uint32_t id)
{
	if (id == ATT_VERSION)
		return 4;
	switch (id >> 16) {
	case ATT_DATE:
		return 14;
	case ATT_SHORT:
		return 2;
	case ATT_LONG:
		return 4;
	default:
		return 0;
	}
}

static void
check_length(struct tnef *tnef, const struct tnef_attribute *att)
{
	uint32_t need = fixed_length(att->id), type = att->id >> 16;
	bool bad = need > 0 && att->len != need;

	/* One or two code pages: 8 bytes by the book, 4 by early writers. */
	if (att->id == ATT_OEM_CODEPAGE)
		bad = att->len != 8 && att->len != 4;
	if (bad)
		tnef_fact(tnef, FACT_TNEF_BAD_LENGTH, att->at, HEADER_LEN, att->len);
	if (att->len == 0 && (type == ATT_STRING || type == ATT_TEXT))
		tnef_fact(tnef, FACT_TNEF_EMPTY_STRING, att->at, HEADER_LEN, att->id);
}

static void
check_checksum(
    struct tnef *tnef, const struct tnef_attribute *att, struct slice data, uint16_t sent)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < data.len; i++)
		sum += data.data[i];
	if ((sum & 0xffff) != sent)
		tnef_fact(
		    tnef, FACT_TNEF_BAD_CHECKSUM, att->data + data.len, CHECKSUM_LEN, att->id);
}

static void
check_data(struct tnef *tnef, const struct tnef_attribute *att)
{
	check_length(tnef, att);
	tnef_check_value(tnef, att);
	if (att->id == ATT_MAPI_PROPS || att->id == ATT_ATTACHMENT)
		tnef_check_props(tnef, att->data, att->len);
	else if (att->id == ATT_RECIPIENTS)
		tnef_check_recipients(tnef, att->data, att->len);
}

static bool
is_attribute_level(uint8_t level)
{
	return level == 1 || level == 2;
}

/* What is left begins no attribute: padding that a gateway added, a torn header, or damage. */
static void
check_leftover(struct tnef *tnef, size_t n_attributes)
{
	size_t at = tnef->in.pos, left = cursor_left(&tnef->in);
	uint8_t level = left > 0 ? tnef->in.bytes.data[at] : 1;

	if (left >= HEADER_LEN + CHECKSUM_LEN && !is_attribute_level(level) && level != 0)
		tnef_fact(tnef, FACT_TNEF_BAD_LEVEL, at, 1, level);
	else if (left > 0 && is_attribute_level(level) && left < HEADER_LEN + CHECKSUM_LEN)
		tnef_fact(tnef, FACT_TNEF_CUT, at, left, HEADER_LEN + CHECKSUM_LEN - left);
	else if (left > 0)
		tnef_fact(tnef, FACT_TNEF_TRAILING, at, left, left);
	else if (n_attributes == 0)
		tnef_fact(
		    tnef, FACT_TNEF_CUT, tnef->start, at - tnef->start, HEADER_LEN + CHECKSUM_LEN);
}

/* Read one attribute; false when the stream ends before it, or (*cut) in it. */
static bool
read_attribute(struct tnef *tnef, bool *cut)
{
	struct tnef_attribute att = { .at = tnef->in.pos };
	struct slice data;
	uint16_t sent;
	size_t left;

	if (cursor_left(&tnef->in) < HEADER_LEN + CHECKSUM_LEN ||
	    !is_attribute_level(tnef->in.bytes.data[att.at]))
		return false;
	cursor_skip(&tnef->in, 1);
	att.level = tnef->in.bytes.data[att.at];
	att.id = cursor_u32le(&tnef->in);
	att.len = cursor_u32le(&tnef->in);
	att.data = tnef->in.pos;
	left = cursor_left(&tnef->in);
	if (att.len > INT32_MAX)
		tnef_fact(tnef, FACT_TNEF_BAD_LENGTH, att.at, HEADER_LEN, att.len);
	if ((uint64_t)att.len + CHECKSUM_LEN > left) {
		tnef_fact(tnef, FACT_TNEF_CUT, att.at, HEADER_LEN,
		    (uint64_t)att.len + CHECKSUM_LEN - left);
		*cut = true;
		return false;
	}
	data = cursor_bytes(&tnef->in, att.len);
	sent = cursor_u16le(&tnef->in);
	check_checksum(tnef, &att, data, sent);
	check_data(tnef, &att);
	return true;
}

static void
walk(struct tnef *tnef)
{
	size_t len = cursor_left(&tnef->in), n_attributes = 0;
	uint32_t signature = cursor_u32le(&tnef->in);
	uint16_t key = cursor_u16le(&tnef->in);
	bool cut = false;

	if (signature != SIGNATURE) {
		tnef_fact(tnef, FACT_TNEF_BAD_SIGNATURE, tnef->start, len < 4 ? len : 4, signature);
		return;
	}
	if (tnef->depth == 0)
		tnef_fact(tnef, FACT_TNEF_PRESENT, 0, len, key);
	if (tnef->in.failed) {
		tnef_fact(tnef, FACT_TNEF_CUT, tnef->start, len, 6 - len);
		return;
	}
	while (read_attribute(tnef, &cut))
		n_attributes++;
	tnef_end_attachment(tnef);
	if (!cut)
		check_leftover(tnef, n_attributes);
}

void
tnef_walk(struct message *msg, struct arena *arena, int part, const struct part *view)
{
	struct tnef tnef = { .msg = msg, .arena = arena, .part = part, .view = view };
	struct tnef_stream stream = { .len = view->decoded.len };

	for (size_t walked = 0;; walked++) {
		tnef.start = stream.pos;
		tnef.depth = stream.depth;
		tnef.attachment = (struct tnef_attachment){ 0 };
		tnef.in =
		    cursor_at(slice_cut(view->decoded, 0, stream.pos + stream.len), stream.pos);
		walk(&tnef);
		if (walked == tnef.n_streams)
			return;
		stream = tnef.streams[walked];
	}
}

static bool
has_signature(struct slice s)
{
	struct cursor in = cursor_at(s, 0);

	return cursor_u32le(&in) == SIGNATURE && !in.failed;
}

static bool
is_labelled(const struct part *part)
{
	return part_is(part, "application", "ms-tnef") ||
	       part_is(part, "application", "vnd.ms-tnef") ||
	       slice_eq_nocase(slice_trim(part->file_name), "winmail.dat");
}

static void
parse(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->kind != PART_LEAF ||
		    (!is_labelled(part) && !has_signature(part->decoded)))
			continue;
		if (part->decoded.len == 0)
			message_fact_at(msg, arena, FACT_TNEF_EMPTY, (int)i, -1, part->body, 0);
		else
			tnef_walk(msg, arena, (int)i, part);
	}
}

const struct parser parser_tnef = { "tnef", NULL, parse };
