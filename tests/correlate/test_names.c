/* test_names.c - claims about files that a log names: which file is meant, and what it weighs. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stage.h"

static const struct actor culprit = { .path = "In/HBWK2Q2P", .came = CRASH - 3 };

static void
a_file_that_is_tried_again_ranks_high_right_after_a_crash(void **state)
{
	struct stage stage;
	struct looked_for clue;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC, LINES(CRASHED, STUCK));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 7000 });
	stage_end(&stage);
	clue = stage_clues(&stage, 0, "evidence-event-stuck");
	assert_int_equal(clue.n, 1);
	assert_int_equal(clue.first.number, 2);
	assert_int_equal(clue.first.log_offset, 100);
	assert_string_equal(clue.first.log, "AppEvent.evt");
	assert_string_equal(clue.first.quote, "will be retried when the server is restarted");
	assert_string_equal(clue.first.detail, "event 4182 of 2001-03-05 20:07:53 UTC, 2 s after a "
					       "crash: is tried again at each start");
	assert_true(stage_score(&stage, 0) >= HIGH_MILLIBITS);
	for (uint64_t i = 1; i < 10; i++)
		assert_int_equal(stage_clues(&stage, i, NULL).n, 0);
	stage_close(&stage);
}

static void
without_a_crash_at_hand_it_is_medium(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC, LINES(STUCK));
	stage_cast(&stage, &culprit);
	stage_end(&stage);
	assert_in_range(stage_score(&stage, 0), MEDIUM_MILLIBITS, HIGH_MILLIBITS - 1);
	stage_close(&stage);
}

static void
a_name_of_weeks_ago_says_little(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_EVENT_FILE, 0, CRASH - 21 * 86400, 0, 4182, 0,
		      EVIDENCE_IN | EVIDENCE_STAYS, .spool = "HBWK2Q2P" },
		CRASHED));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 22 * 86400 });
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, "evidence-event-stuck").n, 1);
	assert_true(stage_score(&stage, 0) < MEDIUM_MILLIBITS);
	assert_non_null(strstr(stage_clues(&stage, 0, NULL).first.detail, "21 days from the"));
	stage_close(&stage);
}

static void
names_are_compared_without_case_and_what_a_disc_adds(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC, LINES(STUCK));
	stage_cast(&stage, &(struct actor){ .path = "in/hbwk2q2p.;1", .came = CRASH - 3 });
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, "evidence-event-stuck").n, 1);
	stage_close(&stage);
}

static void
of_two_files_of_one_name_the_one_in_the_queue_is_meant(void **state)
{
	struct stage stage;
	uint64_t archived, other_way;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC, LINES(CRASHED, STUCK));
	stage_cast(&stage, &culprit);
	archived = stage_add(
	    &stage, &(struct actor){ .path = "In/Archive/HBWK2Q2P", .folder = FOLDER_IN_ARCHIVE });
	other_way =
	    stage_add(&stage, &(struct actor){ .path = "Out/HBWK2Q2P", .folder = FOLDER_OUT });
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, "evidence-event-stuck").n, 1);
	assert_int_equal(stage_clues(&stage, archived, NULL).n, 0);
	assert_int_equal(stage_clues(&stage, other_way, NULL).n, 0);
	assert_true(correlation_names(stage.c, 0));
	assert_false(correlation_names(stage.c, archived));
	stage_close(&stage);
}

static void
a_file_that_was_moved_to_archive_is_found_there_and_weighs_little(void **state)
{
	struct stage stage;
	uint64_t archived;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_EVENT_FILE, 0, CRASH - 4000, 0, 4117, 0, EVIDENCE_IN | EVIDENCE_GONE,
		      .spool = "HBWK2Q2P" },
		CRASHED));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 5000 });
	archived = stage_add(
	    &stage, &(struct actor){ .path = "In/Archive/HBWK2Q2P", .folder = FOLDER_IN_ARCHIVE });
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, NULL).n, 0);
	assert_int_equal(stage_clues(&stage, archived, "evidence-event-file").n, 1);
	assert_true(stage_score(&stage, archived) <= -1000);
	assert_int_equal(stage_clues(&stage, archived, NULL).first.flags, CLUE_PLACED);
	assert_true(correlation_names(stage.c, archived));
	stage_close(&stage);
}

static void
the_copy_log_lifts_a_file_in_use_to_medium(void **state)
{
	struct stage stage;
	struct looked_for clue;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL,
	    LINES({ EVIDENCE_COPY_FAILED, 0, CRASH + ZONE + 7200, 0, 0, 32, 0, 2,
		      .spool = "HBWK2Q2P", .path = "D:\\exchsrvr\\imcdata\\in\\HBWK2Q2P" },
		{ EVIDENCE_COPY_FAILED, 0, CRASH + ZONE + 7201, 0, 0, 32, 0, 2,
		    .spool = "queue.dat", .path = "D:\\exchsrvr\\imcdata\\queue.dat" },
		{ EVIDENCE_COPY_FAILED, 0, CRASH + ZONE + 7202, 0, 0, 32, 0, 2,
		    .spool = "L0000007.LOG", .path = "D:\\exchsrvr\\imcdata\\log\\L0000007.LOG" }));
	stage_cast(&stage, &culprit);
	stage_end(&stage);
	clue = stage_clues(&stage, 0, "evidence-in-use");
	assert_int_equal(clue.n, 1);
	assert_string_equal(clue.first.detail, "in use when it was to be copied (error 32, tried 2 "
					       "times) at 2001-03-05 22:07:51 UTC");
	assert_true(stage_score(&stage, 0) >= MEDIUM_MILLIBITS);
	/* What is always in use is nothing that the tree lacks. */
	assert_int_equal(correlation_n_missing(stage.c), 0);
	stage_close(&stage);
}

static void
many_files_in_use_share_the_weight(void **state)
{
	static const char *const names[] = { "HBWK2Q2P", "0TH3R001", "0TH3R002", "0TH3R003" };
	struct line lines[4];
	struct stage stage;

	(void)state;
	for (int i = 0; i < 4; i++)
		lines[i] = (struct line){ EVIDENCE_COPY_FAILED, .code = 32, .spool = names[i] };
	stage_open(&stage);
	stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL, lines, 4);
	stage_cast(&stage, &culprit);
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, "evidence-in-use").first.factor, 5000);
	assert_int_equal(stage_clues(&stage, 3, "evidence-in-use").first.factor, 5000);
	stage_close(&stage);
}

static void
a_copy_that_failed_for_another_reason_weighs_less(void **state)
{
	static const uint32_t codes[] = { 1392, 5, 2, 112 };
	int32_t before = 7000;

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct stage stage;
		int32_t factor;

		stage_open(&stage);
		stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL,
		    LINES({ EVIDENCE_COPY_FAILED, .code = codes[i], .spool = "HBWK2Q2P" }));
		stage_cast(&stage, &culprit);
		stage_end(&stage);
		factor = stage_clues(&stage, 0, "evidence-in-use").first.factor;
		assert_true(factor > 0 && factor < before);
		before = factor;
		stage_close(&stage);
	}
}

static void
a_crash_before_the_file_came_speaks_against_it(void **state)
{
	struct stage stage;
	struct looked_for clue;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC, LINES(CRASHED, STUCK));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH + 4000 });
	stage_end(&stage);
	clue = stage_clues(&stage, 0, "evidence-event-stuck");
	assert_int_equal(clue.first.factor, -2000);
	assert_int_equal(clue.first.flags, CLUE_DOUBTFUL);
	assert_non_null(
	    strstr(clue.first.detail, "but the file came 66 minutes later: impossible"));
	stage_close(&stage);
}

static void
a_hint_from_binary_data_weighs_little(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_EVENT_FILE, 0, CRASH, 0, 4999, 0, EVIDENCE_WEAK | EVIDENCE_BINARY,
		      .spool = "HBWK2Q2P" },
		CRASHED));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3000 });
	stage_end(&stage);
	assert_true(stage_score(&stage, 0) < 0);
	stage_close(&stage);
}

static void
every_decoy_stays_below_the_culprit(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_EVENT_FILE, 0, CRASH - 21 * 86400, 0, 4117, 0,
		      EVIDENCE_IN | EVIDENCE_GONE, .spool = "0TH3R003" },
		{ EVIDENCE_LAST_RECEIVED, 0, CRASH - 1, CRASH, 2002, 0, EVIDENCE_IN,
		    .spool = "HBWK2Q2P" },
		CRASHED, STUCK));
	stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL,
	    LINES({ EVIDENCE_COPY_FAILED, .code = 5, .spool = "0TH3R002" }));
	stage_cast(&stage, &culprit);
	stage_end(&stage);
	for (uint64_t i = 1; i < 10; i++)
		assert_true(stage_score(&stage, i) < stage_score(&stage, 0));
	assert_true(stage_score(&stage, 0) >= HIGH_MILLIBITS);
	stage_close(&stage);
}

static void
hostile_strings_are_told_as_plain_ones(void **state)
{
	struct stage stage;
	struct looked_for clue;
	char long_name[512];

	(void)state;
	memset(long_name, 'A', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	stage_open(&stage);
	stage_log(&stage, "App\033[31m.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_EVENT_FILE, 0, CRASH, 0, UINT32_MAX, UINT32_MAX, EVIDENCE_IN,
		      UINT32_MAX, .spool = "HBWK2Q2P", .quote = "\033]0;x\007 \x80\xff" },
		{ EVIDENCE_EVENT_FILE, 0, CRASH, 0, 4182, 0, EVIDENCE_STAYS, .spool = long_name },
		{ EVIDENCE_COPY_FAILED, 0, CRASH, 0, 0, UINT32_MAX, 0, UINT32_MAX,
		    .spool = "HBWK2Q2P", .path = "\033" },
		CRASHED));
	stage_cast(&stage, &culprit);
	stage_end(&stage);
	clue = stage_clues(&stage, 0, "evidence-event-file");
	assert_int_equal(clue.n, 1);
	assert_null(strchr(clue.first.quote, '\033'));
	assert_non_null(strstr(clue.first.quote, "\\x1B"));
	assert_int_equal(stage_clues(&stage, 0, "evidence-in-use").n, 1);
	assert_int_equal(correlation_n_missing(stage.c), 0);
	stage_close(&stage);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_that_is_tried_again_ranks_high_right_after_a_crash),
		cmocka_unit_test(without_a_crash_at_hand_it_is_medium),
		cmocka_unit_test(a_name_of_weeks_ago_says_little),
		cmocka_unit_test(names_are_compared_without_case_and_what_a_disc_adds),
		cmocka_unit_test(of_two_files_of_one_name_the_one_in_the_queue_is_meant),
		cmocka_unit_test(a_file_that_was_moved_to_archive_is_found_there_and_weighs_little),
		cmocka_unit_test(the_copy_log_lifts_a_file_in_use_to_medium),
		cmocka_unit_test(many_files_in_use_share_the_weight),
		cmocka_unit_test(a_copy_that_failed_for_another_reason_weighs_less),
		cmocka_unit_test(a_crash_before_the_file_came_speaks_against_it),
		cmocka_unit_test(a_hint_from_binary_data_weighs_little),
		cmocka_unit_test(every_decoy_stays_below_the_culprit),
		cmocka_unit_test(hostile_strings_are_told_as_plain_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
