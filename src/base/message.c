/* message.c - helpers of the message model: places, facts, lookups. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "message.h"

#include <string.h>

#include "bytes.h"

#define LINE_BLOCK 4096u /* bytes a block of lines.block_lines stands for */

uint64_t
message_offset(const struct message *msg, struct slice s)
{
	size_t index = slice_index(msg->file, s);

	return index == SLICE_NONE ? OFFSET_NONE : index;
}

uint32_t
message_line(const struct message *msg, uint64_t offset)
{
	struct byte_counts counts = { 0 };
	size_t block, pos;

	if (offset == OFFSET_NONE || msg->lines.n_blocks == 0)
		return 0;
	if (offset > msg->file.len)
		offset = msg->file.len;
	block = (size_t)(offset / LINE_BLOCK);
	if (block >= msg->lines.n_blocks)
		block = msg->lines.n_blocks - 1;
	pos = block * LINE_BLOCK;
	bytes_count(slice_cut(msg->file, pos, (size_t)offset - pos), &counts);
	return msg->lines.block_lines[block] + 1 + (uint32_t)counts.lf;
}

void
message_fact(struct message *msg, struct arena *arena, struct fact fact)
{
	if (msg->facts_seen[fact.kind] < UINT32_MAX)
		msg->facts_seen[fact.kind]++;
	if (msg->facts_seen[fact.kind] > FACTS_KEPT)
		return;
	arena_grow(arena, &msg->facts, &msg->facts_room, msg->n_facts, sizeof *msg->facts);
	msg->facts[msg->n_facts++] = fact;
}

void
message_fact_at(struct message *msg, struct arena *arena, enum fact_kind kind, int part, int field,
    struct slice where, uint64_t value)
{
	message_fact(msg, arena,
	    (struct fact){ .kind = kind,
		.part = part,
		.field = field,
		.offset = message_offset(msg, where),
		.len = where.len,
		.value = value });
}

const struct fact *
message_next_fact(const struct message *msg, enum fact_kind kind, const struct fact *after)
{
	const struct fact *end;

	if (msg->n_facts == 0 || msg->facts_seen[kind] == 0)
		return NULL;
	end = msg->facts + msg->n_facts;
	for (const struct fact *fact = after ? after + 1 : msg->facts; fact < end; fact++)
		if (fact->kind == kind)
			return fact;
	return NULL;
}

const struct field *
message_field(const struct message *msg, int part, enum field_id id, const struct field *after)
{
	const struct part *block;
	const struct field *end;

	if (part < 0 || (size_t)part >= msg->n_parts)
		return NULL;
	block = &msg->parts[part];
	if (block->n_fields == 0)
		return NULL;
	end = msg->fields + block->first_field + block->n_fields;
	for (const struct field *field = after ? after + 1 : msg->fields + block->first_field;
	     field < end; field++)
		if (field->id == id)
			return field;
	return NULL;
}

const struct param *
typed_value_param(const struct typed_value *value, const char *name)
{
	for (size_t i = 0; i < value->n_params; i++)
		if (slice_eq_nocase(value->params[i].name, name))
			return &value->params[i];
	return NULL;
}

bool
part_is(const struct part *part, const char *type, const char *subtype)
{
	if (part->type.field < 0) {
		/* RFC 2045 section 5.2, RFC 2046 section 5.1.5: the defaults. */
		const char *default_type = part->digest_default ? "message" : "text";
		const char *default_subtype = part->digest_default ? "rfc822" : "plain";

		return strcmp(type, default_type) == 0 &&
		       (!subtype || strcmp(subtype, default_subtype) == 0);
	}
	return slice_eq_nocase(part->type.type, type) &&
	       (!subtype || slice_eq_nocase(part->type.subtype, subtype));
}

bool
part_is_attachment(const struct part *part)
{
	return part->has_file_name || slice_eq_nocase(part->disposition.type, "attachment");
}

bool
part_is_pkcs7(const struct part *part)
{
	static const char *const subtypes[] = { "pkcs7-mime", "x-pkcs7-mime", "pkcs7-signature",
		"x-pkcs7-signature" };

	for (size_t i = 0; i < sizeof subtypes / sizeof subtypes[0]; i++)
		if (part_is(part, "application", subtypes[i]))
			return true;
	return false;
}

int
message_around(const struct message *msg, int part)
{
	while (msg->parts[part].parent >= 0 &&
	       msg->parts[msg->parts[part].parent].kind != PART_MESSAGE)
		part = msg->parts[part].parent;
	return part;
}

static uint32_t
most(uint32_t set, uint32_t room)
{
	return set > 0 && set < room ? set : room;
}

uint32_t
message_most_parts(const struct message *msg)
{
	return most(msg->limits.parts, MESSAGE_PARTS_MAX);
}

uint32_t
message_most_depth(const struct message *msg)
{
	return most(msg->limits.depth, MESSAGE_DEPTH_MAX);
}

uint32_t
message_most_fields(const struct message *msg)
{
	return most(msg->limits.fields, MESSAGE_FIELDS_MAX);
}
