/* header.c - rules about header blocks and single fields that are not addresses or dates. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"

/* Mailers write name, colon, value; an mbox line or the banner of Microsoft Mail is told apart before. */
static void
header_line_without_colon(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_HEADER_NO_COLON, "line without a colon", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_NO_COLON, fact)))
		if (fact->part <= 0 && !line_is_cut(msg, fact->offset, fact->len))
			found_fact(out, fact, &told);
}

static void
part_header_line_bad(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_HEADER_NO_COLON,
		"line without a colon in a part's header", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_NO_COLON, fact)))
		if (fact->part > 0 && !line_is_cut(msg, fact->offset, fact->len))
			found_fact(out, fact, &told);
}

static void
header_name_bad(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_HEADER_NAME_BAD, "byte that no field name may hold", NULL },
		{ FACT_HEADER_NAME_EMPTY, "field without a name", NULL },
		{ FACT_HEADER_BLANK_BEFORE_COLON, "blank before the colon", NULL },
		{ FACT_HEADER_STARTS_FOLDED, "the block begins with a continuation line", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

/* SMTP and every mailer work on text; a NUL in a header comes from a disk or from a faulty buffer. */
static void
header_nul(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HEADER_NUL, "NUL in the header", NULL } };

	FOUND_FACTS(msg, out, told);
}

static void
header_control(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HEADER_CONTROL, "control byte in the header",
	    NULL } };

	FOUND_FACTS(msg, out, told);
}

/* Identifiers are made by programs from letters, digits and the clock: never with an escape sequence. */
static void
identifier_control(const struct message *msg, struct findings *out)
{
	static const enum field_id ids[] = { FIELD_MESSAGE_ID, FIELD_REFERENCES,
		FIELD_IN_REPLY_TO };

	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		const struct field *field = message_field(msg, 0, ids[i], NULL);
		struct slice value = field ? field->value : (struct slice){ NULL, 0 };

		for (size_t at = 0; at < value.len; at++) {
			if (byte_is_space(value.data[at]) || !byte_is_control(value.data[at]))
				continue;
			found(out, 0, message_offset(msg, slice_cut(value, at, 1)), 1,
			    "control byte 0x%02x", (unsigned)value.data[at]);
			break;
		}
	}
}

static void
header_8bit(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HEADER_8BIT, "8-bit byte in the header",
	    NULL } };

	FOUND_FACTS(msg, out, told);
}

static void
header_line_end(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_HEADER_BARE_CR, "CR without LF in the header", NULL },
		{ FACT_HEADER_BARE_LF, "LF without CR in the header", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

/* A mailer that folds never writes such a line; gateways and long lists of recipients do. */
static void
header_line_over_998(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HEADER_LONG_LINE, "line too long", "bytes" } };

	FOUND_FACTS(msg, out, told);
}

static void
header_blank_fold(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HEADER_BLANK_FOLD,
	    "continuation line of blanks alone", NULL } };

	FOUND_FACTS(msg, out, told);
}

/* Programs that send a message without a body leave the empty line out now and then. */
static void
header_without_end(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_HEADER_UNTERMINATED,
		"no empty line behind the header", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_UNTERMINATED, fact)))
		if (fact->part <= 0)
			found_fact(out, fact, &told);
}

static void
header_mailbox_line(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_HEADER_MBOX_LINE, "line of a UNIX mailbox on top", NULL },
		{ FACT_HEADER_INTERNET_HEADERS_LINE, "banner of Microsoft Mail Internet Headers",
		    NULL },
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
		{ FIELD_REFERENCES, "References" } };

	for (size_t i = 0; i < sizeof once / sizeof once[0]; i++) {
		const struct field *first = message_field(msg, 0, once[i].id, NULL);
		const struct field *second =
		    first ? message_field(msg, 0, once[i].id, first) : NULL;

		if (second)
			found(out, 0, message_offset(msg, second->whole), second->whole.len,
			    "second %s field", once[i].name);
	}
}

/* Without the originator a reply has nowhere to go; only very old or home-made programs leave it out. */
static void
from_missing(const struct message *msg, struct findings *out)
{
	if (msg->n_parts > 0 && msg->parts[0].n_fields > 0 &&
	    !message_field(msg, 0, FIELD_FROM, NULL))
		found(out, 0, message_offset(msg, msg->parts[0].header), 0, "no From field");
}

static const struct rule rows[] = {
	{ .id = "header-line-without-colon",
	    .family = FAMILY,
	    .says = "A line of the message header has no colon and continues no field.",
	    .cases = "Q166026 Q166562",
	    .rfc = "RFC 5322 section 2.2",
	    .base_rate = 3e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = header_line_without_colon },
	{ .id = "part-header-line-bad",
	    .family = FAMILY,
	    .says = "A line of a body part's header has no colon and continues no field.",
	    .cases = "",
	    .rfc = "RFC 2045 section 3",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = part_header_line_bad },
	{ .id = "header-name-bad",
	    .family = FAMILY,
	    .says = "A field name is empty or holds bytes that it may not.",
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
	{ .id = "identifier-control",
	    .family = FAMILY,
	    .says = "Message-ID, References or In-Reply-To hold a control byte.",
	    .cases = "Q275598 Q287888",
	    .rfc = "RFC 5322 section 3.6.4",
	    .base_rate = 1e-4,
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
	    .says = "The header holds CR or LF alone.",
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
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
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
	    .says = "The header begins with a line of a mail store.",
	    .cases = "",
	    .rfc = "RFC 4155",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .check = header_mailbox_line },
	{ .id = "field-repeated",
	    .family = FAMILY,
	    .says = "A field that may occur once occurs twice.",
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
