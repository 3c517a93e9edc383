/* plan_store.c - what the restart plan takes from a case, and keeps in it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "casefile/plan_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/plan_private.h"

#define WAIT 2000               /* ms for another process that records */
#define STEPS_MOST 10000u       /* restarts take minutes each */
#define DETAIL_MOST (64u << 20) /* bytes of one row */

const char *
plan_store_why(const struct plan_store *store)
{
	return store->why;
}

bool
plan_store_fail(struct plan_store *store, const char *words)
{
	snprintf(store->why, sizeof store->why, "%s", words);
	return false;
}

bool
plan_store_fail_sql(struct plan_store *store, const char *words)
{
	snprintf(store->why, sizeof store->why, "%s: %s", words, sqlite3_errmsg(store->db));
	return false;
}

static bool
execute(struct plan_store *store, const char *sql, const char *words)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       plan_store_fail_sql(store, words);
}

sqlite3_stmt *
plan_store_prepare(struct plan_store *store, const char *sql)
{
	sqlite3_stmt *row = NULL;

	if (sqlite3_prepare_v2(store->db, sql, -1, &row, NULL) == SQLITE_OK)
		return row;
	(void)plan_store_fail_sql(store, "the case cannot be read");
	return NULL;
}

int64_t
plan_store_number(struct plan_store *store, const char *sql)
{
	sqlite3_stmt *row = plan_store_prepare(store, sql);
	int64_t value = -1;

	if (row && sqlite3_step(row) == SQLITE_ROW)
		value = sqlite3_column_int64(row, 0);
	(void)sqlite3_finalize(row);
	return value;
}

static bool
prepare(struct plan_store *store, struct casefile *casefile)
{
	store->casefile = casefile;
	store->db = casefile->db;
	(void)sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, (int)DETAIL_MOST);
	/* Others may look at the plan between two records. */
	return sqlite3_busy_timeout(store->db, WAIT) == SQLITE_OK &&
	       execute(store, "PRAGMA locking_mode = NORMAL", "cannot be opened");
}

struct plan_store *
plan_store_open(const char *path, bool write, char why[PLAN_STORE_WHY])
{
	struct plan_store *store = calloc(1, sizeof *store);
	struct casefile *casefile = NULL;

	snprintf(why, PLAN_STORE_WHY, "out of memory");
	if (store)
		casefile = write ? casefile_edit(path, why) : casefile_open(path, why);
	if (!casefile) {
		free(store);
		return NULL;
	}
	if (prepare(store, casefile))
		return store;
	snprintf(why, PLAN_STORE_WHY, "%s", store->why);
	plan_store_close(store);
	return NULL;
}

/* What was not committed is undone. */
void
plan_store_close(struct plan_store *store)
{
	casefile_abandon(store->casefile, NULL);
	free(store);
}

bool
plan_store_evidence(struct plan_store *store, const char *const **paths, size_t *n_paths)
{
	return casefile_get_evidence(store->casefile, paths, n_paths) ||
	       plan_store_fail(store, casefile_why(store->casefile));
}

bool
plan_store_weights(struct plan_store *store, const char *const **lines, size_t *n_lines)
{
	return casefile_get_weights(store->casefile, lines, n_lines) ||
	       plan_store_fail(store, casefile_why(store->casefile));
}

bool
plan_store_begin(struct plan_store *store)
{
	return execute(store, "BEGIN IMMEDIATE", "somebody else is writing to the case");
}

bool
plan_store_commit(struct plan_store *store)
{
	return execute(store, "COMMIT", "cannot be written");
}

static void
copy_text(char *out, size_t size, sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	snprintf(out, size, "%s", text ? text : "");
}

static bool
add_record(struct plan_records *out, sqlite3_stmt *row)
{
	struct plan_record *larger = reallocarray(out->list, out->n + 1, sizeof *larger);
	const char *detail = (const char *)sqlite3_column_text(row, 4);
	struct plan_record *one;

	if (!larger)
		return false;
	out->list = larger;
	one = &out->list[out->n];
	*one = (struct plan_record){ .step = (uint64_t)sqlite3_column_int64(row, 0),
		.detail = strdup(detail ? detail : "") };
	copy_text(one->time, sizeof one->time, row, 1);
	copy_text(one->action, sizeof one->action, row, 2);
	copy_text(one->outcome, sizeof one->outcome, row, 3);
	out->n++;
	return one->detail && one->step == out->n &&
	       sqlite3_column_bytes(row, 4) <= (int)DETAIL_MOST;
}

bool
plan_store_records(struct plan_store *store, struct plan_records *out)
{
	sqlite3_stmt *rows = plan_store_prepare(
	    store, "SELECT step, time, action, outcome, detail FROM plan_step ORDER BY step");
	int step = SQLITE_ROW;
	bool good = rows != NULL;

	*out = (struct plan_records){ .list = NULL };
	while (good && (step = sqlite3_step(rows)) == SQLITE_ROW) {
		if (out->n >= STEPS_MOST || !add_record(out, rows))
			good = plan_store_fail(
			    store, "the steps recorded in it are not what imcscan records");
	}
	if (good && step != SQLITE_DONE)
		good = plan_store_fail_sql(store, "the case cannot be read");
	(void)sqlite3_finalize(rows);
	return good;
}

void
plan_records_free(struct plan_records *records)
{
	for (size_t i = 0; i < records->n; i++)
		free(records->list[i].detail);
	free(records->list);
}

static bool
finish(struct plan_store *store, sqlite3_stmt *row)
{
	const bool good = row && sqlite3_step(row) == SQLITE_DONE;

	if (!good)
		(void)plan_store_fail_sql(store, "cannot be written");
	(void)sqlite3_finalize(row);
	return good;
}

bool
plan_store_append(struct plan_store *store, const struct plan_record *record)
{
	sqlite3_stmt *row =
	    plan_store_prepare(store, "INSERT INTO plan_step VALUES (?, ?, ?, ?, ?)");

	if (row) {
		(void)sqlite3_bind_int64(row, 1, (sqlite3_int64)record->step);
		(void)sqlite3_bind_text(row, 2, record->time, -1, SQLITE_STATIC);
		(void)sqlite3_bind_text(row, 3, record->action, -1, SQLITE_STATIC);
		(void)sqlite3_bind_text(row, 4, record->outcome, -1, SQLITE_STATIC);
		(void)sqlite3_bind_text(row, 5, record->detail, -1, SQLITE_STATIC);
	}
	return finish(store, row);
}

bool
plan_store_confirm(struct plan_store *store, struct slice root, struct slice path, const char *time,
    const char *note)
{
	sqlite3_stmt *row = plan_store_prepare(store,
	    "INSERT OR REPLACE INTO confirmed (path, root, time, note) VALUES (?, "
	    "?, ?, ?)");

	if (row) {
		bind_bytes(row, 1, path);
		bind_bytes(row, 2, root);
		(void)sqlite3_bind_text(row, 3, time, -1, SQLITE_STATIC);
		(void)sqlite3_bind_text(row, 4, note, -1, SQLITE_STATIC);
	}
	return finish(store, row);
}

bool
plan_store_undo(struct plan_store *store, uint64_t step)
{
	sqlite3_stmt *row = plan_store_prepare(store, "DELETE FROM plan_step WHERE step = ?");

	if (row)
		(void)sqlite3_bind_int64(row, 1, (sqlite3_int64)step);
	return finish(store, row);
}

bool
plan_store_unconfirm(struct plan_store *store, struct slice root, struct slice path)
{
	sqlite3_stmt *row =
	    plan_store_prepare(store, "DELETE FROM confirmed WHERE path = ? AND root = ?");

	if (row) {
		bind_bytes(row, 1, path);
		bind_bytes(row, 2, root);
	}
	return finish(store, row);
}
