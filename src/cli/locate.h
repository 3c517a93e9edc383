/*
 * locate.h - one message of a tree, found by what the user calls it.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LOCATE_H
#define IMC_LOCATE_H

#include "rank/rank.h"
#include "spool/walk.h"

/* How well a file is called by a name, best last; NONE also without memory. */
enum fit { FIT_NONE, FIT_NAME, FIT_NAME_EXACT, FIT_PATH, FIT_PATH_EXACT };

enum fit locate_fit(const char *root, struct slice path, const char *message);

struct located {
	int fd;                  /* open read-only, the caller's to close; -1: none */
	char *root, *path;       /* owned */
	struct ranked_file file; /* points into them */
	uint32_t mtime_nsec;
	struct packed_whole whole; /* of a member of an archive */
	bool several_roots;        /* the tree has more than one Imcdata folder */
};

/* Find the message in the tree or the archive, or the file itself when `path` is one and `message` is NULL. A
 * message is called by its path below the Imcdata folder as reports show it, or by its last name
 * alone; case does not matter unless names differ by nothing else, and '\' may stand for '/'.
 * EXIT_QUIET; EXIT_TROUBLE after a message; EXIT_INTERRUPTED. Free with located_free() in any case. */
int locate(struct unpack *unpack, const char *path, const char *message, struct located *located);
void located_free(struct located *located);

#endif
