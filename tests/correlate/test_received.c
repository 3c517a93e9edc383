/* test_received.c - claims about the file that came last before a crash. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stage.h"

static void
the_last_one_received_ranks_by_its_distance_to_the_crash(void **state)
{
	static const int64_t gaps[] = { 1, 30, 300, 3000, 30000 };
	int32_t before = INT32_MAX;

	(void)state;
	for (int i = 0; i < 5; i++) {
		struct stage stage;
		struct looked_for clue;

		stage_open(&stage);
		stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
		    LINES({ EVIDENCE_LAST_RECEIVED, 0, CRASH - gaps[i], CRASH, 2002, 0, EVIDENCE_IN,
			      .spool = "HBWK2Q2P", .path = "D:\\exchsrvr\\imcdata\\in\\HBWK2Q2P" },
			{ EVIDENCE_CRASH, 0, CRASH, 0, 4037 }));
		stage_cast(&stage,
		    &(struct actor){ .path = "In/HBWK2Q2P", .local = CRASH - gaps[i] + ZONE });
		stage_end(&stage);
		clue = stage_clues(&stage, 0, "evidence-last-received");
		assert_int_equal(clue.n, 1);
		assert_true(clue.first.factor < before);
		before = clue.first.factor;
		if (i == 0)
			assert_true(clue.first.factor - 3000 >= MEDIUM_MILLIBITS);
		if (i >= 3)
			assert_true(clue.first.factor <= 1000);
		stage_close(&stage);
	}
}

static void
one_record_that_comes_as_two_items_is_one_clue(void **state)
{
	const struct line received = { EVIDENCE_RECEIVED, .time = CRASH - 1, .event = 2002,
		.flags = EVIDENCE_IN, .spool = "HBWK2Q2P" };
	struct line last = received;
	struct stage stage;

	(void)state;
	last.kind = EVIDENCE_LAST_RECEIVED;
	last.other = CRASH;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC, LINES(received, last, CRASHED));
	stage.evidence->items[1].offset = stage.evidence->items[0].offset;
	assert_true(log_set_add(stage.logs, slice_str("b.evt"), stage.evidence));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 1 });
	stage_end(&stage);
	/* Two in the first log, where they stand apart, and one in the second. */
	assert_int_equal(stage_clues(&stage, 0, "evidence-last-received").n, 3);
	stage_close(&stage);
}

static void
one_received_long_before_the_crash_says_nothing(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_RECEIVED, 0, CRASH - 7200, 0, 2002, 0, EVIDENCE_IN,
		      .spool = "HBWK2Q2P" },
		{ EVIDENCE_RECEIVED, 0, CRASH - 40, 0, 2002, 0, EVIDENCE_IN, .spool = "0TH3R001" },
		CRASHED));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 7200 });
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, NULL).n, 0);
	assert_int_equal(stage_clues(&stage, 1, "evidence-last-received").first.factor, 1500);
	stage_close(&stage);
}

static void
two_crashes_may_each_have_their_file(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_LAST_RECEIVED, 0, CRASH - 2, CRASH, 2002, 0, EVIDENCE_IN,
		      .spool = "HBWK2Q2P" },
		CRASHED,
		{ EVIDENCE_LAST_RECEIVED, 0, CRASH + 898, CRASH + 900, 2002, 0, EVIDENCE_IN,
		    .spool = "0TH3R001" },
		{ EVIDENCE_CRASH, 0, CRASH + 900, CRASH + 900 + ZONE, 4097 }));
	stage_files(&stage);
	stage_add(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 2 });
	stage_add(&stage, &(struct actor){ .path = "In/0TH3R001", .came = CRASH + 898 });
	stage_end(&stage);
	assert_int_equal(stage_clues(&stage, 0, "evidence-last-received").first.flags, 0);
	assert_int_equal(stage_clues(&stage, 1, "evidence-last-received").first.flags, 0);
	stage_close(&stage);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_one_received_ranks_by_its_distance_to_the_crash),
		cmocka_unit_test(one_record_that_comes_as_two_items_is_one_clue),
		cmocka_unit_test(one_received_long_before_the_crash_says_nothing),
		cmocka_unit_test(two_crashes_may_each_have_their_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
