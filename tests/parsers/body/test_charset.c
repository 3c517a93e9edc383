/* test_charset.c - charset names, strict checks, and where they find fault. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#include <iconv.h>
#include <sys/resource.h>

#include "../../../parsers/body/charset.h"

#define FIRST FACT_CHARSET_UNKNOWN
#define LAST FACT_ISO2022_BAD_ESCAPE

static void
open_body(struct sample *sample, const char *charset, const char *encoding, const char *body)
{
	char text[16384];

	assert_true(strlen(body) + 300 < sizeof text);
	strcpy(text, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"");
	strcat(text, charset);
	strcat(text, "\"\r\nContent-Transfer-Encoding: ");
	strcat(text, encoding);
	strcat(text, "\r\n\r\n");
	strcat(text, body);
	sample_text(sample, text, &parser_charset);
}

static void
names_are_found_whatever_their_case_and_punctuation(void **state)
{
	static const char *const same[][2] = { { "ISO-8859-1", "iso8859_1" },
		{ "Shift_JIS", "x-sjis" }, { "ks_c_5601-1987", "EUC-KR" },
		{ "unicode-1-1-utf-7", "UTF-7" }, { "CP1252", "Windows-1252" },
		{ "ISO_8859-1:1987", "latin1" }, { "x-euc-jp", "euc-jp" }, { " utf8 ", "UTF-8" },
		{ "gb2312", "GBK" }, { "iso-8859-8-i", "iso-8859-8" },
		{ "ANSI_X3.4-1968", "us-ascii" } };
	static const char *const unknown[] = { "", "-", "no-such", "iso-8859-99", "utf 8",
		"utf-8\"", "windows", "8859", "iso8859", "charset=us-ascii",
		"0123456789012345678901234567890123456789012345678901234567890" };

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		assert_non_null(charset_find(slice_str(same[i][0])));
		assert_ptr_equal(
		    charset_find(slice_str(same[i][0])), charset_find(slice_str(same[i][1])));
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

/* '#' stands before the first invalid byte or before what is cut; it is taken out. */
struct text {
	const char *charset, *bytes;
	size_t n_invalid;
	enum { WHOLE, CUT, SHIFTED } end; /* SHIFTED: cut, but in a shifted state only */
};

static const struct text texts[] = {
	{ "utf-8", "a\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80", 0, WHOLE },
	{ "utf-8", "a#\xc3(\xff", 2, WHOLE },
	{ "utf-8", "#\xc0\x80", 2, WHOLE },
	{ "utf-8", "#\xe0\x80\x80", 3, WHOLE },
	{ "utf-8", "#\xed\xa0\x80", 3, WHOLE },
	{ "utf-8", "#\xf4\x90\x80\x80", 4, WHOLE },
	{ "utf-8", "a#\xe2\x82", 0, CUT },
	{ "shift_jis", "\x93\xfa\x96{\xb1 \xfa\x40\xf0\x40\x80\xa0", 0, WHOLE },
	{ "shift_jis", "a#\x81 b", 1, WHOLE },
	{ "shift_jis", "#\x81\x7f", 1, WHOLE },
	{ "shift_jis", "\x93\xfa#\x96", 0, CUT },
	{ "euc-jp", "\xc6\xfc\x8e\xb1\x8f\xb0\xa1", 0, WHOLE },
	{ "euc-jp", "\xc6\xfc#\xc6 x", 1, WHOLE },
	{ "euc-jp", "#\x8f\xb0", 0, CUT },
	{ "euc-kr", "\xb0\xa1\x81\x41\xc6\x52", 0, WHOLE },
	{ "ks_c_5601-1987", "\xb0\xa1#\xb0\x20\xff", 2, WHOLE },
	{ "euc-kr", "\xb0\xa1#\xb0", 0, CUT },
	{ "big5", "\xa4\xa4\x87\x40\xf9\xd6\xa4\x40", 0, WHOLE },
	{ "big5", "\xa4\xa4#\xa4\x85!", 2, WHOLE },
	{ "big5", "#\xa4", 0, CUT },
	{ "gb2312", "\xd6\xd0\x81\x40\x80\x81\x30\x81\x30", 0, WHOLE },
	{ "gb2312", "#\xd6\x7f\xff", 2, WHOLE },
	{ "gbk", "\xd6\xd0#\xd6", 0, CUT },
	{ "gb18030", "#\x81\x30\x81", 0, CUT },
	{ "gb18030", "#\x81\x30 ", 1, WHOLE },
	{ "euc-tw", "\x8e\xa2\xa1\xa1\xc4\xe3", 0, WHOLE },
	{ "johab", "\x88\x61#\x80", 1, WHOLE },
	{ "hz-gb-2312", "a ~{VPND~} b~~", 0, WHOLE },
	{ "hz-gb-2312", "a #~{VPN", 0, CUT },
	{ "hz-gb-2312", "a #~{VP", 0, SHIFTED },
	{ "hz-gb-2312", "a #\xd6\xd0", 2, WHOLE },
	{ "iso-2022-jp", "a \x1b$BF|K\\\x1b(B \x1b(I1\x1b(J", 0, WHOLE },
	{ "iso-2022-jp", "a#\x1b$BF|K\\", 0, SHIFTED },
	{ "iso-2022-jp", "a#\x1b$BF|K", 0, CUT },
	{ "iso-2022-jp", "\x1b$BF|\r\nK\r\n", 0, WHOLE },
	{ "iso-2022-jp", "a#\x93\xfa", 2, WHOLE },
	{ "iso-2022-jp", "\x1b$BF|#\x01K\\\x1b(B", 1, WHOLE },
	{ "iso-2022-jp", "a#\x1b$", 0, CUT },
	{ "iso-2022-kr", "\x1b$)C\r\n\x0e\x30!\x0f x", 0, WHOLE },
	{ "iso-2022-kr", "\x1b$)C\r\n#\x0e\x30!", 0, SHIFTED },
	{ "iso-2022-cn", "\x1b$)A\x0eVPND\x0f", 0, WHOLE },
	{ "utf-7", "a +AGE- b", 0, WHOLE },
	{ "utf-7", "a #\xe9 b", 1, WHOLE },
	{ "windows-1253", "\xe1\x80", 0, WHOLE },
	{ "windows-1253", "a#\xd2", 1, WHOLE },
	{ "iso-8859-7", "a#\xff", 1, WHOLE },
	{ "iso-8859-1", "\x80\x93\xff", 0, WHOLE },
	{ "us-ascii", "\x80\x93\xff", 0, WHOLE },
	{ "x-user-defined", "\x80\x93\xff", 0, WHOLE },
};

static void
texts_are_checked_by_the_structure_of_their_charset(void **state)
{
	(void)state;
	assert_true(parser_charset.warm());
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const struct text *text = &texts[i];
		const char *mark = strchr(text->bytes, '#');
		size_t at = mark ? (size_t)(mark - text->bytes) : 0;
		struct charset_check check;
		char bytes[64] = "";

		strncat(bytes, text->bytes, at);
		strcat(bytes, mark ? mark + 1 : text->bytes);
		check = charset_validate(charset_find(slice_str(text->charset)), slice_str(bytes));
		if (check.n_invalid != text->n_invalid || check.cut != (text->end != WHOLE) ||
		    check.only_shifted != (text->end == SHIFTED))
			fail_msg("row %d (%s): %d spots, cut %d %d", (int)i, text->charset,
			    (int)check.n_invalid, check.cut, check.only_shifted);
		if (check.n_invalid > 0 && check.first_invalid != at)
			fail_msg("row %d (%s): spot at %d", (int)i, text->charset,
			    (int)check.first_invalid);
		if (check.cut && check.cut_at != at)
			fail_msg(
			    "row %d (%s): cut at %d", (int)i, text->charset, (int)check.cut_at);
	}
}

static void
wrong_escapes_are_told_from_invalid_characters(void **state)
{
	struct charset_check check = charset_validate(
	    charset_find(slice_str("iso-2022-jp")), slice_str("ab\x1b[1m \x1b$B!!\x1b(B\x1b"));

	(void)state;
	assert_int_equal(check.n_bad_escapes, 1);
	assert_int_equal(check.first_bad_escape, 2);
	assert_int_equal(check.n_invalid, 0);
	assert_true(check.cut);
}

static void
double_byte_charsets_have_a_fact_of_their_own(void **state)
{
	struct sample sample;
	const struct fact *fact;

	(void)state;
	open_body(&sample, "big5", "8bit", "line\r\n\xa4\xa4\xa4 x\r\n");
	assert_int_equal(sample_count(&sample, FIRST, LAST), 1);
	fact = sample_fact(&sample, FACT_CHARSET_DBCS_INVALID);
	assert_int_equal(fact->offset, sample_at(&sample, "\xa4 x"));
	assert_int_equal(fact->value, 1);
	assert_int_equal(fact->part, 0);
	sample_free(&sample);
	open_body(&sample, "utf-8", "8bit", "line\r\n\xa4\xa4\xa4 x\r\n");
	assert_int_equal(sample_count(&sample, FIRST, LAST), 1);
	assert_int_equal(sample_fact(&sample, FACT_CHARSET_INVALID)->value, 3);
	sample_free(&sample);
}

static void
places_are_those_of_the_encoded_bytes(void **state)
{
	struct sample sample;

	(void)state;
	open_body(&sample, "shift_jis", "quoted-printable", "abc=\r\n=93=FA=81 x=\r\n=96=7B=96");
	assert_int_equal(
	    sample_fact(&sample, FACT_CHARSET_DBCS_INVALID)->offset, sample_at(&sample, "=81"));
	assert_int_equal(
	    sample_fact(&sample, FACT_CHARSET_CUT)->offset, sample.msg.file.len - strlen("=96"));
	sample_free(&sample);
	/* Base64 of 93 FA 81 20 78: the bad lead byte is the third byte of the first quartet. */
	open_body(&sample, "shift_jis", "base64", "k/qBIHg=\r\n");
	assert_true(
	    sample_fact(&sample, FACT_CHARSET_DBCS_INVALID)->offset >= sample_at(&sample, "qBI") &&
	    sample_fact(&sample, FACT_CHARSET_DBCS_INVALID)->offset <= sample_at(&sample, "IHg"));
	sample_free(&sample);
}

static void
an_unknown_charset_is_told_once_and_an_empty_one_not(void **state)
{
	struct sample sample;
	const struct fact *fact;

	(void)state;
	open_body(&sample, "x-no-such", "8bit", "\xff\xfe\r\n");
	assert_int_equal(sample_count(&sample, FIRST, LAST), 1);
	fact = sample_fact(&sample, FACT_CHARSET_UNKNOWN);
	assert_int_equal(fact->offset, sample_at(&sample, "x-no-such"));
	assert_int_equal(fact->len, strlen("x-no-such"));
	assert_int_equal(fact->field, 1);
	sample_free(&sample);
	open_body(&sample, "", "8bit", "\xff\xfe\r\n");
	assert_int_equal(sample_count(&sample, FIRST, LAST), 0);
	sample_free(&sample);
	sample_text(
	    &sample, "Content-Type: image/gif; charset=x-no-such\r\n\r\nx", &parser_charset);
	assert_int_equal(sample_count(&sample, FIRST, LAST), 0);
	sample_free(&sample);
}

static void
runs_of_line_ends_count_from_128_in_iso_2022_alone(void **state)
{
	static const struct {
		const char *charset;
		size_t pairs, runs;
	} cases[] = { { "iso-2022-jp", 127, 0 }, { "iso-2022-jp", 128, 1 },
		{ "ISO-2022-KR", 2048, 1 }, { "shift_jis", 2048, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct sample sample;
		char body[8192] = "a";

		for (size_t n = 0; n < cases[i].pairs; n++)
			strcat(body, "\r\n");
		strcat(body, "b\r\n");
		open_body(&sample, cases[i].charset, "7bit", body);
		assert_int_equal(sample.msg.facts_seen[FACT_ISO2022_CRLF_RUN], cases[i].runs);
		if (cases[i].runs > 0) {
			const struct fact *fact = sample_fact(&sample, FACT_ISO2022_CRLF_RUN);

			assert_int_equal(fact->value, cases[i].pairs);
			assert_int_equal(fact->len, 2 * cases[i].pairs);
			assert_int_equal(fact->offset, sample_at(&sample, "\r\n\r\na") + 5);
		}
		sample_free(&sample);
	}
}

static void
text_becomes_utf8(void **state)
{
	static const char *const cases[][3] = {
		{ "iso-8859-1", "J\xfcrgen", "J\xc3\xbcrgen" },
		{ "windows-1251", "\xcf\xf0", "\xd0\x9f\xd1\x80" },
		{ "gb2312", "\xd6\xd0", "\xe4\xb8\xad" },
		{ "big5", "\xa4\xa4\xff!", "\xe4\xb8\xad\xef\xbf\xbd!" },
		{ "euc-kr", "\xb0\xa1\xb0", "\xea\xb0\x80\xef\xbf\xbd" },
		{ "unicode-1-1-utf-7", "+AOk-t+AOk-", "\xc3\xa9t\xc3\xa9" },
		{ "x-user-defined", "a\xe9", "a\xef\xbf\xbd" },
		/* glibc refuses the last byte, but says that none is left. */
		{ "iso-2022-cn", "a\xac\x0e", "a\xef\xbf\xbd\xef\xbf\xbd" },
		/* Past U+10FFFF: the C library would pass it on. */
		{ "utf-8", "a\xf4\xb9\xb9\xb9z", "a\xef\xbf\xbdz" },
		{ "utf-8", "\xf4\x8f\xbf\xbf\xed\x9f\xbf", "\xf4\x8f\xbf\xbf\xed\x9f\xbf" },
	};
	struct arena *arena = arena_new((size_t)1 << 20, NULL);

	(void)state;
	assert_true(parser_charset.warm());
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_slice(charset_to_utf8(arena, charset_find(slice_str(cases[i][0])),
				 slice_str(cases[i][1])),
		    cases[i][2]);
	arena_free(arena);
}

static void
messages_cut_at_any_byte_are_survived(void **state)
{
	static const char *const charsets[] = { "shift_jis", "gb18030", "iso-2022-jp", "utf-7",
		"utf-16" };

	(void)state;
	for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++) {
		char text[256];

		strcpy(text, "Content-Type: text/plain; charset=");
		strcat(text, charsets[i]);
		strcat(text, "\r\n\r\n\x81\x30\x81\x30 \x1b$BF|K\\\x1b(B \x1b[ +AOk- \xd8\xd8\xfe");
		sample_prefixes(text, strlen(text), &parser_charset);
	}
}

static void
a_hundred_thousand_faults_are_survived(void **state)
{
	static const struct {
		const char *charset, *piece;
		bool lawful; /* many of them, all the same */
	} cases[] = {
		{ "utf-8", "\xf0\x80", false },
		{ "utf-7", "\xff", false },
		{ "utf-7", "+AGE-", true },
		{ "utf-7", "+AGE+", false },
		{ "iso-2022-jp", "\x1b", false },
		{ "iso-2022-jp", "\x1b$B", false },
		{ "gb18030", "\x81\x30\x81", false },
		{ "utf-16", "\xd8\xd8", false },
		{ "windows-1253", "\xd2", false },
		{ "hz-gb-2312", "~{", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct sample sample;
		char head[256] = "Content-Type: text/plain; charset=";

		strcat(head, cases[i].charset);
		strcat(head, "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
		sample_repeated(&sample, head, cases[i].piece, 100000, &parser_charset);
		assert_int_equal(sample_count(&sample, FIRST, LAST) == 0, cases[i].lawful);
		sample_free(&sample);
	}
}

/* A confined worker can open no file: what was opened while warming up must do, for GMime too. */
static void
converters_are_there_when_no_file_can_be_opened(void **state)
{
	static const char *const names[] = { "koi8-r", "gb2312", "euc-kr", "shift_jis",
		"iso-2022-jp", "big5", "windows-1251", "iso-8859-15", "utf-7", "euc-jp",
		"iso-2022-kr", "gb18030", "cp949", "ibm850" };
	struct rlimit before, none;

	(void)state;
	assert_true(parser_charset.warm());
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		iconv_t handle = iconv_open("UTF-8", names[i]);

		if (handle == (iconv_t)-1) {
			setrlimit(RLIMIT_NOFILE, &before);
			fail_msg("no converter for \"%s\"", names[i]);
		}
		iconv_close(handle);
	}
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_whatever_their_case_and_punctuation),
		cmocka_unit_test(every_name_of_the_table_leads_to_its_row),
		cmocka_unit_test(texts_are_checked_by_the_structure_of_their_charset),
		cmocka_unit_test(wrong_escapes_are_told_from_invalid_characters),
		cmocka_unit_test(double_byte_charsets_have_a_fact_of_their_own),
		cmocka_unit_test(places_are_those_of_the_encoded_bytes),
		cmocka_unit_test(an_unknown_charset_is_told_once_and_an_empty_one_not),
		cmocka_unit_test(runs_of_line_ends_count_from_128_in_iso_2022_alone),
		cmocka_unit_test(text_becomes_utf8),
		cmocka_unit_test(messages_cut_at_any_byte_are_survived),
		cmocka_unit_test(a_hundred_thousand_faults_are_survived),
		cmocka_unit_test(converters_are_there_when_no_file_can_be_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
