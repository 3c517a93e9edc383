/* attachment.c - rules about the names and kinds of attachments. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "attachment"
#define NAME_LIMIT 246u   /* Q258319 */
#define DOT_NAMES_MAX 64u /* names compared with each other; more of them add nothing */

/* Whether the last parenthesis of a name is left open. */
static bool
is_left_open(struct slice name)
{
	bool open = false;

	for (size_t i = 0; i < name.len; i++)
		open = name.data[i] == '(' || (open && name.data[i] != ')');
	return open;
}

/* The parenthesis, else the parameter that it is encoded in. */
static struct slice
place_of_open(const struct part *part)
{
	size_t at = slice_rfind(part->name_place, '(');

	return at == SLICE_NONE ? part->name_place : slice_cut(part->name_place, at, 1);
}

/* Windows offers balanced names such as "copy (2).doc"; a bracket alone is left where a gateway cut
 * the name. Names are looked at as they are meant: "%28" and an encoded word hide nothing. */
static void
attachment_name_parenthesis(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		struct slice where;

		if (!part->has_file_name || !is_left_open(part->file_text))
			continue;
		where = place_of_open(part);
		found(out, (int)i, message_offset(msg, where), where.len, "\"%s\"",
		    found_quote(out, part->file_text, QUOTE_MAX));
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
			    part->file_name.len, "\"%s\" for the second time",
			    found_quote(out, part->file_name, 40));
		else if (n_seen < DOT_NAMES_MAX)
			seen[n_seen++] = part->file_name;
	}
}

/* Bytes of the text of the encoded word "=?charset?e?text?=" at `at`, which is moved behind it; 0:
 * there is none, or it is in no DBCS character set. */
static size_t
word_bytes(struct slice name, size_t *at)
{
	size_t mark = slice_find(name, *at + 2, '?'), end, escapes = 0;
	struct slice charset, text;
	bool quoted;

	end = mark == SLICE_NONE ? mark : slice_find(name, mark + 3, '?');
	if (end == SLICE_NONE)
		return 0;
	charset = slice_cut(name, *at + 2, mark - *at - 2);
	text = slice_cut(name, mark + 3, end - mark - 3);
	quoted = byte_lower(name.data[mark + 1]) == 'q';
	*at = end + 1;
	if (!charset_name_is_dbcs(charset))
		return 0;
	for (size_t i = 0; quoted && i < text.len; i++)
		escapes += text.data[i] == '=';
	return quoted ? text.len - (text.len < 2 * escapes ? 0 : 2 * escapes) : text.len / 4 * 3;
}

/* Bytes of the name when it is in DBCS: raw, or in encoded words; else 0. */
static size_t
dbcs_name_bytes(struct slice name)
{
	size_t bytes = 0;

	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] >= 0x80 || name.data[i] == 0x1b)
			return name.len;
	for (size_t at = 0; at + 1 < name.len; at++)
		if (name.data[at] == '=' && name.data[at + 1] == '?')
			bytes += word_bytes(name, &at);
	return bytes;
}

static void
told_long_name(struct findings *out, int part, uint64_t offset, struct slice name)
{
	size_t bytes = name.len > NAME_LIMIT ? dbcs_name_bytes(name) : 0;

	if (bytes > NAME_LIMIT)
		found(out, part, offset, name.len, "%zu bytes", bytes);
}

/* File systems of the time end a name at 255 characters; one this long in DBCS was not typed. The
 * store loops when it writes such a name for uuencode, however the name came in. */
static void
attachment_name_over_246(const struct message *msg, struct findings *out)
{
	const struct fact *begin = NULL;

	for (size_t i = 0; i < msg->n_parts; i++)
		if (msg->parts[i].has_file_name)
			told_long_name(out, (int)i, message_offset(msg, msg->parts[i].file_name),
			    msg->parts[i].file_name);
	while ((begin = message_next_fact(msg, FACT_UU_BEGIN, begin)))
		if (begin->offset != OFFSET_NONE)
			told_long_name(out, begin->part, begin->offset,
			    slice_cut(msg->file, (size_t)begin->offset, (size_t)begin->len));
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
			    "byte 0x%02x in \"%s\"", (unsigned)name.data[at],
			    found_quote(out, name, 30));
			break;
		}
	}
}

/* Mailers guess the type from the extension, and people rename files. */
static void
attachment_type_disagrees(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_TYPE_DISAGREES, fact))) {
		const char *name = filetype_name(fact->value);

		found(out, fact->part, fact->offset, fact->len, "they begin like %s",
		    name ? name : "another kind of file");
	}
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
	    .says = "An attachment name in a double-byte character set is longer than 246 bytes.",
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
	    .says = "The data of an attachment are not of the type that it declares.",
	    .cases = "",
	    .rfc = "RFC 2046 section 1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = attachment_type_disagrees },
};

const struct family family_attachment = FAMILY_OF(rows);
