/*
 * lockdown.c - what the parent may no longer do once it is started.
 *
 * The other way round than for a worker: libraries of the parent (SQLite, libxml2, Jansson, stdio)
 * need more than a list could hold that stays true from release to release, so calls that do harm
 * are refused, and all else is allowed. Which files, Landlock says.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/lockdown.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "worker/landlock.h"
#include "worker/sandbox.h"

#define ALWAYS LOCKDOWN_FOLDER
#define CALL(call) SCMP_SYS(call), #call

static const char network[] = "no network";
static const char programs[] = "no other program";
static const char processes[] = "no other process";
static const char removal[] = "nothing renamed or removed";
static const char naming[] = "no links, folders or devices made";
static const char changing[] = "no owner, mode, time or attribute changed";
static const char machine[] = "nothing of the machine changed";
static const char roundabout[] = "no way round this filter";

/* openat2 is left out: the walk opens evidence by it, and its flags lie where a filter cannot look;
 * Landlock bounds what it opens. Workers are forked and ended by clone and kill. */
/* clang-format off */
static const struct lockdown_row refusals[] = {
	{ CALL(socket), network, ALWAYS }, { CALL(connect), network, ALWAYS },
	{ CALL(bind), network, ALWAYS }, { CALL(listen), network, ALWAYS },
	{ CALL(accept), network, ALWAYS }, { CALL(accept4), network, ALWAYS },
#if !SANDBOX_SANITIZED /* a leak checker traces and opens, and its report runs a symbolizer */
	{ CALL(open), roundabout, ALWAYS },
	{ CALL(execve), programs, ALWAYS }, { CALL(execveat), programs, ALWAYS },
	{ CALL(ptrace), processes, ALWAYS },
#endif
	{ CALL(process_vm_readv), processes, ALWAYS }, { CALL(process_vm_writev), processes, ALWAYS },
	{ CALL(pidfd_getfd), processes, ALWAYS }, { CALL(kcmp), processes, ALWAYS },
	{ CALL(truncate), "nothing cut by its name", ALWAYS },
	{ CALL(ftruncate), "nothing cut", LOCKDOWN_READS },
	{ CALL(rename), removal, LOCKDOWN_READS }, { CALL(renameat), removal, LOCKDOWN_READS },
	{ CALL(renameat2), removal, LOCKDOWN_READS },
	{ CALL(unlink), removal, LOCKDOWN_READS }, { CALL(unlinkat), removal, LOCKDOWN_READS },
	{ CALL(rmdir), removal, ALWAYS },
	{ CALL(link), naming, ALWAYS }, { CALL(linkat), naming, ALWAYS },
	{ CALL(symlink), naming, ALWAYS }, { CALL(symlinkat), naming, ALWAYS },
	{ CALL(mkdir), naming, LOCKDOWN_CASE }, { CALL(mkdirat), naming, LOCKDOWN_CASE },
	{ CALL(mknod), naming, ALWAYS }, { CALL(mknodat), naming, ALWAYS },
	{ CALL(chmod), changing, ALWAYS }, { CALL(fchmod), changing, ALWAYS },
	{ CALL(fchmodat), changing, ALWAYS }, { CALL(chown), changing, ALWAYS },
	{ CALL(fchown), changing, ALWAYS }, { CALL(lchown), changing, ALWAYS },
	{ CALL(fchownat), changing, ALWAYS }, { CALL(utime), changing, ALWAYS },
	{ CALL(utimes), changing, ALWAYS }, { CALL(utimensat), changing, ALWAYS },
	{ CALL(futimesat), changing, ALWAYS }, { CALL(setxattr), changing, ALWAYS },
	{ CALL(lsetxattr), changing, ALWAYS }, { CALL(fsetxattr), changing, ALWAYS },
	{ CALL(removexattr), changing, ALWAYS }, { CALL(lremovexattr), changing, ALWAYS },
	{ CALL(fremovexattr), changing, ALWAYS },
	{ CALL(mount), machine, ALWAYS }, { CALL(umount2), machine, ALWAYS },
	{ CALL(pivot_root), machine, ALWAYS }, { CALL(chroot), machine, ALWAYS },
	{ CALL(swapon), machine, ALWAYS }, { CALL(swapoff), machine, ALWAYS },
	{ CALL(reboot), machine, ALWAYS }, { CALL(kexec_load), machine, ALWAYS },
	{ CALL(init_module), machine, ALWAYS }, { CALL(finit_module), machine, ALWAYS },
	{ CALL(delete_module), machine, ALWAYS }, { CALL(settimeofday), machine, ALWAYS },
	{ CALL(clock_settime), machine, ALWAYS }, { CALL(sethostname), machine, ALWAYS },
	{ CALL(acct), machine, ALWAYS }, { CALL(quotactl), machine, ALWAYS },
	{ CALL(creat), roundabout, ALWAYS },
	{ CALL(open_by_handle_at), roundabout, ALWAYS },
	{ CALL(io_uring_setup), roundabout, ALWAYS }, { CALL(io_uring_enter), roundabout, ALWAYS },
	{ CALL(unshare), roundabout, ALWAYS }, { CALL(setns), roundabout, ALWAYS },
	{ CALL(bpf), roundabout, ALWAYS }, { CALL(perf_event_open), roundabout, ALWAYS },
	{ CALL(userfaultfd), roundabout, ALWAYS }, { CALL(keyctl), roundabout, ALWAYS },
	{ CALL(add_key), roundabout, ALWAYS }, { CALL(request_key), roundabout, ALWAYS },
};
/* clang-format on */

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static const char *const system_reads[] = {
	"/proc",               /* a worker asks how much it has mapped */
	"/dev/null",           /* standard streams of workers that start later */
	"/usr/share/zoneinfo", /* --timezone */
	"/dev/urandom",        /* seeds of hash tables, names of temporary files */
#if SANDBOX_SANITIZED
	"/", /* the report of a sanitizer names functions */
#endif
};

static bool
refuse_open(scmp_filter_ctx filter, unsigned mask, unsigned value)
{
	return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 1,
		   SCMP_A2(SCMP_CMP_MASKED_EQ, mask, value)) == 0;
}

/* A file that is there is never opened for writing, whatever its name: who opens one to write says
 * that it must be new, or that it has no name. */
static bool
refuse_old_files(scmp_filter_ctx filter)
{
	static const unsigned ways[] = { 0, O_CREAT, O_EXCL };
	const unsigned nameless = O_TMPFILE & ~(unsigned)O_DIRECTORY;
	const unsigned mask = O_ACCMODE | O_CREAT | O_EXCL | nameless;

	for (size_t i = 0; i < COUNT(ways); i++) {
		for (unsigned access = O_WRONLY; access <= O_ACCMODE; access++) {
			if (!refuse_open(filter, mask, access | ways[i]))
				return false;
		}
	}
	return refuse_open(filter, O_CREAT | O_EXCL | nameless, O_CREAT);
}

static bool
refuse_writing(scmp_filter_ctx filter)
{
	return refuse_open(filter, O_ACCMODE, O_WRONLY) && refuse_open(filter, O_ACCMODE, O_RDWR) &&
	       refuse_open(filter, O_ACCMODE, O_ACCMODE) && refuse_open(filter, O_CREAT, O_CREAT);
}

static bool
rules_of_open(scmp_filter_ctx filter, enum lockdown_level level)
{
	if (!refuse_open(filter, O_TRUNC, O_TRUNC))
		return false;
	if (level >= LOCKDOWN_CASE)
		return true;
	return level == LOCKDOWN_READS ? refuse_writing(filter) : refuse_old_files(filter);
}

static bool
rules_all_of(scmp_filter_ctx filter, enum lockdown_level level)
{
	for (size_t i = 0; i < COUNT(refusals); i++) {
		if (level <= refusals[i].until &&
		    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), refusals[i].number, 0) < 0)
			return false;
	}
	return rules_of_open(filter, level);
}

static bool
load(enum lockdown_level level)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool loaded;
	int result;

	if (!filter) {
		errno = ENOMEM;
		return false;
	}
	/* What comes by another ABI would pass the rows by. */
	result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	loaded = result == 0 && rules_all_of(filter, level);
	if (loaded) {
		result = seccomp_load(filter);
		loaded = result == 0;
	}
	seccomp_release(filter);
	if (!loaded)
		errno = result < 0 ? -result : EINVAL;
	return loaded;
}

static int
restrict_files(const struct lockdown *lockdown)
{
	const size_t n_system = COUNT(system_reads);
	const char *zones = getenv("TZDIR"); /* for --timezone, instead of the system's */
	const size_t count = n_system + lockdown->n_reads + lockdown->n_writes + 1;
	struct landlock_grant *grants = calloc(count, sizeof *grants);
	size_t n = 0;
	int abi;

	if (!grants)
		return -1;
	for (size_t i = 0; i < n_system; i++)
		grants[n++] = (struct landlock_grant){ .path = system_reads[i] };
	if (zones && *zones)
		grants[n++] = (struct landlock_grant){ .path = zones };
	for (size_t i = 0; i < lockdown->n_reads; i++)
		grants[n++] = (struct landlock_grant){ .path = lockdown->reads[i] };
	for (size_t i = 0; i < lockdown->n_writes; i++)
		grants[n++] = (struct landlock_grant){ .path = lockdown->writes[i],
			.writes = true,
			.folders = lockdown->level == LOCKDOWN_FOLDER };
	abi = landlock_deny_all_but(grants, n);
	free(grants);
	return abi;
}

bool
lockdown(const struct lockdown *lockdown, int *landlock, char *why, size_t why_size)
{
	const char *step = "no_new_privs";
	int abi = -1;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
		step = "Landlock";
		abi = restrict_files(lockdown);
	}
	if (abi >= 0) {
		*landlock = abi;
		step = "seccomp";
		if (load(lockdown->level))
			return true;
	}
	snprintf(why, why_size, "%s: %s", step, strerror(errno));
	return false;
}

const struct lockdown_row *
lockdown_rows(size_t *count)
{
	*count = COUNT(refusals);
	return refusals;
}

const char *
lockdown_gaps(int landlock)
{
	return landlock_gaps(landlock);
}
