/* test_casefile.c - what a case keeps comes back. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "place.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_comes_back_as_it_was_kept),
		TEST(a_file_that_is_there_is_left_alone),
		TEST(a_case_of_version_0_is_brought_up_to_date),
		TEST(findings_of_unknown_rules_are_left_out_and_counted),
		TEST(findings_follow_the_id_of_their_rule),
		TEST(a_clue_comes_back),
		TEST(only_the_same_file_is_known),
		TEST(a_file_that_stopped_a_worker_is_examined_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
