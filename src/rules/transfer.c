/* transfer.c - rules about transfer encodings and the lines of bodies. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "transfer"

#define IS_FOOTER_BYTE                                                                             \
	256u             /* FACT_BASE64_BAD_BYTE from here on: prose behind the end of the data */
#define IS_FOOTER_PAD 1u /* FACT_BASE64_PAD_MIDDLE: the padding before that prose */

/* Whether the byte stands in the separator line of a UNIX mailbox: what follows is another message,
 * which a program that looks for the separator alone has glued on. */
static bool
in_mailbox_separator(const struct message *msg, const struct fact *fact)
{
	struct slice before = slice_cut(msg->file, 0, (size_t)fact->offset);
	size_t end =
	    slice_rfind(slice_cut(before, before.len > 80 ? before.len - 80 : 0, 80), '\n');

	if (end == SLICE_NONE)
		return false;
	end += before.len > 80 ? before.len - 80 : 0;
	return slice_starts(slice_from(msg->file, end + 1), "From ");
}

/* Whether the line behind the fact is such a separator. */
static bool
before_mailbox_separator(const struct message *msg, const struct fact *fact)
{
	struct slice near = slice_cut(msg->file, (size_t)fact->offset, 200);
	size_t end = slice_find(near, 0, '\n');

	return end != SLICE_NONE && slice_starts(slice_from(near, end + 1), "From ");
}

/* The first bad byte that stands in such a line, or NULL. */
static const struct fact *
first_separator(const struct message *msg)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_BASE64_BAD_BYTE, fact)))
		if (in_mailbox_separator(msg, fact))
			return fact;
	return NULL;
}

/* Whether the fact belongs to what was glued on behind a separator. */
static bool
is_glued(const struct message *msg, const struct fact *fact, const struct fact *separator)
{
	if (!separator || fact->part != separator->part)
		return false;
	return fact->offset >= separator->offset || before_mailbox_separator(msg, fact);
}

/* Whether the byte is the dot that closes an outbound file and lost the line end before it. */
static bool
is_closing_dot(const struct message *msg, const struct fact *fact)
{
	const struct fact *dot = message_next_fact(msg, FACT_TERMINATOR_GLUED, NULL);

	return dot && dot->offset == fact->offset && is_out_queue(msg);
}

/* Encoders are simple programs that write 64 letters and nothing else; other bytes among them, or
 * padding in the middle, come from damage or from a gateway that changed the text. */
static void
base64_corrupt(const struct message *msg, struct findings *out)
{
	const struct fact *separator = first_separator(msg), *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_BASE64_BAD_BYTE, fact)))
		if (fact->value < IS_FOOTER_BYTE && !is_glued(msg, fact, separator) &&
		    !is_closing_dot(msg, fact))
			found(out, fact->part, fact->offset, fact->len, "byte 0x%02x at \"%s\"",
			    (unsigned)fact->value,
			    found_quote(out, rest_of_line(msg, fact->offset), 24));
	while ((fact = message_next_fact(msg, FACT_BASE64_PAD_MIDDLE, fact)))
		if (fact->value != IS_FOOTER_PAD && !is_glued(msg, fact, separator))
			found(out, fact->part, fact->offset, fact->len,
			    "padding before the end, where some readers stop");
}

/* An encoder pads its last group: what ends in one, two or three letters lost its end. */
static void
base64_incomplete(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_BASE64_CUT, fact)))
		found(out, fact->part, fact->offset, fact->len,
		    "the last group has %llu of 4 letters", (unsigned long long)fact->value);
}

/* Whether the part's data end in an incomplete group behind the place. */
static bool
is_cut_behind(const struct message *msg, const struct fact *place)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_BASE64_CUT, fact)))
		if (fact->part == place->part && fact->offset > place->offset)
			return true;
	return false;
}

/* Mailing lists add their footer to encoded parts too. A few letters behind the padding, so that
 * the whole is no multiple of four, are what Q270614 tells of. */
static void
base64_trailing_text(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_BASE64_PAD_MIDDLE, fact)))
		if (fact->value != IS_FOOTER_PAD && is_cut_behind(msg, fact))
			found(out, fact->part, fact->offset, fact->len,
			    "an incomplete group behind the padding");
	fact = NULL;
	while ((fact = message_next_fact(msg, FACT_BASE64_BAD_BYTE, fact)))
		if (fact->value >= IS_FOOTER_BYTE)
			found(out, fact->part, fact->offset, fact->len, "\"%s\"",
			    found_quote(out, rest_of_line(msg, fact->offset), 40));
}

static void
base64_line_over_76(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_BASE64_LONG_LINE, "", "bytes" },
	};

	FOUND_FACTS(msg, out, told);
}

static void
quoted_printable_bad(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_QP_BAD_ESCAPE, "= without two hex digits:", NULL, QUOTE_LINE },
		{ FACT_QP_CONTROL, "control byte", NULL, QUOTE_BYTES },
		{ FACT_QP_8BIT, "8-bit bytes", "in all" },
		{ FACT_QP_ENDS_IN_ESCAPE, "they end in =", NULL },
	};
	static const char *const words[] = {
		[QP_LOWER_HEX] = "small letters as hex digits:",
		[QP_SOFT_BREAK_BLANK] = "blanks between = and the line end:",
		[QP_TRAILING_BLANK] = "a blank at a line end:",
	};

	FOUND_FACTS(msg, out, told);
	FOUND_BY_VALUE(msg, out, FACT_QP_FORM, words, QUOTE_BYTES);
}

static void
quoted_printable_long(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_QP_LONG_LINE, "", "bytes" } };

	FOUND_FACTS(msg, out, told);
}

static void
encoding_unknown(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_ENCODING_EMPTY, "nothing behind the colon", NULL },
	};
	static const char *const words[] = {
		[ENCODING_NAME_OTHER] = "",
		[ENCODING_NAME_MISSPELT] = "nearly the name of another:",
		[ENCODING_NAME_PRIVATE] = "outside the standard, and without x- before it:",
		[ENCODING_NAME_YENC] = "yEnc, which no standard of mail knows:",
		[ENCODING_NAME_GZIP64] = "base64 of data that are compressed:",
	};
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ENCODING_UNKNOWN, fact))) {
		struct told one = { FACT_ENCODING_UNKNOWN, words[fact->value], NULL, QUOTE_BYTES };

		found_fact(msg, out, fact, &one);
	}
	FOUND_FACTS(msg, out, told);
}

static void
body_8bit_undeclared(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_7BIT_HAS_8BIT, fact)))
		found(out, fact->part, fact->offset, fact->len, "%llu in all%s",
		    (unsigned long long)fact->value,
		    msg->parts[fact->part].has_encoding ? "" : ", and no encoding is named");
}

/* Text has no NUL and binary attachments are encoded: buffers and disks put it there. */
static void
body_nul(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_BODY_NUL, "", "in all" } };

	FOUND_FACTS(msg, out, told);
}

static void
body_line_end_bare(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_BODY_BARE_CR, "CR without LF", NULL },
		{ FACT_BODY_BARE_LF, "LF without CR", NULL },
	};

	FOUND_FACTS(msg, out, told);
}

static const struct rule rows[] = {
	{ .id = "base64-corrupt",
	    .family = FAMILY,
	    .says = "Base64 data are corrupt.",
	    .cases = "Q190556",
	    .rfc = "RFC 2045 section 6.8",
	    .base_rate = 2e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = base64_corrupt },
	{ .id = "base64-incomplete",
	    .family = FAMILY,
	    .says = "Base64 data end inside a group of four characters.",
	    .cases = "Q190556 Q195971",
	    .rfc = "RFC 2045 section 6.8",
	    .base_rate = 2e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = base64_incomplete },
	{ .id = "base64-trailing-text",
	    .family = FAMILY,
	    .says = "Text follows the end of base64 data.",
	    .cases = "Q270614",
	    .rfc = "RFC 2045 section 6.8",
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = base64_trailing_text },
	{ .id = "base64-line-over-76",
	    .family = FAMILY,
	    .says = "A line of base64 data is longer than 76 characters.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.8",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = base64_line_over_76 },
	{ .id = "quoted-printable-bad",
	    .family = FAMILY,
	    .says = "Quoted-printable data are malformed.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.7",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = quoted_printable_bad },
	{ .id = "quoted-printable-long",
	    .family = FAMILY,
	    .says = "A quoted-printable line is longer than 76 bytes.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.7",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 2e-2,
	    .measured_hits = 12,
	    .measured_of = 1584,
	    .check = quoted_printable_long },
	{ .id = "encoding-unknown",
	    .family = FAMILY,
	    .says = "A transfer encoding is unknown or empty.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = encoding_unknown },
	{ .id = "body-8bit-undeclared",
	    .family = FAMILY,
	    .says = "A part declared 7bit holds 8-bit bytes.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.2",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 5e-2,
	    .measured_hits = 22,
	    .measured_of = 1584,
	    .check = body_8bit_undeclared },
	{ .id = "body-nul",
	    .family = FAMILY,
	    .says = "A body that is not binary holds NUL bytes.",
	    .cases = "Q181649",
	    .rfc = "RFC 2045 section 2.8",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = body_nul },
	{ .id = "body-line-end-bare",
	    .family = FAMILY,
	    .says = "A body has CR or LF alone among lines that end in both.",
	    .cases = "",
	    .rfc = "RFC 5322 section 2.3",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = body_line_end_bare },
};

const struct family family_transfer = FAMILY_OF(rows);
