/* test_archive_names.c - what an archive calls its members is what a report calls them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "packed_tree.h"

static void
names_that_lead_outside_are_met_below_the_archive(void **state)
{
	static const struct pack members[] = { { "/Imcdata/In/G1X4TK19", LETTER },
		{ "../../Imcdata/In/G1X4TK1B", LETTER }, { "./Imcdata//Out/./99R90Z86", LETTER },
		{ "C:\\Imcdata\\In\\G1X4TK1C", LETTER }, { NULL } };
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_zip, members);
	walk_packed(tree, "copy");
	assert_int_equal(tree->met.n, 4);
	assert_int_equal(tree->met.result.archive.n_outside, 3);
	assert_string_equal(tree_met(tree, "In/G1X4TK19")->root, "Imcdata");
	assert_string_equal(tree_met(tree, "In/G1X4TK1B")->root, "(..)/(..)/Imcdata");
	assert_string_equal(tree_met(tree, "In/G1X4TK1C")->root, "C:/Imcdata");
	assert_message(tree, "Out/99R90Z86", FOLDER_OUT, DIRECTION_OUT);
}

static void
backslash_is_a_letter_in_tar(void **state)
{
	static const struct pack members[] = { { "In/G1X4\\TK19", LETTER }, { NULL } };
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_ustar, members);
	walk_packed(tree, "copy");
	assert_message(tree, "In/G1X4\\TK19", FOLDER_IN, DIRECTION_IN);
}

static void
name_told_again_is_numbered_and_examined(void **state)
{
	static const struct pack members[] = { { "In/G1X4TK19", LETTER },
		{ "In/G1X4TK19 (duplicate 2)", LETTER }, { "In/G1X4TK19", "other" },
		{ "In/G1X4TK19", "third" }, { NULL } };
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_ustar, members);
	walk_packed(tree, "copy");
	assert_int_equal(tree->met.n, 4);
	assert_int_equal(tree->met.result.archive.n_doubled, 2);
	assert_message(tree, "In/G1X4TK19", FOLDER_IN, DIRECTION_IN);
	assert_message(tree, "In/G1X4TK19 (duplicate 2)", FOLDER_IN, DIRECTION_IN);
	assert_message(tree, "In/G1X4TK19 (duplicate 3)", FOLDER_IN, DIRECTION_IN);
	assert_message(tree, "In/G1X4TK19 (duplicate 4)", FOLDER_IN, DIRECTION_IN);
	assert_false(tree_met(tree, "In/G1X4TK19 (duplicate 3)")->entry.foreign_name);
}

static void
names_without_a_charset_are_read_as_the_user_says(void **state)
{
	static const struct pack members[] = { { "In/caf\202", LETTER }, { "In/\233", LETTER },
		{ NULL } };
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_zip, members);
	walk_packed(tree, "copy");
	assert_message(tree, "In/caf\303\251", FOLDER_IN, DIRECTION_IN);
	assert_message(tree, "In/\302\242", FOLDER_IN, DIRECTION_IN); /* a cent sign in CP437 */
	walk_limited(tree, "copy", 1, "CP850");
	assert_message(tree, "In/\303\270", FOLDER_IN, DIRECTION_IN); /* o with a stroke in CP850 */
	pack(tree_name(tree, "copy"), archive_write_set_format_ustar, members);
	walk_packed(tree, "copy");
	assert_message(tree, "In/caf\202", FOLDER_IN, DIRECTION_IN); /* bytes as they are */
}

static void
folders_are_refused_as_in_a_tree(void **state)
{
	static char deep[256] = "In";
	static const struct pack members[] = { { "In/G1X4TK19/note", LETTER }, { deep, LETTER },
		{ NULL } };
	struct tree *tree = *state;

	for (int i = 0; i < 110; i++)
		strcat(deep, "/d");
	pack(tree_name(tree, "copy"), archive_write_set_format_pax_restricted, members);
	walk_packed(tree, "copy");
	assert_int_equal(tree->met.n, 3);
	assert_refused(tree, "In/G1X4TK19", MET_EXCLUDED, "listed by itself");
	assert_message(tree, "In/G1X4TK19/note", FOLDER_OTHER, DIRECTION_IN);
	assert_int_equal(tree->met.result.archive.n_lost, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(names_that_lead_outside_are_met_below_the_archive),
		tree_test(backslash_is_a_letter_in_tar),
		tree_test(name_told_again_is_numbered_and_examined),
		tree_test(names_without_a_charset_are_read_as_the_user_says),
		tree_test(folders_are_refused_as_in_a_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
