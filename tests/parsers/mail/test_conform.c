/* test_conform.c - fields and bodies held against their standards: what is told, and where. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

/* A field (or the end of a header and a body) with the place of its fact between bars, and that
 * fact's kind and value. Without a kind: nothing is told. */
struct claim {
	const char *text;
	enum fact_kind kind;
	uint64_t value;
};

static bool
is_conform(enum fact_kind kind)
{
	static const enum fact_kind kinds[] = { FACT_FIELD_SYNTAX, FACT_IDENTIFIER_FORM,
		FACT_TRACE_FORM, FACT_FIELD_VALUE, FACT_DIGEST_WRONG, FACT_LENGTH_WRONG,
		FACT_REPORT_TYPE_NONE, FACT_ADDRESS_FORM, FACT_ADDRESS_COUNT, FACT_WORD_NEEDLESS,
		FACT_WORD_MISPLACED, FACT_TEXT_CONTROL, FACT_OUTSIDE_8BIT };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i] == kind)
			return true;
	return false;
}

static unsigned
met_at_all(const struct sample *s)
{
	unsigned met = 0;

	for (int kind = 0; kind < FACT_COUNT; kind++)
		met += is_conform((enum fact_kind)kind) ? sample_met(s, (enum fact_kind)kind) : 0;
	return met;
}

static void
check_claim(const struct claim *claim)
{
	char *text = repeated("Keywords: x\r\n", claim->text, 1, "\r\n\r\nbody\r\n");
	const struct fact *fact = NULL;
	size_t from = 0, len = 0;
	struct sample s;

	if (claim->kind)
		sample_unmark(text, &from, &len);
	sample_text(&s, text, &parser_conform);
	if (met_at_all(&s) != (claim->kind ? 1 : 0))
		fail_msg("%s: %u facts", claim->text, met_at_all(&s));
	if (claim->kind) {
		fact = sample_fact(&s, claim->kind);
		if (fact->offset != from || fact->len != len || fact->value != claim->value)
			fail_msg("%s: at %d, %d bytes, value %d", claim->text, (int)fact->offset,
			    (int)fact->len, (int)fact->value);
	}
	sample_free(&s);
	free(text);
}

#define CHECK(claims)                                                                              \
	for (size_t i = 0; i < sizeof(claims) / sizeof *(claims); i++)                             \
	check_claim(&(claims)[i])

static void
quotes_and_comments_must_close(void **state)
{
	static const struct claim claims[] = {
		{ "References: <a@b.example> (c)", 0, 0 },
		{ "Date: 5 Mar 2001 14:07:51 -0600 |(|c", FACT_FIELD_SYNTAX,
		    SYNTAX_UNCLOSED_COMMENT },
		{ "Date: 5 Mar 2001 14:07:51 -0600 c|)|", FACT_FIELD_SYNTAX, SYNTAX_STRAY_PAREN },
		{ "Date: 5 Mar 2001 14:07:51 -0600 (c |(|d))", FACT_FIELD_SYNTAX,
		    SYNTAX_NESTED_COMMENT },
		{ "Date: 5 Mar 2001 14:07:51 -0600 (c |\\|)d)", FACT_FIELD_SYNTAX,
		    SYNTAX_ESCAPED_PAREN },
		{ "Date: |(|c) 5 Mar 2001 14:07:51 -0600", FACT_FIELD_SYNTAX,
		    SYNTAX_LEADING_COMMENT },
		{ "Content-Transfer-Encoding: |\"|7bit", FACT_FIELD_SYNTAX, SYNTAX_UNCLOSED_QUOTE },
		{ "MIME-Version: 1.|x|", FACT_FIELD_SYNTAX, SYNTAX_ILLEGAL_BYTE },
		{ "MIME-Version: 1.0 |beta|", FACT_FIELD_SYNTAX, SYNTAX_EXTRA_TEXT },
		{ "MIME-Version: 1 (a) . (b) 0", 0, 0 },
		{ "MIME-Version: |1.1|", FACT_FIELD_VALUE, VALUE_VERSION },
		{ "MIME-Version: |1 . 00| (a)", FACT_FIELD_VALUE, VALUE_VERSION },
		{ "MIME-Version: |1|", FACT_FIELD_VALUE, VALUE_VERSION },
		{ "Subject: a (b \"c", 0, 0 }, /* unstructured */
	};

	(void)state;
	CHECK(claims);
}

static void
identifiers_stand_between_brackets(void **state)
{
	static const struct claim claims[] = {
		{ "Message-ID: <abc.1@b.example>", 0, 0 },
		{ "Message-ID: |abc.1@b.example|", FACT_IDENTIFIER_FORM, ID_NO_BRACKETS },
		{ "Message-ID: |<abc.1@b.example|", FACT_IDENTIFIER_FORM, ID_UNCLOSED },
		{ "Message-ID: |<>|", FACT_IDENTIFIER_FORM, ID_EMPTY },
		{ "Message-ID: <|abc.1|>", FACT_IDENTIFIER_FORM, ID_NO_AT },
		{ "Message-ID: <abc| |1@b.example>", FACT_IDENTIFIER_FORM, ID_BLANK },
		{ "Message-ID: <abc@b.example> |<def@b.example>|", FACT_IDENTIFIER_FORM,
		    ID_SEVERAL },
		{ "References: <abc@b.example>, <def@b.example>", 0, 0 },
		{ "References: |your| <abc@b.example>", FACT_IDENTIFIER_FORM, ID_TEXT_BESIDE },
		{ "Message-ID: <abc@|10.1.2.3|>", FACT_IDENTIFIER_FORM, ID_BARE_ADDRESS },
		{ "Message-ID: <|1@bc|>", FACT_IDENTIFIER_FORM, ID_SHORT },
	};

	(void)state;
	CHECK(claims);
}

static void
trace_fields_have_their_clauses(void **state)
{
	static const struct claim claims[] = {
		{ "Received: from a.example by b.example; 5 Mar 2001 14:07:51 -0600", 0, 0 },
		{ "Received: |hello| there; 5 Mar 2001 14:07:51 -0600", FACT_TRACE_FORM,
		    TRACE_NO_CLAUSE },
		{ "Received: from a ([10.1.2.9] [9.9.9.9]) by b; 5 Mar 2001 14:07:51 -0600", 0, 0 },
		{ "Received: from a (|[10.1.256.9]|) by b; 5 Mar 2001 14:07:51 -0600",
		    FACT_TRACE_FORM, TRACE_BAD_IP },
		{ "Return-Path: <a@b.example>", 0, 0 },
		{ "Return-Path: <>", 0, 0 },
		{ "Return-Path: |a@b.example|", FACT_TRACE_FORM, TRACE_NO_ANGLE },
		{ "Return-Path: |<a>|", FACT_TRACE_FORM, TRACE_NO_AT },
		{ "Return-Path: <a| |b@c.example>", FACT_TRACE_FORM, TRACE_BLANK },
		{ "Content-Type: multipart/report; boundary=b\r\nReturn-Path: |<a@b.example>|",
		    FACT_TRACE_FORM, TRACE_NOT_NULL },
	};

	(void)state;
	CHECK(claims);
}

static void
vocabularies_and_lists_are_kept_to(void **state)
{
	static const struct claim claims[] = {
		{ "Importance: High", 0, 0 },
		{ "Importance: |very|", FACT_FIELD_VALUE, VALUE_UNKNOWN_WORD },
		{ "Priority: non-urgent (a)", 0, 0 },
		{ "List-Help: <mailto:a@b.example>", 0, 0 },
		{ "List-Post: NO", 0, 0 },
		{ "List-Help: |mailto:a@b.example|", FACT_FIELD_VALUE, VALUE_LIST_FORM },
		{ "Newsgroups: a.b,c.d", 0, 0 },
		{ "Newsgroups: a.b,|c d|", FACT_FIELD_VALUE, VALUE_NEWS_FORM },
		{ "Path: a!b!c", 0, 0 },
		{ "Path: |a b|", FACT_FIELD_VALUE, VALUE_NEWS_FORM },
		{ "Xref: host a.b:12", 0, 0 },
		{ "Xref: |host|", FACT_FIELD_VALUE, VALUE_NEWS_FORM },
		{ "Content-Language: en, de-CH", 0, 0 },
		{ "Content-Language: en (English)", 0, 0 },
		{ "Content-Language: en, |de_CH|", FACT_FIELD_VALUE, VALUE_LANGUAGE_FORM },
		{ "Content-Language: en,||", FACT_FIELD_VALUE, VALUE_LANGUAGE_FORM },
	};

	(void)state;
	CHECK(claims);
}

static void
sums_and_lengths_are_compared_with_the_body(void **state)
{
	static const struct claim claims[] = {
		{ "Content-MD5: id01kBFqcLV5ZhothZO7Lw==", 0, 0 },
		{ "Content-MD5: |AAAAAAAAAAAAAAAAAAAAAA==|", FACT_DIGEST_WRONG, 0 },
		{ "Content-MD5: |short|", FACT_DIGEST_WRONG, 1 },
		{ "Content-Length: 6", 0, 0 },
		{ "Content-Length: 8", 0, 0 }, /* who counts another way */
		{ "Content-Length: |60|", FACT_LENGTH_WRONG, 6 },
		{ "Lines: 1", 0, 0 },
		{ "Lines: |40|", FACT_LENGTH_WRONG, 1 },
		{ "Lines: many", 0, 0 },
	};

	(void)state;
	CHECK(claims);
}

static void
addresses_are_held_against_the_grammar(void **state)
{
	static const struct claim claims[] = {
		{ "To: \"A B\" <a@b.example>", 0, 0 },
		{ "To: |x@y.example| <a@b.example>", FACT_ADDRESS_FORM, ADDRESS_NAME_IS_OTHER },
		{ "To: |\"abc\"|@b.example", FACT_ADDRESS_FORM, ADDRESS_QUOTED_NEEDLESSLY },
		{ "To: |a.\"b c\"|@b.example", FACT_ADDRESS_FORM, ADDRESS_QUOTED_PARTLY },
		{ "To: a@|host|", FACT_ADDRESS_FORM, ADDRESS_SHORT_DOMAIN },
		{ "To: A <| |a@b.example>", FACT_ADDRESS_FORM, ADDRESS_ANGLE_BLANK },
		{ "To: A|<|a@b.example>", FACT_ADDRESS_FORM, ADDRESS_ANGLE_TIGHT },
		{ "To: a@b|%|c.example", FACT_ADDRESS_FORM, ADDRESS_DOMAIN_BYTE },
		{ "To: a@b.example|.|", FACT_ADDRESS_FORM, ADDRESS_DOMAIN_DOT },
		{ "To: a@[10.0.0.1]", 0, 0 },
		{ "To: a@|[|10.0.0.1", FACT_ADDRESS_FORM, ADDRESS_LITERAL_BAD },
		{ "To: |,|", FACT_ADDRESS_COUNT, 0 },
		{ "To: none:;", 0, 0 },
		{ "Sender: |a@b.example, c@b.example|", FACT_ADDRESS_COUNT, 1 },
		{ "Sender: |g: a@b.example;|", FACT_ADDRESS_COUNT, 2 },
	};

	(void)state;
	CHECK(claims);
}

static void
encoded_words_stand_where_they_may_and_are_needed(void **state)
{
	static const struct claim claims[] = {
		{ "Subject: =?iso-8859-1?Q?=E9?=", 0, 0 },
		{ "Subject: |=?iso-8859-1?Q?abc?=|", FACT_WORD_NEEDLESS, 0 },
		{ "Subject: =?utf-7?Q?+AOk-?=", 0, 0 },
		{ "To: \"|=?iso-8859-1?Q?=E9?=|\" <a@b.example>", FACT_WORD_MISPLACED, 1 },
		{ "Content-Type: text/plain; name=\"|=?iso-8859-1?Q?=E9?=|\"", FACT_WORD_MISPLACED,
		    2 },
		{ "Content-Transfer-Encoding: |=?us-ascii?Q?7bit?=|", FACT_WORD_MISPLACED, 3 },
	};

	(void)state;
	CHECK(claims);
}

static void
controls_in_text_and_bytes_outside_parts_are_told(void **state)
{
	static const struct claim claims[] = {
		{ "Subject: x\r\n\r\na\tb\fc", 0, 0 },
		{ "Subject: x\r\n\r\na|\x01|b\x02", FACT_TEXT_CONTROL, 1 },
		{ "Subject: x\r\n\r\n\x1b$B!!\x1b(B", 0, 0 },
		{ "Content-Type: application/x-a\r\n\r\na\x01", 0, 0 },
		{ "Content-Type: multipart/mixed; boundary=b\r\n\r\np|\xe9|\r\n--b\r\n\r\na\r\n--b--",
		    FACT_OUTSIDE_8BIT, 1 },
		{ "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\na\r\n--b--\r\n|\xe9|",
		    FACT_OUTSIDE_8BIT, 2 },
		{ "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example", 0,
		    0 },
		{ "Content-Type: message/delivery-status\r\n\r\n|Final-Recipient: a@b.example|",
		    FACT_REPORT_TYPE_NONE, 0 },
	};

	(void)state;
	CHECK(claims);
}

static void
every_prefix_is_read_without_a_step_outside(void **state)
{
	static const char text[] =
	    "Received: from a ([999.1.1.1])\r\nMessage-ID: <a b@c\r\nTo: \"=?x?Q?a?=\" <a@[1\r\n"
	    "Content-MD5: AAAA\r\nMIME-Version: 1.(\r\nList-Help: <\r\nNewsgroups: a,, b\r\n"
	    "Content-Type: multipart/mixed; boundary=b; name=\"=?x?Q?a?=\"\r\n\r\n\xe9\r\n--b\r\n"
	    "Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: x\r\n--b--\r\n\xe9";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_conform);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_and_comments_must_close),
		cmocka_unit_test(identifiers_stand_between_brackets),
		cmocka_unit_test(trace_fields_have_their_clauses),
		cmocka_unit_test(vocabularies_and_lists_are_kept_to),
		cmocka_unit_test(sums_and_lengths_are_compared_with_the_body),
		cmocka_unit_test(addresses_are_held_against_the_grammar),
		cmocka_unit_test(encoded_words_stand_where_they_may_and_are_needed),
		cmocka_unit_test(controls_in_text_and_bytes_outside_parts_are_told),
		cmocka_unit_test(every_prefix_is_read_without_a_step_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
