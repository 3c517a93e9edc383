/* field_values.c - rules of the header family about fields of a fixed vocabulary, form or sum. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"

static void
field_value_unknown(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [VALUE_UNKNOWN_WORD] = "" };

	FOUND_BY_VALUE(msg, out, FACT_FIELD_VALUE, words, QUOTE_BYTES);
}

static void
list_field_malformed(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [VALUE_LIST_FORM] = "" };

	FOUND_BY_VALUE(msg, out, FACT_FIELD_VALUE, words, QUOTE_BYTES);
}

static void
news_field_malformed(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [VALUE_NEWS_FORM] = "" };

	FOUND_BY_VALUE(msg, out, FACT_FIELD_VALUE, words, QUOTE_BYTES);
}

/* Gateways that recode a body leave the sum of the old one behind. */
static void
content_md5_wrong(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { "not the sum of this body:", "no MD5 sum at all:" };

	FOUND_BY_VALUE(msg, out, FACT_DIGEST_WRONG, words, QUOTE_BYTES);
}

/* Old mailbox programs counted; whoever edits a message afterwards rarely does. */
static void
content_length_wrong(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_LENGTH_WRONG, fact))) {
		const struct field *field = fact_field(msg, fact);

		if (field)
			found(out, fact->part, fact->offset, fact->len, "%s is %s, counted %llu",
			    found_quote(out, field->name, 20), found_quote(out, field->text, 12),
			    (unsigned long long)fact->value);
	}
}

/* A report whose addresses name no type cannot be read by the sender's program. */
static void
report_type_missing(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_REPORT_TYPE_NONE, "", NULL, QUOTE_BYTES } };

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "field-value-unknown",
	    .family = FAMILY,
	    .says = "Importance, Priority, Sensitivity or Precedence has a value of its own.",
	    .cases = "",
	    .rfc = "RFC 2156",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 4,
	    .measured_of = 1584,
	    .check = field_value_unknown },
	{ .id = "list-field-malformed",
	    .family = FAMILY,
	    .says = "A List- field holds no address between angle brackets.",
	    .cases = "",
	    .rfc = "RFC 2369 section 2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = list_field_malformed },
	{ .id = "news-field-malformed",
	    .family = FAMILY,
	    .says = "Newsgroups, Followup-To, Path or Xref is malformed.",
	    .cases = "",
	    .rfc = "RFC 5536 section 3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = news_field_malformed },
	{ .id = "content-md5-wrong",
	    .family = FAMILY,
	    .says = "Content-MD5 does not agree with the body.",
	    .cases = "",
	    .rfc = "RFC 1864 section 2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = content_md5_wrong },
	{ .id = "content-length-wrong",
	    .family = FAMILY,
	    .says = "Content-Length or Lines does not agree with the body.",
	    .cases = "",
	    .rfc = "RFC 2076",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 4,
	    .measured_of = 1584,
	    .check = content_length_wrong },
	{ .id = "report-type-missing",
	    .family = FAMILY,
	    .says = "A field of a delivery report names no type of address.",
	    .cases = "",
	    .rfc = "RFC 3464 section 2.1.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_type_missing },
};

const struct family family_field_values = FAMILY_OF(rows);
