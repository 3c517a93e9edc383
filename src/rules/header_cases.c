/* header_cases.c - rules of the header family about documented causes in fields that few mailers
 * write. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "header"
#define MAC_CODE_DIGITS 8u /* Q252624: creator and type are four bytes in hexadecimal */

/* Next field of that name in the message's own header behind `after` (NULL: the first), or NULL. */
static const struct field *
next_named(const struct message *msg, const char *name, const struct field *after)
{
	for (size_t i = after ? (size_t)(after - msg->fields) + 1 : 0; i < msg->n_fields; i++)
		if (msg->fields[i].part == 0 && slice_eq_nocase(msg->fields[i].name, name))
			return &msg->fields[i];
	return NULL;
}

/* Who sends a message on once more writes a second group of these fields on top; few people do. */
static void
resent_repeated(const struct message *msg, struct findings *out)
{
	static const enum field_id ids[] = { FIELD_RESENT_FROM, FIELD_RESENT_TO };

	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		const struct field *first = message_field(msg, 0, ids[i], NULL);
		const struct field *second = first ? message_field(msg, 0, ids[i], first) : NULL;

		if (second)
			found(out, 0, message_offset(msg, second->whole), second->whole.len,
			    "a second %s", found_quote(out, second->name, 24));
	}
}

/* The number that begins at `at`, at most four digits; *end is the first byte behind all digits. */
static unsigned
number_at(struct slice text, size_t at, size_t *end)
{
	unsigned number = 0;

	for (*end = at; *end < text.len && byte_is_digit(text.data[*end]); (*end)++)
		if (*end - at < 4)
			number = number * 10 + text.data[*end] - '0';
	return number;
}

/* 1 to 12, or 0 when no month's name begins at `at`. */
static unsigned
month_at(struct slice text, size_t at)
{
	static const char *const names[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
		"sep", "oct", "nov", "dec" };

	for (unsigned i = 0; i < 12; i++)
		if (slice_starts_nocase(slice_from(text, at), names[i]))
			return i + 1;
	return 0;
}

/* RFC 5322 section 4.3: 00 to 49 are this century, other years of two digits the last. */
static unsigned
full_year(unsigned year)
{
	if (year >= 100)
		return year;
	return year < 50 ? year + 2000 : year + 1900;
}

/* Days on a calendar whose months all have 31, good for comparing; 0 when the text is no date of
 * the form "5 Mar 2001". */
static unsigned
day_of(struct slice text)
{
	unsigned day = 0, month = 0;

	for (size_t at = 0; at < text.len; at++) {
		size_t end;

		if (byte_is_alpha(text.data[at])) {
			month = day ? month_at(text, at) : 0;
			while (at + 1 < text.len && byte_is_alpha(text.data[at + 1]))
				at++;
		} else if (byte_is_digit(text.data[at])) {
			unsigned number = number_at(text, at, &end);

			if (day && month)
				return (full_year(number) * 12 + month) * 31 + day;
			day = number;
			at = end - 1;
		}
	}
	return 0;
}

/* A date of expiry lies ahead when a message is written. Zones are not compared: one day proves
 * nothing. */
static void
expiry_passed(const struct message *msg, struct findings *out)
{
	static const char *const names[] = { "Expires", "Expiry-Date", "Reply-By" };
	const struct field *date = message_field(msg, 0, FIELD_DATE, NULL);
	unsigned written = date ? day_of(date->text) : 0;

	for (size_t i = 0; written && i < sizeof names / sizeof names[0]; i++) {
		const struct field *field = NULL;

		while ((field = next_named(msg, names[i], field))) {
			unsigned expires = day_of(field->text);

			if (expires && expires + 1 < written)
				found(out, 0, message_offset(msg, field->whole), field->whole.len,
				    "%s \"%s\"", names[i], found_quote(out, field->text, 40));
		}
	}
}

static void
followup_to(const struct message *msg, struct findings *out)
{
	const struct field *field = next_named(msg, "Followup-To", NULL);

	if (field)
		found_place(out, 0, message_offset(msg, field->whole), field->whole.len);
}

static bool
is_mac_code(struct slice value)
{
	for (size_t i = 0; i < value.len; i++)
		if (byte_hex(value.data[i]) < 0)
			return false;
	return value.len == MAC_CODE_DIGITS;
}

static void
check_mac_codes(
    const struct message *msg, struct findings *out, int part, const struct typed_value *value)
{
	static const char *const names[] = { "x-mac-creator", "x-mac-type" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const struct param *param = typed_value_param(value, names[i]);

		if (param && !is_mac_code(param->value))
			found(out, part, message_offset(msg, param->whole), param->whole.len,
			    "%s=\"%s\"", names[i], found_quote(out, param->value, 24));
	}
}

/* Mailers for the Macintosh print four bytes as eight digits; four letters come from home-made
 * ones. */
static void
mac_code_bad(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		check_mac_codes(msg, out, (int)i, &msg->parts[i].type);
		check_mac_codes(msg, out, (int)i, &msg->parts[i].disposition);
	}
}

static const struct rule rows[] = {
	{ .id = "resent-repeated",
	    .family = FAMILY,
	    .says = "The message was sent on by hand more than once.",
	    .cases = "Q140932",
	    .rfc = "RFC 5322 section 3.6.6",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = resent_repeated },
	{ .id = "expiry-passed",
	    .family = FAMILY,
	    .says = "The message had expired before it was written.",
	    .cases = "Q265391",
	    .rfc = "RFC 4021 section 2.1.50",
	    .base_rate = 1e-2,
	    .measured_hits = 15,
	    .measured_of = 1584,
	    .check = expiry_passed },
	{ .id = "followup-to",
	    .family = FAMILY,
	    .says = "The header holds the news field Followup-To.",
	    .cases = "Q260063",
	    .rfc = "RFC 5536 section 3.2.6",
	    .base_rate = 3e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = followup_to },
	{ .id = "mac-code-bad",
	    .family = FAMILY,
	    .says = "A Macintosh creator or type is not eight hexadecimal digits.",
	    .cases = "Q252624",
	    .rfc = "RFC 2045 section 5.1",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = mac_code_bad },
};

const struct family family_header_cases = FAMILY_OF(rows);
