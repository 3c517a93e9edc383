/*
 * repeated.c - rules of the header family about fields that are missing, repeated, or at odds with
 * each other.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"
#define HOPS_LIMIT 100u /* RFC 5321 section 6.3 */

static bool
has_header(const struct message *msg)
{
	return msg->n_parts > 0 && msg->parts[0].n_fields > 0;
}

static bool
has_field(const struct message *msg, enum field_id id)
{
	return message_field(msg, 0, id, NULL) != NULL;
}

static void
tell_missing(const struct message *msg, struct findings *out, const char *what)
{
	found(out, 0, message_offset(msg, msg->parts[0].header), 0, "no %s", what);
}

/* Every mailer writes Date; what lost it was made by hand or by a script. */
static void
date_missing(const struct message *msg, struct findings *out)
{
	if (has_header(msg) && !has_field(msg, FIELD_DATE))
		found_place(out, 0, message_offset(msg, msg->parts[0].header), 0);
}

static bool
has_named(const struct message *msg, const char *name)
{
	const struct field *field = NULL;

	while ((field = message_field(msg, 0, FIELD_OTHER, field)))
		if (slice_eq_nocase(field->name, name))
			return true;
	return false;
}

/* Fields that most mail has and none must have (RFC 822 asked for a recipient). Mail of Out is
 * given its Received by the next host. */
static void
field_missing(const struct message *msg, struct findings *out)
{
	const struct field *subject = message_field(msg, 0, FIELD_SUBJECT, NULL);

	if (!has_header(msg))
		return;
	if (!has_field(msg, FIELD_TO) && !has_field(msg, FIELD_CC) && !has_field(msg, FIELD_BCC) &&
	    !has_named(msg, "Apparently-To"))
		tell_missing(msg, out, "To, Cc or Bcc");
	if (!has_field(msg, FIELD_MESSAGE_ID))
		tell_missing(msg, out, "Message-ID");
	if (!subject)
		tell_missing(msg, out, "Subject");
	else if (subject->text.len == 0)
		found(out, 0, message_offset(msg, subject->whole), subject->whole.len,
		    "the Subject is empty");
	if (msg->direction == DIRECTION_IN && !has_field(msg, FIELD_RECEIVED))
		tell_missing(msg, out, "Received");
}

/* Relays count hops to end loops; the limits of the time were 15 to 30. */
static void
received_over_100(const struct message *msg, struct findings *out)
{
	const struct field *field = NULL;
	unsigned n = 0;

	while ((field = message_field(msg, 0, FIELD_RECEIVED, field))) {
		if (++n <= HOPS_LIMIT)
			continue;
		found_place(out, 0, message_offset(msg, field->whole), field->whole.len);
		return;
	}
}

static void
sender_missing(const struct message *msg, struct findings *out)
{
	const struct field *from = message_field(msg, 0, FIELD_FROM, NULL);
	const struct address *second = NULL;
	size_t n = 0;

	if (has_field(msg, FIELD_SENDER))
		return;
	for (size_t i = 0; from && i < msg->n_addresses; i++) {
		const struct address *address = &msg->addresses[i];

		if (&msg->fields[address->field] == from && address->local.len > 0 &&
		    address->domain.len > 0 && ++n == 2)
			second = address;
	}
	if (second)
		found(out, 0, message_offset(msg, second->whole), second->whole.len,
		    "%zu senders in From", n);
}

/* The MIME fields that no parser takes twice; readers differ on which one counts. */
static void
mime_field_repeated(const struct message *msg, struct findings *out)
{
	static const enum field_id ids[] = { FIELD_CONTENT_DISPOSITION, FIELD_CONTENT_ID,
		FIELD_CONTENT_DESCRIPTION, FIELD_MIME_VERSION };

	for (size_t i = 0; i < msg->n_parts; i++) {
		for (size_t k = 0; k < sizeof ids / sizeof ids[0]; k++) {
			const struct field *first = message_field(msg, (int)i, ids[k], NULL);
			const struct field *second =
			    first ? message_field(msg, (int)i, ids[k], first) : NULL;

			if (second)
				found(out, (int)i, message_offset(msg, second->whole),
				    second->whole.len, "second %s field with %s value",
				    found_quote(out, second->name, 40),
				    slice_same(first->text, second->text) ? "the same" : "another");
		}
	}
}

/* What is meant as one keyword is read as none, or as the first of two. */
static void
auto_submitted_repeated(const struct message *msg, struct findings *out)
{
	const struct field *field = NULL, *first = NULL;

	while ((field = message_field(msg, 0, FIELD_OTHER, field))) {
		if (!slice_eq_nocase(field->name, "Auto-Submitted"))
			continue;
		if (first) {
			found(out, 0, message_offset(msg, field->whole), field->whole.len,
			    "second field with %s value",
			    slice_same(first->text, field->text) ? "the same" : "another");
			return;
		}
		first = field;
	}
}

static bool
is_resent(enum field_id id)
{
	return id >= FIELD_RESENT_FROM && id <= FIELD_RESENT_MESSAGE_ID;
}

/* RFC 5322 section 3.6.6: each resending adds a block of its own on top. Other fields between tell
 * the blocks apart; without them two resendings look like this too. */
static void
resent_field_repeated(const struct message *msg, struct findings *out)
{
	bool seen[FIELD_ID_COUNT] = { false };
	size_t end = has_header(msg) ? msg->parts[0].first_field + msg->parts[0].n_fields : 0;

	for (size_t i = has_header(msg) ? msg->parts[0].first_field : 0; i < end; i++) {
		const struct field *field = &msg->fields[i];

		if (!is_resent(field->id)) {
			for (int id = FIELD_RESENT_FROM; id <= FIELD_RESENT_MESSAGE_ID; id++)
				seen[id] = false;
			continue;
		}
		if (seen[field->id])
			found(out, 0, message_offset(msg, field->whole), field->whole.len,
			    "second %s field in one block", found_quote(out, field->name, 40));
		seen[field->id] = true;
	}
}

/* The bytes between < and >, or all of them. */
static struct slice
bare_address(struct slice text)
{
	size_t open = slice_find(text, 0, '<');
	size_t close = open == SLICE_NONE ? SLICE_NONE : slice_find(text, open, '>');

	if (close == SLICE_NONE)
		return slice_trim(text);
	return slice_trim(slice_cut(text, open + 1, close - open - 1));
}

/* RFC 8098 section 2.1: a receipt that goes elsewhere than the answer is for the user to decide. */
static void
receipt_address_differs(const struct message *msg, struct findings *out)
{
	const struct field *from = message_field(msg, 0, FIELD_FROM, NULL);
	const struct field *path = message_field(msg, 0, FIELD_RETURN_PATH, NULL), *field = NULL;

	while (from && (field = message_field(msg, 0, FIELD_OTHER, field))) {
		struct slice to = bare_address(field->text);

		if (!slice_eq_nocase(field->name, "Disposition-Notification-To") &&
		    !slice_eq_nocase(field->name, "Return-Receipt-To"))
			continue;
		if (slice_find(to, 0, '@') == SLICE_NONE ||
		    slice_same_nocase(to, bare_address(from->text)) ||
		    (path && slice_same_nocase(to, bare_address(path->text))))
			continue;
		found(out, 0, message_offset(msg, field->whole), field->whole.len, "\"%s\" in %s",
		    found_quote(out, to, QUOTE_MAX), found_quote(out, field->name, 40));
		return;
	}
}

static const struct rule rows[] = {
	{ .id = "date-missing",
	    .family = FAMILY,
	    .says = "The message has no Date field.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = date_missing },
	{ .id = "field-missing",
	    .family = FAMILY,
	    .says = "A field is missing that most mail has.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 36,
	    .measured_of = 1584,
	    .check = field_missing },
	{ .id = "received-over-100",
	    .family = FAMILY,
	    .says = "There are more than 100 Received fields.",
	    .cases = "",
	    .rfc = "RFC 5321 section 6.3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = received_over_100 },
	{ .id = "sender-missing",
	    .family = FAMILY,
	    .says = "From names several senders, and no Sender field tells who sent it.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = sender_missing },
	{ .id = "mime-field-repeated",
	    .family = FAMILY,
	    .says = "A MIME field that may occur once occurs twice.",
	    .cases = "",
	    .rfc = "RFC 2045 section 3",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = mime_field_repeated },
	{ .id = "auto-submitted-repeated",
	    .family = FAMILY,
	    .says = "Auto-Submitted occurs twice.",
	    .cases = "",
	    .rfc = "RFC 3834 section 5",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = auto_submitted_repeated },
	{ .id = "resent-field-repeated",
	    .family = FAMILY,
	    .says = "A Resent- field occurs twice in one block of them.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6.6",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = resent_field_repeated },
	{ .id = "receipt-address-differs",
	    .family = FAMILY,
	    .says = "A receipt is asked for to another address than the sender's.",
	    .cases = "",
	    .rfc = "RFC 8098 section 2.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = receipt_address_differs },
};

const struct family family_repeated = FAMILY_OF(rows);
