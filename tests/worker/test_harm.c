/*
 * test_harm.c - workers harmed from outside or over a limit: the file is told of, and the scan goes
 * on.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kit.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "worker/sandbox.h"

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
		assert_string_equal(finding->detail,
		    "a parser process died (signal SIGSEGV) on the first "
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
	assert_string_equal(finding->detail,
	    "a parser process ran out of time (stopped by a signal for 100 ms) "
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
