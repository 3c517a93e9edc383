/* html.c - rules of the content family about HTML, its links and fonts, and about empty bodies. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "content"

/* Browsers pass over the blank; programs that build pages from a list leave one now and then. */
static void
html_link_blank(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_HTML_HREF_BLANK, "", "bytes of white space" } };

	FOUND_FACTS(msg, out, told);
}

/* A home directory without a name in front of it and behind it leads nowhere. */
static void
url_hollow(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_URL_HOLLOW, "", NULL, QUOTE_BYTES } };

	FOUND_FACTS(msg, out, told);
}

/* Editors of the time wrap FONT in FONT all day long, so this says next to nothing. */
static void
html_font_overlap(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { NULL, "opened inside another",
		"crosses another element" };

	FOUND_BY_VALUE(msg, out, FACT_HTML_FONT_OVERLAP, words, QUOTE_BYTES);
}

static void
font_name_damaged(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { NULL, "longer than 31 bytes", "a control byte in it",
		"its quotation mark is not closed" };

	FOUND_BY_VALUE(msg, out, FACT_FONT_NAME, words, QUOTE_BYTES);
}

/* Mailers close what they open; a page that stops inside a tag has lost its end. */
static void
html_cut(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { NULL, "a tag", "a comment" };

	FOUND_BY_VALUE(msg, out, FACT_HTML_CUT, words, QUOTE_LINE);
}

/* Rich text with a link, written out as HTML, is all that is left of the documented trigger. */
static void
html_link_dbcs(const struct message *msg, struct findings *out)
{
	const struct fact *link = NULL;

	if (!is_out_queue(msg))
		return;
	while ((link = message_next_fact(msg, FACT_HTML_LINK, link))) {
		const struct part *part = &msg->parts[link->part];

		if (charset_name_is_dbcs(part->charset))
			found(out, link->part, link->offset, link->len, "in %s",
			    found_quote(out, part->charset, 24));
	}
}

/* People send a file and write nothing, scanners do little else. A file that has lost its body is
 * told by the rules of damage. */
static void
body_empty(const struct message *msg, struct findings *out)
{
	const struct part *body = msg->n_parts ? &msg->parts[0] : NULL;

	if (fact_met(msg, FACT_FILE_EMPTY) || fact_met(msg, FACT_NUL_WHOLE) ||
	    fact_met(msg, FACT_HEADER_UNTERMINATED))
		return;
	while (body && body->kind == PART_MULTIPART && body->first_child >= 0)
		body = &msg->parts[body->first_child];
	if (!body || body->kind != PART_LEAF || !part_is(body, "text", NULL) ||
	    body->body.data == NULL || slice_trim(body->decoded).len > 0)
		return;
	found_place(out, (int)(body - msg->parts), message_offset(msg, body->body), body->body.len);
}

static const struct rule rows[] = {
	{ .id = "html-link-blank",
	    .family = FAMILY,
	    .says = "The address of a link in HTML begins with white space.",
	    .cases = "Q194337",
	    .rfc = "",
	    .base_rate = 3e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = html_link_blank },
	{ .id = "url-hollow",
	    .family = FAMILY,
	    .says = "A web address holds nothing but punctuation with a tilde in it.",
	    .cases = "Q173457",
	    .rfc = "",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = url_hollow },
	{ .id = "html-font-overlap",
	    .family = FAMILY,
	    .says = "FONT elements that name several fonts overlap.",
	    .cases = "Q183615",
	    .rfc = "",
	    .base_rate = 6e-2,
	    .measured_hits = 59,
	    .measured_of = 1584,
	    .check = html_font_overlap,
	    .broader = true },
	{ .id = "font-name-damaged",
	    .family = FAMILY,
	    .says = "The name of a font, in HTML or rich text, is damaged.",
	    .cases = "KB814651",
	    .rfc = "",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = font_name_damaged },
	{ .id = "html-cut",
	    .family = FAMILY,
	    .says = "An HTML body stops inside a tag or a comment.",
	    .cases = "Q182479 Q230769",
	    .rfc = "",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = html_cut,
	    .broader = true },
	{ .id = "html-link-dbcs",
	    .family = FAMILY,
	    .says = "An outbound HTML body in a double-byte character set holds a link.",
	    .cases = "Q194560",
	    .rfc = "",
	    .base_rate = 0.15, /* of what servers in China, Japan and Korea send */
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = html_link_dbcs },
	{ .id = "body-empty",
	    .family = FAMILY,
	    .says = "The text of the message is empty.",
	    .cases = "Q278293",
	    .rfc = "",
	    .base_rate = 6e-2,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = body_empty,
	    .broader = true },
};

const struct family family_html = FAMILY_OF(rows);
