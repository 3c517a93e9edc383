/*
 * examine.h - one message from bytes to a flat record: parsers, then rules, then the record.
 *
 * For src/worker and for tests and fuzzers, which call it in their own process. Never for src/cli:
 * the program examines in confined workers only (pool.h).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_EXAMINE_H
#define IMC_EXAMINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "description.h"
#include "folder.h"
#include "message.h"
#include "record.h"
#include "worker/input.h"

struct examiner;

/* Make ready what cannot be made ready in the sandbox: the C locale, UTC, GSlice off, OpenSSL
 * without its configuration file, and each parser's warm(). Once for a process; later calls do
 * nothing. NULL, or the name of what could not be had. Call before anything else touches GLib. */
const char *examine_warm(void);

/* What examining needs from file to file, at most `memory` bytes of model a message. `disabled` (a
 * flag for each rule, or NULL) is borrowed. `exhausted` (may be NULL) runs before the abort() that
 * ends a process out of memory. NULL when it cannot be had. Free with examiner_free(). */
struct examiner *examiner_new(size_t memory, const bool *disabled, void (*exhausted)(void));
/* How much of a message is looked at from now on. */
void examiner_limit(struct examiner *examiner, const struct limits_set *limits);

void examiner_free(struct examiner *examiner);

/* Write the number of the parser that is running to *stage, for those who watch from outside; 0 in
 * between, examine_stage_name() tells the rest. NULL: nobody watches. */
void examiner_watch(struct examiner *examiner, volatile uint32_t *stage);
const char *examine_stage_name(uint32_t stage); /* "" for 0 or when out of range */

/* The buffer that the examiner reads files into. */
struct input *examiner_input(struct examiner *examiner);

/* Its arena, for other readers between two messages; empty until then. */
struct arena *examiner_arena(struct examiner *examiner);

/* Examine what examiner_input() holds. Everything of the record is written but job, mtime and
 * unused room. */
void examine_input(
    struct examiner *examiner, enum folder folder, enum direction direction, struct record *record);

/* The same for bytes in memory, which are borrowed for the call; job is set to 0. */
void examine_bytes(struct examiner *examiner, struct slice bytes, enum folder folder,
    enum direction direction, struct record *record);

/* The same when they are only the beginning of a file of `size` bytes: the record is of a file parsed in part. */
void examine_head(struct examiner *examiner, struct slice bytes, uint64_t size, enum folder folder,
    enum direction direction, struct record *record);

/* Only read what examining would judge, by those parsers that structure, text and attachments come
 * from: what the others die of does no harm. The message lives until the examiner is used again. */
const struct message *examine_read(
    struct examiner *examiner, enum folder folder, enum direction direction);

/* The arena of the message read last, for those who make something of it. */
struct arena *examine_arena(struct examiner *examiner);

/* Describe the message examined last, of which this is the record. */
void examine_describe(
    struct examiner *examiner, const struct record *record, struct description *description);

/* Free what the last file took; large buffers go back to the system. */
void examiner_reset(struct examiner *examiner);

#endif
