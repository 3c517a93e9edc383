/* test_across.c - clues that come of the whole tree: blocks of other files, line ends. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "across.h"

#include <stdlib.h>
#include <string.h>

#include "rule.h"
#include "test.h"

#define SELF 7u

/* Files 1 and 2 are strangers, 3 is a copy of 1, 4 has a hostile name in a tree of its own; there is
 * no file 9. */
static bool
peer_of(void *context, uint64_t number, struct across_peer *out)
{
	(void)context;
	*out = (struct across_peer){ .root = number == 4 ? "b" : "",
		.path = slice_str(number == 4 ? "In/\x1b[2J" : "In/OTHER001"),
		.body_hash = number == 3 ? 101 : 100 + number,
		.message_id_hash = 0 };
	return number != 9;
}

/* Torn at 4096: the block before it is number 0; a second tear at 16384, its block before number 4. */
static struct record *
torn(void)
{
	static const uint64_t offsets[] = { 3584, 4096, 4608, 5120, 15872, 16384 };
	struct record *record = calloc(1, sizeof *record);

	assert_non_null(record);
	record->file_size = 20000;
	for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++)
		record->torn[record->n_torn++] = (struct torn_block){ offsets[i], 1000 + i };
	return record;
}

static size_t
clues_of(const struct torn_hit *hits, size_t n, struct clue *clues)
{
	struct record *record = torn();
	size_t n_rules, n_clues;

	rules_all(&n_rules);
	n_clues = across_torn(record, SELF, hits, n, peer_of, NULL, clues);
	for (size_t i = 0; i < n_clues; i++)
		assert_true(clue_valid(&clues[i], n_rules));
	free(record);
	return n_clues;
}

#define CLUES_OF(hits, clues) clues_of(hits, sizeof(hits) / sizeof((hits)[0]), clues)

static void
block_behind_a_tear_is_laid_to_the_file_that_has_it(void **state)
{
	static const struct torn_hit hits[] = { { 1, 1, 8192 }, { 2, 1, 8704 }, { 3, 1, 512 } };
	struct clue clues[RECORD_TORN_MAX];
	size_t index;

	(void)state;
	assert_int_equal(CLUES_OF(hits, clues), 1);
	assert_non_null(rule_by_id("block-of-other-file", &index));
	assert_int_equal(clues[0].rule, index);
	assert_int_equal(clues[0].factor, 5000);
	assert_int_equal(clues[0].offset, 4096);
	assert_int_equal(clues[0].length, 1024);
	assert_string_equal(
	    clues[0].detail, "1024 bytes are those of In/OTHER001 from byte 8192 on");
}

static void
each_tear_has_an_owner_of_its_own(void **state)
{
	static const struct torn_hit hits[] = { { 5, 4, 0 }, { 1, 2, 512 } };
	struct clue clues[RECORD_TORN_MAX];

	(void)state;
	assert_int_equal(CLUES_OF(hits, clues), 2);
	assert_string_equal(clues[0].detail, "512 bytes are those of In/OTHER001 from byte 512 on");
	assert_int_equal(clues[1].offset, 16384);
	assert_string_equal(clues[1].detail, "512 bytes are those of b/In/\\x1B[2J from byte 0 on");
}

/* A copy of the torn file, or a mail that shares what stands around the tear. */
static void
who_has_the_block_before_the_tear_as_well_is_no_owner(void **state)
{
	static const struct torn_hit copy[] = { { 0, 1, 3584 }, { 1, 1, 4096 }, { 2, 1, 4608 } };
	static const struct torn_hit shared[] = { { 1, 2, 9216 }, { 0, 2, 8704 } };
	static const struct torn_hit elsewhere[] = { { 0, 1, 512 }, { 1, 1, 8192 } };
	static const struct torn_hit both[] = { { 0, 1, 3584 }, { 1, 1, 4096 }, { 1, 2, 0 } };
	struct clue clues[RECORD_TORN_MAX];

	(void)state;
	assert_int_equal(CLUES_OF(copy, clues), 0);
	assert_int_equal(CLUES_OF(shared, clues), 0);
	assert_int_equal(CLUES_OF(elsewhere, clues), 1);
	assert_int_equal(CLUES_OF(both, clues), 1);
	assert_int_equal(clues[0].length, 512);
}

static void
block_that_two_messages_have_is_nobodys(void **state)
{
	static const struct torn_hit strangers[] = { { 1, 1, 8192 }, { 1, 2, 8192 } };
	static const struct torn_hit copies[] = { { 1, 1, 8192 }, { 1, 3, 8192 } };
	struct torn_hit many[20];
	struct clue clues[RECORD_TORN_MAX];

	(void)state;
	assert_int_equal(CLUES_OF(strangers, clues), 0);
	assert_int_equal(CLUES_OF(copies, clues), 1);
	for (size_t i = 0; i < 20; i++)
		many[i] = (struct torn_hit){ 1, 1, i * 512 };
	assert_int_equal(CLUES_OF(many, clues), 0);
}

static void
file_itself_and_files_without_a_name_are_no_owners(void **state)
{
	static const struct torn_hit self[] = { { 1, SELF, 4096 } };
	static const struct torn_hit nameless[] = { { 1, 9, 4096 } };
	struct clue clues[RECORD_TORN_MAX];

	(void)state;
	assert_int_equal(CLUES_OF(self, clues), 0);
	assert_int_equal(CLUES_OF(nameless, clues), 0);
	assert_int_equal(clues_of(NULL, 0, clues), 0);
}

/* What follows the foreign block may be shared by right: only the first one behind the tear tells. */
static void
later_blocks_alone_prove_nothing(void **state)
{
	static const struct torn_hit hits[] = { { 2, 1, 4608 }, { 3, 1, 5120 }, { 4, 1, 0 } };
	struct clue clues[RECORD_TORN_MAX];

	(void)state;
	assert_int_equal(CLUES_OF(hits, clues), 0);
}

struct shelf {
	struct record *record;
	struct suspect suspect;
};

static struct shelf
file_in(enum folder folder, uint32_t flags)
{
	struct shelf shelf = { .record = calloc(1, sizeof *shelf.record) };

	assert_non_null(shelf.record);
	shelf.record->file_size = 100;
	shelf.record->flags = flags;
	shelf.suspect = (struct suspect){ .folder = folder, .record = shelf.record };
	return shelf;
}

/* A tree of n files, n_lf of them without CRLF; whether one of these gets a clue. */
static bool
is_told(uint64_t n, uint64_t n_lf, enum folder folder, struct clue *clue)
{
	struct across_lines lines = { 0 };
	struct shelf crlf = file_in(FOLDER_IN, 0), lf = file_in(folder, RECORD_LF_ONLY);
	bool told;

	for (uint64_t i = 0; i < n; i++)
		across_count_lines(&lines, i < n_lf ? &lf.suspect : &crlf.suspect);
	assert_false(across_line_ends(&lines, &crlf.suspect, clue));
	told = across_line_ends(&lines, &lf.suspect, clue);
	free(crlf.record);
	free(lf.record);
	return told;
}

static void
single_file_without_crlf_is_told(void **state)
{
	struct clue clue;
	size_t index;

	(void)state;
	assert_true(is_told(100, 1, FOLDER_IN, &clue));
	assert_non_null(rule_by_id("line-ends-differ", &index));
	assert_int_equal(clue.rule, index);
	assert_int_equal(clue.factor, 2000);
	assert_string_equal(clue.detail, "1 of 100 messages have no CRLF");
}

static void
tree_copied_in_text_mode_is_not_told(void **state)
{
	struct clue clue;

	(void)state;
	assert_false(is_told(100, 100, FOLDER_IN, &clue));
	assert_false(is_told(100, 4, FOLDER_IN, &clue));
	assert_false(is_told(30, 2, FOLDER_IN, &clue));
	assert_true(is_told(60, 3, FOLDER_IN, &clue));
}

static void
small_trees_and_files_of_others_have_no_habit(void **state)
{
	struct clue clue;

	(void)state;
	assert_false(is_told(9, 1, FOLDER_IN, &clue));
	assert_false(is_told(100, 1, FOLDER_PICKUP, &clue));
	assert_false(is_told(100, 1, FOLDER_OTHER, &clue));
}

static bool
is_left(const char *path, enum folder folder, struct clue *clue)
{
	struct suspect suspect = { .folder = folder, .path = slice_str(path) };

	return across_leftover(&suspect, clue);
}

static void
temporary_files_among_messages_are_told_by_their_name(void **state)
{
	struct clue clue;
	size_t index;

	(void)state;
	assert_true(is_left("Out/~IMS0001.stf", FOLDER_OUT, &clue));
	assert_non_null(rule_by_id("temporary-file-left", &index));
	assert_int_equal(clue.rule, index);
	assert_string_equal(clue.detail, "~IMS0001.stf");
	assert_true(is_left("A.TMP", FOLDER_IN, &clue));
	assert_false(is_left("In/G1X4TKB7", FOLDER_IN, &clue));
	assert_false(is_left("In.stf/G1X4TKB7", FOLDER_IN, &clue));
	assert_false(is_left("In/.stf", FOLDER_IN, &clue));
	assert_false(is_left("x/a.stf", FOLDER_OTHER, &clue));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(block_behind_a_tear_is_laid_to_the_file_that_has_it),
		cmocka_unit_test(each_tear_has_an_owner_of_its_own),
		cmocka_unit_test(who_has_the_block_before_the_tear_as_well_is_no_owner),
		cmocka_unit_test(block_that_two_messages_have_is_nobodys),
		cmocka_unit_test(file_itself_and_files_without_a_name_are_no_owners),
		cmocka_unit_test(later_blocks_alone_prove_nothing),
		cmocka_unit_test(temporary_files_among_messages_are_told_by_their_name),
		cmocka_unit_test(single_file_without_crlf_is_told),
		cmocka_unit_test(tree_copied_in_text_mode_is_not_told),
		cmocka_unit_test(small_trees_and_files_of_others_have_no_habit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
