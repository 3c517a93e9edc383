/* mime.c - rules about the shape of MIME messages. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "mime"
#define IS_TEXT 1u /* FACT_HEADER_NO_COLON: text right behind the boundary, a habit of scripts */

static bool
is_code_page_charset(const struct part *part)
{
	return part->has_charset && charset_name_is_dbcs(part->charset);
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
		found(out, (int)i, message_offset(msg, part->charset), part->charset.len, "\"%s\"",
		    found_quote(out, part->charset, 30));
	}
}

/* RFC 2046 section 5.1 allows a part without fields, and some programs do leave the type of the
 * plain text out: a documented cause, but no rare sight. */
static void
alternative_without_type(const struct message *msg, struct findings *out)
{
	for (size_t i = 1; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->type.field >= 0 || part->parent < 0 || part->body.len == 0 ||
		    line_is_cut(msg, message_offset(msg, part->body), part->body.len))
			continue;
		if (part_is(&msg->parts[part->parent], "multipart", "alternative"))
			found_place(out, (int)i, message_offset(msg, part->body), 0);
	}
}

static void
multipart_encoded(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_MULTIPART_ENCODED, "", NULL, QUOTE_BYTES } };

	FOUND_FACTS(msg, out, told);
}

static void
part_incomplete(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_PART_NO_HEADER_END, "no empty line behind its header", NULL },
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

/* Whether the line was a MIME field once: its name is there, its colon is not. */
static bool
was_mime_field(const struct message *msg, const struct fact *line)
{
	struct slice text =
	    slice_cut(msg->file, (size_t)line->offset, line->len < 40 ? line->len : 40);

	return slice_find_nocase(text, 0, "content-") != SLICE_NONE ||
	       slice_find_nocase(text, 0, "content ") != SLICE_NONE;
}

static bool
has_no_header_end(const struct message *msg, int part)
{
	const struct fact *end = NULL;

	while ((end = message_next_fact(msg, FACT_PART_NO_HEADER_END, end)))
		if (end->part == part)
			return true;
	return false;
}

/* A message that calls itself MIME, whose parts do not come out: a MIME field of a part that lost
 * its colon, bad lines in a header without an end, or bad part headers beside bad TNEF. Mailers
 * write them by program. */
static void
mime_unparsable(const struct message *msg, struct findings *out)
{
	const struct fact *line = NULL;

	while ((line = message_next_fact(msg, FACT_HEADER_NO_COLON, line))) {
		if (line->part <= 0 || line_is_cut(msg, line->offset, line->len))
			continue;
		if (was_mime_field(msg, line))
			found(out, line->part, line->offset, line->len,
			    "MIME field without its colon: \"%s\"",
			    found_quote(out, rest_of_line(msg, line->offset), 40));
		else if (line->value != IS_TEXT && has_no_header_end(msg, line->part))
			found(out, line->part, line->offset, line->len,
			    "bad line in a header without an end: \"%s\"",
			    found_quote(out, rest_of_line(msg, line->offset), 40));
		else if (has_tnef_fault(msg))
			found(out, line->part, line->offset, line->len,
			    "bad line beside bad TNEF: \"%s\"",
			    found_quote(out, rest_of_line(msg, line->offset), 40));
	}
}

static void
mime_version_missing(const struct message *msg, struct findings *out)
{
	const struct field *type = message_field(msg, 0, FIELD_CONTENT_TYPE, NULL);

	if (type && !message_field(msg, 0, FIELD_MIME_VERSION, NULL))
		found_place(out, 0, message_offset(msg, type->whole), type->whole.len);
}

static void
mime_version_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [VALUE_VERSION] = "" };

	FOUND_BY_VALUE(msg, out, FACT_FIELD_VALUE, words, QUOTE_BYTES);
}

static void
content_language_malformed(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [VALUE_LANGUAGE_FORM] = "" };

	FOUND_BY_VALUE(msg, out, FACT_FIELD_VALUE, words, QUOTE_BYTES);
}

static const struct rule rows[] = {
	{ .id = "digest-foreign-charset",
	    .family = FAMILY,
	    .says = "A message in a digest is in a character set of another code page.",
	    .cases = "Q157705",
	    .rfc = "RFC 2046 section 5.1.5",
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = digest_foreign_charset },
	{ .id = "alternative-without-type",
	    .family = FAMILY,
	    .says = "An alternative part has no Content-Type.",
	    .cases = "Q187868 Q187921",
	    .rfc = "RFC 2046 section 5.1.4",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = alternative_without_type },
	{ .id = "multipart-encoded",
	    .family = FAMILY,
	    .says = "A part that holds other parts declares a transfer encoding.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.4",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = multipart_encoded },
	{ .id = "part-incomplete",
	    .family = FAMILY,
	    .says = "A part is incomplete.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = part_incomplete },
	{ .id = "mime-unparsable",
	    .family = FAMILY,
	    .says = "The header of a part is so damaged that its MIME type is lost.",
	    .cases = "Q168139 Q178344 Q186205",
	    .rfc = "RFC 2045 section 3",
	    .base_rate = 2e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = mime_unparsable },
	{ .id = "mime-version-missing",
	    .family = FAMILY,
	    .says = "There is a Content-Type but no MIME-Version.",
	    .cases = "",
	    .rfc = "RFC 2045 section 4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 161,
	    .measured_of = 1584,
	    .check = mime_version_missing },
	{ .id = "mime-version-odd",
	    .family = FAMILY,
	    .says = "MIME-Version names another version than 1.0.",
	    .cases = "",
	    .rfc = "RFC 2045 section 4",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = mime_version_odd },
	{ .id = "content-language-malformed",
	    .family = FAMILY,
	    .says = "Content-Language holds something that is no language tag.",
	    .cases = "",
	    .rfc = "RFC 3282 section 2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = content_language_malformed },
};

const struct family family_mime = FAMILY_OF(rows);
