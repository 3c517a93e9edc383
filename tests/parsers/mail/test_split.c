/*
 * test_split.c - parts, their places and their oddities; delimiters are in test_split_delimiters.c,
 * limits in test_split_limits.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/mail/multipart.h"

static void
text_without_mime_is_one_leaf(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "Subject: x\r\n\r\nhi\r\n", &parser_split);
	assert_int_equal(s.msg.n_parts, 1);
	assert_int_equal(s.msg.parts[0].kind, PART_LEAF);
	assert_string_equal(s.msg.parts[0].path, "1");
	assert_true(part_is(&s.msg.parts[0], "text", "plain"));
	assert_int_equal(s.msg.parts[0].type.field, -1);
	assert_false(s.msg.parts[0].has_charset);
	assert_slice(s.msg.parts[0].body, "hi\r\n");
	sample_free(&s);
}

static const char nested[] =
    MIXED("out") "pre\r\n--out\r\nContent-Type: text/plain\r\n\r\none\r\n--out \t\r\n"
		 "Content-Type: multipart/alternative; boundary=\"in\"\r\n\r\n--in\r\n\r\na\r\n\r\n"
		 "--in\r\n"
		 "Content-Type: text/html\r\n\r\nb\r\n--in--\r\n\r\n--out\r\n"
		 "Content-Type: message/rfc822\r\n\r\n"
		 "Subject: inner\r\n\r\ninner text\r\n--out--\r\nepi\r\n";

static void
bodies_lose_only_the_line_end_of_the_delimiter(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, nested, &parser_split);
	assert_int_equal(s.msg.n_parts, 7);
	assert_slice(s.msg.parts[0].preamble, "pre");
	assert_slice(s.msg.parts[0].epilogue, "epi\r\n");
	assert_true(s.msg.parts[0].closed);
	assert_slice(part_at(&s, "1", PART_LEAF)->body, "one");
	assert_int_equal(
	    message_offset(&s.msg, part_at(&s, "1", PART_LEAF)->body), sample_at(&s, "one\r\n"));
	assert_slice(part_at(&s, "2.1", PART_LEAF)->body, "a\r\n");
	assert_slice(part_at(&s, "2.2", PART_LEAF)->body, "b");
	assert_slice(part_at(&s, "2", PART_MULTIPART)->epilogue, "");
	assert_slice(part_at(&s, "3", PART_MESSAGE)->body, "Subject: inner\r\n\r\ninner text");
	assert_slice(part_at(&s, "3.1", PART_LEAF)->body, "inner text");
	assert_int_equal(s.msg.n_facts, 1); /* text behind the end */
	assert_int_equal(sample_met(&s, FACT_EPILOGUE_TEXT), 1);
	sample_free(&s);
}

static void
tree_links_and_depths_agree(void **state)
{
	struct sample s;
	const struct part *parts;

	(void)state;
	sample_text(&s, nested, &parser_split);
	parts = s.msg.parts;
	assert_int_equal(parts[0].parent, -1);
	assert_int_equal(parts[0].first_child, 1);
	assert_int_equal(parts[1].next_sibling, 2);
	assert_int_equal(parts[2].first_child, 3);
	assert_int_equal(parts[3].next_sibling, 4);
	assert_int_equal(parts[4].next_sibling, -1);
	assert_int_equal(parts[2].next_sibling, 5);
	assert_int_equal(parts[5].first_child, 6);
	assert_int_equal(parts[6].parent, 5);
	assert_int_equal(parts[6].depth, 2);
	assert_int_equal(parts[6].message_depth, 1);
	assert_int_equal(parts[5].message_depth, 0);
	assert_slice(message_field(&s.msg, 6, FIELD_SUBJECT, NULL)->text, "inner");
	assert_null(message_field(&s.msg, 0, FIELD_SUBJECT, NULL));
	sample_free(&s);
}

static void
lf_only_copy_has_the_same_parts(void **state)
{
	char copy[sizeof nested];
	size_t len = 0;
	struct sample s;

	(void)state;
	for (const char *p = nested; *p; p++)
		if (*p != '\r')
			copy[len++] = *p;
	sample_read(&s, copy, len, &parser_split);
	assert_int_equal(s.msg.n_parts, 7);
	assert_slice(part_at(&s, "1", PART_LEAF)->body, "one");
	assert_slice(part_at(&s, "2.1", PART_LEAF)->body, "a\n");
	assert_int_equal(s.msg.n_facts, 2); /* LF only, text behind the end */
	sample_free(&s);
}

static void
end_of_data_leaves_multiparts_open(void **state)
{
	static const char text[] = MIXED("b") "--b\r\n\r\nhalf";
	struct sample s;

	(void)state;
	sample_text(&s, text, &parser_split);
	assert_false(s.msg.parts[0].closed);
	assert_int_equal(sample_fact(&s, FACT_CLOSING_MISSING)->value, 0);
	assert_int_equal(sample_fact(&s, FACT_CLOSING_MISSING)->offset, strlen(text));
	assert_slice(s.msg.parts[1].body, "half");
	sample_free(&s);

	sample_read_as(&s, text, strlen(text), true, &parser_split);
	assert_int_equal(sample_met(&s, FACT_CLOSING_MISSING), 0);
	sample_free(&s);
}

/* One odd message and the fact it must give. */
static const struct {
	const char *text;
	enum fact_kind kind;
	int part;
	uint64_t value;
	const char *where; /* NULL: not looked at */
} odds[] = {
	{ "Content-Type: multipart/mixed\r\n\r\nx\r\n", FACT_BOUNDARY_ABSENT, 0, 0,
	    "Content-Type" },
	{ MIXED("\"\"") "--\r\n\r\nx\r\n", FACT_BOUNDARY_EMPTY, 0, 0, "boundary=" },
	{ MIXED("\"  \"") "--\r\n\r\nx\r\n", FACT_BOUNDARY_EMPTY, 0, 2, "boundary=" },
	{ MIXED("") "--\r\n\r\nx\r\n", FACT_BOUNDARY_EMPTY, 0, 0, "boundary=" },
	{ MIXED("b") "no parts\r\n", FACT_BOUNDARY_NEVER_SEEN, 0, 10, "b\r\n\r\nno" },
	{ MIXED("\"a*b\"") "--a*b--\r\n", FACT_BOUNDARY_ODD, 0, '*', "*b\"" },
	{ MIXED(
	      "bb") "--bb\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b--\r\n--bb--\r\n",
	    FACT_BOUNDARY_PREFIX, 1, 0, "b\r\n\r\n--b--" },
	{ MIXED("b") "Content-Type: text/plain\r\n\r\nx\r\n--b\r\n\r\ny\r\n--b--\r\n",
	    FACT_PREAMBLE_FIELDS, 0, 29, "Content-Type: text/plain" },
	{ MIXED("b") "--b\r\n\r\ny\r\n--b--\r\nContent-Disposition: attachment\r\n",
	    FACT_EPILOGUE_FIELDS, 0, 33, "Content-Disposition" },
	{ MIXED("b") "--b\r\nContent-Type: text/plain\r\n--b\r\n\r\ny\r\n--b--\r\n",
	    FACT_PART_NO_HEADER_END, 1, 0, "--b\r\n\r\ny" },
	{ MIXED("b") "--b\r\nContent-Type: text/plain\r\n", FACT_PART_NO_HEADER_END, 1, 0, NULL },
	{ MIXED("b") "--b\r\nhello\r\n--b--\r\n", FACT_PART_NO_HEADER_END, 1, 0, "--b--" },
	{ MIXED("b") "--b\r\nhello\r\n\r\nx\r\n--b--\r\n", FACT_HEADER_NO_COLON, 1, 1, "hello" },
	{ MIXED("b") "--b\r\n--b\r\n\r\ny\r\n--b--\r\n", FACT_PART_EMPTY, 1, 0, "--b\r\n\r\ny" },
	{ "Content-Type: multipart/mixed; boundary=b\r\n"
	  "Content-Transfer-Encoding: base64\r\n\r\n--b\r\n\r\nx\r\n"
	  "--b--\r\n",
	    FACT_MULTIPART_ENCODED, 0, ENCODING_BASE64, "Content-Transfer" },
	{ "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nU3Vi\r\n",
	    FACT_MULTIPART_ENCODED, 0, ENCODING_BASE64, "Content-Transfer" },
	{ "Content-Type: text/plain\r\nContent-type: text/html\r\n\r\nx\r\n", FACT_TYPE_REPEATED, 0,
	    0, "Content-type: text/html" },
	{ "Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n",
	    FACT_ENCODING_REPEATED, 0, 0, "Content-Transfer-Encoding: base64" },
	{ "Content-Transfer-Encoding: 9bit\r\n\r\nx\r\n", FACT_ENCODING_UNKNOWN, 0, 0,
	    "Content-T" },
	{ "Content-Transfer-Encoding:\r\n\r\nx\r\n", FACT_ENCODING_EMPTY, 0, 0, "Content-T" },
};

static void
each_oddity_is_a_fact_of_its_part(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof odds / sizeof *odds; i++) {
		const struct fact *fact;
		struct sample s;

		sample_text(&s, odds[i].text, &parser_split);
		if (sample_met(&s, odds[i].kind) != 1)
			fail_msg("case %zu: fact met %u times", i, sample_met(&s, odds[i].kind));
		fact = sample_fact(&s, odds[i].kind);
		assert_int_equal(fact->part, odds[i].part);
		assert_int_equal(fact->value, odds[i].value);
		if (odds[i].where && fact->offset != sample_at(&s, odds[i].where))
			fail_msg("case %zu: offset %zu", i, (size_t)fact->offset);
		sample_free(&s);
	}
}

#define OUTLOOK "----_=_NextPart_000_01C0A5A8.94122600"

static void
honest_mail_gives_no_fact(void **state)
{
	static const char *const texts[] = {
		MIXED("\"" OUTLOOK "\"") "This is a MIME message.\r\n\r\n--" OUTLOOK
					 "\r\n\r\nx\r\n--" OUTLOOK "--\r\n",
		"Content-Type: text/plain; charset=us-ascii\r\n"
		"Content-Transfer-Encoding: 7bit (yes)\r\n\r\nx\r\n",
		"Subject: only a header\r\n\r\n",
		MIXED("b") "--b\r\n\r\n\r\n--b--\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct sample s;

		sample_text(&s, texts[i], &parser_split);
		if (s.msg.n_facts)
			fail_msg("case %zu: fact %d", i, (int)s.msg.facts[0].kind);
		sample_free(&s);
	}
}

static void
encodings_are_read_in_any_case(void **state)
{
	static const struct {
		const char *name;
		enum encoding encoding;
	} cases[] = {
		{ "7BIT", ENCODING_7BIT },
		{ "8bit", ENCODING_8BIT },
		{ "binary;", ENCODING_BINARY },
		{ "Quoted-Printable", ENCODING_QP },
		{ "BASE64 (x)", ENCODING_BASE64 },
		{ "x-uuencode", ENCODING_UUENCODE },
		{ "x-uue", ENCODING_UUENCODE },
		{ "mac-binhex40", ENCODING_BINHEX },
		{ "\r\n base64", ENCODING_BASE64 },
		{ "base 64", ENCODING_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text =
		    repeated("Content-Transfer-Encoding: ", cases[i].name, 1, "\r\n\r\nx\r\n");
		struct sample s;

		sample_text(&s, text, &parser_split);
		assert_true(s.msg.parts[0].has_encoding);
		assert_int_equal(s.msg.parts[0].encoding, cases[i].encoding);
		sample_free(&s);
		free(text);
	}
}

static void
parts_of_a_digest_are_messages(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s,
	    "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: one\r\n\r\nx\r\n"
	    "--b\r\nContent-Type: text/plain\r\n\r\ny\r\n--b--\r\n",
	    &parser_split);
	assert_int_equal(s.msg.n_parts, 4);
	assert_int_equal(s.msg.parts[1].kind, PART_MESSAGE);
	assert_true(s.msg.parts[1].digest_default);
	assert_slice(message_field(&s.msg, 2, FIELD_SUBJECT, NULL)->text, "one");
	assert_int_equal(s.msg.parts[3].kind, PART_LEAF);
	assert_false(s.msg.parts[3].digest_default);
	sample_free(&s);
}

static void
every_prefix_of_nested_mail_is_read(void **state)
{
	(void)state;
	sample_prefixes(nested, strlen(nested), &parser_split);
	for (size_t i = 0; i < sizeof odds / sizeof *odds; i++)
		sample_prefixes(odds[i].text, strlen(odds[i].text), &parser_split);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_without_mime_is_one_leaf),
		cmocka_unit_test(bodies_lose_only_the_line_end_of_the_delimiter),
		cmocka_unit_test(tree_links_and_depths_agree),
		cmocka_unit_test(lf_only_copy_has_the_same_parts),
		cmocka_unit_test(end_of_data_leaves_multiparts_open),
		cmocka_unit_test(each_oddity_is_a_fact_of_its_part),
		cmocka_unit_test(honest_mail_gives_no_fact),
		cmocka_unit_test(encodings_are_read_in_any_case),
		cmocka_unit_test(parts_of_a_digest_are_messages),
		cmocka_unit_test(every_prefix_of_nested_mail_is_read),
	};

	return cmocka_run_group_tests_name("parsers/mail/split", tests, NULL, NULL);
}
