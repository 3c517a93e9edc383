/*
 * collect.h - walk the evidence, have every message examined, and add it to the ranking.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_COLLECT_H
#define IMC_COLLECT_H

#include "cli/artefacts.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/reading.h"
#include "rank/rank.h"
#include "worker/pool.h"

struct keep;    /* the case of a scan */
struct pending; /* a file in a worker's hands */
struct unpack;  /* worker/unpack.h */

struct collect {
	const struct options *options;
	struct pool *pool;
	struct ranking *ranking;
	struct progress progress;
	struct artefacts *artefacts; /* of the results, as the ranking */
	struct pending *pending;
	size_t n_pending, pending_room;
	uint64_t next_job;
	struct reading reading; /* of logs */
	struct search *search;  /* while one runs */
	uint64_t n_added;       /* files of the ranking so far */
	const char *spill_dir;  /* where the ranking keeps what was found, as told in errors */
	const char *prefix;     /* of roots, when several paths are scanned; else "" */
	char **roots;           /* Imcdata folders found, with their prefix */
	size_t n_roots;
	uint64_t n_messages;            /* message files met, whatever became of them */
	uint64_t n_examined, n_lf_only; /* of them examined, and without any CRLF */
	bool layout, mailroot, atime_may_change;
	int error;                    /* errno that ended the collecting, 0: none */
	const char *doing;            /* what failed then */
	struct keep *keep;            /* the case */
	struct unpack *unpack;        /* reads archives; the scan's */
	struct met_archive *archives; /* in the order of their paths */
	size_t n_archives;
	struct archive_lines *archive_lines; /* as told to the run */
	const struct run_info *part;         /* of a merge: it has noted what archives are like */
};

/* An archive among the paths. */
struct met_archive {
	const char *path; /* as given */
	struct walk_archive about;
};

/* Called by the pool; context is the struct collect. */
void collect_done(void *context, const struct record *record);

/* Walk one path. False after a message: the path cannot be walked, or collecting failed. An
 * interrupt is no failure. */
bool collect_path(struct collect *collect, const char *path, bool only_path);

/* Wait for the files in hand. False after a message. */
bool collect_finish(struct collect *collect);

/* For those who collect by other ways (reading.c, search.c): keep errno as what ended it, `doing` as
 * what failed then. False. */
bool collect_failed(struct collect *collect, const char *doing);

/* `doing` when the case failed, which says itself why. */
extern const char collect_in_case[];

/* A file as the walk met it. */
struct ranked_file collect_met(const struct walk_entry *entry, const char *root);

/* False after a message when collecting failed. */
bool collect_report(const struct collect *collect);

/* Everything but pool, ranking and artefacts. */
void collect_free(struct collect *collect);

#endif
