/*
 * search.h - a second pass over the files that were examined: look for byte strings and blocks.
 *
 * For src/cli. It opens every message again; run it only when there is something to look for.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SEARCH_H
#define IMC_SEARCH_H

#include "cli/collect.h"
#include "wanted.h"

/* Something was found in a file, or the pool hashes blocks; it is known to the ranking by that number
 * (ranking_each); hits as pool_hits_done says. Called in no promised order: what is made of it must not depend on one. */
typedef void search_found(void *context, const struct ranked_file *file, uint64_t number,
    const struct search_hit *hits, uint32_t n_hits, uint32_t n_found);

/* A file that the ranking knows was not searched: it is gone, is another now, or could not be read.
 * False: there is no use in telling of more. */
typedef bool search_left(void *context, uint64_t number);

/* What became of the files that were examined before. */
struct searched {
	uint64_t n_searched;
	uint64_t n_left;   /* size or time are others now, or it is gone */
	uint64_t n_failed; /* could not be read, or the worker died over them */
};

/* Search every file below the paths that collect_path() walked; after collect_finish(), before the
 * pool is freed. False after a message. An interrupt is no failure; after one no file is told to be left.
 * `left` may be NULL. */
bool collect_search(struct collect *collect, const char *const *paths, size_t n_paths,
    const struct wanted *wanted, search_found *tell, search_left *left, void *context,
    struct searched *result);

/* Called by the pool; context is the struct collect. */
void search_done(void *context, const struct pool_outcome *outcome, const struct search_hit *hits,
    uint32_t n_hits, uint32_t n_found);

#endif
