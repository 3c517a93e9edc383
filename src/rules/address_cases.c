/* address_cases.c - rules of the address family about documented causes, each a form of address. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "address"
#define DOMAIN_MAX 255u /* Q146567, RFC 1035 section 3.1 */

static bool
is_recipient(enum field_id id)
{
	return id == FIELD_TO || id == FIELD_CC || id == FIELD_BCC;
}

static bool
is_sender(enum field_id id)
{
	return id == FIELD_FROM || id == FIELD_SENDER || id == FIELD_REPLY_TO;
}

/* The field of the address when it is one of the message's own, else FIELD_OTHER. */
static enum field_id
field_of(const struct message *msg, const struct address *address)
{
	const struct field *field = address->field >= 0 ? &msg->fields[address->field] : NULL;

	return field && field->part == 0 ? field->id : FIELD_OTHER;
}

static void
found_address(const struct message *msg, struct findings *out, struct slice where)
{
	found(out, -1, message_offset(msg, where), where.len, "\"%s\"",
	    found_quote(out, where, QUOTE_MAX));
}

static bool
holds_both(struct slice text)
{
	return slice_find(text, 0, ';') != SLICE_NONE && slice_find(text, 0, ',') != SLICE_NONE;
}

/* Both part addresses from each other in lists; neither stands inside one. */
static void
address_semicolon_comma(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++)
		if (holds_both(msg->envelope.rcpt_to[i]))
			found_address(msg, out, msg->envelope.rcpt_to[i]);
	for (size_t i = 0; i < msg->n_addresses; i++)
		if (is_recipient(field_of(msg, &msg->addresses[i])) &&
		    holds_both(msg->addresses[i].local))
			found_address(msg, out, msg->addresses[i].whole);
}

/* Whether a % and a letter that printing functions know stand alone: "%g%s", not "%host". */
static bool
has_directive(struct slice local)
{
	static const char directives[] = "sdxnpgiucfeoXEG";

	for (size_t at = 0; at + 1 < local.len; at++) {
		unsigned char behind = at + 2 < local.len ? local.data[at + 2] : '@';

		if (local.data[at] != '%' || byte_is_alpha(behind) || byte_is_digit(behind))
			continue;
		for (const char *letter = directives; *letter; letter++)
			if (local.data[at + 1] == (unsigned char)*letter)
				return true;
	}
	return false;
}

/* RFC 1123 section 5.2.16: the percent sign routes mail (user%host@gateway); a single letter behind
 * it is what a mailer's own format left over. */
static void
sender_directive(const struct message *msg, struct findings *out)
{
	struct slice path = msg->envelope.mail_from;

	if (has_directive(slice_cut(path, 0, slice_rfind(path, '@'))))
		found_address(msg, out, path);
	for (size_t i = 0; i < msg->n_addresses; i++)
		if (is_sender(field_of(msg, &msg->addresses[i])) &&
		    has_directive(msg->addresses[i].local))
			found_address(msg, out, msg->addresses[i].whole);
}

/* A name stands before the colon of a group; a second colon behind the field's comes from hands. */
static void
address_list_colon(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];

		if (field->part == 0 && (is_sender(field->id) || is_recipient(field->id)) &&
		    slice_starts(slice_trim(field->text), ":"))
			found_address(msg, out, field->whole);
	}
}

/* Comments outside quotation marks, inner ones not counted. */
static unsigned
count_comments(struct slice text)
{
	unsigned n = 0, depth = 0;
	bool quoted = false;

	for (size_t at = 0; at < text.len; at++) {
		unsigned char byte = text.data[at];

		if (byte == '\\')
			at++;
		else if (byte == '"' && depth == 0)
			quoted = !quoted;
		else if (byte == '(' && !quoted)
			n += depth++ == 0;
		else if (byte == ')' && depth > 0)
			depth--;
	}
	return n;
}

static void
address_two_comments(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_addresses; i++)
		if (field_of(msg, &msg->addresses[i]) != FIELD_OTHER &&
		    count_comments(msg->addresses[i].whole) > 1)
			found_address(msg, out, msg->addresses[i].whole);
}

/* Place of `text` outside quotation marks, or SLICE_NONE. */
static size_t
find_unquoted(struct slice s, const char *text)
{
	bool quoted = false;

	for (size_t at = 0; at < s.len; at++) {
		if (s.data[at] == '"')
			quoted = !quoted;
		if (!quoted && slice_starts(slice_from(s, at), text))
			return at;
	}
	return SLICE_NONE;
}

/* Gateways that add their own domain to what is a whole address already write this. */
static void
sender_two_domains(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_addresses; i++)
		if (is_sender(field_of(msg, &msg->addresses[i])) &&
		    find_unquoted(msg->addresses[i].whole, ">@") != SLICE_NONE)
			found_address(msg, out, msg->addresses[i].whole);
}

/* RFC 1123 section 5.2.19 tells mailers not to write routes. */
static void
envelope_source_route(const struct message *msg, struct findings *out)
{
	struct slice path = msg->envelope.mail_from;

	if (slice_starts(path, "@") && slice_find(path, 0, ':') != SLICE_NONE)
		found_address(msg, out, path);
	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++) {
		path = msg->envelope.rcpt_to[i];
		if (slice_starts(path, "@") && slice_find(path, 0, ':') != SLICE_NONE)
			found_address(msg, out, path);
	}
}

/* Whether a colon outside quotation marks is followed by a semicolon and nothing between. */
static bool
has_empty_group(struct slice text)
{
	bool quoted = false;

	for (size_t at = 0; at < text.len; at++) {
		size_t behind = at + 1;

		if (text.data[at] == '"')
			quoted = !quoted;
		if (text.data[at] != ':' || quoted)
			continue;
		while (behind < text.len && byte_is_space(text.data[behind]))
			behind++;
		if (behind < text.len && text.data[behind] == ';')
			return true;
		at = behind - 1;
	}
	return false;
}

/* What mailers write for recipients who are not to be named. */
static void
address_group_empty(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];

		if (field->part == 0 && is_recipient(field->id) && has_empty_group(field->text))
			found_address(msg, out, field->whole);
	}
}

/* Whether an address in angle brackets ends in a blank. */
static bool
has_blank_end(struct slice whole)
{
	size_t open = slice_rfind(whole, '<');
	size_t close = slice_rfind(whole, '>');

	if (open == SLICE_NONE || close == SLICE_NONE || close < open + 2)
		return false;
	return byte_is_blank(whole.data[close - 1]) &&
	       slice_find(slice_cut(whole, open, close - open), 0, '@') != SLICE_NONE;
}

static void
recipient_blank_end(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++) {
		struct slice path = msg->envelope.rcpt_to[i];

		if (path.len > 1 && byte_is_blank(path.data[path.len - 1]))
			found_address(msg, out, path);
	}
	for (size_t i = 0; i < msg->n_addresses; i++)
		if (is_recipient(field_of(msg, &msg->addresses[i])) &&
		    has_blank_end(msg->addresses[i].whole))
			found_address(msg, out, msg->addresses[i].whole);
}

static void
found_long_domain(const struct message *msg, struct findings *out, struct slice domain)
{
	if (domain.len > DOMAIN_MAX)
		found(out, -1, message_offset(msg, domain), domain.len, "%zu bytes", domain.len);
}

/* The name service knows no longer name: this one was never the name of a host. */
static void
domain_over_255(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++) {
		struct slice path = msg->envelope.rcpt_to[i];
		size_t at = slice_rfind(path, '@');

		if (at != SLICE_NONE)
			found_long_domain(msg, out, slice_from(path, at + 1));
	}
	for (size_t i = 0; i < msg->n_addresses; i++)
		if (is_recipient(field_of(msg, &msg->addresses[i])))
			found_long_domain(msg, out, msg->addresses[i].domain);
}

static const struct rule rows[] = {
	{ .id = "domain-over-255",
	    .family = FAMILY,
	    .says = "The domain of a recipient is longer than 255 bytes.",
	    .cases = "Q146567",
	    .rfc = "RFC 1035 section 3.1",
	    .base_rate = 2e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = domain_over_255 },
	{ .id = "address-semicolon-comma",
	    .family = FAMILY,
	    .says = "A recipient's address holds both a semicolon and a comma.",
	    .cases = "Q256114",
	    .rfc = "RFC 5322 section 3.4.1",
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_semicolon_comma },
	{ .id = "sender-directive",
	    .family = FAMILY,
	    .says = "The sender's address holds a print directive such as %g or %s.",
	    .cases = "Q196304",
	    .rfc = "RFC 5322 section 3.4.1",
	    .base_rate = 5e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = sender_directive },
	{ .id = "address-list-colon",
	    .family = FAMILY,
	    .says = "A field of addresses begins with a colon.",
	    .cases = "Q238487 Q215947",
	    .rfc = "RFC 5322 section 3.4",
	    .base_rate = 5e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_list_colon },
	{ .id = "address-two-comments",
	    .family = FAMILY,
	    .says = "An address has more than one comment.",
	    .cases = "Q152432 Q152864",
	    .rfc = "RFC 822 section 3.4.3",
	    .base_rate = 2e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = address_two_comments },
	{ .id = "sender-two-domains",
	    .family = FAMILY,
	    .says = "A second domain follows the angle brackets of the sender's address.",
	    .cases = "Q198563",
	    .rfc = "RFC 5322 section 3.4",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = sender_two_domains },
	{ .id = "envelope-source-route",
	    .family = FAMILY,
	    .says = "An address of the envelope names the hosts that it is to travel by.",
	    .cases = "Q140940",
	    .rfc = "RFC 1123 section 5.2.19",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = envelope_source_route },
	{ .id = "address-group-empty",
	    .family = FAMILY,
	    .says = "A list of recipients holds a group without members.",
	    .cases = "Q176538",
	    .rfc = "RFC 5322 section 3.4",
	    .base_rate = 2e-2,
	    .measured_hits = 5,
	    .measured_of = 1584,
	    .check = address_group_empty },
	{ .id = "recipient-blank-end",
	    .family = FAMILY,
	    .says = "A recipient's address ends in a blank.",
	    .cases = "Q254893",
	    .rfc = "RFC 5322 section 3.4.1",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = recipient_blank_end },
};

const struct family family_address_cases = FAMILY_OF(rows);
