/*
 * test_story.c - of a made-up crash every log leads to the culprit: read by the parsers, joined
 * with a tree in which the culprit is as ordinary as the others.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stage.h"

#include "mkspool/logs.h"
#include "parsers/logs/log.h"

#define FILES 40
#define DIED (CRASH + 1)

static const struct log_story story = { .crash = DIED,
	.zone = ZONE / 60,
	.n_crashes = 3,
	.culprit = "G1X4TK19",
	.before = "G1X4TKB7",
	.decoy = "G1X4SJ2R",
	.sender = "bert@other.example",
	.recipient = "jane@acme.example",
	.message_id = "<one.1@other.example>",
	.fragment = "boundary=\"x7 q\"",
	.n_fragment = 15 };

typedef void teller(struct buf *to, const struct log_story *story);

static const struct told_log {
	const char *name;
	teller *tell;
	enum log_kind kind;
	uint64_t rank; /* of the culprit by this log alone, at worst */
	int64_t score; /* at least */
} logs[] = {
	{ "AppEvent.evt", log_event_log, LOG_EVT, 1, HIGH_MILLIBITS },
	{ "events.txt", log_event_export, LOG_EVENT_TEXT, 1, HIGH_MILLIBITS },
	{ "drwtsn32.log", log_drwatson, LOG_DRWATSON, 1, HIGH_MILLIBITS },
	{ "robocopy.log", log_robocopy, LOG_COPY, 1, MEDIUM_MILLIBITS },
	{ "L0000007.LOG", log_protocol, LOG_SMTP, 1, 2000 },
	{ "20010305.log", log_tracking, LOG_TRACKING, 1, MEDIUM_MILLIBITS },
};

#define LOGS (sizeof logs / sizeof *logs)

static void
tell(struct stage *stage, const struct told_log *log)
{
	struct pool pool = { NULL };
	struct buf *bytes = pool_buf(&pool);
	struct evidence *evidence;

	log->tell(bytes, &story);
	evidence = log_read(log->kind, bytes->data, bytes->len, 0);
	assert_true(log_set_add(stage->logs, slice_str(log->name), evidence));
	free(evidence);
	pool_clear(&pool);
}

/* The culprit is number 0, the message before it 1, the decoy 2. */
static void
play(struct stage *stage)
{
	stage_files(stage);
	stage_add(stage, &(struct actor){ .path = "In/G1X4TK19",
			     .came = DIED - 1,
			     .mail_from = "<bert@other.example>",
			     .rcpt = "<jane@acme.example>",
			     .message_id = "<one.1@other.example>",
			     .mts_id = "c=US;a= ;p=ACME;l=EXGATE10103052007G1X4TK19" });
	stage_add(stage, &(struct actor){ .path = "In/G1X4TKB7", .came = DIED - 61 });
	stage_add(stage, &(struct actor){ .path = "In/G1X4SJ2R", .came = DIED - 22 * 86400 });
	for (int i = 3; i < FILES; i++)
		stage_add(stage, &(struct actor){ .path = "In/G1X40000", .came = DIED - 300 * i });
	assert_true(correlation_finish(stage->c));
	for (size_t i = 0; i < correlation_n_needles(stage->c); i++)
		correlation_search(stage->c, i, 0, 500);
	assert_true(correlation_settle(stage->c));
}

static uint64_t
rank_of_culprit(const struct stage *stage)
{
	uint64_t rank = 1;

	for (uint64_t i = 1; i < FILES; i++)
		rank += stage_score(stage, i) >= stage_score(stage, 0);
	return rank;
}

static void
each_log_alone_leads_to_the_culprit(void **state)
{
	(void)state;
	for (size_t i = 0; i < LOGS; i++) {
		struct stage stage;

		stage_open(&stage);
		tell(&stage, &logs[i]);
		play(&stage);
		assert_true(rank_of_culprit(&stage) <= logs[i].rank);
		assert_true(stage_score(&stage, 0) >= logs[i].score);
		assert_true(stage_score(&stage, 1) < MEDIUM_MILLIBITS);
		assert_true(stage_score(&stage, 2) < 0);
		assert_int_equal(correlation_n_missing(stage.c), 0);
		stage_close(&stage);
	}
}

static void
all_logs_together_agree_on_it(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	for (size_t i = 0; i < LOGS; i++)
		tell(&stage, &logs[i]);
	play(&stage);
	assert_int_equal(rank_of_culprit(&stage), 1);
	assert_true(stage_score(&stage, 0) > 8000);
	assert_int_equal(stage_clues(&stage, 0, "evidence-stack-bytes").n, 1);
	assert_false(stage_notes(&stage, "name different files"));
	stage_close(&stage);
}

static void
a_decoy_for_the_same_crash_is_said_to_contradict(void **state)
{
	struct stage stage;
	struct looked_for clue;

	(void)state;
	stage_open(&stage);
	for (size_t i = 0; i < LOGS; i++)
		tell(&stage, &logs[i]);
	stage_log(&stage, "decoy.evt", LOG_EVT, ZONE_UTC,
	    LINES({ EVIDENCE_EVENT_FILE, .time = DIED + 5, .event = 4182,
		.flags = EVIDENCE_IN | EVIDENCE_STAYS, .spool = "G1X4TKB7" }));
	play(&stage);
	clue = stage_clues(&stage, 1, "evidence-event-stuck");
	assert_int_equal(clue.first.flags, CLUE_DOUBTFUL);
	assert_int_equal(clue.first.factor, 7000);
	assert_true(stage_notes(&stage, "the logs name different files"));
	assert_int_equal(rank_of_culprit(&stage), 1);
	stage_close(&stage);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_log_alone_leads_to_the_culprit),
		cmocka_unit_test(all_logs_together_agree_on_it),
		cmocka_unit_test(a_decoy_for_the_same_crash_is_said_to_contradict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
