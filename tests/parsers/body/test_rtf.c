/* test_rtf.c - groups, control words and font names of Rich Text Format. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define HEAD "Content-Type: application/rtf\r\n\r\n"

/* Bars stand around the bytes of the fact; they are taken out. */
struct text {
	enum fact_kind kind;
	uint64_t value;
	const char *bytes;
};

static const struct text broken[] = {
	{ FACT_RTF_FORM, RTF_GROUP_OPEN, "{\\rtf1 a|{|b" },
	{ FACT_RTF_FORM, RTF_GROUP_OPEN, "{\\rtf1 a|{|b\\}}" },
	{ FACT_RTF_FORM, RTF_WORD_LONG, "{\\rtf1|\\abcdefghijklmnopqrstuvwxyzabcdefg| a}" },
	{ FACT_RTF_FORM, RTF_NUMBER_LONG, "{\\rtf1|\\b-12345678901| a}" },
	{ FACT_RTF_FORM, RTF_BINARY_CUT, "{\\rtf1|\\bin4 |a}}" },
	{ FACT_RTF_FORM, RTF_HEX_BAD, "{\\rtf1|\\'0g|}" },
	{ FACT_FONT_NAME, 1, "{\\rtf1{\\fonttbl{\\f0 |abcdefghijklmnopqrstuvwxyzabcdef|;}}}" },
	{ FACT_FONT_NAME, 2, "{\\rtf1{\\fonttbl\\f0 |a\x02z|;\\f1 b;}}" },
	{ FACT_FONT_NAME, 2, "{\\rtf1{\\fonttbl{\\f0 |a\x02z|}{\\f1 b;}}}" },
};

static void
each_fault_is_told_at_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
		char text[256] = HEAD;
		size_t from, len;
		struct sample sample;
		const struct fact *fact;

		strcat(text, broken[i].bytes);
		sample_unmark(text, &from, &len);
		sample_text(&sample, text, &parser_rtf);
		if (sample_met(&sample, broken[i].kind) == 0)
			fail_msg("nothing in row %d", (int)i);
		fact = sample_fact(&sample, broken[i].kind);
		assert_int_equal(fact->value, broken[i].value);
		assert_int_equal(fact->offset, from);
		assert_int_equal(fact->len, len);
		sample_free(&sample);
	}
}

static void
sound_texts_give_no_fact(void **state)
{
	static const char *const sound[] = {
		"{\\rtf1 a{b}c}",
		"{\\rtf1 a\\{b}more behind it {",
		"{\\rtf1\\abcdefghijklmnopqrstuvwxyzabcdef\\b-1234567890\\'0F}",
		"{\\rtf1{\\pict\\bin3 {{{}}",
		"{\\rtf1{\\fonttbl{\\f0 abcdefghijklmnopqrstuvwxyzabcde;}}}",
		"{\\rtf1{\\fonttbl{\\f1{\\*\\panose 01234567890123456789012345678901234}a;}}}",
		"{\\rtf1{\\fonttbl\\f0 a;}abcdefghijklmnopqrstuvwxyzabcdefghijkl;}",
		"not rich text {",
	};

	(void)state;
	for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++) {
		char text[512] = HEAD;
		struct sample sample;

		strcat(text, sound[i]);
		sample_text(&sample, text, &parser_rtf);
		if (sample_met(&sample, FACT_RTF_FORM) + sample_met(&sample, FACT_FONT_NAME) > 0)
			fail_msg("a fact in row %d", (int)i);
		sample_free(&sample);
	}
}

static void
texts_cut_at_any_byte_are_survived(void **state)
{
	static const char text[] =
	    HEAD "{\\rtf1{\\fonttbl{\\f0 a;}}{\\b0 \\'e9 {\\bin2 ab}\\u-8 ?}}";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_rtf);
}

static void
a_hundred_thousand_of_anything_is_survived(void **state)
{
	static const char *const pieces[] = { "{", "}", "\\", "\\'", "\\a", "\\bin9", "{\\fonttbl ",
		"a;", "\\-9" };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct sample sample;

		sample_repeated(&sample, HEAD "{\\rtf1", pieces[i], 100000, &parser_rtf);
		sample_free(&sample);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fault_is_told_at_its_place),
		cmocka_unit_test(sound_texts_give_no_fact),
		cmocka_unit_test(texts_cut_at_any_byte_are_survived),
		cmocka_unit_test(a_hundred_thousand_of_anything_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
