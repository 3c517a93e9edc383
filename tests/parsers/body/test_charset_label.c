/* test_charset_label.c - labels that the bytes belie, names in RFC 2231 form, traits of names. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#include "../../../parsers/body/charset.h"

#define FIRST FACT_ISO2022_KR_B7
#define LAST FACT_CHARSET_ALPHABETS
#define NOTHING FACT_COUNT /* a row that must raise no fact of these */

/* The header's fields, the body with '#' before the place, and the one fact with its value. */
struct label {
	const char *fields, *body;
	enum fact_kind kind;
	uint64_t value;
};

#define PLAIN "Content-Type: text/plain\r\n"
#define TEXT(charset) "Content-Type: text/plain; charset=" charset "\r\n"
#define HTML(charset) "Content-Type: text/html; charset=" charset "\r\n"
#define GB "\xbf\xe2\xb4\xe6 \xc7\xe5\xb5\xa5 \xc1\xbd\xcf\xe4 \xd0\xbb\xd0\xbb"

static const struct label labels[] = {
	{ "", "caf#\xe9 \xe9", FACT_CHARSET_ASCII_8BIT, 2 },
	{ PLAIN, "caf#\xe9", FACT_CHARSET_ASCII_8BIT, 1 },
	{ TEXT("us-ascii"), "caf#\xe9", FACT_CHARSET_ASCII_8BIT, 1 },
	{ TEXT("us-ascii") "Content-Transfer-Encoding: x-uuencode\r\n", "caf\xe9", NOTHING, 0 },
	{ "Content-Type: application/octet-stream\r\n", "caf\xe9", NOTHING, 0 },
	{ TEXT("iso-8859-1"), "caf\xe9", NOTHING, 0 },
	{ TEXT("iso-8859-2"),
	    "#\x93"
	    "a\x94",
	    FACT_CHARSET_C1, 2 },
	{ TEXT("windows-1252"),
	    "\x93"
	    "a\x94",
	    NOTHING, 0 },
	{ TEXT("iso-8859-1"), "#" GB, FACT_CHARSET_FAR_EAST, 2 },
	{ TEXT("iso-8859-2"), GB, NOTHING, 0 },
	{ TEXT("iso-8859-1"), GB " \xe9", NOTHING, 0 },
	{ TEXT("iso-8859-1"), "a#\x1b$BF|\x1b(B \xe9", FACT_CHARSET_FAR_EAST, 1 },
	{ TEXT("iso-8859-1"), "a\x1b[1m \xe9", NOTHING, 0 },
	{ TEXT("iso-8859-1"), "\xcf\xf0\xe8\xe2\xe5\xf2 \xf1\xf2 \xf0\xe8 \xea\xe0 \xe4\xe5",
	    NOTHING, 0 },
	{ TEXT("iso-2022-jp"), "\x1b$BF|\x1b(B#\x93\xfa\x96\x7b", FACT_CHARSET_JIS_SJIS, 2 },
	{ TEXT("shift_jis"), "#\x93\xfa\x96\x7b\x1b$BF|\x1b(B", FACT_CHARSET_JIS_SJIS, 2 },
	{ TEXT("shift_jis"), "\x93\xfa\x96\x7b", NOTHING, 0 },
	{ TEXT("iso-2022-kr"), "\x1b$)C#\x0e\x37!\x0f\r\n\x0e\x37!\x0f", FACT_ISO2022_KR_B7, 2 },
	{ TEXT("iso-2022-kr"), "\x1b$)C a\x0e\x37!\x0f\r\n", NOTHING, 0 },
	{ TEXT("utf-8"), "caf\xc3\xa9", NOTHING, 0 },
	{ TEXT("utf-7"), "cafe", NOTHING, 0 },
	{ HTML("utf-8"), "<meta charset='#koi8-r'>\xc3\xa9", FACT_CHARSET_META, 0 },
	{ HTML("utf-8"), "<META content=\"text/html; charset = #gb2312\">\xc3\xa9",
	    FACT_CHARSET_META, 0 },
	{ HTML("utf-8"), "<meta charset=UTF8>\xc3\xa9", NOTHING, 0 },
	{ HTML("utf-8"), "<meta charset=no-such>\xc3\xa9", NOTHING, 0 },
	{ HTML("utf-8"), "<meta name=a><p charset=koi8-r>\xc3\xa9", NOTHING, 0 },
	{ HTML("utf-8"), "<meta charset=koi8-r \xc3\xa9", NOTHING, 0 },
	{ TEXT("utf-8"), "<meta charset=koi8-r>\xc3\xa9", NOTHING, 0 },
	{ TEXT("utf-8"), "a #p\xd0\xb0ypal b\xd0\xb0nk", FACT_CHARSET_ALPHABETS, 2 },
	{ TEXT("utf-8"), "PDF\xd0\xb0 caf\xc3\xa9s \xce\xa9m", NOTHING, 0 },
	{ TEXT("koi8-r"), "#p\xc1ypal", FACT_CHARSET_ALPHABETS, 1 },
	{ TEXT("iso-8859-1"), "p\xc1ypal", NOTHING, 0 },
};

static void
labels_are_judged_by_the_bytes_of_the_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		const struct label *label = &labels[i];
		struct sample sample;
		char text[512];
		char *mark;

		snprintf(
		    text, sizeof text, "MIME-Version: 1.0\r\n%s\r\n%s", label->fields, label->body);
		mark = strchr(text, '#');
		if (mark)
			memmove(mark, mark + 1, strlen(mark));
		sample_text(&sample, text, &parser_charset);
		if (sample_count(&sample, FIRST, LAST) != (label->kind != NOTHING))
			fail_msg("row %d: %u facts", (int)i, sample_count(&sample, FIRST, LAST));
		if (label->kind != NOTHING) {
			const struct fact *fact = sample_fact(&sample, label->kind);

			assert_int_equal(fact->value, label->value);
			assert_int_equal(fact->offset, mark - text);
		}
		sample_free(&sample);
	}
}

static void
a_needless_name_is_placed_at_the_name(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(
	    &sample, "Content-Type: text/plain; charset=\"utf-8\"\r\n\r\nab", &parser_charset);
	assert_int_equal(
	    sample_fact(&sample, FACT_CHARSET_NEEDLESS)->offset, sample_at(&sample, "utf-8"));
	assert_int_equal(sample_fact(&sample, FACT_CHARSET_NEEDLESS)->len, 5);
	sample_free(&sample);
}

static void
names_in_extended_form_are_decoded(void **state)
{
	static const char *const cases[][2] = { { "charset*=us-ascii''utf-8", "utf-8" },
		{ "charset*=us-ascii'en'utf%2D8", "utf-8" }, { "charset*=''%75%74%66-8", "utf-8" },
		{ "charset*0*=''utf; charset*1=-8", "utf-8" }, { "charset*=utf%2", "utf%2" },
		{ "charset*=''%zz", "%zz" }, { "charset*0=utf; charset*1=-8", "utf-8" },
		{ "charset*=us-ascii''", "" } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct sample sample;
		char text[256] = "Content-Type: text/plain; ";

		strcat(text, cases[i][0]);
		strcat(text, "\r\n\r\nab");
		sample_text(&sample, text, &parser_charset);
		assert_slice(sample.msg.parts[0].charset, cases[i][1]);
		sample_free(&sample);
	}
}

static void
a_coded_name_is_placed_at_its_parameter(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(
	    &sample, "Content-Type: text/plain; charset*=''x%2Dno\r\n\r\nab", &parser_charset);
	assert_int_equal(
	    sample_fact(&sample, FACT_CHARSET_UNKNOWN)->offset, sample_at(&sample, "charset*"));
	assert_int_equal(
	    sample_fact(&sample, FACT_CHARSET_UNKNOWN)->len, strlen("charset*=''x%2Dno"));
	sample_free(&sample);
}

static void
traits_tell_kinds_of_charsets(void **state)
{
	static const struct {
		const char *name;
		unsigned traits;
	} cases[] = { { "no-such", 0 }, { "", 0 },
		{ "us-ascii", CHARSET_WESTERN | CHARSET_PERIOD | CHARSET_7BIT },
		{ "windows-1252", CHARSET_WESTERN | CHARSET_PERIOD },
		{ "iso-8859-15", CHARSET_WESTERN }, { "koi8-r", CHARSET_PERIOD },
		{ "ks_c_5601-1987", CHARSET_PERIOD }, { "gb18030", 0 },
		{ "utf8", CHARSET_UNICODE | CHARSET_PERIOD },
		{ "unicode-1-1-utf-7", CHARSET_UNICODE | CHARSET_PERIOD | CHARSET_7BIT },
		{ "ucs-2", CHARSET_UNICODE | CHARSET_UTF16 | CHARSET_PERIOD },
		{ "utf-32", CHARSET_UNICODE },
		{ "iso-2022-jp", CHARSET_PERIOD | CHARSET_7BIT | CHARSET_JAPANESE_7BIT },
		{ "iso-2022-kr", CHARSET_PERIOD | CHARSET_7BIT },
		{ "hz-gb-2312", CHARSET_PERIOD | CHARSET_7BIT }, { "johab", 0 },
		{ "x-mac-roman", CHARSET_MACINTOSH } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		unsigned traits = charset_name_traits(slice_str(cases[i].name));
		unsigned known = i < 2 ? 0 : CHARSET_KNOWN;

		if (traits != (cases[i].traits | known))
			fail_msg("%s: %#x", cases[i].name, traits);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_are_judged_by_the_bytes_of_the_text),
		cmocka_unit_test(a_needless_name_is_placed_at_the_name),
		cmocka_unit_test(names_in_extended_form_are_decoded),
		cmocka_unit_test(a_coded_name_is_placed_at_its_parameter),
		cmocka_unit_test(traits_tell_kinds_of_charsets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
