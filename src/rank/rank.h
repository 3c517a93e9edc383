/*
 * rank.h - from examined files to suspects in rank order.
 *
 * For src/cli. Files are added in any order, one by one; the result does not depend on it. Records
 * wait in a spill, and what is sorted is sorted there; memory holds 16 bytes of each file while
 * files are added, 24 once it is finished (and 16 more for a moment), and 32 of each clue.
 * What a file scores:
 *
 *     LR = (w0 + sum over fired rules of v * w / q) * 2^clues,    score = log2 LR in millibits
 *
 * where `clues` is the sum of the factors of what logs and other files say of it, each rule once.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RANK_H
#define IMC_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "casefile/spill.h"
#include "rank/constants.h"
#include "suspect.h"

#define RANKING_CLUES_MAX 64 /* of one file that are shown: the weightiest */

struct ranking_options {
	const struct rule *const *rules; /* rules_all(); outlives the ranking */
	size_t n_rules;
	enum release exchange;             /* RELEASE_UNKNOWN: not named */
	const bool *disabled;              /* per rule; NULL: none. Outlives the ranking */
	bool archive_is_control;           /* Archive folders hold healthy mail: they measure q */
	const struct constants *constants; /* NULL: the usual ones. Outlives the ranking */
	size_t sort_memory; /* bytes for each sorting, 0: the usual; changes no result */
};

/* One file as it was met; borrowed for the call. */
struct ranked_file {
	const char *root;
	struct slice path;
	enum folder folder;
	enum direction direction;
	enum status status;
	const char *reason; /* why failed or excluded, "" otherwise */
	bool foreign_name;
	bool has_stat;     /* size and mtime_sec hold */
	uint64_t size;     /* bytes on disk */
	int64_t mtime_sec; /* UTC */
};

struct ranking;

/* A ranking without files. It takes the spill over, also when it returns NULL (no memory). */
struct ranking *ranking_new(const struct ranking_options *options, struct spill *spill);

/* Add a file; record is NULL when nobody examined it. One of status `missing` is known from clues
 * alone: it has a score all the same, and no part in N and in the number of files seen; its number
 * is that of the files added before it. False with errno when the spill failed or there are more
 * files than can be counted. */
bool ranking_add(
    struct ranking *ranking, const struct ranked_file *file, const struct record *record);

/* Call visit for every file added so far, in the order of adding and by its number (from 0), until
 * it returns false; before ranking_finish(). The suspect has no rank, score and level yet and lives
 * for the call, in which clues may be attached, but no file added. False with errno when the spill
 * could not be read. */
bool ranking_each(struct ranking *ranking,
    bool (*visit)(void *context, uint64_t number, const struct suspect *suspect), void *context);

/* Say of the file of that number what the clue says; before ranking_finish(). The order of calls
 * changes nothing. Of each rule the largest factor counts, for or against, and no more than the row
 * of the rule allows; clues of a rule that is switched off are passed over. A file in an Archive
 * folder is not lifted above `medium` unless one of its clues is CLUE_PLACED. Clues beyond
 * RANKING_CLUES_MAX of one file count, but are not shown. False with errno: no memory, the spill, or
 * EINVAL for a clue that is none or a file that is not there. */
bool ranking_attach(struct ranking *ranking, uint64_t number, const struct clue *clue);

/* The logs show a cause that is no message: the prior odds of "not in this tree" times two to the
 * power of the clue's factor, each enum evidence_cause once. Before ranking_finish(); the clue is
 * listed in summary.rule_outs, which the ranking owns; of one cause the four weightiest are kept.
 * False with errno. */
bool ranking_rule_out(struct ranking *ranking, const struct clue *clue);

/* For the picture alone, before ranking_finish(): the crashes that logs tell of, seconds since 1970
 * UTC, rising, of which the latest PICTURE_CRASHES are kept, and `left_out` that were before them;
 * and how far the server's clock was east of UTC. */
void ranking_crashes(struct ranking *ranking, const int64_t *utc, size_t count, uint64_t left_out);
void ranking_clock(struct ranking *ranking, int32_t seconds);

/* Weigh and order everything; call once, after the last file. Fills the counts, not_in_tree,
 * manifest, bytes, findings_cut, clues, rule_outs and arithmetic of *summary and leaves its other
 * fields. `seen` counts what was met, so not the missing. False with errno. */
bool ranking_finish(struct ranking *ranking, struct summary *summary);

/* Call visit for every file in rank order until it returns false; the suspect lives for the call.
 * False with errno when the spill could not be read. */
bool ranking_walk(struct ranking *ranking,
    bool (*visit)(void *context, const struct suspect *suspect), void *context);

/* The root of all files when they have only one: suspects then show "" instead. NULL otherwise.
 * Borrowed. */
const char *ranking_only_root(const struct ranking *ranking);

/* NULL is allowed. */
void ranking_free(struct ranking *ranking);

#endif
