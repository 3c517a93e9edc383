/*
 * mime_parts.c - rules about what a type demands of its parameters and of the parts inside: reports,
 * signed, encrypted and related multiparts, message/ types.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "mime"

/* The n-th child (from 0), or NULL. */
static const struct part *
child_of(const struct message *msg, const struct part *part, unsigned n)
{
	int at = part->first_child;

	while (at >= 0 && n-- > 0)
		at = msg->parts[at].next_sibling;
	return at < 0 ? NULL : &msg->parts[at];
}

static void
tell_field(const struct message *msg, struct findings *out, size_t part, const char *words)
{
	const struct slice whole = msg->fields[msg->parts[part].type.field].whole;

	found(out, (int)part, message_offset(msg, whole), whole.len, "%s", words);
}

/* Whether the part is of the type that "type/subtype" names; one without a field is text/plain. */
static bool
is_of_type(const struct part *part, struct slice name)
{
	struct slice type = part->type.type, subtype = part->type.subtype;
	size_t slash = slice_find(name, 0, '/');

	if (part->type.field < 0)
		return slice_eq_nocase(
		    name, part->digest_default ? "message/rfc822" : "text/plain");
	return slash != SLICE_NONE &&
	       slice_same_nocase(slice_trim(slice_cut(name, 0, slash)), type) &&
	       slice_same_nocase(slice_trim(slice_from(name, slash + 1)), subtype);
}

/* RFC 6522 section 3: report-type is the subtype of the second part. */
static void
check_report(const struct message *msg, struct findings *out, size_t index)
{
	const struct part *part = &msg->parts[index], *second = child_of(msg, part, 1);
	const struct param *type = next_param(&part->type, "report-type", NULL);
	struct slice subtype = second ? second->type.subtype : slice_of(NULL, 0);

	/* RFC 6533: the same reports with addresses in UTF-8. */
	if (slice_starts_nocase(subtype, "global-"))
		subtype = slice_from(subtype, 7);
	if (!type)
		tell_field(msg, out, index, "no report-type");
	else if (second && !slice_same_nocase(slice_trim(type->value), subtype))
		found_param(msg, out, index, "the second part is of another type:", type);
}

/* RFC 1847 sections 2.1 and 2.2: protocol is the type of the part with the control information. */
static void
check_protocol(const struct message *msg, struct findings *out, size_t index, unsigned control)
{
	const struct part *part = &msg->parts[index], *child = child_of(msg, part, control);
	const struct param *protocol = next_param(&part->type, "protocol", NULL);

	if (!protocol)
		tell_field(msg, out, index, "no protocol");
	else if (child && !is_of_type(child, protocol->value))
		found_param(msg, out, index,
		    control ? "the second part is of another type:"
			    : "the first part is of another type:",
		    protocol);
	if (control && !next_param(&part->type, "micalg", NULL))
		tell_field(msg, out, index, "no micalg");
}

/* RFC 2387 section 3.1: type is that of the root, the first part where no start names another. */
static void
check_related(const struct message *msg, struct findings *out, size_t index)
{
	const struct part *part = &msg->parts[index], *root = child_of(msg, part, 0);
	const struct param *type = next_param(&part->type, "type", NULL);

	if (type && root && !next_param(&part->type, "start", NULL) &&
	    !is_of_type(root, type->value))
		found_param(msg, out, index, "the first part is of another type:", type);
}

static void
multipart_parameter_wrong(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part_is(part, "multipart", "report"))
			check_report(msg, out, i);
		else if (part_is(part, "multipart", "signed"))
			check_protocol(msg, out, i, 1);
		else if (part_is(part, "multipart", "encrypted"))
			check_protocol(msg, out, i, 0);
		else if (part_is(part, "multipart", "related"))
			check_related(msg, out, i);
	}
}

/* RFC 2387 demands it, and half of the mailers leave it out. */
static void
related_without_type(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_is(&msg->parts[i], "multipart", "related") &&
		    !next_param(&msg->parts[i].type, "type", NULL))
			tell_field(msg, out, i, "");
}

struct access_type {
	const char *name;
	const char *needs[2];
};

/* RFC 2046 sections 5.2.3.2 to 5.2.3.5, RFC 2017 section 3. */
static const struct access_type access_types[] = {
	{ "ftp", { "name", "site" } },
	{ "anon-ftp", { "name", "site" } },
	{ "tftp", { "name", "site" } },
	{ "local-file", { "name" } },
	{ "mail-server", { "server" } },
	{ "url", { "url" } },
};

static void
check_access(
    const struct message *msg, struct findings *out, size_t index, const struct access_type *type)
{
	for (size_t i = 0; i < 2 && type->needs[i]; i++)
		if (!next_param(&msg->parts[index].type, type->needs[i], NULL))
			found(out, (int)index,
			    message_offset(msg, msg->fields[msg->parts[index].type.field].whole),
			    msg->fields[msg->parts[index].type.field].whole.len, "no %s for %s",
			    type->needs[i], type->name);
}

/* The header of the body that lies elsewhere: RFC 2046 section 5.2.3 has a Content-ID in it. */
static bool
has_content_id(struct slice body)
{
	static const char name[] = "content-id:";
	struct slice header = slice_cut(body, 0, slice_find_str(body, 0, "\r\n\r\n"));
	size_t at = 0;

	if (slice_starts_nocase(header, name))
		return true;
	while ((at = slice_find(header, at, '\n')) != SLICE_NONE)
		if (slice_starts_nocase(slice_from(header, ++at), name))
			return true;
	return false;
}

static void
check_external(const struct message *msg, struct findings *out, size_t index)
{
	const struct part *part = &msg->parts[index];
	const struct param *access = next_param(&part->type, "access-type", NULL);

	if (!access)
		tell_field(msg, out, index, "no access-type");
	for (size_t i = 0; access && i < sizeof access_types / sizeof access_types[0]; i++)
		if (slice_eq_nocase(access->value, access_types[i].name))
			check_access(msg, out, index, &access_types[i]);
	if (!has_content_id(part->body))
		tell_field(msg, out, index, "no Content-ID in the header inside");
}

/* The source tells of a part of this kind whose conversion fails, and of no more. */
static void
external_body_malformed(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_is(&msg->parts[i], "message", "external-body"))
			check_external(msg, out, i);
}

/* The number of a fragment: 0 for anything that is none from 1 to 999,999. */
static unsigned
number_of(const struct param *param)
{
	struct slice text = slice_trim(param->value);
	unsigned number = 0;

	if (text.len > 6)
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		if (!byte_is_digit(text.data[i]))
			return 0;
		number = number * 10 + text.data[i] - '0';
	}
	return number;
}

static void
check_partial(const struct message *msg, struct findings *out, size_t index)
{
	const struct typed_value *type = &msg->parts[index].type;
	const struct param *number = typed_value_param(type, "number");
	const struct param *total = typed_value_param(type, "total");

	if (!next_param(type, "id", NULL))
		tell_field(msg, out, index, "no id");
	if (!number)
		tell_field(msg, out, index, "no number");
	else if (number_of(number) == 0)
		found_param(msg, out, index, "no number of a fragment:", number);
	if (total && number_of(total) == 0)
		found_param(msg, out, index, "no number of fragments:", total);
	else if (total && number && number_of(number) > number_of(total))
		found_param(msg, out, index, "less than its number:", total);
}

static void
partial_malformed(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_is(&msg->parts[i], "message", "partial"))
			check_partial(msg, out, i);
}

/* RFC 2046 section 5.2.1: one of From, Subject and Date must be there. */
static void
inner_message_bare(const struct message *msg, struct findings *out)
{
	static const enum field_id ids[] = { FIELD_FROM, FIELD_SUBJECT, FIELD_DATE };

	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		bool has =
		    part->first_child < 0 || part->kind != PART_MESSAGE || part_runs_out(msg, part);

		for (size_t k = 0; k < sizeof ids / sizeof ids[0] && !has; k++)
			has = message_field(msg, part->first_child, ids[k], NULL);
		if (!has)
			found_place(out, (int)i, message_offset(msg, part->body), 0);
	}
}

static const struct rule rows[] = {
	{ .id = "multipart-parameter-wrong",
	    .family = FAMILY,
	    .says = "A multipart lacks a parameter, or its parts are not what the parameter says.",
	    .cases = "",
	    .rfc = "RFC 6522 section 3, RFC 1847 section 2, RFC 2387 section 3.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = multipart_parameter_wrong },
	{ .id = "related-without-type",
	    .family = FAMILY,
	    .says = "A related multipart does not name the type of its root.",
	    .cases = "",
	    .rfc = "RFC 2387 section 3.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = related_without_type },
	{ .id = "external-body-malformed",
	    .family = FAMILY,
	    .says = "A reference to a body elsewhere lacks what is needed to find it.",
	    .cases = "Q289865",
	    .rfc = "RFC 2046 section 5.2.3",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = external_body_malformed,
	    .broader = true },
	{ .id = "partial-malformed",
	    .family = FAMILY,
	    .says = "A fragment of a message does not say which one it is.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.2.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = partial_malformed },
	{ .id = "inner-message-bare",
	    .family = FAMILY,
	    .says = "A message inside another has none of From, Subject and Date.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.2.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = inner_message_bare },
};

const struct family family_mime_parts = FAMILY_OF(rows);
