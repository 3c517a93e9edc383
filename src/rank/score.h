/*
 * score.h - the score of one file from the rules that fired.
 *
 * For src/rank alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RANK_SCORE_H
#define IMC_RANK_SCORE_H

#include "rank/tree.h"

/* The rules that fired in a record, ascending and once each, into out (n_rules numbers): with
 * FIRED_WEAK when all findings of the rule are weak. Silent ones never fire. Returns how many. */
uint16_t score_fired(
    const struct record *record, size_t n_rules, const bool *silent, uint16_t *out);

/* q of every rule, from the tally. */
void score_settle_q(struct ranking *ranking);

/* LR of the file by its findings alone; at most cap_minor where the design allows no more than
 * `low`. */
double score_ratio(
    const struct ranking *ranking, const struct ranked *file, const struct entry *entry);

/* Fill score and level; the LR with its clues. `clued` is NULL for a file that nothing speaks of. */
double score_file(const struct ranking *ranking, struct ranked *file, const struct entry *entry,
    const struct clued *clued);

/* Millibits that a finding of this rule is worth in this file by itself, and what they are made
 * of. */
int32_t score_finding_bits(const struct ranking *ranking, const struct ranked *file,
    const struct finding *finding, struct terms *terms);

/* W: the sum of the weights of all causes that were looked for. */
double score_total_weight(const struct ranking *ranking);

#endif
