/* resume.c - files that a case knows from a scan before: found, taken over, forgotten. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "casefile/private.h"

/* A worker that died over a file did so in its own time: such a file is examined anew, so that the
 * deaths of a run are counted in that run. */
static bool
is_repeatable(struct casefile *casefile, struct slice packed)
{
	size_t count;
	const struct rule *const *rules = rules_all(&count);
	const struct record *record = casefile->record;

	if (packed.len == 0 || !casefile_unpack(casefile, packed, casefile->record) ||
	    (record->status != STATUS_EXAMINED && record->status != STATUS_PARTIAL))
		return false;
	for (uint32_t i = 0; i < record->n_findings; i++) {
		if (strcmp(rules[record->findings[i].rule]->family, "worker") == 0)
			return false;
	}
	return true;
}

static bool
is_same(sqlite3_stmt *row, const struct casefile_file *file)
{
	int64_t size, mtime, nsec;

	return file->has_stat && column_int(row, 1, 0, INT64_MAX, &size) &&
	       column_int(row, 2, INT64_MIN, INT64_MAX, &mtime) &&
	       column_int(row, 3, 0, 999999999, &nsec) && (uint64_t)size == file->size &&
	       mtime == file->mtime_sec && nsec == file->mtime_nsec;
}

static bool
claim(struct casefile *casefile, uint64_t id)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_CLAIM_FILE);

	if (!row)
		return false;
	(void)sqlite3_bind_int64(row, 1, (int64_t)id);
	return statement_run(casefile, row);
}

bool
casefile_known(
    struct casefile *casefile, const struct casefile_file *file, uint64_t *id, uint8_t sha256[32])
{
	sqlite3_stmt *row;
	bool usable = false;

	*id = 0;
	if (casefile->session < 2 || !batch_enter(casefile) ||
	    !(row = statement_of(casefile, SQL_FIND_FILE)))
		return false;
	bind_bytes(row, 1, file->path);
	bind_bytes(row, 2, slice_str(file->root));
	(void)sqlite3_bind_int64(row, 3, casefile->session);
	if (statement_row(casefile, row) == 1) {
		const struct slice digest = column_bytes(row, 4);

		*id = (uint64_t)sqlite3_column_int64(row, 0);
		usable = digest.len == 32 && is_same(row, file) &&
			 is_repeatable(casefile, column_bytes(row, 5)) &&
			 memcmp(digest.data, casefile->record->sha256, 32) == 0;
		if (usable)
			memcpy(sha256, digest.data, 32);
	}
	(void)sqlite3_reset(row);
	return *id != 0 && claim(casefile, *id) && usable;
}

bool
casefile_recall(struct casefile *casefile, uint64_t id, struct record *record, enum status *status,
    char *reason, size_t reason_size)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_FILE);
	bool good = false;

	if (!row)
		return false;
	(void)sqlite3_bind_int64(row, 1, (int64_t)id);
	if (statement_row(casefile, row) == 1) {
		const char *why = column_plain(row, 1, RECORD_STRING_MAX);

		*status = status_by_name(column_plain(row, 0, 32));
		good = why && *status < STATUS_COUNT &&
		       casefile_unpack(casefile, column_bytes(row, 2), record);
		if (good)
			snprintf(reason, reason_size, "%s", why);
	}
	(void)sqlite3_reset(row);
	return good || casefile_refused(casefile, "a file of it cannot be believed");
}

bool
casefile_take(struct casefile *casefile, uint64_t id)
{
	sqlite3_stmt *row;

	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_TAKE_FILE)))
		return false;
	(void)sqlite3_bind_int64(row, 1, casefile->session);
	(void)sqlite3_bind_int64(row, 2, (int64_t)id);
	return statement_run(casefile, row) && batch_remember(casefile, (int64_t)id) &&
	       batch_leave(casefile);
}

bool
casefile_drop(struct casefile *casefile, uint64_t id)
{
	sqlite3_stmt *row;

	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_DROP_FILE)))
		return false;
	(void)sqlite3_bind_int64(row, 1, (int64_t)id);
	return statement_run(casefile, row);
}

bool
casefile_end_session(struct casefile *casefile, uint64_t *gone)
{
	sqlite3_stmt *row;

	*gone = 0;
	if (casefile->session < 2)
		return true;
	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_COUNT_KNOWN)))
		return false;
	(void)sqlite3_bind_int64(row, 1, casefile->session);
	if (statement_row(casefile, row) != 1)
		return false;
	*gone = (uint64_t)sqlite3_column_int64(row, 0);
	(void)sqlite3_reset(row);
	if (!(row = statement_of(casefile, SQL_DROP_KNOWN)))
		return false;
	(void)sqlite3_bind_int64(row, 1, casefile->session);
	return statement_run(casefile, row) && batch_leave(casefile);
}
