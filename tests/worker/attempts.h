/* attempts.h - what a confined process must not do, one function each, and how it is stopped. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_ATTEMPTS_H
#define IMC_TEST_ATTEMPTS_H

#include "probe.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>

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

/* The flag by which glibc's fstat() asks must open no way to names. */
static long
try_stat_with_the_flag_of_fstat(const struct place *place)
{
	struct stat st;

	return syscall(SYS_newfstatat, AT_FDCWD, place->file, &st, AT_EMPTY_PATH);
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

/* Unconfined, the channel (a datagram socket) is simply connected elsewhere or says it is
 * connected. */
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
	const long at = syscall(
	    SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at == -1 ? -1 : 0;
}

static long
try_make_executable(const struct place *place)
{
	(void)place;
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return syscall(SYS_mprotect, at, 4096, PROT_READ | PROT_EXEC);
}

/* The channel alone is open for writing, and takes sendmsg() alone. Here nobody holds its other
 * end: any errno but EACCES shows that the call went through. */
static long
try_write(const struct place *place)
{
	(void)place;
	signal(SIGPIPE, SIG_IGN);
	syscall(SYS_write, SANDBOX_CHANNEL, "x", 1);
	return 0;
}

/* A worker reads by pread64() alone. */
static long
try_read(const struct place *place)
{
	char byte;

	(void)place;
	return syscall(SYS_read, 0, &byte, 1);
}

static long
try_sched_yield(const struct place *place)
{
	(void)place;
	return syscall(SYS_sched_yield);
}

static long
try_pwrite(const struct place *place)
{
	(void)place;
	/* Nothing of a worker takes it: any errno but EACCES shows that the call went through. */
	syscall(SYS_pwrite64, 0, "x", 1, 0);
	return 0;
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

/* clang-format off */
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
	{ "stat of a name with an empty-path flag", try_stat_with_the_flag_of_fstat, false, false },
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
	{ "read", try_read, true, true },
	{ "sched_yield", try_sched_yield, true, true },
	{ "ftruncate", try_ftruncate, true, false },
	{ "dup", try_dup, true, false },
	{ "memfd_create", try_memfd, true, false },
	{ "setrlimit", try_raise_limit, true, false },
	{ "another filter", try_new_filter, true, false },
	{ "unshare", try_unshare, true, false },
};
/* clang-format on */

#define N_PROBES (sizeof probes / sizeof probes[0])

#endif
