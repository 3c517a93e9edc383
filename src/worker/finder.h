/*
 * finder.h - look for many byte strings and blocks in one pass over a file.
 *
 * For src/worker only. Time is linear in the file whatever is wanted: one automaton (Aho and
 * Corasick, 1975) for all needles, one table for all blocks. What is wanted twice in a file counts
 * once, at its first place.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FINDER_H
#define IMC_FINDER_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"
#include "wanted.h"

struct finder;

/* An automaton for the list, which is not kept: at most 3 MB. NULL without memory, or when the
 * list is out of its bounds. Free with finder_free(). */
struct finder *finder_new(const struct wanted *wanted);
void finder_free(struct finder *finder);

/* Begin a file; then its bytes, in pieces of whole blocks but for the last. */
void finder_begin(struct finder *finder);
void finder_feed(struct finder *finder, struct slice bytes);

/* The hits in the order that wanted_hits_valid() asks for; returns how many stand in hits[].
 * *n_found: things found; the first WANTED_HITS_EACH needles and as many blocks are told. */
uint32_t finder_hits(
    const struct finder *finder, struct search_hit hits[WANTED_HITS_MAX], uint32_t *n_found);

#endif
