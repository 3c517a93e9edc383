/*
 * weights.h - the numbers of the ranking as a file: printed, read, told in reports.
 *
 * For src/cli. The file is a GKeyFile, and `rules --weights` prints one:
 *
 *     [weights]             names of rank/constants.h
 *     w-loop=0.0078125
 *     [evidence]            ids of rules of class evidence, bits
 *     evidence-event-file=8
 *     [clues]               names of correlate/factors.h, bits or shares
 *     clue-stuck=6
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CLI_WEIGHTS_H
#define IMC_CLI_WEIGHTS_H

#include <stdbool.h>

#include "correlate/factors.h"
#include "rank/constants.h"
#include "suspect.h"

struct weights {
	struct constants constants;
	int32_t *factors;               /* millibits per rule; constants.factors */
	int32_t clues[FACTOR_COUNT];    /* as factors.h says */
	struct changed_weight *changed; /* those that differ from the usual ones */
	size_t n_changed, changed_room;
	const char *file; /* as given; borrowed */
	char sha256[65];
};

/* Read the file; NULL after a message that names what is wrong in it. Free with weights_free(). */
struct weights *weights_read(const char *file);

/* As lines for a case, and back from one that anybody may have written. NULL for no weights, without
 * memory, or when the lines are none of ours; free each line and the list. */
char **weights_lines(const struct weights *weights, size_t *count);
struct weights *weights_recall(const char *const *lines, size_t count);

/* The constants to rank by: NULL for no weights. */
const struct constants *weights_constants(const struct weights *weights);

/* What clues are weighed by, FACTOR_COUNT numbers; NULL for no weights. */
const int32_t *weights_factors(const struct weights *weights);

/* Tell a report of them; nothing for NULL. */
void weights_tell(const struct weights *weights, struct run_info *run);

/* The usual numbers to stdout, as such a file or as JSON. */
void weights_print(bool json);

/* NULL is allowed. */
void weights_free(struct weights *weights);

#endif
