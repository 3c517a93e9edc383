/* transfer_forms.c - rules of the transfer family about encoded data that decode, but were written
 * by no ordinary encoder; and yEnc. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "transfer"

/* Decoders must ignore line ends, so all of this is lawful. Short lines in a row are what a later
 * release of Exchange could not read (MS07-026). */
static void
base64_lines_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[BASE64_SPLIT_GROUP] = "a group of four goes on in the next line",
		[BASE64_SHORT_LINES] = "four lines of one or two characters in a row",
		[BASE64_BLANK_LINE] = "an empty line before this one",
	};

	static const struct told told[] = { { FACT_BASE64_EMPTY, "no data", NULL } };

	FOUND_BY_VALUE(msg, out, FACT_BASE64_FORM, words, QUOTE_NOTHING);
	FOUND_FACTS(msg, out, told);
}

/* That the line ends of a text are none of what is encoded (rule 4) many programs never knew. */
static void
quoted_printable_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[QP_ENCODED_CRLF] = "a line end of a text is encoded",
		[QP_NEEDLESS] = "a letter or digit is encoded",
		[QP_MOSTLY] = "more than half the bytes are encoded",
	};

	FOUND_BY_VALUE(msg, out, FACT_QP_FORM, words, QUOTE_NOTHING);
}

static void
encoded_text_odd(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[DECODED_LONG] = "a line of more than 998 bytes",
		[DECODED_BARE_CR] = "CR without LF",
		[DECODED_BARE_LF] = "LF without CR",
	};

	FOUND_BY_VALUE(msg, out, FACT_DECODED_LINE, words, QUOTE_NOTHING);
}

static void
yenc_data(const struct message *msg, struct findings *out)
{
	static const struct told told[] = { { FACT_YENC_BEGIN, "", "bytes of data", QUOTE_BYTES } };

	FOUND_FACTS(msg, out, told);
}

static void
yenc_damaged(const struct message *msg, struct findings *out)
{
	static const char *const words[] = {
		[YENC_NO_END] = "no =yend line follows:",
		[YENC_HEADER] = "no line, size, name or place:",
		[YENC_END_SIZE] = "the size is another than at the beginning:",
		[YENC_DATA_SIZE] = "there are more or fewer bytes than told:",
		[YENC_CHECKSUM] = "the checksum is another:",
	};

	FOUND_BY_VALUE(msg, out, FACT_YENC_FAULT, words, QUOTE_BYTES);
}

static const struct rule rows[] = {
	{ .id = "base64-lines-odd",
	    .family = FAMILY,
	    .says = "Base64 data are empty, or broken into lines oddly.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.8",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 2,
	    .measured_of = 1584,
	    .check = base64_lines_odd },
	{ .id = "quoted-printable-odd",
	    .family = FAMILY,
	    .says = "Quoted-printable data are written with escapes that are not needed.",
	    .cases = "",
	    .rfc = "RFC 2045 section 6.7",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 5e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = quoted_printable_odd },
	{ .id = "encoded-text-odd",
	    .family = FAMILY,
	    .says = "An encoded text holds very long lines, or CR or LF alone.",
	    .cases = "",
	    .rfc = "RFC 2046 section 4.1.1",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 5e-2,
	    .measured_hits = 19,
	    .measured_of = 1584,
	    .check = encoded_text_odd },
	{ .id = "yenc-data",
	    .family = FAMILY,
	    .says = "A body holds data in yEnc.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_ODDITY,
	    .base_rate = 1e-2,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = yenc_data },
	{ .id = "yenc-damaged",
	    .family = FAMILY,
	    .says = "Data in yEnc are damaged.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_VIOLATION,
	    .base_rate = 1e-3,
	    .measured_hits = 0,
	    .measured_of = 1584,
	    .check = yenc_damaged },
};

const struct family family_transfer_forms = FAMILY_OF(rows);
