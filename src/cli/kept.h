/*
 * kept.h - what a case keeps of the search through the files, so that a merge can search again.
 *
 * For src/cli/corroborate.c. A needle that was found is kept as it is. Of blocks, a part of a scan
 * keeps the hashes of all that its files have, for it cannot know which the torn files of other
 * parts ask for; a whole scan keeps those that it looked for. A file that could not be searched has
 * a run of no blocks.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_KEPT_H
#define IMC_KEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/attach.h"
#include "wanted.h"

/* Keep what was found in a file; hashes of all its blocks, or NULL. False as attach_place(). */
bool kept_put(struct attach *attach, uint64_t number, const struct wanted *wanted,
    const struct search_hit *hits, uint32_t n_hits, const struct block_hashes *hashes);
bool kept_put_unsearched(struct attach *attach, uint64_t number);

/* Something wanted stands in a file. */
typedef bool kept_found(void *context, uint64_t number, const struct search_hit *hit);

/* Look for what is wanted in all that the case keeps; *n_unsearched: files that were not searched.
 * False with a sentence of the case, without memory (errno), or when tell() said so. */
bool kept_search(struct casefile *casefile, const struct wanted *wanted, kept_found *tell,
    void *context, uint64_t *n_unsearched);

#endif
