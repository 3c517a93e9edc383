/*
 * lockdown.h - what the parent may no longer do once it is started.
 *
 * For src/cli. The parent parses no evidence, but it walks trees that strangers made, reads cases
 * that strangers give, and holds every right of its user: what it does not need for the rest of the
 * run is given up. Workers that it starts later inherit that.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LOCKDOWN_H
#define IMC_LOCKDOWN_H

#include <stdbool.h>
#include <stddef.h>

/* What is still to come; each step up gives up less. */
enum lockdown_level {
	LOCKDOWN_READS,  /* no file is made, renamed or removed any more */
	LOCKDOWN_WRITES, /* files are made, never opened for writing when they are there already */
	LOCKDOWN_CASE,   /* SQLite rewrites a file, and makes, cuts and removes its journal */
	LOCKDOWN_FOLDER  /* a folder is made, too */
};

struct lockdown {
	enum lockdown_level level;
	const char *const *reads; /* files and folders, with all below them */
	size_t n_reads;
	const char *const *writes; /* the same, where files are made */
	size_t n_writes;
};

/* Give up. *landlock: the ABI used, 0 when the kernel has none. False, after a sentence in
 * why[why_size], when the kernel refuses: there is no half measure but for a kernel without
 * Landlock. */
bool lockdown(const struct lockdown *lockdown, int *landlock, char *why, size_t why_size);

/* A system call that answers EACCES from then on. */
struct lockdown_row {
	int number; /* as libseccomp numbers it */
	const char *name, *why;
	enum lockdown_level until; /* beyond that level it is allowed */
};

/* All of them. Beside them, openat for writing is refused as the levels say. */
const struct lockdown_row *lockdown_rows(size_t *count);

/* What Landlock of that ABI does not deny, "" for nothing. */
const char *lockdown_gaps(int landlock);

#endif
