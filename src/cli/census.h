/*
 * census.h - the files of two runs in order, and which of them are the same.
 *
 * For src/cli/diff.c and census.c. However many files a run has, memory holds a few: all else is
 * sorted in temporary files.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CENSUS_H
#define IMC_CENSUS_H

#include "casefile/sorter.h"
#include "suspect.h"

/* One file of a run, so far as two runs are compared by it. */
struct counted {
	struct slice name; /* root and path with a slash between them; borrowed */
	struct counted_head {
		uint32_t name_len, n_rules;
		int32_t score; /* millibits, when it has one */
		uint8_t status, level;
		bool has_score, has_digest;
		uint8_t sha256[32];
	} head;
	uint16_t rules[RECORD_FINDINGS_MAX]; /* that fired, ascending, each once */
};

/* The files of one run. */
struct census {
	struct spill *spill;
	struct sorter *files; /* by name */
	uint64_t count;
};

/* Take all files of the case. False after a message. Free in any case. */
bool census_take(struct census *census, const char *path);
void census_free(struct census *census);

/* Call visit for each file of either run with its other: by name; what is left, by content. Either is
 * NULL for a file that has none. Those of the old run come first, in the order of their names; those
 * that are the same in both (census_same) are passed over. False after a message. */
bool census_compare(struct census *old, struct census *new,
    void (*visit)(void *context, const struct counted *old, const struct counted *new),
    void *context);

/* Whether status, level, findings, content and name are those of the other. */
bool census_same(const struct counted *old, const struct counted *new);

bool counted_same_rules(const struct counted *old, const struct counted *new);
bool counted_same_content(const struct counted *old, const struct counted *new);

#endif
