/* transfer_cases.c - rules of the transfer family for documented causes in lawful or rare forms: dots
 * of the transfer, line ends and encodings of attached texts. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "transfer"

/* A file that keeps the dot which ended the transfer keeps the doubled dots too (RFC 5321 section
 * 4.5.2). A single one was not doubled by the sender, and the text behind it is in danger. */
static void
dot_not_doubled(const struct message *msg, struct findings *out)
{
	const struct fact *dots = message_next_fact(msg, FACT_DOT_BARE, NULL);
	const struct fact *doubled = message_next_fact(msg, FACT_DOT_STUFFED, NULL);
	const struct fact *end = message_next_fact(msg, FACT_TERMINATOR_DOT, NULL);

	if (!dots || !end)
		return;
	found(out, part_at_offset(msg, dots->offset), dots->offset, dots->len,
	    "\"%s\" (%llu in all%s)", found_quote(out, rest_of_line(msg, dots->offset), QUOTE_MAX),
	    (unsigned long long)dots->value, doubled ? ", and others with two dots" : "");
}

/* Mail programs end a transfer with CRLF on both sides of the dot; line feeds alone come from
 * scripts, and a service that does not take them for the end waits. */
static void
terminator_without_cr(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [1] = "LF before the dot",
		[2] = "LF before and behind it",
		[3] = "CR before and behind it" };

	FOUND_BY_VALUE(msg, out, FACT_TERMINATOR_DOT, words, QUOTE_NOTHING);
}

static bool
is_text_attachment(const struct part *part)
{
	return part->kind == PART_LEAF && part_is(part, "text", NULL) && part_is_attachment(part);
}

static void
text_attachment_encoded(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (is_text_attachment(&msg->parts[i]) && msg->parts[i].encoding == ENCODING_QP)
			found_place(out, (int)i, message_offset(msg, msg->parts[i].body), 0);
}

static void
text_attachment_line_ends(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_LF_BEFORE_CRLF, "", "in all" } };

	FOUND_FACTS(msg, out, told);
}

/* text/applefile is no type: AppleSingle files are application/applefile (RFC 1740). */
static void
text_applefile(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_is(&msg->parts[i], "text", "applefile"))
			found_place(out, (int)i, message_offset(msg, msg->parts[i].type.type),
			    msg->parts[i].type.type.len + 1 + msg->parts[i].type.subtype.len);
}

#define LINE_MAX_SENT 998u
#define CTRL_D 4 /* printer drivers begin and end a job with it */

/* The first control byte or the beginning of the first long line; SLICE_NONE: neither. */
static size_t
first_unprintable(struct slice data)
{
	size_t line = 0;

	for (size_t pos = 0; pos < data.len; pos++) {
		unsigned char byte = data.data[pos];

		if (byte == '\n' || byte == '\r')
			line = pos + 1;
		else if (pos - line >= LINE_MAX_SENT)
			return line;
		else if (byte_is_control(byte) && byte != '\t' && byte != '\f' && byte != CTRL_D)
			return pos;
	}
	return SLICE_NONE;
}

/* PostScript is text for the most part; pictures and fonts inside it may be binary. The source names
 * the attachment, not the bytes: those that quoted-printable is worst at are told. */
static void
postscript_unprintable(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		size_t pos;

		if (part->kind != PART_LEAF || part->filetype != FILETYPE_PS)
			continue;
		pos = first_unprintable(part->decoded);
		if (pos != SLICE_NONE)
			found(out, (int)i, part_file_offset(msg, part, pos), 0, "%s",
			    byte_is_control(part->decoded.data[pos]) ? "control byte"
								     : "very long line");
	}
}

static const struct rule rows[] = {
	/* Nobody knows whether the service keeps that dot in In. */
	{ .id = "dot-not-doubled",
	    .family = FAMILY,
	    .says = "A line begins with a single dot in a file that keeps the dot of its transfer.",
	    .cases = "Q140935",
	    .rfc = "RFC 5321 section 4.5.2",
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = dot_not_doubled,
	    .broader = true },
	/* Copies that lost their CRs end so too, and the source tells of the transfer, not of the
	 * file. */
	{ .id = "terminator-without-cr",
	    .family = FAMILY,
	    .says = "A line end beside the dot that ends the mail is not CRLF.",
	    .cases = "Q152944",
	    .rfc = "RFC 5321 section 4.1.1.4",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = terminator_without_cr,
	    .broader = true },
	{ .id = "text-attachment-encoded",
	    .family = FAMILY,
	    .says = "An attached text is quoted-printable.",
	    .cases = "Q182307",
	    .rfc = "",
	    .base_rate = 2e-2,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = text_attachment_encoded },
	{ .id = "text-attachment-line-ends",
	    .family = FAMILY,
	    .says = "In an attached text a line feed alone stands before a line end.",
	    .cases = "Q184718",
	    .rfc = "RFC 2046 section 4.1.1",
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = text_attachment_line_ends },
	{ .id = "postscript-unprintable",
	    .family = FAMILY,
	    .says = "A PostScript file holds control characters or very long lines.",
	    .cases = "Q182827",
	    .rfc = "",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = postscript_unprintable,
	    .broader = true },
	{ .id = "text-applefile",
	    .family = FAMILY,
	    .says = "A text of a Macintosh is labelled text/applefile.",
	    .cases = "Q157004",
	    .rfc = "",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = text_applefile },
};

const struct family family_transfer_cases = FAMILY_OF(rows);
