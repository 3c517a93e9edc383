/*
 * merge.h - parts of a sharded scan on their way into one case.
 *
 * For src/cli/merge.c and merge_parts.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_MERGE_H
#define IMC_MERGE_H

#include "cli/collect.h"
#include "cli/corroborate.h"
#include "cli/keep.h"
#include "cli/options.h"
#include "cli/recall.h"

struct merging {
	struct keep keep;       /* of the case that is made */
	struct recall first;    /* what all parts must agree in; stays open */
	struct recall *part;    /* being joined */
	struct results results; /* of all parts */
	struct collect counts;  /* for the notes, and to join the logs with the files */
	struct corroboration corroboration;
	uint64_t n_differ;
	uint64_t n_added;  /* files of the case that is made, by the numbers of their clues */
	char **roots;      /* of the run: pointers of ours */
	uint64_t *numbers; /* there, of each file of the part; UINT64_MAX: it is not taken */
	size_t n_numbers, numbers_room;
	struct options joined; /* how the logs are joined with all files */
	bool failed;           /* the message is said */
};

/* Take all parts that the options name into the case, the first of which is recalled already. False
 * after a message. */
bool merge_parts(struct merging *merging, const struct options *options);

#endif
