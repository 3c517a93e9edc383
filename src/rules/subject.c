/*
 * subject.c - rules of the header family about print directives in the Subject.
 *
 * The service hands the decoded Subject to a printing function as its format (Q239816), so encoded
 * words (RFC 2047) are decoded on the way, byte by byte. Bytes of ISO-2022 characters are letters,
 * whatever they look like.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"

/* A print directive that was met while decoded bytes come in. */
struct directive {
	size_t percent; /* place of the last byte when that was '%', else SLICE_NONE */
	size_t string;  /* place of the first %s, SLICE_NONE: none */
	size_t other;   /* place of the first other directive */
	bool escape;    /* the last byte was ESC */
	bool shifted;   /* between ESC $ and ESC (: characters of two bytes */
};

/* Follow the shifts of ISO-2022; true when the byte is no ASCII letter. */
static bool
is_shifted(struct directive *directive, unsigned char byte)
{
	if (directive->escape && (byte == '$' || byte == '('))
		directive->shifted = byte == '$';
	directive->escape = byte == 0x1b;
	return directive->shifted;
}

static void
take_byte(struct directive *directive, unsigned char byte, size_t place)
{
	static const char others[] = "ndxpXocuieEfgG*";
	size_t percent = directive->percent;
	bool shifted = is_shifted(directive, byte);

	directive->percent = byte == '%' && !shifted ? place : SLICE_NONE;
	if (percent == SLICE_NONE)
		return;
	if (byte == 's' && directive->string == SLICE_NONE)
		directive->string = percent;
	for (const char *other = others; *other; other++)
		if (byte == (unsigned char)*other && directive->other == SLICE_NONE)
			directive->other = percent;
}

static void
take_quoted(struct directive *directive, struct slice text, size_t place)
{
	for (size_t at = 0; at < text.len; at++) {
		int high = at + 2 < text.len ? byte_hex(text.data[at + 1]) : -1;
		int low = high >= 0 ? byte_hex(text.data[at + 2]) : -1;

		if (text.data[at] != '=' || low < 0) {
			take_byte(
			    directive, text.data[at] == '_' ? ' ' : text.data[at], place + at);
			continue;
		}
		take_byte(directive, (unsigned char)(high << 4 | low), place + at);
		at += 2;
	}
}

static void
take_base64(struct directive *directive, struct slice text, size_t place)
{
	unsigned bits = 0, n_bits = 0;

	for (size_t at = 0; at < text.len; at++) {
		int value = byte_base64(text.data[at]);

		if (value < 0)
			continue;
		bits = (bits << 6 | (unsigned)value) & 0xffff;
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			take_byte(directive, (unsigned char)(bits >> n_bits & 0xff), place + at);
		}
	}
}

/* Read the encoded word at `at`, "=?charset?e?text?="; returns where it ends, or `at` when there is
 * none. */
static size_t
take_word(struct directive *directive, struct slice value, size_t at)
{
	size_t mark = slice_find(slice_cut(value, 0, at + 80), at + 2, '?'), end;
	struct slice text;

	if (mark == SLICE_NONE || mark + 3 > value.len || value.data[mark + 2] != '?')
		return at;
	end = slice_find(value, mark + 3, '?');
	if (end == SLICE_NONE)
		return at;
	text = slice_cut(value, mark + 3, end - mark - 3);
	if (byte_lower(value.data[mark + 1]) == 'q')
		take_quoted(directive, text, mark + 3);
	else
		take_base64(directive, text, mark + 3);
	return end + 2;
}

/* Where the next encoded word begins when only blanks stand before it: RFC 2047 drops them. */
static size_t
next_word(struct slice value, size_t end)
{
	size_t at = end;

	while (at < value.len && byte_is_space(value.data[at]))
		at++;
	return slice_starts(slice_from(value, at), "=?") ? at : end;
}

static struct directive
find_directives(struct slice value)
{
	struct directive directive = {
		.percent = SLICE_NONE, .string = SLICE_NONE, .other = SLICE_NONE
	};

	for (size_t at = 0; at < value.len; at++) {
		size_t end = at;

		if (value.data[at] == '=' && at + 1 < value.len && value.data[at + 1] == '?')
			end = take_word(&directive, value, at);
		if (end > at)
			at = next_word(value, end) - 1;
		else
			take_byte(&directive, value.data[at], at);
	}
	return directive;
}

static void
told_place(const struct message *msg, struct findings *out, const struct field *subject, size_t at)
{
	struct slice place = slice_cut(subject->value, at, 2);

	if (at != SLICE_NONE)
		found(out, 0, message_offset(msg, place), place.len, "at \"%s\"",
		    found_quote(out, slice_cut(subject->value, at, 12), 12));
}

/* People write "50% sure", with a blank; "%s" is a template that was never filled in. */
static void
subject_percent_s(const struct message *msg, struct findings *out)
{
	const struct field *subject = NULL;

	while (is_out_queue(msg) && (subject = message_field(msg, 0, FIELD_SUBJECT, subject)))
		told_place(msg, out, subject, find_directives(subject->value).string);
}

static void
subject_percent_other(const struct message *msg, struct findings *out)
{
	const struct field *subject = NULL;

	while (is_out_queue(msg) && (subject = message_field(msg, 0, FIELD_SUBJECT, subject)))
		told_place(msg, out, subject, find_directives(subject->value).other);
}

static const struct rule rows[] = {
	{ .id = "subject-percent-s",
	    .family = FAMILY,
	    .says = "The Subject of an outbound message holds the print directive %s.",
	    .cases = "Q239816",
	    .rfc = "",
	    .base_rate = 1e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = subject_percent_s },
	{ .id = "subject-percent-other",
	    .family = FAMILY,
	    .says = "The Subject of an outbound message holds a print directive other than %s.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = subject_percent_other },
};

const struct family family_subject = FAMILY_OF(rows);
