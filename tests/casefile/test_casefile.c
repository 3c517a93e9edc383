/* test_casefile.c - what a case keeps comes back, and nothing is believed that no scan wrote. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
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

struct place {
	char folder[32], path[64];
	char why[CASEFILE_WHY];
	struct record *record;
};

static int
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

static int
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
static void
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

static struct casefile *
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
static void
make(struct place *place, const char *rule)
{
	struct casefile *casefile = begin(place);

	fill(place->record, rule);
	assert_true(casefile_add_file(casefile, &file, place->record));
	assert_true(casefile_close(casefile));
}

/* Do to the case what no scan does. */
static void
spoil(const struct place *place, const char *sql)
{
	sqlite3 *db;
	char *error = NULL;

	assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s", error);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static bool
count(void *context, const struct casefile_file *met, const struct record *record)
{
	size_t *n = context;

	*n += record != NULL;
	(void)met;
	return true;
}

/* Whether the whole case can be read; else the sentence is in place->why. */
static bool
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

static bool
is_same(void *context, const struct casefile_file *met, const struct record *record)
{
	const struct place *place = context;

	assert_string_equal(met->root, file.root);
	assert_true(slice_same(met->path, file.path));
	assert_int_equal(met->folder, FOLDER_IN);
	assert_int_equal(met->direction, DIRECTION_IN);
	assert_int_equal(met->mtime_sec, file.mtime_sec);
	assert_int_equal(met->mtime_nsec, 7);
	assert_memory_equal(record, place->record, offsetof(struct record, findings));
	assert_memory_equal(record->findings, place->record->findings, sizeof(struct finding));
	return true;
}

static void
a_file_comes_back_as_it_was_kept(void **state)
{
	struct place *place = *state;
	struct casefile *casefile;
	struct run_info got = { 0 };
	struct summary summary = { 0 };
	struct casefile_setup setup = { .disabled = NULL };

	make(place, "charset-empty");
	casefile = casefile_open(place->path, place->why);
	assert_non_null(casefile);
	assert_true(casefile_get_run(casefile, &got, &setup, &summary));
	assert_string_equal(got.exchange, "5.5 SP3");
	assert_int_equal(setup.exchange, R55SP3);
	assert_int_equal(got.jobs, 3);
	assert_int_equal(summary.started, 1000000000);
	assert_false(casefile_is_complete(casefile));
	assert_true(casefile_each_file(casefile, is_same, place));
	assert_true(casefile_close(casefile));
}

static void
a_file_that_is_there_is_left_alone(void **state)
{
	struct place *place = *state;

	make(place, "charset-empty");
	assert_null(casefile_create(place->path, place->why));
	assert_int_equal(errno, EEXIST);
}

/* Version 0 has the mark and no table. */
static void
a_case_of_version_0_is_brought_up_to_date(void **state)
{
	struct place *place = *state;
	char sql[64];
	struct casefile *casefile;

	snprintf(sql, sizeof sql, "PRAGMA application_id = %d", SCHEMA_APPLICATION);
	spoil(place, sql);
	casefile = casefile_open(place->path, place->why);
	assert_non_null(casefile);
	assert_true(schema_is_ours(casefile->db, SCHEMA_VERSION, place->why, CASEFILE_WHY));
	assert_true(casefile_close(casefile));
}

static void
a_newer_case_is_refused_in_a_sentence(void **state)
{
	struct place *place = *state;

	make(place, "charset-empty");
	spoil(place, "PRAGMA user_version = 99");
	assert_null(casefile_open(place->path, place->why));
	assert_non_null(strstr(place->why, "written by a newer imcscan (case file version 99"));
	assert_null(casefile_resume(place->path, place->why));
}

static void
what_is_no_case_is_refused(void **state)
{
	struct place *place = *state;

	make(place, "charset-empty");
	spoil(place, "PRAGMA application_id = 1");
	assert_null(casefile_open(place->path, place->why));
	assert_string_equal(place->why, "it is no case file");
	assert_null(casefile_resume(place->path, place->why));
}

static void
other_tables_than_ours_are_refused(void **state)
{
	static const char *const harms[] = {
		"CREATE TRIGGER t AFTER INSERT ON confirmed BEGIN DELETE FROM file; END",
		"CREATE VIEW v AS SELECT * FROM file",
		"CREATE TABLE more (x)",
		"CREATE INDEX more ON file (size)",
		"CREATE VIRTUAL TABLE f USING fts5(x)",
		"DROP TABLE description",
		"DROP INDEX file_by_path",
		"ALTER TABLE confirmed ADD COLUMN x TEXT",
		"DROP TABLE description; CREATE VIEW description AS SELECT 1 AS file, 2 AS packed",
	};

	for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++) {
		struct place *place = *state;

		make(place, "charset-empty");
		spoil(place, harms[i]);
		assert_null(casefile_open(place->path, place->why));
		assert_non_null(strstr(place->why, "tables are not those"));
		assert_null(casefile_resume(place->path, place->why));
		assert_int_equal(unlink(place->path), 0);
	}
}

static void
rows_that_no_scan_writes_are_refused(void **state)
{
	static const char *const harms[] = {
		"UPDATE file SET path = x'2e2e2f657463'", /* ../etc */
		"UPDATE file SET path = x'2f657463'",     /* /etc */
		"UPDATE file SET path = x'496e00'",       /* In and NUL */
		"UPDATE file SET path = x''",
		"UPDATE file SET folder = 'nowhere'",
		"UPDATE file SET status = 'fine'",
		"UPDATE file SET direction = 77",
		"UPDATE file SET size = -1",
		"UPDATE file SET mtime_nsec = 1000000000",
		"UPDATE file SET reason = 'a' || char(27) || '[2J'",
		"UPDATE record SET packed = x'00'",
		"UPDATE record SET packed = zeroblob(3000000)",
		"UPDATE record SET packed = substr(packed, 1, length(packed) - 1)",
		"UPDATE run SET value = 'a' || char(27) || '[2J' WHERE key = 'version'",
		"UPDATE run SET value = char(155) WHERE key = 'host'",
		"UPDATE run SET value = x'41' WHERE key = 'version'",
		"UPDATE run SET value = -1 WHERE key = 'jobs'",
		"UPDATE run SET value = 'other' WHERE key = 'layout'",
		"DELETE FROM run WHERE key = 'glib'",
		"INSERT INTO run_list VALUES ('note', 1, x'1b')",
		"PRAGMA foreign_keys = OFF; DELETE FROM rule WHERE number = 0",
		"PRAGMA foreign_keys = OFF; INSERT INTO record SELECT 77, packed FROM record",
	};

	for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++) {
		struct place *place = *state;
		uint64_t unknown;
		size_t n;

		make(place, "charset-empty");
		assert_true(reads(place, &n, &unknown));
		assert_int_equal(n, 1);
		spoil(place, harms[i]);
		if (reads(place, &n, &unknown))
			fail_msg("%s was believed", harms[i]);
		if (!is_plain(slice_str(place->why)) || !*place->why)
			fail_msg("%s is not told well", harms[i]);
		assert_int_equal(unlink(place->path), 0);
	}
}

/* SQLite itself refuses it: the limit on a value is far below its own. */
static void
a_huge_value_is_refused(void **state)
{
	struct place *place = *state;
	uint64_t unknown;
	size_t n;

	make(place, "charset-empty");
	spoil(place, "UPDATE record SET packed = zeroblob(20000000)");
	assert_false(reads(place, &n, &unknown));
}

static void
findings_of_unknown_rules_are_left_out_and_counted(void **state)
{
	struct place *place = *state;
	uint64_t unknown;
	size_t n;

	make(place, "charset-empty");
	spoil(place, "UPDATE rule SET id = 'of-tomorrow' WHERE id = 'charset-empty'");
	assert_true(reads(place, &n, &unknown));
	assert_int_equal(n, 1);
	assert_int_equal(unknown, 1);
}

/* Another version may number its rules otherwise: a finding keeps its rule, not its number. */
static bool
is_charset_empty(void *context, const struct casefile_file *met, const struct record *record)
{
	size_t index;

	(void)context;
	(void)met;
	assert_non_null(rule_by_id("charset-empty", &index));
	assert_int_equal(record->findings[0].rule, index);
	return true;
}

static void
findings_follow_the_id_of_their_rule(void **state)
{
	struct place *place = *state;
	struct casefile *casefile;
	struct run_info got = { 0 };
	struct summary summary = { 0 };
	struct casefile_setup setup = { .disabled = NULL };

	make(place, "date-missing");
	spoil(place, "UPDATE rule SET id = 'x' WHERE id = 'charset-empty';"
		     "UPDATE rule SET id = 'charset-empty' WHERE id = 'date-missing';"
		     "UPDATE rule SET id = 'date-missing' WHERE id = 'x'");
	casefile = casefile_open(place->path, place->why);
	assert_non_null(casefile);
	assert_true(casefile_get_run(casefile, &got, &setup, &summary));
	assert_true(casefile_each_file(casefile, is_charset_empty, NULL));
	assert_true(casefile_close(casefile));
}

static bool
is_the_clue(void *context, uint64_t number, const struct clue *clue)
{
	const struct clue *kept = context;

	assert_int_equal(number, 0);
	assert_memory_equal(clue, kept, sizeof *clue);
	return true;
}

static void
a_clue_comes_back(void **state)
{
	struct place *place = *state;
	struct casefile *casefile = begin(place);
	struct run_info got = { 0 };
	struct summary summary = { 0 };
	struct casefile_setup setup = { .disabled = NULL };
	struct clue clue;
	size_t n = 0;

	fill(place->record, "charset-empty");
	assert_true(casefile_add_file(casefile, &file, place->record));
	clue_clear(&clue, 3);
	clue.factor = -250;
	clue.number = 12;
	clue.log_len = 2;
	memcpy(clue.log, "\xff\n", 2);
	strcpy(clue.detail, "named by event 4037");
	assert_true(casefile_add_clue(casefile, 0, &clue));
	assert_false(casefile_add_clue(casefile, 1, &clue));
	assert_true(casefile_close(casefile));
	casefile = casefile_open(place->path, place->why);
	assert_non_null(casefile);
	assert_true(casefile_get_run(casefile, &got, &setup, &summary));
	assert_true(casefile_each_file(casefile, count, &n));
	assert_true(casefile_each_clue(casefile, is_the_clue, &clue));
	assert_true(casefile_close(casefile));
}

/* The case of `rule`, in a second session, asked for that file. */
static bool
knows(struct place *place, const char *rule, const struct casefile_file *asked, uint64_t *id)
{
	const struct casefile_setup setup = { .exchange = RELEASE_UNKNOWN };
	struct casefile *casefile;
	uint8_t digest[32];
	bool known;

	make(place, rule);
	casefile = casefile_resume(place->path, place->why);
	assert_non_null(casefile);
	assert_true(casefile_begin_session(casefile, &run, &setup));
	known = casefile_known(casefile, asked, id, digest);
	if (known)
		assert_memory_equal(digest, place->record->sha256, sizeof digest);
	assert_true(casefile_close(casefile));
	assert_int_equal(unlink(place->path), 0);
	return known;
}

static void
only_the_same_file_is_known(void **state)
{
	struct casefile_file longer = file, later = file, elsewhere = file;
	uint64_t id;

	longer.size++;
	later.mtime_nsec++;
	elsewhere.root = "other";
	assert_true(knows(*state, "charset-empty", &file, &id));
	assert_false(knows(*state, "charset-empty", &longer, &id));
	assert_int_not_equal(id, 0);
	assert_false(knows(*state, "charset-empty", &later, &id));
	assert_false(knows(*state, "charset-empty", &elsewhere, &id));
	assert_int_equal(id, 0);
}

static void
a_file_that_stopped_a_worker_is_examined_anew(void **state)
{
	uint64_t id;

	assert_false(knows(*state, "parser-crashed", &file, &id));
	assert_int_not_equal(id, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_comes_back_as_it_was_kept),
		TEST(a_file_that_is_there_is_left_alone),
		TEST(a_case_of_version_0_is_brought_up_to_date),
		TEST(a_newer_case_is_refused_in_a_sentence),
		TEST(what_is_no_case_is_refused),
		TEST(other_tables_than_ours_are_refused),
		TEST(rows_that_no_scan_writes_are_refused),
		TEST(a_huge_value_is_refused),
		TEST(findings_of_unknown_rules_are_left_out_and_counted),
		TEST(findings_follow_the_id_of_their_rule),
		TEST(a_clue_comes_back),
		TEST(only_the_same_file_is_known),
		TEST(a_file_that_stopped_a_worker_is_examined_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
