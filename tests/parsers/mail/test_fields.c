/* test_fields.c - header blocks: exact bytes, unfolding and every oddity. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

static void
fields_keep_their_bytes(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "From: a@b.example\r\nsubject:  two \r\n\t lines\r\nX-Y:\r\n\r\nbody\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_fields, 3);
	assert_int_equal(s.msg.fields[0].id, FIELD_FROM);
	assert_int_equal(s.msg.fields[1].id, FIELD_SUBJECT);
	assert_int_equal(s.msg.fields[2].id, FIELD_OTHER);
	assert_slice(s.msg.fields[1].name, "subject");
	assert_slice(s.msg.fields[1].whole, "subject:  two \r\n\t lines");
	assert_slice(s.msg.fields[1].value, "  two \r\n\t lines");
	assert_slice(s.msg.fields[1].text, "two \t lines");
	assert_int_equal(message_offset(&s.msg, s.msg.fields[1].value), 27);
	assert_slice(s.msg.fields[2].value, "");
	assert_int_equal(message_offset(&s.msg, s.msg.fields[2].value), sample_at(&s, "X-Y:") + 4);
	assert_int_equal(message_offset(&s.msg, s.msg.fields[0].text), 6);
	assert_slice(s.msg.parts[0].body, "body\r\n");
	assert_slice(
	    s.msg.parts[0].header, "From: a@b.example\r\nsubject:  two \r\n\t lines\r\nX-Y:\r\n");
	assert_int_equal(s.msg.n_facts, 0);
	sample_free(&s);
}

static void
names_that_are_known_are_known_in_any_case(void **state)
{
	static const struct {
		const char *name;
		enum field_id id;
	} cases[] = {
		{ "CONTENT-TYPE", FIELD_CONTENT_TYPE },
		{ "content-transfer-encoding", FIELD_CONTENT_TRANSFER_ENCODING },
		{ "Resent-Message-Id", FIELD_RESENT_MESSAGE_ID },
		{ "x-ms-tnef-correlator", FIELD_X_MS_TNEF_CORRELATOR },
		{ "X-Receiver", FIELD_X_RECEIVER },
		{ "Encoding", FIELD_ENCODING },
		{ "Content-Typ", FIELD_OTHER },
		{ "Content-Types", FIELD_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = repeated("To: x\r\n", cases[i].name, 1, ": text/plain\r\n\r\n");
		struct sample s;

		sample_text(&s, text, &parser_split);
		assert_int_equal(s.msg.fields[1].id, cases[i].id);
		sample_free(&s);
		free(text);
	}
}

/* One odd header block, and the fact that it must give at the text `where`. */
struct odd {
	const char *text;
	enum fact_kind kind;
	const char *where;
	uint64_t value;
	int field;
};

static const struct odd odds[] = {
	{ "To: x\r\nno field\r\n\r\n", FACT_HEADER_NO_COLON, "no field", 0, -1 },
	{ "To: x\r\nA b: c\r\n\r\n", FACT_HEADER_NAME_BAD, " b:", ' ', 1 },
	{ "To: x\r\nA\x80: c\r\n\r\n", FACT_HEADER_NAME_BAD, "\x80", 0x80, 1 },
	{ "To: x\r\n: c\r\n\r\n", FACT_HEADER_NAME_EMPTY, ": c", 0, 1 },
	{ "To \t: x\r\n\r\n", FACT_HEADER_BLANK_BEFORE_COLON, " \t: x", 0, 0 },
	{ " x\r\nTo: x\r\n\r\n", FACT_HEADER_STARTS_FOLDED, " x\r\nTo", 0, -1 },
	{ "To: x\x01\r\n\r\n", FACT_HEADER_CONTROL, "\x01", 1, 0 },
	{ "To: x\x7f\r\n\r\n", FACT_HEADER_CONTROL, "\x7f", 0x7f, 0 },
	{ "To: x\xe9\xe9\r\n\r\n", FACT_HEADER_8BIT, "\xe9\xe9", 2, 0 },
	{ "To: x\ry\r\n\r\n", FACT_HEADER_BARE_CR, "\ry", 1, 0 },
	{ "To: x\r\r\n\r\n", FACT_HEADER_BARE_CR, "\r\r\n", 1, 0 },
	{ "To: x\nCc: y\r\n\r\n", FACT_HEADER_BARE_LF, "\nCc", 1, 0 },
	{ "To: x\n y\r\n\r\n", FACT_HEADER_BARE_LF, "\n y", 1, 0 },
	{ "To: x\r\n \t\r\n y\r\n\r\n", FACT_HEADER_BLANK_FOLD, " \t\r\n", 0, 0 },
	{ "To: x\r\nCc: y\r\n", FACT_HEADER_UNTERMINATED, "", 0, -1 },
	{ "To: x\r\nCc: y", FACT_HEADER_TRUNCATED, "Cc: y", 5, -1 },
	{ "From a@b Mon Jan  1\r\nTo: x\r\n\r\n", FACT_HEADER_MBOX_LINE, "From a@b", 0, -1 },
	{ "Microsoft Mail Internet Headers Version 2.0\r\nTo: x\r\n\r\n",
	    FACT_HEADER_INTERNET_HEADERS_LINE, "Microsoft", 0, -1 },
};

static void
each_oddity_is_a_fact_at_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof odds / sizeof *odds; i++) {
		const struct fact *fact;
		struct sample s;

		sample_text(&s, odds[i].text, &parser_split);
		if (sample_met(&s, odds[i].kind) != 1)
			fail_msg("case %zu: fact met %u times", i, sample_met(&s, odds[i].kind));
		fact = sample_fact(&s, odds[i].kind);
		assert_int_equal(fact->offset,
		    odds[i].where[0] ? sample_at(&s, odds[i].where) : strlen(odds[i].text));
		assert_int_equal(fact->value, odds[i].value);
		assert_int_equal(fact->field, odds[i].field);
		assert_int_equal(fact->part, 0);
		sample_free(&s);
	}
}

static void
nul_in_a_header_is_told_and_kept(void **state)
{
	static const char text[] = "To: x\0y\r\nCc: z\r\n\r\n";
	struct sample s;

	(void)state;
	sample_read(&s, text, sizeof text - 1, &parser_split);
	assert_int_equal(sample_fact(&s, FACT_HEADER_NUL)->offset, 5);
	assert_int_equal(s.msg.fields[0].text.len, 3);
	assert_int_equal(s.msg.n_fields, 2);
	sample_free(&s);
}

static void
scanning_goes_on_behind_a_line_without_colon(void **state)
{
	struct sample s;

	(void)state;
	sample_text(
	    &s, "To: x\r\n y\r\njunk\r\n more junk\r\nCc: z\r\n\r\nbody\r\n", &parser_split);
	assert_int_equal(s.msg.n_fields, 2);
	assert_slice(s.msg.fields[0].whole, "To: x\r\n y");
	assert_slice(s.msg.fields[1].whole, "Cc: z");
	assert_int_equal(sample_met(&s, FACT_HEADER_NO_COLON), 1);
	sample_free(&s);
}

static void
junk_before_known_fields_does_not_hide_them(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "junk on top\r\nReceived: from x\r\nTo: y\r\n\r\nbody\r\n", &parser_split);
	assert_int_equal(s.msg.n_fields, 2);
	assert_int_equal(sample_met(&s, FACT_HEADER_NO_COLON), 1);
	assert_slice(s.msg.parts[0].body, "body\r\n");
	sample_free(&s);
}

static void
text_that_is_no_mail_has_no_header(void **state)
{
	static const char *const texts[] = {
		"This is a file.\r\nIt says: nothing.\r\n\r\nMore.\r\n", "<html>\r\n<body>\r\n",
		"MZ\x90\x01\x03:\r\n\x04", "\r\nSubject: x\r\n"
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct sample s;

		sample_text(&s, texts[i], &parser_split);
		assert_int_equal(s.msg.n_fields, 0);
		assert_int_equal(s.msg.parts[0].header.len, 0);
		assert_int_equal(sample_met(&s, FACT_HEADER_NO_COLON), 0);
		assert_int_equal(sample_met(&s, FACT_HEADER_UNTERMINATED), 0);
		sample_free(&s);
	}
}

static void
lf_only_header_has_no_bare_lf(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "To: x\n y\nCc: z\n\nbody\n", &parser_split);
	assert_int_equal(sample_met(&s, FACT_HEADER_BARE_LF), 0);
	assert_slice(s.msg.fields[0].whole, "To: x\n y");
	assert_slice(s.msg.fields[0].text, "x y");
	assert_int_equal(s.msg.n_fields, 2);
	sample_free(&s);
}

static void
long_lines_and_huge_blocks_are_measured(void **state)
{
	struct sample s;
	char *text;

	(void)state;
	for (size_t n = 995; n <= 996; n++) { /* "X: " makes 998 and 999 */
		text = repeated("To: x\r\nX: ", "a", n, "\r\n\r\n");
		sample_text(&s, text, &parser_split);
		assert_int_equal(sample_met(&s, FACT_HEADER_LONG_LINE), n == 996);
		if (n == 996)
			assert_int_equal(sample_fact(&s, FACT_HEADER_LONG_LINE)->value, 999);
		sample_free(&s);
		free(text);
	}
	for (size_t n = 4096; n <= 4097; n++) {
		text = repeated("", "X: aaa\r\n", n, "\r\n");
		sample_text(&s, text, &parser_split);
		assert_int_equal(sample_met(&s, FACT_HEADER_HUGE), n == 4097);
		sample_free(&s);
		free(text);
	}
}

static void
too_many_fields_are_counted_and_types_still_read(void **state)
{
	char *text = repeated("To: x\r\n", "X: y\r\n", MESSAGE_FIELDS_MAX,
	    "Content-Type: text/html\r\nX: \x01\r\n\r\nbody\r\n");
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_true(s.msg.n_fields < MESSAGE_FIELDS_MAX);
	assert_int_equal(sample_fact(&s, FACT_FIELDS_CUT)->value, MESSAGE_FIELDS_MAX + 3);
	assert_true(part_is(&s.msg.parts[0], "text", "html"));
	assert_int_equal(sample_fact(&s, FACT_HEADER_CONTROL)->field, -1);
	sample_free(&s);
	free(text);
}

static void
unfolding_keeps_all_but_line_ends(void **state)
{
	static const struct {
		const char *raw, *text;
	} cases[] = {
		{ " a\r\n b", "a b" },
		{ "a\r\n\tb\r\n", "a\tb" },
		{ "\r\n a", "a" },
		{ "a\n b", "a b" },
		{ "a\r b", "a b" },
		{ "a\rb", "a\rb" },
		{ "a \r\n \r\n b", "a   b" },
		{ " \t\r\n ", "" },
		{ "", "" },
	};
	struct arena *arena = arena_new(1 << 20, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_slice(fields_unfold(arena, slice_str(cases[i].raw)), cases[i].text);
	arena_free(arena);
}

static void
every_prefix_of_odd_headers_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof odds / sizeof *odds; i++)
		sample_prefixes(odds[i].text, strlen(odds[i].text), &parser_split);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_keep_their_bytes),
		cmocka_unit_test(names_that_are_known_are_known_in_any_case),
		cmocka_unit_test(each_oddity_is_a_fact_at_its_place),
		cmocka_unit_test(nul_in_a_header_is_told_and_kept),
		cmocka_unit_test(scanning_goes_on_behind_a_line_without_colon),
		cmocka_unit_test(junk_before_known_fields_does_not_hide_them),
		cmocka_unit_test(text_that_is_no_mail_has_no_header),
		cmocka_unit_test(lf_only_header_has_no_bare_lf),
		cmocka_unit_test(long_lines_and_huge_blocks_are_measured),
		cmocka_unit_test(too_many_fields_are_counted_and_types_still_read),
		cmocka_unit_test(unfolding_keeps_all_but_line_ends),
		cmocka_unit_test(every_prefix_of_odd_headers_is_read),
	};

	return cmocka_run_group_tests_name("parsers/mail/fields", tests, NULL, NULL);
}
