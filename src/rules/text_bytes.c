/* text_bytes.c - rules of the content family about bytes that do not belong into text. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "content"

/* People paste from terminals and DOS programs; NULs are another rule's. */
static void
text_control(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TEXT_CONTROL, fact)))
		found(out, fact->part, fact->offset, fact->len, "control byte 0x%02x",
		    (unsigned)fact->value);
}

/* Nobody reads this text, and a program that recodes the parts leaves it alone. */
static void
outside_8bit(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[1] = "before the first part:", [2] = "behind the last part:"
	};

	FOUND_BY_VALUE(msg, out, FACT_OUTSIDE_8BIT, words, QUOTE_LINE);
}

/* Editors put the mark on top of a file that they save; no transport does. */
static void
byte_order_mark(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [8] = "that of UTF-8:", [16] = "that of UTF-16:" };

	FOUND_BY_VALUE(msg, out, FACT_BYTE_ORDER_MARK, words, QUOTE_LINE);
}

static const struct rule rows[] = {
	{ .id = "byte-order-mark",
	    .family = FAMILY,
	    .says = "A byte order mark stands before the first field of the header.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = byte_order_mark },
	{ .id = "text-control",
	    .family = FAMILY,
	    .says = "A text holds control characters.",
	    .cases = "",
	    .rfc = "RFC 2046 section 4.1.2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 3,
	    .measured_of = 1584,
	    .check = text_control },
	{ .id = "outside-8bit",
	    .family = FAMILY,
	    .says = "Text with 8-bit bytes stands before or behind the parts of a multipart.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = outside_8bit },
};

const struct family family_text_bytes = FAMILY_OF(rows);
