/* test_charset.c - charset names, strict checks, and where they find fault. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/probe.h"

#include "../../../parsers/body/charset.h"

#define FIRST FACT_CHARSET_UNKNOWN
#define LAST FACT_ISO2022_BAD_ESCAPE

static const struct parser *const parsers[] = { &parser_transfer, &parser_charset, NULL };

static void
open_body(struct probe *probe, const char *charset, const char *encoding, const char *body)
{
	char text[16384];

	assert_true(strlen(body) + 300 < sizeof text);
	strcpy(text, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"");
	strcat(text, charset);
	strcat(text, "\"\r\nContent-Transfer-Encoding: ");
	strcat(text, encoding);
	strcat(text, "\r\n\r\n");
	strcat(text, body);
	probe_text(probe, text, parsers);
}

static void
names_are_found_whatever_their_case_and_punctuation(void **state)
{
	static const char *const same[][2] = { { "ISO-8859-1", "iso8859_1" }, { "Shift_JIS", "x-sjis" },
		{ "ks_c_5601-1987", "EUC-KR" }, { "unicode-1-1-utf-7", "UTF-7" }, { "CP1252", "Windows-1252" },
		{ "ISO_8859-1:1987", "latin1" }, { "x-euc-jp", "euc-jp" }, { " utf8 ", "UTF-8" },
		{ "gb2312", "GBK" }, { "iso-8859-8-i", "iso-8859-8" }, { "ANSI_X3.4-1968", "us-ascii" } };
	static const char *const unknown[] = { "", "-", "no-such", "iso-8859-99", "utf 8", "utf-8\"", "windows",
		"8859", "iso8859", "charset=us-ascii", "0123456789012345678901234567890123456789012345678901234567890" };

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		assert_non_null(charset_find(slice_str(same[i][0])));
		assert_ptr_equal(charset_find(slice_str(same[i][0])), charset_find(slice_str(same[i][1])));
	}
	for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
		if (charset_find(slice_str(unknown[i])))
			fail_msg("\"%s\" is known", unknown[i]);
}

static void
every_name_of_the_table_leads_to_its_row(void **state)
{
	size_t count;
	const struct charset *table = charset_table(&count);

	(void)state;
	assert_true(count > 90);
	for (size_t i = 0; i < count; i++) {
		const char *at = table[i].names;

		assert_true(at[0] == ' ' && at[strlen(at) - 1] == ' ');
		while (*++at) {
			size_t len = strcspn(at, " ");

			assert_true(len > 0);
			if (charset_find(slice_of(at, len)) != &table[i])
				fail_msg("\"%.*s\" stands in two rows", (int)len, at);
			at += len;
		}
	}
}

/* In bytes, '|' stands before the first invalid byte or the cut character; it is taken out. */
struct text {
	const char *charset, *bytes;
	size_t n_invalid;
	bool cut, only_shifted;
};

static const struct text texts[] = {
	{ "utf-8", "a\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80", 0, false, false },
	{ "utf-8", "a|\xc3(\xff", 2, false, false },
	{ "utf-8", "|\xc0\x80", 2, false, false },
	{ "utf-8", "|\xed\xa0\x80", 3, false, false },
	{ "utf-8", "|\xf4\x90\x80\x80", 4, false, false },
	{ "utf-8", "a|\xe2\x82", 0, true, false },
	{ "shift_jis", "\x93\xfa\x96{\xb1 \xfa\x40\xf0\x40", 0, false, false },
	{ "shift_jis", "a|\x81 b", 1, false, false },
	{ "shift_jis", "\x93\xfa|\x96", 0, true, false },
	{ "euc-jp", "\xc6\xfc\x8e\xb1\x8f\xb0\xa1", 0, false, false },
	{ "euc-jp", "\xc6\xfc|\xc6 x", 1, false, false },
	{ "euc-jp", "|\x8f\xb0", 0, true, false },
	{ "euc-kr", "\xb0\xa1\x81\x41\xc6\x52", 0, false, false },
	{ "ks_c_5601-1987", "\xb0\xa1|\xb0\x20\xff", 2, false, false },
	{ "euc-kr", "\xb0\xa1|\xb0", 0, true, false },
	{ "big5", "\xa4\xa4\x87\x40\xf9\xd6\xa4\x40", 0, false, false },
	{ "big5", "\xa4\xa4|\xa4\x85!", 2, false, false },
	{ "big5", "|\xa4", 0, true, false },
	{ "gb2312", "\xd6\xd0\x81\x40\x80\x81\x30\x81\x30", 0, false, false },
	{ "gb2312", "|\xd6\x7f\xff", 2, false, false },
	{ "gbk", "\xd6\xd0|\xd6", 0, true, false },
	{ "gb18030", "|\x81\x30\x81", 0, true, false },
	{ "euc-tw", "\x8e\xa2\xa1\xa1\xc4\xe3", 0, false, false },
	{ "johab", "\x88\x61|\x80", 1, false, false },
	{ "hz-gb-2312", "a ~{VPND~} b~~", 0, false, false },
	{ "hz-gb-2312", "a |~{VPN", 0, true, false },
	{ "hz-gb-2312", "a |~{VP", 0, true, true },
	{ "hz-gb-2312", "a |\xd6\xd0", 2, false, false },
	{ "iso-2022-jp", "a \x1b$BF|K\\\x1b(B \x1b(I1\x1b(J", 0, false, false },
	{ "iso-2022-jp", "|\x1b$BF!K", 0, true, true },
	{ "iso-2022-jp", "|\x1b$BF!KK", 0, true, true },
	{ "iso-2022-jp", "|\x1b$BF!K", 0, true, true },
	{ "iso-2022-jp", "\x1b$BF!\r\nK\r\n", 0, false, false },
	{ "iso-2022-jp", "a|\x93\xfa", 2, false, false },
	{ "iso-2022-jp", "\x1b$BF|\x01!!\x1b(B", 2, false, false },
	{ "iso-2022-jp", "a|\x1b$", 0, true, false },
	{ "iso-2022-kr", "\x1b$)C\r\n\x0e\x30!\x0f x", 0, false, false },
	{ "iso-2022-kr", "\x1b$)C\r\n|\x0e\x30!", 0, true, true },
	{ "iso-2022-cn", "\x1b$)A\x0eVPND\x0f", 0, false, false },
	{ "utf-7", "a +AGE- b", 0, false, false },
	{ "utf-7", "a |\xe9 b", 1, false, false },
	{ "windows-1253", "\xe1", 0, false, false },
	{ "windows-1253", "a|\xd2", 1, false, false },
	{ "iso-8859-1", "\x80\x93\xff", 0, false, false },
	{ "us-ascii", "\x80\x93\xff", 0, false, false },
	{ "x-user-defined", "\x80\x93\xff", 0, false, false },
};

static void
texts_are_checked_by_the_structure_of_their_charset(void **state)
{
	(void)state;
	assert_true(parser_charset.warm());
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const struct text *text = &texts[i];
		const char *bar = strchr(text->bytes, '|');
		const struct charset *charset = charset_find(slice_str(text->charset));
		struct charset_check check;
		char bytes[64] = "";
		size_t at = bar ? (size_t)(bar - text->bytes) : 0;

		/* In ISO-2022 and HZ the bar may be a byte of a character: the rows mark only real places. */
		if (bar && (text->n_invalid > 0 || text->cut) && !strstr(text->bytes, "F|")) {
			strncat(bytes, text->bytes, at);
			strcat(bytes, bar + 1);
		} else {
			strcpy(bytes, text->bytes);
			at = strlen("\x1b$BF|");
		}
		assert_non_null(charset);
		check = charset_validate(charset, slice_str(bytes));
		if (check.n_invalid != text->n_invalid || check.cut != text->cut ||
		    check.only_shifted != text->only_shifted)
			fail_msg("row %d (%s): %d spots, cut %d %d", (int)i, text->charset,
			    (int)check.n_invalid, check.cut, check.only_shifted);
		if (check.n_invalid > 0 && check.first_invalid != at)
			fail_msg("row %d (%s): spot at %d", (int)i, text->charset, (int)check.first_invalid);
		if (check.cut && check.cut_at != at)
			fail_msg("row %d (%s): cut at %d", (int)i, text->charset, (int)check.cut_at);
	}
}
