/* header_place.c - rules of the header family about fields that stand where no header is. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"

/* Whether the line is a field that says what a body is: "Content-Type: text/plain". */
static bool
is_mime_field(struct slice line)
{
	static const char *const names[] = { "MIME-Version:", "Content-Type:",
		"Content-Transfer-Encoding:", "Content-Disposition:" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_starts_nocase(line, names[i]))
			return slice_trim(line).len > slice_str(names[i]).len;
	return false;
}

/* RFC 6522 section 4: a report gives back the header of a message as such a part. */
static bool
may_hold_fields(const struct part *part)
{
	return part->kind != PART_LEAF || part_is(part, "message", NULL) ||
	       part_is(part, "text", "rfc822-headers");
}

/* Something put an empty line into the header: what stands behind it is text for every reader, and
 * its parts are lost. */
static void
fields_in_body(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		uint64_t offset = message_offset(msg, part->body);
		struct slice line;

		if (part->body.len == 0 || may_hold_fields(part))
			continue;
		line = slice_trim(rest_of_line(msg, offset));
		if (is_mime_field(line))
			found(out, (int)i, offset, line.len, "\"%s\"",
			    found_quote(out, line, QUOTE_MAX));
	}
}

static const struct rule rows[] = {
	{ .id = "fields-in-body",
	    .family = FAMILY,
	    .says = "A body begins with fields that belong in its header.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = fields_in_body },
};

const struct family family_header_place = FAMILY_OF(rows);
