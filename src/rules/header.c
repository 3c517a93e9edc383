/* header.c - rules about header blocks and single fields that are not addresses or dates. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"

/* Whether the line is what Q166026 tells of: the name of a field, a blank and an address, in a
 * message of plain text. (It tells of a stray closing parenthesis, too.) */
static bool
is_name_and_address(const struct message *msg, const struct fact *fact)
{
	struct slice line = rest_of_line(msg, fact->offset);
	size_t blank = 0;

	if (msg->n_parts != 1 || !part_is(&msg->parts[0], "text", "plain"))
		return false;
	while (blank < line.len && (byte_is_alpha(line.data[blank]) || line.data[blank] == '-'))
		blank++;
	return blank > 0 && blank < line.len && byte_is_blank(line.data[blank]) &&
	       slice_find(line, blank, '@') != SLICE_NONE;
}

/* Mailers write name, colon, value; an mbox line or the banner of Microsoft Mail is told apart
 * before. */
static void
told_bad_lines(const struct message *msg, struct findings *out, bool name_and_address)
{
	static const struct told told = { FACT_HEADER_NO_COLON, "", NULL, QUOTE_LINE };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_NO_COLON, fact)))
		if (fact->part <= 0 && !line_is_cut(msg, fact->offset, fact->len) &&
		    is_name_and_address(msg, fact) == name_and_address)
			found_fact(msg, out, fact, &told);
}

static void
header_line_without_colon(const struct message *msg, struct findings *out)
{
	told_bad_lines(msg, out, true);
}

static void
header_line_stray(const struct message *msg, struct findings *out)
{
	told_bad_lines(msg, out, false);
}

static void
part_header_line_bad(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_HEADER_NO_COLON, "", NULL, QUOTE_LINE };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_NO_COLON, fact)))
		if (fact->part > 0 && !line_is_cut(msg, fact->offset, fact->len))
			found_fact(msg, out, fact, &told);
}

/* What the byte is that the name may not hold. */
static const char *
name_fault(const struct message *msg, const struct fact *fact)
{
	const struct field *field = fact_field(msg, fact);

	if (field && slice_starts(field->name, "From "))
		return "a line of a mailbox inside the header, from";
	if (fact->value >= 0x80)
		return "an 8-bit byte in the name, from";
	return byte_is_blank((unsigned char)fact->value) ? "a blank in the name, from"
							 : "a control byte in the name, from";
}

static void
header_name_bad(const struct message *msg, struct findings *out)
{
	const struct fact *bad = NULL;
	static const struct told told[] = {
		{ FACT_HEADER_NAME_EMPTY, "no name before the colon:", NULL, QUOTE_LINE },
		{ FACT_HEADER_BLANK_BEFORE_COLON, "a blank before the colon:", NULL, QUOTE_LINE },
		{ FACT_HEADER_STARTS_FOLDED, "the header begins with a continuation line:", NULL,
		    QUOTE_LINE },
	};

	while ((bad = message_next_fact(msg, FACT_HEADER_NAME_BAD, bad))) {
		struct told what = { bad->kind, name_fault(msg, bad), NULL, QUOTE_LINE };

		found_fact(msg, out, bad, &what);
	}
	FOUND_FACTS(msg, out, told);
}

/* SMTP and every mailer work on text; a NUL in a header comes from a disk or from a faulty
 * buffer. */
static void
header_nul(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HEADER_NUL, "", NULL } };

	FOUND_IN_FIELDS(msg, out, told);
}

static void
header_control(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HEADER_CONTROL, "", NULL, QUOTE_BYTES } };

	FOUND_IN_FIELDS(msg, out, told);
}

/* The first control byte in the first field of that id. */
static void
told_control(const struct message *msg, struct findings *out, enum field_id id)
{
	const struct field *field = message_field(msg, 0, id, NULL);
	struct slice value = field ? field->value : (struct slice){ NULL, 0 };

	for (size_t at = 0; at < value.len; at++) {
		if (byte_is_space(value.data[at]) || !byte_is_control(value.data[at]))
			continue;
		found(out, 0, message_offset(msg, slice_cut(value, at, 1)), 1, "byte 0x%02x",
		    (unsigned)value.data[at]);
		return;
	}
}

/* Identifiers are made by programs from letters, digits and the clock: never with an escape
 * sequence. The source tells of news articles; mail has the same field. */
static void
references_control(const struct message *msg, struct findings *out)
{
	told_control(msg, out, FIELD_REFERENCES);
}

static void
identifier_control(const struct message *msg, struct findings *out)
{
	told_control(msg, out, FIELD_MESSAGE_ID);
}

static void
header_8bit(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_8BIT, fact))) {
		const struct field *field = fact_field(msg, fact);
		struct slice text = field ? field->whole : rest_of_line(msg, fact->offset);
		struct told told = { fact->kind, octets_name(text), NULL, QUOTE_NOTHING };

		found_in_field(msg, out, fact, &told);
	}
}

static void
header_line_end(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_HEADER_BARE_CR, "CR without LF", NULL },
		{ FACT_HEADER_BARE_LF, "LF without CR", NULL },
	};

	FOUND_IN_FIELDS(msg, out, told);
}

/* A mailer that folds never writes such a line; gateways and long lists of recipients do. */
static void
header_line_over_998(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HEADER_LONG_LINE, "", "bytes" } };

	FOUND_FACTS(msg, out, told);
}

static void
header_blank_fold(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HEADER_BLANK_FOLD, "", NULL } };

	FOUND_IN_FIELDS(msg, out, told);
}

/* Programs that send a message without a body leave the empty line out now and then. */
static void
header_without_end(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_HEADER_UNTERMINATED, "", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_UNTERMINATED, fact)))
		if (fact->part <= 0)
			found_fact(msg, out, fact, &told);
}

static void
header_mailbox_line(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_HEADER_MBOX_LINE, "", NULL, QUOTE_LINE },
		{ FACT_HEADER_INTERNET_HEADERS_LINE, "", NULL, QUOTE_LINE },
	};

	FOUND_FACTS(msg, out, told);
}

/* Fields that RFC 5322 section 3.6 allows once; readers differ on which of two they take. */
static void
field_repeated(const struct message *msg, struct findings *out)
{
	static const struct {
		enum field_id id;
		const char *name;
	} once[] = { { FIELD_FROM, "From" }, { FIELD_SENDER, "Sender" },
		{ FIELD_REPLY_TO, "Reply-To" }, { FIELD_TO, "To" }, { FIELD_CC, "Cc" },
		{ FIELD_BCC, "Bcc" }, { FIELD_SUBJECT, "Subject" }, { FIELD_DATE, "Date" },
		{ FIELD_MESSAGE_ID, "Message-ID" }, { FIELD_IN_REPLY_TO, "In-Reply-To" },
		{ FIELD_REFERENCES, "References" }, { FIELD_RETURN_PATH, "Return-Path" } };

	for (size_t i = 0; i < sizeof once / sizeof once[0]; i++) {
		const struct field *first = message_field(msg, 0, once[i].id, NULL);
		const struct field *second =
		    first ? message_field(msg, 0, once[i].id, first) : NULL;

		if (second)
			found(out, 0, message_offset(msg, second->whole), second->whole.len,
			    "%s, %s", once[i].name,
			    slice_same(first->text, second->text) ? "the same value"
								  : "another value");
	}
}

/* Without the originator a reply has nowhere to go; only very old or home-made programs leave it
 * out. */
static void
from_missing(const struct message *msg, struct findings *out)
{
	if (msg->n_parts > 0 && msg->parts[0].n_fields > 0 &&
	    !message_field(msg, 0, FIELD_FROM, NULL))
		found_place(out, 0, message_offset(msg, msg->parts[0].header), 0);
}

static const struct rule rows[] = {
	{ .id = "header-line-without-colon",
	    .family = FAMILY,
	    .says = "A line of the header has a name and an address, but no colon between them.",
	    .cases = "Q166026 Q166562",
	    .rfc = "RFC 5322 section 2.2",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_line_without_colon },
	{ .id = "header-line-stray",
	    .family = FAMILY,
	    .says = "A line of the message's header is no field and continues none.",
	    .cases = "Q166562",
	    .rfc = "RFC 5322 section 2.2",
	    .base_rate = 3e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_line_stray },
	{ .id = "part-header-line-bad",
	    .family = FAMILY,
	    .says = "A line of a part's header has no colon and continues no other line.",
	    .cases = "",
	    .rfc = "RFC 2045 section 3",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = part_header_line_bad },
	{ .id = "header-name-bad",
	    .family = FAMILY,
	    .says = "A line of the header does not begin with a proper field name.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_name_bad },
	{ .id = "header-nul",
	    .family = FAMILY,
	    .says = "The header holds a NUL byte.",
	    .cases = "",
	    .rfc = "RFC 5322 section 4",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_nul },
	{ .id = "header-control",
	    .family = FAMILY,
	    .says = "The header holds a control byte.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_control },
	{ .id = "references-control",
	    .family = FAMILY,
	    .says = "References holds a control byte.",
	    .cases = "Q275598",
	    .broader = true,
	    .rfc = "RFC 5322 section 3.6.4",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = references_control },
	{ .id = "identifier-control",
	    .family = FAMILY,
	    .says = "The Message-ID holds a control byte.",
	    .cases = "Q287888",
	    .rfc = "RFC 5322 section 3.6.4",
	    .base_rate = 5e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = identifier_control },
	{ .id = "header-8bit",
	    .family = FAMILY,
	    .says = "The header holds 8-bit bytes.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 8,
	    .measured_of = 1584,
	    .check = header_8bit },
	{ .id = "header-line-end-bare",
	    .family = FAMILY,
	    .says = "A line of the header ends in CR or LF alone.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_line_end },
	{ .id = "header-line-over-998",
	    .family = FAMILY,
	    .says = "A header line is longer than 998 bytes.",
	    .cases = "Q288240",
	    .rfc = "RFC 5322 section 2.1.1",
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_line_over_998 },
	{ .id = "header-fold-blank",
	    .family = FAMILY,
	    .says = "A continuation line holds nothing but blanks.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.2.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_blank_fold },
	{ .id = "header-without-end",
	    .family = FAMILY,
	    .says = "No empty line ends the header.",
	    .cases = "Q175841",
	    .rfc = "RFC 5322 section 2.1",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_without_end },
	{ .id = "header-mailbox-line",
	    .family = FAMILY,
	    .says = "The header begins with the separator line of a mail store.",
	    .cases = "",
	    .rfc = "RFC 4155",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .check = header_mailbox_line },
	{ .id = "field-repeated",
	    .family = FAMILY,
	    .says = "A field that may stand in the header once stands there twice.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = field_repeated },
	{ .id = "from-missing",
	    .family = FAMILY,
	    .says = "The message has no From field.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = from_missing },
};

const struct family family_header = FAMILY_OF(rows);
