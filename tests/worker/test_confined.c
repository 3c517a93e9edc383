/* test_confined.c - what a confined process still can, and the limits it has beside the filter. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probe.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "worker/landlock.h"

static long
use_memory(const struct place *place)
{
	(void)place;
	for (size_t size = 1; size < (size_t)64 << 20; size *= 3) {
		char *block = malloc(size);

		if (!block)
			return -1;
		memset(block, 1, size);
		block = realloc(block, size * 2);
		free(block);
	}
	return 0;
}

static int
compare(const void *a, const void *b)
{
	const int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static long
use_libc(const struct place *place)
{
	static int numbers[5000];
	char text[20];
	struct stat st;

	(void)place;
	for (int i = 0; i < 5000; i++)
		numbers[i] = (i * 7919) % 5000;
	qsort(numbers, 5000, sizeof numbers[0], compare);
	snprintf(text, sizeof text, "%d", numbers[10]);
	/* What a library prints in its distress must not be taken for an attempt to break out. */
	fprintf(stderr, "nobody reads this\n");
	return syscall(SYS_fstat, SANDBOX_CHANNEL, &st) == 0 && strcmp(text, "10") == 0 ? 0 : -1;
}

static long
use_abort(const struct place *place)
{
	(void)place;
	signal(SIGABRT, SIG_DFL);
	abort();
}

static void
memory_and_libc_still_work(void **state)
{
	const struct place place = { "", "", "" };

	(void)state;
	int status = run_probe(use_memory, true, &place);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == DONE);
	status = run_probe(use_libc, true, &place);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == DONE);
}

/* An abort must be told from an attempt to break out. */
static void
abort_dies_of_its_own_signal(void **state)
{
	const struct place place = { "", "", "" };
	const int status = run_probe(use_abort, true, &place);

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

/* ---- limits ---- */

static long
use_too_much_memory(const struct place *place)
{
	(void)place;
	/* 256 MiB are allowed beyond what was mapped at the start. */
	char *some = mmap(NULL, (size_t)128 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (some == MAP_FAILED)
		return -1;
	char *more = mmap(NULL, (size_t)160 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return more == MAP_FAILED && errno == ENOMEM ? 0 : -1;
}

static void
memory_is_limited_beyond_what_was_mapped(void **state)
{
	const struct place place = { "", "", "" };

	(void)state;
	if (SANDBOX_SANITIZED) {
		print_message("RLIMIT_AS cannot be used with AddressSanitizer\n");
		skip();
	}
	const int status = run_probe(use_too_much_memory, true, &place);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), DONE);
}

static bool
limit_is(int resource, rlim_t most)
{
	struct rlimit is;

	return getrlimit((__rlimit_resource_t)resource, &is) == 0 && is.rlim_max <= most &&
	       is.rlim_cur == is.rlim_max;
}

static void
limits_hold_without_the_filter(void **state)
{
	int status;
	const pid_t pid = fork();

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		if (!confine(false) || sandbox_limit(0, getppid()) != SANDBOX_DONE)
			_exit(NOT_CONFINED);
		_exit(limit_is(RLIMIT_CORE, 0) && limit_is(RLIMIT_NPROC, 0) &&
			      (SANDBOX_SANITIZED || limit_is(RLIMIT_FSIZE, 0)) &&
			      limit_is(RLIMIT_NOFILE, 8) && limit_is(RLIMIT_CPU, 86400) &&
			      limit_is(RLIMIT_STACK, (rlim_t)64 << 20)
			  ? DONE
			  : FAILED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), DONE);
}

/* A worker whose parent is another process than it should be has lost its parent. */
static void
orphan_does_not_start(void **state)
{
	int status;
	const pid_t pid = fork();

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(sandbox_limit(0, getpid()) == SANDBOX_PROCESS && errno == ESRCH ? DONE
										      : FAILED);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), DONE);
}

/* Landlock is tried without the filter, which would hide it. */
static void
landlock_alone_denies_files(void **state)
{
	int status;
	const pid_t pid = fork();

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		if (sandbox_limit(0, getppid()) != SANDBOX_DONE)
			_exit(NOT_CONFINED);
		const int abi = landlock_deny_all();
		if (abi == 0)
			_exit(0);
		if (abi < 0)
			_exit(NOT_CONFINED);
		_exit(open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 && errno == EACCES &&
			      open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) < 0 &&
			      errno == EACCES && mkdir("/tmp/imcscan-test-landlock", 0700) < 0 &&
			      errno == EACCES
			  ? DONE
			  : FAILED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 0) {
		print_message("this kernel has no Landlock\n");
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), DONE);
}

static void
every_step_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i <= SANDBOX_STEP_COUNT; i++)
		assert_non_null(sandbox_step_name((enum sandbox_step)i));
	assert_string_equal(sandbox_step_name(SANDBOX_SECCOMP), "seccomp");
	assert_string_equal(sandbox_step_name((enum sandbox_step)9999), "an unknown step");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_and_libc_still_work),
		cmocka_unit_test(abort_dies_of_its_own_signal),
		cmocka_unit_test(memory_is_limited_beyond_what_was_mapped),
		cmocka_unit_test(limits_hold_without_the_filter),
		cmocka_unit_test(orphan_does_not_start),
		cmocka_unit_test(landlock_alone_denies_files),
		cmocka_unit_test(every_step_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
