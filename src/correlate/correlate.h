/*
 * correlate.h - what logs say of the files of a tree: joins, and clues made of them.
 *
 * For src/cli. Pure: no I/O, no clock. In this order:
 *
 *     correlation_new()       all logs are read
 *     correlation_add()       every file of the tree, in the order of its number
 *     correlation_finish()    joins; says which bytes to search for
 *     correlation_search()    each place where they stand
 *     correlation_settle()    also without any; then what it found may be asked for
 *
 * Memory: 48 bytes a file, and 48 more while times are sorted, of at most CORRELATE_FILES_MAX; for
 * the logs at most 0.6 KB an item or name, which log_set bounds; and 0.9 KB for each of at most
 * CORRELATE_CLUES_MAX clues. Of a file no string is kept. Time is linear in files and items, but
 * for sorting.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CORRELATE_H
#define IMC_CORRELATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "correlate/factors.h"
#include "correlate/logs.h"
#include "suspect.h"

#define CORRELATE_FILES_MAX 4194304u /* later ones are joined with nothing, and counted */
#define CORRELATE_CLUES_MAX 32768u
#define CORRELATE_SAME_MAX 8 /* clues of one rule for one file */
#define CORRELATE_MISSING_MAX 64
#define CORRELATE_NEEDLES_MAX 256
#define CORRELATE_NEEDLE_MIN 12 /* bytes */
#define CORRELATE_NEEDLE_MAX 64
#define CORRELATE_NAME_MAX 64

struct correlation_options {
	bool has_timezone;
	int32_t timezone; /* seconds east of UTC of the server's clock */
	/* Instead of one offset: that of the clock when it showed this local time; NULL: none. */
	int32_t (*zone)(void *context, int64_t local);
	void *zone_context;
	bool archive_is_control;
	const int32_t *factors; /* FACTOR_COUNT of them; NULL: as the table says */
};

/* A file that logs name and the tree lacks. */
struct correlation_missing {
	char name[CORRELATE_NAME_MAX]; /* as the log spells it, printable ASCII, NUL-terminated */
	enum folder folder;            /* by the direction of what names it; OTHER: not known */
	size_t n_clues;
};

struct correlation;

/* The logs, finished, outlive it. NULL with errno (ENOMEM). */
struct correlation *correlation_new(
    const struct log_set *logs, const struct correlation_options *options);
void correlation_free(struct correlation *correlation); /* NULL is allowed */

/* All that was to be asked about files is: their part of the memory goes. What is left to ask for are
 * the clocks and notes. */
void correlation_forget_files(struct correlation *correlation);

/* A file of the tree, as ranking_each() shows it; numbers count from 0 without a gap. False with
 * errno: ENOMEM, EINVAL for a number out of turn. */
bool correlation_add(
    struct correlation *correlation, uint64_t number, const struct suspect *suspect);

/* Join; once, after the last file. False with errno (ENOMEM). */
bool correlation_finish(struct correlation *correlation);

/* Bytes to look for in all files of the tree, after correlation_finish(): 12 to 64 bytes each. */
size_t correlation_n_needles(const struct correlation *correlation);
struct slice correlation_needle(const struct correlation *correlation, size_t index);

/* The needle stands in that file, first at `offset`. At most once for each needle and file, in any
 * order: the outcome does not depend on it. */
void correlation_search(
    struct correlation *correlation, size_t needle, uint64_t number, uint64_t offset);

/* Weigh what was found, and look for clues that contradict each other. False with errno. */
bool correlation_settle(struct correlation *correlation);

/* ---- after correlation_settle() ---------------------------------------------------------------- */

/* Call visit for every clue about a file of the tree, by number and then the weightiest first,
 * until it returns false. */
void correlation_each(const struct correlation *correlation,
    bool (*visit)(void *context, uint64_t number, const struct clue *clue), void *context);

/* Whether a log names that file or tells of its message: then it is no healthy control. */
bool correlation_names(const struct correlation *correlation, uint64_t number);

size_t correlation_n_missing(const struct correlation *correlation);
struct correlation_missing correlation_missing(const struct correlation *correlation, size_t index);
/* Its clues, the weightiest first. */
const struct clue *correlation_missing_clue(
    const struct correlation *correlation, size_t index, size_t nth);

/* Causes that are no message, the weightiest first. */
size_t correlation_n_rule_outs(const struct correlation *correlation);
const struct clue *correlation_rule_out(const struct correlation *correlation, size_t index);

/* How the times of that log were taken: "UTC", "local, UTC-5 (event 4097)" … or "". */
const char *correlation_clock(const struct correlation *correlation, size_t log);

/* The same for any log in the server's local time. */
const char *correlation_local_clock(const struct correlation *correlation);

/* Crashes whose time is known in UTC, rising; seconds since 1970. */
size_t correlation_n_crashes(const struct correlation *correlation);
int64_t correlation_crash(const struct correlation *correlation, size_t index);

/* How far the server's clock was east of UTC in seconds, most of the time, or by a zone that was
 * named when the first file came; false: not known. */
bool correlation_offset(const struct correlation *correlation, int32_t *seconds);

/* Sentences for the reader, printable ASCII: where the zone comes from, crashes without a name … */
size_t correlation_n_notes(const struct correlation *correlation);
const char *correlation_note(const struct correlation *correlation, size_t index);

/* How many steps the joins took: what grows with the input, for tests of its growth. */
uint64_t correlation_steps(const struct correlation *correlation);

#endif
