/* landlock.c - no right to any file or network port, by Landlock (Linux 5.13 and later). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/landlock.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CREATE_RULESET_VERSION 1u /* LANDLOCK_CREATE_RULESET_VERSION */

/* The system's header may be older than the kernel that runs, so the layout of the kernel's
 * documentation (userspace-api/landlock) is stated here, each group with the ABI that brought
 * it. */
struct ruleset {
	uint64_t files;   /* ABI 1 */
	uint64_t network; /* ABI 4: bind, connect */
	uint64_t scoped;  /* ABI 6: abstract sockets, signals */
};

/* File rights: 13 in ABI 1, then one each for linking across folders (2), truncating (3), ioctl
 * (5). */
static uint64_t
file_rights(long abi)
{
	unsigned bits = 13;

	bits += abi >= 2;
	bits += abi >= 3;
	bits += abi >= 5;
	return (UINT64_C(1) << bits) - 1;
}

/* A size that the ABI does not know is refused, so it is told no more than it can read. */
static size_t
ruleset_size(long abi)
{
	if (abi >= 6)
		return sizeof(struct ruleset);
	return abi >= 4 ? offsetof(struct ruleset, scoped) : offsetof(struct ruleset, network);
}

int
landlock_deny_all(void)
{
	const long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);

	if (abi < 1)
		return errno == ENOSYS || errno == EOPNOTSUPP ? 0 : -1;
	const struct ruleset rules = {
		.files = file_rights(abi),
		.network = abi >= 4 ? 3 : 0,
		.scoped = abi >= 6 ? 3 : 0,
	};
	const int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, ruleset_size(abi), 0);

	if (fd < 0)
		return -1;
	const long done = syscall(SYS_landlock_restrict_self, fd, 0);
	const int error = errno;

	close(fd);
	errno = error;
	return done == 0 ? (int)abi : -1;
}
