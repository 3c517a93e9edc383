/*
 * open.c - open a case: a new one beside nothing, an old one that is not believed.
 *
 * A case may come from anybody. SQLite is told to trust nothing in it, limits are far below its
 * own, its pages are all checked, and its schema is held against ours before any row is read.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "casefile/private.h"
#include "casefile/schema.h"

#define STEPS_APART 100000 /* instructions of SQLite between two looks */
#define STEPS_LEAST 20000u /* looks for any case … */
#define STEPS_BYTES 4096u  /* … and one more for each so many bytes of it */

static const struct {
	int option, value;
} settings[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
	{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
	{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	{ SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
};

static const struct {
	int limit, value;
} limits[] = {
	{ SQLITE_LIMIT_LENGTH, 4 << 20 },
	{ SQLITE_LIMIT_SQL_LENGTH, 65536 },
	{ SQLITE_LIMIT_COLUMN, 64 },
	{ SQLITE_LIMIT_EXPR_DEPTH, 50 },
	{ SQLITE_LIMIT_COMPOUND_SELECT, 10 },
	{ SQLITE_LIMIT_VDBE_OP, 25000 },
	{ SQLITE_LIMIT_FUNCTION_ARG, 8 },
	{ SQLITE_LIMIT_ATTACHED, 0 },
	{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 64 },
	{ SQLITE_LIMIT_VARIABLE_NUMBER, 64 },
	{ SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
	{ SQLITE_LIMIT_WORKER_THREADS, 0 },
};

bool
configure(sqlite3 *db)
{
	bool good = true;

	for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
		good = sqlite3_db_config(db, settings[i].option, settings[i].value, NULL) ==
			   SQLITE_OK &&
		       good;
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
		(void)sqlite3_limit(db, limits[i].limit, limits[i].value);
	(void)sqlite3_extended_result_codes(db, 1);
	/* A plan that is being recorded takes a moment, a scan much longer. */
	(void)sqlite3_busy_timeout(db, 1000);
	return good;
}

/* No temporary file, no mapped memory, and every page is looked at before it is used. */
static bool
set_pragmas(struct casefile *casefile, bool writable)
{
	return statement_exec(casefile,
		   "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; "
		   "PRAGMA cell_size_check = ON; "
		   "PRAGMA foreign_keys = ON;") &&
	       statement_exec(casefile,
		   writable ? "PRAGMA locking_mode = EXCLUSIVE" : "PRAGMA query_only = ON");
}

/* Nonzero ends the statement. Looks are counted over the life of a reader: whatever a case makes
 * SQLite do ends in a time that its size bounds. */
static int
look(void *context)
{
	struct casefile *casefile = context;

	if (casefile->steps == 0)
		return 1;
	casefile->steps--;
	return 0;
}

static void
bound_work(struct casefile *casefile, uint64_t size)
{
	casefile->steps = STEPS_LEAST + size / STEPS_BYTES;
	sqlite3_progress_handler(casefile->db, STEPS_APART, look, casefile);
}

char *
plain_name(const char *path)
{
	char *name;

	return asprintf(&name, "%s%s", *path == '/' ? "" : "./", path) < 0 ? NULL : name;
}

static struct casefile *
open_database(const char *path, bool writable, char why[CASEFILE_WHY])
{
	struct casefile *casefile = calloc(1, sizeof *casefile);
	char *name = plain_name(path);
	const int flags =
	    (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_PRIVATECACHE;
	bool good = casefile && name;

	if (good) {
		casefile->record = calloc(1, sizeof *casefile->record);
		casefile->packed = malloc(CASEFILE_PACKED_MAX);
		good = casefile->record && casefile->packed &&
		       sqlite3_open_v2(name, &casefile->db, flags, NULL) == SQLITE_OK;
	}
	free(name);
	if (good && configure(casefile->db) && set_pragmas(casefile, writable))
		return casefile;
	snprintf(why, CASEFILE_WHY, "%s",
	    casefile && casefile->db ? sqlite3_errstr(sqlite3_errcode(casefile->db))
				     : "out of memory");
	(void)casefile_close(casefile);
	errno = errno ? errno : EIO;
	return NULL;
}

static struct casefile *
give_up(struct casefile *casefile, char why[CASEFILE_WHY])
{
	const int error = errno;

	snprintf(why, CASEFILE_WHY, "%s", casefile->why);
	casefile_abandon(casefile, NULL);
	errno = error;
	return NULL;
}

bool
is_regular(const char *path, uint64_t *size, char why[CASEFILE_WHY])
{
	struct stat st;

	if (stat(path, &st) != 0) {
		snprintf(why, CASEFILE_WHY, "%s", strerror(errno));
		return false;
	}
	*size = (uint64_t)st.st_size;
	if (S_ISREG(st.st_mode))
		return true;
	snprintf(why, CASEFILE_WHY, "it is not a regular file");
	errno = EINVAL;
	return false;
}

/* An empty file becomes a case without tables, which is version 0. */
static bool
found_new(struct casefile *casefile)
{
	char pragma[64];

	snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d", SCHEMA_APPLICATION);
	return statement_exec(casefile, pragma) &&
	       (schema_migrate(casefile->db, 0) || casefile_failed(casefile));
}

struct casefile *
casefile_create(const char *path, char why[CASEFILE_WHY])
{
	const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	struct casefile *casefile;

	if (fd < 0) {
		const int error = errno;

		snprintf(why, CASEFILE_WHY, "%s", strerror(error));
		errno = error;
		return NULL;
	}
	(void)close(fd);
	casefile = open_database(path, true, why);
	if (!casefile) {
		(void)unlink(path);
		return NULL;
	}
	casefile->created = true;
	casefile->session = 1;
	if (found_new(casefile))
		return casefile;
	snprintf(why, CASEFILE_WHY, "%s", casefile->why);
	casefile_abandon(casefile, path);
	return NULL;
}

/* Bring what may be gone on with up to date. A scan that was cut off before its first batch leaves
 * an empty file, once its journal is played back. */
static bool
make_ready(struct casefile *casefile)
{
	int pages = 0, version;

	if (!check_number(casefile, "PRAGMA page_count", &pages))
		return false;
	if (pages == 0)
		return found_new(casefile);
	version = check_case(casefile);
	if (version < 0)
		return false;
	return version == SCHEMA_VERSION || schema_migrate(casefile->db, version) ||
	       casefile_failed(casefile);
}

struct casefile *
casefile_resume(const char *path, char why[CASEFILE_WHY])
{
	struct casefile *casefile;
	uint64_t size;

	if (!is_regular(path, &size, why))
		return NULL;
	casefile = open_database(path, true, why);
	if (!casefile)
		return NULL;
	bound_work(casefile, size);
	casefile->session = 1;
	if (!make_ready(casefile))
		return give_up(casefile, why);
	/* From now on the work is ours, and as much as the tree makes it. */
	sqlite3_progress_handler(casefile->db, 0, NULL, NULL);
	return casefile;
}

static bool
migrate_file(const char *path, char why[CASEFILE_WHY])
{
	struct casefile *casefile = casefile_resume(path, why);

	if (casefile && casefile_close(casefile))
		return true;
	if (casefile)
		snprintf(why, CASEFILE_WHY, "it cannot be brought up to date");
	return false;
}

/* The case and its version, read-only. */
static struct casefile *
open_reading(const char *path, int *version, char why[CASEFILE_WHY])
{
	struct casefile *casefile;
	uint64_t size;

	if (!is_regular(path, &size, why))
		return NULL;
	casefile = open_database(path, false, why);
	if (!casefile)
		return NULL;
	bound_work(casefile, size);
	*version = check_case(casefile);
	if (*version >= 0)
		return casefile;
	/* A journal beside it: the scan was cut off within a batch. */
	if (sqlite3_extended_errcode(casefile->db) == SQLITE_READONLY_ROLLBACK)
		(void)casefile_refused(casefile,
		    "its scan was cut off; scan --resume --case=FILE mends it and goes on");
	return give_up(casefile, why);
}

struct casefile *
casefile_open(const char *path, char why[CASEFILE_WHY])
{
	int version = 0;
	struct casefile *casefile = open_reading(path, &version, why);

	if (!casefile || version == SCHEMA_VERSION)
		return casefile;
	(void)casefile_close(casefile);
	return migrate_file(path, why) ? open_reading(path, &version, why) : NULL;
}

struct casefile *
casefile_edit(const char *path, char why[CASEFILE_WHY])
{
	/* Brings an older one up to date, and refuses what holds none. */
	struct casefile *casefile = casefile_open(path, why);

	if (!casefile)
		return NULL;
	(void)casefile_close(casefile);
	return casefile_resume(path, why);
}

static void
release(struct casefile *casefile)
{
	while (casefile->lent) {
		struct lent *next = casefile->lent->next;

		free(casefile->lent);
		casefile->lent = next;
	}
	for (size_t i = 0; i < casefile->n_lists; i++)
		free(casefile->lists[i]);
	free(casefile->ids);
	free(casefile->rules);
	free(casefile->record);
	free(casefile->packed);
	free(casefile->salvaged);
	free(casefile);
}

/* An open transaction is undone by closing. */
static bool
close_database(struct casefile *casefile)
{
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		(void)sqlite3_finalize(casefile->statements[i]);
	return sqlite3_close(casefile->db) == SQLITE_OK;
}

bool
casefile_close(struct casefile *casefile)
{
	bool good;

	if (!casefile)
		return true;
	good = !casefile->db || batch_end(casefile);
	good = close_database(casefile) && good;
	release(casefile);
	return good;
}

/* A disk too full to take the beginning of a case back leaves its journal, too. */
static void
remove_both(const char *path)
{
	char *journal;

	(void)unlink(path);
	if (asprintf(&journal, "%s-journal", path) < 0)
		return;
	(void)unlink(journal);
	free(journal);
}

void
casefile_abandon(struct casefile *casefile, const char *path)
{
	bool remove;

	if (!casefile)
		return;
	remove = path && casefile->created && !casefile->wrote;
	(void)close_database(casefile);
	if (remove)
		remove_both(path);
	release(casefile);
}
