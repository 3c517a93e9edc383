/* landlock.c - which files and network ports a process may still use (Linux 5.13 and later). */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CREATE_RULESET_VERSION 1u /* LANDLOCK_CREATE_RULESET_VERSION */
#define RULE_PATH_BENEATH 1       /* LANDLOCK_RULE_PATH_BENEATH */

/* The system's header may be older than the kernel that runs, so the layout of the kernel's
 * documentation (userspace-api/landlock) is stated here, each group with the ABI that brought
 * it. */
struct ruleset {
	uint64_t files;   /* ABI 1 */
	uint64_t network; /* ABI 4: bind, connect */
	uint64_t scoped;  /* ABI 6: abstract sockets, signals */
};

struct path_beneath {
	uint64_t allowed;
	int32_t parent;
} __attribute__((packed));

/* Of the file rights; 13 came with ABI 1. */
#define WRITE_FILE (UINT64_C(1) << 1)
#define READ_FILE (UINT64_C(1) << 2)
#define READ_DIR (UINT64_C(1) << 3)
#define REMOVE_FILE (UINT64_C(1) << 5)
#define MAKE_DIR (UINT64_C(1) << 7)
#define MAKE_REG (UINT64_C(1) << 8)
#define TRUNCATE (UINT64_C(1) << 14) /* ABI 3 */
#define OF_FILES (WRITE_FILE | READ_FILE | TRUNCATE)

#define SCOPE_SOCKETS 1u
#define SCOPE_SIGNALS 2u

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

const char *
landlock_gaps(int abi)
{
	if (abi < 3)
		return "truncation, TCP ports, abstract sockets";
	if (abi < 4)
		return "TCP ports, abstract sockets";
	return abi < 6 ? "abstract sockets" : "";
}

/* The rights that a grant is made of, as far as the ABI has them and the file can have them. */
static uint64_t
rights_of(const struct landlock_grant *grant, int fd, long abi)
{
	uint64_t rights = READ_FILE | READ_DIR;
	struct stat st;

	if (grant->writes)
		rights |= WRITE_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE;
	if (grant->folders)
		rights |= MAKE_DIR;
	if (fstat(fd, &st) < 0 || !S_ISDIR(st.st_mode))
		rights &= OF_FILES;
	return rights & file_rights(abi);
}

static bool
add(int ruleset, const struct landlock_grant *grant, long abi)
{
	struct path_beneath rule = { .parent = open(grant->path, O_PATH | O_CLOEXEC) };
	long done;
	int error;

	if (rule.parent < 0)
		return true;
	rule.allowed = rights_of(grant, rule.parent, abi);
	done = syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
	error = errno;
	close(rule.parent);
	errno = error;
	return done == 0;
}

static int
restrict_to(const struct landlock_grant *grants, size_t count, unsigned scoped)
{
	const long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);

	if (abi < 1)
		return errno == ENOSYS || errno == EOPNOTSUPP ? 0 : -1;
	const struct ruleset rules = {
		.files = file_rights(abi),
		.network = abi >= 4 ? 3 : 0,
		.scoped = abi >= 6 ? scoped : 0,
	};
	const int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, ruleset_size(abi), 0);
	bool good = fd >= 0;

	for (size_t i = 0; good && i < count; i++)
		good = add(fd, &grants[i], abi);
	good = good && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	const int error = errno;

	if (fd >= 0)
		close(fd);
	errno = error;
	return good ? (int)abi : -1;
}

int
landlock_deny_all(void)
{
	return restrict_to(NULL, 0, SCOPE_SOCKETS | SCOPE_SIGNALS);
}

int
landlock_deny_all_but(const struct landlock_grant *grants, size_t count)
{
	return restrict_to(grants, count, SCOPE_SOCKETS);
}
