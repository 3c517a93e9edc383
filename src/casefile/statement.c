/* statement.c - the statements of a case, prepared once, and what SQLite says of them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "casefile/private.h"

static const char *const texts[STATEMENT_COUNT] = {
	[SQL_PUT_RUN] = "INSERT OR REPLACE INTO run VALUES (?, ?)",
	[SQL_PUT_LIST] = "INSERT OR REPLACE INTO run_list VALUES (?, ?, ?)",
	[SQL_PUT_RULE] = "INSERT OR REPLACE INTO rule VALUES (?, ?, ?)",
	[SQL_PUT_FILE] = "INSERT INTO file VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_PUT_RECORD] = "INSERT INTO record VALUES (?, ?)",
	[SQL_PUT_ARTEFACT] =
	    "INSERT INTO artefact VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_PUT_CLUE] = "INSERT INTO clue VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_PUT_DESCRIPTION] = "INSERT OR REPLACE INTO description VALUES (?, ?)",
	[SQL_PUT_LOG] = "INSERT INTO log VALUES (NULL, ?, ?, ?)",
	[SQL_PUT_HIT] = "INSERT INTO hit VALUES (NULL, ?, ?, ?, ?)",
	[SQL_SET_CLOCK] = "UPDATE artefact SET clock = ? WHERE clock = ?",
	[SQL_PUT_RANKED] = "INSERT INTO ranked VALUES (?, ?, ?, ?, ?)",
	[SQL_PUT_FINDING] = "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_PUT_SUMMARY] = "INSERT OR REPLACE INTO summary VALUES (?, ?)",
	[SQL_CLEAR_LIST] = "DELETE FROM run_list WHERE list = ?",
	[SQL_GET_RUN] = "SELECT value FROM run WHERE key = ?",
	[SQL_GET_LIST] = "SELECT value FROM run_list WHERE list = ? ORDER BY number",
	[SQL_GET_RULES] = "SELECT number, id, disabled FROM rule ORDER BY number",
	[SQL_GET_FILES] =
	    ("SELECT id, root, path, folder, direction, status, reason, foreign_name, size, mtime, "
	     "mtime_nsec, packed FROM file LEFT JOIN record ON record.file = file.id ORDER BY id"),
	[SQL_GET_ARTEFACTS] =
	    ("SELECT root, path, kind, reason, status, size, mtime, read, sha256, lines, damaged, "
	     "items, first_time, last_time, clock FROM artefact ORDER BY id"),
	[SQL_GET_CLUES] =
	    ("SELECT file, rule, flags, factor, cause, number, log_offset, \"offset\", length, log, "
	     "detail, quote, time FROM clue ORDER BY id"),
	[SQL_GET_LOGS] = "SELECT root, path, packed FROM log ORDER BY id",
	[SQL_GET_HITS] = "SELECT file, is_block, bytes, \"offset\" FROM hit ORDER BY id",
	[SQL_GET_DESCRIPTION] = "SELECT packed FROM description WHERE file = ?",
	[SQL_GET_FILE] =
	    "SELECT status, reason, packed FROM file JOIN record ON record.file = file.id WHERE id = ?",
	[SQL_FIND_FILE] =
	    ("SELECT id, size, mtime, mtime_nsec, sha256, packed FROM file LEFT JOIN record ON "
	     "record.file = file.id WHERE path = ? AND root = ? AND session > 0 AND session < ? "
	     "ORDER BY id LIMIT 1"),
	[SQL_CLAIM_FILE] = "UPDATE file SET session = 0 WHERE id = ?",
	[SQL_TAKE_FILE] = "UPDATE file SET session = ? WHERE id = ?",
	[SQL_DROP_FILE] = "DELETE FROM file WHERE id = ?",
	[SQL_COUNT_KNOWN] = "SELECT count(*) FROM file WHERE session < ?",
	[SQL_DROP_KNOWN] = "DELETE FROM file WHERE session < ?",
	[SQL_HAS_STEPS] = "SELECT 1 FROM plan_step LIMIT 1",
	[SQL_HAS_FILE] = "SELECT id, sha256, status FROM file WHERE path = ? AND root = ?",
	[SQL_HAS_ARTEFACT] = "SELECT 1 FROM artefact WHERE path = ? AND root = ?",
	[SQL_LAST_SESSION] = "SELECT coalesce(max(session), 0) FROM file",
};

/* The texts of SQLite's own table only: what it says of a certain case may quote that case. */
bool
casefile_failed(struct casefile *casefile)
{
	const int code = sqlite3_errcode(casefile->db);
	const int error = sqlite3_system_errno(casefile->db);

	if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_FULL)
		snprintf(casefile->why, sizeof casefile->why, "%s (%s)", sqlite3_errstr(code),
		    error ? strerror(error) : "no room");
	else if ((code & 0xff) == SQLITE_OK)
		/* What failed was taken back since: only the system's word is left. */
		snprintf(casefile->why, sizeof casefile->why, "%s",
		    error ? strerror(error) : "out of memory");
	else if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
		snprintf(casefile->why, sizeof casefile->why,
		    "it is in use: another imcscan is writing to it; try again when that has ended");
	else
		snprintf(casefile->why, sizeof casefile->why, "%s", sqlite3_errstr(code));
	errno = (code & 0xff) == SQLITE_FULL ? ENOSPC : error ? error : EIO;
	return false;
}

bool
casefile_refused(struct casefile *casefile, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(casefile->why, sizeof casefile->why, format, args);
	va_end(args);
	errno = 0;
	return false;
}

const char *
casefile_why(const struct casefile *casefile)
{
	return casefile->why;
}

sqlite3_stmt *
statement_of(struct casefile *casefile, enum statement which)
{
	sqlite3_stmt **statement = &casefile->statements[which];

	if (!*statement && sqlite3_prepare_v3(casefile->db, texts[which], -1,
			       SQLITE_PREPARE_PERSISTENT, statement, NULL) != SQLITE_OK) {
		(void)casefile_failed(casefile);
		return NULL;
	}
	(void)sqlite3_reset(*statement);
	(void)sqlite3_clear_bindings(*statement);
	return *statement;
}

bool
statement_run(struct casefile *casefile, sqlite3_stmt *statement)
{
	const int code = sqlite3_step(statement);
	const bool good = code == SQLITE_DONE || code == SQLITE_ROW || casefile_failed(casefile);

	(void)sqlite3_reset(statement);
	(void)sqlite3_clear_bindings(statement);
	return good;
}

int
statement_row(struct casefile *casefile, sqlite3_stmt *statement)
{
	const int code = sqlite3_step(statement);

	if (code == SQLITE_ROW)
		return 1;
	if (code != SQLITE_DONE)
		(void)casefile_failed(casefile);
	(void)sqlite3_reset(statement);
	return code == SQLITE_DONE ? 0 : -1;
}

bool
statement_exec(struct casefile *casefile, const char *sql)
{
	return sqlite3_exec(casefile->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       casefile_failed(casefile);
}

/* A null pointer would be NULL, which the columns do not take. Values are borrowed: a statement is
 * run before the caller goes on. */
void
bind_bytes(sqlite3_stmt *statement, int at, struct slice bytes)
{
	(void)sqlite3_bind_blob64(
	    statement, at, bytes.len > 0 ? (const void *)bytes.data : "", bytes.len, SQLITE_STATIC);
}

void
bind_text(sqlite3_stmt *statement, int at, const char *text)
{
	(void)sqlite3_bind_text(statement, at, text ? text : "", -1, SQLITE_STATIC);
}

void
bind_number(sqlite3_stmt *statement, int at, uint64_t number)
{
	if (number <= INT64_MAX)
		(void)sqlite3_bind_int64(statement, at, (int64_t)number);
}
