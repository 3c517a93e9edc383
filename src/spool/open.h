/*
 * open.h - open evidence without following, changing or waking anything.
 *
 * For src/spool only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_OPEN_H
#define IMC_OPEN_H

#include <stdbool.h>
#include <sys/stat.h>

struct opener {
	bool has_openat2;      /* the kernel knows openat2 and lets us call it */
	bool atime_may_change; /* O_NOATIME was refused at least once */
};

struct opener opener_new(void);

/* Open one name (no slash) of a folder, read-only, no link followed. The descriptor, or -1 with
 * errno; the caller closes it. */
int opener_file(struct opener *opener, int folder, const char *name);
int opener_folder(struct opener *opener, int folder, const char *name);

/* The same for the path that the user named: links in the folders before its last name are
 * followed, and the last one too when a slash ends it. */
int opener_given_file(struct opener *opener, const char *path);
int opener_given_folder(struct opener *opener, const char *path);

/* Why something of this mode is not opened: static text; NULL for regular files and folders. */
const char *open_refusal(mode_t mode);

#endif
