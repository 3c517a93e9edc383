/* test_log_deaths.c - readers of logs that die, hang or lie. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "log_kit.h"

/* The job, which is a log's; its descriptor is left open. */
static struct channel_job
take_log_job(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	if (!channel_receive_job(options->channel, &job, &fd))
		_exit(0);
	if (job.task != TASK_LOG || job.name_len != 5 || memcmp(job.name, "a.log", 5) != 0)
		_exit(3);
	return job;
}

static int
serve_crash(const struct serve_options *options)
{
	take_log_job(options);
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
	return 0;
}

static int
serve_hang(const struct serve_options *options)
{
	take_log_job(options);
	for (;;)
		pause();
	return 0;
}

static int
serve_spin(const struct serve_options *options)
{
	take_log_job(options);
	raise(SIGPROF);
	return 0;
}

static void
both_tries_fail(serve_main *serving, const char *reason)
{
	struct told told = { .n = 0 };
	struct pool *pool = log_pool(serving, &told, 10);

	read_one(pool, 9, "a.log", "ROBOCOPY", 8);
	assert_int_equal(told.n, 1);
	assert_int_equal(told.number, 9);
	assert_int_equal(told.status, STATUS_FAILED);
	assert_string_equal(told.reason, reason);
	assert_int_equal(told.kind, LOG_UNKNOWN);
	assert_null(told.evidence);
	assert_false(told.has_sha256);
	assert_int_equal(pool_deaths(pool), 2);
	pool_free(pool);
}

static void
a_log_over_which_two_readers_die_has_failed(void **state)
{
	(void)state;
	both_tries_fail(serve_crash, "a parser process died (signal SIGSEGV), and again on the "
				     "second try (signal SIGSEGV)");
	both_tries_fail(serve_spin,
	    "a parser process ran out of time (over 10 ms of CPU time), and "
	    "again on the second try (over 10 ms of CPU time)");
}

static void
a_log_that_hangs_both_readers_has_failed(void **state)
{
	(void)state;
	both_tries_fail(serve_hang, "a parser process ran out of time (no answer in 5100 ms), and "
				    "again on the second try (no answer in 5100 ms)");
}

/* ---- lies ---- */

/* Evidence of one item, as good as it gets, and the answer to it. */
static struct evidence *
fill_well(const struct serve_options *options, const struct channel_job *job)
{
	struct slot_answer *answer = &options->slot->answer;

	evidence_clear(options->evidence, job->number);
	options->evidence->log = LOG_COPY;
	options->evidence->log_size = 8;
	options->evidence->n_items = 1;
	options->evidence->met[EVIDENCE_COPY_FAILED] = 1;
	evidence_item_clear(&options->evidence->items[0], EVIDENCE_COPY_FAILED);
	answer->job = job->number;
	answer->size = 8;
	answer->kind = LOG_COPY;
	return options->evidence;
}

static void
say_done(const struct serve_options *options, const struct channel_job *job)
{
	const struct channel_answer done = { .number = job->number, .kind = CHANNEL_DONE };

	channel_send_answer(options->channel, &done);
	for (;;)
		pause();
}

static int
serve_well(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job);
	say_done(options, &job);
	return 0;
}

static int
serve_bad_item(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job)->items[0].spool.offset = 60000;
	say_done(options, &job);
	return 0;
}

static int
serve_many_items(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job)->n_items = UINT32_MAX;
	say_done(options, &job);
	return 0;
}

static int
serve_many_names(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job)->n_names = UINT32_MAX;
	options->evidence->n_names_met = UINT64_MAX;
	say_done(options, &job);
	return 0;
}

static int
serve_other_kind(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job)->log = LOG_EVT;
	say_done(options, &job);
	return 0;
}

static int
serve_other_job(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job);
	options->slot->answer.job++;
	say_done(options, &job);
	return 0;
}

static int
serve_wild_kind(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job);
	options->slot->answer.kind = 4711;
	say_done(options, &job);
	return 0;
}

static int
serve_no_evidence(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	options->slot->answer.job = job.number;
	options->slot->answer.kind = LOG_COPY;
	options->slot->answer.size = 8;
	say_done(options, &job);
	return 0;
}

static void
lies_about_a_log_are_not_believed(void **state)
{
	static serve_main *const liars[] = { serve_bad_item, serve_many_items, serve_many_names,
		serve_other_kind, serve_other_job, serve_wild_kind, serve_no_evidence };
	struct told told = { .n = 0 };
	struct pool *pool = log_pool(serve_well, &told, 1000);

	(void)state;
	read_one(pool, 9, "a.log", "ROBOCOPY", 8);
	assert_int_equal(told.status, STATUS_EXAMINED);
	assert_non_null(told.evidence);
	pool_free(pool);
	free(told.evidence);
	for (size_t i = 0; i < sizeof liars / sizeof *liars; i++)
		both_tries_fail(liars[i], "a parser process died (its answer was no valid record), "
					  "and again on the second try (its answer was no valid "
					  "record)");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_log_over_which_two_readers_die_has_failed),
		cmocka_unit_test(a_log_that_hangs_both_readers_has_failed),
		cmocka_unit_test(lies_about_a_log_are_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
