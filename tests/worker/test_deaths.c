/* test_deaths.c - workers that die of this or that, or do not start. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stand_in.h"

#include <errno.h>
#include <signal.h>

#include "worker/examine.h"
#include "worker/sandbox.h"

/* ---- deaths with a cause ---- */

static struct channel_job
take_and_hash(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	if (!channel_receive_job(options->channel, &job, &fd))
		_exit(0);
	options->slot->hashed_mark = slot_job_mark(job.number);
	options->slot->hashed_size = 77;
	memset(options->slot->sha256, 0xab, 32);
	options->slot->stage = 3;
	/* A sanitizer has handlers for these. */
	signal(SIGSEGV, SIG_DFL);
	signal(SIGABRT, SIG_DFL);
	signal(SIGTRAP, SIG_DFL);
	return job;
}

static int
serve_crash(const struct serve_options *options)
{
	take_and_hash(options);
	raise(SIGSEGV);
	return 0;
}

static int
serve_exhaust(const struct serve_options *options)
{
	take_and_hash(options);
	options->slot->marker = SLOT_OUT_OF_MEMORY;
	abort();
}

static int
serve_exit(const struct serve_options *options)
{
	take_and_hash(options);
	return 9;
}

static int
serve_prof(const struct serve_options *options)
{
	take_and_hash(options);
	raise(SIGPROF);
	return 0;
}

static int
serve_trap(const struct serve_options *options)
{
	take_and_hash(options);
	raise(SIGTRAP);
	return 0;
}

/* GLib stops in a breakpoint when it cannot have memory. */
static int
serve_trap_in_glib(const struct serve_options *options)
{
	uint32_t stage = 1;

	take_and_hash(options);
	while (strcmp(examine_stage_name(stage), "mime") != 0)
		stage++;
	options->slot->stage = stage;
	raise(SIGTRAP);
	return 0;
}

static void
two_deaths(serve_main *serving, const char *rule, const char *detail)
{
	struct kit kit = { .n = 0 };
	struct pool *pool = pool_of(serving, &kit, 1);
	unsigned char digest[32];

	assert_true(kit_submit(pool, 5));
	assert_true(pool_drain(pool));
	const struct record *record = kit_record(&kit, 5);
	const struct finding *finding = kit_finding(record, rule);
	assert_true(record_valid(record, 5, 1000));
	assert_int_equal(record->status, STATUS_PARTIAL);
	assert_int_equal(record->file_size, 77);
	assert_int_equal(record->mtime_sec, 1005);
	memset(digest, 0xab, sizeof digest);
	assert_memory_equal(record->sha256, digest, 32);
	assert_int_equal(record->n_findings_total, 1);
	assert_non_null(finding);
	assert_int_equal(finding->flags, 0);
	assert_true(finding->offset == OFFSET_NONE);
	assert_string_equal(finding->detail, detail);
	assert_int_equal(pool_deaths(pool), 2);
	pool_free(pool);
	kit_free(&kit);
}

static void
second_death_is_told_with_its_cause_and_the_digest(void **state)
{
	(void)state;
	two_deaths(serve_crash, "parser-crashed",
	    "a parser process died (signal SIGSEGV in split), "
	    "and again on the second try (signal SIGSEGV in split)");
	two_deaths(serve_exhaust, "parser-out-of-memory",
	    "a parser process ran out of memory (signal "
	    "SIGABRT in split), and again on the second try (signal SIGABRT in split)");
	two_deaths(serve_trap, "parser-crashed",
	    "a parser process died (signal SIGTRAP in split), "
	    "and again on the second try (signal SIGTRAP in split)");
	two_deaths(serve_trap_in_glib, "parser-out-of-memory",
	    "a parser process ran out of memory "
	    "(signal SIGTRAP in mime), and again on the second try (signal SIGTRAP in mime)");
	two_deaths(serve_exit, "parser-crashed",
	    "a parser process died (exit status 9 in split), "
	    "and again on the second try (exit status 9 in split)");
	two_deaths(serve_prof, "parser-timed-out",
	    "a parser process ran out of time (over 5000 ms of "
	    "CPU time in split), and again on the second try (over 5000 ms of CPU time in split)");
}

/* ---- workers that cannot be had ---- */

static int
serve_refused(const struct serve_options *options)
{
	const struct channel_answer refused = {
		.kind = CHANNEL_REFUSED, .error = EPERM, .step = SANDBOX_SECCOMP
	};

	channel_send_answer(options->channel, &refused);
	return 1;
}

static int
serve_dead_at_birth(const struct serve_options *options)
{
	(void)options;
	return 1;
}

static void
pool_is_refused_when_a_worker_cannot_be_confined(void **state)
{
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(2);
	char why[200] = "";

	(void)state;
	assert_null(pool_new_serving(&options, serve_refused, kit_done, &kit, why, sizeof why));
	assert_string_equal(why, "cannot start a worker: seccomp: Operation not permitted");
	assert_null(
	    pool_new_serving(&options, serve_dead_at_birth, kit_done, &kit, why, sizeof why));
	assert_non_null(strstr(why, "died or hung before it was ready"));
}

/* Starts once, dies with the first file, and its successor does not start. */
static int
serve_once(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	if (options->slot->record.error == 4711)
		return 1;
	options->slot->record.error = 4711;
	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	return 1;
}

static void
worker_that_cannot_be_replaced_ends_the_run(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool *pool = pool_of(serve_once, &kit, 1);

	(void)state;
	assert_true(kit_submit(pool, 0));
	assert_false(pool_drain(pool));
	assert_true(errno != 0);
	assert_int_equal(kit.n, 0);
	assert_true(pool_drain(pool));
	assert_false(kit_submit(pool, 1));
	pool_free(pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(second_death_is_told_with_its_cause_and_the_digest),
		cmocka_unit_test(pool_is_refused_when_a_worker_cannot_be_confined),
		cmocka_unit_test(worker_that_cannot_be_replaced_ends_the_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
