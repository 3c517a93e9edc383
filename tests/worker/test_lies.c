/* test_lies.c - what the parent believes of workers that lie, die of this or that, or do not start. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kit.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>

#include "worker/channel.h"
#include "worker/examine.h"
#include "worker/pool_private.h"
#include "worker/sandbox.h"

static struct pool *
pool_of(serve_main *serving, struct kit *kit, unsigned jobs)
{
	const struct pool_options options = kit_options(jobs);
	char why[200] = "";
	struct pool *pool = pool_new_serving(&options, serving, kit_done, kit, why, sizeof why);

	if (!pool)
		fail_msg("no pool: %s", why);
	return pool;
}

/* ---- workers that lie ---- */

static void
say_ready(const struct serve_options *options)
{
	const struct channel_answer ready = { .kind = CHANNEL_READY };

	channel_send_answer(options->channel, &ready);
}

static void
say_done(const struct serve_options *options, uint64_t number)
{
	const struct channel_answer done = { .kind = CHANNEL_DONE, .number = number };

	channel_send_answer(options->channel, &done);
}

/* A record that would be believed. */
static void
write_good(struct record *record, uint64_t job)
{
	memset(record, 0, sizeof *record);
	record->magic = RECORD_MAGIC;
	record->job = job;
	record->size = (uint32_t)record_packed_size(record);
}

static int
serve_honestly(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	while (channel_receive_job(options->channel, &job, &fd)) {
		close(fd);
		write_good(&options->slot->record, job.number);
		say_done(options, job.number);
	}
	return 0;
}

/* The number of a job for which a good record stands ready: what the liar does next is all that is wrong. */
static uint64_t
take_job(const struct serve_options *options)
{
	struct channel_job job = { .number = 0 };
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	write_good(&options->slot->record, job.number);
	return job.number;
}

static int
serve_garbage(const struct serve_options *options)
{
	take_job(options);
	send(options->channel, "garbage", 7, MSG_NOSIGNAL);
	pause();
	return 0;
}

static int
serve_flood(const struct serve_options *options)
{
	static const char flood[5000];

	take_job(options);
	send(options->channel, flood, sizeof flood, MSG_NOSIGNAL);
	pause();
	return 0;
}

static int
serve_wrong_number(const struct serve_options *options)
{
	const uint64_t number = take_job(options);

	say_done(options, number + 1);
	pause();
	return 0;
}

static int
serve_record_of_another_job(const struct serve_options *options)
{
	const uint64_t number = take_job(options);

	write_good(&options->slot->record, number + 1);
	say_done(options, number);
	pause();
	return 0;
}

static int
serve_ready_again(const struct serve_options *options)
{
	take_job(options);
	say_ready(options);
	pause();
	return 0;
}

static int
serve_half_a_record(const struct serve_options *options)
{
	const uint64_t number = take_job(options);

	memset((char *)&options->slot->record + 64, 0xff, sizeof options->slot->record - 64);
	say_done(options, number);
	pause();
	return 0;
}

static int
serve_unknown_rule(const struct serve_options *options)
{
	struct record *record = &options->slot->record;
	const uint64_t number = take_job(options);

	record->n_findings = 1;
	record->n_findings_total = 1;
	record->findings[0].rule = UINT16_MAX;
	record->findings[0].offset = OFFSET_NONE;
	record->size = (uint32_t)record_packed_size(record);
	say_done(options, number);
	pause();
	return 0;
}

static int
serve_nothing(const struct serve_options *options)
{
	const uint64_t number = take_job(options);

	memset(&options->slot->record, 0, sizeof options->slot->record);
	say_done(options, number);
	pause();
	return 0;
}

static const struct liar {
	const char *name;
	serve_main *serving;
} liars[] = {
	{ "garbage", serve_garbage },
	{ "a flood", serve_flood },
	{ "a wrong number", serve_wrong_number },
	{ "the record of another job", serve_record_of_another_job },
	{ "ready once more", serve_ready_again },
	{ "half a record", serve_half_a_record },
	{ "an unknown rule", serve_unknown_rule },
	{ "nothing", serve_nothing },
};

static void
liar_is_not_believed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof liars / sizeof liars[0]; i++) {
		struct kit kit = { .n = 0 };
		struct pool *pool = pool_of(liars[i].serving, &kit, 1);

		assert_true(kit_submit(pool, 0));
		assert_true(pool_drain(pool));
		const struct finding *finding = kit_finding(kit_record(&kit, 0), "parser-crashed");
		if (!finding || !strstr(finding->detail, "no valid record"))
			fail_msg("believed: %s", liars[i].name);
		assert_int_equal(kit_record(&kit, 0)->status, STATUS_FAILED);
		assert_int_equal(pool_deaths(pool), 2);
		pool_free(pool);
		kit_free(&kit);
	}
}

/* Without this, the test of the liars could pass because nobody is believed. */
static void
honest_stand_in_is_believed(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool *pool = pool_of(serve_honestly, &kit, 1);

	(void)state;
	assert_true(kit_submit(pool, 0));
	assert_true(kit_submit(pool, 1));
	assert_true(pool_drain(pool));
	assert_int_equal(kit_record(&kit, 0)->status, STATUS_EXAMINED);
	assert_int_equal(kit_record(&kit, 1)->status, STATUS_EXAMINED);
	assert_int_equal(pool_deaths(pool), 0);
	pool_free(pool);
	kit_free(&kit);
}

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
		cmocka_unit_test(honest_stand_in_is_believed),
		cmocka_unit_test(liar_is_not_believed),
		cmocka_unit_test(second_death_is_told_with_its_cause_and_the_digest),
		cmocka_unit_test(pool_is_refused_when_a_worker_cannot_be_confined),
		cmocka_unit_test(worker_that_cannot_be_replaced_ends_the_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
