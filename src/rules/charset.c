/* charset.c - rules about character sets: what is declared, and whether the bytes agree. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "charset"

/* Nothing but blanks, quoted ones ("\\ ") too: the documented values are "" and " ". */
static bool
is_blank(struct slice value)
{
	for (size_t i = 0; i < value.len; i++)
		if (!byte_is_space(value.data[i]) && value.data[i] != '\\')
			return false;
	return true;
}

/* No mailer asks for a character set without a name; one that has none leaves charset out. */
static void
charset_empty(const struct message *msg, struct findings *out)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct param *param = next_param(&msg->parts[i].type, "charset", NULL);

		if (param && param->has_equals && is_blank(param_text(param)))
			found(out, (int)i, message_offset(msg, param->whole), param->whole.len,
			    "%s", found_quote(out, param->whole, QUOTE_MAX));
	}
}

/* Spam and old mailers make such names up; the server only fails to show the text. */
static void
charset_unknown(const struct message *msg, struct findings *out)
{
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_CHARSET_UNKNOWN, fact))) {
		struct slice name = { NULL, 0 };

		if (fact->part >= 0 && (size_t)fact->part < msg->n_parts)
			name = msg->parts[fact->part].charset;
		if (name.len > 0)
			found(out, fact->part, fact->offset, fact->len, "\"%s\"",
			    found_quote(out, name, 40));
	}
}

/* ISO-2022 is made of 7-bit bytes: text with others is in another character set than it says. */
static bool
is_wrong_label(const struct message *msg, const struct fact *fact)
{
	if (fact->part < 0 || fact->offset >= msg->file.len)
		return false;
	return msg->file.data[fact->offset] >= 0x80 &&
	       slice_starts_nocase(msg->parts[fact->part].charset, "iso-2022-");
}

/* Programs that write a DBCS character set write whole characters of it; a bad one is damage, or a
 * label that does not belong to the text. */
static void
told_dbcs(const struct message *msg, struct findings *out, bool wrong_label)
{
	static const struct told told = { FACT_CHARSET_DBCS_INVALID, "at", "in all", QUOTE_LINE };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_CHARSET_DBCS_INVALID, fact)))
		if (is_wrong_label(msg, fact) == wrong_label)
			found_fact(msg, out, fact, &told);
}

static void
charset_dbcs_invalid(const struct message *msg, struct findings *out)
{
	told_dbcs(msg, out, false);
}

static void
charset_invalid(const struct message *msg, struct findings *out)
{
	static const struct told told[] = {
		{ FACT_CHARSET_INVALID, "at", "in all", QUOTE_LINE },
		{ FACT_CHARSET_CUT, "it ends inside a character", NULL },
		{ FACT_ISO2022_BAD_ESCAPE, "unknown escape sequence", NULL, QUOTE_BYTES },
		{ FACT_ISO2022_UNDESIGNATED, "shift to a set that none has named", NULL },
		{ FACT_ISO2022_OPEN_LINE, "not shifted back at the line end", "lines" },
	};

	FOUND_FACTS(msg, out, told);
	told_dbcs(msg, out, true);
}

static bool
is_japanese(const struct message *msg, int part)
{
	struct slice charset = part >= 0 ? msg->parts[part].charset : (struct slice){ NULL, 0 };

	return slice_starts_nocase(charset, "iso-2022-jp") ||
	       slice_starts_nocase(charset, "csiso2022jp");
}

/* Nobody types 128 empty lines; 2,048 pairs are sure to overrun the buffer. The source knows of
 * Japanese. */
static void
iso2022_crlf_run(const struct message *msg, struct findings *out)
{
	static const struct told told = { FACT_ISO2022_CRLF_RUN, "", "line ends" };
	const struct fact *fact = NULL;

	while ((fact = message_next_fact(msg, FACT_ISO2022_CRLF_RUN, fact)))
		if (is_japanese(msg, fact->part))
			found_fact(msg, out, fact, &told);
}

void
found_charset(const struct message *msg, struct findings *out, int part, const char *before,
    const char *behind)
{
	const struct part *leaf = &msg->parts[part];
	struct slice place = leaf->charset;

	/* The name itself, unless RFC 2231 codes it: then its bytes stand nowhere in the file. */
	if (message_offset(msg, place) == OFFSET_NONE)
		place = leaf->charset_place;
	if (before)
		found(out, part, message_offset(msg, place), place.len, "%s\"%s\"%s", before,
		    found_quote(out, leaf->charset, 30), behind);
	else
		found_place(out, part, message_offset(msg, place), place.len);
}

static void
told_charsets(const struct message *msg, struct findings *out, const char *const *names, size_t n)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		struct slice charset = msg->parts[i].charset;

		for (size_t k = 0; msg->parts[i].has_charset && k < n; k++)
			if (slice_eq_nocase(charset, names[k]))
				found_charset(msg, out, (int)i, NULL, NULL);
	}
}

/* Netscape wrote it for text whose encoding the user had chosen by hand. */
static void
charset_user_defined(const struct message *msg, struct findings *out)
{
	static const char *const names[] = { "x-user-defined" };

	told_charsets(msg, out, names, sizeof names / sizeof names[0]);
}

/* Rare, yet what Microsoft's own mailers send when told to. */
static void
charset_utf7(const struct message *msg, struct findings *out)
{
	static const char *const names[] = { "utf-7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7" };

	told_charsets(msg, out, names, sizeof names / sizeof names[0]);
}

static const struct rule rows[] = {
	{ .id = "charset-empty",
	    .family = FAMILY,
	    .says = "A character set is declared, but empty or blank.",
	    .cases = "MS00-082 Q278320 Q293288",
	    .rfc = "RFC 2045 section 5.1",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = charset_empty },
	{ .id = "charset-unknown",
	    .family = FAMILY,
	    .says = "A declared character set is unknown.",
	    .cases = "Q157735 Q163080 Q184772",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 5e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = charset_unknown },
	{ .id = "charset-dbcs-invalid",
	    .family = FAMILY,
	    .says = "Text in a double-byte character set holds an invalid character.",
	    .cases = "Q282796",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 3e-4,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = charset_dbcs_invalid },
	{ .id = "charset-invalid",
	    .family = FAMILY,
	    .says = "Text holds bytes that its character set does not know.",
	    .cases = "",
	    .rfc = "RFC 2046 section 4.1.2",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 5e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = charset_invalid },
	{ .id = "iso2022-crlf-run",
	    .family = FAMILY,
	    .says = "Japanese text (ISO-2022-JP) holds 128 or more line ends in a row.",
	    .cases = "Q235219",
	    .rfc = "RFC 1468",
	    .base_rate = 1e-5,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = iso2022_crlf_run },
	{ .id = "charset-user-defined",
	    .family = FAMILY,
	    .says = "The character set is x-user-defined.",
	    .cases = "Q187869 Q192546",
	    .rfc = "RFC 2046 section 4.1.2",
	    .base_rate = 4e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = charset_user_defined },
	{ .id = "charset-utf7",
	    .family = FAMILY,
	    .says = "The character set is UTF-7.",
	    .cases = "Q178244 Q317248",
	    .rfc = "RFC 2152",
	    .base_rate = 3e-3,
	    .measured_hits = 1,
	    .measured_of = 1584,
	    .check = charset_utf7 },
};

const struct family family_charset = FAMILY_OF(rows);
