/*
 * mkcase.c - a case file from a list, for the tests of `imcscan plan`.
 *
 * mkcase FILE NOT_IN_TREE < LIST: each line is folder, probability, root and path, with tabs
 * between; \n in a path is a line end.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/casefile.h"

static void
check(sqlite3 *db, int result)
{
	if (result == SQLITE_OK || result == SQLITE_DONE)
		return;
	fprintf(stderr, "mkcase: %s\n", sqlite3_errmsg(db));
	exit(2);
}

static char *
field(char **line)
{
	return strsep(line, "\t\n");
}

/* In place; returns the length. */
static int
unescape(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		if (from[0] == '\\' && from[1] == 'n') {
			*to++ = '\n';
			from++;
		} else {
			*to++ = *from;
		}
	}
	return (int)(to - text);
}

static void
add(sqlite3 *db, sqlite3_stmt *file, sqlite3_stmt *ranked, int number, char *line)
{
	char *folder = field(&line), *probability = field(&line), *root = field(&line);
	char *path = field(&line);
	const double share = probability ? strtod(probability, NULL) : 0;

	if (!path)
		return;
	sqlite3_bind_int(file, 1, number);
	sqlite3_bind_blob(file, 2, root, (int)strlen(root), SQLITE_STATIC);
	sqlite3_bind_blob(file, 3, path, unescape(path), SQLITE_STATIC);
	sqlite3_bind_text(file, 4, folder, -1, SQLITE_STATIC);
	check(db, sqlite3_step(file));
	sqlite3_reset(file);
	sqlite3_bind_int(ranked, 1, number);
	sqlite3_bind_text(ranked, 2, share > 0.01 ? "high" : "clean", -1, SQLITE_STATIC);
	sqlite3_bind_double(ranked, 3, share);
	check(db, sqlite3_step(ranked));
	sqlite3_reset(ranked);
}

int
main(int argc, char **argv)
{
	sqlite3_stmt *file, *ranked, *summary;
	struct casefile *casefile;
	char line[4096];
	sqlite3 *db;

	char why[CASEFILE_WHY] = "";

	if (argc != 3)
		return 2;
	casefile = casefile_create(argv[1], why);
	if (!casefile || !casefile_close(casefile) || sqlite3_open(argv[1], &db) != SQLITE_OK) {
		fprintf(stderr, "mkcase: %s\n", why);
		return 2;
	}
	check(db, sqlite3_exec(db, "BEGIN", NULL, NULL, NULL));
	check(
	    db, sqlite3_prepare_v2(db,
		    "INSERT INTO file (id, session, root, path, folder, direction, status, reason, "
		    "foreign_name, size) VALUES (?, 1, ?, ?, ?, 0, 'examined', '', 0, 100)",
		    -1, &file, NULL));
	check(db, sqlite3_prepare_v2(
		      db, "INSERT INTO ranked VALUES (?1, ?1, ?2, 0, ?3)", -1, &ranked, NULL));
	check(db, sqlite3_prepare_v2(
		      db, "INSERT INTO summary VALUES ('not_in_tree', ?)", -1, &summary, NULL));
	sqlite3_bind_double(summary, 1, strtod(argv[2], NULL));
	check(db, sqlite3_step(summary));
	for (int number = 1; fgets(line, sizeof line, stdin); number++)
		add(db, file, ranked, number, line);
	check(db, sqlite3_exec(db, "COMMIT", NULL, NULL, NULL));
	sqlite3_finalize(file);
	sqlite3_finalize(ranked);
	sqlite3_finalize(summary);
	return sqlite3_close(db) == SQLITE_OK ? 0 : 2;
}
