/* test_words.c - encoded words: form, bytes, text, and the text they make. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#include "../../../parsers/mail/words.h"

#define FIRST FACT_WORD_UNCLOSED
#define LAST FACT_WORD_CUT_TEXT

static void
open_subject(struct sample *sample, const char *value)
{
	char text[1024];

	assert_true(strlen(value) + 40 < sizeof text);
	strcpy(text, "From: a@x.org\r\nSubject: ");
	strcat(text, value);
	strcat(text, "\r\n\r\nbody\r\n");
	sample_text(sample, text, &parser_words);
}

static void
lawful_words_give_no_fact(void **state)
{
	static const char *const lawful[] = {
		"plain text",
		"what = this? or =that=?",
		"=?utf-8?Q?J=C3=BCrgen?= and =?iso-8859-1?q?J=FCrgen?=",
		"=?ISO-8859-1*de?B?SvxyZ2Vu?=",
		"=?utf-8?B?SsO8?=",
		"=?utf-8?q?"
		"?=",
		"=?shift_jis?B?k/qWew==?=",
		"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=",
		"=?us-ascii?Q?a=3F?=",
		"=?gb2312?B?1tDOxA==?=",
		"=?utf-8?Q?=E2=82?=\r\n =?utf-8?Q?=AC?=",
		"=?a?bc?d?e",
		"=?",
		"=?utf-8?Q?What?"
		"?=",
		"=?utf-8?B?SsO8?= =?iso-8859-1?Q?=E9?=",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lawful / sizeof lawful[0]; i++) {
		struct sample sample;

		open_subject(&sample, lawful[i]);
		if (sample_count(&sample, FIRST, LAST) > 0)
			fail_msg("fact for \"%s\"", lawful[i]);
		sample_free(&sample);
	}
}

/* The bars stand around the bytes the fact is about. */
struct damaged {
	const char *value;
	enum fact_kind kind;
	uint64_t fact_value;
};

static const struct damaged damages[] = {
	{ "a |=?utf-8?Q?b|", FACT_WORD_UNCLOSED, 0 },
	{ "|=?utf-8?Q?b|\r\n c?=", FACT_WORD_UNCLOSED, 0 },
	{ "|=?utf-8?Q?b| =?utf-8?Q?c?=", FACT_WORD_UNCLOSED, 0 },
	{ "|=?utf-8?X?b?=|", FACT_WORD_BAD_ENCODING, 0 },
	{ "|=?utf-8?QQ?b?=|", FACT_WORD_BAD_ENCODING, 0 },
	{ "=?utf-8?Q?a|=|4?=", FACT_WORD_BAD_BYTES, '=' },
	{ "=?utf-8?Q?|=|zz?=", FACT_WORD_BAD_BYTES, '=' },
	{ "=?utf-8?B?YW|*|Jj?=", FACT_WORD_BAD_BYTES, '*' },
	{ "=?utf-8?B?YWJj|Y|?=", FACT_WORD_BAD_BYTES, 'Y' },
	{ "=?utf-8?B?YQ==|Y|WJj?=", FACT_WORD_BAD_BYTES, 'Y' },
	{ "|=?no-such?Q?a?=|", FACT_WORD_UNKNOWN_CHARSET, 0 },
	{ "|=??Q?a?=|", FACT_WORD_EMPTY_CHARSET, 0 },
	{ "|=?utf-8?Q?=FF?=|", FACT_WORD_INVALID_TEXT, 1 },
	{ "|=?shift_jis?Q?=81=20=81=20?=|", FACT_WORD_INVALID_TEXT, 2 },
	{ "|=?shift_jis?B?k/qW?=|", FACT_WORD_CUT_TEXT, 0 },
	{ "|=?euc-kr?Q?=B0=A1=B0?=|", FACT_WORD_CUT_TEXT, 0 },
	{ "|=?iso-2022-jp?B?GyRCRnxLXA==?=|", FACT_WORD_CUT_TEXT, 1 },
	{ "|=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?Q?x?=|", FACT_WORD_CUT_TEXT, 0 },
	{ "|=?utf-8?Q?=E2=82?=| x", FACT_WORD_CUT_TEXT, 0 },
};

static void
each_damage_is_one_fact_at_its_byte(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
		const struct damaged *damaged = &damages[i];
		struct sample sample;
		const struct fact *fact;
		size_t from, len;
		char text[256];

		strcpy(text, damaged->value);
		sample_unmark(text, &from, &len);
		open_subject(&sample, text);
		fact = message_next_fact(&sample.msg, damaged->kind, NULL);
		if (!fact || sample_count(&sample, FIRST, LAST) != 1)
			fail_msg("%u facts for \"%s\"", sample_count(&sample, FIRST, LAST),
			    damaged->value);
		if (fact->offset != strlen("From: a@x.org\r\nSubject: ") + from ||
		    fact->len != len || fact->value != damaged->fact_value)
			fail_msg("offset %d, length %d, value %d for \"%s\"", (int)fact->offset,
			    (int)fact->len, (int)fact->value, damaged->value);
		assert_int_equal(fact->field, 1);
		sample_free(&sample);
	}
}

static void
a_word_may_have_75_bytes(void **state)
{
	char value[100] = "=?utf-8?Q?";
	struct sample sample;

	(void)state;
	memset(value + 10, 'a', 63);
	strcpy(value + 73, "?=");
	open_subject(&sample, value);
	assert_int_equal(sample_count(&sample, FIRST, LAST), 0);
	sample_free(&sample);
	strcpy(value + 73, "a?=");
	open_subject(&sample, value);
	assert_int_equal(sample_fact(&sample, FACT_WORD_LONG)->value, 76);
	sample_free(&sample);
}

static void
display_names_are_read_and_other_fields_are_not(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample,
	    "X-Trace: =?none?Q?a?=\r\nTo: \"=?big5?Q?=A4=A4=A4?=\" <a@x.org>\r\n\r\nbody\r\n",
	    &parser_words);
	assert_int_equal(sample_count(&sample, FIRST, LAST), 1);
	assert_int_equal(
	    sample_fact(&sample, FACT_WORD_CUT_TEXT)->offset, sample_at(&sample, "=?big5"));
	assert_int_equal(sample_fact(&sample, FACT_WORD_CUT_TEXT)->field, 1);
	sample_free(&sample);
}

static void
a_raw_name_is_cut_when_the_message_says_its_charset(void **state)
{
	static const char *const heads[] = { "Content-Type: text/plain; charset=big5\r\n",
		"Content-Type: text/plain; charset=iso-8859-1\r\n", "" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct sample sample;
		char text[256];

		strcpy(text, heads[i]);
		strcat(
		    text, "From: \"\xa4\xa4\xa4\" <a@x.org>, \xa4\xa4 <b@x.org>\r\n\r\nbody\r\n");
		sample_text(&sample, text, &parser_words);
		assert_int_equal(sample_count(&sample, FIRST, LAST), i == 0);
		if (i == 0) {
			const struct fact *fact = sample_fact(&sample, FACT_WORD_CUT_TEXT);

			assert_int_equal(fact->value, 2);
			assert_int_equal(fact->len, 3);
			assert_int_equal(fact->offset, sample_at(&sample, "\xa4"));
		}
		sample_free(&sample);
	}
}

static void
decoded_text_is_utf8(void **state)
{
	static const char *const pairs[][2] = {
		{ "plain", "plain" },
		{ "", "" },
		{ "=?iso-8859-1?Q?J=FCrgen_M?= x", "J\xc3\xbcrgen M x" },
		{ "a =?utf-8?B?SsO8?=\r\n =?utf-8?Q?rgen?= b", "a J\xc3\xbcrgen b" },
		{ "=?utf-8?Q?=E2=82?= =?utf-8?Q?=AC?=", "\xe2\x82\xac" },
		{ "=?shift_jis?B?k/qWew==?=", "\xe6\x97\xa5\xe6\x9c\xac" },
		{ "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "\xe6\x97\xa5\xe6\x9c\xac" },
		{ "=?koi8-r?B?8NLJ18XU?=!", "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82!" },
		{ "=?no-such?Q?a?=", "=?no-such?Q?a?=" },
		{ "=?utf-8?Q?a", "=?utf-8?Q?a" },
		{ "a\xff"
		  "b",
		    "a\xef\xbf\xbd"
		    "b" },
		{ "=?utf-8?Q?=FF?=", "\xef\xbf\xbd" },
	};
	struct arena *arena = arena_new((size_t)1 << 20, NULL);

	(void)state;
	assert_true(parser_words.warm());
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		assert_slice(words_decode(arena, slice_str(pairs[i][0])), pairs[i][1]);
	arena_free(arena);
}

static void
values_cut_at_any_byte_are_survived(void **state)
{
	static const char text[] =
	    "Subject: =?utf-8?Q?=E2=82?=\r\n =?utf-8*x?B?SsO8?= =??q?a?= =?x?z?"
	    "?= =?a?b?c\r\n"
	    "From: \xa4\xa4\xa4 <a>\r\n";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_words);
}

static void
a_hundred_thousand_words_are_survived(void **state)
{
	static const char *const pieces[] = { "=?", "=?a?q?x ", "=?utf-8?b?x\r\n ", "=?utf-8?q?",
		"=?utf-8?q?a?= ", "=?no?q?a?= ", "=?utf-8?b?", "?=", "=?a" };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct sample sample;

		sample_repeated(&sample, "Subject: ", pieces[i], 100000, &parser_words);
		sample_free(&sample);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lawful_words_give_no_fact),
		cmocka_unit_test(each_damage_is_one_fact_at_its_byte),
		cmocka_unit_test(a_word_may_have_75_bytes),
		cmocka_unit_test(display_names_are_read_and_other_fields_are_not),
		cmocka_unit_test(a_raw_name_is_cut_when_the_message_says_its_charset),
		cmocka_unit_test(decoded_text_is_utf8),
		cmocka_unit_test(values_cut_at_any_byte_are_survived),
		cmocka_unit_test(a_hundred_thousand_words_are_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
