/* charset_unicode.c - documented causes in mail that is written in Unicode. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "charset"

static bool
has_attachment(const struct message *msg)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_is_attachment(&msg->parts[i]))
			return true;
	return false;
}

/* A recipient of the message itself that is written without a name. */
static bool
has_bare_recipient(const struct message *msg)
{
	for (size_t i = 0; i < msg->n_addresses; i++) {
		const struct field *field = &msg->fields[msg->addresses[i].field];

		if (field->part == 0 && field->id == FIELD_TO &&
		    msg->addresses[i].display.len == 0 && msg->addresses[i].domain.len > 0)
			return true;
	}
	return false;
}

/* What the sources ask for beside the character set: Q176149, Q176182; Q176465 in Out. */
static const char *
company(const struct message *msg)
{
	if (has_attachment(msg))
		return ", with an attachment";
	if (message_field(msg, 0, FIELD_REPLY_TO, NULL))
		return ", with a reply address";
	if (msg->direction == DIRECTION_OUT && has_bare_recipient(msg))
		return ", to a recipient without a name";
	return "";
}

/* Q177961: Unicode in the header, in encoded words. */
static const struct field *
field_in_unicode(const struct message *msg)
{
	for (size_t i = 0; i < msg->n_fields; i++)
		if (msg->fields[i].part == 0 &&
		    slice_find_nocase(msg->fields[i].value, 0, "=?utf-") != SLICE_NONE)
			return &msg->fields[i];
	return NULL;
}

/* In the years of these servers Unicode was rare; in all later mail it is the rule. Eight documented
 * causes ask for little more than that, so the company it keeps is told, and weighs nothing. */
static void
charset_unicode(const struct message *msg, struct findings *out)
{
	const struct field *field;

	for (size_t i = 0; i < msg->n_parts; i++) {
		if (!(part_charset_traits(&msg->parts[i]) & CHARSET_UNICODE) ||
		    !part_is(&msg->parts[i], "text", NULL))
			continue;
		found_charset(msg, out, (int)i, "", company(msg));
		return;
	}
	field = field_in_unicode(msg);
	if (field)
		found(out, 0, message_offset(msg, field->whole), field->whole.len,
		    "encoded word in %s", found_quote(out, field->name, 24));
}

/* UTF-16 breaks lines with other bytes than CR LF, so RFC 2046 has no place for it in text; and
 * nobody writes it in quoted-printable, which doubles its size again. */
static void
html_utf16_unaligned(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (!(part_charset_traits(part) & CHARSET_UTF16) || !part_is(part, "text", "html"))
			continue;
		if (part->encoding == ENCODING_QP)
			found_charset(msg, out, (int)i, "", " in quoted-printable");
		else if (part->decoded.len % 2 != 0)
			found_charset(msg, out, (int)i, "", " in an odd number of bytes");
	}
}

/* The source tells of text that is read past its end as UTF-7, not of what it looks like; programs
 * that write UTF-7 close what they open. */
static void
utf7_malformed(const struct message *msg, struct findings *out)
{
	static const char *const words[] = { [UTF7_NO_BASE64] = "no base64 behind the plus sign:",
		[UTF7_BITS_LEFT] = "bits left over:",
		[UTF7_HALF_PAIR] = "half of a pair of surrogates:",
		[UTF7_NOT_CLOSED] = "not closed at the end:" };

	FOUND_BY_VALUE(msg, out, FACT_UTF7_BAD_SHIFT, words, QUOTE_LINE);
}

static const struct rule rows[] = {
	{ .id = "charset-unicode",
	    .family = FAMILY,
	    .says = "The message is in Unicode.",
	    .cases = "Q176125 Q176149 Q176182 Q176193 Q176465 Q177961 Q178118",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 3e-1,
	    .measured_hits = 68,
	    .measured_of = 1584,
	    .check = charset_unicode,
	    .broader = true },
	{ .id = "html-utf16-unaligned",
	    .family = FAMILY,
	    .says = "HTML in 16-bit Unicode is quoted-printable, or has an odd number of bytes.",
	    .cases = "Q221149",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = html_utf16_unaligned },
	{ .id = "utf7-malformed",
	    .family = FAMILY,
	    .says = "Text in UTF-7 holds a shift that is malformed or not closed.",
	    .cases = "Q317248",
	    .rfc = "RFC 2152",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = utf7_malformed,
	    .broader = true },
};

const struct family family_charset_unicode = FAMILY_OF(rows);
