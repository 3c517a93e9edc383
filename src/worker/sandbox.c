/*
 * sandbox.c - what a worker may no longer do once it serves.
 *
 * Three kinds of system calls (calls.c): those that a reader of descriptors needs are allowed; those
 * by which libraries look around (a converter not warmed, a locale, a terminal) hear an error and
 * go on; any other kills.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "worker/calls.h"
#include "worker/landlock.h"

#define STACK_BYTES ((rlim_t)64 << 20) /* GMime recurses over address groups */
#define CPU_SECONDS ((rlim_t)24 * 60 * 60)
#define SPARE_DESCRIPTORS 4 /* the file in hand, and what a library may dup */

static bool
move_descriptor(int from, int to)
{
	return from == to || dup2(from, to) == to;
}

/* close_range(2) is of Linux 5.9. */
static bool
close_from(unsigned first)
{
	struct rlimit files;

	if (close_range(first, ~0u, 0) == 0)
		return true;
	if (errno != ENOSYS || getrlimit(RLIMIT_NOFILE, &files) < 0)
		return false;
	for (rlim_t fd = first; fd < files.rlim_cur && fd < (1u << 20); fd++)
		close((int)fd);
	return true;
}

/* /dev/null is open for reading only: a parent that has given its own rights up may open nothing
 * else that is there, and what a library prints in its distress gets lost as well. */
bool
sandbox_descriptors(int channel)
{
	const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (null < 0)
		return false;
	/* The channel may be any number when the caller started without a standard stream: out of
	 * the way. */
	channel = fcntl(channel, F_DUPFD_CLOEXEC, SANDBOX_CHANNEL + 1);
	const int quiet = fcntl(null, F_DUPFD_CLOEXEC, SANDBOX_CHANNEL + 1);
	close(null);
	if (channel < 0 || quiet < 0 || !move_descriptor(channel, SANDBOX_CHANNEL))
		return false;
	for (int fd = 0; fd <= (SANDBOX_SANITIZED ? 1 : 2); fd++) {
		if (!move_descriptor(quiet, fd))
			return false;
	}
	return close_from(SANDBOX_CHANNEL + 1);
}

/* Soft and hard limit alike, but never above what the hard limit allows. */
static bool
limit(int resource, rlim_t most)
{
	struct rlimit is;

	if (getrlimit((__rlimit_resource_t)resource, &is) < 0)
		return false;
	const rlim_t both = most < is.rlim_max ? most : is.rlim_max;
	const struct rlimit shall = { .rlim_cur = both, .rlim_max = both };

	return setrlimit((__rlimit_resource_t)resource, &shall) == 0;
}

/* Bytes mapped now: what a worker inherits must not eat into what it may use, or a worker forked
 * late would run out of memory earlier than the first. */
static rlim_t
mapped_bytes(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	char line[128];

	if (!file)
		return 0;
	const rlim_t pages = fgets(line, sizeof line, file) ? strtoul(line, NULL, 10) : 0;
	fclose(file);
	return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static bool
limit_all(size_t memory)
{
	/* The time of a file is measured by setitimer(2), and the parent looks at its own clock;
	 * this ends a worker that got away from both. */
	if (!limit(RLIMIT_CPU, CPU_SECONDS) || !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NPROC, 0) ||
	    !limit(RLIMIT_STACK, STACK_BYTES) ||
	    !limit(RLIMIT_NOFILE, SANDBOX_CHANNEL + 1 + SPARE_DESCRIPTORS))
		return false;
	/* A sanitizer must be able to write its report, also to a file, and maps more than any limit. */
	if (SANDBOX_SANITIZED)
		return true;
	if (!limit(RLIMIT_FSIZE, 0))
		return false;
	if (memory == 0)
		return true;
	return limit(RLIMIT_AS, mapped_bytes() + memory);
}

enum sandbox_step
sandbox_limit(size_t memory, int parent)
{
	/* Not dumpable: no core by way of core_pattern, and no other process of the user may trace
	 * us. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || prctl(PR_SET_DUMPABLE, 0) < 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return SANDBOX_PROCESS;
	/* The parent may have died before the death signal was asked for. */
	if (getppid() != parent) {
		errno = ESRCH;
		return SANDBOX_PROCESS;
	}
	return limit_all(memory) ? SANDBOX_DONE : SANDBOX_LIMITS;
}

static bool
rules_plain(scmp_filter_ctx filter)
{
	size_t count;
	const struct call *calls = calls_all(&count);

	for (size_t i = 0; i < count; i++) {
		const uint32_t action =
		    calls[i].verdict == CALL_REFUSED ? SCMP_ACT_ERRNO(EACCES) : SCMP_ACT_ALLOW;

		if (calls[i].verdict != CALL_NARROWED &&
		    seccomp_rule_add(filter, action, calls[i].number, 0) < 0)
			return false;
	}
	return true;
}

/* Memory may be had, but never memory that can be run, nor a file mapped. */
static bool
rules_memory(scmp_filter_ctx filter)
{
	if (SANDBOX_SANITIZED)
		return true;
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
		   SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
		   SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
		   SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

/* Messages on the channel; glibc's last words go to standard error, which is /dev/null; signals
 * only to ourselves, for abort(). */
static bool
rules_out(scmp_filter_ctx filter)
{
	const scmp_datum_t self = (scmp_datum_t)getpid();

	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(recvmsg), 1,
		   SCMP_A0(SCMP_CMP_EQ, SANDBOX_CHANNEL)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendmsg), 1,
		   SCMP_A0(SCMP_CMP_EQ, SANDBOX_CHANNEL)) == 0 &&
	       (SANDBOX_SANITIZED || seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
					 SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO)) == 0) &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(writev), 1,
		   SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO)) == 0 &&
	       seccomp_rule_add(
		   filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, self)) == 0;
}

/* errno tells what libseccomp said. */
static bool
filter_load(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool loaded;

	if (!filter) {
		errno = ENOMEM;
		return false;
	}
	/* The default would kill a thread only when a call comes by another ABI. */
	int result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	loaded = result == 0 && rules_plain(filter) && rules_memory(filter) && rules_out(filter);
	if (loaded) {
		result = seccomp_load(filter);
		loaded = result == 0;
	}
	seccomp_release(filter);
	if (!loaded)
		errno = result < 0 ? -result : EINVAL;
	return loaded;
}

enum sandbox_step
sandbox_enter(int *landlock)
{
	const int abi = landlock_deny_all();

	if (abi < 0)
		return SANDBOX_LANDLOCK;
	if (!filter_load())
		return SANDBOX_SECCOMP;
	*landlock = abi;
	return SANDBOX_DONE;
}

const char *
sandbox_step_name(enum sandbox_step step)
{
	static const char *const names[SANDBOX_STEP_COUNT] = {
		[SANDBOX_DONE] = "nothing",
		[SANDBOX_DESCRIPTORS] = "closing inherited descriptors",
		[SANDBOX_PROCESS] = "no_new_privs and the death signal",
		[SANDBOX_LIMITS] = "resource limits",
		[SANDBOX_LANDLOCK] = "Landlock",
		[SANDBOX_SECCOMP] = "seccomp",
		[SANDBOX_WARM] = "memory and SHA-256",
	};

	return (unsigned)step < SANDBOX_STEP_COUNT ? names[step] : "an unknown step";
}
