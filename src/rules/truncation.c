/* truncation.c - rules of the damage family about files that were cut off. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "damage"

/* Nothing but a cut leaves a header line without a line end as the last bytes of a file. */
static void
truncated_in_header(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_TRUNCATED, fact))) {
		found(out, fact->part, fact->offset, fact->len, "\"%s\"",
		    found_quote(out, rest_of_line(msg, fact->offset), 40));
	}
}

/* Last bytes of the mail as a place: the point where the data stop. */
static uint64_t
text_end(const struct message *msg)
{
	return offset_after(msg, msg->lines.text);
}

static const char *
last_bytes(const struct message *msg, struct findings *out, size_t n)
{
	struct slice text = msg->lines.text;

	return found_quote(out, slice_from(text, text.len > n ? text.len - n : 0), n);
}

/* The innermost multipart that the data leave open, or NULL. */
static const struct part *
open_multipart(const struct message *msg)
{
	for (size_t i = msg->n_parts; i > 0; i--) {
		const struct part *part = &msg->parts[i - 1];

		if (part->kind == PART_MULTIPART && !part->closed && part->boundary.len > 0 &&
		    part->first_child >= 0 && part_runs_out(msg, part))
			return part;
	}
	return NULL;
}

/* The text leaf in which the data stop, or NULL. */
static const struct part *
last_leaf(const struct message *msg)
{
	const struct part *part = msg->n_parts ? &msg->parts[msg->n_parts - 1] : NULL;

	return part && part->kind == PART_LEAF && part->body.len > 0 && part_runs_out(msg, part)
		   ? part
		   : NULL;
}

/* A mailer that forgets the closing delimiter still ends its last line: a part that stops inside a
 * line was cut. */
static void
truncated_in_part(const struct message *msg, struct findings *out)
{
	const struct part *leaf = last_leaf(msg);

	if (!open_multipart(msg) || !fact_met(msg, FACT_END_WITHOUT_CRLF) ||
	    fact_met(msg, FACT_HEADER_TRUNCATED))
		return;
	if (leaf && leaf->encoding == ENCODING_BASE64)
		return;
	found(out, leaf ? (int)(leaf - msg->parts) : -1, text_end(msg), 0,
	    "its multipart is still open, and the last bytes are \"%s\"", last_bytes(msg, out, 16));
}

/* Base64 that stops inside a line, or a quartet, with no delimiter behind it. */
static void
truncated_in_base64(const struct message *msg, struct findings *out)
{
	const struct part *leaf = last_leaf(msg);
	int index = leaf ? (int)(leaf - msg->parts) : -1;
	const struct fact *cut = NULL;

	if (!leaf || leaf->encoding != ENCODING_BASE64 || leaf->body.len < 4)
		return;
	if (leaf->parent >= 0 && !open_multipart(msg))
		return;
	while ((cut = message_next_fact(msg, FACT_BASE64_CUT, cut)) && cut->part != index)
		;
	if (cut)
		found(out, index, text_end(msg), 0, "in the middle of a group of four");
	else if (leaf->parent >= 0 && fact_met(msg, FACT_END_WITHOUT_CRLF))
		found(out, index, text_end(msg), 0, "in the middle of a line");
}

/* Text in a multibyte character set whose last byte wants another, at the very end of the file. */
static void
truncated_in_character(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	if (!fact_met(msg, FACT_END_WITHOUT_CRLF))
		return;
	while ((fact = message_next_fact(msg, FACT_CHARSET_CUT, fact))) {
		if (fact->part >= 0 && part_runs_out(msg, &msg->parts[fact->part]))
			found(out, fact->part, fact->offset, fact->len, "the last bytes are \"%s\"",
			    last_bytes(msg, out, 4));
	}
}

/* A copy that stops at a whole number of clusters, in the middle of a line. */
static void
truncated_at_cluster(const struct message *msg, struct findings *out)
{
	unsigned long long size = msg->file_size;

	if (size == 0 || size % 512 != 0 || !fact_met(msg, FACT_END_WITHOUT_CRLF) ||
	    fact_met(msg, FACT_NUL_TAIL))
		return;
	found(out, -1, text_end(msg), 0, "%llu bytes are %llu times %u", size,
	    size % 4096 == 0 ? size / 4096 : size / 512, size % 4096 == 0 ? 4096u : 512u);
}

static const struct rule rows[] = {
	{ .id = "truncated-in-header",
	    .family = FAMILY,
	    .says = "The file ends inside a header line.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.1",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 3e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = truncated_in_header },
	{ .id = "truncated-in-part",
	    .family = FAMILY,
	    .says = "The file ends inside a line of a body part.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1.1",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = truncated_in_part },
	{ .id = "truncated-in-base64",
	    .family = FAMILY,
	    .says = "The file ends inside base64 data.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.8",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 3e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = truncated_in_base64 },
	{ .id = "truncated-in-character",
	    .family = FAMILY,
	    .says = "The file ends inside a character of several bytes.",
	    .cases = "",
	    .rfc = "RFC 2046 section 4.1.2",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 2e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = truncated_in_character },
	{ .id = "truncated-at-cluster",
	    .family = FAMILY,
	    .says = "The file ends inside a line at a whole number of disk sectors.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.1",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 5e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = truncated_at_cluster },
};

const struct family family_truncation = FAMILY_OF(rows);
