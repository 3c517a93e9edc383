/*
 * encoding.c - the value of Content-Transfer-Encoding (RFC 2045 section 6.1): one name.
 *
 * Read as leniently as readers do: comments are skipped, and a name in quotes counts. Whatever is
 * not the bare name becomes a fact.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "mail.h"

#define LETTERS_MAX 24u /* of a name, once hyphens and the like are left out */

static const struct {
	const char *name;
	enum encoding encoding;
} encodings[] = {
	{ "7bit", ENCODING_7BIT },
	{ "8bit", ENCODING_8BIT },
	{ "binary", ENCODING_BINARY },
	{ "quoted-printable", ENCODING_QP },
	{ "base64", ENCODING_BASE64 },
	{ "x-uuencode", ENCODING_UUENCODE },
	{ "uuencode", ENCODING_UUENCODE },
	{ "x-uue", ENCODING_UUENCODE },
	{ "uue", ENCODING_UUENCODE },
	{ "x-uu", ENCODING_UUENCODE },
	{ "x-binhex40", ENCODING_BINHEX },
	{ "mac-binhex40", ENCODING_BINHEX },
	{ "x-mac-binhex40", ENCODING_BINHEX },
	{ "binhex40", ENCODING_BINHEX },
	{ "x-binhex", ENCODING_BINHEX },
	{ "binhex", ENCODING_BINHEX },
};

/* The five names of the standard as they are misspelt: hyphens gone or too many, cut short, or with
 * a word too much. Letters and digits alone are compared. */
static const char *const misspelt[] = { "7bit", "7bits", "sevenbit", "8bit", "8bits", "eightbit",
	"binary", "bin", "quotedprintable", "quotedprint", "quoted", "qp", "base64",
	"base64encoded", "b64" };

/* Names outside the standard that some programs knew. */
static const struct {
	const char *name;
	enum encoding_name kind;
} known[] = {
	{ "x-yencode", ENCODING_NAME_YENC },
	{ "x-yenc", ENCODING_NAME_YENC },
	{ "yenc", ENCODING_NAME_YENC },
	{ "x-gzip64", ENCODING_NAME_GZIP64 },
	{ "gzip64", ENCODING_NAME_GZIP64 },
};

/* A value in hand: where its name stands, and what stands beside it. */
struct value {
	struct slice name;
	bool quoted;
	struct slice rest; /* behind the name and its comments */
};

/* s without blanks and comments before its first word. */
static struct slice
skip_comments(struct slice s)
{
	size_t depth = 0, at = 0;

	for (; at < s.len; at++) {
		unsigned char byte = s.data[at];

		if (byte == '\\' && depth > 0)
			at++;
		else if (byte == '(')
			depth++;
		else if (byte == ')' && depth > 0)
			depth--;
		else if (depth == 0 && !byte_is_space(byte))
			break;
	}
	return slice_from(s, at);
}

static bool
ends_name(unsigned char byte)
{
	return byte_is_space(byte) || byte == ';' || byte == '(' || byte == ',' || byte == '"';
}

static struct value
take_value(struct slice text)
{
	struct value value = { .name = skip_comments(text) };
	size_t end = 0;

	if (slice_starts(value.name, "\"") &&
	    (end = slice_find(value.name, 1, '"')) != SLICE_NONE) {
		value.quoted = true;
		value.rest = skip_comments(slice_from(value.name, end + 1));
		value.name = slice_trim(slice_cut(value.name, 1, end - 1));
		return value;
	}
	for (end = 0; end < value.name.len && !ends_name(value.name.data[end]);)
		end++;
	value.rest = skip_comments(slice_from(value.name, end));
	value.name = slice_cut(value.name, 0, end);
	return value;
}

/* What stands beside a good name; 0: nothing. */
static enum encoding_form
form_beside(const struct value *value)
{
	if (slice_eq(value->rest, ";"))
		return ENCODING_SEMICOLON;
	if (slice_starts(value->rest, ";"))
		return ENCODING_PARAMETER;
	if (slice_starts(value->rest, ","))
		return ENCODING_LISTED;
	if (value->rest.len > 0)
		return ENCODING_EXTRA_TEXT;
	return value->quoted ? ENCODING_QUOTED : (enum encoding_form)0;
}

/* Whether no style of writing gives this: neither all small, nor all capital letters, nor a capital
 * at the beginning of words. */
static bool
has_odd_case(struct slice name)
{
	bool small = true, capital = true, words = true;

	for (size_t i = 0; i < name.len; i++) {
		bool first = i == 0 || !byte_is_alpha(name.data[i - 1]);

		if (!byte_is_alpha(name.data[i]))
			continue;
		if (byte_lower(name.data[i]) == name.data[i]) {
			capital = false;
		} else {
			small = false;
			words = words && first;
		}
	}
	return !small && !capital && !words;
}

/* Letters and digits of the name, an "x-" before it left out; false when they are too many. */
static bool
letters_of(struct slice name, char *letters)
{
	size_t n = 0;

	for (size_t i = slice_starts_nocase(name, "x-") ? 2 : 0; i < name.len; i++) {
		if (!byte_is_alpha(name.data[i]) && !byte_is_digit(name.data[i]))
			continue;
		if (n + 1 >= LETTERS_MAX)
			return false;
		letters[n++] = (char)byte_lower(name.data[i]);
	}
	letters[n] = 0;
	return n > 0;
}

static enum encoding_name
judge_unknown(struct slice name)
{
	char letters[LETTERS_MAX];

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (slice_eq_nocase(name, known[i].name))
			return known[i].kind;
	if (letters_of(name, letters))
		for (size_t i = 0; i < sizeof misspelt / sizeof *misspelt; i++)
			if (strcmp(letters, misspelt[i]) == 0)
				return ENCODING_NAME_MISSPELT;
	return ENCODING_NAME_OTHER;
}

enum encoding
encoding_read(struct message *msg, struct arena *arena, int part, const struct field *field)
{
	int index = (int)(field - msg->fields);
	struct value value = take_value(field->text);
	enum encoding_form form = form_beside(&value);

	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
		if (!slice_eq_nocase(value.name, encodings[i].name))
			continue;
		if (form)
			message_fact_at(
			    msg, arena, FACT_ENCODING_FORM, part, index, field->whole, form);
		else if (has_odd_case(value.name))
			message_fact_at(msg, arena, FACT_ENCODING_FORM, part, index, field->whole,
			    ENCODING_ODD_CASE);
		if (encodings[i].encoding >= ENCODING_UUENCODE &&
		    !slice_starts_nocase(value.name, "x-"))
			message_fact_at(msg, arena, FACT_ENCODING_UNKNOWN, part, index,
			    field->whole, ENCODING_NAME_PRIVATE);
		return encodings[i].encoding;
	}
	if (value.name.len > 0)
		message_fact_at(msg, arena, FACT_ENCODING_UNKNOWN, part, index, field->whole,
		    judge_unknown(value.name));
	else
		message_fact_at(msg, arena, FACT_ENCODING_EMPTY, part, index, field->whole, 0);
	return ENCODING_UNKNOWN;
}
