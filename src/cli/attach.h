/*
 * attach.h - what is learnt of files from elsewhere: into the ranking, and into the case that keeps
 * the run.
 *
 * For src/cli/corroborate.c and tornfiles.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ATTACH_H
#define IMC_ATTACH_H

#include "cli/keep.h"
#include "rank/rank.h"

struct attach {
	struct ranking *ranking;
	struct keep *keep;
	bool told; /* the case failed, and the message is said */
};

/* Each as its namesake of rank.h; a place goes into the case alone. False with errno, or told. */
bool attach_clue(struct attach *attach, uint64_t number, const struct clue *clue);
bool attach_place(struct attach *attach, uint64_t number, const struct casefile_hit *hit);
bool attach_rule_out(struct attach *attach, const struct clue *clue);
bool attach_missing(struct attach *attach, const struct ranked_file *file);

#endif
