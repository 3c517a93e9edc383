/* test_messages.c - claims about messages that a log tells of without naming their file. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stage.h"

static const struct actor culprit = { .path = "In/HBWK2Q2P",
	.came = CRASH - 3,
	.mail_from = "<bert@other.example>",
	.rcpt = "<chris@acme.example>",
	.from = "\"Bert\" <bert@lists.example>",
	.subject = "Minutes of the meeting",
	.message_id = "<1@other.example>",
	.mts_id = "c=US;a= ;p=ACME;l=EXGATE10103052007HBWK2Q2P" };

static struct looked_for
after_one_event(const struct line *line, const struct actor *actor, const char *id)
{
	struct stage stage;
	struct looked_for clue;

	stage_open(&stage);
	stage_log(&stage, "a.log", LOG_EVT, ZONE_UTC, line, 1);
	stage_cast(&stage, actor);
	stage_end(&stage);
	clue = stage_clues(&stage, 0, id);
	stage_close(&stage);
	return clue;
}

static void
a_store_event_is_joined_by_message_id(void **state)
{
	struct line line = { EVIDENCE_EVENT_MESSAGE, .time = CRASH, .event = 12006,
		.message_id = "1@other.example", .sender = "x@y.example" };

	(void)state;
	assert_int_equal(
	    after_one_event(&line, &culprit, "evidence-store-event").first.factor, 4500);
	line.message_id = "<2@other.example>";
	assert_int_equal(after_one_event(&line, &culprit, NULL).n, 0);
}

static void
a_subject_joins_with_its_sender_and_not_with_another(void **state)
{
	struct line line = { EVIDENCE_EVENT_MESSAGE, .time = CRASH, .event = 12007,
		.subject = " minutes of the MEETING", .sender = "bert@other.example" };
	int32_t both, alone;

	(void)state;
	both = after_one_event(&line, &culprit, "evidence-store-event").first.factor;
	line.sender = "bert@lists.example"; /* the header's */
	assert_int_equal(
	    after_one_event(&line, &culprit, "evidence-store-event").first.factor, both);
	line.sender = "Bert the Builder"; /* no address */
	alone = after_one_event(&line, &culprit, "evidence-store-event").first.factor;
	assert_true(alone > 0 && alone < both);
	line.sender = "dora@other.example";
	assert_int_equal(after_one_event(&line, &culprit, NULL).n, 0);
}

static void
a_sender_alone_is_a_hint(void **state)
{
	const struct line line = { EVIDENCE_EVENT_MESSAGE, .time = CRASH, .event = 12006,
		.sender = "bert@other.example" };
	const struct looked_for clue = after_one_event(&line, &culprit, "evidence-store-event");

	(void)state;
	assert_int_equal(clue.first.factor, 1000);
	assert_non_null(strstr(clue.first.detail, "same sender"));
}

static void
an_event_about_a_hop_count_weighs_less_than_one_about_conversion(void **state)
{
	struct line line = { EVIDENCE_EVENT_MESSAGE, .time = CRASH, .event = 12071,
		.message_id = "<1@other.example>" };

	(void)state;
	assert_int_equal(after_one_event(&line, &culprit, NULL).first.factor, 2000);
}

static void
a_subject_that_many_share_joins_nothing(void **state)
{
	const struct line line = { EVIDENCE_EVENT_MESSAGE, .time = CRASH, .event = 12007,
		.subject = "Hello" };
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "a.log", LOG_EVT, ZONE_UTC, &line, 1);
	stage_files(&stage);
	for (int i = 0; i < 60; i++)
		stage_add(&stage, &(struct actor){ .path = "In/X", .subject = "Hello" });
	stage_end(&stage);
	for (uint64_t i = 0; i < 60; i++)
		assert_int_equal(stage_clues(&stage, i, NULL).n, 0);
	stage_close(&stage);
}

static void
the_tracking_log_joins_by_mts_id_whatever_the_file_is_called(void **state)
{
	const struct line line = { EVIDENCE_TRACK_OPEN, .time = CRASH - 3, .event = 1012,
		.flags = EVIDENCE_IN, .mts_id = culprit.mts_id, .spool = "HBWK2Q2P" };
	struct actor renamed = culprit;
	struct looked_for clue = after_one_event(&line, &culprit, "evidence-tracking-open");

	(void)state;
	assert_int_equal(clue.n, 1);
	assert_int_equal(clue.first.factor, 6000);
	assert_non_null(strstr(clue.first.detail, "same MTS-ID"));
	renamed.path = "In/renamed.txt";
	assert_int_equal(after_one_event(&line, &renamed, "evidence-tracking-open").n, 1);
	/* Without a record the name is what is left. */
	renamed = (struct actor){ .path = "In/HBWK2Q2P", .unexamined = true };
	assert_int_equal(after_one_event(&line, &renamed, "evidence-tracking-open").n, 1);
}

static void
a_long_queue_of_tracked_messages_says_little_of_each(void **state)
{
	struct line lines[64];
	char names[64][9];
	struct stage stage;

	(void)state;
	for (int i = 0; i < 64; i++) {
		snprintf(names[i], sizeof names[i], "0TH3R%03d", i);
		lines[i] = (struct line){ EVIDENCE_TRACK_OPEN, .time = CRASH - 900, .event = 1012,
			.flags = EVIDENCE_IN, .mts_id = names[i], .spool = names[i] };
	}
	stage_open(&stage);
	stage_log(&stage, "20010305.log", LOG_TRACKING, ZONE_UTC, lines, 64);
	stage_cast(&stage, &culprit);
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 1, "evidence-tracking-open").first.factor, 250);
	assert_int_equal(correlation_n_missing(stage.c), 0);
	stage_close(&stage);
}

static const struct line open_connection = { EVIDENCE_SMTP_OPEN, .zone = ZONE_LOCAL,
	.time = CRASH + ZONE - 4, .flags = EVIDENCE_IN, .sender = "BERT@other.example",
	.recipient = "chris@acme.example", .quote = ">>> 354 Send data." };

static void
a_connection_is_joined_by_addresses_and_time(void **state)
{
	struct looked_for clue = after_one_event(&open_connection, &culprit, "evidence-smtp-open");
	struct actor later = culprit;

	(void)state;
	assert_int_equal(clue.n, 1);
	assert_int_equal(clue.first.factor, 5500);
	assert_non_null(strstr(clue.first.detail, "the file came 1 s after"));
	later.came = CRASH + 100;
	assert_int_equal(after_one_event(&open_connection, &later, NULL).first.factor, 4500);
	later.came = CRASH + 3600;
	assert_int_equal(after_one_event(&open_connection, &later, NULL).n, 0);
	later = culprit;
	later.rcpt = "dora@acme.example";
	assert_int_equal(after_one_event(&open_connection, &later, NULL).n, 0);
	later = culprit;
	later.folder = FOLDER_OUT;
	assert_int_equal(after_one_event(&open_connection, &later, NULL).n, 0);
}

static void
a_null_sender_is_joined_only_when_the_time_agrees(void **state)
{
	struct line line = open_connection;
	struct actor report = culprit;

	(void)state;
	line.sender = "";
	report.mail_from = "<>";
	assert_int_equal(after_one_event(&line, &report, "evidence-smtp-open").n, 1);
	report.came = CRASH + 300;
	assert_int_equal(after_one_event(&line, &report, NULL).n, 0);
	report.came = 0;
	assert_int_equal(after_one_event(&line, &report, NULL).n, 0);
}

static void
a_fault_raises_the_files_of_its_case(void **state)
{
	struct stage stage;
	struct looked_for clue;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, 0, CRASH + ZONE, .code = 0xc0000005,
		      .flags = EVIDENCE_FAULTING | EVIDENCE_STORE,
		      .function = "CmnContent::hrAddParm" },
		{ EVIDENCE_FRAME, 0, CRASH + ZONE, .number = 2, .function = "store!HrDecodeRTF" },
		{ EVIDENCE_FRAME, 0, CRASH + ZONE, .number = 3,
		    .function = "store!NotMdURLCombine2" }));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .rule = "boundary-empty" });
	stage_add(&stage, &culprit);
	stage_end(&stage);
	clue = stage_clues(&stage, 0, "evidence-fault-function");
	assert_int_equal(clue.n, 1);
	assert_int_equal(clue.first.factor, 4000);
	assert_int_equal(clue.first.offset, 77);
	assert_non_null(strstr(clue.first.detail, "CmnContent::hrAddParm faulted at 2001-03-05"));
	assert_non_null(strstr(clue.first.detail, "case Q275714"));
	assert_int_equal(stage_clues(&stage, 1, "evidence-fault-function").n, 0);
	assert_true(
	    stage_notes(&stage, "function HrDecodeRTF, which is known of Q303686; no file"));
	assert_false(stage_notes(&stage, "MdURLCombine"));
	stage_close(&stage);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_store_event_is_joined_by_message_id),
		cmocka_unit_test(a_subject_joins_with_its_sender_and_not_with_another),
		cmocka_unit_test(a_sender_alone_is_a_hint),
		cmocka_unit_test(an_event_about_a_hop_count_weighs_less_than_one_about_conversion),
		cmocka_unit_test(a_subject_that_many_share_joins_nothing),
		cmocka_unit_test(the_tracking_log_joins_by_mts_id_whatever_the_file_is_called),
		cmocka_unit_test(a_long_queue_of_tracked_messages_says_little_of_each),
		cmocka_unit_test(a_connection_is_joined_by_addresses_and_time),
		cmocka_unit_test(a_null_sender_is_joined_only_when_the_time_agrees),
		cmocka_unit_test(a_fault_raises_the_files_of_its_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
