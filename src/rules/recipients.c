/* recipients.c - rules about how many recipients there are, and of what kind. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "recipients"
#define RECIPIENTS_LIMIT 32766u /* Q272672 */
#define MANY_RECIPIENTS 50u     /* Q166570 speaks of a long list */

/* Whether the address is one of To, Cc or Bcc. */
static bool
is_recipient(const struct message *msg, const struct address *address)
{
	enum field_id id = address->field >= 0 ? msg->fields[address->field].id : FIELD_OTHER;

	return msg->fields[address->field].part == 0 &&
	       (id == FIELD_TO || id == FIELD_CC || id == FIELD_BCC);
}

static size_t
header_recipients(const struct message *msg)
{
	const struct fact *cut = message_next_fact(msg, FACT_ADDRESSES_CUT, NULL);
	size_t n = 0;

	if (cut)
		return (size_t)cut->value;
	for (size_t i = 0; i < msg->n_addresses; i++)
		if (msg->addresses[i].field >= 0)
			n += is_recipient(msg, &msg->addresses[i]);
	return n;
}

/* Servers split at 100 recipients (RFC 821 section 4.5.3); lists expand behind the connector. */
static void
recipients_over_32766(const struct message *msg, struct findings *out)
{
	size_t envelope = msg->envelope.n_rcpt_to;
	size_t header = header_recipients(msg);

	if (envelope > RECIPIENTS_LIMIT)
		found(out, -1, message_offset(msg, msg->envelope.rcpt_to[0]), 0,
		    "%zu in the envelope", envelope);
	else if (header > RECIPIENTS_LIMIT && msg->envelope.kind == ENVELOPE_NONE)
		found(out, 0, message_offset(msg, msg->parts[0].header), 0, "%zu in the header",
		    header);
}

/* A name of labels, or a closed literal (RFC 821 section 4.1.2). Underscores are met. */
static bool
domain_is_valid(struct slice domain)
{
	if (domain.len == 0 || domain.data[0] == '.' || slice_ends(domain, "."))
		return false;
	if (domain.data[0] == '[')
		return slice_ends(domain, "]");
	for (size_t i = 0; i < domain.len; i++) {
		unsigned char byte = domain.data[i];

		if (byte == '.' && domain.data[i - 1] == '.')
			return false;
		if (!byte_is_alpha(byte) && !byte_is_digit(byte) && byte != '.' && byte != '-' &&
		    byte != '_')
			return false;
	}
	return true;
}

static bool
local_is_valid(struct slice local)
{
	static const char never[] = " ,;:<>()[]@\"";
	bool quoted = local.len > 1 && local.data[0] == '"' && slice_ends(local, "\"");

	for (size_t i = 0; i < local.len; i++) {
		if (byte_is_control(local.data[i]) || local.data[i] >= 0x80)
			return false;
		for (const char *special = never; !quoted && *special; special++)
			if (local.data[i] == (unsigned char)*special)
				return false;
	}
	return local.len > 0;
}

/* Source routes (`@a,@b:c@d`) are lawful; what counts then is behind the colon. */
static bool
path_is_invalid(struct slice path)
{
	size_t at = slice_rfind(path, '@');
	size_t route = slice_starts(path, "@") ? slice_find(path, 0, ':') : SLICE_NONE;
	size_t from = route == SLICE_NONE ? 0 : route + 1;

	if (at == SLICE_NONE || at < from)
		return true;
	return !local_is_valid(slice_cut(path, from, at - from)) ||
	       !domain_is_valid(slice_from(path, at + 1));
}

static size_t
invalid_paths(const struct message *msg, struct slice *first)
{
	size_t n = 0;

	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++) {
		if (!path_is_invalid(msg->envelope.rcpt_to[i]))
			continue;
		if (n++ == 0)
			*first = msg->envelope.rcpt_to[i];
	}
	return n;
}

static size_t
invalid_addresses(const struct message *msg, struct slice *first)
{
	size_t n = 0;

	for (size_t i = 0; i < msg->n_addresses; i++) {
		const struct address *address = &msg->addresses[i];

		if (address->field < 0 || !is_recipient(msg, address))
			continue;
		if (address->local.len > 0 && address->domain.len > 0)
			continue;
		if (n++ == 0)
			*first = address->whole;
	}
	return n;
}

/* Lists are kept by programs that check what they send to: a long list with members that are no
 * addresses was typed or imported by hand, and each one needs a non-delivery report. */
static void
recipients_many_invalid(const struct message *msg, struct findings *out)
{
	struct slice first = { NULL, 0 };
	size_t invalid = 0, all = msg->envelope.n_rcpt_to;

	if (all > MANY_RECIPIENTS)
		invalid = invalid_paths(msg, &first);
	if (invalid == 0) {
		all = header_recipients(msg);
		invalid = all > MANY_RECIPIENTS ? invalid_addresses(msg, &first) : 0;
	}
	if (invalid > 0)
		found(out, -1, message_offset(msg, first), first.len,
		    "%zu of %zu, the first \"%s\"", invalid, all, found_quote(out, first, 40));
}

static const struct rule rows[] = {
	{ .id = "recipients-over-32766",
	    .family = FAMILY,
	    .says = "There are more than 32,766 recipients.",
	    .cases = "Q272672",
	    .rfc = "RFC 821 section 4.5.3",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = recipients_over_32766 },
	{ .id = "recipients-many-invalid",
	    .family = FAMILY,
	    .says = "There are more than 50 recipients, and some of them are no addresses.",
	    .cases = "Q166570 Q194896",
	    .rfc = "RFC 5322 section 3.4",
	    .base_rate = 3e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = recipients_many_invalid },
};

const struct family family_recipients = FAMILY_OF(rows);
