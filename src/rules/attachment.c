/* attachment.c - rules about the names and kinds of attachments. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "attachment"
#define NAME_LIMIT 246u   /* Q258319 */
#define DOT_NAMES_MAX 64u /* names compared with each other; more of them add nothing */

/* A name in a header of its own field comes first; name= may hold another. Returns how many. */
static size_t
names_of(const struct part *part, struct slice names[2])
{
	const struct param *file = typed_value_param(&part->disposition, "filename");
	const struct param *name = typed_value_param(&part->type, "name");
	size_t n = 0;

	if (file && file->has_equals)
		names[n++] = file->value;
	if (name && name->has_equals)
		names[n++] = name->value;
	return n;
}

/* Windows offers balanced names such as "copy (2).doc"; a bracket alone is left where a gateway cut the name. */
static void
attachment_name_parenthesis(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		struct slice names[2];

		for (size_t k = 0, n = names_of(&msg->parts[i], names); k < n; k++) {
			size_t open = slice_rfind(names[k], '(');

			if (open == SLICE_NONE || slice_find(names[k], open, ')') != SLICE_NONE)
				continue;
			found(out, (int)i, message_offset(msg, slice_from(names[k], open)), 1,
			    "( without ) in the name %s", found_quote(out, names[k], 60));
			break;
		}
	}
}

/* Every attachment has a name of its own, and on Windows none begins with a dot. */
static void
attachments_same_dot_name(const struct message *msg, struct findings *out)
{
	struct slice seen[DOT_NAMES_MAX];
	size_t n_seen = 0;

	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		bool same = false;

		if (!part->has_file_name ||
		    (part->file_name.len > 0 && part->file_name.data[0] != '.'))
			continue;
		for (size_t k = 0; k < n_seen && !same; k++)
			same = slice_same_nocase(seen[k], part->file_name);
		if (same)
			found(out, (int)i, message_offset(msg, part->file_name),
			    part->file_name.len, "second attachment with the name \"%s\"",
			    found_quote(out, part->file_name, 40));
		else if (n_seen < DOT_NAMES_MAX)
			seen[n_seen++] = part->file_name;
	}
}

static bool
is_dbcs_name(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] >= 0x80 || name.data[i] == 0x1b)
			return true;
	return slice_find_str(name, 0, "=?") != SLICE_NONE;
}

/* File systems of the time end a name at 255 characters; one this long in DBCS was not typed. */
static void
attachment_name_over_246(const struct message *msg, struct findings *out)
{
	const struct fact *begin = NULL;

	for (size_t i = 0; i < msg->n_parts; i++) {
		struct slice name = msg->parts[i].file_name;

		if (msg->parts[i].has_file_name && name.len > NAME_LIMIT && is_dbcs_name(name))
			found(out, (int)i, message_offset(msg, name), name.len, "name of %zu bytes",
			    name.len);
	}
	while ((begin = message_next_fact(msg, FACT_UU_BEGIN, begin)))
		if (begin->len > NAME_LIMIT)
			found(out, begin->part, begin->offset, begin->len,
			    "uuencode name of %llu bytes", (unsigned long long)begin->len);
}

static void
attachment_name_control(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		struct slice name = msg->parts[i].file_name;

		for (size_t at = 0; msg->parts[i].has_file_name && at < name.len; at++) {
			if (byte_is_space(name.data[at]) || !byte_is_control(name.data[at]))
				continue;
			found(out, (int)i, message_offset(msg, slice_from(name, at)), 1,
			    "control byte 0x%02x in a name", (unsigned)name.data[at]);
			break;
		}
	}
}

/* Mailers guess the type from the extension, and people rename files. */
static void
attachment_type_disagrees(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_TYPE_DISAGREES,
	    "the data are of another type than declared", NULL } };

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "attachment-name-parenthesis",
	    .family = FAMILY,
	    .says = "An attachment name has an opening parenthesis and no closing one.",
	    .cases = "Q183633",
	    .rfc = "RFC 2183 section 2.3",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_name_parenthesis },
	{ .id = "attachments-same-dot-name",
	    .family = FAMILY,
	    .says = "Two attachments have the same name, empty or beginning with a dot.",
	    .cases = "Q146598",
	    .rfc = "RFC 2183 section 2.3",
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachments_same_dot_name },
	{ .id = "attachment-name-over-246",
	    .family = FAMILY,
	    .says = "An attachment name in a DBCS or encoded form is longer than 246 bytes.",
	    .cases = "Q258319",
	    .rfc = "RFC 2183 section 2.3",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_name_over_246 },
	{ .id = "attachment-name-control",
	    .family = FAMILY,
	    .says = "An attachment name holds a control byte.",
	    .cases = "",
	    .rfc = "RFC 2183 section 2.3",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_name_control },
	{ .id = "attachment-type-disagrees",
	    .family = FAMILY,
	    .says = "The data of an attachment are of another type than it declares.",
	    .cases = "",
	    .rfc = "RFC 2046 section 1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_type_disagrees },
};

const struct family family_attachment = FAMILY_OF(rows);
