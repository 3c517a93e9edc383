/*
 * record.h - what a worker answers about one file: flat, pointer-free, of fixed size.
 *
 * For src/worker (writes and validates), src/casefile (spills), src/rank and src/report (read).
 * Strings are {offset,len} into `pool` and hostile bytes; a record is believed only after
 * record_valid(). Code: src/base/record.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RECORD_H
#define IMC_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "finding.h"
#include "slice.h"
#include "torn.h"

#define RECORD_MAGIC 0x31434d49u /* "IMC1" */
#define RECORD_FINDINGS_MAX 400
#define RECORD_RECIPIENTS_MAX 100
#define RECORD_POOL 65536
#define RECORD_TORN_MAX 8      /* blocks after a tear whose owner is looked for */
#define RECORD_STRING_MAX 1024 /* longer strings are cut, `cut` is set */

/* What became of a file; the names are part of schema 1. A worker answers the first four. */
enum status {
	STATUS_EXAMINED,
	STATUS_PARTIAL,
	STATUS_CHANGED,
	STATUS_FAILED,
	STATUS_EXCLUDED,
	STATUS_MISSING,
	STATUS_COUNT
};

/* "examined" … "missing", and the status of that name: STATUS_COUNT for any other, and for NULL. */
const char *status_name(enum status status);
enum status status_by_name(const char *name);

/* A string of the record: hostile bytes in its pool. */
struct text_ref {
	uint32_t offset; /* bytes into pool */
	uint16_t len;    /* bytes kept */
	uint16_t cut;    /* 1: the original is longer */
};

/* A block that seems to belong to another file: it follows a tear. */
struct torn_block {
	uint64_t offset; /* bytes, a multiple of TORN_BLOCK */
	uint64_t hash;   /* torn_hash() of what stands there */
};

/* The answer itself. */
struct record {
	uint32_t magic;
	uint32_t size;      /* bytes of the packed form: record_packed_size() */
	uint64_t job;       /* the parent's number for the file */
	uint32_t status;    /* enum status: examined, partial, changed or failed */
	int32_t error;      /* errno when failed */
	uint64_t file_size; /* bytes read */
	int64_t mtime_sec;  /* of the descriptor, UTC; the parent fills it */
	uint32_t mtime_nsec;
	uint8_t sha256[32];
	uint64_t body_hash;       /* of the text after the root header block; 0: empty */
	uint64_t message_id_hash; /* of the Message-ID, 0: none */
	uint32_t has_envelope, has_mail_from, has_from, has_subject, has_message_id;
	uint64_t filetime; /* envelope, 100 ns since 1601, local; 0: none */
	struct text_ref mail_from, mts_id, from, subject, message_id;
	uint32_t n_rcpt_total, n_rcpt; /* met and kept */
	struct text_ref rcpt[RECORD_RECIPIENTS_MAX];
	uint32_t n_findings_total, n_findings;
	uint32_t pool_len;
	uint32_t flags;       /* RECORD_* below */
	int64_t received_sec; /* UTC, of the topmost dated Received field; INT64_MIN: none */
	uint32_t n_torn;
	struct torn_block torn[RECORD_TORN_MAX];
	struct finding findings[RECORD_FINDINGS_MAX];
	unsigned char pool[RECORD_POOL];
};

#define RECORD_LF_ONLY 1u /* whole-tree facts that ranking uses */
#define RECORD_NO_ENVELOPE 2u
#define RECORD_GMIME_SKIPPED 4u
#define RECORD_PARTS_CUT 8u   /* partial: parts too many or too deep to be followed */
#define RECORD_FIELDS_CUT 32u /* partial: fields, parameters or addresses too many to be kept */
#define RECORD_UNPARSED 16u   /* the digest is the one that the job named: nothing else was done */

/* Whether every count, length, offset, rule index and string of a record that another process wrote
 * is in range. n_rules bounds the rule indices. Reads nothing outside the struct. */
bool record_valid(const struct record *record, uint64_t job, size_t n_rules);

/* Add bytes to the pool, cut at RECORD_STRING_MAX or at what is left. */
struct text_ref record_text(struct record *record, struct slice s);

/* The bytes of a reference; lives as long as the record. */
struct slice record_slice(const struct record *record, struct text_ref ref);

/* A packed form without the unused room: size in bytes, write, and read back.
 * record_unpack returns false and leaves out undefined when the bytes are no packed record. */
size_t record_packed_size(const struct record *record);
void record_pack(const struct record *record, unsigned char *out);
bool record_unpack(struct slice packed, struct record *out);

#endif
