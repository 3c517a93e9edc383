/*
 * sorter.h - items brought in order, however many: what memory does not hold waits in a spill.
 *
 * For src/rank and src/cli. Add all items, then take them in order. Memory holds the bytes that the
 * sorter was given (SORTER_MEMORY, say) and one item of each run that it wrote; no result depends on
 * how many these are.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SORTER_H
#define IMC_SORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "casefile/spill.h"
#include "slice.h"

#define SORTER_MEMORY (4u << 20) /* bytes: enough for any number of items */

struct sorter;

/* <0, 0, >0; items that are equal come in any order, so leave none that differ elsewhere. */
typedef int sorter_compare(const void *context, struct slice a, struct slice b);

/* An empty sorter that needs `memory` bytes, and a file beside the spill once there is more; the
 * spill is borrowed until sorter_free(). NULL with errno. */
struct sorter *sorter_new(
    const struct spill *spill, size_t memory, sorter_compare *compare, const void *context);

/* Add the pieces as one item. False with errno. */
bool sorter_add(struct sorter *sorter, const struct slice *pieces, size_t n_pieces);

/* The least item that is left, borrowed until the next call: 1; none is left: 0; -1 with errno. No
 * item may be added afterwards. */
int sorter_next(struct sorter *sorter, struct slice *item);

/* NULL is allowed. */
void sorter_free(struct sorter *sorter);

#endif
