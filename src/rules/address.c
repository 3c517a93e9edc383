/* address.c - rules about From, Sender, Reply-To, To, Cc and Bcc. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "address"

/* Bytes of an address that its readers still take. */
#define ADDRESS_MAX_ENTRY 246u  /* Q160284 */
#define ADDRESS_MAX_BYTE 255u   /* Q173344 Q232076 */
#define ADDRESS_MAX_LOOKUP 383u /* Q226329 */

/* To, Cc or Bcc of the message itself: the lists in which the store removes comments (Q231748). */
static bool
in_recipients(const struct message *msg, const struct fact *fact)
{
	const struct field *field = fact_field(msg, fact);

	return field && field->part == 0 &&
	       (field->id == FIELD_TO || field->id == FIELD_CC || field->id == FIELD_BCC);
}

/* Nobody can type text behind a comment that is the end of its element; the sample of the article
 * has it. */
static void
address_comment_list(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_ADDRESS_COMMENT_LIST, "", NULL, QUOTE_LINE };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ADDRESS_COMMENT_LIST, fact)))
		if (fact->value == 1)
			found_in_field(msg, out, fact, &told);
}

/* Lawful (RFC 822 section 3.4.3), but mailers write "Doe, John" <…> and not (Doe, John) in
 * recipient lists, and the article asks for no more than the comma. */
static void
address_comment_recipients(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_ADDRESS_COMMENT_LIST, "", NULL, QUOTE_BYTES };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ADDRESS_COMMENT_LIST, fact)))
		if (fact->value == 0 && in_recipients(msg, fact))
			found_in_field(msg, out, fact, &told);
}

/* Originators are another matter: gateways of the time wrote (Doe, John) there, and no source
 * blames it. */
static void
address_comment_comma(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_ADDRESS_COMMENT_LIST, "", NULL, QUOTE_BYTES };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ADDRESS_COMMENT_LIST, fact)))
		if (fact->value == 0 && !in_recipients(msg, fact))
			found_in_field(msg, out, fact, &told);
}

/* Whether the byte of the file belongs to a display name. */
static bool
in_display(const struct message *msg, uint64_t offset)
{
	for (size_t i = 0; i < msg->n_addresses; i++) {
		struct slice name = msg->addresses[i].display;
		uint64_t from = name.len ? message_offset(msg, name) : OFFSET_NONE;

		if (from != OFFSET_NONE && offset >= from && offset - from < name.len)
			return true;
	}
	return false;
}

/* Mailers build these fields from an address book and quote what needs it: what does not close, or
 * holds control bytes, was damaged on the way. Not here: what people type (missing @, doubled
 * commas). */
static void
address_field_damaged(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ADDRESS_UNCLOSED_QUOTE, "quotation mark without its partner:", NULL,
		    QUOTE_LINE },
		{ FACT_ADDRESS_UNCLOSED_ANGLE, "< without >:", NULL, QUOTE_LINE },
		{ FACT_ADDRESS_UNCLOSED_COMMENT, "( without ):", NULL, QUOTE_LINE },
		{ FACT_ADDRESS_CONTROL, "control byte", NULL, QUOTE_LINE },
	};
	const struct fact *nul = NULL;

	FOUND_IN_FIELDS(msg, out, told);
	while ((nul = message_next_fact(msg, FACT_ADDRESS_NUL, nul))) {
		struct told words = { nul->kind,
			in_display(msg, nul->offset) ? "NUL byte in a name" : "NUL byte", NULL,
			QUOTE_LINE };

		found_in_field(msg, out, nul, &words);
	}
}

/* Only gateways write IMCEA addresses, and they write each odd byte as +XX. */
static void
imcea_damaged(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { "damaged", "+ without two hex digits",
		"no address type", "cut off at the @", "control byte" };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ADDRESS_IMCEA_BAD, fact)))
		found(out, fact->part, fact->offset, fact->len, "%s at \"%s\"",
		    words[fact->value < sizeof words / sizeof words[0] ? fact->value : 0],
		    found_quote(out, rest_of_line(msg, fact->offset), 24));
}

/* What people type and old programs write: wrong, and met every day. */
static void
address_malformed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ADDRESS_STRAY_ANGLE, "< or > too many:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_STRAY_PAREN, ") without (:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_JUNK, "text that belongs to no address:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_NO_AT, "no @:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_EMPTY_LOCAL, "nothing before the @:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_EMPTY_DOMAIN, "nothing behind the @:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_TWO_ATS, "two @:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_DOTS, "dot at an end, or two in a row:", NULL, QUOTE_BYTES },
	};

	FOUND_IN_FIELDS(msg, out, told);
}

static void
address_list_sloppy(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ADDRESS_EMPTY_ELEMENT, "nothing between two separators", NULL },
		{ FACT_ADDRESS_ONLY_COMMENT, "nothing but a comment:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_UNQUOTED_SPECIAL, "a name that needs quotes:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_8BIT, "8-bit byte", NULL },
	};

	FOUND_IN_FIELDS(msg, out, told);
}

static void
address_group_bad(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ADDRESS_GROUP_NESTED, "a group inside a group:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_GROUP_UNCLOSED, "no ; ends the group:", NULL, QUOTE_BYTES },
		{ FACT_ADDRESS_STRAY_SEMICOLON, "a ; outside a group", NULL },
	};

	FOUND_IN_FIELDS(msg, out, told);
}

/* RFC 821 section 4.5.3: 64 for the user, 64 for the domain, 256 for a path. Each limit is another
 * program's. */
static void
told_long(const struct message *msg, struct findings *out, uint64_t most)
{
	static const struct told told = { FACT_ADDRESS_LONG, "", "bytes" };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ADDRESS_LONG, fact)))
		if (fact->value > most)
			found_fact(msg, out, fact, &told);
}

static void
address_over_246(const struct message *msg, struct findings *out)
{
	told_long(msg, out, ADDRESS_MAX_ENTRY);
}

static void
address_over_255(const struct message *msg, struct findings *out)
{
	told_long(msg, out, ADDRESS_MAX_BYTE);
}

static void
address_over_383(const struct message *msg, struct findings *out)
{
	told_long(msg, out, ADDRESS_MAX_LOOKUP);
}

static void
address_null(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_ADDRESS_NULL, "", NULL } };

	FOUND_IN_FIELDS(msg, out, told);
}

static void
from_empty(const struct message *msg, struct findings *out)
{
	const struct field *from = NULL;

	while ((from = message_field(msg, 0, FIELD_FROM, from)))
		if (slice_trim(from->text).len == 0)
			found_place(out, 0, message_offset(msg, from->whole), from->whole.len);
}

static const struct rule rows[] = {
	{ .id = "address-comment-list",
	    .family = FAMILY,
	    .says =
		"A comment with a comma or semicolon stands in the middle of a recipient or sender.",
	    .cases = "Q231748",
	    .rfc = "RFC 822 section 3.4.3",
	    .base_rate = 3e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_comment_list },
	{ .id = "address-comment-recipients",
	    .family = FAMILY,
	    .says = "A comment in To, Cc or Bcc holds a comma or semicolon.",
	    .cases = "Q231748",
	    .rfc = "RFC 822 section 3.4.3",
	    .base_rate = 4e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_comment_recipients },
	{ .id = "address-comment-comma",
	    .family = FAMILY,
	    .says = "A comment in an address other than a recipient's holds a comma or semicolon.",
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
		"A field of senders or recipients is damaged: something in it does not close, or is no text.",
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
	    .says = "An address is malformed.",
	    .cases = "KB326446 Q167132",
	    .rfc = "RFC 5322 section 3.4.1",
	    .base_rate = 1e-2,
	    .measured_hits = 12,
	    .measured_of = 1584,
	    .check = address_malformed },
	{ .id = "address-list-sloppy",
	    .family = FAMILY,
	    .says = "A list of addresses is written carelessly.",
	    .cases = "",
	    .rfc = "RFC 5322 section 4.4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 6,
	    .measured_of = 1584,
	    .check = address_list_sloppy },
	{ .id = "address-group-bad",
	    .family = FAMILY,
	    .says = "A group of addresses does not begin or end as it must.",
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
	    .cases = "Q160284",
	    .rfc = "RFC 821 section 4.5.3",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_over_246 },
	{ .id = "address-over-255",
	    .family = FAMILY,
	    .says = "An address is longer than 255 bytes, more than gateways hold.",
	    .cases = "Q173344 Q232076",
	    .rfc = "RFC 821 section 4.5.3",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_over_255 },
	{ .id = "address-over-383",
	    .family = FAMILY,
	    .says = "An address is longer than 383 bytes, more than the Notes connector holds.",
	    .cases = "Q226329",
	    .rfc = "RFC 821 section 4.5.3",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = address_over_383 },
	{ .id = "address-null",
	    .family = FAMILY,
	    .says = "A field of addresses holds <>, which is no address.",
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
