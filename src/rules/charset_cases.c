/* charset_cases.c - documented causes in character sets that lawful mail may have as well. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "charset"

/* Lawful, and at a site of the Far East or of Russia nearly each message: the sources tell of
 * servers whose code pages are not those of the mail. Q177957 is about HTML and RTF. Younger
 * charsets have a rule of their own. */
static void
charset_code_page(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		unsigned traits = part_charset_traits(&msg->parts[i]);

		if (!part_is(&msg->parts[i], "text", NULL) || !(traits & CHARSET_PERIOD) ||
		    traits & (CHARSET_WESTERN | CHARSET_UNICODE))
			continue;
		found_charset(msg, out, (int)i, "",
		    part_is(&msg->parts[i], "text", "html") ? " in HTML" : " in text");
	}
}

/* Mailers of Macintosh systems write it for all text that is not ASCII. */
static void
charset_macintosh(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_charset_traits(&msg->parts[i]) & CHARSET_MACINTOSH)
			found_charset(msg, out, (int)i, "", "");
}

static bool
is_younger(const struct part *part)
{
	unsigned traits = part_charset_traits(part);

	return traits & CHARSET_KNOWN && !(traits & (CHARSET_PERIOD | CHARSET_MACINTOSH)) &&
	       part_is(part, "text", NULL);
}

/* Each of these was registered or taken up later, and none was served by Windows at the time. */
static void
charset_not_of_period(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++)
		if (is_younger(&msg->parts[i]))
			found_charset(msg, out, (int)i, "", "");
}

/* Forwarded mail of a foreign system: the server of the source lost all later mail over it. */
static void
charset_embedded_foreign(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->message_depth == 0 || !part->has_charset || part->charset.len == 0 ||
		    !part_is(part, "text", NULL))
			continue;
		if (!(part_charset_traits(part) & CHARSET_PERIOD))
			found_charset(msg, out, (int)i, "", "");
	}
}

/* Programs that know nothing of character sets send what they have, and where letters have accents
 * that was the rule for years. Whether it harms depends on the code page of the server, which the
 * file does not tell. */
static void
charset_missing(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_CHARSET_ASCII_8BIT, fact))) {
		const struct part *part = &msg->parts[fact->part];

		found(out, fact->part, fact->offset, fact->len, "%s%s (%llu 8-bit bytes)",
		    part->has_charset ? "labelled US-ASCII" : "not labelled",
		    part_is_attachment(part) ? ", in an attachment" : "",
		    (unsigned long long)fact->value);
	}
}

/* Western text has no escape sequences, and its 8-bit bytes stand alone between ASCII letters. */
static void
charset_far_eastern(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[1] = "escape sequence of ISO-2022", [2] = "pairs of bytes"
	};

	FOUND_BY_VALUE(msg, out, FACT_CHARSET_FAR_EAST, words, QUOTE_NOTHING);
}

/* One program writes JIS, another adds lines in the encoding of its own system. */
static void
charset_japanese_mixed(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_CHARSET_JIS_SJIS, "Shift-JIS beside JIS",
	    "characters" } };

	FOUND_FACTS(msg, out, told);
}

/* JIS needs no transfer encoding: that it has one shows that its text was not what it should be. */
static void
jis_quoted_printable(const struct message *msg, struct findings *out)
{
	if (!is_out_queue(msg))
		return;
	for (size_t i = 0; i < msg->n_parts; i++)
		if (part_charset_traits(&msg->parts[i]) & CHARSET_JAPANESE_7BIT &&
		    msg->parts[i].encoding == ENCODING_QP)
			found_charset(msg, out, (int)i, NULL, NULL);
}

/* Ordinary Korean: a twenty-fifth of its syllables begin so. */
static void
korean_line_b7(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_ISO2022_KR_B7, "", "lines" } };

	FOUND_FACTS(msg, out, told);
}

/* Old mailers and scripts write their own character set into the Subject. */
static void
subject_8bit(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_HEADER_8BIT, "", "8-bit bytes" };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_HEADER_8BIT, fact))) {
		const struct field *field = fact_field(msg, fact);

		if (field && field->id == FIELD_SUBJECT && field->part == 0)
			found_fact(msg, out, fact, &told);
	}
}

static const struct rule rows[] = {
	{ .id = "charset-code-page",
	    .family = FAMILY,
	    .says = "A text is in a character set that needs a code page of its own.",
	    .cases = "Q146473 Q155016 Q155819 Q163080 Q166580 Q177957",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 2e-1,
	    .measured_hits = 5,
	    .measured_of = 1584,
	    .check = charset_code_page,
	    .broader = true },
	{ .id = "charset-macintosh",
	    .family = FAMILY,
	    .says = "The character set is that of the Macintosh.",
	    .cases = "Q174722",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = charset_macintosh },
	{ .id = "charset-not-of-period",
	    .family = FAMILY,
	    .says = "The character set is none that Windows of the time had.",
	    .cases = "Q163080 Q184772",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 3e-2,
	    .measured_hits = 11,
	    .measured_of = 1584,
	    .check = charset_not_of_period },
	{ .id = "charset-embedded-foreign",
	    .family = FAMILY,
	    .says =
		"An embedded message is in a character set that Windows of the time did not have.",
	    .cases = "Q157693",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = charset_embedded_foreign },
	{ .id = "charset-missing",
	    .family = FAMILY,
	    .says = "A text holds 8-bit bytes, but is labelled US-ASCII or not at all.",
	    .cases = "Q155817 Q183225 Q195215",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 2e-1,
	    .measured_hits = 21,
	    .measured_of = 1584,
	    .check = charset_missing,
	    .broader = true },
	{ .id = "charset-far-eastern",
	    .family = FAMILY,
	    .says = "A text labelled ISO-8859-1 is Far Eastern.",
	    .cases = "Q155839",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = charset_far_eastern },
	{ .id = "charset-japanese-mixed",
	    .family = FAMILY,
	    .says = "A Japanese text is written in two encodings.",
	    .cases = "Q166606",
	    .rfc = "RFC 1468",
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = charset_japanese_mixed },
	{ .id = "jis-quoted-printable",
	    .family = FAMILY,
	    .says = "Outbound Japanese text (ISO-2022-JP) is encoded in quoted-printable.",
	    .cases = "Q169679",
	    .rfc = "RFC 1468",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = jis_quoted_printable },
	{ .id = "korean-line-b7",
	    .family = FAMILY,
	    .says = "A line of Korean text (ISO-2022-KR) begins with the byte 0xb7.",
	    .cases = "Q182144",
	    .rfc = "RFC 1557",
	    .base_rate = 2e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = korean_line_b7 },
	{ .id = "subject-8bit",
	    .family = FAMILY,
	    .says = "The Subject holds raw 8-bit bytes.",
	    .cases = "Q194505",
	    .rfc = "RFC 2047 section 1",
	    .base_rate = 2e-2,
	    .measured_hits = 7,
	    .measured_of = 1584,
	    .check = subject_8bit },
};

const struct family family_charset_cases = FAMILY_OF(rows);
