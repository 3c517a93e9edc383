/* structure_embedded.c - documented causes that lie in messages attached to messages. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "nesting"

/* Whether the part is a message that another one holds as an attachment. A report returns a message
 * as its third part (RFC 6522 section 3), and a digest is made of them: neither was attached by a
 * person. */
static bool
is_attached(const struct message *msg, const struct part *part)
{
	const struct part *above = part->parent < 0 ? NULL : &msg->parts[part->parent];

	return part->kind == PART_MESSAGE && above && !part_is(above, "multipart", "report") &&
	       !part_is(above, "multipart", "digest");
}

/* Forwarding as an attachment is daily use in offices, more than in the mail that was measured, and
 * only one connector fails on it. */
static void
message_attached(const struct message *msg, struct findings *out)
{
	size_t n = 0, first = 0;

	for (size_t i = 0; i < msg->n_parts; i++) {
		if (msg->parts[i].kind != PART_MESSAGE)
			continue;
		if (n++ == 0)
			first = i;
	}
	if (n == 1)
		found_place(out, (int)first, message_offset(msg, msg->parts[first].header), 0);
	else if (n > 1)
		found(out, (int)first, message_offset(msg, msg->parts[first].header), 0,
		    "%zu in all", n);
}

/* The source names no more than the shape, and good mail has it too. */
static void
attached_message_with_attachments(const struct message *msg, struct findings *out)
{
	size_t n = 0, first = 0;

	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->message_depth == 0 || part->kind != PART_LEAF ||
		    !part_is_attachment(part))
			continue;
		if (n++ == 0)
			first = i;
	}
	if (n > 0)
		found(out, (int)first, message_offset(msg, msg->parts[first].header), 0,
		    "%zu in all, messages nested %u deep", n, msg->parts[first].message_depth);
}

/* The address as a recipient of a message that is attached, or NULL. */
static bool
is_embedded_recipient(const struct message *msg, const struct address *address)
{
	const struct field *field = address->field < 0 ? NULL : &msg->fields[address->field];
	const struct part *part = field && field->part > 0 ? &msg->parts[field->part] : NULL;

	if (!part || part->parent < 0 || !is_attached(msg, &msg->parts[part->parent]))
		return false;
	return field->id == FIELD_TO || field->id == FIELD_CC || field->id == FIELD_BCC;
}

static bool
has_bad_byte(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (byte_is_control(s.data[i]) || byte_is_space(s.data[i]) || s.data[i] >= 0x80)
			return true;
	return false;
}

/* An address that SMTP cannot carry. */
static bool
is_invalid(const struct address *address)
{
	struct slice local = address->local, domain = address->domain;

	if (slice_find(address->whole, 0, '@') == SLICE_NONE)
		return false;
	return local.len == 0 || domain.len == 0 || domain.data[0] == '.' ||
	       slice_find_str(domain, 0, "..") != SLICE_NONE || has_bad_byte(domain) ||
	       (has_bad_byte(local) && local.data[0] != '"');
}

/* A name of the directory that nobody looked up. Words such as "undisclosed recipients" have a
 * colon, and are no address but a group. */
static bool
is_unresolved(const struct address *address)
{
	return !address->in_group && address->whole.len > 0 &&
	       slice_find(address->whole, 0, '@') == SLICE_NONE &&
	       slice_find(address->whole, 0, ':') == SLICE_NONE;
}

static void
embedded_recipients(
    const struct message *msg, struct findings *out, bool (*is_bad)(const struct address *address))
{
	for (size_t i = 0; i < msg->n_addresses; i++) {
		const struct address *address = &msg->addresses[i];

		if (is_embedded_recipient(msg, address) && is_bad(address))
			found(out, msg->fields[address->field].part,
			    message_offset(msg, address->whole), address->whole.len, "\"%s\"",
			    found_quote(out, address->whole, QUOTE_MAX));
	}
}

static void
embedded_recipient_invalid(const struct message *msg, struct findings *out)
{
	embedded_recipients(msg, out, is_invalid);
}

static void
embedded_recipient_unresolved(const struct message *msg, struct findings *out)
{
	embedded_recipients(msg, out, is_unresolved);
}

static const struct rule rows[] = {
	{ .id = "message-attached",
	    .family = FAMILY,
	    .says = "A message holds another message.",
	    .cases = "Q177979",
	    .rfc = "RFC 2046 section 5.2.1",
	    .base_rate = 6e-2,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = message_attached },
	{ .id = "attached-message-with-attachments",
	    .family = FAMILY,
	    .says = "An attached message has attachments of its own.",
	    .cases = "Q230563",
	    .rfc = "RFC 2046 section 5.2.1",
	    .base_rate = 5e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attached_message_with_attachments },
	{ .id = "embedded-recipient-invalid",
	    .family = FAMILY,
	    .says = "A recipient of an attached message has an impossible address.",
	    .cases = "Q163376",
	    .rfc = "RFC 5322 section 3.4.1",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = embedded_recipient_invalid },
	{ .id = "embedded-recipient-unresolved",
	    .family = FAMILY,
	    .says = "A recipient of an attached message is a name without an address.",
	    .cases = "Q196920",
	    .rfc = "RFC 5322 section 3.4",
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = embedded_recipient_unresolved },
};

const struct family family_embedded = FAMILY_OF(rows);
