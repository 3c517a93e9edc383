/*
 * seen.h - which files were examined, so that a later pass finds the same bytes or leaves them.
 *
 * For src/cli. 40 bytes a file. A file is known by its root and path, and is the same while its
 * size and time are.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SEEN_H
#define IMC_SEEN_H

#include "rank/rank.h"

struct seen_file;

struct seen {
	struct seen_file *files;
	size_t count, room;
	bool sorted;
};

/* Remember the file under the number that ranking_each() knows it by. False without memory: it is
 * not remembered. */
bool seen_add(struct seen *seen, const struct ranked_file *file, uint64_t number);

/* Whether the file was seen, and is the same by size and time; then its number. Call after the last
 * seen_add(). */
bool seen_find(struct seen *seen, const struct ranked_file *file, uint64_t *number);

/* That file was searched; once for each time it was seen. */
void seen_mark(struct seen *seen, const struct ranked_file *file);

/* The next number that is not marked, *from (0 at first) moving on; false: there is none. */
bool seen_unmarked(const struct seen *seen, size_t *from, uint64_t *number);

void seen_free(struct seen *seen);

#endif
