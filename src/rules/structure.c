/* structure.c - rules about delimiter lines, and about what stands where no part should. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "boundary"

/* Delimiters are written by programs, from the very string that they put into the header: what
 * differs by a letter, a blank or a line end was changed on its way. RFC 2046 section 5.1.1 allows
 * blanks behind a delimiter alone. */
static void
delimiter_line_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[DELIMITER_TEXT_BEHIND] = "text behind it:",
		[DELIMITER_CONTROL_BEHIND] = "a control byte behind it:",
		[DELIMITER_BLANK_BEFORE] = "a blank or control byte before it:",
		[DELIMITER_AFTER_CR] = "behind a CR without LF:",
		[DELIMITER_AFTER_TEXT] = "at the end of a line of text:",
		[DELIMITER_OTHER_CASE] = "in other letters:",
		[DELIMITER_GAP] = "a blank behind its dashes:",
	};

	FOUND_BY_VALUE(msg, out, FACT_DELIMITER_ODD, words, QUOTE_BYTES);
}

/* Which of two boundaries a reader takes decides which parts there are. */
static void
boundary_conflict(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[BOUNDARY_REPEATED] = "a second one:",
		[BOUNDARY_OTHER_CASE] = "a second one, in other letters:",
		[BOUNDARY_EXTENDED_DIFFERS] = "another one in the form of RFC 2231:",
		[BOUNDARY_COMMENT_GLUED] = "a comment touches it:",
	};

	FOUND_BY_VALUE(msg, out, FACT_BOUNDARY_FORM, words, QUOTE_BYTES);
}

/* Both are lawful, RFC 2231 since 1997: the releases in question are older or know nothing of
 * it. */
static void
boundary_form_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[BOUNDARY_EXTENDED] = "in the form of RFC 2231 alone:",
		[BOUNDARY_COMMENT] = "a comment beside it:",
	};

	FOUND_BY_VALUE(msg, out, FACT_BOUNDARY_FORM, words, QUOTE_BYTES);
}

static void
multipart_empty(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_MULTIPART_EMPTY, "", NULL, QUOTE_LINE } };

	FOUND_FACTS(msg, out, told);
}

/* The header of the message was rewritten, or lost, and its body was not. */
static void
multipart_hidden(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { NULL,
		"those of its boundary parameter:", "it begins with a part:" };

	FOUND_BY_VALUE(msg, out, FACT_DELIMITERS_HIDDEN, words, QUOTE_BYTES);
}

/* Readers must pass over what follows the end; some read on. */
static void
parts_after_end(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_EPILOGUE_DELIMITER, "", "in all",
	    QUOTE_BYTES } };

	FOUND_FACTS(msg, out, told);
}

static bool
has_delimiters_behind(const struct message *msg, int part)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_EPILOGUE_DELIMITER, fact)))
		if (fact->part == part)
			return true;
	return false;
}

/* Footers of lists and of virus scanners. Delimiters are told by parts-after-end. */
static void
epilogue_text(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_EPILOGUE_TEXT, "", "bytes", QUOTE_LINE };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_EPILOGUE_TEXT, fact)))
		if (!has_delimiters_behind(msg, fact->part))
			found_fact(msg, out, fact, &told);
}

/* How much an encoding lets through: 1 seven bits, 2 eight, 3 anything; 0 it is another one. */
static unsigned
width_of(const struct part *part)
{
	static const unsigned widths[] = {
		[ENCODING_7BIT] = 1, [ENCODING_8BIT] = 2, [ENCODING_BINARY] = 3
	};

	if (!part->has_encoding || part->encoding > ENCODING_BINARY)
		return 0;
	return widths[part->encoding];
}

/* RFC 2045 section 6.4: then one of the two labels is in error. Multiparts without a label are
 * passed over: that most mailers leave it away does no harm. */
static void
encoding_outer_narrower(const struct message *msg, struct findings *out)
{
	static const char *const names[] = { "", "7bit", "8bit", "binary" };

	for (size_t i = 1; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		unsigned outer = part->parent < 0 ? 0 : width_of(&msg->parts[part->parent]);
		const struct field *field;

		if (outer == 0 || width_of(part) <= outer)
			continue;
		field = message_field(msg, (int)i, FIELD_CONTENT_TRANSFER_ENCODING, NULL);
		if (field)
			found(out, (int)i, message_offset(msg, field->whole), field->whole.len,
			    "%s in %s", names[width_of(part)], names[outer]);
	}
}

static const struct rule rows[] = {
	{ .id = "delimiter-line-odd",
	    .family = FAMILY,
	    .says = "A line is nearly the delimiter of a multipart.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = delimiter_line_odd },
	{ .id = "boundary-conflict",
	    .family = FAMILY,
	    .says = "A multipart declares two boundaries, or one that can be read in two ways.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = boundary_conflict },
	{ .id = "boundary-form-odd",
	    .family = FAMILY,
	    .says = "A boundary is written in a form that not all readers know.",
	    .cases = "",
	    .rfc = "RFC 2231 section 3",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = boundary_form_odd },
	{ .id = "multipart-empty",
	    .family = FAMILY,
	    .says = "A multipart has no part.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = multipart_empty },
	{ .id = "multipart-hidden",
	    .family = FAMILY,
	    .says = "Delimiters stand in a body that is not declared as a multipart.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 4e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = multipart_hidden },
	{ .id = "parts-after-end",
	    .family = FAMILY,
	    .says = "Delimiters follow the one that closes a multipart.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1.1",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = parts_after_end },
	{ .id = "epilogue-text",
	    .family = FAMILY,
	    .says = "Text follows the end of a multipart.",
	    .cases = "",
	    .rfc = "RFC 2046 section 5.1.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 3e-2,
	    .measured_hits = 31,
	    .measured_of = 1584,
	    .check = epilogue_text },
	{ .id = "encoding-outer-narrower",
	    .family = FAMILY,
	    .says = "A part declares a wider transfer encoding than the part around it.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.4",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = encoding_outer_narrower },
};

const struct family family_structure = FAMILY_OF(rows);
