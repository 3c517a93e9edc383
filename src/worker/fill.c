/* fill.c - the record of a message, written field by field. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/fill.h"

#include <string.h>

#include "torn.h"

/* A 64-bit hash by which equal bodies are told, eight bytes at a time. It need not resist an enemy:
 * who makes two bodies collide only makes two of his own messages count as one. Never 0, which
 * stands for "none". */
static uint64_t
hash64(struct slice s)
{
	const uint64_t odd = 0x9e3779b97f4a7c15u; /* 2^64 divided by the golden ratio */
	uint64_t hash = s.len * odd;
	size_t at = 0;

	for (; s.len - at >= 8; at += 8) {
		uint64_t word;

		memcpy(&word, s.data + at, sizeof word);
		hash = (hash ^ word) * odd;
		hash ^= hash >> 32;
	}
	for (; at < s.len; at++) {
		hash = (hash ^ s.data[at]) * odd;
		hash ^= hash >> 32;
	}
	hash *= odd;
	hash ^= hash >> 29;
	return hash ? hash : 1;
}

void
fill_close(struct record *record)
{
	record->size = (uint32_t)record_packed_size(record);
}

void
fill_start(struct record *record)
{
	const uint64_t job = record->job;

	/* The rest is 110 KB that nobody reads beyond the counts in this head. */
	memset(record, 0, offsetof(struct record, findings));
	record->magic = RECORD_MAGIC;
	record->job = job;
	record->received_sec = INT64_MIN;
	fill_close(record);
}

void
fill_failed(struct record *record, int error)
{
	fill_start(record);
	record->status = STATUS_FAILED;
	record->error = error;
	fill_close(record);
}

void
fill_input(struct record *record, const struct input *input)
{
	record->status = STATUS_EXAMINED;
	if (input->size > input->bytes.len ||
	    record->flags & (RECORD_PARTS_CUT | RECORD_FIELDS_CUT))
		record->status = STATUS_PARTIAL;
	if (input->changed)
		record->status = STATUS_CHANGED;
	record->file_size = input->size;
	memcpy(record->sha256, input->sha256, sizeof record->sha256);
	fill_close(record);
}

static void
fill_envelope(struct record *record, const struct message *msg)
{
	const struct envelope *envelope = &msg->envelope;

	if (envelope->kind == ENVELOPE_NONE)
		record->flags |= RECORD_NO_ENVELOPE;
	record->has_envelope = envelope->kind != ENVELOPE_NONE;
	record->filetime = envelope->has_filetime ? envelope->filetime : 0;
	record->mts_id = record_text(record, envelope->mts_id);
	record->has_mail_from = envelope->has_mail_from;
	if (envelope->has_mail_from)
		record->mail_from = record_text(record, envelope->mail_from);
	for (size_t i = 0; i < envelope->n_rcpt_to && i < RECORD_RECIPIENTS_MAX; i++)
		record->rcpt[record->n_rcpt++] = record_text(record, envelope->rcpt_to[i]);
	record->n_rcpt_total =
	    envelope->n_rcpt_to < UINT32_MAX ? (uint32_t)envelope->n_rcpt_to : UINT32_MAX;
}

/* The first field of that kind in the header of the message itself. */
static uint32_t
fill_field(struct record *record, const struct message *msg, enum field_id id, struct text_ref *out)
{
	const struct field *field = msg->n_parts ? message_field(msg, 0, id, NULL) : NULL;

	if (!field)
		return 0;
	*out = record_text(record, field->text);
	return 1;
}

static uint64_t
message_id_hash(const struct message *msg)
{
	const struct field *field =
	    msg->n_parts ? message_field(msg, 0, FIELD_MESSAGE_ID, NULL) : NULL;

	return field && field->text.len ? hash64(field->text) : 0;
}

/* What follows the header block of the message, whatever the splitter made of it: copies of one
 * mail that differ in their Received fields count as equal. */
static struct slice
text_after_header(const struct message *msg)
{
	struct slice text = msg->lines.text;
	size_t header;

	if (msg->n_parts) {
		header = slice_index(text, msg->parts[0].header);
		if (header != SLICE_NONE)
			text = slice_from(text, header + msg->parts[0].header.len);
	}
	return slice_trim(text);
}

static void
fill_block(struct record *record, struct slice file, uint64_t offset)
{
	struct slice block = slice_cut(file, (size_t)offset, TORN_BLOCK);
	struct torn_block *torn = &record->torn[record->n_torn];

	if (block.len < TORN_BLOCK)
		return;
	torn->offset = offset;
	torn->hash = torn_hash(block.data);
	record->n_torn++;
}

/* Of each tear the block before it, which tells copies of one mail from strangers, and those behind
 * it: see across_torn(). */
static void
fill_torn(struct record *record, const struct message *msg)
{
	const struct fact *fact = NULL;
	uint64_t seen = 0;

	while ((fact = message_next_fact(msg, FACT_TEAR, fact))) {
		uint64_t at = fact->offset - TORN_BLOCK;
		uint64_t len = fact->len ? fact->len : (uint64_t)RECORD_TORN_MAX * TORN_BLOCK;
		uint64_t end = fact->offset + len;

		for (; at < end && record->n_torn < RECORD_TORN_MAX; at += TORN_BLOCK) {
			if (at >= seen)
				fill_block(record, msg->file, at);
		}
		seen = end;
	}
}

void
fill_message(struct record *record, const struct message *msg)
{
	const struct slice text = text_after_header(msg);

	fill_envelope(record, msg);
	record->has_from = fill_field(record, msg, FIELD_FROM, &record->from);
	record->has_subject = fill_field(record, msg, FIELD_SUBJECT, &record->subject);
	record->has_message_id = fill_field(record, msg, FIELD_MESSAGE_ID, &record->message_id);
	record->message_id_hash = message_id_hash(msg);
	if (msg->has_received)
		record->received_sec = msg->received;
	record->body_hash = text.len ? hash64(text) : 0;
	fill_torn(record, msg);
	if (msg->facts_seen[FACT_LF_ONLY])
		record->flags |= RECORD_LF_ONLY;
	if (msg->facts_seen[FACT_GMIME_SKIPPED])
		record->flags |= RECORD_GMIME_SKIPPED;
	if (msg->facts_seen[FACT_SPLIT_LIMIT] || msg->facts_seen[FACT_TNEF_NESTED])
		record->flags |= RECORD_PARTS_CUT;
	if (msg->facts_seen[FACT_FIELDS_CUT] || msg->facts_seen[FACT_PARAMS_CUT] ||
	    msg->facts_seen[FACT_ADDRESSES_CUT])
		record->flags |= RECORD_FIELDS_CUT;
	fill_close(record);
}
