/*
 * place.h - a folder with a case in it, and what may be done to that.
 *
 * For the tests of src/casefile.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TESTS_PLACE_H
#define IMC_TESTS_PLACE_H

#include "test.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "casefile/casefile.h"
#include "casefile/private.h"
#include "casefile/schema.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

struct place {
	char folder[32], path[64];
	char why[CASEFILE_WHY];
	struct record *record;
};

static inline int
set_up(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	place->record = calloc(1, sizeof *place->record);
	snprintf(place->folder, sizeof place->folder, "/tmp/imc-case-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->path, sizeof place->path, "%s/case", place->folder);
	*state = place;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct place *place = *state;
	char journal[80];

	snprintf(journal, sizeof journal, "%s-journal", place->path);
	(void)unlink(place->path);
	assert_int_not_equal(unlink(journal), 0); /* one file, nothing beside it */
	assert_int_equal(rmdir(place->folder), 0);
	free(place->record);
	free(place);
	return 0;
}

static const struct run_info run = {
	.version = "1",
	.gmime = "",
	.glib = "",
	.libmagic = "",
	.openssl = "",
	.jansson = "",
	.seccomp = "",
	.magic_sha256 = "",
	.exchange = "5.5 SP3",
	.sandbox = "none",
	.jobs = 3,
};

static const struct casefile_file file = {
	.root = "Imcdata",
	.path = { (const unsigned char *)"In/\xff\x1b[1mG1", 10 },
	.folder = FOLDER_IN,
	.direction = DIRECTION_IN,
	.reason = "",
	.has_stat = true,
	.size = 100,
	.mtime_sec = 981173106,
	.mtime_nsec = 7,
};

/* A record of 100 bytes with one finding of that rule. */
static inline void
fill(struct record *record, const char *rule)
{
	size_t index = 0;

	memset(record, 0, sizeof *record);
	record->magic = RECORD_MAGIC;
	record->job = 5;
	record->file_size = 100;
	memset(record->sha256, 0xab, sizeof record->sha256);
	assert_non_null(rule_by_id(rule, &index));
	record->n_findings = record->n_findings_total = 1;
	record->findings[0].rule = (uint16_t)index;
	record->findings[0].offset = 10;
	record->findings[0].length = 4;
	record->findings[0].line = 1;
	strcpy(record->findings[0].detail, "here");
	record->findings[0].detail_len = 4;
	record->size = (uint32_t)record_packed_size(record);
}

static inline struct casefile *
begin(struct place *place)
{
	const struct summary summary = { .started = 1000000000 };
	const struct casefile_setup setup = { .exchange = RELEASE_UNKNOWN };
	const char *const paths[] = { "/cases/t" };
	struct casefile *casefile = casefile_create(place->path, place->why);

	assert_non_null(casefile);
	assert_true(casefile_put_run(casefile, &run, &setup, &summary, false));
	assert_true(casefile_put_evidence(casefile, paths, 1));
	return casefile;
}

/* A sound case with one file. */
static inline void
make(struct place *place, const char *rule)
{
	struct casefile *casefile = begin(place);

	fill(place->record, rule);
	assert_true(casefile_add_file(casefile, &file, place->record));
	assert_true(casefile_close(casefile));
}

/* Do to the case what no scan does. */
static inline void
spoil(const struct place *place, const char *sql)
{
	sqlite3 *db;
	char *error = NULL;

	assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s", error);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static inline bool
count(void *context, const struct casefile_file *met, const struct record *record)
{
	size_t *n = context;

	*n += record != NULL;
	(void)met;
	return true;
}

/* Whether the whole case can be read; else the sentence is in place->why. */
static inline bool
reads(struct place *place, size_t *n_files, uint64_t *unknown)
{
	struct casefile *casefile = casefile_open(place->path, place->why);
	struct run_info got = { 0 };
	struct summary summary = { 0 };
	size_t n_rules;
	bool good;

	if (!casefile)
		return false;
	(void)rules_all(&n_rules);
	struct casefile_setup setup = { .disabled = calloc(n_rules, sizeof(bool)) };
	*n_files = 0;
	good = casefile_get_run(casefile, &got, &setup, &summary) &&
	       casefile_each_file(casefile, count, n_files);
	*unknown = casefile_unknown_rules(casefile);
	snprintf(place->why, sizeof place->why, "%s", casefile_why(casefile));
	casefile_abandon(casefile, NULL);
	free(setup.disabled);
	return good;
}

#endif
