/*
 * test_found.c - claims about bytes of a stack, queue.dat, files that are missing, and causes that
 * are no message.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stage.h"

#define RUN "=_zq7Xw.41bb91c0"
#define STACK(text)                                                                                \
	{                                                                                          \
		EVIDENCE_STACK, .time = CRASH + ZONE, .flags = EVIDENCE_FAULTING, .bytes = (text)  \
	}

static void
play(struct stage *stage, const struct line *lines, size_t n)
{
	stage_open(stage);
	stage_log(stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL, lines, n);
	stage_cast(stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3000 });
	assert_true(correlation_finish(stage->c));
}

static void
bytes_of_the_stack_in_one_file_rank_it_high(void **state)
{
	struct stage stage;
	struct looked_for clue;

	(void)state;
	play(&stage, LINES({ EVIDENCE_FAULT, .time = CRASH + ZONE }, STACK(RUN), STACK(RUN)));
	assert_int_equal(correlation_n_needles(stage.c), 1);
	assert_true(slice_eq(correlation_needle(stage.c, 0), RUN));
	correlation_search(stage.c, 0, 0, 1834);
	assert_true(correlation_settle(stage.c));
	clue = stage_clues(&stage, 0, "evidence-stack-bytes");
	assert_int_equal(clue.n, 1);
	assert_int_equal(clue.first.offset, 1834);
	assert_int_equal(clue.first.length, 16);
	assert_int_equal(clue.first.number, 2);
	assert_string_equal(clue.first.quote, RUN);
	assert_string_equal(clue.first.detail,
	    "16 bytes of the stack of the crash at 2001-03-05 "
	    "20:07:51 UTC stand in this message of the tree alone");
	assert_true(stage_score(&stage, 0) >= HIGH_MILLIBITS);
	stage_close(&stage);
}

static void
bytes_in_several_messages_count_nothing_and_in_half_the_tree_are_not_said(void **state)
{
	static const struct {
		uint64_t hits;
		int64_t factor;
		size_t n;
	} cases[] = { { 1, 9500, 1 }, { 2, 500, 1 }, { 3, 0, 1 }, { 5, 0, 0 }, { 10, 0, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct stage stage;
		struct looked_for clue;

		play(&stage, LINES({ EVIDENCE_FAULT, .time = CRASH + ZONE }, STACK(RUN)));
		for (uint64_t file = cases[i].hits; file-- > 0;)
			correlation_search(stage.c, 0, file, 100);
		assert_true(correlation_settle(stage.c));
		clue = stage_clues(&stage, 0, "evidence-stack-bytes");
		assert_int_equal(clue.n, cases[i].n);
		assert_int_equal(clue.n ? clue.first.factor : 0, cases[i].factor);
		stage_close(&stage);
	}
}

static void
twins_of_one_message_count_as_one(void **state)
{
	struct stage stage;
	uint64_t twin;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, .time = CRASH + ZONE }, STACK(RUN)));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3, .body = 7 });
	twin = stage_add(&stage,
	    &(struct actor){ .path = "In/Temp/HBWK2Q2P", .folder = FOLDER_IN_TEMP, .body = 7 });
	assert_true(correlation_finish(stage.c));
	correlation_search(stage.c, 0, twin, 5);
	correlation_search(stage.c, 0, 0, 5);
	assert_true(correlation_settle(stage.c));
	assert_int_equal(stage_clues(&stage, 0, "evidence-stack-bytes").first.factor, 9500);
	assert_int_equal(stage_clues(&stage, twin, "evidence-stack-bytes").first.factor, 9500);
	stage_close(&stage);
}

static void
words_that_every_message_has_are_not_looked_for(void **state)
{
	static const char *const runs[] = { "Content-Type: text/plain; charset=us-ascii",
		"Received: from ", "MIME-Version: 1.0\r\n", "aaaabbbbaaaabbbb", "short" };

	(void)state;
	for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
		struct stage stage;

		play(&stage, LINES(STACK(runs[i])));
		assert_int_equal(correlation_n_needles(stage.c), 0);
		stage_close(&stage);
	}
}

static void
of_a_long_run_begin_middle_and_end_are_looked_for_too(void **state)
{
	struct stage stage;

	(void)state;
	play(
	    &stage, LINES(STACK("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")));
	assert_int_equal(correlation_n_needles(stage.c), 4);
	assert_true(slice_eq(correlation_needle(stage.c, 3), "uvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"));
	assert_true(correlation_settle(stage.c));
	stage_close(&stage);
}

static void
the_order_of_hits_does_not_matter(void **state)
{
	struct clue before;

	(void)state;
	for (uint64_t step = 1; step <= 3; step += 2) {
		struct stage stage;
		struct looked_for clue;

		stage_open(&stage);
		stage_log(&stage, "drwtsn32.log", LOG_DRWATSON, ZONE_LOCAL, LINES(STACK(RUN)));
		stage_files(&stage);
		for (int i = 0; i < 100; i++)
			stage_add(&stage, &(struct actor){ .path = "In/A" });
		assert_true(correlation_finish(stage.c));
		for (uint64_t i = 0; i < 10; i++)
			correlation_search(stage.c, 0, 10 + i * step % 10, 10 + i * step % 10);
		assert_true(correlation_settle(stage.c));
		clue = stage_clues(&stage, 12, NULL);
		assert_int_equal(clue.n, 1);
		if (step == 1)
			before = clue.first;
		else
			assert_memory_equal(&before, &clue.first, sizeof before);
		stage_close(&stage);
	}
}

static void
a_file_in_use_that_was_not_copied_is_missing_and_suspect(void **state)
{
	struct stage stage;
	struct correlation_missing missing;
	int64_t score = -3000;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "robocopy.log", LOG_COPY, ZONE_LOCAL,
	    LINES({ EVIDENCE_COPY_FAILED, .time = CRASH + ZONE, .code = 32, .spool = "MM0XK5MC",
		.path = "D:\\exchsrvr\\imcdata\\in\\MM0XK5MC" }));
	stage_queue(&stage, (const char *[]){ "MM0XK5MC" }, 1);
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3 });
	stage_end(&stage);
	assert_int_equal(correlation_n_missing(stage.c), 1);
	missing = correlation_missing(stage.c, 0);
	assert_string_equal(missing.name, "MM0XK5MC");
	assert_int_equal(missing.folder, FOLDER_IN);
	assert_int_equal(missing.n_clues, 3);
	for (size_t i = 0; i < missing.n_clues; i++)
		score += correlation_missing_clue(stage.c, 0, i)->factor;
	assert_true(score >= MEDIUM_MILLIBITS);
	assert_non_null(strstr(correlation_missing_clue(stage.c, 0, 1)->detail,
	    "not in this tree: recover it from the source; a file in use is not copied"));
	assert_non_null(strstr(
	    correlation_missing_clue(stage.c, 0, 2)->detail, "its name stands in queue.dat"));
	assert_null(correlation_missing_clue(stage.c, 0, 3));
	stage_close(&stage);
}

static void
mail_that_was_delivered_long_ago_is_not_missing(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_RECEIVED, .time = CRASH - 5, .event = 2002, .spool = "MM0XK5MC" },
		{ EVIDENCE_LAST_RECEIVED, .time = CRASH - 5000, .other = CRASH, .event = 2002,
		    .spool = "TG45CLP6" },
		{ EVIDENCE_EVENT_FILE, .time = CRASH - 5, .event = 4117, .flags = EVIDENCE_GONE,
		    .spool = "VMS95LCZ" },
		{ EVIDENCE_EVENT_FILE, .time = CRASH - 500000, .event = 4115, .spool = "J9QXJV0J" },
		{ EVIDENCE_CRASH, .time = CRASH, .event = 4037 }));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3000 });
	stage_end(&stage);
	assert_int_equal(correlation_n_missing(stage.c), 0);
	stage_close(&stage);
}

static void
one_received_right_before_the_crash_may_be_missing_or_delivered(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_LAST_RECEIVED, .time = CRASH - 5, .other = CRASH, .event = 2002,
		      .flags = EVIDENCE_IN, .spool = "MM0XK5MC" },
		{ EVIDENCE_CRASH, .time = CRASH, .event = 4037 }));
	stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3000 });
	stage_end(&stage);
	assert_int_equal(correlation_n_missing(stage.c), 1);
	assert_int_equal(correlation_missing_clue(stage.c, 0, 1)->factor, -2000);
	stage_close(&stage);
}

static void
a_file_that_queue_dat_lacks_gets_a_word_only_where_it_holds_the_others(void **state)
{
	static const char *const names[] = { "0TH3R001", "0TH3R002", "0TH3R003", "0TH3R004",
		"0TH3R005", "0TH3R006", "0TH3R007", "0TH3R008", "0TH3R009" };

	(void)state;
	for (size_t n = 6; n <= 9; n += 3) {
		struct stage stage;

		stage_open(&stage);
		stage_queue(&stage, names, n);
		stage_cast(&stage, &(struct actor){ .path = "In/HBWK2Q2P", .came = CRASH - 3000 });
		stage_add(&stage, &(struct actor){ .path = "In/readme.txt" });
		stage_end(&stage);
		assert_int_equal(stage_clues(&stage, 0, "evidence-queue-extra").n, n == 9);
		assert_int_equal(stage_clues(&stage, 1, NULL).n, 0);
		assert_int_equal(stage_clues(&stage, 10, NULL).n, 0);
		assert_true(stage_score(&stage, 0) <= -2900);
		assert_int_equal(correlation_n_missing(stage.c), 0);
		stage_close(&stage);
	}
}

static void
a_cause_at_the_time_of_a_crash_weighs_more_than_one_of_months_ago(void **state)
{
	struct stage stage;
	const struct clue *near, *far;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_RULE_OUT, .time = CRASH - 100 * 86400, .event = 3018,
		      .code = CAUSE_DISK_FULL, .quote = "no room" },
		{ EVIDENCE_CRASH, .time = CRASH, .event = 4037 },
		{ EVIDENCE_RULE_OUT, .time = CRASH + 20, .event = 3013, .code = CAUSE_QUEUE_FILE,
		    .quote = "The outbound queue is corrupt" }));
	stage_files(&stage);
	stage_end(&stage);
	assert_int_equal(correlation_n_rule_outs(stage.c), 2);
	near = correlation_rule_out(stage.c, 0);
	far = correlation_rule_out(stage.c, 1);
	assert_int_equal(near->cause, CAUSE_QUEUE_FILE);
	assert_int_equal(near->factor, 3000);
	assert_int_equal(near->number, 3);
	assert_string_equal(near->quote, "The outbound queue is corrupt");
	assert_string_equal(near->detail,
	    "queue.dat is damaged or read-only (Q312443, Q148727): rename it, it is built anew at "
	    "start; event 3013, 2001-03-05 20:08:11 UTC");
	assert_int_equal(far->cause, CAUSE_DISK_FULL);
	assert_int_equal(far->factor, 250);
	assert_non_null(strstr(far->detail, "100 days from a crash"));
	stage_close(&stage);
}

static void
every_cause_is_told_in_a_whole_sentence(void **state)
{
	size_t n_rules;

	(void)state;
	(void)rules_all(&n_rules);
	for (uint32_t cause = 1; cause < CAUSE_COUNT; cause++) {
		struct stage stage;
		const struct clue *clue;

		stage_open(&stage);
		stage_log(&stage, "AppEvent.evt", LOG_EVT, ZONE_UTC,
		    LINES({ EVIDENCE_RULE_OUT, .time = CRASH, .event = 4037, .code = cause }));
		stage_files(&stage);
		stage_end(&stage);
		clue = correlation_rule_out(stage.c, 0);
		assert_true(clue_valid(clue, n_rules));
		assert_int_equal(clue->cause, cause);
		/* Not cut: the time stands at its end, and an article in it. */
		assert_non_null(strstr(clue->detail, "event 4037, 2001-03-05 20:07:51 UTC"));
		assert_true(strstr(clue->detail, "(Q") || strstr(clue->detail, "(KB"));
		stage_close(&stage);
	}
}

static void
crashes_without_any_name_are_said(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_log(&stage, "drw\033.log", LOG_DRWATSON, ZONE_LOCAL,
	    LINES({ EVIDENCE_FAULT, .time = CRASH + ZONE }));
	stage_log(&stage, "named.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_CRASH, .time = CRASH, .event = 4037 },
		{ EVIDENCE_EVENT_FILE, .time = CRASH, .event = 4117, .spool = "X" }));
	stage_files(&stage);
	stage_end(&stage);
	assert_true(
	    stage_notes(&stage, "drw\\x1B.log shows crashes (1 records of them) and names"));
	assert_false(stage_notes(&stage, "named.evt"));
	stage_close(&stage);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_of_the_stack_in_one_file_rank_it_high),
		cmocka_unit_test(
		    bytes_in_several_messages_count_nothing_and_in_half_the_tree_are_not_said),
		cmocka_unit_test(twins_of_one_message_count_as_one),
		cmocka_unit_test(words_that_every_message_has_are_not_looked_for),
		cmocka_unit_test(of_a_long_run_begin_middle_and_end_are_looked_for_too),
		cmocka_unit_test(the_order_of_hits_does_not_matter),
		cmocka_unit_test(a_file_in_use_that_was_not_copied_is_missing_and_suspect),
		cmocka_unit_test(mail_that_was_delivered_long_ago_is_not_missing),
		cmocka_unit_test(one_received_right_before_the_crash_may_be_missing_or_delivered),
		cmocka_unit_test(
		    a_file_that_queue_dat_lacks_gets_a_word_only_where_it_holds_the_others),
		cmocka_unit_test(a_cause_at_the_time_of_a_crash_weighs_more_than_one_of_months_ago),
		cmocka_unit_test(every_cause_is_told_in_a_whole_sentence),
		cmocka_unit_test(crashes_without_any_name_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
