/*
 * plan_store.h - what the restart plan takes from a case, and keeps in it.
 *
 * For src/cli. Only files of the queue take part: In and Out, and In\Temp and Out\Temp, where
 * Q168883 has the administrator put what is kept out. What lies in Archive, Work, Pickup and
 * elsewhere is never put in place by a plan. All text read is hostile. After a failure
 * plan_store_why() says in a sentence what is wrong.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_STORE_H
#define IMC_PLAN_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "folder.h"
#include "slice.h"

#define PLAN_STORE_WHY 320

struct plan_store;

/* A file of the queue. Texts belong to the plan_candidates. */
struct plan_candidate {
	struct slice root, path; /* as in struct suspect */
	enum folder folder;      /* in, out, in-temp or out-temp */
	double probability;      /* 0 when it was not ranked */
	const char *level;       /* name, or "" */
	uint64_t size;           /* bytes, 0 when not known */
	uint64_t rank;           /* 0: none */
	bool only_root;          /* all have this root: it is left out of names, as in reports */
};

/* Ordered by root and path. */
struct plan_candidates {
	struct plan_candidate *list;
	size_t n;
	double not_in_tree;
	uint64_t elsewhere; /* files of other folders, which take no part */
	char *text;         /* what the slices point into */
};

/* A recorded outcome, or a confirmed file ("confirmed"). */
struct plan_record {
	uint64_t step; /* number of the row, from 1 */
	char time[24]; /* "2001-03-05T20:07:51Z" */
	char action[16], outcome[16];
	char *detail; /* JSON: whoever reads it believes nothing */
};

struct plan_records {
	struct plan_record *list;
	size_t n;
};

/* An existing case; `write` when something is to be recorded. NULL with a sentence in
 * why[PLAN_STORE_WHY]. */
struct plan_store *plan_store_open(const char *path, bool write, char why[PLAN_STORE_WHY]);
void plan_store_close(struct plan_store *store); /* undoes a transaction that was not ended */

/* Paths of the evidence, below which nothing is written; borrowed until plan_store_close(). */
bool plan_store_evidence(struct plan_store *store, const char *const **paths, size_t *n_paths);
/* What --weights changed for the scan, in lines for weights_recall(); of the store. */
bool plan_store_weights(struct plan_store *store, const char *const **lines, size_t *n_lines);

const char *plan_store_why(const struct plan_store *store);

/* Free with plan_candidates_free(), plan_records_free(), after a failure, too. */
bool plan_store_candidates(struct plan_store *store, struct plan_candidates *out);
bool plan_store_records(struct plan_store *store, struct plan_records *out);
void plan_candidates_free(struct plan_candidates *candidates);
void plan_records_free(struct plan_records *records);

/* From begin to commit nobody else records anything: what is read between holds until then. */
bool plan_store_begin(struct plan_store *store);
bool plan_store_commit(struct plan_store *store);

/* Add the row after the last one; the time is given. */
bool plan_store_append(struct plan_store *store, const struct plan_record *record);

/* The file, noted as culprit; there may be a note already. */
bool plan_store_confirm(struct plan_store *store, struct slice root, struct slice path,
    const char *time, const char *note);

/* Remove the last row; of a confirmed file (root, path) its note, too. */
bool plan_store_undo(struct plan_store *store, uint64_t step);
bool plan_store_unconfirm(struct plan_store *store, struct slice root, struct slice path);

#endif
