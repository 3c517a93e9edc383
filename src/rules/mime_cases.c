/*
 * mime_cases.c - documented causes that lie in which parts a message has, and in what order.
 *
 * Most are lawful, and many are daily sights: then the measured share leaves them next to no weight.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "mime"

static bool
is_embedded_message(const struct part *part)
{
	return part->kind == PART_MESSAGE;
}

/* RFC 6522 section 3 has text, report and message in this order, and nothing behind them. */
static void
check_report(const struct message *msg, struct findings *out, const struct part *report)
{
	int embedded = -1;
	unsigned n = 0, place = 0;

	for (int at = report->first_child; at >= 0; at = msg->parts[at].next_sibling) {
		n++;
		if (embedded >= 0 || !is_embedded_message(&msg->parts[at]))
			continue;
		embedded = at;
		place = n;
	}
	if (embedded >= 0 && (place != 3 || n != 3))
		found(out, embedded, message_offset(msg, msg->parts[embedded].header), 0,
		    "the message is part %u of %u", place, n);
}

static void
report_parts_order(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_is(&msg->parts[i], "multipart", "report"))
			check_report(msg, out, &msg->parts[i]);
}

/* Whether a line of the part's header is no field; one that the file ends in may be half of one. */
static const struct fact *
bad_line_of(const struct message *msg, int part)
{
	const struct fact *line = NULL;

	while ((line = message_next_fact(msg, FACT_HEADER_NO_COLON, line)))
		if (line->part == part && !line_is_cut(msg, line->offset, line->len))
			return line;
	return NULL;
}

static bool
has_html(const struct message *msg)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (msg->parts[i].message_depth == 0 && part_is(&msg->parts[i], "text", "html"))
			return true;
	return false;
}

/* The source says no more than that the message attached was damaged: what can be seen of that is a
 * header that is none. */
static void
html_with_damaged_message(const struct message *msg, struct findings *out)
{
	const struct fact *line;

	if (!has_html(msg))
		return;
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		line = part->message_depth == 0 && is_embedded_message(part)
			   ? bad_line_of(msg, part->first_child)
			   : NULL;
		if (line)
			found(out, line->part, line->offset, line->len, "\"%s\"",
			    found_quote(out, rest_of_line(msg, line->offset), 40));
	}
}

static bool
is_body_text(const struct part *part)
{
	return part->kind == PART_LEAF && part_is(part, "text", "plain") &&
	       !part_is_attachment(part);
}

/* The second text of each mixed multipart, in embedded messages or outside. */
static void
tell_second_texts(const struct message *msg, struct findings *out, bool embedded)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		unsigned n = 0;

		if (!part_is(part, "multipart", "mixed") || (part->message_depth > 0) != embedded)
			continue;
		for (int at = part->first_child; at >= 0 && n < 2;
		     at = msg->parts[at].next_sibling) {
			n += is_body_text(&msg->parts[at]);
			if (n == 2)
				found_place(out, at, message_offset(msg, msg->parts[at].header), 0);
		}
	}
}

static void
embedded_texts_several(const struct message *msg, struct findings *out)
{
	tell_second_texts(msg, out, true);
}

/* List programs add their footer so. */
static void
texts_several(const struct message *msg, struct findings *out)
{
	tell_second_texts(msg, out, false);
}

/* The text that is the message, or the first part of it. */
static void
text_named(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts && i < 2; i++) {
		const struct param *name = next_param(&msg->parts[i].type, "name", NULL);

		if (name && msg->parts[i].kind == PART_LEAF &&
		    part_is(&msg->parts[i], "text", "plain"))
			found(out, (int)i, message_offset(msg, name->whole), name->whole.len,
			    "\"%s\"", found_quote(out, name->whole, QUOTE_MAX));
	}
}

/* Where one of the tags begins in enriched text; SLICE_NONE: none of them. "<<" stands for a plain
 * "<" (RFC 1896). */
static size_t
find_html(struct slice text)
{
	static const char *const tags[] = { "<html", "<body", "<br>", "<p>", "<font ", "<a href",
		"<table", "<div", "<b>", "<i>", "<img " };
	size_t at = 0;

	while ((at = slice_find(text, at, '<')) != SLICE_NONE) {
		struct slice rest = slice_from(text, at);

		if (slice_starts(rest, "<<")) {
			at += 2;
			continue;
		}
		for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
			if (slice_starts_nocase(rest, tags[i]))
				return at;
		at++;
	}
	return SLICE_NONE;
}

static void
enriched_html(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		size_t at =
		    part_is(part, "text", "enriched") ? find_html(part->decoded) : SLICE_NONE;

		if (at != SLICE_NONE)
			found(out, (int)i, part_file_offset(msg, part, at), 1, "\"%s\"",
			    found_quote(out, slice_cut(part->decoded, at, 8), 8));
	}
}

static void
enriched_angle_brackets(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		size_t at = part_is(part, "text", "enriched")
				? slice_find_str(part->decoded, 0, "<<")
				: SLICE_NONE;

		if (at != SLICE_NONE)
			found(out, (int)i, part_file_offset(msg, part, at), 2, "%s", "");
	}
}

/* Web pages sent as mail have one for each picture. */
static void
content_locations_several(const struct message *msg, struct findings *out)
{
	size_t n = 0;

	for (size_t i = 0; i < msg->n_fields && n < 2; i++) {
		const struct field *field = &msg->fields[i];

		if (field->part <= 0 || !slice_eq_nocase(field->name, "Content-Location"))
			continue;
		n++;
		if (n == 2)
			found_place(
			    out, field->part, message_offset(msg, field->whole), field->whole.len);
	}
}

/* RFC 2046 section 5.1.1 counts the line end before a delimiter as part of the delimiter, so a text
 * without one of its own is what many mailers write. */
static void
text_without_line_end(const struct message *msg, struct findings *out)
{
	for (size_t i = 1; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->kind != PART_LEAF || !part_is(part, "text", NULL) ||
		    part->decoded.len == 0 || slice_ends(part->decoded, "\n") || part->parent < 0 ||
		    msg->parts[part->parent].kind != PART_MULTIPART)
			continue;
		found_place(out, (int)i, offset_after(msg, part->body), 0);
		return;
	}
}

static const struct rule rows[] = {
	{ .id = "report-parts-order",
	    .family = FAMILY,
	    .says = "The parts of a report with a message inside are not in their usual order.",
	    .cases = "Q178338",
	    .rfc = "RFC 6522 section 3",
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = report_parts_order },
	{ .id = "html-with-damaged-message",
	    .family = FAMILY,
	    .says = "A message with HTML carries another whose header is damaged.",
	    .cases = "Q272863",
	    .rfc = "RFC 2046 section 5.2.1",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = html_with_damaged_message },
	{ .id = "embedded-texts-several",
	    .family = FAMILY,
	    .says = "An embedded message has several plain texts.",
	    .cases = "Q176231",
	    .rfc = "RFC 2046 section 5.1.3",
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = embedded_texts_several },
	{ .id = "texts-several",
	    .family = FAMILY,
	    .says = "A message has several plain texts.",
	    .cases = "Q153464 Q183598",
	    .rfc = "RFC 2046 section 5.1.3",
	    .base_rate = 5e-2,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = texts_several },
	{ .id = "text-named",
	    .family = FAMILY,
	    .says = "The text of the message has a file name.",
	    .cases = "Q152915",
	    .rfc = "RFC 2183 section 2.3",
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = text_named },
	{ .id = "enriched-html",
	    .family = FAMILY,
	    .says = "An enriched text holds tags of HTML.",
	    .cases = "Q284990",
	    .rfc = "RFC 1896",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = enriched_html },
	{ .id = "enriched-angle-brackets",
	    .family = FAMILY,
	    .says = "An enriched text holds two opening angle brackets in a row.",
	    .cases = "Q232384",
	    .rfc = "RFC 1896",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = enriched_angle_brackets },
	{ .id = "content-locations-several",
	    .family = FAMILY,
	    .says = "Several parts have a Content-Location.",
	    .cases = "Q196849",
	    .rfc = "RFC 2557 section 4.2",
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = content_locations_several },
	{ .id = "text-without-line-end",
	    .family = FAMILY,
	    .says = "A text part does not end in a line end of its own.",
	    .cases = "Q183481",
	    .rfc = "RFC 2046 section 5.1.1",
	    .base_rate = 3e-1,
	    .measured_hits = 17,
	    .measured_of = 1584,
	    .check = text_without_line_end },
};

const struct family family_mime_cases = FAMILY_OF(rows);
