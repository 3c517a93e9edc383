/* type.c - rules of the MIME family about Content-Type and its parameters. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "mime"

/* The parameter that holds the fact's place, or NULL. */
static const struct param *
param_at(const struct message *msg, const struct fact *fact)
{
	const struct part *part;
	const struct typed_value *value;

	if (fact->part < 0 || (size_t)fact->part >= msg->n_parts)
		return NULL;
	part = &msg->parts[fact->part];
	value = fact->field == part->disposition.field ? &part->disposition : &part->type;
	for (size_t i = 0; i < value->n_params; i++) {
		const struct param *param = &value->params[i];
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

static bool
is_in_name(const struct message *msg, const struct fact *fact)
{
	const struct param *param = param_at(msg, fact);

	return param && (param->name.len == 0 || holds_offset(msg, param->name, fact->offset));
}

/* Facts of bytes that are no damage: in the name of a parameter, or in its value. */
static void
tell_special(const struct message *msg, struct findings *out, bool in_name)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TYPE_ILLEGAL_BYTE, fact)))
		if (!is_damage(msg, fact) && is_in_name(msg, fact) == in_name)
			found(out, fact->part, fact->offset, fact->len, "at \"%s\"",
			    found_quote(out, rest_of_line(msg, fact->offset), 24));
}

static void
type_unquoted_special(const struct message *msg, struct findings *out)
{
	tell_special(msg, out, false);
}

/* Programs write the names of parameters, and from a fixed list. */
static void
param_name_bad(const struct message *msg, struct findings *out)
{
	tell_special(msg, out, true);
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

/* RFC 1049 section 3, which MIME took the place of, knew types of one word; "text" was added by
 * mailers. */
static bool
is_old_word(const struct message *msg, const struct fact *fact)
{
	static const char *const words[] = { "text", "postscript", "scribe", "sgml", "tex", "troff",
		"dvi" };
	struct slice word;

	if (fact->offset >= msg->file.len || fact->value != 0)
		return false;
	word = slice_cut(msg->file, (size_t)fact->offset, (size_t)fact->len);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (slice_eq_nocase(word, words[i]))
			return true;
	return slice_starts_nocase(word, "x-");
}

static void
tell_no_subtype(const struct message *msg, struct findings *out, bool old)
{
	static const struct told told = { FACT_TYPE_NO_SLASH, "no subtype:", NULL, QUOTE_BYTES };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TYPE_NO_SLASH, fact)))
		if (is_old_word(msg, fact) == old)
			found_fact(msg, out, fact, &told);
}

static void
type_without_subtype(const struct message *msg, struct findings *out)
{
	tell_no_subtype(msg, out, true);
}

static void
type_malformed(const struct message *msg, struct findings *out)
{
	static const char *const separators[] = {
		[SEPARATOR_EMPTY] = "two separators in a row:",
		[SEPARATOR_NONE] = "no semicolon before",
		[SEPARATOR_COMMA] = "a comma for a semicolon:",
		[SEPARATOR_BEHIND_QUOTE] = "text behind the closing quotation mark:",
		[SEPARATOR_ESCAPED] = "a backslash before the semicolon:",
	};
	static const struct told told[] = {
		{ FACT_TYPE_REPEATED, "a second field:", NULL, QUOTE_BYTES },
		{ FACT_ENCODING_REPEATED, "a second field:", NULL, QUOTE_BYTES },
	};

	tell_no_subtype(msg, out, false);
	FOUND_BY_VALUE(msg, out, FACT_TYPE_STRAY_SEPARATOR, separators, QUOTE_LINE);
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
	};
	static const char *const doubles[] = { "twice:", "twice, with another value:" };
	static const char *const sections[] = {
		[SECTION_PERCENT] = "bad percent code:",
		[SECTION_QUOTED] = "extended value in quotes:",
		[SECTION_NO_CHARSET] = "no charset'language' before its text:",
		[SECTION_GAP] = "the section before it is missing:",
		[SECTION_REPEATED] = "a section twice:",
		[SECTION_NUMBER] = "bad number of a section:",
		[SECTION_TWO_FIELDS] = "goes on from another field:",
	};

	FOUND_FACTS(msg, out, told);
	FOUND_BY_VALUE(msg, out, FACT_PARAM_DUPLICATE, doubles, QUOTE_BYTES);
	FOUND_BY_VALUE(msg, out, FACT_PARAM_2231_BAD, sections, QUOTE_BYTES);
}

/* RFC 2231 allows any order, and readers that know it take the extended form of two; others do
 * not. */
static void
param_sections_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[SECTION_BOTH_FORMS] = "beside the plain parameter:",
		[SECTION_ORDER] = "before the section that it follows:",
		[SECTION_CHARSET] = "unknown character set:",
		[SECTION_LANGUAGE] = "no language tag:",
	};

	FOUND_BY_VALUE(msg, out, FACT_PARAM_2231_ODD, words, QUOTE_BYTES);
}

static void
type_trailing_semicolon(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TYPE_TRAILING_SEMICOLON, "", NULL,
	    QUOTE_NOTHING } };

	FOUND_IN_FIELDS(msg, out, told);
}

/* Lawful, and seldom written: programs that look for the '=' or the '/' alone go wrong. */
static void
type_comment_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[COMMENT_AT_SLASH] = "beside the slash:",
		[COMMENT_BEFORE_EQUALS] = "before the equals sign:",
		[COMMENT_BEHIND_EQUALS] = "behind the equals sign:",
	};

	FOUND_BY_VALUE(msg, out, FACT_TYPE_COMMENT, words, QUOTE_BYTES);
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
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
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
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = type_malformed },
	{ .id = "type-without-subtype",
	    .family = FAMILY,
	    .says = "Content-Type is a single word, as it was before MIME.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 5,
	    .measured_of = 1584,
	    .check = type_without_subtype },
	{ .id = "type-trailing-semicolon",
	    .family = FAMILY,
	    .says = "A MIME field ends in a semicolon with nothing behind it.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 3,
	    .measured_of = 1584,
	    .check = type_trailing_semicolon },
	{ .id = "type-comment-odd",
	    .family = FAMILY,
	    .says = "A comment stands inside a media type or a parameter.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = type_comment_odd },
	{ .id = "param-malformed",
	    .family = FAMILY,
	    .says = "A MIME parameter is malformed or repeated.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = param_malformed },
	{ .id = "param-name-bad",
	    .family = FAMILY,
	    .says = "The name of a MIME parameter holds a character that no name may hold.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = param_name_bad },
	{ .id = "param-sections-odd",
	    .family = FAMILY,
	    .says = "A parameter in sections or in an extended form is lawful but unusual.",
	    .cases = "",
	    .rfc = "RFC 2231 sections 3 and 4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = param_sections_odd },
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
