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
 * FIRED_WEAK when all findings of the rule are weak. Returns how many. */
uint16_t score_fired(
    const struct record *record, size_t n_rules, const bool *disabled, uint16_t *out);

/* q of every rule, from the tally. */
void score_settle_q(struct ranking *ranking);

/* LR of the file; at most LEVEL_CAP_RATIO where the design allows no more than `low`. */
double score_ratio(const struct ranking *ranking, const struct ranked *file);

/* Millibits that a finding of this rule is worth in this file by itself. */
int32_t score_finding_bits(
    const struct ranking *ranking, const struct ranked *file, const struct finding *finding);

/* W: the sum of the weights of all causes that were looked for. */
double score_total_weight(const struct ranking *ranking);

#endif
