/* type_values.c - rules about the values in Content-Type and Content-Disposition. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "mime"

/* RFC 6838 section 4.2, RFC 8081 and RFC 9695; chemical/ is an old habit of its trade. */
static bool
is_top_level(struct slice type)
{
	static const char *const known[] = { "text", "multipart", "application", "image", "message",
		"audio", "video", "model", "font", "haptics", "example", "chemical" };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (slice_eq_nocase(type, known[i]))
			return true;
	return slice_starts_nocase(type, "x-");
}

struct misspelling {
	const char *type, *wrong;
};

/* What people write for application/octet-stream, and for the types that most mail has. */
static const struct misspelling misspellings[] = {
	{ "application", "octet-string" },
	{ "application", "octetstream" },
	{ "application", "octect-stream" },
	{ "application", "octed-stream" },
	{ "application", "octet" },
	{ "application", "octets" },
	{ "application", "octet_stream" },
	{ "application", "oct-stream" },
	{ "text", "plan" },
	{ "text", "plian" },
	{ "text", "plane" },
	{ "text", "htm" },
	{ "text", "hmtl" },
	{ "text", "txt" },
	{ "text", "text" },
	{ "multipart", "mix" },
	{ "multipart", "mixd" },
	{ "multipart", "alternate" },
	{ "multipart", "alternatives" },
	{ "multipart", "alternativ" },
	{ "multipart", "relative" },
	{ "message", "rfc-822" },
	{ "message", "rfc8222" },
	{ "message", "rcf822" },
};

static bool
is_misspelt(const struct typed_value *value)
{
	for (size_t i = 0; i < sizeof misspellings / sizeof misspellings[0]; i++)
		if (slice_eq_nocase(value->type, misspellings[i].type) &&
		    slice_eq_nocase(value->subtype, misspellings[i].wrong))
			return true;
	return false;
}

/* What is a type at all: bytes that no token holds are told by type-illegal-characters. */
static bool
is_token(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!byte_is_token(word.data[i]))
			return false;
	return word.len > 0;
}

static void
type_unknown(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct typed_value *value = &msg->parts[i].type;

		if (value->field < 0 || !is_token(value->type) || !is_token(value->subtype))
			continue;
		if (!is_top_level(value->type))
			found(out, (int)i, message_offset(msg, value->type), value->type.len,
			    "nobody registered \"%s\"", found_quote(out, value->type, 40));
		else if (is_misspelt(value))
			found(out, (int)i, message_offset(msg, value->subtype), value->subtype.len,
			    "misspelt: \"%s\"", found_quote(out, value->subtype, 40));
	}
}

/* RFC 3676 section 4: format is "flowed" or "fixed", delsp "yes" or "no", and both are of text/plain
 * alone. */
static void
text_format_odd(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		const struct param *format = typed_value_param(&part->type, "format");
		const struct param *delsp = typed_value_param(&part->type, "delsp");

		if (!part_is(part, "text", NULL))
			continue;
		if (format && !slice_eq_nocase(format->value, "flowed") &&
		    !slice_eq_nocase(format->value, "fixed"))
			found_param(msg, out, i, "neither flowed nor fixed:", format);
		else if (format && !part_is(part, "text", "plain"))
			found_param(msg, out, i, "not of plain text:", format);
		if (delsp && !slice_eq_nocase(delsp->value, "yes") &&
		    !slice_eq_nocase(delsp->value, "no"))
			found_param(msg, out, i, "neither yes nor no:", delsp);
	}
}

/* RFC 2183 section 2, and what was registered later by section 9. */
static bool
is_disposition(struct slice type)
{
	static const char *const known[] = { "inline", "attachment", "form-data", "signal", "alert",
		"icon", "render", "recipient-list-history", "session", "aib", "early-session",
		"recipient-list", "notification", "by-reference", "info-package",
		"recording-session", "reaction" };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (slice_eq_nocase(type, known[i]))
			return true;
	return slice_starts_nocase(type, "x-");
}

static bool
is_number(struct slice value)
{
	for (size_t i = 0; i < value.len; i++)
		if (!byte_is_digit(value.data[i]))
			return false;
	return value.len > 0;
}

static void
check_disposition(const struct message *msg, struct findings *out, size_t index)
{
	const struct typed_value *value = &msg->parts[index].disposition;
	const struct param *boundary = typed_value_param(value, "boundary");
	const struct param *size = typed_value_param(value, "size");
	const struct field *field = &msg->fields[value->field];

	if (value->type.len == 0)
		found(out, (int)index, message_offset(msg, field->whole), field->whole.len,
		    "names none: \"%s\"", found_quote(out, field->whole, QUOTE_MAX));
	else if (!is_disposition(value->type))
		found(out, (int)index, message_offset(msg, value->type), value->type.len,
		    "unknown: \"%s\"", found_quote(out, value->type, 40));
	if (boundary)
		found_param(msg, out, index, "a boundary does not belong here:", boundary);
	if (size && !is_number(size->value))
		found_param(msg, out, index, "no number:", size);
}

static void
disposition_malformed(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (msg->parts[i].disposition.field >= 0)
			check_disposition(msg, out, i);
}

static bool
is_disposition_param(struct slice name)
{
	static const char *const known[] = { "filename", "creation-date", "modification-date",
		"read-date", "size", "name", "voice", "handling", "preview-type", "boundary" };

	name = slice_cut(name, 0, slice_find(name, 0, '*'));
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (slice_eq_nocase(name, known[i]))
			return true;
	return slice_starts_nocase(name, "x-");
}

/* RFC 2183 section 2.8 has readers ignore what they do not know, so this is no fault. */
static void
disposition_param_unknown(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct typed_value *value = &msg->parts[i].disposition;

		for (size_t k = 0; k < value->n_params; k++) {
			if (!value->params[k].has_equals ||
			    is_disposition_param(value->params[k].name))
				continue;
			found(out, (int)i, message_offset(msg, value->params[k].whole),
			    value->params[k].whole.len, "\"%s\"",
			    found_quote(out, value->params[k].whole, QUOTE_MAX));
			break;
		}
	}
}

static const struct rule rows[] = {
	{ .id = "type-unknown",
	    .family = FAMILY,
	    .says = "A media type has no registered top-level type, or is misspelt.",
	    .cases = "",
	    .rfc = "RFC 6838 section 4.2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = type_unknown },
	{ .id = "text-format-odd",
	    .family = FAMILY,
	    .says = "The format of a text is not one that RFC 3676 knows.",
	    .cases = "",
	    .rfc = "RFC 3676 section 4",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = text_format_odd },
	{ .id = "disposition-malformed",
	    .family = FAMILY,
	    .says = "Content-Disposition names no known disposition, or has a wrong parameter.",
	    .cases = "",
	    .rfc = "RFC 2183 section 2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = disposition_malformed },
	{ .id = "disposition-param-unknown",
	    .family = FAMILY,
	    .says = "Content-Disposition has a parameter that nobody registered.",
	    .cases = "",
	    .rfc = "RFC 2183 section 2.8",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = disposition_param_unknown },
};

const struct family family_type_values = FAMILY_OF(rows);
