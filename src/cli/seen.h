/*
 * seen.h - which files were examined, so that a later pass finds the same bytes or leaves them.
 *
 * For src/cli. 12 bytes a file, while the pass runs. A file is known by its root and path, and is the
 * same while its size and time are.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SEEN_H
#define IMC_SEEN_H

#include "rank/rank.h"

struct seen_file;

struct seen {
	struct seen_file *files;
	size_t count, room;
	const char *only_root; /* of all files, NULL: there are several */
	bool failed;
};

/* The files that the ranking has, so far as they were examined and did not change meanwhile; before
 * ranking_finish(). False with errno. Free in any case. */
bool seen_gather(struct seen *seen, struct ranking *ranking);

/* Whether the file was seen, and is the same by size and time; then the number that the ranking knows
 * it by. */
bool seen_find(const struct seen *seen, const struct ranked_file *file, uint64_t *number);

/* That file was searched; once for each time it was seen. */
void seen_mark(struct seen *seen, const struct ranked_file *file);

/* The next number that is not marked, *from (0 at first) moving on; false: there is none. */
bool seen_unmarked(const struct seen *seen, size_t *from, uint64_t *number);

void seen_free(struct seen *seen);

#endif
