/*
 * casefile.h - the case: one SQLite file that keeps all that a report is made of.
 *
 * For src/cli. It holds what the ranking was fed with, so that a report from the case is computed
 * as the live one was. Whoever opens a case believes nothing in it: the tables are held against our
 * own, every row is checked, and texts are refused that no scan writes. After a failure
 * casefile_why() says in a sentence what is wrong.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CASEFILE_H
#define IMC_CASEFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clue.h"
#include "description.h"
#include "evidence.h"
#include "suspect.h"

#define CASEFILE_WHY 320

struct casefile;

/* One file as it was met; the same facts as a ranking takes. Borrowed for the call. */
struct casefile_file {
	const char *root;
	struct slice path;
	enum folder folder;
	enum direction direction;
	enum status status;
	const char *reason;
	bool foreign_name, has_stat;
	uint64_t size; /* bytes on disk */
	int64_t mtime_sec;
	uint32_t mtime_nsec;
};

/* What a run was told that its ranking depends on. */
struct casefile_setup {
	enum release exchange;
	bool archive_is_control;
	bool *disabled;                  /* per rule of this program */
	bool layout, mailroot, excludes; /* what was met; whether files were left out on demand */
	unsigned shards;                 /* parts of a sharded scan; 0: it is whole */
	uint64_t shard_set;              /* bit k: part k + 1 is here */
	/* What --weights changed, in lines that src/cli writes and reads; borrowed. */
	const char *const *weights;
	size_t n_weights;
	bool no_evidence; /* no log was to be read */
	/* Sentences on files that --evidence named in vain: every part of a scan has the same. */
	const char *const *useless;
	size_t n_useless;
};

#define CASEFILE_SHARDS_MAX 62u
#define CASEFILE_CLOCK_LOCAL "local" /* clock of an artefact: of a zone that nothing told yet */

/* A place in a file where something looked for stands. Borrowed for the call. */
struct casefile_hit {
	bool is_block;      /* bytes are the hash of a block */
	struct slice bytes; /* what stands there */
	uint64_t offset;
};

/* ---- opening and closing ---- */

/* A new case, mode 0600; a file that is there already is left alone (EEXIST). NULL with errno and a
 * sentence in why[CASEFILE_WHY]. Close with casefile_close(). */
struct casefile *casefile_create(const char *path, char why[CASEFILE_WHY]);

/* An existing case, to be gone on with: an older version is brought up to date first, a transaction
 * that was cut off is undone. An empty file is a case that holds nothing yet. */
struct casefile *casefile_resume(const char *path, char why[CASEFILE_WHY]);

/* An existing case of this version, to record something in; unlike casefile_resume() it must hold
 * one. */
struct casefile *casefile_edit(const char *path, char why[CASEFILE_WHY]);

/* An existing case, read-only. Only one of an older version is written to: it is brought up to
 * date. */
struct casefile *casefile_open(const char *path, char why[CASEFILE_WHY]);

const char *casefile_why(const struct casefile *casefile);

/* Whether the file says of itself that it is a case; nothing more is known of it then. */
bool casefile_is_case(const char *path);

/* The same of an earlier version: opening it writes to it. */
bool casefile_is_old(const char *path);

/* Whether both names are the same file. */
bool casefile_is_file(const char *path, const char *other);

/* End the batch and close. False when the end could not be written. NULL is allowed. */
bool casefile_close(struct casefile *casefile);

/* Close without the batch in hand, and remove a case that casefile_create() made and into which no
 * batch was written yet. */
void casefile_abandon(struct casefile *casefile, const char *path);

/* ---- writing ---- */

/* Note what runs: before the first file, and again, complete, after the last. Evidence are the paths as
 * given, made absolute, for people and for later commands that must not write there. */
bool casefile_put_run(struct casefile *casefile, const struct run_info *run,
    const struct casefile_setup *setup, const struct summary *summary, bool complete);
bool casefile_put_evidence(struct casefile *casefile, const char *const *paths, size_t n_paths);

/* Add a file; record is NULL when nobody examined it. Files are written in batches. */
bool casefile_add_file(
    struct casefile *casefile, const struct casefile_file *file, const struct record *record);
bool casefile_add_artefact(struct casefile *casefile, const struct artefact *artefact);
/* Of the file that was added as that number (from 0), UINT64_MAX: of the whole tree. */
bool casefile_add_clue(struct casefile *casefile, uint64_t number, const struct clue *clue);
/* What a log says, and where the search for it found something: clues are made of it anew when
 * parts of a scan are merged. The log's name is as in log_set_add_at(). */
bool casefile_add_log(struct casefile *casefile, const char *root, struct slice path,
    const struct evidence *evidence);
bool casefile_add_hit(struct casefile *casefile, uint64_t number, const struct casefile_hit *hit);
/* The clock of all artefacts whose clock is CASEFILE_CLOCK_LOCAL. */
bool casefile_set_local_clock(struct casefile *casefile, const char *clock);
bool casefile_add_description(
    struct casefile *casefile, uint64_t number, const struct description *description);

/* Add a file that another case holds, unless it is here with the same content: of two contents the
 * one with the smaller digest stays, and *differs says so. *added tells whether it was added now. */
bool casefile_join_file(struct casefile *casefile, const struct casefile_file *file,
    const struct record *record, bool *added, bool *differs);
bool casefile_has_artefact(struct casefile *casefile, const struct artefact *artefact);
bool casefile_join_description(struct casefile *casefile, const char *root, struct slice path,
    const struct description *description);

/* What was computed, for people who ask with sqlite3: of one file, of all. */
bool casefile_put_suspect(struct casefile *casefile, const struct suspect *suspect);
bool casefile_put_summary(struct casefile *casefile, const struct summary *summary);

/* ---- going on with a scan that was cut off ---- */

/* Whether the case was begun by this program in the way that the setup and the run tell; its files
 * then stand for files examined now. The session is a new one: files are `known` until they are
 * taken or added again. */
bool casefile_begin_session(
    struct casefile *casefile, const struct run_info *run, const struct casefile_setup *setup);

/* The digest of a known file of this root, path, size and time that was examined, and whose
 * examination need not be repeated. False when there is none; *id then is 0 or that of a known file
 * of the same path that changed. */
bool casefile_known(
    struct casefile *casefile, const struct casefile_file *file, uint64_t *id, uint8_t sha256[32]);

/* The record of the known file, and in *status and reason[reason_size] what became of it. */
bool casefile_recall(struct casefile *casefile, uint64_t id, struct record *record,
    enum status *status, char *reason, size_t reason_size);

/* Take the known file over into this session, as if it were added now. */
bool casefile_take(struct casefile *casefile, uint64_t id);

/* Forget the known file: it is examined anew. */
bool casefile_drop(struct casefile *casefile, uint64_t id);

/* Forget all known files that are left, and count them. */
bool casefile_end_session(struct casefile *casefile, uint64_t *gone);

/* ---- salvage ---- */

/* Add what became of messages, all or none; each has its time. */
bool casefile_put_salvaged(
    struct casefile *casefile, const struct salvage_note *notes, size_t n_notes);

/* All of it in the order in which it was added, borrowed until casefile_close(). */
bool casefile_get_salvaged(
    struct casefile *casefile, const struct salvage_note **notes, size_t *n_notes);

/* ---- reading ---- */

/* Everything is borrowed until casefile_close(). */
bool casefile_get_run(struct casefile *casefile, struct run_info *run, struct casefile_setup *setup,
    struct summary *summary);
bool casefile_get_evidence(struct casefile *casefile, const char *const **paths, size_t *n_paths);
/* The lines of --weights, as the setup has them. */
bool casefile_get_weights(struct casefile *casefile, const char *const **lines, size_t *n_lines);

/* Whether the scan came to its end, interrupted in good order or not. */
bool casefile_is_complete(struct casefile *casefile);

/* Whether steps of a restart plan are recorded (plan_store.h). */
bool casefile_has_steps(struct casefile *casefile);

/* Call visit for every one in the order of adding until it returns false. False with a sentence
 * when the case cannot be believed; 0 in errno then, or the errno with which visit failed. */
bool casefile_each_file(struct casefile *casefile,
    bool (*visit)(void *context, const struct casefile_file *file, const struct record *record),
    void *context);
bool casefile_each_artefact(struct casefile *casefile,
    bool (*visit)(void *context, const struct artefact *artefact), void *context);
bool casefile_each_clue(struct casefile *casefile,
    bool (*visit)(void *context, uint64_t number, const struct clue *clue), void *context);

bool casefile_each_log(struct casefile *casefile,
    bool (*visit)(
	void *context, const char *root, struct slice path, const struct evidence *evidence),
    void *context);
bool casefile_each_hit(struct casefile *casefile,
    bool (*visit)(void *context, uint64_t number, const struct casefile_hit *hit), void *context);

/* The description of the file of that number, if the case holds one that fits its record. */
bool casefile_description(struct casefile *casefile, uint64_t number, const struct record *record,
    struct description *out);

/* Findings and clues that were left out because this program has no such rule. */
uint64_t casefile_unknown_rules(const struct casefile *casefile);

#endif
