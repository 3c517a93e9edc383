/* check.c - whether a file is a case that may be read: its mark, version, tables and pages. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "casefile/private.h"
#include "casefile/schema.h"

bool
check_number(struct casefile *casefile, const char *sql, int *out)
{
	sqlite3_stmt *row = NULL;
	bool good = sqlite3_prepare_v2(casefile->db, sql, -1, &row, NULL) == SQLITE_OK &&
		    sqlite3_step(row) == SQLITE_ROW;

	if (good)
		*out = sqlite3_column_int(row, 0);
	else
		(void)casefile_failed(casefile);
	(void)sqlite3_finalize(row);
	return good;
}

/* The checks answer "ok", or with rows of faults; foreign_key_check answers with rows alone. */
static bool
finds_no_fault(struct casefile *casefile, const char *sql)
{
	sqlite3_stmt *row = NULL;
	int code = sqlite3_prepare_v2(casefile->db, sql, -1, &row, NULL);
	const unsigned char *text;

	if (code == SQLITE_OK)
		code = sqlite3_step(row);
	text = code == SQLITE_ROW ? sqlite3_column_text(row, 0) : NULL;
	if (text && strcmp((const char *)text, "ok") == 0)
		code = SQLITE_DONE;
	(void)sqlite3_finalize(row);
	return code == SQLITE_DONE || casefile_refused(casefile, "it is damaged");
}

static bool
check_content(struct casefile *casefile, int version)
{
	return schema_is_ours(casefile->db, version, casefile->why, sizeof casefile->why) &&
	       finds_no_fault(casefile, "PRAGMA integrity_check(1)") &&
	       finds_no_fault(casefile, "PRAGMA foreign_key_check");
}

int
check_case(struct casefile *casefile)
{
	int application = 0, version = 0;

	if (!check_number(casefile, "PRAGMA application_id", &application))
		return -1;
	if (application != SCHEMA_APPLICATION)
		return casefile_refused(casefile, "it is no case file"), -1;
	if (!check_number(casefile, "PRAGMA user_version", &version))
		return -1;
	if (version > SCHEMA_VERSION || version < 0)
		return casefile_refused(casefile,
			   "it was written by a newer imcscan (case file version %d; this one "
			   "reads up to %d)",
			   version, SCHEMA_VERSION),
		       -1;
	return check_content(casefile, version) ? version : -1;
}
