/*
 * logs.h - all that the logs of a run say, kept compactly until files are joined with it.
 *
 * For src/cli (adds) and src/correlate (reads). Items come from evidence that evidence_valid()
 * believed; their strings are hostile bytes.
 *
 * Bounds: items and names of all logs take at most LOG_SET_MAX bytes at any time and LOG_SET_KEPT
 * after log_set_finish(). What does not fit is left out by whole logs, protocol logs first, then
 * from the end of the names, and counted: the choice does not depend on the order of adding. The
 * heads of logs are kept in any case, as artefacts are.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LOGS_H
#define IMC_LOGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "evidence.h"
#include "slice.h"

#define LOG_SET_MAX ((size_t)64 << 20)
#define LOG_SET_KEPT ((size_t)32 << 20)

/* struct evidence_item with its strings as slices; an absent one has length 0. */
struct log_item {
	enum evidence_kind kind;
	enum evidence_zone zone;
	int64_t time, other_time; /* seconds since 1970, or EVIDENCE_TIME_NONE */
	uint64_t offset, number;
	uint32_t event, code, address, n_recipients, count, flags;
	struct slice source, spool, path, sender, recipient, subject, message_id, mts_id, function;
	struct slice bytes, quote;
	uint32_t cut; /* bit n: string n, in the order above, is longer in the log */
};

/* One log. Lives as long as the set; items in the order of their offsets. */
struct log_view {
	struct slice name; /* as reports show it: hostile bytes */
	enum log_kind kind;
	uint64_t size, n_lines, n_damaged; /* n_lines: lines or records */
	int64_t first_time, last_time;
	enum evidence_zone zone; /* of these two */
	bool unfinished;
	uint64_t met[EVIDENCE_KIND_COUNT]; /* items met, kept or not */
	uint64_t n_names_met;
	const struct log_item *items;
	size_t n_items;
	const struct evidence_name *names;
	size_t n_names;
	bool left_out; /* its items and names did not fit: none are here */
};

struct log_set;

/* NULL with errno. */
struct log_set *log_set_new(void);
void log_set_free(struct log_set *set); /* NULL is allowed */

/* Copy what valid evidence says. False with errno ENOMEM: the set is as it was. */
bool log_set_add(struct log_set *set, struct slice name, const struct evidence *evidence);

/* The same for a log of the tree: its name is the path below the root, which stands before it where
 * there are several roots (log_set_unname). "" is no root. */
bool log_set_add_at(
    struct log_set *set, const char *root, struct slice path, const struct evidence *evidence);

/* The logs of this root are shown without it, as messages of the only root are; before
 * log_set_finish(). NULL: nothing is changed. */
void log_set_unname(struct log_set *set, const char *root);

/* Sort by name; then the accessors may be used, and nothing may be added. */
void log_set_finish(struct log_set *set);

size_t log_set_count(const struct log_set *set);
const struct log_view *log_set_log(const struct log_set *set, size_t index); /* below the count */

/* How many logs were left out for their size, after log_set_finish(). */
size_t log_set_n_left_out(const struct log_set *set);

#endif
