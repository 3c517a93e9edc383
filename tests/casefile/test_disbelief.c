/* test_disbelief.c - of a case nothing is believed that no scan wrote. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "place.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_newer_case_is_refused_in_a_sentence),
		TEST(what_is_no_case_is_refused),
		TEST(other_tables_than_ours_are_refused),
		TEST(rows_that_no_scan_writes_are_refused),
		TEST(a_huge_value_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
