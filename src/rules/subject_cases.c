/* subject_cases.c - rules of the header family about documented causes that lie in the Subject. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/encoded.h"
#include "rules/family.h"

#define FAMILY "header"
#define NEWS_BUFFER 20480u /* Q197491: what the store reads a Subject into */
#define REFOLD_AT 65u      /* Q275504: the connector folds what is longer */

/* One line for people: 20 KB of it is no title. */
static void
subject_over_20480(const struct message *msg, struct findings *out)
{
	const struct field *subject = NULL;

	while ((subject = message_field(msg, 0, FIELD_SUBJECT, subject)))
		if (subject->text.len > NEWS_BUFFER)
			found(out, 0, message_offset(msg, subject->value), subject->value.len,
			    "%zu bytes", subject->text.len);
}

/* Place of the first CR without LF, or SLICE_NONE. */
static size_t
find_bare_cr(struct slice value)
{
	for (size_t at = 0; at < value.len; at++)
		if (value.data[at] == '\r' && (at + 1 == value.len || value.data[at + 1] != '\n'))
			return at;
	return SLICE_NONE;
}

/* Place of the first encoded word that stands for a CR or LF, or SLICE_NONE. */
static size_t
find_encoded_line_end(struct slice value)
{
	struct encoded_word word;

	for (size_t at = 0; at + 1 < value.len; at++) {
		size_t end = value.data[at] == '=' ? encoded_word(value, at, &word) : at;

		for (size_t i = 0; end > at && i < word.n_bytes; i++)
			if (word.bytes[i] == '\r' || word.bytes[i] == '\n')
				return at;
		at = end > at ? end - 1 : at;
	}
	return SLICE_NONE;
}

/* Mailers have one line to type a Subject in; programs that paste text into it do get here. */
static void
subject_line_end(const struct message *msg, struct findings *out)
{
	const struct field *subject = NULL;

	while ((subject = message_field(msg, 0, FIELD_SUBJECT, subject))) {
		size_t bare = find_bare_cr(subject->value);
		size_t coded = find_encoded_line_end(subject->value);
		uint64_t offset = message_offset(msg, subject->value);

		if (bare != SLICE_NONE)
			found(out, 0, offset + bare, 1, "CR without LF");
		if (coded != SLICE_NONE)
			found(out, 0, offset + coded, 1, "a line end in the encoded word \"%s\"",
			    found_quote(out, slice_from(subject->value, coded), QUOTE_MAX));
	}
}

static void
subject_folded(const struct message *msg, struct findings *out)
{
	const struct field *subject = NULL;

	while ((subject = message_field(msg, 0, FIELD_SUBJECT, subject)))
		if (slice_find(subject->value, 0, '\n') != SLICE_NONE)
			found_place(
			    out, 0, message_offset(msg, subject->whole), subject->whole.len);
}

/* Encoded words are folded between the words. */
static void
subject_over_65(const struct message *msg, struct findings *out)
{
	const struct field *subject = NULL;

	while (is_out_queue(msg) && (subject = message_field(msg, 0, FIELD_SUBJECT, subject)))
		if (subject->text.len > REFOLD_AT &&
		    slice_find_str(subject->text, 0, "=?") == SLICE_NONE)
			found(out, 0, message_offset(msg, subject->value), subject->value.len,
			    "%zu bytes", subject->text.len);
}

static bool
has_html(const struct message *msg)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_is(&msg->parts[i], "text", "html"))
			return true;
	return false;
}

static void
subject_markup(const struct message *msg, struct findings *out)
{
	const struct field *subject = NULL;
	const bool html = has_html(msg);

	while (html && (subject = message_field(msg, 0, FIELD_SUBJECT, subject)))
		for (size_t at = 0; at < subject->value.len; at++) {
			unsigned char byte = subject->value.data[at];

			if (byte != '&' && byte != '<' && byte != '>')
				continue;
			found(out, 0, message_offset(msg, subject->value) + at, 1, "'%c'", byte);
			break;
		}
}

static const struct rule rows[] = {
	{ .id = "subject-over-20480",
	    .family = FAMILY,
	    .says = "The Subject is longer than 20,480 bytes.",
	    .cases = "Q197491",
	    .rfc = "RFC 5322 section 2.1.1",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = subject_over_20480 },
	{ .id = "subject-line-end",
	    .family = FAMILY,
	    .says = "The Subject holds a line end, bare or in an encoded word.",
	    .cases = "Q141970",
	    .rfc = "RFC 5322 section 3.6.5",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = subject_line_end },
	{ .id = "subject-folded",
	    .family = FAMILY,
	    .says = "The Subject is folded over several lines.",
	    .cases = "Q248825",
	    .rfc = "RFC 5322 section 2.2.3",
	    .base_rate = 5e-2,
	    .measured_hits = 79,
	    .measured_of = 1584,
	    .check = subject_folded },
	{ .id = "subject-over-65",
	    .family = FAMILY,
	    .says = "The Subject of an outbound message is longer than 65 bytes.",
	    .cases = "Q275504",
	    .rfc = "RFC 5322 section 2.2.3",
	    .base_rate = 5e-2,
	    .measured_hits = 180,
	    .measured_of = 1584,
	    .check = subject_over_65 },
	{ .id = "subject-markup",
	    .family = FAMILY,
	    .says = "The Subject of a message with HTML holds characters of markup.",
	    .cases = "Q235607",
	    .rfc = "",
	    .base_rate = 1e-2,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = subject_markup },
};

const struct family family_subject_cases = FAMILY_OF(rows);
