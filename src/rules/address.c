/* address.c - rules about From, Sender, Reply-To, To, Cc and Bcc. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "address"

/* To, Cc or Bcc of the message itself: the lists in which the store removes comments (Q231748). */
static bool
in_recipients(const struct message *msg, const struct fact *fact)
{
	const struct field *field = fact_field(msg, fact);

	return field && field->part == 0 &&
	       (field->id == FIELD_TO || field->id == FIELD_CC || field->id == FIELD_BCC);
}

/* Nobody can type text behind a comment that is the end of its element; the sample of the article has it. */
static void
address_comment_list(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_ADDRESS_COMMENT_LIST,
		"comma or semicolon in a comment, and more behind it", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ADDRESS_COMMENT_LIST, fact)))
		if (fact->value == 1)
			found_fact(out, fact, &told);
}

/* Lawful (RFC 822 section 3.4.3), but mailers write "Doe, John" <…> and not (Doe, John) in recipient lists,
 * and the article asks for no more than the comma. */
static void
address_comment_recipients(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_ADDRESS_COMMENT_LIST,
		"comma or semicolon in a comment among the recipients", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ADDRESS_COMMENT_LIST, fact)))
		if (fact->value == 0 && in_recipients(msg, fact))
			found_fact(out, fact, &told);
}

/* Originators are another matter: gateways of the time wrote (Doe, John) there, and no source blames it. */
static void
address_comment_comma(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_ADDRESS_COMMENT_LIST,
		"comma or semicolon in a comment", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ADDRESS_COMMENT_LIST, fact)))
		if (fact->value == 0 && !in_recipients(msg, fact))
			found_fact(out, fact, &told);
}

/* Mailers build these fields from an address book and quote what needs it: what does not close, or holds
 * control bytes, was damaged on the way. Not here: what people type (missing @, doubled commas). */
static void
address_field_damaged(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ADDRESS_UNCLOSED_QUOTE, "quote that never closes", NULL },
		{ FACT_ADDRESS_UNCLOSED_ANGLE, "'<' without '>'", NULL },
		{ FACT_ADDRESS_UNCLOSED_COMMENT, "'(' without ')'", NULL },
		{ FACT_ADDRESS_CONTROL, "control byte", NULL },
		{ FACT_ADDRESS_NUL, "NUL byte", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

/* Only gateways write IMCEA addresses, and they write each odd byte as +XX. */
static void
imcea_damaged(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { "damaged", "+ without two hex digits",
		"no address type", "cut off at the @", "control byte" };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ADDRESS_IMCEA_BAD, fact)))
		found(out, fact->part, fact->offset, fact->len, "encapsulated address: %s",
		    words[fact->value < sizeof words / sizeof words[0] ? fact->value : 0]);
}

/* What people type and old programs write: wrong, and met every day. */
static void
address_malformed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ADDRESS_STRAY_ANGLE, "'<' or '>' too many", NULL },
		{ FACT_ADDRESS_STRAY_PAREN, "')' without '('", NULL },
		{ FACT_ADDRESS_JUNK, "text that belongs to no address", NULL },
		{ FACT_ADDRESS_NO_AT, "address without @", NULL },
		{ FACT_ADDRESS_EMPTY_LOCAL, "nothing before the @", NULL },
		{ FACT_ADDRESS_EMPTY_DOMAIN, "nothing behind the @", NULL },
		{ FACT_ADDRESS_TWO_ATS, "two @ in an address", NULL },
		{ FACT_ADDRESS_DOTS, "dot at an end, or two in a row", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static void
address_list_sloppy(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ADDRESS_EMPTY_ELEMENT, "nothing between two separators", NULL },
		{ FACT_ADDRESS_ONLY_COMMENT, "nothing but a comment", NULL },
		{ FACT_ADDRESS_UNQUOTED_SPECIAL, "name that needs quotes", NULL },
		{ FACT_ADDRESS_8BIT, "8-bit byte", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static void
address_group_bad(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ADDRESS_GROUP_NESTED, "group inside a group", NULL },
		{ FACT_ADDRESS_GROUP_UNCLOSED, "group that never closes", NULL },
		{ FACT_ADDRESS_STRAY_SEMICOLON, "';' outside a group", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

/* RFC 821 section 4.5.3: 64 for the user, 64 for the domain, 256 for a path. */
static void
address_over_246(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_ADDRESS_LONG, "long address", "bytes" } };

	FOUND_FACTS(msg, out, told);
}

static void
address_null(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_ADDRESS_NULL, "<> in place of an address",
	    NULL } };

	FOUND_FACTS(msg, out, told);
}

static void
from_empty(const struct message *msg, struct findings *out)
{
	const struct field *from = NULL;

	while ((from = message_field(msg, 0, FIELD_FROM, from)))
		if (slice_trim(from->text).len == 0)
			found(out, 0, message_offset(msg, from->whole), from->whole.len,
			    "empty From field");
}

static const struct rule rows[] = {
	{ .id = "address-comment-list",
	    .family = FAMILY,
	    .says =
		"A comment with a comma stands inside a list of addresses and is not its lawful end.",
	    .cases = "Q231748",
	    .rfc = "RFC 822 section 3.4.3",
	    .base_rate = 3e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_comment_list },
	{ .id = "address-comment-recipients",
	    .family = FAMILY,
	    .says = "A comment in To, Cc or Bcc holds a comma.",
	    .cases = "Q231748",
	    .rfc = "RFC 822 section 3.4.3",
	    .base_rate = 4e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_comment_recipients },
	{ .id = "address-comment-comma",
	    .family = FAMILY,
	    .says = "A comment in an address that is no recipient's holds a comma.",
	    .cases = "",
	    .rfc = "RFC 822 section 3.4.3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = address_comment_comma },
	{ .id = "address-field-damaged",
	    .family = FAMILY,
	    .says =
		"An originator or recipient field has an open quote, bracket or comment, or a control byte.",
	    .cases = "Q301690",
	    .rfc = "RFC 5322 section 3.4",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_field_damaged },
	{ .id = "imcea-damaged",
	    .family = FAMILY,
	    .says = "An encapsulated address (IMCEA) is damaged.",
	    .cases = "Q193782",
	    .rfc = "",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = imcea_damaged },
	{ .id = "address-malformed",
	    .family = FAMILY,
	    .says = "An address has not the form of one.",
	    .cases = "KB326446 Q167132",
	    .rfc = "RFC 5322 section 3.4.1",
	    .base_rate = 1e-2,
	    .measured_hits = 12,
	    .measured_of = 1584,
	    .check = address_malformed },
	{ .id = "address-list-sloppy",
	    .family = FAMILY,
	    .says = "A list of addresses has empty or unquoted members.",
	    .cases = "",
	    .rfc = "RFC 5322 section 4.4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 6,
	    .measured_of = 1584,
	    .check = address_list_sloppy },
	{ .id = "address-group-bad",
	    .family = FAMILY,
	    .says = "A group of addresses is nested or not closed.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.4",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_group_bad },
	{ .id = "address-over-246",
	    .family = FAMILY,
	    .says = "An address is longer than 246 bytes.",
	    .cases = "Q160284 Q173344 Q226329 Q232076",
	    .rfc = "RFC 821 section 4.5.3",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_over_246 },
	{ .id = "address-null",
	    .family = FAMILY,
	    .says = "A header field names <> as an address.",
	    .cases = "Q269611",
	    .rfc = "RFC 5322 section 3.4.1",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_null },
	{ .id = "from-empty",
	    .family = FAMILY,
	    .says = "The From field is empty.",
	    .cases = "Q192594",
	    .rfc = "RFC 5322 section 3.6.2",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = from_empty },
};

const struct family family_address = FAMILY_OF(rows);
