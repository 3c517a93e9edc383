/* test_harm.c - workers that die, hang or lie: the file is told of, and the scan goes on. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kit.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "worker/channel.h"
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

/* ---- real workers, harmed from outside ---- */

/* A stopped worker cannot read its job, so the signal finds it with the file in hand. */
static void
killed_worker_costs_one_weak_finding_and_no_file(void **state)
{
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(2);
	struct pool *pool = kit_pool(&options, &kit);
	const pid_t victim = pool_worker_pid(pool, 0);

	(void)state;
	assert_int_equal(kill(victim, SIGSTOP), 0);
	assert_true(kit_submit(pool, 0));
	assert_int_equal(kill(victim, SIGSEGV), 0);
	assert_int_equal(kill(victim, SIGCONT), 0);
	for (uint64_t i = 1; i < 20; i++)
		assert_true(kit_submit(pool, i));
	assert_true(pool_drain(pool));
	assert_int_equal(kit.n, 20);
	for (uint64_t i = 0; i < 20; i++) {
		const struct record *record = kit_record(&kit, i);
		const struct finding *finding = kit_finding(record, "parser-crashed");

		assert_int_equal(record->status, STATUS_EXAMINED);
		assert_true(record->has_subject);
		assert_true(record_valid(record, i, 1000));
		if (i > 0) {
			assert_null(finding);
			continue;
		}
		assert_non_null(finding);
		assert_int_equal(finding->flags, FINDING_WEAK);
		assert_string_equal(finding->detail, "a parser process died (signal SIGSEGV) on the first "
		    "try; the second try survived");
	}
	assert_int_equal(pool_deaths(pool), 1);
	assert_true(pool_worker_pid(pool, 0) != victim);
	pool_free(pool);
	kit_free(&kit);
}

static void
worker_killed_while_idle_is_replaced(void **state)
{
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(1);
	struct pool *pool = kit_pool(&options, &kit);
	siginfo_t info;

	(void)state;
	assert_int_equal(kill(pool_worker_pid(pool, 0), SIGKILL), 0);
	/* Dead for certain, but not reaped: that is the pool's business. */
	assert_int_equal(
	    waitid(P_PID, (id_t)pool_worker_pid(pool, 0), &info, WEXITED | WNOWAIT), 0);
	assert_true(kit_submit(pool, 1));
	assert_true(pool_drain(pool));
	assert_int_equal(kit_record(&kit, 1)->status, STATUS_EXAMINED);
	assert_null(kit_finding(kit_record(&kit, 1), "parser-crashed"));
	assert_int_equal(pool_deaths(pool), 1);
	pool_free(pool);
	kit_free(&kit);
}

static void
stopped_worker_does_not_hang_the_run(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool_options options = kit_options(1);
	const struct finding *finding;

	(void)state;
	options.time_base_ms = 100;
	struct pool *pool = kit_pool(&options, &kit);
	assert_int_equal(kill(pool_worker_pid(pool, 0), SIGSTOP), 0);
	assert_true(kit_submit(pool, 0));
	assert_true(kit_submit(pool, 1));
	assert_true(pool_drain(pool));
	finding = kit_finding(kit_record(&kit, 0), "parser-timed-out");
	assert_int_equal(kit_record(&kit, 0)->status, STATUS_EXAMINED);
	assert_non_null(finding);
	assert_int_equal(finding->flags, FINDING_WEAK);
	assert_string_equal(finding->detail, "a parser process ran out of time (no answer in 6000 ms) "
	    "on the first try; the second try survived");
	assert_int_equal(kit_record(&kit, 1)->status, STATUS_EXAMINED);
	assert_null(kit_finding(kit_record(&kit, 1), "parser-timed-out"));
	pool_free(pool);
	kit_free(&kit);
}

/* Signals of a terminal go to the whole process group; the parent alone decides what they mean. */
static void
signals_of_the_terminal_do_not_touch_workers(void **state)
{
	static const int signals[] = { SIGINT, SIGQUIT, SIGHUP, SIGTERM, SIGTSTP };
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(1);
	struct pool *pool = kit_pool(&options, &kit);

	(void)state;
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		assert_int_equal(kill(pool_worker_pid(pool, 0), signals[i]), 0);
	assert_true(kit_submit(pool, 0));
	assert_true(pool_drain(pool));
	assert_int_equal(pool_deaths(pool), 0);
	pool_free(pool);
	kit_free(&kit);
}

/* One millisecond is not enough to hash 200 MB, in the second try no more than in the first. */
static void
file_over_the_time_limit_is_told_of(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool_options options = kit_options(1);
	const int fd = kit_file("x", 1);
	const struct finding *finding;

	(void)state;
	options.time_base_ms = 1;
	options.time_per_mb_ms = 0;
	struct pool *pool = kit_pool(&options, &kit);
	assert_int_equal(ftruncate(fd, (off_t)200 << 20), 0);
	const struct pool_job job = kit_job(0, fd, (uint64_t)200 << 20);
	assert_true(pool_submit(pool, &job));
	assert_true(pool_drain(pool));
	finding = kit_finding(kit_record(&kit, 0), "parser-timed-out");
	assert_int_equal(kit_record(&kit, 0)->status, STATUS_FAILED);
	assert_int_equal(kit_record(&kit, 0)->error, ETIMEDOUT);
	assert_non_null(finding);
	assert_int_equal(finding->flags, 0);
	assert_non_null(strstr(finding->detail, "over 1 ms of CPU time"));
	assert_int_equal(pool_deaths(pool), 2);
	pool_free(pool);
	kit_free(&kit);
}

static void
file_over_the_memory_limit_is_told_of(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool_options options = kit_options(1);
	const int fd = kit_file("x", 1);
	const struct finding *finding;

	(void)state;
	if (SANDBOX_SANITIZED) {
		print_message("RLIMIT_AS cannot be used with AddressSanitizer\n");
		skip();
	}
	options.memory_mib = 32;
	struct pool *pool = kit_pool(&options, &kit);
	assert_int_equal(ftruncate(fd, (off_t)64 << 20), 0);
	const struct pool_job job = kit_job(0, fd, (uint64_t)64 << 20);
	assert_true(pool_submit(pool, &job));
	assert_true(kit_submit(pool, 1));
	assert_true(pool_drain(pool));
	finding = kit_finding(kit_record(&kit, 0), "parser-out-of-memory");
	assert_int_equal(kit_record(&kit, 0)->status, STATUS_FAILED);
	assert_int_equal(kit_record(&kit, 0)->error, ENOMEM);
	assert_non_null(finding);
	assert_int_equal(finding->flags, 0);
	assert_int_equal(kit_record(&kit, 1)->status, STATUS_EXAMINED);
	assert_int_equal(kit_record(&kit, 1)->n_findings, kit_record(&kit, 1)->n_findings_total);
	assert_null(kit_finding(kit_record(&kit, 1), "parser-out-of-memory"));
	pool_free(pool);
	kit_free(&kit);
}

static void
interrupt_ends_the_waiting(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool_options options = kit_options(1);
	volatile sig_atomic_t flag = 0;

	(void)state;
	options.interrupted = &flag;
	struct pool *pool = kit_pool(&options, &kit);
	assert_int_equal(kill(pool_worker_pid(pool, 0), SIGSTOP), 0);
	assert_true(kit_submit(pool, 0));
	flag = 1;
	assert_false(kit_submit(pool, 1));
	assert_int_equal(errno, EINTR);
	assert_false(pool_drain(pool));
	assert_int_equal(kit.n, 0);
	pool_free(pool);
}

/* ---- the parent dies ---- */

/* A pool in a process of its own, which tells its workers and is killed. Orphans come to us. */
static void
workers_die_with_their_parent(void **state)
{
	pid_t workers[2];
	int ends[2], status;

	(void)state;
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	assert_int_equal(pipe(ends), 0);
	const pid_t parent = fork();
	assert_true(parent >= 0);
	if (parent == 0) {
		struct kit kit = { .n = 0 };
		const struct pool_options options = kit_options(2);
		struct pool *pool = pool_new(&options, kit_done, &kit, (char[100]){ "" }, 100);

		for (unsigned i = 0; i < 2; i++)
			workers[i] = pool ? pool_worker_pid(pool, i) : -1;
		if (write(ends[1], workers, sizeof workers) != sizeof workers)
			_exit(1);
		pause();
		_exit(0);
	}
	assert_int_equal(read(ends[0], workers, sizeof workers), sizeof workers);
	assert_true(workers[0] > 0 && workers[1] > 0);
	/* Stopped workers cannot see the end of their channel: only the death signal ends them. */
	assert_int_equal(kill(workers[0], SIGSTOP), 0);
	assert_int_equal(kill(parent, SIGKILL), 0);
	assert_int_equal(waitpid(parent, &status, 0), parent);
	assert_int_equal(waitpid(workers[0], &status, 0), workers[0]);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	/* The other may see the end of its channel first, and leaves by itself. */
	assert_int_equal(waitpid(workers[1], &status, 0), workers[1]);
	assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 0);
	close(ends[0]);
	close(ends[1]);
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
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

static int
serve_garbage(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	write_good(&options->slot->record, job.number);
	send(options->channel, "garbage", 7, MSG_NOSIGNAL);
	pause();
	return 0;
}

static int
serve_flood(const struct serve_options *options)
{
	static const char flood[5000];
	struct channel_job job;
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	write_good(&options->slot->record, job.number);
	send(options->channel, flood, sizeof flood, MSG_NOSIGNAL);
	pause();
	return 0;
}

static int
serve_wrong_number(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	write_good(&options->slot->record, job.number);
	say_done(options, job.number + 1);
	pause();
	return 0;
}

static int
serve_record_of_another_job(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	write_good(&options->slot->record, job.number + 1);
	say_done(options, job.number);
	pause();
	return 0;
}

static int
serve_ready_again(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	write_good(&options->slot->record, job.number);
	say_ready(options);
	pause();
	return 0;
}

static int
serve_half_a_record(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	write_good(&options->slot->record, job.number);
	memset((char *)&options->slot->record + 64, 0xff, sizeof options->slot->record - 64);
	say_done(options, job.number);
	pause();
	return 0;
}

static int
serve_unknown_rule(const struct serve_options *options)
{
	struct record *record = &options->slot->record;
	struct channel_job job;
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	write_good(record, job.number);
	record->n_findings = 1;
	record->n_findings_total = 1;
	record->findings[0].rule = UINT16_MAX;
	record->findings[0].offset = OFFSET_NONE;
	record->size = (uint32_t)record_packed_size(record);
	say_done(options, job.number);
	pause();
	return 0;
}

static int
serve_nothing(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	say_done(options, job.number);
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
	two_deaths(serve_crash, "parser-crashed", "a parser process died (signal SIGSEGV in split), "
	    "and again on the second try (signal SIGSEGV in split)");
	two_deaths(serve_exhaust, "parser-out-of-memory", "a parser process ran out of memory (signal "
	    "SIGABRT in split), and again on the second try (signal SIGABRT in split)");
	two_deaths(serve_exit, "parser-crashed", "a parser process died (exit status 9 in split), "
	    "and again on the second try (exit status 9 in split)");
	two_deaths(serve_prof, "parser-timed-out", "a parser process ran out of time (over 5000 ms of "
	    "CPU time in split), and again on the second try (over 5000 ms of CPU time in split)");
}

/* ---- workers that cannot be had ---- */

static int
serve_refused(const struct serve_options *options)
{
	const struct channel_answer refused = { .kind = CHANNEL_REFUSED, .error = EPERM,
		.step = SANDBOX_SECCOMP };

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
	assert_null(pool_new_serving(&options, serve_dead_at_birth, kit_done, &kit, why, sizeof why));
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
		cmocka_unit_test(killed_worker_costs_one_weak_finding_and_no_file),
		cmocka_unit_test(worker_killed_while_idle_is_replaced),
		cmocka_unit_test(stopped_worker_does_not_hang_the_run),
		cmocka_unit_test(signals_of_the_terminal_do_not_touch_workers),
		cmocka_unit_test(file_over_the_time_limit_is_told_of),
		cmocka_unit_test(file_over_the_memory_limit_is_told_of),
		cmocka_unit_test(interrupt_ends_the_waiting),
		cmocka_unit_test(workers_die_with_their_parent),
		cmocka_unit_test(honest_stand_in_is_believed),
		cmocka_unit_test(liar_is_not_believed),
		cmocka_unit_test(second_death_is_told_with_its_cause_and_the_digest),
		cmocka_unit_test(pool_is_refused_when_a_worker_cannot_be_confined),
		cmocka_unit_test(worker_that_cannot_be_replaced_ends_the_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
