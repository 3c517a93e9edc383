/* counts.c - rules about documented causes that lie in numbers: of recipients, attachments,
 * columns. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define RCPT_PER_SESSION                                                                           \
	100u /* Q176477, RFC 821 section 4.5.3: more than some hosts take at a time */
#define MANY_RECIPIENTS                                                                            \
	1000u           /* Q159188, Q214640 and Q246051 speak of a large number and name none */
#define LINE_LIMIT 254u /* Q180414 */
#define ATTACHMENTS 3u  /* Q191163 */
#define WRAP_COLUMN 76u /* Q281835 */

static bool
is_recipient_field(enum field_id id)
{
	return id == FIELD_TO || id == FIELD_CC || id == FIELD_BCC;
}

/* Recipients of the envelope; of the header when the file has no envelope. */
static size_t
count_recipients(const struct message *msg)
{
	size_t n = 0;

	if (msg->envelope.kind != ENVELOPE_NONE)
		return msg->envelope.n_rcpt_to;
	for (size_t i = 0; i < msg->n_addresses; i++) {
		int field = msg->addresses[i].field;

		n += field >= 0 && msg->fields[field].part == 0 &&
		     is_recipient_field(msg->fields[field].id);
	}
	return n;
}

static void
found_recipients(const struct message *msg, struct findings *out, size_t limit)
{
	size_t n = count_recipients(msg);

	if (n <= limit)
		return;
	if (msg->envelope.kind != ENVELOPE_NONE)
		found(out, -1, message_offset(msg, msg->envelope.rcpt_to[limit]),
		    msg->envelope.rcpt_to[limit].len, "%zu recipients", n);
	else
		found(out, 0, message_offset(msg, msg->parts[0].header), 0, "%zu recipients", n);
}

static void
recipients_over_100(const struct message *msg, struct findings *out)
{
	found_recipients(msg, out, RCPT_PER_SESSION);
}

/* Lists are expanded behind the connector; so many names come from an address book sent whole. */
static void
recipients_over_1000(const struct message *msg, struct findings *out)
{
	found_recipients(msg, out, MANY_RECIPIENTS);
}

/* The first line over the limit as place in the value, its length in *len; SLICE_NONE when there is
 * none. */
static size_t
find_long_line(struct slice whole, size_t limit, size_t *len)
{
	for (size_t at = 0; at < whole.len;) {
		size_t end = slice_find(whole, at, '\n');
		struct slice line = slice_cut(whole, at, end == SLICE_NONE ? SLICE_NONE : end - at);

		*len = line.len - slice_ends(line, "\r");
		if (*len > limit)
			return at;
		at += line.len + 1;
	}
	return SLICE_NONE;
}

/* RFC 5322 section 2.1.1 asks for 78 and allows 998. */
static void
recipient_line_over_254(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_fields; i++) {
		const struct field *field = &msg->fields[i];
		size_t len, at;

		if (field->part != 0 || field->id != FIELD_TO)
			continue;
		at = find_long_line(field->whole, LINE_LIMIT, &len);
		if (at != SLICE_NONE)
			found(
			    out, 0, message_offset(msg, field->whole) + at, len, "%zu bytes", len);
	}
}

static void
attachments_three(const struct message *msg, struct findings *out)
{
	size_t n = 0, third = 0;

	for (size_t i = 0; i < msg->n_parts; i++) {
		n += msg->parts[i].kind == PART_LEAF && part_is_attachment(&msg->parts[i]);
		if (n == ATTACHMENTS && third == 0)
			third = i;
	}
	if (n >= ATTACHMENTS)
		found(out, (int)third, message_offset(msg, msg->parts[third].header), 0,
		    "%zu attachments", n);
}

/* Programs that write a paragraph as one line get here; RFC 5321 section 4.5.3.1.6 ends it at 998.
 * */
static void
body_line_over_998(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_BODY_LONG_LINE, "", "bytes" } };

	FOUND_FACTS(msg, out, told);
}

static bool
is_url_byte(unsigned char byte)
{
	return byte > ' ' && byte < 0x7f && byte != '<' && byte != '>' && byte != '"';
}

/* Whether a web address runs through the last byte of the line. */
static bool
ends_in_url(struct slice line)
{
	size_t at = line.len;

	while (at > 0 && is_url_byte(line.data[at - 1]))
		at--;
	return slice_find_str(slice_from(line, at), 0, "://") != SLICE_NONE;
}

/* Place of the line behind a web address that was broken at the column, or SLICE_NONE. */
static size_t
find_broken_url(struct slice text)
{
	for (size_t at = 0; at < text.len;) {
		size_t end = slice_find(text, at, '\n');
		struct slice line = slice_cut(text, at, end == SLICE_NONE ? SLICE_NONE : end - at);

		at += line.len + 1;
		line.len -= slice_ends(line, "\r");
		if (line.len == WRAP_COLUMN && ends_in_url(line) && at < text.len &&
		    is_url_byte(text.data[at]))
			return at;
	}
	return SLICE_NONE;
}

/* Mailers break lines at blanks, and an address has none. */
static void
url_broken_76(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		size_t at = part->kind == PART_LEAF && part_is(part, "text", "plain")
				? find_broken_url(part->decoded)
				: SLICE_NONE;

		struct slice rest;

		if (at == SLICE_NONE)
			continue;
		rest = slice_cut(part->decoded, at, 20);
		rest = slice_trim(slice_cut(rest, 0, slice_find(rest, 0, '\n')));
		found(out, (int)i, part_file_offset(msg, part, at), rest.len, "goes on with \"%s\"",
		    found_quote(out, rest, 20));
	}
}

static const struct rule recipients[] = {
	{ .id = "recipients-over-100",
	    .family = "recipients",
	    .says = "There are more than 100 recipients.",
	    .cases = "Q176477",
	    .rfc = "RFC 821 section 4.5.3",
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = recipients_over_100 },
	{ .id = "recipients-over-1000",
	    .family = "recipients",
	    .says = "There are more than 1,000 recipients.",
	    .cases = "Q159188 Q214640 Q246051",
	    .rfc = "RFC 821 section 4.5.3",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .broader = true,
	    .check = recipients_over_1000 },
};

static const struct rule limits[] = {
	{ .id = "recipient-line-over-254",
	    .family = "limits",
	    .says = "A line of To is longer than 254 bytes.",
	    .cases = "Q180414",
	    .rfc = "RFC 5322 section 2.1.1",
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = recipient_line_over_254 },
	{ .id = "attachments-three",
	    .family = "limits",
	    .says = "There are three attachments or more.",
	    .cases = "Q191163",
	    .rfc = "",
	    .base_rate = 3e-2,
	    .measured_hits = 3,
	    .measured_of = 1584,
	    .check = attachments_three },
	{ .id = "body-line-over-998",
	    .family = "limits",
	    .says = "A line of the body is longer than 998 bytes.",
	    .cases = "Q176396",
	    .rfc = "RFC 5322 section 2.1.1",
	    .base_rate = 1e-2,
	    .measured_hits = 3,
	    .measured_of = 1584,
	    .check = body_line_over_998 },
	{ .id = "url-broken-76",
	    .family = "limits",
	    .says = "A web address is broken after 76 columns.",
	    .cases = "Q281835",
	    .rfc = "",
	    .base_rate = 1e-2,
	    .measured_hits = 10,
	    .measured_of = 1584,
	    .check = url_broken_76 },
};

const struct family family_recipient_counts = FAMILY_OF(recipients);
const struct family family_counts = FAMILY_OF(limits);
