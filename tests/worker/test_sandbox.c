/* test_sandbox.c - what a confined process can no longer do, each tried in a process of its own. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/landlock.h"
#include "worker/sandbox.h"

/* Exit status of a probe. */
enum outcome { DONE = 10, REFUSED, FAILED, NOT_CONFINED };

/* A file to harm, made anew for each probe. */
struct place {
	char folder[64], file[80], other[80];
};

/* 0 or more: the kernel did it. -1 and errno as system calls say. */
typedef long probe(const struct place *place);

#ifdef SYS_open /* younger machines have the calls that end in "at" only */
static long
try_open(const struct place *place)
{
	return syscall(SYS_open, place->file, O_RDONLY);
}

static long
try_access(const struct place *place)
{
	return syscall(SYS_access, place->file, R_OK);
}

static long
try_readlink(const struct place *place)
{
	char text[10];

	(void)place;
	return syscall(SYS_readlink, "/proc/self/exe", text, sizeof text);
}

static long
try_unlink(const struct place *place)
{
	return syscall(SYS_unlink, place->file);
}

static long
try_rename(const struct place *place)
{
	return syscall(SYS_rename, place->file, place->other);
}

static long
try_link(const struct place *place)
{
	return syscall(SYS_link, place->file, place->other);
}

static long
try_mkdir(const struct place *place)
{
	return syscall(SYS_mkdir, place->other, 0700);
}

static long
try_chmod(const struct place *place)
{
	return syscall(SYS_chmod, place->file, 0600);
}

static long
try_fork(const struct place *place)
{
	(void)place;
	const long pid = syscall(SYS_fork);

	if (pid == 0)
		_exit(0);
	return pid;
}
#endif

static long
try_openat(const struct place *place)
{
	return syscall(SYS_openat, AT_FDCWD, place->file, O_RDONLY);
}

static long
try_create(const struct place *place)
{
	return syscall(SYS_openat, AT_FDCWD, place->other, O_WRONLY | O_CREAT, 0600);
}

static long
try_stat(const struct place *place)
{
	struct stat st;

	return syscall(SYS_newfstatat, AT_FDCWD, place->file, &st, 0);
}

static long
try_unlinkat(const struct place *place)
{
	return syscall(SYS_unlinkat, AT_FDCWD, place->file, 0);
}

static long
try_truncate(const struct place *place)
{
	return syscall(SYS_truncate, place->file, 0L);
}

static long
try_utimensat(const struct place *place)
{
	return syscall(SYS_utimensat, AT_FDCWD, place->file, NULL, 0);
}

static long
try_chdir(const struct place *place)
{
	return syscall(SYS_chdir, place->folder);
}

static long
try_socket(const struct place *place)
{
	(void)place;
	return syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
}

static long
try_socketpair(const struct place *place)
{
	int ends[2];

	(void)place;
	return syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, ends);
}

/* Unconfined, the channel (a datagram socket) is simply connected elsewhere or says it is connected. */
static long
try_connect(const struct place *place)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	(void)place;
	syscall(SYS_connect, SANDBOX_CHANNEL, &to, sizeof to);
	return 0;
}

static long
try_execve(const struct place *place)
{
	/* A shell that ends with DONE. */
	char *const args[] = { (char[]){ "sh" }, (char[]){ "-c" }, (char[]){ "exit 10" }, NULL };

	(void)place;
	return syscall(SYS_execve, "/bin/sh", args, NULL);
}

static long
try_clone(const struct place *place)
{
	(void)place;
	const long pid = syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

	if (pid == 0)
		_exit(0);
	return pid;
}

static long
try_ptrace(const struct place *place)
{
	(void)place;
	return syscall(SYS_ptrace, PTRACE_TRACEME, 0, NULL, NULL);
}

static long
try_kill_parent(const struct place *place)
{
	(void)place;
	return syscall(SYS_kill, getppid(), 0);
}

static long
try_tgkill_parent(const struct place *place)
{
	(void)place;
	return syscall(SYS_tgkill, getppid(), getppid(), 0);
}

static long
try_map_executable(const struct place *place)
{
	(void)place;
	const long at = syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at == -1 ? -1 : 0;
}

static long
try_make_executable(const struct place *place)
{
	(void)place;
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return syscall(SYS_mprotect, at, 4096, PROT_READ | PROT_EXEC);
}

/* Descriptor 0 is /dev/null, open for writing. */
static long
try_write(const struct place *place)
{
	(void)place;
	return syscall(SYS_write, 0, "x", 1);
}

static long
try_pwrite(const struct place *place)
{
	(void)place;
	return syscall(SYS_pwrite64, 0, "x", 1, 0);
}

static long
try_ftruncate(const struct place *place)
{
	(void)place;
	/* /dev/null cannot be cut: any errno but EACCES shows that the call went through. */
	syscall(SYS_ftruncate, 0, 0L);
	return 0;
}

static long
try_dup(const struct place *place)
{
	(void)place;
	return syscall(SYS_dup, 0);
}

static long
try_memfd(const struct place *place)
{
	(void)place;
	return syscall(SYS_memfd_create, "x", 0);
}

static long
try_raise_limit(const struct place *place)
{
	const struct rlimit none = { .rlim_cur = 1, .rlim_max = 1 };

	(void)place;
	return syscall(SYS_setrlimit, RLIMIT_NOFILE, &none);
}

static long
try_new_filter(const struct place *place)
{
	const unsigned action = 0;

	(void)place;
	return syscall(SYS_seccomp, 2 /* SECCOMP_GET_ACTION_AVAIL */, 0, &action);
}

static long
try_unshare(const struct place *place)
{
	(void)place;
	return syscall(SYS_unshare, 0);
}

static const struct {
	const char *name;
	probe *run;
	bool kills; /* false: answers EACCES */
	bool plain_only; /* sanitizers need the call */
} probes[] = {
#ifdef SYS_open
	{ "open", try_open, false, false },
	{ "access", try_access, false, false },
	{ "readlink", try_readlink, false, false },
	{ "unlink", try_unlink, true, false },
	{ "rename", try_rename, true, false },
	{ "link", try_link, true, false },
	{ "mkdir", try_mkdir, true, false },
	{ "chmod", try_chmod, true, false },
	{ "fork", try_fork, true, false },
#endif
	{ "openat", try_openat, false, false },
	{ "creating a file", try_create, false, false },
	{ "stat of a name", try_stat, false, false },
	{ "unlinkat", try_unlinkat, true, false },
	{ "truncate", try_truncate, true, false },
	{ "utimensat", try_utimensat, true, false },
	{ "chdir", try_chdir, true, false },
	{ "socket", try_socket, true, false },
	{ "socketpair", try_socketpair, true, false },
	{ "connect", try_connect, true, false },
	{ "execve", try_execve, true, false },
	{ "clone", try_clone, true, false },
	{ "ptrace", try_ptrace, true, false },
	{ "kill of the parent", try_kill_parent, true, false },
	{ "tgkill of the parent", try_tgkill_parent, true, false },
	{ "mapping memory that runs", try_map_executable, true, true },
	{ "making memory run", try_make_executable, true, true },
	{ "write", try_write, true, true },
	{ "pwrite", try_pwrite, true, false },
	{ "ftruncate", try_ftruncate, true, false },
	{ "dup", try_dup, true, false },
	{ "memfd_create", try_memfd, true, false },
	{ "setrlimit", try_raise_limit, true, false },
	{ "another filter", try_new_filter, true, false },
	{ "unshare", try_unshare, true, false },
};

#define N_PROBES (sizeof probes / sizeof probes[0])

static void
make_place(struct place *place)
{
	strcpy(place->folder, "/tmp/imcscan-test-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->file, sizeof place->file, "%s/file", place->folder);
	snprintf(place->other, sizeof place->other, "%s/other", place->folder);
	const int fd = open(place->file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "contents", 8), 8);
	close(fd);
}

static void
remove_place(const struct place *place)
{
	unlink(place->file);
	unlink(place->other);
	rmdir(place->other);
	assert_int_equal(rmdir(place->folder), 0);
}

/* As a worker does it; `confined` false leaves out the last step alone. */
static bool
confine(bool confined)
{
	int ends[2], landlock;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) < 0 || !sandbox_descriptors(ends[0]))
		return false;
	signal(SIGSYS, SIG_DFL);
	if (!confined)
		return true;
	return sandbox_limit((size_t)256 << 20, getppid()) == SANDBOX_DONE &&
	    sandbox_enter(&landlock) == SANDBOX_DONE;
}

static int
run_probe(probe *run, bool confined, const struct place *place)
{
	int status;
	const pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (!confine(confined))
			_exit(NOT_CONFINED);
		if (run(place) >= 0)
			_exit(DONE);
		_exit(errno == EACCES ? REFUSED : FAILED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
forbidden_calls_are_refused_or_kill(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_PROBES; i++) {
		struct place place;

		if (SANDBOX_SANITIZED && probes[i].plain_only) {
			print_message("not tried with a sanitizer: %s\n", probes[i].name);
			continue;
		}
		make_place(&place);
		const int status = run_probe(probes[i].run, true, &place);
		const bool as_wanted = probes[i].kills
		    ? WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS
		    : WIFEXITED(status) && WEXITSTATUS(status) == REFUSED;
		struct stat st;
		assert_int_equal(stat(place.file, &st), 0);
		assert_int_equal(st.st_size, 8);
		assert_int_equal(stat(place.other, &st), -1);
		remove_place(&place);
		if (!as_wanted)
			fail_msg("%s: wait status %#x", probes[i].name, (unsigned)status);
	}
}

/* The same calls go through without the sandbox: it is the sandbox that stops them. */
static void
same_calls_succeed_outside(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_PROBES; i++) {
		struct place place;

		make_place(&place);
		const int status = run_probe(probes[i].run, false, &place);
		remove_place(&place);
		if (!WIFEXITED(status) || WEXITSTATUS(status) != DONE)
			fail_msg("%s: wait status %#x", probes[i].name, (unsigned)status);
	}
}

/* ---- what must still go ---- */

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
	return fstat(SANDBOX_CHANNEL, &st) == 0 && strcmp(text, "10") == 0 ? 0 : -1;
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
		    limit_is(RLIMIT_FSIZE, 0) && limit_is(RLIMIT_NOFILE, 8) &&
		    limit_is(RLIMIT_STACK, (rlim_t)64 << 20) ? DONE : FAILED);
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
		_exit(sandbox_limit(0, getpid()) == SANDBOX_PROCESS && errno == ESRCH ? DONE : FAILED);
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
		    open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) < 0 && errno == EACCES &&
		    mkdir("/tmp/imcscan-test-landlock", 0700) < 0 && errno == EACCES ? DONE : FAILED);
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
		cmocka_unit_test(forbidden_calls_are_refused_or_kill),
		cmocka_unit_test(same_calls_succeed_outside),
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
