/*
 * schema.c - the tables of a case file, version by version.
 *
 * What a ranking is computed from lies in run, run_list, rule, file, record, artefact and clue;
 * what clues are made of, for a merge, in log and hit. What people want to ask for with sqlite3, and no program reads back, is derived: ranked,
 * finding, summary. Text of the evidence is stored as BLOB: it is hostile bytes in no encoding.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "casefile/schema.h"

#include <stdio.h>
#include <string.h>

/* One thing that is created, and the version that brought it. Never edited once released: a new
 * version adds rows. */
struct object {
	int since;
	const char *name;
	const char *sql; /* as SQLite keeps it */
};

static const struct object objects[] = {
	{ 1, "run",
	    "CREATE TABLE run (key TEXT PRIMARY KEY NOT NULL, value ANY NOT NULL) STRICT, WITHOUT "
	    "ROWID" },
	{ 1, "run_list",
	    "CREATE TABLE run_list (list TEXT NOT NULL, number INTEGER NOT NULL, value BLOB NOT "
	    "NULL, PRIMARY KEY (list, number)) STRICT, WITHOUT ROWID" },
	{ 1, "rule",
	    "CREATE TABLE rule (number INTEGER PRIMARY KEY, id TEXT NOT NULL, disabled INTEGER NOT "
	    "NULL) STRICT" },
	{ 1, "file",
	    "CREATE TABLE file (id INTEGER PRIMARY KEY, session INTEGER NOT NULL, root BLOB NOT "
	    "NULL, path BLOB NOT NULL, folder TEXT NOT NULL, direction INTEGER NOT NULL, status "
	    "TEXT NOT NULL, reason TEXT NOT NULL, foreign_name INTEGER NOT NULL, size INTEGER, "
	    "mtime INTEGER, mtime_nsec INTEGER, sha256 BLOB) STRICT" },
	{ 1, "file_by_path", "CREATE INDEX file_by_path ON file (path, root)" },
	{ 1, "record",
	    "CREATE TABLE record (file INTEGER PRIMARY KEY REFERENCES file (id) ON DELETE CASCADE, "
	    "packed BLOB NOT NULL) STRICT" },
	{ 1, "artefact",
	    "CREATE TABLE artefact (id INTEGER PRIMARY KEY, root BLOB NOT NULL, path BLOB NOT NULL, "
	    "kind TEXT NOT NULL, reason TEXT NOT NULL, status TEXT NOT NULL, size INTEGER NOT "
	    "NULL, mtime INTEGER, read INTEGER NOT NULL, sha256 BLOB, lines INTEGER NOT NULL, "
	    "damaged INTEGER NOT NULL, items INTEGER NOT NULL, first_time INTEGER, last_time "
	    "INTEGER, clock TEXT NOT NULL) STRICT" },
	{ 1, "log",
	    "CREATE TABLE log (id INTEGER PRIMARY KEY, root BLOB NOT NULL, path BLOB NOT NULL, "
	    "packed BLOB NOT NULL) STRICT" },
	{ 1, "hit",
	    "CREATE TABLE hit (id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES file (id) "
	    "ON DELETE CASCADE, is_block INTEGER NOT NULL, bytes BLOB NOT NULL, \"offset\" INTEGER "
	    "NOT NULL) STRICT" },
	{ 1, "clue",
	    "CREATE TABLE clue (id INTEGER PRIMARY KEY, file INTEGER REFERENCES file (id) ON DELETE "
	    "CASCADE, rule INTEGER NOT NULL REFERENCES rule (number), flags INTEGER NOT NULL, "
	    "factor INTEGER NOT NULL, cause INTEGER NOT NULL, number INTEGER NOT NULL, log_offset "
	    "INTEGER, \"offset\" INTEGER, length INTEGER NOT NULL, log BLOB NOT NULL, detail TEXT "
	    "NOT NULL, quote TEXT NOT NULL, time INTEGER) STRICT" },
	{ 1, "description",
	    "CREATE TABLE description (file INTEGER PRIMARY KEY REFERENCES file (id) ON DELETE "
	    "CASCADE, packed BLOB NOT NULL) STRICT" },
	{ 1, "plan_step",
	    "CREATE TABLE plan_step (step INTEGER PRIMARY KEY, time TEXT NOT NULL, action TEXT NOT "
	    "NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL) STRICT" },
	{ 1, "confirmed",
	    "CREATE TABLE confirmed (path BLOB NOT NULL, root BLOB NOT NULL, time TEXT NOT NULL, "
	    "note TEXT NOT NULL, PRIMARY KEY (path, root)) STRICT" },
	{ 1, "salvaged",
	    "CREATE TABLE salvaged (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, root BLOB NOT "
	    "NULL, path BLOB NOT NULL, name TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT "
	    "NULL, parts INTEGER NOT NULL, plain INTEGER NOT NULL, lost INTEGER NOT NULL, sha256 "
	    "BLOB NOT NULL, mail_sha256 BLOB NOT NULL) STRICT" },
	{ 1, "ranked",
	    "CREATE TABLE ranked (file INTEGER PRIMARY KEY REFERENCES file (id) ON DELETE CASCADE, "
	    "rank INTEGER NOT NULL, level TEXT NOT NULL, score_millibits INTEGER, probability REAL) "
	    "STRICT" },
	{ 1, "finding",
	    "CREATE TABLE finding (file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE, "
	    "number INTEGER NOT NULL, rule INTEGER NOT NULL REFERENCES rule (number), \"offset\" "
	    "INTEGER, length INTEGER NOT NULL, line INTEGER NOT NULL, part TEXT NOT NULL, decoded "
	    "INTEGER, detail TEXT NOT NULL, bits INTEGER, PRIMARY KEY (file, number)) STRICT, "
	    "WITHOUT ROWID" },
	{ 1, "summary",
	    "CREATE TABLE summary (key TEXT PRIMARY KEY NOT NULL, value ANY NOT NULL) STRICT, "
	    "WITHOUT ROWID" },
};

#define N_OBJECTS (sizeof objects / sizeof objects[0])

/* The object of a row of sqlite_schema, N_OBJECTS when it is none of that version. */
static size_t
object_of(const char *name, const char *sql, int version)
{
	for (size_t i = 0; name && sql && i < N_OBJECTS; i++) {
		if (objects[i].since <= version && strcmp(objects[i].name, name) == 0 &&
		    strcmp(objects[i].sql, sql) == 0)
			return i;
	}
	return N_OBJECTS;
}

/* An index that a PRIMARY KEY brings has no text of its own, and comes with the table. */
static bool
is_automatic(const char *type, const char *name, const char *sql)
{
	static const char prefix[] = "sqlite_autoindex_";

	return !sql && type && name && strcmp(type, "index") == 0 &&
	       strncmp(name, prefix, sizeof prefix - 1) == 0;
}

static bool
compare_rows(sqlite3_stmt *rows, int version, bool *seen)
{
	while (sqlite3_step(rows) == SQLITE_ROW) {
		const char *type = (const char *)sqlite3_column_text(rows, 0);
		const char *name = (const char *)sqlite3_column_text(rows, 1);
		const char *sql = (const char *)sqlite3_column_text(rows, 2);
		const size_t object = object_of(name, sql, version);

		if (object < N_OBJECTS && !seen[object])
			seen[object] = true;
		else if (!is_automatic(type, name, sql))
			return false;
	}
	return true;
}

bool
schema_is_ours(sqlite3 *db, int version, char *why, size_t why_size)
{
	bool seen[N_OBJECTS] = { false };
	sqlite3_stmt *rows = NULL;
	bool good = sqlite3_prepare_v2(db, "SELECT type, name, sql FROM sqlite_schema", -1, &rows,
			NULL) == SQLITE_OK;

	good = good && compare_rows(rows, version, seen);
	if (sqlite3_finalize(rows) != SQLITE_OK)
		good = false;
	for (size_t i = 0; i < N_OBJECTS; i++)
		good = good && (seen[i] || objects[i].since > version);
	if (!good)
		snprintf(why, why_size,
		    "its tables are not those that a case file of version %d has", version);
	return good;
}

bool
schema_migrate(sqlite3 *db, int from)
{
	char pragma[64];
	bool good = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;

	for (size_t i = 0; good && i < N_OBJECTS; i++) {
		if (objects[i].since > from)
			good = sqlite3_exec(db, objects[i].sql, NULL, NULL, NULL) == SQLITE_OK;
	}
	/* What fails is left open, so that SQLite still says why: closing takes it back. */
	snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", SCHEMA_VERSION);
	return good && sqlite3_exec(db, pragma, NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}
