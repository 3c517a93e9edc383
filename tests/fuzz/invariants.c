/*
 * invariants.c - what must hold of every message, whatever its bytes were.
 *
 * The model is the only thing that rules see of the evidence: they index its arrays and cut its
 * slices without looking twice.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "harness.h"

#define PLACES 61u /* decoded bytes of a part whose place is asked for */

/* A slice of the file, or bytes that can be read: the sanitizer objects when they cannot. */
static void
check_slice(const struct message *msg, struct slice s)
{
	static volatile unsigned char sink; /* so that the reads stay */

	assert(s.len == 0 || s.data);
	if (message_offset(msg, s) != OFFSET_NONE)
		return;
	for (size_t i = 0; i < s.len; i++)
		sink = s.data[i];
	(void)sink;
}

/* An empty slice lies anywhere. */
static bool
lies_in(struct slice outer, struct slice inner)
{
	return inner.len == 0 || slice_index(outer, inner) != SLICE_NONE;
}

/* ---- facts ---- */

/* Facts about a field lie in it, those about a body in that body. */
static void
check_place_of_fact(const struct message *msg, const struct fact *fact)
{
	struct slice where = slice_cut(msg->file, (size_t)fact->offset, (size_t)fact->len);

	if (fact->field >= 0 && fact->kind >= FACT_TYPE_NO_SLASH &&
	    fact->kind <= FACT_WORD_CUT_TEXT)
		assert(slice_index(msg->fields[fact->field].whole, where) != SLICE_NONE);
	if (fact->kind >= FACT_BASE64_BAD_BYTE && fact->kind <= FACT_TNEF_PRESENT)
		assert(slice_index(msg->parts[fact->part].body, where) != SLICE_NONE);
}

static void
check_fact(const struct message *msg, const struct fact *fact)
{
	assert(fact->kind < FACT_COUNT);
	assert(fact->part >= -1 && fact->part < (int)msg->n_parts);
	assert(fact->field >= -1 && fact->field < (int)msg->n_fields);
	if (fact->part >= 0 && fact->field >= 0)
		assert(msg->fields[fact->field].part == fact->part);
	if (fact->offset == OFFSET_NONE)
		return;
	assert(fact->offset <= msg->file.len && fact->len <= msg->file.len - fact->offset);
	check_place_of_fact(msg, fact);
}

static void
check_facts(const struct message *msg)
{
	uint32_t kept[FACT_COUNT] = { 0 };

	for (size_t i = 0; i < msg->n_facts; i++) {
		check_fact(msg, &msg->facts[i]);
		kept[msg->facts[i].kind]++;
	}
	for (enum fact_kind kind = 0; kind < FACT_COUNT; kind++)
		assert(kept[kind] ==
		       (msg->facts_seen[kind] < FACTS_KEPT ? msg->facts_seen[kind] : FACTS_KEPT));
}

/* ---- envelope and fields ---- */

static void
check_envelope(const struct message *msg)
{
	const struct envelope *envelope = &msg->envelope;

	assert(message_offset(msg, envelope->whole) == 0);
	assert(envelope->kind != ENVELOPE_NONE || envelope->whole.len == 0);
	assert(lies_in(envelope->whole, envelope->mail_from));
	assert(lies_in(envelope->whole, envelope->mts_id));
	for (size_t i = 0; i < envelope->n_rcpt_to; i++)
		assert(lies_in(envelope->whole, envelope->rcpt_to[i]));
	assert(lies_in(slice_from(msg->file, envelope->whole.len), msg->lines.text));
}

static void
check_field(const struct message *msg, size_t index, int part)
{
	const struct field *field = &msg->fields[index];

	assert(field->part == part);
	assert(slice_index(msg->parts[part].header, field->whole) != SLICE_NONE);
	assert(slice_index(field->whole, field->name) != SLICE_NONE);
	assert(slice_index(field->whole, field->value) != SLICE_NONE);
	assert(field->text.len <= field->value.len);
	check_slice(msg, field->text);
	if (index > msg->parts[part].first_field)
		assert(field[-1].whole.data + field[-1].whole.len <= field->whole.data);
}

static void
check_typed_value(const struct message *msg, int part, const struct typed_value *value)
{
	struct slice whole;

	assert(value->field >= -1 && value->field < (int)msg->n_fields);
	if (value->field < 0) {
		assert(value->n_params == 0 && value->type.len == 0);
		return;
	}
	assert(msg->fields[value->field].part == part);
	whole = msg->fields[value->field].value;
	assert(lies_in(whole, value->type) && lies_in(whole, value->subtype));
	for (size_t i = 0; i < value->n_params; i++) {
		assert(lies_in(whole, value->params[i].whole));
		assert(lies_in(value->params[i].whole, value->params[i].name));
		assert(lies_in(value->params[i].whole, value->params[i].value));
	}
}

static void
check_address(const struct message *msg, const struct address *address)
{
	assert(address->field >= 0 && address->field < (int)msg->n_fields);
	assert(lies_in(msg->fields[address->field].value, address->whole));
	assert(lies_in(address->whole, address->local) && lies_in(address->whole, address->domain));
	assert(address->display.len <= address->whole.len);
	check_slice(msg, address->display);
}

/* ---- parts ---- */

static void
check_links(const struct message *msg, int index)
{
	const struct part *part = &msg->parts[index];
	const struct part *parent = index > 0 ? &msg->parts[part->parent] : NULL;

	if (!parent) {
		assert(part->parent == -1 && part->next_sibling == -1);
		assert(part->depth == 0 && part->message_depth == 0);
	} else {
		assert(part->parent >= 0 && part->parent < index && parent->kind != PART_LEAF);
		assert(part->depth == parent->depth + 1 && part->depth <= MESSAGE_DEPTH_MAX);
		assert(
		    part->message_depth == parent->message_depth + (parent->kind == PART_MESSAGE));
		assert(lies_in(parent->body, part->header) && lies_in(parent->body, part->body));
	}
	/* Document order: the first child comes next, a sibling after all that is below. */
	assert(part->first_child == -1 ||
	       (part->first_child == index + 1 && msg->parts[index + 1].parent == index));
	if (part->next_sibling == -1)
		return;
	assert(part->next_sibling > index && part->next_sibling < (int)msg->n_parts);
	assert(parent && parent->kind == PART_MULTIPART);
	assert(msg->parts[part->next_sibling].parent == part->parent);
	assert(part->body.data + part->body.len <= msg->parts[part->next_sibling].header.data);
}

static void
check_slices_of_part(const struct message *msg, const struct part *part)
{
	assert(memchr(part->path, 0, sizeof part->path));
	assert(slice_index(msg->lines.text, part->header) != SLICE_NONE);
	assert(slice_index(msg->lines.text, part->body) != SLICE_NONE);
	assert(part->header.data + part->header.len <= part->body.data);
	assert(lies_in(part->body, part->preamble) && lies_in(part->body, part->epilogue));
	if (part->preamble.len > 0 && part->epilogue.len > 0 && part->first_child >= 0)
		assert(part->preamble.data + part->preamble.len <= part->epilogue.data);
	assert(part->kind == PART_MULTIPART || (part->boundary.len == 0 && !part->closed));
	check_slice(msg, part->boundary);
	check_slice(msg, part->charset);
	check_slice(msg, part->file_name);
}

/* Places of decoded bytes rise, lie in the body and are there for all encodings that we decode. */
static void
check_places(const struct message *msg, const struct part *part)
{
	uint64_t body = message_offset(msg, part->body), before = body;

	for (size_t pos = 0; pos < part->decoded.len; pos += 1 + part->decoded.len / PLACES) {
		uint64_t at = part_file_offset(msg, part, pos);

		if (at == OFFSET_NONE) {
			assert(!part->decoded_is_body && part->encoding == ENCODING_UUENCODE);
			continue;
		}
		assert(at >= before && at < body + part->body.len);
		before = at;
	}
}

static void
check_decoded(const struct message *msg, const struct part *part)
{
	assert(part->kind == PART_LEAF || part->decoded.len == 0);
	assert(part->decoded.len <= part->body.len);
	if (part->decoded_is_body)
		assert(slice_index(part->body, part->decoded) != SLICE_NONE);
	else
		check_slice(msg, part->decoded);
	for (size_t i = 0; i < part->n_marks; i++) {
		assert(part->marks[i].encoded <= part->body.len);
		assert(part->marks[i].decoded <= part->decoded.len);
		assert(i == 0 || (part->marks[i - 1].encoded < part->marks[i].encoded &&
				     part->marks[i - 1].decoded <= part->marks[i].decoded));
	}
	check_places(msg, part);
}

static void
check_parts(const struct message *msg)
{
	size_t n_links = 0, n_fields = 0;

	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		check_links(msg, (int)i);
		check_slices_of_part(msg, part);
		check_typed_value(msg, (int)i, &part->type);
		check_typed_value(msg, (int)i, &part->disposition);
		check_decoded(msg, part);
		assert(part->first_field == n_fields);
		for (size_t end = n_fields + part->n_fields; n_fields < end; n_fields++)
			check_field(msg, n_fields, (int)i);
		n_links += part->first_child >= 0;
		n_links += part->next_sibling >= 0;
	}
	/* Each part but the root hangs on exactly one link: there is no cycle. */
	assert(n_links == (msg->n_parts ? msg->n_parts - 1 : 0));
	assert(n_fields == msg->n_fields);
}

void
check_message(const struct message *msg)
{
	assert(msg->n_fields <= MESSAGE_FIELDS_MAX && msg->n_parts <= MESSAGE_PARTS_MAX);
	assert(msg->n_addresses <= MESSAGE_ADDRESSES_MAX);
	check_envelope(msg);
	check_parts(msg);
	for (size_t i = 0; i < msg->n_addresses; i++)
		check_address(msg, &msg->addresses[i]);
	check_facts(msg);
}
