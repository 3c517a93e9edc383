/* test_examine.c - the record that comes of a message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kit.h"

#include <stdio.h>

#include "torn.h"
#include "worker/examine.h"

struct bench {
	struct examiner *examiner;
	struct record *record;
	size_t n_rules;
};

static int
set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);

	if (!bench || examine_warm())
		return -1;
	bench->examiner = examiner_new((size_t)1 << 30, NULL, NULL);
	bench->record = calloc(1, sizeof *bench->record);
	rules_all(&bench->n_rules);
	*state = bench;
	return bench->examiner && bench->record ? 0 : -1;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;

	examiner_free(bench->examiner);
	free(bench->record);
	free(bench);
	return 0;
}

static const struct record *
examine(const struct bench *bench, struct slice bytes)
{
	examine_bytes(bench->examiner, bytes, FOLDER_IN, DIRECTION_IN, bench->record);
	examiner_reset(bench->examiner);
	if (!record_valid(bench->record, 0, bench->n_rules))
		fail_msg("the record of %zu bytes is not valid", bytes.len);
	return bench->record;
}

static void
names_come_from_the_root_header(void **state)
{
	const struct record *record = examine(*state,
	    slice_str(
		"From: a@example.com\r\nSubject: two\r\n lines\r\nMessage-ID: <1@example.com>\r\n"
		"Content-Type: message/rfc822\r\n\r\nFrom: inner@example.com\r\n"
		"Subject: inner\r\n\r\nx\r\n"));

	assert_true(record->has_from && record->has_subject && record->has_message_id);
	assert_true(slice_eq(record_slice(record, record->from), "a@example.com"));
	assert_true(slice_eq(record_slice(record, record->subject), "two lines"));
	assert_true(slice_eq(record_slice(record, record->message_id), "<1@example.com>"));
	assert_true(record->message_id_hash != 0);
	assert_int_equal(record->has_envelope, 0);
	assert_int_equal(record->flags & RECORD_NO_ENVELOPE, RECORD_NO_ENVELOPE);
}

static void
absent_names_are_told_from_empty_ones(void **state)
{
	const struct record *record =
	    examine(*state, slice_str("Subject:\r\nTo: x@example.com\r\n\r\n"));

	assert_int_equal(record->has_subject, 1);
	assert_int_equal(record->subject.len, 0);
	assert_int_equal(record->has_from, 0);
	assert_int_equal(record->has_message_id, 0);
	assert_int_equal(record->message_id_hash, 0);
	assert_int_equal(record->body_hash, 0);
}

/* Copies of one mail differ in what the way added on top. */
static void
equal_bodies_under_other_headers_have_equal_hashes(void **state)
{
	const uint64_t first = examine(
	    *state, slice_str("Received: from a\r\nSubject: x\r\n\r\nthe body, long enough\r\n"))
				   ->body_hash;
	const uint64_t same =
	    examine(*state, slice_str("Received: from b\r\nReceived: from a\r\nSubject: x\r\n\r\n"
				      "the body, long enough\r\n"))
		->body_hash;
	const uint64_t other = examine(
	    *state, slice_str("Received: from a\r\nSubject: x\r\n\r\nthe body, long enougH\r\n"))
				   ->body_hash;

	assert_true(first != 0);
	assert_true(first == same);
	assert_true(first != other);
}

static void
time_is_that_of_the_newest_received_field_with_a_date(void **state)
{
	const struct record *record = examine(*state,
	    slice_str("Received: from a by b\r\n"
		      "Received: from c by d; Mon, 5 Mar 2001 14:07:51 -0600\r\n"
		      "Received: from e by f; Mon, 5 Mar 2001 01:00:00 +0000\r\n\r\nx\r\n"));

	assert_int_equal(record->received_sec, 983822871);
	record = examine(*state, slice_str("Date: Mon, 5 Mar 2001 14:07:51 -0600\r\n\r\nx\r\n"));
	assert_true(record->received_sec == INT64_MIN);
}

/* The block before a tear is the first of its run: across_torn() relies on it. */
static void
blocks_around_a_tear_are_listed(void **state)
{
	unsigned char bytes[4096];
	static const char line[] =
	    "lamps and boxes of paper for the office in the north, monday\r\n";
	const size_t width = sizeof line - 1;
	const struct record *record;
	size_t len = 0;

	while (len + width <= sizeof bytes) {
		memcpy(bytes + len, line, width);
		len += width;
	}
	memcpy(bytes, "Subject: a\r\n\r\n", 14);
	record = examine(*state, slice_of(bytes, len));
	assert_int_equal(record->n_torn, 0);
	for (size_t i = 0; i < 1024; i++)
		bytes[1536 + i] = "\1\2\3\4\5x"[i % 6] & 0x7f;
	record = examine(*state, slice_of(bytes, len));
	assert_int_equal(record->n_torn, 5); /* the sixth has no whole sector */
	for (uint32_t i = 0; i < record->n_torn; i++) {
		const size_t at = 1024 + (size_t)i * TORN_BLOCK;

		assert_int_equal(record->torn[i].offset, at);
		assert_true(record->torn[i].hash == torn_hash(bytes + at));
	}
}

static void
lf_only_file_is_flagged(void **state)
{
	assert_int_equal(examine(*state, slice_str("Subject: x\n\nbody\n"))->flags & RECORD_LF_ONLY,
	    RECORD_LF_ONLY);
	assert_int_equal(
	    examine(*state, slice_str("Subject: x\r\n\r\nbody\r\n"))->flags & RECORD_LF_ONLY, 0);
}

static void
parts_that_were_not_followed_make_a_record_partial(void **state)
{
	static const char head[] = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
	static const char unit[] = "--b\r\n\r\nx\r\n";
	const size_t most = MESSAGE_PARTS_MAX; /* the root and one less */
	char *text = malloc(sizeof head + most * (sizeof unit - 1));

	assert_non_null(text);
	memcpy(text, head, sizeof head - 1);
	for (size_t i = 0; i < most; i++)
		memcpy(text + sizeof head - 1 + i * (sizeof unit - 1), unit, sizeof unit - 1);
	for (size_t n = most - 1; n <= most; n++) {
		const struct record *record =
		    examine(*state, slice_of(text, sizeof head - 1 + n * (sizeof unit - 1)));

		assert_int_equal(record->status, n == most ? STATUS_PARTIAL : STATUS_EXAMINED);
		assert_int_equal((record->flags & RECORD_PARTS_CUT) != 0, n == most);
	}
	free(text);
}

/* Nothing of one file may be left in the record of the next. */
static void
order_of_files_does_not_matter(void **state)
{
	const struct bench *bench = *state;
	struct record *alone = calloc(1, sizeof *alone);
	static const char strange[] =
	    "From: \"x <y@z\r\nTo: ;;;,,\r\nContent-Type: text/plain; charset=\"\""
	    "\r\nContent-Type: multipart/mixed\r\n\r\n\0\0\0=\xff\r\r\n.\r\n";

	assert_non_null(alone);
	memcpy(alone, examine(bench, slice_str("Subject: plain\r\n\r\nx\r\n")), sizeof *alone);
	assert_true(examine(bench, slice_of(strange, sizeof strange))->n_findings > 0);
	const struct record *after = examine(bench, slice_str("Subject: plain\r\n\r\nx\r\n"));
	assert_int_equal(after->size, alone->size);
	assert_memory_equal(after, alone, offsetof(struct record, findings));
	free(alone);
}

/* Every prefix of a message with one of everything gives a valid record. */
static void
every_prefix_gives_a_valid_record(void **state)
{
	static const char text[] =
	    "From: =?utf-8?B?w6Q=?= <a@example.com>\r\nTo: g: b@example.com, c@example.com;\r\n"
	    "Date: Mon, 5 Mar 2001 20:07:51 +0100\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\r\ntext =\r\n--b\r\n"
	    "Content-Type: application/ms-tnef; name=\"winmail.dat\"\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\neJ8+IgEAAQaQCAAEAAAAAAABAAEAAQ==\r\n--b\r\n"
	    "Content-Type: text/plain; charset=iso-2022-jp\r\n"
	    "Content-Transfer-Encoding: quoted-printable"
	    "\r\n\r\n=1B$B=\r\nbegin 644 x\r\n#0V%T\r\n`\r\nend\r\n--b--\r\n";

	for (size_t len = 0; len < sizeof text; len++)
		examine(*state, slice_of(text, len));
}

static void
each_stage_has_a_name_and_no_other(void **state)
{
	uint32_t stage = 1;

	(void)state;
	assert_string_equal(examine_stage_name(0), "");
	assert_string_equal(examine_stage_name(1), "envelope");
	while (*examine_stage_name(stage))
		stage++;
	assert_string_equal(examine_stage_name(stage - 1), "rules");
	assert_string_equal(examine_stage_name(stage - 2), "mime");
	assert_string_equal(examine_stage_name(UINT32_MAX), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_come_from_the_root_header),
		cmocka_unit_test(absent_names_are_told_from_empty_ones),
		cmocka_unit_test(equal_bodies_under_other_headers_have_equal_hashes),
		cmocka_unit_test(time_is_that_of_the_newest_received_field_with_a_date),
		cmocka_unit_test(blocks_around_a_tear_are_listed),
		cmocka_unit_test(lf_only_file_is_flagged),
		cmocka_unit_test(parts_that_were_not_followed_make_a_record_partial),
		cmocka_unit_test(order_of_files_does_not_matter),
		cmocka_unit_test(every_prefix_gives_a_valid_record),
		cmocka_unit_test(each_stage_has_a_name_and_no_other),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
