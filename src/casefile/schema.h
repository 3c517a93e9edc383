/*
 * schema.h - the tables of a case file, version by version.
 *
 * For src/casefile.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CASEFILE_SCHEMA_H
#define IMC_CASEFILE_SCHEMA_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#define SCHEMA_APPLICATION 0x494d4331 /* "IMC1", in the header of the file */
#define SCHEMA_VERSION 1

/* Whether the tables and indexes are those of that version, text by text, and there is nothing
 * else. False with a sentence in why. */
bool schema_is_ours(sqlite3 *db, int version, char *why, size_t why_size);

/* Bring a sound case of an older version up to this one, in one transaction; version 0 has no
 * table. False: sqlite3_errmsg() tells why, and closing undoes it. */
bool schema_migrate(sqlite3 *db, int from);

#endif
