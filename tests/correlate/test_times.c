/* test_times.c - claims about clocks: zones, summer time, dates read in two ways, crashes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stage.h"

#define DAY 86400

static void
an_event_4097_tells_the_zone_of_all_logs(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_CRASH, 0, CRASH, CRASH - 5 * 3600 - 1800 - 20, 4097 }));
	stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, 0, CRASH - 5 * 3600 - 1800 - 20, .flags = EVIDENCE_FAULTING }));
	stage_files(&stage);
	stage_end(&stage);
	assert_string_equal(correlation_clock(stage.c, 0), "UTC");
	assert_string_equal(correlation_clock(stage.c, 1), "local, UTC-5:30 (event 4097)");
	assert_string_equal(correlation_local_clock(stage.c), "local, UTC-5:30 (event 4097)");
	stage_close(&stage);
}

static void
the_option_goes_before_what_is_inferred(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage.options.has_timezone = true;
	stage.options.timezone = 3600;
	stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL,
	    LINES({ EVIDENCE_COPY_FAILED, .time = CRASH + ZONE, .code = 32, .spool = "HBWK2Q2P" }));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3 });
	stage_end(&stage);
	assert_string_equal(correlation_clock(stage.c, 0), "local, UTC+1 (--timezone)");
	stage_close(&stage);
}

static int32_t
eastern_zone(void *context, int64_t local)
{
	(void)context;
	return local > CRASH ? 7200 : 3600;
}

static void
a_named_zone_is_asked_for_each_time(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage.options.zone = eastern_zone;
	stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL,
	    LINES({ EVIDENCE_COPY_FAILED, .time = CRASH - 9, .code = 32, .spool = "HBWK2Q2P" },
		{ EVIDENCE_COPY_FAILED, .time = CRASH + 9, .code = 32, .spool = "0TH3R001" }));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P" });
	stage_end(&stage);
	assert_non_null(strstr(stage_clues(&stage, 0, NULL).first.detail, "19:07:42 UTC"));
	assert_non_null(strstr(stage_clues(&stage, 1, NULL).first.detail, "18:08:00 UTC"));
	stage_close(&stage);
}

static void
envelopes_against_received_fields_tell_the_zone(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, 0, CRASH + ZONE, .flags = EVIDENCE_FAULTING }));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3 });
	/* Out has no Received field of this server, and one clock that is wrong is outvoted. */
	stage_add(&stage, &(struct actor){ .path = "Out/X", .folder = FOLDER_OUT, .came = CRASH });
	stage_add(
	    &stage, &(struct actor){ .path = "In/Y", .local = CRASH, .received = CRASH + 77 });
	stage_end(&stage);
	assert_string_equal(
	    correlation_clock(stage.c, 0), "local, UTC-6 (inferred from 10 of 11 files)");
	assert_true(stage_notes(&stage, "The server's clock was at UTC-6: 10 of 11 messages"));
	assert_int_equal(stage_clues(&stage, 0, "evidence-crash-time").n, 1);
	stage_close(&stage);
}

static void
two_files_are_too_few_to_tell_a_zone(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, 0, CRASH + ZONE, .flags = EVIDENCE_FAULTING }));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/A", .came = CRASH - 3 });
	stage_add(&stage, &(struct actor){ .path = "In/B", .came = CRASH - 3000 });
	stage_end(&stage);
	assert_string_equal(correlation_clock(stage.c, 0), "local, zone unknown");
	assert_true(stage_notes(&stage, "The time zone of the server is not known"));
	/* Local against local needs no zone. */
	assert_int_equal(stage_clues(&stage, 0, "evidence-crash-time").n, 1);
	stage_close(&stage);
}

static void
a_tree_that_disagrees_tells_no_zone(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL,
	    LINES({ EVIDENCE_COPY_FAILED, .time = CRASH, .code = 32, .spool = "HBWK2Q2P" }));
	stage_files(&stage);
	for (int i = 0; i < 12; i++)
		stage_add(&stage, &(struct actor){ .path = "In/A",
				      .received = CRASH,
				      .local = CRASH + (i % 2 ? 3 : -5) * 3600 });
	stage_end(&stage);
	assert_string_equal(correlation_clock(stage.c, 0), "local, zone unknown");
	stage_close(&stage);
}

/* Sunday, 1 April 2001, 08:00 UTC: the clock goes from UTC-6 to UTC-5. */
static void
each_time_takes_the_offset_of_its_season(void **state)
{
	const int64_t change = 986112000;
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, 0, change - DAY - 6 * 3600, .flags = EVIDENCE_FAULTING },
		{ EVIDENCE_FAULT, 0, change + DAY - 5 * 3600, .flags = EVIDENCE_FAULTING }));
	stage_files(&stage);
	for (int i = 0; i < 10; i++) {
		stage.zone = i < 5 ? -6 * 3600 : -5 * 3600;
		stage_add(&stage, &(struct actor){ .path = "In/A",
				      .came = change + (i < 5 ? -1 - i : i - 4) * DAY - 3 });
	}
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, "evidence-crash-time").n, 1);
	assert_int_equal(stage_clues(&stage, 5, "evidence-crash-time").n, 1);
	assert_non_null(
	    strstr(stage_clues(&stage, 5, NULL).first.detail, "2001-04-02 08:00:00 UTC"));
	assert_string_equal(correlation_clock(stage.c, 0),
	    "local, UTC-6 or UTC-5 by season (inferred from 10 of 10 files)");
	stage_close(&stage);
}

static void
events_that_name_files_tell_the_zone_when_nothing_else_does(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "events.txt", LOG_EVENT_TEXT, ZONE_LOCAL,
	    LINES({ EVIDENCE_RECEIVED, .time = CRASH - 900 + 7200, .event = 2002,
		      .flags = EVIDENCE_IN, .spool = "HBWK2Q2P" },
		{ EVIDENCE_RECEIVED, .time = CRASH - 500 + 7200, .event = 2002,
		    .flags = EVIDENCE_IN, .spool = "0TH3R001" },
		{ EVIDENCE_RECEIVED, .time = CRASH - 100 + 7200, .event = 2002,
		    .flags = EVIDENCE_IN, .spool = "0TH3R002" },
		{ EVIDENCE_CRASH, .time = CRASH + 7200, .event = 4037 }));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .mtime = CRASH - 900 });
	stage_add(&stage, &(struct actor){ .path = "In/0TH3R001", .mtime = CRASH - 500 });
	stage_add(&stage, &(struct actor){ .path = "In/0TH3R002", .mtime = CRASH - 101 });
	stage_end(&stage);
	assert_string_equal(
	    correlation_clock(stage.c, 0), "local, UTC+2 (inferred from 3 events that name files)");
	stage_close(&stage);
}

static void
one_offset_that_fits_all_crashes_is_a_guess_and_counts_less(void **state)
{
	struct stage stage;
	struct looked_for clue;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, .time = CRASH + 7200, .flags = EVIDENCE_FAULTING },
		{ EVIDENCE_FAULT, .time = CRASH + 7200 + 5000, .flags = EVIDENCE_FAULTING }));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/A", .mtime = CRASH - 2 });
	stage_add(&stage, &(struct actor){ .path = "In/B", .mtime = CRASH + 4997 });
	stage_add(&stage, &(struct actor){ .path = "In/C", .mtime = CRASH - 3602 });
	stage_end(&stage);
	clue = stage_clues(&stage, 0, "evidence-crash-time");
	assert_int_equal(clue.n, 1);
	assert_int_equal(clue.first.flags, CLUE_DOUBTFUL);
	assert_int_equal(clue.first.factor, 2000);
	assert_true(stage_notes(&stage, "may have been at UTC+2"));
	stage_close(&stage);
}

static void
two_offsets_that_fit_are_none(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, .time = CRASH + 7200, .flags = EVIDENCE_FAULTING }));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/A", .mtime = CRASH - 2 });
	stage_add(&stage, &(struct actor){ .path = "In/B", .mtime = CRASH - 3602 });
	stage_end(&stage);
	assert_string_equal(correlation_clock(stage.c, 0), "local, zone unknown");
	assert_int_equal(stage_clues(&stage, 0, NULL).n, 0);
	stage_close(&stage);
}

static void
an_export_from_another_zone_is_set_right_by_its_4097(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "events.txt", LOG_EVENT_TEXT, ZONE_LOCAL,
	    LINES({ EVIDENCE_CRASH, .time = CRASH + 3600, .other = CRASH + ZONE, .event = 4097 }));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3 });
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, "evidence-crash-time").n, 1);
	assert_string_equal(
	    correlation_clock(stage.c, 0), "local, UTC+1 (inferred from 10 of 10 files)");
	stage_close(&stage);
}

static void
of_two_readings_of_a_date_the_one_that_fits_the_tree_is_taken(void **state)
{
	/* 3 May as read, 5 March as meant. */
	const int64_t read = evidence_swapped_time(CRASH + ZONE);
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "events.txt", LOG_EVENT_TEXT, ZONE_LOCAL,
	    LINES({ EVIDENCE_CRASH, .time = read, .event = 4037, .flags = EVIDENCE_DAY_MONTH },
		{ EVIDENCE_EVENT_FILE, .time = read + 2, .event = 4182,
		    .flags = EVIDENCE_DAY_MONTH | EVIDENCE_STAYS | EVIDENCE_IN,
		    .spool = "HBWK2Q2P" }));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3 });
	stage_end(&stage);
	assert_non_null(strstr(stage_clues(&stage, 0, "evidence-event-stuck").first.detail,
	    "2001-03-05 20:07:53 UTC"));
	assert_int_equal(stage_clues(&stage, 0, "evidence-crash-time").n, 1);
	assert_non_null(strstr(correlation_clock(stage.c, 0), ", day first"));
	assert_true(stage_notes(&stage, "the day was taken to stand first"));
	stage_close(&stage);
}

static void
many_files_in_the_seconds_of_a_crash_tell_nothing(void **state)
{
	(void)state;
	for (int n = 1; n <= 12; n++) {
		struct stage stage;
		struct looked_for clue;

		stage_open(&stage);
		stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
		    LINES({ EVIDENCE_CRASH, .time = CRASH, .event = 4037 }));
		stage_files(&stage);
		for (int i = 0; i < n; i++)
			stage_add(&stage, &(struct actor){ .path = "In/A", .mtime = CRASH - 5 });
		stage_end(&stage);
		clue = stage_clues(&stage, 0, "evidence-crash-time");
		assert_int_equal(clue.n, n <= 8);
		if (n == 1)
			assert_int_equal(clue.first.factor, 4000);
		if (n == 4)
			assert_int_equal(clue.first.factor, 2000);
		stage_close(&stage);
	}
}

static void
one_crash_in_four_logs_is_one_crash(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_CRASH, 0, CRASH, CRASH + ZONE, 4097 },
		{ EVIDENCE_CRASH, 0, CRASH + 1, 0, 4037 },
		{ EVIDENCE_CRASH, 0, CRASH + 60, CRASH + ZONE + 60, 4097 },
		{ EVIDENCE_CRASH, 0, CRASH + 61, 0, 4037 }));
	stage_log(&stage, "SysEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_CRASH, 0, CRASH + 5, 0, 7031 },
		{ EVIDENCE_CRASH, 0, CRASH + 66, 0, 7031 }));
	stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, 0, CRASH + ZONE }, { EVIDENCE_FAULT, 0, CRASH + ZONE + 60 }));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/A", .mtime = CRASH - 1 });
	stage_add(&stage, &(struct actor){ .path = "In/B", .mtime = CRASH + 59 });
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, "evidence-crash-time").n, 1);
	assert_int_equal(stage_clues(&stage, 1, "evidence-crash-time").n, 1);
	stage_close(&stage);
}

static void
archived_control_mail_gets_no_clue_from_its_time(void **state)
{
	(void)state;
	for (int control = 0; control < 2; control++) {
		struct stage stage;

		stage_open(&stage);
		stage.options.archive_is_control = control;
		stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
		    LINES({ EVIDENCE_CRASH, .time = CRASH, .event = 4037 }));
		stage_files(&stage);
		stage_add(&stage,
		    &(struct actor){
			.path = "In/Archive/A", .folder = FOLDER_IN_ARCHIVE, .mtime = CRASH - 5 });
		stage_end(&stage);
		assert_int_equal(stage_clues(&stage, 0, NULL).n, !control);
		assert_false(correlation_names(stage.c, 0));
		stage_close(&stage);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_4097_tells_the_zone_of_all_logs),
		cmocka_unit_test(the_option_goes_before_what_is_inferred),
		cmocka_unit_test(a_named_zone_is_asked_for_each_time),
		cmocka_unit_test(envelopes_against_received_fields_tell_the_zone),
		cmocka_unit_test(two_files_are_too_few_to_tell_a_zone),
		cmocka_unit_test(a_tree_that_disagrees_tells_no_zone),
		cmocka_unit_test(each_time_takes_the_offset_of_its_season),
		cmocka_unit_test(events_that_name_files_tell_the_zone_when_nothing_else_does),
		cmocka_unit_test(one_offset_that_fits_all_crashes_is_a_guess_and_counts_less),
		cmocka_unit_test(two_offsets_that_fit_are_none),
		cmocka_unit_test(an_export_from_another_zone_is_set_right_by_its_4097),
		cmocka_unit_test(of_two_readings_of_a_date_the_one_that_fits_the_tree_is_taken),
		cmocka_unit_test(many_files_in_the_seconds_of_a_crash_tell_nothing),
		cmocka_unit_test(one_crash_in_four_logs_is_one_crash),
		cmocka_unit_test(archived_control_mail_gets_no_clue_from_its_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
