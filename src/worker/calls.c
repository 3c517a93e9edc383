/*
 * calls.c - which system calls a worker may make, and why: one row each.
 *
 * Made by strace over the corpus, generated trees with logs, and hostile messages of each shape of
 * tests/bench/hostile.py: every row that is allowed was seen there, or in a death. By class of
 * input: a message of usual size takes recvmsg, setitimer, fstat, pread64, fstat, close, getrusage,
 * sendmsg and, now and then, brk; a large one mmap, mremap, madvise and munmap beside; a log, a
 * search and a description nothing else.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/calls.h"

#include <seccomp.h>

#include "worker/sandbox.h"

#define ALLOWED(call) CALL_ALLOWED, SCMP_SYS(call), #call
#define NARROWED(call) CALL_NARROWED, SCMP_SYS(call), #call
#define REFUSED(call) CALL_REFUSED, SCMP_SYS(call), #call

#if SANDBOX_SANITIZED
#define IF_SANITIZED CALL_ALLOWED
#define NARROWED_OR_SANITIZED CALL_ALLOWED
#else
#define IF_SANITIZED CALL_REFUSED
#define NARROWED_OR_SANITIZED CALL_NARROWED
#endif
#define EITHER(verdict, call) verdict, SCMP_SYS(call), #call

/* clang-format off */
static const struct call calls[] = {
	/* every file */
	{ NARROWED(recvmsg), "every file: the next job, on the channel alone" },
	{ NARROWED(sendmsg), "every file: the answer, on the channel alone" },
	{ ALLOWED(fstat), "every file: its size and time, before and after" },
	{ ALLOWED(pread64), "every file: its bytes" },
	{ ALLOWED(close), "every file: when it is done" },
	{ ALLOWED(setitimer), "every file: its limit of processor time" },
	{ ALLOWED(getrusage), "every file: the memory used so far" },
	{ ALLOWED(brk), "every kind: memory in small pieces" },
	/* large files, deep messages, logs of some length */
	{ EITHER(NARROWED_OR_SANITIZED, mmap), "large input: memory that is not of a file and cannot be run" },
	{ EITHER(NARROWED_OR_SANITIZED, mprotect), "large input: malloc's second arena when the first is full; never to be run" },
	{ ALLOWED(munmap), "large input: memory given back" },
	{ ALLOWED(mremap), "large input: buffers that grow" },
	{ ALLOWED(madvise), "large input: memory given back" },
	{ ALLOWED(sysinfo), "long lists: qsort() asks how much memory there is" },
	/* libraries */
	{ ALLOWED(futex), "types that GLib makes known at their first use" },
	{ ALLOWED(clock_gettime), "machines whose clock is no vDSO: GLib's timers" },
	/* the end */
	{ ALLOWED(exit_group), "the end: the channel is closed" },
	{ ALLOWED(rt_sigaction), "death: abort()" },
	{ ALLOWED(rt_sigprocmask), "death: abort()" },
	{ ALLOWED(rt_sigreturn), "death: abort()" },
	{ ALLOWED(getpid), "death: abort()" },
	{ ALLOWED(gettid), "death: abort()" },
	{ NARROWED(tgkill), "death: abort() sends the signal to this process alone" },
	{ NARROWED(writev), "death: last words of the C library, lost on /dev/null" },
	{ EITHER(NARROWED_OR_SANITIZED, write), "death: last words of GLib, lost on /dev/null" },
	/* names: a converter not warmed, a locale, a time zone */
	{ REFUSED(open), "iconv and locales look for files" },
	{ REFUSED(openat), "iconv and locales look for files" },
	{ REFUSED(openat2), "iconv and locales look for files" },
	{ REFUSED(access), "iconv and locales look for files" },
	{ REFUSED(faccessat), "iconv and locales look for files" },
	{ REFUSED(faccessat2), "iconv and locales look for files" },
	{ REFUSED(readlink), "libraries ask what program they are in" },
	{ REFUSED(readlinkat), "libraries ask what program they are in" },
	{ REFUSED(stat), "libraries look for files" },
	{ REFUSED(lstat), "libraries look for files" },
	{ REFUSED(statx), "libraries look for files" },
	{ REFUSED(statfs), "libraries look for files" },
	{ REFUSED(fstatfs), "libraries look for files" },
	{ REFUSED(getcwd), "libraries look for files" },
	/* glibc's fstat() is newfstatat() with an empty path, which no filter can tell from a
	 * name: input.c asks fstat(2) itself. */
	{ REFUSED(newfstatat), "stdio asks what descriptor 2 is" },
	{ REFUSED(ioctl), "stdio asks whether descriptor 2 is a terminal" },
	{ REFUSED(fcntl), "stdio asks how descriptor 2 is open" },
	{ REFUSED(uname), "libraries ask for the kernel" },
	{ REFUSED(prlimit64), "malloc and threads ask for limits" },
	{ REFUSED(getrlimit), "malloc and threads ask for limits" },
	{ REFUSED(prctl), "newer C libraries name their memory" },
	{ REFUSED(getrandom), "hash tables and malloc ask for a seed, and do without" },
	{ EITHER(IF_SANITIZED, sched_getaffinity), "malloc asks how many processors there are" },
	{ EITHER(IF_SANITIZED, sigaltstack), "sanitizers" },
#if SANDBOX_SANITIZED
	{ ALLOWED(read), "sanitizers" },
	{ ALLOWED(lseek), "sanitizers" },
	{ ALLOWED(sched_yield), "sanitizers" },
#endif
};
/* clang-format on */

const struct call *
calls_all(size_t *count)
{
	*count = sizeof calls / sizeof calls[0];
	return calls;
}
