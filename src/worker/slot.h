/*
 * slot.h - the memory that a worker and the parent share: one record, and how far the worker got.
 *
 * For src/worker only. The parent believes nothing in it: it copies, then validates the copy,
 * because a worker taken over by a message could change it at any time.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SLOT_H
#define IMC_SLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "description.h"
#include "evidence.h"
#include "record.h"
#include "salvage.h"
#include "wanted.h"

#define SLOT_RECORDS 16u               /* messages that a worker may have before it, at most */
#define SLOT_OUT_OF_MEMORY 0x4d454d30u /* marker: "MEM0" */

/* What a worker answers about a file that is no message: TASK_LOG, TASK_SEARCH. */
struct slot_answer {
	uint64_t job;
	uint64_t size;            /* bytes read */
	int32_t error;            /* errno: it could not be read */
	uint32_t changed;         /* 1: while it was read */
	uint32_t kind;            /* TASK_LOG: enum log_kind; read when log_is_read() says so */
	uint32_t n_hits, n_found; /* TASK_SEARCH: as finder_hits() says */
	uint8_t sha256[32];       /* of a file that was read whole */
	struct search_hit hits[WANTED_HITS_MAX];
};

struct slot {
	volatile uint32_t marker; /* SLOT_OUT_OF_MEMORY, or 0 */
	volatile uint32_t stage;  /* as of examine_stage_name() */
	uint64_t hashed_mark;     /* slot_job_mark() of the job whose digest stands here; 0: none */
	uint64_t hashed_size;     /* bytes */
	uint8_t sha256[32];
	volatile uint64_t in_hand; /* slot_job_mark() of the job begun last; 0: none */
	struct slot_answer answer;
	struct record record;                   /* place 0 */
	struct record behind[SLOT_RECORDS - 1]; /* of jobs that wait behind one another */
};

/* The record of a place below SLOT_RECORDS. */
struct record *slot_record(struct slot *slot, uint32_t place);

/* A number that is never 0 for a job; job numbers count from 0. */
uint64_t slot_job_mark(uint64_t job);

/* Shared with the child of the next fork only (slot_lend). NULL and errno on failure. */
struct slot *slot_new(void);
void slot_free(struct slot *slot);

/* Whether children forked from now on see the slot. */
bool slot_lend(struct slot *slot, bool lend);

/* The same for a description, in memory of its own: only `imcscan explain` has one. */
struct description *slot_new_description(void);
void slot_free_description(struct description *description);
bool slot_lend_description(struct description *description, bool lend);

/* And for what a log says: only scans with logs have it. 4 MB, of which a worker that reads no log
 * touches nothing. */
struct evidence *slot_new_evidence(void);
void slot_free_evidence(struct evidence *evidence);
bool slot_lend_evidence(struct evidence *evidence, bool lend);

/* And for the hashes of all blocks: only parts of a scan have it. 4 MB, of which a file touches what
 * it fills. */
struct block_hashes *slot_new_hashes(void);
void slot_free_hashes(struct block_hashes *hashes);
bool slot_lend_hashes(struct block_hashes *hashes, bool lend);

/* The new mail of TASK_SALVAGE and its account: only pools that salvage have it. Pages come when they
 * are written to. */
struct salvage_area {
	struct salvage account;
	unsigned char mail[]; /* SALVAGE_ROOM bytes */
};

struct salvage_area *slot_new_salvage(void);
void slot_free_salvage(struct salvage_area *area);
bool slot_lend_salvage(struct salvage_area *area, bool lend);

/* Parent: give the pages back; the area is empty then. NULL is allowed. */
void slot_empty_salvage(struct salvage_area *area);

/* Parent: forget the last job; or only the record of a place, while the worker is at another. */
void slot_clear(struct slot *slot);
void slot_clear_record(struct slot *slot, uint32_t place);

/* Parent: the worker's record of that job, at that place, in *out if it is valid; out is undefined
 * otherwise. */
bool slot_fetch(
    struct slot *slot, uint32_t place, uint64_t job, size_t n_rules, struct record *out);

/* The same for the answer about a log or a search, and for what the log says. */
bool slot_fetch_answer(const struct slot *slot, uint64_t job, struct slot_answer *out);
bool slot_fetch_evidence(
    const struct evidence *evidence, const struct slot_answer *answer, struct evidence *out);

/* The hashes of all blocks of the file that was searched; false: they are not that many. */
bool slot_fetch_hashes(
    const struct block_hashes *hashes, const struct slot_answer *answer, struct block_hashes *out);

/* The same for a new mail: the account in *out, which the mail's length is part of. */
bool slot_fetch_salvage(
    const struct salvage_area *area, const struct slot_answer *answer, struct salvage *out);

/* Whether logs of that kind are read, not only recognised. */
bool log_is_read(uint32_t kind);

#endif
