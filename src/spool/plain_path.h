/*
 * plain_path.h - the path of an archive's member as a path of a tree.
 *
 * For src/spool only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAIN_PATH_H
#define IMC_PLAIN_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/* What was odd about a path. */
struct path_oddities {
	bool absolute; /* began with a slash or a drive */
	bool upward;   /* held ".." */
	bool cut;      /* did not fit */
};

/* Write the path relative to the archive's top to out (room bytes, a NUL at its end) and its length
 * to *len: no slash at either end, none doubled, no "." and no ".." (which is written "(..)": it
 * leads nowhere). With `backslashes` they are slashes. Nothing left: length 0. */
struct path_oddities plain_path(
    struct slice raw, bool backslashes, char *out, size_t room, size_t *len);

#endif
