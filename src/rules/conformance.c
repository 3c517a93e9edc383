/*
 * conformance.c - rules of the header family about structured fields: comments and quotes,
 * identifiers, the trace.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"

/* Programs write these fields, and programs close what they open. */
static void
structured_field_malformed(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[SYNTAX_UNCLOSED_QUOTE] = "quotation mark without its partner:",
		[SYNTAX_UNCLOSED_COMMENT] = "( without ):",
		[SYNTAX_STRAY_PAREN] = ") without (:",
		[SYNTAX_ILLEGAL_BYTE] = "a character that has no place here:",
		[SYNTAX_EXTRA_TEXT] = "text behind the value:",
	};

	FOUND_BY_VALUE(msg, out, FACT_FIELD_SYNTAX, words, QUOTE_LINE);
}

/* Lawful, and a trap for programs that look for the first ) alone. */
static void
comment_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[SYNTAX_NESTED_COMMENT] = "a comment inside a comment:",
		[SYNTAX_ESCAPED_PAREN] = "an escaped parenthesis in a comment:",
		[SYNTAX_LEADING_COMMENT] = "a comment before the value:",
	};

	FOUND_BY_VALUE(msg, out, FACT_FIELD_SYNTAX, words, QUOTE_LINE);
}

static const char *const id_words[] = {
	[ID_NO_BRACKETS] = "no < > around it:",
	[ID_UNCLOSED] = "< without >:",
	[ID_EMPTY] = "nothing between < and >:",
	[ID_NO_AT] = "no @:",
	[ID_BLANK] = "a blank or line end inside",
	[ID_SEVERAL] = "a second identifier:",
	[ID_TEXT_BESIDE] = "text beside it:",
	[ID_BARE_ADDRESS] = "a numeric address without its brackets:",
	[ID_SHORT] = "very short:",
};

/* Whether the field holds one identifier, made by the program that wrote the message. */
static bool
names_message(const struct message *msg, const struct fact *fact)
{
	const struct field *field = fact_field(msg, fact);

	return field && (field->id == FIELD_MESSAGE_ID || field->id == FIELD_RESENT_MESSAGE_ID ||
			    field->id == FIELD_CONTENT_ID);
}

static void
tell_ids(const struct message *msg, struct findings *out, bool unlawful)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_IDENTIFIER_FORM, fact))) {
		struct told told = { FACT_IDENTIFIER_FORM, id_words[fact->value], NULL,
			fact->value == ID_BLANK ? QUOTE_NOTHING : QUOTE_BYTES };
		bool lawful = fact->value >= ID_BARE_ADDRESS || !names_message(msg, fact);

		if (lawful != unlawful)
			found_in_field(msg, out, fact, &told);
	}
}

static void
identifier_malformed(const struct message *msg, struct findings *out)
{
	tell_ids(msg, out, true);
}

/* RFC 822 section 4.6 allowed phrases in References and In-Reply-To, and readers of the time wrote
 * them; numeric and short identifiers are lawful. */
static void
identifier_odd(const struct message *msg, struct findings *out)
{
	tell_ids(msg, out, false);
}

static void
trace_malformed(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[TRACE_NO_CLAUSE] = "it begins with none of from, by, via, with, id, for:",
		[TRACE_BAD_IP] = "number over 255 in an address:",
		[TRACE_NO_ANGLE] = "no < > around the path:",
		[TRACE_NO_AT] = "no @ in the path:",
		[TRACE_BLANK] = "blank in the path:",
		[TRACE_NOT_NULL] = "a report's path is not empty:",
	};

	FOUND_BY_VALUE(msg, out, FACT_TRACE_FORM, words, QUOTE_BYTES);
}

static const struct rule rows[] = {
	{ .id = "structured-field-malformed",
	    .family = FAMILY,
	    .says = "A structured field breaks its grammar.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = structured_field_malformed },
	{ .id = "comment-odd",
	    .family = FAMILY,
	    .says = "A comment is nested, holds an escaped parenthesis or stands before the value.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.2.2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 4,
	    .measured_of = 1584,
	    .check = comment_odd },
	{ .id = "identifier-malformed",
	    .family = FAMILY,
	    .says = "Message-ID or Content-ID is no identifier.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6.4",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = identifier_malformed },
	{ .id = "identifier-odd",
	    .family = FAMILY,
	    .says =
		"An identifier is short or numeric, or References and In-Reply-To hold other text.",
	    .cases = "",
	    .rfc = "RFC 5322 section 3.6.4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 5e-2,
	    .measured_hits = 81,
	    .measured_of = 1584,
	    .check = identifier_odd },
	{ .id = "trace-malformed",
	    .family = FAMILY,
	    .says = "Received or Return-Path is not what a relay writes.",
	    .cases = "",
	    .rfc = "RFC 5321 section 4.4",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-2,
	    .measured_hits = 44,
	    .measured_of = 1584,
	    .check = trace_malformed },
};

const struct family family_conformance = FAMILY_OF(rows);
