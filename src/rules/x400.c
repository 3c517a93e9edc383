/*
 * x400.c - rules of the address family about X.400 addresses and names of the directory.
 *
 * Gateways carry them in the local part of an Internet address: IMCEAX400-…@host and
 * IMCEAEX-…@host, the slash as underscore, other bytes as +XX (Q193782).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "address"
#define X400_LIMIT 1024u /* Q263457 */
#define MIXER_LOCAL 15u  /* Q269589: local part that makes the transfer agent stop */

static bool
in_recipients(const struct message *msg, const struct address *address)
{
	const struct field *field = address->field >= 0 ? &msg->fields[address->field] : NULL;

	return field && field->part == 0 &&
	       (field->id == FIELD_TO || field->id == FIELD_CC || field->id == FIELD_BCC);
}

/* The i-th recipient, those of the envelope first, without its domain; empty when it is none. */
static struct slice
recipient(const struct message *msg, size_t i)
{
	size_t n = msg->envelope.n_rcpt_to;
	const struct address *address;

	if (i < n)
		return slice_cut(
		    msg->envelope.rcpt_to[i], 0, slice_rfind(msg->envelope.rcpt_to[i], '@'));
	address = &msg->addresses[i - n];
	if (!in_recipients(msg, address))
		return (struct slice){ NULL, 0 };
	return address->local.len > 0 ? address->local : slice_trim(address->whole);
}

static size_t
n_recipients(const struct message *msg)
{
	return msg->envelope.n_rcpt_to + msg->n_addresses;
}

static void
found_recipient(const struct message *msg, struct findings *out, struct slice where)
{
	found(out, -1, message_offset(msg, where), where.len, "\"%s\"",
	    found_quote(out, where, QUOTE_MAX));
}

/* Whether each element of the name is key=value, neither of them empty. */
static bool
is_whole_name(struct slice name, unsigned char mark)
{
	size_t at = 0;

	while (at < name.len) {
		size_t end = slice_find(name, at, mark);
		struct slice one;
		size_t equals;

		end = end == SLICE_NONE ? name.len : end;
		one = slice_cut(name, at, end - at);
		equals = slice_find(one, 0, '=');
		if (equals == SLICE_NONE || equals == 0 || equals + 1 == one.len)
			return false;
		at = end + 1;
	}
	return name.len > 0;
}

/* Directories write these names, people never: one that is not made of pairs was cut or put
 * together by a program that took a shortcut. */
static void
directory_name_malformed(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < n_recipients(msg); i++) {
		struct slice one = recipient(msg, i);
		bool coded = slice_starts_nocase(one, "IMCEAEX-_");
		bool plain = slice_starts_nocase(one, "/o=") || slice_starts_nocase(one, "/cn=");

		if ((coded && !is_whole_name(slice_from(one, 9), '_')) ||
		    (plain && !is_whole_name(slice_from(one, 1), '/')))
			found_recipient(msg, out, one);
	}
}

/* How many attributes of X.400, "key=value;", the text begins with. */
static unsigned
count_attributes(struct slice text)
{
	static const char *const keys[] = {
		"c=", "a=", "p=", "o=", "ou1=", "s=", "g=", "cn=", "dda:"
	};
	unsigned n = 0;
	size_t at = 0;

	while (at < text.len) {
		bool known = false;
		size_t end = slice_find(text, at, ';');

		for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
			known |= slice_starts_nocase(slice_from(text, at), keys[i]);
		if (!known)
			return n;
		n++;
		if (end == SLICE_NONE)
			return n;
		at = end + 1;
		while (at < text.len && byte_is_space(text.data[at]))
			at++;
	}
	return n;
}

/* The word X400: or the brackets of a gateway tell what kind of address follows; without them it is
 * read as an Internet address. */
static void
x400_without_type(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->envelope.n_rcpt_to; i++)
		if (count_attributes(msg->envelope.rcpt_to[i]) > 1)
			found_recipient(msg, out, msg->envelope.rcpt_to[i]);
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];
		struct slice value = slice_trim(field->value);
		bool list =
		    field->id == FIELD_TO || field->id == FIELD_CC || field->id == FIELD_BCC;

		if (field->part == 0 && list && count_attributes(value) > 1)
			found_recipient(msg, out, value);
	}
}

static void
x400_over_1024(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < n_recipients(msg); i++) {
		struct slice one = recipient(msg, i);

		if (one.len > X400_LIMIT &&
		    (slice_starts_nocase(one, "IMCEAX400-") || slice_starts_nocase(one, "X400:")))
			found(out, -1, message_offset(msg, one), one.len, "%zu bytes", one.len);
	}
}

/* Characters of the text up to the @, "+28a+29" or "(a)" that ends it; each +XX counts as one.
 * SLICE_NONE when no such end comes. */
static size_t
count_local(struct slice text)
{
	size_t n = 0;

	for (size_t at = 0; at < text.len; n++) {
		struct slice rest = slice_from(text, at);

		if (slice_starts_nocase(rest, "+28a+29") || slice_starts_nocase(rest, "(a)") ||
		    slice_starts_nocase(rest, "+40"))
			return n;
		at += text.data[at] == '+' ? 3 : 1;
	}
	return SLICE_NONE;
}

static size_t
find_inner_address(struct slice one)
{
	static const char *const forms[] = { "dda+3asmtp=", "dda+3asmtp+3d", "dda:smtp=" };

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		size_t at = slice_find_nocase(one, 0, forms[i]);

		if (at != SLICE_NONE)
			return at + slice_str(forms[i]).len;
	}
	return SLICE_NONE;
}

static void
mixer_local_15(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < n_recipients(msg); i++) {
		struct slice one = recipient(msg, i);
		size_t inner =
		    slice_starts_nocase(one, "IMCEAX400-") ? find_inner_address(one) : SLICE_NONE;

		if (inner != SLICE_NONE && count_local(slice_from(one, inner)) == MIXER_LOCAL)
			found_recipient(msg, out, one);
	}
}

/* What a server writes for its own users' outside addresses; from strangers it is a way around the
 * ban on relaying. */
static void
smtp_encapsulated(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < n_recipients(msg); i++) {
		struct slice one = recipient(msg, i);

		if (slice_starts_nocase(one, "IMCEASMTP-"))
			found_recipient(msg, out, one);
	}
}

static const struct rule rows[] = {
	{ .id = "directory-name-malformed",
	    .family = FAMILY,
	    .says = "A recipient's directory name is not made of pairs such as /o=North/cn=Ann.",
	    .cases = "Q166540",
	    .rfc = "",
	    .base_rate = 3e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .broader = true,
	    .check = directory_name_malformed },
	{ .id = "x400-without-type",
	    .family = FAMILY,
	    .says = "A recipient's X.400 address does not say that it is one.",
	    .cases = "Q257578",
	    .rfc = "RFC 2156 section 4.1",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .broader = true,
	    .check = x400_without_type },
	{ .id = "x400-over-1024",
	    .family = FAMILY,
	    .says = "A recipient's X.400 address is longer than 1,024 bytes.",
	    .cases = "Q263457",
	    .rfc = "",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = x400_over_1024 },
	{ .id = "mixer-local-15",
	    .family = FAMILY,
	    .says = "The Internet address inside an X.400 address has 15 characters before its @.",
	    .cases = "Q269589",
	    .rfc = "RFC 2156 section 4.1",
	    .base_rate = 3e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .broader = true,
	    .check = mixer_local_15 },
	{ .id = "smtp-encapsulated",
	    .family = FAMILY,
	    .says = "A recipient is an Internet address encapsulated as IMCEASMTP.",
	    .cases = "MS99-027",
	    .rfc = "",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = smtp_encapsulated },
};

const struct family family_x400 = FAMILY_OF(rows);
