/*
 * folding.c - rules of the header family about where a field is folded.
 *
 * Folding is lawful and met every day: these rules name what single releases made of it, and their
 * base rates keep them down.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"

static bool
is_structured(enum field_id id)
{
	return id == FIELD_CONTENT_TYPE || id == FIELD_CONTENT_DISPOSITION ||
	       id == FIELD_CONTENT_TRANSFER_ENCODING || id == FIELD_DATE ||
	       id == FIELD_MIME_VERSION;
}

/* Whether the byte ends a word wherever it stands, so that no blank is needed beside it. */
static bool
separates(unsigned char byte)
{
	static const char specials[] = ";,:<>()\"=@";

	for (const char *special = specials; *special; special++)
		if (byte == (unsigned char)*special)
			return true;
	return false;
}

/* Place of a fold with a word on either side, outside quotation marks, or SLICE_NONE. */
static size_t
find_needed_fold(struct slice value)
{
	unsigned char before = ';'; /* last byte that is no blank */
	bool quoted = false, folded = false;
	size_t fold = 0;

	for (size_t at = 0; at < value.len; at++) {
		unsigned char byte = value.data[at];

		if (byte == '\n') {
			folded = true;
			fold = at;
		}
		if (byte_is_space(byte))
			continue;
		if (folded && !quoted && !separates(before) && !separates(byte))
			return fold;
		folded = false;
		if (byte == '"' && before != '\\')
			quoted = !quoted;
		before = byte;
	}
	return SLICE_NONE;
}

/* Received is left out: nearly every one is folded between two words. */
static void
fold_between_words(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];
		size_t fold =
		    is_structured(field->id) ? find_needed_fold(field->value) : SLICE_NONE;

		if (fold != SLICE_NONE)
			found(out, field->part, message_offset(msg, field->value) + fold, 1,
			    "in %s", found_quote(out, field->name, 32));
	}
}

/* The first one says it all: a message may have one in each part. */
static void
content_type_folded(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];

		if (field->id != FIELD_CONTENT_TYPE ||
		    slice_find(field->value, 0, '\n') == SLICE_NONE)
			continue;
		found_place(out, field->part, message_offset(msg, field->whole), field->whole.len);
		return;
	}
}

static bool
has_tnef(const struct message *msg)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_is(&msg->parts[i], "application", "ms-tnef"))
			return true;
	return false;
}

/* Without the key of this field the TNEF part is taken for another message's. */
static void
tnef_correlator_folded(const struct message *msg, struct findings *out)
{
	const struct field *field = NULL;
	const bool tnef = has_tnef(msg);

	while (tnef && (field = message_field(msg, 0, FIELD_X_MS_TNEF_CORRELATOR, field)))
		if (slice_find(field->value, 0, '\n') != SLICE_NONE)
			found_place(out, 0, message_offset(msg, field->whole), field->whole.len);
}

static const struct rule rows[] = {
	{ .id = "fold-between-words",
	    .family = FAMILY,
	    .says = "A structured field is folded where nothing but the fold parts two words.",
	    .cases = "Q175236",
	    .rfc = "RFC 5322 section 2.2.3",
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = fold_between_words },
	{ .id = "content-type-folded",
	    .family = FAMILY,
	    .says = "A Content-Type field goes on in a second line.",
	    .cases = "Q185905",
	    .rfc = "RFC 5322 section 2.2.3",
	    .base_rate = 3e-1,
	    .measured_hits = 70,
	    .measured_of = 1584,
	    .check = content_type_folded },
	{ .id = "tnef-correlator-folded",
	    .family = FAMILY,
	    .says = "The field that names the TNEF part is folded.",
	    .cases = "Q182232",
	    .rfc = "",
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = tnef_correlator_folded },
};

const struct family family_folding = FAMILY_OF(rows);
