/*
 * keep.h - what a scan finds, kept in the case that --case names.
 *
 * For src/cli. Without --case every call does nothing and succeeds.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_KEEP_H
#define IMC_KEEP_H

#include "casefile/casefile.h"
#include "cli/results.h"

struct keep {
	struct casefile *casefile; /* NULL: no --case */
	const char *path;
	struct casefile_setup setup;
	char **weights;             /* lines of the setup */
	uint64_t n_changed, n_gone; /* examined anew, no longer in the tree */
	struct record *record;      /* the one recalled last */
	char reason[RECORD_STRING_MAX + 1];
};

/* Whether --case, --resume and -o go together, and the case would lie outside the evidence. False
 * after a message. */
bool keep_allowed(const struct options *options, const struct results *results);

/* Create or go on with the case; the run's own facts so far are in results->run. False after a
 * message. */
bool keep_open(struct keep *keep, const struct options *options, const struct results *results);

/* A file of a case, as a ranking takes it; borrows from it. */
struct ranked_file keep_ranked(const struct casefile_file *file);

/* Whether the case knows this file as it is now, and by what digest to make sure; *id then, and also
 * when it changed, names it. */
bool keep_knows(struct keep *keep, const struct ranked_file *file, uint32_t mtime_nsec,
    uint64_t *id, uint8_t sha256[32]);

/* What was found in the known file, and what became of it; NULL with a message in casefile_why(). */
const struct record *keep_recall(struct keep *keep, uint64_t id, enum status *status);

/* Keep a file: as one that is known (id, unless it changed) or as a new one. False: see
 * casefile_why(). */
bool keep_known(struct keep *keep, uint64_t id);
bool keep_file(struct keep *keep, const struct ranked_file *file, uint32_t mtime_nsec, uint64_t id,
    const struct record *record);

/* What a log of that name says (log_set_add_at). */
bool keep_log(
    struct keep *keep, const char *root, struct slice path, const struct evidence *evidence);

/* A place in the file of that number where the search found something. */
bool keep_hit(struct keep *keep, uint64_t number, const struct casefile_hit *hit);

/* Of the file that was kept as that number (from 0), UINT64_MAX: of the whole tree. */
bool keep_clue(struct keep *keep, uint64_t number, const struct clue *clue);

/* All files were met: what is known and was not met is forgotten. False after a message. */
bool keep_met_all(struct keep *keep);

/* The rest: artefacts; what was computed, and the run as it ended. False after a message. */
bool keep_artefacts(struct keep *keep, const struct results *results);
bool keep_results(struct keep *keep, struct results *results);

/* Say why the case cannot be written; false. */
bool keep_failed(const struct keep *keep);

/* Close. With `whole` false the batch in hand is lost, and a case that has no batch is removed. False
 * after a message. */
bool keep_close(struct keep *keep, bool whole);

#endif
