/*
 * census.h - the files of a case in memory, so far as two runs are compared by them.
 *
 * For src/cli/diff.c and census.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CENSUS_H
#define IMC_CENSUS_H

#include "cli/recall.h"

/* One file of a run. */
struct counted {
	char *name; /* root and path with a slash between them; owned, not NUL-terminated */
	size_t name_len;
	enum status status;
	enum level level;
	int32_t score; /* millibits, when it has one */
	bool has_score, has_digest;
	uint8_t sha256[32];
	uint16_t *rules; /* that fired, ascending, each once; owned */
	size_t n_rules;
	struct counted *other; /* the same file in the other run */
};

struct census {
	struct counted *files; /* by name */
	size_t count, room;
};

/* Take all files of the case. False after a message. Free in any case. */
bool census_take(struct census *census, const char *path);
void census_free(struct census *census);

/* Tell each file its other: by name; what is left, by content. */
bool census_match(struct census *old, struct census *new);

struct slice counted_name(const struct counted *file);

#endif
