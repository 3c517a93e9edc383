/*
 * landlock.h - which files and network ports a process may still use, by Landlock.
 *
 * For src/worker only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LANDLOCK_H
#define IMC_LANDLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* A file, or a folder and all below it: to be read, and, when `writes`, to be made, written, cut,
 * renamed within its folder and removed. */
struct landlock_grant {
	const char *path;
	bool writes;
	bool folders; /* which are made, too */
};

/* Deny this process everything that the kernel's Landlock knows of. The ABI used, 0 when the kernel
 * has no Landlock or it is not switched on, -1 and errno when it is there and refuses. Wants
 * no_new_privs. */
int landlock_deny_all(void);

/* The same but for these; a path that is not there is passed over. Signals may still be sent: a
 * parent ends its workers by them, the older of which stand outside of what this confines. */
int landlock_deny_all_but(const struct landlock_grant *grants, size_t count);

/* What an ABI cannot deny beside what it does, "" when nothing is missing: "truncation" … */
const char *landlock_gaps(int abi);

#endif
