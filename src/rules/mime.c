/* mime.c - rules about Content-Type, its parameters, and the shape of MIME messages. */
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

/* Whether the illegal byte can be no mailer's habit: a control byte anywhere, or an 8-bit byte outside a
 * name. Specials such as '=' in an unquoted boundary are habits. */
static bool
is_damage(const struct message *msg, const struct fact *fact)
{
	const struct field *field = fact_field(msg, fact);

	if (field && field->id != FIELD_CONTENT_TYPE)
		return false;
	if (fact->value < 0x20 || fact->value == 0x7f)
		return true;
	return fact->value >= 0x80 && !is_name_param(param_at(msg, fact));
}

/* Content-Type is written by the mailer itself, from a fixed list of types: it holds no such byte. */
static void
type_illegal_characters(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TYPE_ILLEGAL_BYTE, fact)))
		if (is_damage(msg, fact))
			found(out, fact->part, fact->offset, fact->len,
			    "byte 0x%02x in Content-Type", (unsigned)fact->value);
}

static void
type_unquoted_special(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TYPE_ILLEGAL_BYTE, fact)))
		if (!is_damage(msg, fact))
			found(out, fact->part, fact->offset, fact->len, "byte 0x%02x needs quotes",
			    (unsigned)fact->value);
}

/* Content-Type with nothing in it; very old mailers wrote "text" alone, but none wrote nothing. */
static void
type_empty(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TYPE_EMPTY, "no media type", NULL } };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TYPE_EMPTY, fact))) {
		const struct field *field = fact_field(msg, fact);

		if (!field || field->id == FIELD_CONTENT_TYPE)
			found_fact(out, fact, &told[0]);
	}
}

static void
type_malformed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_TYPE_NO_SLASH, "type without a subtype", NULL },
		{ FACT_TYPE_STRAY_SEPARATOR, "stray separator", NULL },
		{ FACT_TYPE_REPEATED, "second Content-Type", NULL },
		{ FACT_ENCODING_REPEATED, "second Content-Transfer-Encoding", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static void
param_malformed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_PARAM_NO_VALUE, "parameter without a value", NULL },
		{ FACT_PARAM_UNCLOSED_QUOTE, "quote that never closes", NULL },
		{ FACT_PARAM_UNCLOSED_COMMENT, "comment that never closes", NULL },
		{ FACT_PARAM_DUPLICATE, "parameter repeated", NULL },
		{ FACT_PARAM_2231_BAD, "bad continuation or percent code", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

/* Empty charset and boundary have rules of their own; an empty name= is met now and then. */
static void
param_empty(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_PARAM_EMPTY, "empty parameter", NULL };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_PARAM_EMPTY, fact))) {
		const struct param *param = param_at(msg, fact);

		if (!param || (!slice_eq_nocase(param->name, "charset") &&
				  !slice_eq_nocase(param->name, "boundary")))
			found_fact(out, fact, &told);
	}
}

static bool
is_code_page_charset(const struct part *part)
{
	return part->has_charset &&
	       (names_dbcs(part->charset) || names_iso2022(part->charset));
}

/* The digest whose header block the part's ancestors lead to, or NULL. */
static const struct part *
digest_above(const struct message *msg, const struct part *part)
{
	for (int up = part->parent; up >= 0; up = msg->parts[up].parent)
		if (part_is(&msg->parts[up], "multipart", "digest"))
			return &msg->parts[up];
	return NULL;
}

/* Digests are made by list programs that take text as it comes, yet few lists mix code pages. */
static void
digest_foreign_charset(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (!is_code_page_charset(part) || part->message_depth == 0 ||
		    !digest_above(msg, part))
			continue;
		found(out, (int)i, message_offset(msg, part->charset), part->charset.len,
		    "message in %s inside a digest", found_quote(out, part->charset, 30));
	}
}

/* RFC 2046 section 5.1 allows a part without fields; inside an alternative no mailer leaves the type out. */
static void
alternative_without_type(const struct message *msg, struct findings *out)
{
	for (size_t i = 1; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->type.field >= 0 || part->parent < 0 || part->body.len == 0)
			continue;
		if (part_is(&msg->parts[part->parent], "multipart", "alternative"))
			found(out, (int)i, message_offset(msg, part->body), 0,
			    "alternative without a Content-Type");
	}
}

static void
multipart_encoded(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_MULTIPART_ENCODED, "encoding on a container",
	    NULL } };

	FOUND_FACTS(msg, out, told);
}

static void
part_incomplete(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_PART_NO_HEADER_END, "header of a part without its empty line", NULL },
		{ FACT_PART_EMPTY, "nothing between two delimiters", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static bool
has_tnef_fault(const struct message *msg)
{
	static const enum fact_kind kinds[] = { FACT_TNEF_BAD_SIGNATURE, FACT_TNEF_EMPTY,
		FACT_TNEF_CUT, FACT_TNEF_BAD_CHECKSUM, FACT_TNEF_BAD_LEVEL, FACT_TNEF_BAD_LENGTH,
		FACT_TNEF_PROPS_BAD };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (fact_met(msg, kinds[i]))
			return true;
	return false;
}

/* A message that calls itself MIME, whose parts do not come out: part headers with lines that are no
 * fields and without an end, or bad part headers beside bad TNEF. Mailers make headers by program. */
static void
mime_unparsable(const struct message *msg, struct findings *out)
{
	const struct fact *line = NULL, *end = NULL;

	while ((line = message_next_fact(msg, FACT_HEADER_NO_COLON, line)) && line->part <= 0)
		;
	if (!line)
		return;
	while (
	    (end = message_next_fact(msg, FACT_PART_NO_HEADER_END, end)) && end->part != line->part)
		;
	if (end)
		found(out, line->part, line->offset, line->len,
		    "bad line in a part's header that has no end");
	else if (has_tnef_fault(msg))
		found(out, line->part, line->offset, line->len,
		    "bad line in a part's header, and bad TNEF");
}

static void
mime_version_missing(const struct message *msg, struct findings *out)
{
	const struct field *type = message_field(msg, 0, FIELD_CONTENT_TYPE, NULL);

	if (type && !message_field(msg, 0, FIELD_MIME_VERSION, NULL))
		found(out, 0, message_offset(msg, type->whole), type->whole.len,
		    "Content-Type without MIME-Version");
}

static const struct rule rows[] = {
	{ .id = "type-illegal-characters",
	    .family = FAMILY,
	    .says = "Content-Type holds a control byte, or an 8-bit byte outside a file name.",
	    .cases = "Q304024",
	    .rfc = "RFC 2045 section 5.1",
	    .base_rate = 5e-5,
	    .check = type_illegal_characters },
	{ .id = "type-unquoted-special",
	    .family = FAMILY,
	    .says = "Content-Type holds a character that needs quotes.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 2e-2,
	    .check = type_unquoted_special },
	{ .id = "type-empty",
	    .family = FAMILY,
	    .says = "Content-Type names no media type.",
	    .cases = "Q152921 Q182280",
	    .rfc = "RFC 2045 section 5.1",
	    .base_rate = 2e-4,
	    .check = type_empty },
	{ .id = "type-malformed",
	    .family = FAMILY,
	    .says = "Content-Type or Content-Transfer-Encoding is malformed or repeated.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .check = type_malformed },
	{ .id = "param-malformed",
	    .family = FAMILY,
	    .says = "A MIME parameter is malformed or repeated.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .check = param_malformed },
	{ .id = "param-empty",
	    .family = FAMILY,
	    .says = "A MIME parameter is empty.",
	    .cases = "",
	    .rfc = "RFC 2045 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .check = param_empty },
	{ .id = "digest-foreign-charset",
	    .family = FAMILY,
	    .says = "A digest holds a message in a character set of another code page.",
	    .cases = "Q157705",
	    .rfc = "RFC 2046 section 5.1.5",
	    .base_rate = 5e-5,
	    .check = digest_foreign_charset },
	{ .id = "alternative-without-type",
	    .family = FAMILY,
	    .says = "An alternative part has no Content-Type.",
	    .cases = "Q187868 Q187921",
	    .rfc = "RFC 2046 section 5.1.4",
	    .base_rate = 5e-4,
	    .check = alternative_without_type },
	{ .id = "multipart-encoded",
	    .family = FAMILY,
	    .says = "A container part carries a transfer encoding.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.4",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .check = multipart_encoded },
	{ .id = "part-incomplete",
	    .family = FAMILY,
	    .says = "A part has no end of header or nothing at all.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .check = part_incomplete },
	{ .id = "mime-unparsable",
	    .family = FAMILY,
	    .says = "The headers of body parts cannot be parsed as MIME.",
	    .cases = "Q168139 Q178344 Q186205",
	    .rfc = "RFC 2045 section 3",
	    .base_rate = 2e-5,
	    .check = mime_unparsable },
	{ .id = "mime-version-missing",
	    .family = FAMILY,
	    .says = "There is a Content-Type but no MIME-Version.",
	    .cases = "",
	    .rfc = "RFC 2045 section 4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .check = mime_version_missing },
};

const struct family family_mime = FAMILY_OF(rows);
