/* test_findings.c - claims about the sink of findings: places, parts, bounds, quoting. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <string.h>

#include "rule.h"
#include "rules/findings.h"
#include "rules/run.h"

static const char text[] = "Subject: a\r\n\r\nbody\r\nlast\r\n";
static const uint32_t no_lines_before[] = { 0 };

struct bench {
	struct message msg;
	struct part parts[2];
	struct record record;
	struct findings out;
};

/* A message of two parts: the root, and a leaf that is the line "last". */
static struct bench *
bench(void)
{
	static struct bench b;

	memset(&b, 0, sizeof b);
	b.msg.file = slice_str(text);
	b.msg.lines.block_lines = no_lines_before;
	b.msg.lines.n_blocks = 1;
	b.msg.parts = b.parts;
	b.msg.n_parts = 2;
	b.parts[0] = (struct part){ .kind = PART_MULTIPART,
		.parent = -1,
		.first_child = 1,
		.path = "",
		.header = slice_cut(b.msg.file, 0, 12),
		.body = slice_from(b.msg.file, 14) };
	b.parts[1] = (struct part){ .path = "1.2", .body = slice_from(b.msg.file, 20) };
	b.out =
	    (struct findings){ .msg = &b.msg, .record = &b.record, .rule = 7, .rules_behind = 1 };
	return &b;
}

static void
a_finding_carries_rule_line_and_deepest_part(void **state)
{
	struct bench *b = bench();
	const struct finding *finding = &b->record.findings[0];

	(void)state;
	found(&b->out, -1, 21, 3, "byte 0x%02x", 0x80u);
	assert_int_equal(b->record.n_findings, 1);
	assert_int_equal(finding->rule, 7);
	assert_int_equal(finding->line, 4);
	assert_int_equal(finding->offset, 21);
	assert_int_equal(finding->length, 3);
	assert_string_equal(finding->part, "1.2");
	assert_string_equal(finding->detail, "byte 0x80");
	assert_int_equal(finding->detail_len, strlen(finding->detail));
}

static void
a_finding_without_a_place_has_neither_line_nor_length(void **state)
{
	struct bench *b = bench();

	(void)state;
	found(&b->out, -1, OFFSET_NONE, 99, "nowhere");
	assert_true(b->record.findings[0].offset == OFFSET_NONE);
	assert_int_equal(b->record.findings[0].line, 0);
	assert_int_equal(b->record.findings[0].length, 0);
	assert_string_equal(b->record.findings[0].part, "");
}

static void
one_rule_keeps_eight_and_counts_all(void **state)
{
	struct bench *b = bench();

	(void)state;
	for (int i = 0; i < 100; i++)
		found(&b->out, -1, 0, 1, "again %d", i);
	assert_int_equal(b->record.n_findings, FINDINGS_PER_RULE);
	assert_int_equal(b->record.n_findings_total, 100);
}

static void
a_place_in_an_encoded_part_is_told_decoded_too(void **state)
{
	static const unsigned char file[] = "Subject: x\r\n\r\nQUJD\r\nREVG\r\n";
	static const struct body_mark marks[] = { { 0, 0 } };
	struct bench *b = bench();
	struct part part = { .kind = PART_LEAF,
		.encoding = ENCODING_BASE64,
		.body = { file + 14, 12 },
		.decoded = slice_str("ABCDEF"),
		.marks = marks,
		.n_marks = 1 };

	(void)state;
	b->msg.file = slice_of(file, sizeof file - 1);
	b->msg.parts = &part;
	b->msg.n_parts = 1;
	found(&b->out, 0, 14, 1, "A");
	found(&b->out, 0, 20, 1, "D");
	found(&b->out, 0, 18, 1, "the line end");
	assert_int_equal(b->record.findings[0].decoded, 1);
	assert_int_equal(b->record.findings[1].decoded, 4);
	assert_int_equal(b->record.findings[2].decoded, 0);
}

static void
what_is_said_twice_of_one_place_counts_once(void **state)
{
	struct bench *b = bench();

	(void)state;
	found(&b->out, -1, 0, 1, "again");
	found(&b->out, -1, 0, 1, "again");
	found(&b->out, -1, 0, 1, "other words");
	found(&b->out, -1, 1, 1, "other words");
	assert_int_equal(b->record.n_findings, 3);
	assert_int_equal(b->record.n_findings_total, 3);
}

static void
each_later_rule_still_finds_room_for_one(void **state)
{
	struct bench *b = bench();
	enum { RULES = 150 };

	(void)state;
	for (size_t rule = 0; rule < RULES; rule++) {
		b->out.rule = (uint16_t)rule;
		b->out.rules_behind = RULES - rule;
		b->out.n_of_rule = 0;
		for (int i = 0; i < 8; i++)
			found(&b->out, -1, 0, 1, "again");
		assert_true(b->out.n_of_rule >= 1);
	}
	assert_true(b->record.n_findings <= RECORD_FINDINGS_MAX);
	assert_int_equal(b->record.findings[b->record.n_findings - 1].rule, RULES - 1);
}

static void
a_full_record_takes_no_more(void **state)
{
	struct bench *b = bench();

	(void)state;
	for (unsigned i = 0; i < RECORD_FINDINGS_MAX + 50; i++) {
		b->out.n_of_rule = 0;
		found(&b->out, -1, 0, 1, "again");
	}
	assert_int_equal(b->record.n_findings, RECORD_FINDINGS_MAX);
	assert_int_equal(b->record.n_findings_total, RECORD_FINDINGS_MAX + 50);
}

static void
a_long_detail_is_cut_within_its_bounds(void **state)
{
	struct bench *b = bench();
	char many[400];

	(void)state;
	memset(many, 'x', sizeof many);
	many[sizeof many - 1] = '\0';
	found(&b->out, -1, 0, 1, "%s", many);
	assert_int_equal(b->record.findings[0].detail_len, FINDING_DETAIL_MAX - 1);
	assert_int_equal(strlen(b->record.findings[0].detail), FINDING_DETAIL_MAX - 1);
}

static void
quoted_evidence_is_printable_whatever_it_holds(void **state)
{
	struct bench *b = bench();
	unsigned char all[256];
	const char *quoted;

	(void)state;
	assert_string_equal(found_quote(&b->out, slice_str("a\x1b[31m\\"), 20), "a\\x1b[31m\\x5c");
	assert_string_equal(found_quote(&b->out, slice_str("abcdef"), 3), "abc...");
	assert_string_equal(found_quote(&b->out, (struct slice){ NULL, 0 }, 3), "");
	for (unsigned i = 0; i < sizeof all; i++)
		all[i] = (unsigned char)i;
	quoted = found_quote(&b->out, slice_of(all, sizeof all), sizeof all);
	assert_true(strlen(quoted) < FINDING_DETAIL_MAX);
	for (; *quoted; quoted++)
		assert_true(*quoted >= 0x20 && *quoted < 0x7f);
}

static void
four_quotes_live_side_by_side(void **state)
{
	struct bench *b = bench();
	const char *first = found_quote(&b->out, slice_str("one"), 9);

	(void)state;
	found_quote(&b->out, slice_str("two"), 9);
	found_quote(&b->out, slice_str("three"), 9);
	found_quote(&b->out, slice_str("four"), 9);
	assert_string_equal(first, "one");
}

static void
a_run_starts_afresh_and_leaves_disabled_rules_out(void **state)
{
	struct bench *b = bench();
	static bool disabled[UINT16_MAX];
	size_t n, empty;

	(void)state;
	rules_all(&n);
	assert_non_null(rule_by_id("file-empty", &empty));
	memset(b, 0, sizeof *b);
	b->msg.facts_seen[FACT_FILE_EMPTY] = 1;
	b->record.n_findings = 33;
	rules_run(&b->msg, NULL, &b->record);
	assert_int_equal(b->record.n_findings, 1);
	assert_int_equal(b->record.findings[0].rule, empty);
	memset(disabled, 0, sizeof disabled);
	disabled[empty] = true;
	rules_run(&b->msg, disabled, &b->record);
	assert_int_equal(b->record.n_findings, 0);
	assert_int_equal(b->record.n_findings_total, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_finding_carries_rule_line_and_deepest_part),
		cmocka_unit_test(a_finding_without_a_place_has_neither_line_nor_length),
		cmocka_unit_test(one_rule_keeps_eight_and_counts_all),
		cmocka_unit_test(what_is_said_twice_of_one_place_counts_once),
		cmocka_unit_test(a_place_in_an_encoded_part_is_told_decoded_too),
		cmocka_unit_test(each_later_rule_still_finds_room_for_one),
		cmocka_unit_test(a_full_record_takes_no_more),
		cmocka_unit_test(a_long_detail_is_cut_within_its_bounds),
		cmocka_unit_test(quoted_evidence_is_printable_whatever_it_holds),
		cmocka_unit_test(four_quotes_live_side_by_side),
		cmocka_unit_test(a_run_starts_afresh_and_leaves_disabled_rules_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
