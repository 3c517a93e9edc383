/* test_address.c - address lists: what is lawful, what is damaged, and where. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define FIRST FACT_ADDRESS_UNCLOSED_QUOTE
#define LAST FACT_ADDRESS_JUNK

static void
open_to(struct sample *sample, const char *value)
{
	char text[4096];

	assert_true(strlen(value) + 40 < sizeof text);
	strcpy(text, "Subject: x\r\nTo:");
	strcat(text, value);
	strcat(text, "\r\n\r\nbody\r\n");
	sample_text(sample, text, &parser_address);
}

static void
lawful_lists_give_no_fact(void **state)
{
	static const char *const lawful[] = {
		"",
		" j@x.org",
		" \"Doe, John\" <j@x.org>",
		" \"'user@x.org'\" <user@x.org>",
		" John Q. Public <j@x.org>",
		" undisclosed-recipients:;",
		" undisclosed-recipients: ;",
		" Friends: a@x.org, \"B\" <b@x.org>;, c@x.org",
		" j@x.org (John Doe)",
		" j@x.org (John (the elder (really)) Doe)",
		" j@x.org (a \\) b)",
		" a@x.org,\r\n\tb@x.org",
		" a@x.org,",
		" , a@x.org",
		" <@a.org,@b.org:j@x.org>",
		" j@[192.0.2.1]",
		" =?iso-8859-1?Q?J=FCrgen?= <j@x.org>",
		" \"a \\\" b\" <j@x.org>",
		" \"john doe\"@x.org",
		" j . doe @ x . org",
		" (comment) j@x.org",
		" John\r\n Doe <j@x.org> (home)",
		" IMCEAEX-_O=ORG_OU=FIRST+20SITE_CN=J+2EDOE@x.org",
		" imceable.person@x.org",
		" g:(hidden);",
		" Doe <j@x.org>, <k@x.org>, l@x.org",
		" a@x.org (b) , c@x.org (d)",
		" \"\" <j@x.org>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lawful / sizeof lawful[0]; i++) {
		struct sample sample;

		open_to(&sample, lawful[i]);
		if (sample_count(&sample, FIRST, LAST) > 0)
			fail_msg("fact for lawful \"%s\"", lawful[i]);
		sample_free(&sample);
	}
}

/* In a value, '|' stands before the byte the fact is at; it is taken out. */
struct damaged {
	const char *value;
	enum fact_kind kind;
	uint64_t fact_value;
};

static const struct damaged damages[] = {
	{ " |\"Doe <j@x.org>", FACT_ADDRESS_UNCLOSED_QUOTE, 0 },
	{ " Doe |<j@x.org", FACT_ADDRESS_UNCLOSED_ANGLE, 0 },
	{ " Doe |<j@x.org, k@x.org", FACT_ADDRESS_UNCLOSED_ANGLE, 0 },
	{ " j@x.org|>", FACT_ADDRESS_STRAY_ANGLE, 0 },
	{ " <j@x.org>|>", FACT_ADDRESS_STRAY_ANGLE, 0 },
	{ " <|<j@x.org>", FACT_ADDRESS_STRAY_ANGLE, 0 },
	{ " j@x.org |(John, k@x.org", FACT_ADDRESS_UNCLOSED_COMMENT, 0 },
	{ " |(j@x.org", FACT_ADDRESS_UNCLOSED_COMMENT, 0 },
	{ " John|) <j@x.org>", FACT_ADDRESS_STRAY_PAREN, 0 },
	{ " j@x.org |(Doe, John)", FACT_ADDRESS_COMMENT_LIST, 0 },
	{ " <j@x.org> |(Doe; John), k@x.org", FACT_ADDRESS_COMMENT_LIST, 0 },
	{ " a@x.org|,, b@x.org", FACT_ADDRESS_EMPTY_ELEMENT, 0 },
	{ " a@x.org|, \r\n ,", FACT_ADDRESS_EMPTY_ELEMENT, 0 },
	{ " a@x.org, |(nobody), b@x.org", FACT_ADDRESS_ONLY_COMMENT, 0 },
	{ " J\x01|\x02 <j@x.org>", FACT_ADDRESS_CONTROL, 0 },
	{ " J|\xfcrgen M\xfcller <j@x.org>", FACT_ADDRESS_8BIT, 2 },
	{ " |postmaster", FACT_ADDRESS_NO_AT, 0 },
	{ " System <|root>", FACT_ADDRESS_NO_AT, 0 },
	{ " |@x.org", FACT_ADDRESS_EMPTY_LOCAL, 0 },
	{ " <|@x.org>", FACT_ADDRESS_EMPTY_LOCAL, 0 },
	{ " j|@, k@x.org", FACT_ADDRESS_EMPTY_DOMAIN, 0 },
	{ " a@b|@x.org", FACT_ADDRESS_TWO_ATS, 0 },
	{ " |.j@x.org", FACT_ADDRESS_DOTS, 0 },
	{ " j|.@x.org", FACT_ADDRESS_DOTS, 0 },
	{ " j.|.d@x.org", FACT_ADDRESS_DOTS, 0 },
	{ " j@x.org|.", FACT_ADDRESS_DOTS, 0 },
	{ " j@|.x.org", FACT_ADDRESS_DOTS, 0 },
	{ " g: a@x.org, h|: b@x.org;", FACT_ADDRESS_GROUP_NESTED, 0 },
	{ " |friends: a@x.org, b@x.org", FACT_ADDRESS_GROUP_UNCLOSED, 0 },
	{ " a@x.org|; b@x.org", FACT_ADDRESS_STRAY_SEMICOLON, 0 },
	{ " j|@x.org <j@x.org>", FACT_ADDRESS_UNQUOTED_SPECIAL, 0 },
	{ " |[list] John <j@x.org>", FACT_ADDRESS_UNQUOTED_SPECIAL, 0 },
	{ " John j|@x.org", FACT_ADDRESS_UNQUOTED_SPECIAL, 0 },
	{ " IMCEAEX-_O=ORG|+2x_CN=J@x.org", FACT_ADDRESS_IMCEA_BAD, 1 },
	{ " IMCEA|-_O=ORG@x.org", FACT_ADDRESS_IMCEA_BAD, 2 },
	{ " IMCEAEX-_O=ORG|+2@x.org", FACT_ADDRESS_IMCEA_BAD, 3 },
	{ " John |<>", FACT_ADDRESS_NULL, 0 },
	{ " <j |k@x.org>", FACT_ADDRESS_JUNK, 0 },
	{ " <mailto|:j@x.org>", FACT_ADDRESS_JUNK, 0 },
	{ " <j@x.org> |John", FACT_ADDRESS_JUNK, 0 },
};

static void
each_damage_is_one_fact_at_its_byte(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
		const struct damaged *damaged = &damages[i];
		const char *bar = strchr(damaged->value, '|');
		struct sample sample;
		const struct fact *fact;
		unsigned met;
		char value[256] = "";

		strncat(value, damaged->value, (size_t)(bar - damaged->value));
		strcat(value, bar + 1);
		open_to(&sample, value);
		met = sample_count(&sample, FIRST, LAST) - (damaged->kind == FACT_ADDRESS_CONTROL);
		fact = message_next_fact(&sample.msg, damaged->kind, NULL);
		if (damaged->kind == FACT_ADDRESS_CONTROL)
			fact = message_next_fact(&sample.msg, damaged->kind, fact);
		if (met != 1 || !fact)
			fail_msg("%u facts for \"%s\"", met, damaged->value);
		if (fact->offset != sample_at(&sample, "To:") + 3 + (size_t)(bar - damaged->value))
			fail_msg("fact at %d for \"%s\"", (int)fact->offset, damaged->value);
		if (damaged->kind != FACT_ADDRESS_CONTROL)
			assert_int_equal(fact->value, damaged->fact_value);
		assert_int_equal(fact->part, 0);
		assert_int_equal(fact->field, 1);
		sample_free(&sample);
	}
}

static void
a_list_comment_is_damage_when_no_mailbox_stands_around_it(void **state)
{
	static const char *const damaged[] = { " name (X,Name);", " name (X,Name)",
		" a@x.org (X,Name);", " a@x.org, (X,Name), b@x.org", " a@@x.org (X;Name)",
		" <a@x.org> (X,Name) b" };

	(void)state;
	for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
		struct sample sample;
		const struct fact *fact;

		open_to(&sample, damaged[i]);
		fact = sample_fact(&sample, FACT_ADDRESS_COMMENT_LIST);
		assert_int_equal(fact->value, 1);
		assert_int_equal(fact->offset, sample_at(&sample, "(X"));
		assert_int_equal(fact->len, strlen("(X,Name)"));
		sample_free(&sample);
	}
}

static void
a_damaged_list_comment_is_kept_behind_many_lawful_ones(void **state)
{
	struct sample sample;
	char value[2048] = "";

	(void)state;
	for (int i = 0; i < 40; i++)
		strcat(value, " j@x.org (Doe, John),\r\n");
	strcat(value, " name (X,Name);");
	open_to(&sample, value);
	assert_int_equal(sample.msg.facts_seen[FACT_ADDRESS_COMMENT_LIST], 41);
	assert_int_equal(sample_fact(&sample, FACT_ADDRESS_COMMENT_LIST)->value, 1);
	sample_free(&sample);
}

static void
an_element_gives_display_name_local_part_and_domain(void **state)
{
	struct sample sample;
	const struct address *address;

	(void)state;
	open_to(
	    &sample, " \"Doe, John\" <j.doe@x.org>, k@y.org (Kay), g: =?x?q?a?= <l@z.org>;, root");
	assert_int_equal(sample.msg.n_addresses, 4);
	address = sample.msg.addresses;
	assert_slice(address[0].whole, "\"Doe, John\" <j.doe@x.org>");
	assert_slice(address[0].display, "Doe, John");
	assert_slice(address[0].local, "j.doe");
	assert_slice(address[0].domain, "x.org");
	assert_slice(address[1].display, "Kay");
	assert_slice(address[1].local, "k");
	assert_slice(address[2].display, "=?x?q?a?=");
	assert_true(address[2].in_group && !address[1].in_group && !address[3].in_group);
	assert_slice(address[3].local, "root");
	assert_int_equal(address[3].domain.len, 0);
	assert_int_equal(address[3].field, 1);
	sample_free(&sample);
}

static void
long_addresses_and_nuls_are_facts(void **state)
{
	static const char nul[] = "To: a\0b@x.org\r\n\r\nx\r\n";
	struct sample sample;
	char value[400] = " ";

	(void)state;
	memset(value + 1, 'a', 246 - 6);
	strcpy(value + 1 + 246 - 6, "@x.org");
	open_to(&sample, value);
	assert_int_equal(sample_count(&sample, FIRST, LAST), 0);
	sample_free(&sample);
	strcat(value, "x");
	open_to(&sample, value);
	assert_int_equal(sample_fact(&sample, FACT_ADDRESS_LONG)->value, 247);
	sample_free(&sample);
	sample_read(&sample, nul, sizeof nul - 1, &parser_address);
	assert_int_equal(sample_fact(&sample, FACT_ADDRESS_NUL)->offset, 5);
	sample_free(&sample);
}

static void
raw_iso_2022_names_do_not_open_comments(void **state)
{
	struct sample sample;

	(void)state;
	open_to(&sample, " \x1b$B;3ED(<\"\x1b(B <j@x.org>");
	assert_int_equal(sample.msg.facts_seen[FACT_ADDRESS_CONTROL], 2);
	assert_int_equal(sample_count(&sample, FIRST, LAST), 2);
	assert_slice(sample.msg.addresses[0].local, "j");
	sample_free(&sample);
}

static void
fields_of_nested_messages_are_read_too(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample,
	    "From: a@x.org\r\nX-To: name (X,Name);\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: message/rfc822\r\n\r\n"
	    "Resent-Cc: ((b@x.org\r\n\r\nbody\r\n",
	    &parser_address);
	assert_int_equal(sample_count(&sample, FIRST, LAST), 1);
	assert_int_equal(
	    sample_fact(&sample, FACT_ADDRESS_UNCLOSED_COMMENT)->offset, sample_at(&sample, "((b"));
	sample_free(&sample);
}

static void
envelope_paths_are_checked_for_damaged_encapsulation(void **state)
{
	struct sample sample;
	struct slice rcpt[2];
	const struct fact *fact;

	(void)state;
	sample_text(
	    &sample, "X: IMCEAX400-c+3Dus@x.org IMCEASMTP-a+zz@x.org\r\n\r\n", &parser_address);
	assert_int_equal(sample_count(&sample, FIRST, LAST), 0);
	rcpt[0] = slice_cut(sample.msg.file, 3, 21);
	rcpt[1] = slice_cut(sample.msg.file, 26, 20);
	sample.msg.envelope.rcpt_to = rcpt;
	sample.msg.envelope.n_rcpt_to = 2;
	parser_address.parse(&sample.msg, sample.arena);
	fact = sample_fact(&sample, FACT_ADDRESS_IMCEA_BAD);
	assert_int_equal(sample_count(&sample, FIRST, LAST), 1);
	assert_int_equal(fact->value, 1);
	assert_int_equal(fact->offset, sample_at(&sample, "+zz"));
	assert_true(fact->part == -1 && fact->field == -1);
	sample_free(&sample);
}

/* A list cut anywhere must be read without reading past its end; the sanitizer watches. */
static void
lists_cut_at_any_byte_are_survived(void **state)
{
	static const char text[] =
	    "To: \"a\\\" b\" <@c,@d:e@f>, (g (h\\)), i) g: j@[1.2.3.4];, \\k \x1b$B;\x1b(B,\r\n"
	    "\t\"IMCEAEX-_O+3D\"@x, IMCEAEX-+2B@y <<z>>;;";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_address);
}

static void
a_hundred_thousand_of_anything_is_survived(void **state)
{
	static const char *const pieces[] = { "(", "((c)", "g:", ";", ",", "<", ">", "@a", "\"",
		"\"\\", "[", "a.", "\\", "<@a,", "IMCEAEX-+,", "\x1b$", "a b c,", "(a,b)," };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct sample sample;

		sample_repeated(&sample, "To: ", pieces[i], 100000, &parser_address);
		assert_true(sample.msg.n_addresses <= MESSAGE_ADDRESSES_MAX);
		sample_free(&sample);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lawful_lists_give_no_fact),
		cmocka_unit_test(each_damage_is_one_fact_at_its_byte),
		cmocka_unit_test(a_list_comment_is_damage_when_no_mailbox_stands_around_it),
		cmocka_unit_test(a_damaged_list_comment_is_kept_behind_many_lawful_ones),
		cmocka_unit_test(an_element_gives_display_name_local_part_and_domain),
		cmocka_unit_test(long_addresses_and_nuls_are_facts),
		cmocka_unit_test(raw_iso_2022_names_do_not_open_comments),
		cmocka_unit_test(fields_of_nested_messages_are_read_too),
		cmocka_unit_test(envelope_paths_are_checked_for_damaged_encapsulation),
		cmocka_unit_test(lists_cut_at_any_byte_are_survived),
		cmocka_unit_test(a_hundred_thousand_of_anything_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
