/*
 * field_names.c - rules of the header family about which fields there are, how they are named, and
 * how many.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"
#define NAME_LIMIT 128u       /* bytes; what intrusion detectors take for an attack */
#define FIELDS_LIMIT 1000u    /* fields of one header block; what peers take for an attack */
#define PARAMETERS_LIMIT 256u /* parameters of one field; the same */

static void
tell_name(
    const struct message *msg, struct findings *out, const struct field *field, const char *words)
{
	found(out, field->part, message_offset(msg, field->name), field->name.len, "%s: \"%s\"",
	    words, found_quote(out, field->name, QUOTE_MAX));
}

/* Whether one letter more, less or other, or two swapped, lie between the names. */
static bool
is_nearly(struct slice name, const char *known)
{
	struct slice other = slice_str(known);
	size_t shorter = name.len < other.len ? name.len : other.len;
	size_t head = 0, tail = 0;

	if (name.len > other.len + 1 || other.len > name.len + 1)
		return false;
	while (head < shorter && byte_lower(name.data[head]) == byte_lower(other.data[head]))
		head++;
	while (tail < shorter - head && byte_lower(name.data[name.len - 1 - tail]) ==
					    byte_lower(other.data[other.len - 1 - tail]))
		tail++;
	if (name.len != other.len)
		return head + tail == shorter;
	return head + tail + 1 == shorter ||
	       (head + tail + 2 == shorter &&
		   byte_lower(name.data[head]) == byte_lower(other.data[head + 1]) &&
		   byte_lower(name.data[head + 1]) == byte_lower(other.data[head]));
}

static bool
is_misspelt(struct slice name)
{
	static const char *const known[] = { "From", "Date", "Subject", "Sender", "Reply-To",
		"Message-ID", "In-Reply-To", "References", "Received", "Return-Path",
		"MIME-Version", "Content-Type", "Content-Transfer-Encoding",
		"Content-Disposition" };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (is_nearly(name, known[i]))
			return true;
	return false;
}

/* RFC 5322 section 3.6.8 allows any name; these look like a mistake. */
static void
field_name_odd(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];

		if (slice_starts(field->value, ":"))
			tell_name(msg, out, field, "two colons behind the name");
		if (field->id != FIELD_OTHER || field->name.len == 0)
			continue;
		if (slice_find(field->name, 0, '\\') != SLICE_NONE)
			tell_name(msg, out, field, "backslash in the name");
		if (slice_find(field->name, 0, '(') != SLICE_NONE)
			tell_name(msg, out, field, "comment in the name");
		if (field->name.len > NAME_LIMIT)
			tell_name(msg, out, field, "very long name");
		if (is_misspelt(field->name))
			tell_name(msg, out, field, "nearly the name of another field");
	}
}

static void
field_obsolete(const struct message *msg, struct findings *out)
{
	static const char *const names[] = { "Errors-To", "Return-Receipt-To",
		"Delivery-Receipt-To", "Read-Receipt-To", "Encrypted", "Lines", "Apparently-To" };
	const struct field *last = NULL;
	size_t apparently = 0;

	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];

		if (field->id != FIELD_OTHER || field->part != 0)
			continue;
		for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
			if (slice_eq_nocase(field->name, names[k]))
				tell_name(msg, out, field, "out of use");
		if (slice_eq_nocase(field->name, "Apparently-To")) {
			apparently++;
			last = field;
		}
	}
	if (apparently > 1)
		found(out, 0, message_offset(msg, last->whole), last->whole.len,
		    "%zu Apparently-To fields", apparently);
}

/* Whether the part's header block is that of a message, not of a body part. */
static bool
is_message_header(const struct message *msg, int part)
{
	int parent = msg->parts[part].parent;

	return parent < 0 || msg->parts[parent].kind == PART_MESSAGE;
}

static bool
belongs_to_report(struct slice name)
{
	static const char *const names[] = { "Reporting-MTA", "DSN-Gateway", "Received-From-MTA",
		"Arrival-Date", "Final-Recipient", "Remote-MTA", "Diagnostic-Code",
		"Last-Attempt-Date", "Will-Retry-Until" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_eq_nocase(name, names[i]))
			return true;
	return false;
}

/* RFC 2045 section 3: only Content- fields mean anything in a body part; RFC 3464 section 2: those
 * of a report stand in its second part. */
static void
field_out_of_place(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];
		bool of_message =
		    (field->id >= FIELD_FROM && field->id <= FIELD_MIME_VERSION) ||
		    (field->id >= FIELD_RESENT_FROM && field->id <= FIELD_RESENT_MESSAGE_ID);

		if (of_message && !is_message_header(msg, field->part))
			tell_name(msg, out, field, "field of a message in a body part");
		else if (field->id == FIELD_OTHER && field->part == 0 &&
			 belongs_to_report(field->name))
			tell_name(msg, out, field, "field of a report in a message");
	}
}

static bool
may_be_empty(enum field_id id)
{
	switch (id) {
	case FIELD_OTHER:
	case FIELD_FROM: /* from-empty */
	case FIELD_BCC:  /* RFC 5322 section 3.6.3 */
	case FIELD_RESENT_BCC:
	case FIELD_SUBJECT:
	case FIELD_CONTENT_TYPE:              /* type-empty */
	case FIELD_CONTENT_TRANSFER_ENCODING: /* encoding-unknown */
	case FIELD_CONTENT_DESCRIPTION:
	case FIELD_X_MAILER:
	case FIELD_X_MS_TNEF_CORRELATOR:
	case FIELD_ENCODING:
	case FIELD_X_SENDER:
	case FIELD_X_RECEIVER:
		return true;
	default:
		return false;
	}
}

static void
field_empty(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];
		uint64_t offset = message_offset(msg, field->whole);

		if (field->text.len == 0 && !may_be_empty(field->id) &&
		    !line_is_cut(msg, offset, field->whole.len))
			found(out, field->part, offset, field->whole.len, "%s",
			    found_quote(out, field->name, QUOTE_MAX));
	}
}

/* Lawful, but every mailer writes the blank; programs made for sending alone forget it. */
static void
field_without_blank(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];
		bool told = field->id == FIELD_FROM || field->id == FIELD_TO ||
			    field->id == FIELD_CC || field->id == FIELD_REPLY_TO ||
			    field->id == FIELD_DATE;

		if (told && field->value.len > 0 && !byte_is_space(field->value.data[0]))
			found(out, field->part, message_offset(msg, field->value), 0, "%s",
			    found_quote(out, field->name, QUOTE_MAX));
	}
}

/* The fields that are kept of a block have a limit above this one. */
static void
fields_over_1000(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->n_fields > FIELDS_LIMIT)
			found(out, (int)i, message_offset(msg, part->header), part->header.len,
			    "more than %u fields", FIELDS_LIMIT);
	}
}

static void
tell_parameters(
    const struct message *msg, struct findings *out, int part, const struct typed_value *typed)
{
	const struct field *field;

	if (typed->field < 0 || typed->n_params <= PARAMETERS_LIMIT)
		return;
	field = &msg->fields[typed->field];
	found(out, part, message_offset(msg, field->whole), field->whole.len,
	    "more than %u parameters in %s", PARAMETERS_LIMIT, found_quote(out, field->name, 40));
}

static void
parameters_over_256(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		tell_parameters(msg, out, (int)i, &msg->parts[i].type);
		tell_parameters(msg, out, (int)i, &msg->parts[i].disposition);
	}
}

static const struct rule rows[] = {
	{ .id = "field-name-odd",
	    .family = FAMILY,
	    .says = "A field name looks like a mistake.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6.8",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = field_name_odd },
	{ .id = "field-obsolete",
	    .family = FAMILY,
	    .says = "A field is there that went out of use.",
	    .cases = "",
	    .rfc = "RFC 2076",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-1,
	    .measured_hits = 749,
	    .measured_of = 1584,
	    .check = field_obsolete },
	{ .id = "field-out-of-place",
	    .family = FAMILY,
	    .says = "A field stands in a header block that it does not belong to.",
	    .cases = "",
	    .rfc = "RFC 2045 section 3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = field_out_of_place },
	{ .id = "field-empty",
	    .family = FAMILY,
	    .says = "A field that must have a value is empty.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = field_empty },
	{ .id = "field-without-blank",
	    .family = FAMILY,
	    .says = "No blank follows the colon of a field.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = field_without_blank },
	{ .id = "fields-over-1000",
	    .family = FAMILY,
	    .says = "A header block has more than 1,000 fields.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = fields_over_1000 },
	{ .id = "parameters-over-256",
	    .family = FAMILY,
	    .says = "A field has more than 256 parameters.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = parameters_over_256 },
};

const struct family family_field_names = FAMILY_OF(rows);
