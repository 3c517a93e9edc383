/*
 * tnef_known.c - MAPI properties of a TNEF stream whose value has a form of its own.
 *
 * Embedded messages, compressed RTF, identifiers of addresses ([MS-OXCDATA] 2.2.5), the key that
 * ties the stream to its message, and attachments said to be MacBinary
 * ([MS-OXCMSG] 2.2.2.20).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tnef.h"

#include <string.h>

#include "apple.h"
#include "rtfcomp.h"

#define UID_LEN 16u
#define ENTRY_HEAD 20u /* flags, UID of the provider */
#define ONE_OFF_UNICODE 0x8000u

enum {
	TAG_SENT_FOR_ID = 0x0041,
	TAG_RECEIVED_BY_ID = 0x003f,
	TAG_RECEIVED_FOR_ID = 0x0043,
	TAG_ORIGINAL_SENDER_ID = 0x005b,
	TAG_ORIGINAL_SENT_FOR_ID = 0x005e,
	TAG_KEY = 0x007f,
	TAG_SENDER_ID = 0x0c19,
	TAG_ENTRY_ID = 0x0fff,
	TAG_RTF = 0x1009,
	TAG_ATTACH_DATA = 0x3701,
	TAG_ATTACH_ENCODING = 0x3702
};

/* IID_IMessage and the UIDs of one-off and Exchange addresses, as they stand in the bytes. */
static const unsigned char embedded_message[UID_LEN] = { 0x07, 0x03, 0x02, 0, 0, 0, 0, 0, 0xc0, 0,
	0, 0, 0, 0, 0, 0x46 };
static const unsigned char one_off[UID_LEN] = { 0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19,
	0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02 };
static const unsigned char exchange[UID_LEN] = { 0xdc, 0xa7, 0x40, 0xc8, 0xc0, 0x42, 0x10, 0x1a,
	0xb4, 0xb9, 0x08, 0x00, 0x2b, 0x2f, 0xe1, 0x82 };
/* 1.2.840.113556.3.10.1 */
static const unsigned char macbinary[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x14, 0x03, 0x0a, 0x01 };

static bool
begins_with(struct slice value, const unsigned char *bytes, size_t len)
{
	return value.len >= len && memcmp(value.data, bytes, len) == 0;
}

/* Skip a text with its NUL, of one or two bytes; false when there is none. */
static bool
skip_text(struct cursor *in, size_t width)
{
	while (cursor_left(in) >= width) {
		unsigned byte = cursor_u8(in);

		if (width == 2)
			byte |= cursor_u8(in);
		if (byte == 0)
			return true;
	}
	return false;
}

/* Whether an identifier of an address runs out before its texts end. Those of other providers have
 * a form that only they know. */
static bool
entry_runs_out(struct slice value)
{
	struct cursor in = cursor_at(value, 4);
	struct slice uid = cursor_bytes(&in, UID_LEN);

	if (in.failed)
		return true;
	if (begins_with(uid, exchange, UID_LEN)) {
		cursor_skip(&in, 8); /* version, kind of entry */
		return !skip_text(&in, 1);
	}
	if (begins_with(uid, one_off, UID_LEN)) {
		cursor_skip(&in, 2);
		size_t width = cursor_u16le(&in) & ONE_OFF_UNICODE ? 2 : 1;
		unsigned n = 0; /* of three texts: name, type of address, address */

		while (n < 3 && skip_text(&in, width))
			n++;
		return n < 3;
	}
	return false;
}

static bool
is_address_id(unsigned id)
{
	return id == TAG_SENDER_ID || id == TAG_SENT_FOR_ID || id == TAG_RECEIVED_BY_ID ||
	       id == TAG_RECEIVED_FOR_ID || id == TAG_ORIGINAL_SENDER_ID ||
	       id == TAG_ORIGINAL_SENT_FOR_ID || id == TAG_ENTRY_ID;
}

static bool
field_holds(const struct message *msg, int part, enum field_id id, struct slice key)
{
	const struct field *field = NULL;

	while ((field = message_field(msg, part, id, field)))
		if (slice_same(slice_trim(field->text), key))
			return true;
	return false;
}

/* A stream that came back from elsewhere has the key of the message that it was made for. */
static void
check_key(struct tnef *tnef, size_t pos, struct slice value)
{
	int around = message_around(tnef->msg, tnef->part);
	struct slice key = value;

	while (key.len > 0 && key.data[key.len - 1] == '\0')
		key.len--;
	if (tnef->depth > 0 || key.len == 0 || tnef->has_key)
		return;
	tnef->has_key = true;
	if (field_holds(tnef->msg, around, FIELD_X_MS_TNEF_CORRELATOR, key) ||
	    field_holds(tnef->msg, around, FIELD_MESSAGE_ID, key))
		return;
	tnef_fact(tnef, FACT_TNEF_KEY_OTHER, pos, value.len,
	    !message_field(tnef->msg, around, FIELD_X_MS_TNEF_CORRELATOR, NULL));
}

static void
check_object(struct tnef *tnef, size_t pos, struct slice value)
{
	if (!begins_with(value, embedded_message, UID_LEN))
		return;
	if (tnef->depth >= TNEF_DEPTH_MAX) {
		tnef_fact(tnef, FACT_TNEF_NESTED, pos, value.len, tnef->depth + 1);
		return;
	}
	arena_grow(tnef->arena, &tnef->streams, &tnef->streams_room, tnef->n_streams,
	    sizeof *tnef->streams);
	tnef->streams[tnef->n_streams++] = (struct tnef_stream){
		.pos = pos + UID_LEN, .len = value.len - UID_LEN, .depth = tnef->depth + 1
	};
}

static void
check_binary(struct tnef *tnef, unsigned id, size_t pos, struct slice value)
{
	struct tnef_attachment *attachment = &tnef->attachment;
	enum rtfcomp_fault rtf = id == TAG_RTF ? rtf_fault(value) : RTFCOMP_SOUND;

	if (rtf != RTFCOMP_SOUND)
		tnef_fact(tnef, FACT_TNEF_RTF, pos, value.len < 16 ? value.len : 16, (uint64_t)rtf);
	if (is_address_id(id) && value.len > 0 && entry_runs_out(value))
		tnef_fact(
		    tnef, FACT_TNEF_ADDRESS, pos, value.len, (uint32_t)id << 16 | PROP_BINARY);
	if (id == TAG_KEY)
		check_key(tnef, pos, value);
	if (!attachment->begun)
		return;
	if (id == TAG_ATTACH_ENCODING && value.len == sizeof macbinary &&
	    begins_with(value, macbinary, sizeof macbinary))
		attachment->is_macbinary = true;
	if (id == TAG_ATTACH_DATA && !attachment->has_data) {
		attachment->has_data = true;
		attachment->data = pos;
		attachment->data_len = value.len;
	}
}

void
tnef_check_known(struct tnef *tnef, uint32_t tag, size_t pos, size_t len)
{
	struct slice value = slice_cut(tnef->in.bytes, pos, len);

	if ((tag & 0xffff) == PROP_BINARY)
		check_binary(tnef, tag >> 16, pos, value);
	else if ((tag & 0xffff) == PROP_OBJECT && tag >> 16 == TAG_ATTACH_DATA)
		check_object(tnef, pos, value);
}

/* The data fork alone is what its first 128 bytes are not: a header. */
void
tnef_end_attachment(struct tnef *tnef)
{
	struct tnef_attachment done = tnef->attachment;
	enum apple_fault fault;
	size_t at;

	tnef->attachment = (struct tnef_attachment){ 0 };
	if (!done.is_macbinary || !done.has_data)
		return;
	fault = macbinary_fault(slice_cut(tnef->in.bytes, done.data, done.data_len), &at);
	if (fault != APPLE_SOUND)
		tnef_fact(tnef, FACT_TNEF_NOT_MACBINARY, done.data + at, done.data_len > at ? 1 : 0,
		    (uint64_t)fault);
}
