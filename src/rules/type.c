/* type.c - rules of the MIME family about Content-Type and its parameters. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "mime"

/* The parameter of the part's Content-Type that holds the file offset, or NULL. */
static const struct param *
param_at(const struct message *msg, const struct fact *fact)
{
	const struct part *part;

	if (fact->part < 0 || (size_t)fact->part >= msg->n_parts)
		return NULL;
	part = &msg->parts[fact->part];
	for (size_t i = 0; i < part->type.n_params; i++) {
		const struct param *param = &part->type.params[i];
		uint64_t start = message_offset(msg, param->whole);

		if (start != OFFSET_NONE && fact->offset >= start &&
		    fact->offset < start + param->whole.len)
			return param;
	}
	return NULL;
}

/* In their places mailers of all lands wrote raw 8-bit names, and unquoted blanks and specials. */
static bool
is_name_param(const struct param *param)
{
	return param && (slice_starts_nocase(param->name, "name") ||
			    slice_starts_nocase(param->name, "filename"));
}

static bool
holds_offset(const struct message *msg, struct slice s, uint64_t offset)
{
	uint64_t start = s.len > 0 ? message_offset(msg, s) : OFFSET_NONE;

	return start != OFFSET_NONE && offset >= start && offset - start < s.len;
}

static bool
in_media_type(const struct message *msg, const struct fact *fact)
{
	const struct typed_value *type;

	if (fact->part < 0 || (size_t)fact->part >= msg->n_parts)
		return false;
	type = &msg->parts[fact->part].type;
	return holds_offset(msg, type->type, fact->offset) ||
	       holds_offset(msg, type->subtype, fact->offset);
}

/* Whether the illegal byte can be no mailer's habit: in the media type itself, a control byte
 * anywhere, or an 8-bit byte outside a name. Specials such as '=' in an unquoted boundary are
 * habits. */
static bool
is_damage(const struct message *msg, const struct fact *fact)
{
	const struct field *field = fact_field(msg, fact);

	if (field && field->id != FIELD_CONTENT_TYPE)
		return false;
	if (fact->value < 0x20 || fact->value == 0x7f || in_media_type(msg, fact))
		return true;
	return fact->value >= 0x80 && !is_name_param(param_at(msg, fact));
}

/* Content-Type is written by the mailer itself, from a fixed list of types: it holds no such
 * byte. */
static void
type_illegal_characters(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TYPE_ILLEGAL_BYTE, fact)))
		if (is_damage(msg, fact))
			found(out, fact->part, fact->offset, fact->len, "byte 0x%02x at \"%s\"",
			    (unsigned)fact->value,
			    found_quote(out, rest_of_line(msg, fact->offset), 24));
}

static void
type_unquoted_special(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TYPE_ILLEGAL_BYTE, fact)))
		if (!is_damage(msg, fact))
			found(out, fact->part, fact->offset, fact->len, "at \"%s\"",
			    found_quote(out, rest_of_line(msg, fact->offset), 24));
}

/* Content-Type with nothing in it; very old mailers wrote "text" alone, but none wrote nothing. */
static void
type_empty(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TYPE_EMPTY, "", NULL, QUOTE_LINE } };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TYPE_EMPTY, fact))) {
		const struct field *field = fact_field(msg, fact);

		if (!field || field->id == FIELD_CONTENT_TYPE)
			found_fact(msg, out, fact, &told[0]);
	}
}

static void
type_malformed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_TYPE_NO_SLASH, "no subtype:", NULL, QUOTE_BYTES },
		{ FACT_TYPE_STRAY_SEPARATOR, "stray separator:", NULL, QUOTE_LINE },
		{ FACT_TYPE_REPEATED, "a second field:", NULL, QUOTE_BYTES },
		{ FACT_ENCODING_REPEATED, "a second field:", NULL, QUOTE_BYTES },
	};

	FOUND_FACTS(msg, out, told);
}

static void
param_malformed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_PARAM_NO_VALUE, "no value:", NULL, QUOTE_BYTES },
		{ FACT_PARAM_UNCLOSED_QUOTE, "quotation mark without its partner:", NULL,
		    QUOTE_LINE },
		{ FACT_PARAM_UNCLOSED_COMMENT, "( without ):", NULL, QUOTE_LINE },
		{ FACT_PARAM_DUPLICATE, "twice:", NULL, QUOTE_BYTES },
		{ FACT_PARAM_2231_BAD, "bad continuation or percent code:", NULL, QUOTE_BYTES },
	};

	FOUND_FACTS(msg, out, told);
}

/* Empty charset and boundary have rules of their own; an empty name= is met now and then. */
static void
param_empty(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_PARAM_EMPTY, "", NULL, QUOTE_BYTES };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_PARAM_EMPTY, fact))) {
		const struct param *param = param_at(msg, fact);

		if (!param || (!slice_eq_nocase(param->name, "charset") &&
				  !slice_eq_nocase(param->name, "boundary")))
			found_fact(msg, out, fact, &told);
	}
}

static const struct rule rows[] = {
	{ .id = "type-illegal-characters",
	    .family = FAMILY,
	    .says = "Content-Type holds a byte that no media type and no parameter may hold.",
	    .cases = "Q304024",
	    .rfc = "RFC 2045 section 5.1",
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = type_illegal_characters },
	{ .id = "type-unquoted-special",
	    .family = FAMILY,
	    .says = "Content-Type holds a character that needs quotes.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 2e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = type_unquoted_special },
	{ .id = "type-empty",
	    .family = FAMILY,
	    .says = "Content-Type names no media type.",
	    .cases = "Q152921 Q182280",
	    .rfc = "RFC 2045 section 5.1",
	    .base_rate = 2e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = type_empty },
	{ .id = "type-malformed",
	    .family = FAMILY,
	    .says = "Content-Type or Content-Transfer-Encoding is malformed or repeated.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 5,
	    .measured_of = 1584,
	    .check = type_malformed },
	{ .id = "param-malformed",
	    .family = FAMILY,
	    .says = "A MIME parameter is malformed or repeated.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = param_malformed },
	{ .id = "param-empty",
	    .family = FAMILY,
	    .says = "A MIME parameter is empty.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = param_empty },
};

const struct family family_type = FAMILY_OF(rows);
