/* session.c - whether a scan may go on with a case, and the beginning of its next session. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/private.h"
#include "casefile/run_keys.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* Whether the case says the same of one key. */
static bool
says_same(struct casefile *casefile, const char *key, const char *text)
{
	const char *there = run_get_text(casefile, key, false);

	if (!there)
		return false;
	return strcmp(there, text) == 0 ||
	       casefile_refused(casefile, "it was begun with another %s: begin a new case", key);
}

static bool
same_number(struct casefile *casefile, const char *key, int64_t number)
{
	int64_t there = 0;

	if (!run_get_number(casefile, key, 0, UINT32_MAX, &there))
		return false;
	return there == number ||
	       casefile_refused(casefile, "it was begun with another %s: begin a new case", key);
}

/* What an earlier version did not say was the most there is room for. */
static bool
same_limits(struct casefile *casefile, const struct run_info *run)
{
	for (size_t i = 0; run_limits[i].key; i++) {
		unsigned there, here;

		memcpy(&here, (const char *)run + run_limits[i].at, sizeof here);
		if (!run_get_limit(casefile, run_limits[i].key, &there))
			return false;
		if (there != 0 && there != here)
			return casefile_refused(casefile,
			    "it was begun with another %s: begin a new case", run_limits[i].key);
	}
	return true;
}

static bool
same_rules(struct casefile *casefile, const bool *disabled)
{
	size_t count;
	bool *off, good;

	(void)rules_all(&count);
	off = calloc(count + 1, sizeof *off);
	if (!off)
		return casefile_refused(casefile, "out of memory");
	good = casefile_map_rules(casefile, off);
	if (good && casefile->n_rules != count)
		good =
		    casefile_refused(casefile, "it was begun with other rules: begin a new case");
	for (size_t i = 0; good && i < count; i++) {
		if (casefile->rules[i] != i || off[i] != (disabled && disabled[i]))
			good = casefile_refused(
			    casefile, "it was begun with other rules: begin a new case");
	}
	free(off);
	return good;
}

static bool
is_empty(struct casefile *casefile)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_RUN);
	bool empty;

	if (!row)
		return false;
	bind_text(row, 1, "version");
	empty = statement_row(casefile, row) == 0;
	(void)sqlite3_reset(row);
	return empty;
}

static bool
new_session(struct casefile *casefile)
{
	sqlite3_stmt *row;

	/* A file that was in hand when the scan before was cut off is known, too. One that only logs
	 * named is not: what logs say is learnt anew. */
	if (!batch_enter(casefile) ||
	    !statement_exec(casefile,
		"UPDATE file SET session = 1 WHERE session = 0;"
		"DELETE FROM ranked; DELETE FROM finding; DELETE FROM summary; DELETE FROM clue; "
		"DELETE FROM log; DELETE FROM hit; DELETE FROM artefact; DELETE FROM description; "
		"DELETE FROM file WHERE status = 'missing';") ||
	    !(row = statement_of(casefile, SQL_LAST_SESSION)) || statement_row(casefile, row) != 1)
		return false;
	casefile->session = sqlite3_column_int64(row, 0) + 1;
	(void)sqlite3_reset(row);
	return batch_leave(casefile);
}

bool
casefile_begin_session(
    struct casefile *casefile, const struct run_info *run, const struct casefile_setup *setup)
{
	static const char *const same[] = { "version", "gmime", "glib", "libmagic",
		"magic_sha256" };

	if (is_empty(casefile))
		return true;
	if (!run_layout_fits(casefile))
		return false;
	for (size_t i = 0; run_texts[i].key; i++) {
		for (size_t k = 0; k < COUNT(same); k++) {
			if (strcmp(run_texts[i].key, same[k]) == 0 &&
			    !says_same(casefile, same[k], run_text_at(run, run_texts[i].at)))
				return false;
		}
	}
	return same_number(casefile, "time_base_ms", run->time_base_ms) &&
	       same_number(casefile, "time_per_mb_ms", run->time_per_mb_ms) &&
	       same_number(casefile, "memory_mib", run->memory_mib) &&
	       same_number(casefile, "sandboxed", run->sandboxed) && same_limits(casefile, run) &&
	       same_rules(casefile, setup->disabled) && new_session(casefile);
}
