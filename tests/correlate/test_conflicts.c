/* test_conflicts.c - claims about logs that name different files, and files of which one is meant. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stage.h"

static void
clues_that_name_two_files_for_one_crash_are_doubtful(void **state)
{
	struct stage stage;
	struct looked_for stuck, last;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_LAST_RECEIVED, 0, CRASH - 40, CRASH, 2002, 0, EVIDENCE_IN,
		      .spool = "0TH3R001" },
		CRASHED));
	stage_log(&stage, "other.evt", LOG_EVT, ZONE_UTC, LINES(STUCK));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 900 });
	stage_add(&stage, &(struct actor){ .path = "In/0TH3R001", .came = CRASH - 40 });
	stage_end(&stage);
	stuck = stage_clues(&stage, 0, "evidence-event-stuck");
	last = stage_clues(&stage, 1, "evidence-last-received");
	assert_int_equal(stuck.first.flags, CLUE_DOUBTFUL);
	assert_int_equal(last.first.flags, CLUE_DOUBTFUL);
	assert_non_null(
	    strstr(stuck.first.detail, "doubtful, 0TH3R001 is named for the same crash"));
	assert_non_null(
	    strstr(last.first.detail, "doubtful, HBWK2Q2P is named for the same crash"));
	assert_int_equal(stuck.first.factor, 8500);
	assert_int_equal(last.first.factor, 3000);
	assert_true(stage_notes(&stage, "For 1 of 1 crashes the logs name different files"));
	stage_close(&stage);
}

static void
twins_of_one_message_do_not_contradict_each_other(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_LAST_RECEIVED, 0, CRASH - 40, CRASH, 2002, 0, EVIDENCE_IN,
		      .spool = "0TH3R001" },
		CRASHED, STUCK));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 900, .body = 7 });
	stage_add(&stage, &(struct actor){ .path = "In/0TH3R001", .came = CRASH - 40, .body = 7 });
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, NULL).first.flags, 0);
	stage_close(&stage);
}

/* No log tells of a crash, but the tree was copied for one. */
static void
without_a_crash_two_logs_of_one_day_contradict_each_other_all_the_same(void **state)
{
	struct stage stage;
	struct looked_for stuck, in_use;

	(void)state;
	for (int days = 0; days < 3; days += 2) {
		stage_open(&stage);
		stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
		    LINES({ EVIDENCE_EVENT_FILE, 0, CRASH - days * 86400, 0, 4182, 0,
			EVIDENCE_IN | EVIDENCE_STAYS, .spool = "HBWK2Q2P" }));
		stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL,
		    LINES({ EVIDENCE_COPY_FAILED, 0, CRASH + 7200 + ZONE, 0, 0, 32, 0,
			.spool = "0TH3R001", .path = "D:\\imcdata\\in\\0TH3R001" }));
		stage_files(&stage);
		stage_add(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 300000 });
		stage_add(&stage, &(struct actor){ .path = "In/0TH3R001", .came = CRASH - 40 });
		stage_add(&stage, &(struct actor){ .path = "In/0TH3R002", .came = CRASH - 90 });
		stage_end(&stage);
		stuck = stage_clues(&stage, 0, "evidence-event-stuck");
		in_use = stage_clues(&stage, 1, "evidence-in-use");
		assert_int_equal(stuck.first.flags, days ? 0 : CLUE_DOUBTFUL);
		assert_int_equal(in_use.first.flags, days ? 0 : CLUE_DOUBTFUL);
		assert_int_equal(stuck.first.factor, days ? 7000 : 5500);
		assert_int_equal(in_use.first.factor, days ? 7000 : 5500);
		assert_int_equal(
		    stage_notes(&stage, "The logs name different files and tell of no"), days == 0);
		stage_close(&stage);
	}
}

/* What is being sent is in use on a healthy server, too. */
static void
of_several_files_in_use_those_of_out_weigh_less_and_all_are_doubtful(void **state)
{
	static const char *const names[] = { "In/HBWK2Q2P", "Out/0TH3R001", "Out/0TH3R002" };
	static const int32_t factors[] = { 6000, 4415, 4415 };
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL,
	    LINES({ EVIDENCE_COPY_FAILED, 0, CRASH + ZONE, 0, 0, 32, 0, .spool = "HBWK2Q2P",
		      .path = "D:\\imcdata\\in\\HBWK2Q2P" },
		{ EVIDENCE_COPY_FAILED, 0, CRASH + ZONE, 0, 0, 32, 0, .spool = "0TH3R001",
		    .path = "D:\\imcdata\\out\\0TH3R001" },
		{ EVIDENCE_COPY_FAILED, 0, CRASH + ZONE, 0, 0, 32, 0, .spool = "0TH3R002",
		    .path = "D:\\imcdata\\out\\0TH3R002" }));
	stage_files(&stage);
	for (size_t i = 0; i < 3; i++)
		stage_add(&stage,
		    &(struct actor){ .path = names[i], .folder = i ? FOLDER_OUT : FOLDER_IN });
	stage_end(&stage);
	for (size_t i = 0; i < 3; i++) {
		const struct looked_for found = stage_clues(&stage, i, "evidence-in-use");

		assert_int_equal(found.first.flags, CLUE_DOUBTFUL);
		assert_int_equal(found.first.factor, factors[i]);
		assert_non_null(strstr(found.first.detail, "; 3 files were"));
	}
	stage_close(&stage);
}

/* The words of a doubt have room only at the cost of what stood there: cut between words. */
static void
what_a_doubt_leaves_no_room_for_is_cut_between_words(void **state)
{
	struct stage stage;
	struct looked_for stuck;
	size_t len;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_LAST_RECEIVED, 0, CRASH - 40, CRASH, 2002, 0, EVIDENCE_IN,
		      .spool = "0TH3R001" },
		CRASHED,
		{ EVIDENCE_EVENT_FILE, 0, CRASH + 2, 0, 4182, 0,
		    EVIDENCE_IN | EVIDENCE_STAYS | EVIDENCE_BINARY | EVIDENCE_WEAK,
		    .spool = "HBWK2Q2P" }));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 900 });
	stage_add(&stage, &(struct actor){ .path = "b/In/HBWK2Q2P", .came = CRASH - 900 });
	stage_add(&stage, &(struct actor){ .path = "In/0TH3R001", .came = CRASH - 40 });
	stage_end(&stage);
	stuck = stage_clues(&stage, 0, "evidence-event-stuck");
	len = strlen(stuck.first.detail);
	assert_true(len < CLUE_DETAIL_MAX);
	assert_non_null(strstr(stuck.first.detail, " is named for the same crash: event 4182 of "));
	assert_string_equal(
	    stuck.first.detail + len - strlen("; a hint only; 2 ..."), "; a hint only; 2 ...");
	stage_close(&stage);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clues_that_name_two_files_for_one_crash_are_doubtful),
		cmocka_unit_test(twins_of_one_message_do_not_contradict_each_other),
		cmocka_unit_test(
		    without_a_crash_two_logs_of_one_day_contradict_each_other_all_the_same),
		cmocka_unit_test(
		    of_several_files_in_use_those_of_out_weigh_less_and_all_are_doubtful),
		cmocka_unit_test(what_a_doubt_leaves_no_room_for_is_cut_between_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
