/*
 * failing.c - for tests, by LD_PRELOAD: a file system that fails.
 *
 * Each variable holds an errno, and what it hits after a colon:
 *   FAIL_PREAD=5:1234   reading a file of 1234 bytes
 *   FAIL_OPEN=24:NAME   opening a name that ends so, below a folder that is open
 *   FAIL_PWRITE=28:N    writing at a place, after N bytes were written so
 *   FAIL_FSYNC=28:      flushing any file to the disk
 * SECOND_LOOK=NAME:OTHER: who opens NAME again finds OTHER there.
 * INTERRUPT=1: every other read, poll and wait is interrupted before it begins.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

typedef long call_of(long number, ...);
typedef ssize_t pread_of(int fd, void *to, size_t len, off_t offset);
typedef ssize_t pwrite_of(int fd, const void *from, size_t len, off_t offset);
typedef int fsync_of(int fd);
typedef int poll_of(struct pollfd *fds, nfds_t count, int wait);
typedef ssize_t recvmsg_of(int fd, struct msghdr *msg, int flags);
typedef pid_t waitpid_of(pid_t pid, int *status, int options);

/* dlsym() may need what a worker has no more: all is found at the start, at the latest by the first
 * library that calls one of ours before its turn. */
static struct {
	call_of *call;
	pread_of *pread;
	pwrite_of *pwrite;
	fsync_of *fsync;
	poll_of *poll;
	recvmsg_of *recvmsg;
	waitpid_of *waitpid;
	size_t written;
	unsigned turns, looks;
} real;

__attribute__((constructor)) static void
find(void)
{
	if (real.call)
		return;
	real.call = (call_of *)dlsym(RTLD_NEXT, "syscall");
	real.pread = (pread_of *)dlsym(RTLD_NEXT, "pread");
	real.pwrite = (pwrite_of *)dlsym(RTLD_NEXT, "pwrite");
	real.fsync = (fsync_of *)dlsym(RTLD_NEXT, "fsync");
	real.poll = (poll_of *)dlsym(RTLD_NEXT, "poll");
	real.recvmsg = (recvmsg_of *)dlsym(RTLD_NEXT, "recvmsg");
	real.waitpid = (waitpid_of *)dlsym(RTLD_NEXT, "waitpid");
}

/* What follows the colon; *error is what stands before it. NULL: not to fail. */
static const char *
plan(const char *name, int *error)
{
	const char *value = getenv(name);
	char *end;

	if (!value)
		return NULL;
	*error = (int)strtol(value, &end, 10);
	return *end == ':' ? end + 1 : NULL;
}

static int
fail(int error)
{
	errno = error;
	return -1;
}

static int
interrupted(void)
{
	return getenv("INTERRUPT") && real.turns++ % 2 == 0;
}

ssize_t
pread(int fd, void *to, size_t len, off_t offset)
{
	int error;
	const char *size = plan("FAIL_PREAD", &error);
	struct stat st;

	find();
	if (interrupted())
		return fail(EINTR);
	if (size && real.call(SYS_fstat, fd, &st) == 0 && st.st_size == atoll(size))
		return fail(error);
	return real.pread(fd, to, len, offset);
}

ssize_t
pwrite(int fd, const void *from, size_t len, off_t offset)
{
	int error;
	const char *room = plan("FAIL_PWRITE", &error);

	find();
	if (room && real.written + len > strtoul(room, NULL, 10))
		return fail(error);
	real.written += len;
	return real.pwrite(fd, from, len, offset);
}

ssize_t
pwrite64(int fd, const void *from, size_t len, off_t offset)
{
	return pwrite(fd, from, len, offset);
}

int
fsync(int fd)
{
	int error;

	find();
	return plan("FAIL_FSYNC", &error) ? fail(error) : real.fsync(fd);
}

int
poll(struct pollfd *fds, nfds_t count, int wait)
{
	find();
	return interrupted() ? fail(EINTR) : real.poll(fds, count, wait);
}

ssize_t
recvmsg(int fd, struct msghdr *msg, int flags)
{
	find();
	return interrupted() ? fail(EINTR) : real.recvmsg(fd, msg, flags);
}

pid_t
waitpid(pid_t pid, int *status, int options)
{
	find();
	return interrupted() ? fail(EINTR) : real.waitpid(pid, status, options);
}

static int
ends_in(const char *name, const char *end)
{
	const size_t len = strlen(name), tail = strlen(end);

	return len >= tail && strcmp(name + len - tail, end) == 0;
}

static const char *
second_look(const char *name)
{
	const char *value = getenv("SECOND_LOOK");
	const size_t len = value ? strcspn(value, ":") : 0;

	if (!value || strlen(name) != len || strncmp(name, value, len) != 0 || real.looks++ == 0)
		return name;
	return value + len + 1;
}

long
syscall(long number, ...)
{
	int error;
	const char *name = plan("FAIL_OPEN", &error);
	long a[6];
	va_list list;

	find();
	va_start(list, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (name && number == SYS_openat2 && ends_in((const char *)a[1], name))
		return fail(error);
	if (number == SYS_openat2)
		a[1] = (long)second_look((const char *)a[1]);
	return real.call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
