/*
 * clues.h - what logs and other files say of the files of a tree.
 *
 * For src/rank alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RANK_CLUES_H
#define IMC_RANK_CLUES_H

#include "rank/tree.h"

/* Add up the factors of each file. Once, after the last clue. False with ENOMEM. */
bool clues_settle(struct ranking *ranking);

/* The clues of that file after clues_settle(), or NULL. */
const struct clued *clues_of(const struct ranking *ranking, uint32_t file);

/* Fetch the clues of that file from the spill, then hand them out. False with errno. */
bool clues_read(struct ranking *ranking, uint32_t file);
void clues_show(const struct ranking *ranking, uint32_t file, struct suspect *suspect);

/* List the rule-outs in *summary; the millibits that they add to the odds of h, bounded. */
int32_t clues_rule_outs(struct ranking *ranking, struct summary *summary);

void clues_free(struct clue_index *clues);

#endif
