/*
 * clue_order.h - which of two clues comes first; never by the order in which they came.
 *
 * For src/rank alone. All functions but the hash are comparisons for qsort().
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RANK_CLUE_ORDER_H
#define IMC_RANK_CLUE_ORDER_H

#include <stdint.h>

#include "slice.h"

/* Of struct clue_entry: by file, rule, and the weightiest first. */
int clue_order_weighed(const void *a, const void *b);

/* Of struct clue_entry, those of one file: the ones that count, then the others; the weightiest
 * first. */
int clue_order_shown(const void *a, const void *b);

/* Of struct clue: by rule, and the weightiest first. */
int clue_order_of_rule(const void *a, const void *b);

/* Of struct clue: the weightiest first, then as the logs have them. */
int clue_order_counted(const void *a, const void *b);

/* FNV-1a. */
uint64_t clue_order_hash(struct slice bytes);

#endif
