/* test_layout.c - which files of a copied tree are messages, and of which folder. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tree.h"

static void
every_folder_of_imcdata_is_known_in_any_case(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "IMCDATA/IN/G1X4TK19", "x");
	tree_file(tree, "IMCDATA/in/temp/G1X4TK2R", "x"); /* two spellings side by side */
	tree_file(tree, "IMCDATA/IN/Archive/G1X4TK3R", "x");
	tree_file(tree, "IMCDATA/Out/G1X4T5HD", "x");
	tree_file(tree, "IMCDATA/Out/TEMP/half1/G1X4T5JV", "x");
	tree_file(tree, "IMCDATA/Out/archive/G1X4T5KV", "x");
	tree_file(tree, "IMCDATA/Work/G1X4TK2S", "");
	tree_file(tree, "IMCDATA/pickup/note.eml", "x");
	tree_file(tree, "IMCDATA/pickup/ARCHIVE/bad.eml", "x");
	tree_file(tree, "IMCDATA/TempIMS/IN/G1X4TK4R", "x");
	tree_file(tree, "IMCDATA/TempIMS/OUT/G1X4TK5R", "x");
	tree_file(tree, "IMCDATA/TempIMC/G1X4TK6R", "x");
	tree_file(tree, "IMCDATA/In/ExClean/G1X4TK7R", "x");
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.error, 0);
	assert_int_equal(tree->met.n, 13);
	assert_int_equal(tree->met.result.n_roots, 1);
	assert_string_equal(tree->met.result.roots[0], "IMCDATA");
	assert_message(tree, "IN/G1X4TK19", FOLDER_IN, DIRECTION_IN);
	assert_string_equal(tree_met(tree, "IN/G1X4TK19")->root, "IMCDATA");
	assert_false(tree_met(tree, "IN/G1X4TK19")->entry.foreign_name);
	assert_message(tree, "in/temp/G1X4TK2R", FOLDER_IN_TEMP, DIRECTION_IN);
	assert_message(tree, "IN/Archive/G1X4TK3R", FOLDER_IN_ARCHIVE, DIRECTION_IN);
	assert_message(tree, "Out/G1X4T5HD", FOLDER_OUT, DIRECTION_OUT);
	assert_message(tree, "Out/TEMP/half1/G1X4T5JV", FOLDER_OUT_TEMP, DIRECTION_OUT);
	assert_message(tree, "Out/archive/G1X4T5KV", FOLDER_OUT_ARCHIVE, DIRECTION_OUT);
	assert_message(tree, "Work/G1X4TK2S", FOLDER_WORK, DIRECTION_IN);
	assert_message(tree, "pickup/note.eml", FOLDER_PICKUP, DIRECTION_OUT);
	assert_message(tree, "pickup/ARCHIVE/bad.eml", FOLDER_PICKUP_ARCHIVE, DIRECTION_OUT);
	assert_message(tree, "TempIMS/IN/G1X4TK4R", FOLDER_TEMP_IMS, DIRECTION_IN);
	assert_message(tree, "TempIMS/OUT/G1X4TK5R", FOLDER_TEMP_IMS, DIRECTION_OUT);
	assert_message(tree, "TempIMC/G1X4TK6R", FOLDER_TEMP_IMS, DIRECTION_ANY);
	assert_message(tree, "In/ExClean/G1X4TK7R", FOLDER_OTHER, DIRECTION_IN);
}

static void
files_beside_the_mail_are_artefacts(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "Imcdata/In/G1X4TK19", "x");
	tree_file(tree, "Imcdata/queue.dat", "x");
	tree_file(tree, "Imcdata/Queue.old", "x");
	tree_file(tree, "Imcdata/robocopy.log", "x");
	tree_file(tree, "Imcdata/save.txt", "x");
	tree_file(tree, "Imcdata/Log/L0000012.LOG", "x");
	tree_file(tree, "Imcdata/Log/ROUTE.TXT", "x");
	tree_file(tree, "Imcdata/Log/readme", "x");
	tree_file(tree, "Imcdata/Log/G1X4TKZZ", "x");
	tree_file(tree, "Imcdata/Backup/Mtsin/0001", "x");
	tree_file(tree, "Imcdata/G1X4TKXX", "x");
	tree_file(tree, "AppEvent.Evt", "x");
	tree_file(tree, "notes", "x");
	tree_file(tree, "saved.eml", "x");
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 14);
	assert_artefact(tree, "queue.dat", "queue");
	assert_artefact(tree, "Queue.old", "queue");
	assert_artefact(tree, "robocopy.log", "other");
	assert_artefact(tree, "save.txt", "other");
	assert_artefact(tree, "Log/L0000012.LOG", "protocol-log");
	assert_artefact(tree, "Log/ROUTE.TXT", "routes");
	assert_artefact(tree, "Log/readme", "other");
	assert_artefact(tree, "Backup/Mtsin/0001", "other");
	assert_artefact(tree, "AppEvent.Evt", "other");
	assert_artefact(tree, "notes", "other");
	assert_message(tree, "Log/G1X4TKZZ", FOLDER_OTHER, DIRECTION_ANY);
	assert_message(tree, "G1X4TKXX", FOLDER_OTHER, DIRECTION_ANY);
	assert_message(tree, "saved.eml", FOLDER_OTHER, DIRECTION_ANY);
	assert_true(tree_met(tree, "queue.dat")->entry.has_stat);
}

static void
foreign_names_in_a_queue_are_messages_and_marked(void **state)
{
	static const char *const foreign[] = { "~G1X4TKB.TMP", "G1X4TKCP.VIR", "DESKTOP.INI",
		"Copy of G1X4TKB7", "KPFYMCMQB", "robocopy.log", "queue.dat", "G1X4TKBE",
		"G1X4TKB7;x" };
	static const char *const own[] = { "G1X4TKB7;1", "G1X4TKB8.;1", "G1X4TKB9.", "jtmrmaqv" };
	struct tree *tree = *state;
	char path[64];

	for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
		snprintf(path, sizeof path, "Imcdata/In/%s", foreign[i]);
		tree_file(tree, path, "x");
	}
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
		snprintf(path, sizeof path, "Imcdata/In/%s", own[i]);
		tree_file(tree, path, "x");
	}
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 13);
	for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
		snprintf(path, sizeof path, "In/%s", foreign[i]);
		assert_message(tree, path, FOLDER_IN, DIRECTION_IN);
		assert_true(tree_met(tree, path)->entry.foreign_name);
	}
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
		snprintf(path, sizeof path, "In/%s", own[i]);
		assert_message(tree, path, FOLDER_IN, DIRECTION_IN);
		assert_false(tree_met(tree, path)->entry.foreign_name);
	}
}

static void
two_imcdata_below_one_path_are_two_roots(void **state)
{
	struct tree *tree = *state;
	bool first = false, second = false;

	tree_file(tree, "exgate1/exchsrvr/Imcdata/In/G1X4TK19", "x");
	tree_file(tree, "exgate2/OUT/G1X4TK2R", "x"); /* renamed: known by what it holds */
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 2);
	assert_int_equal(tree->met.result.n_roots, 2);
	assert_true(tree->met.result.layout);
	for (size_t i = 0; i < 2; i++) {
		first |= strcmp(tree->met.result.roots[i], "exgate1/exchsrvr/Imcdata") == 0;
		second |= strcmp(tree->met.result.roots[i], "exgate2") == 0;
	}
	assert_true(first && second);
	assert_string_equal(tree_met(tree, "In/G1X4TK19")->root, "exgate1/exchsrvr/Imcdata");
	assert_string_equal(tree_met(tree, "OUT/G1X4TK2R")->root, "exgate2");
}

static void
a_copy_of_in_dropped_into_in_is_no_second_root(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "Imcdata/In/In/G1X4TK19", "x");
	tree_file(tree, "Imcdata/In/G1X4TK2R", "x");
	tree_file(tree, "Imcdata/old/Imcdata/In/G1X4TK3R", "x"); /* but this is one */
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.result.n_roots, 2);
	assert_message(tree, "In/In/G1X4TK19", FOLDER_OTHER, DIRECTION_IN);
	assert_message(tree, "In/G1X4TK2R", FOLDER_IN, DIRECTION_IN);
	assert_message(tree, "In/G1X4TK3R", FOLDER_IN, DIRECTION_IN);
	assert_string_equal(tree_met(tree, "In/G1X4TK3R")->root, "Imcdata/old/Imcdata");
}

static void
imcdata_itself_a_queue_and_a_file_can_be_given(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "Imcdata/In/G1X4TK19", "x");
	tree_file(tree, "Imcdata/In/Archive/G1X4TK2R", "x");
	tree_file(tree, "Imcdata/Work/G1X4TK3R", "x");
	tree_walk(tree, "Imcdata");
	assert_int_equal(tree->met.n, 3);
	assert_string_equal(tree_met(tree, "In/G1X4TK19")->root, "");
	assert_int_equal(tree->met.result.n_roots, 1);
	assert_string_equal(tree->met.result.roots[0], "");
	tree_walk(tree, "Imcdata/In");
	assert_message(tree, "G1X4TK19", FOLDER_IN, DIRECTION_IN);
	assert_message(tree, "Archive/G1X4TK2R", FOLDER_IN_ARCHIVE, DIRECTION_IN);
	tree_walk(tree, "Imcdata/In/Archive");
	assert_message(tree, "G1X4TK2R", FOLDER_IN_ARCHIVE, DIRECTION_IN);
	tree_walk(tree, "Imcdata/Work");
	assert_message(tree, "G1X4TK3R", FOLDER_WORK, DIRECTION_IN);
	tree_walk(tree, "Imcdata/In/G1X4TK19");
	assert_int_equal(tree->met.n, 1);
	assert_message(tree, "G1X4TK19", FOLDER_IN, DIRECTION_IN);
	assert_int_equal(tree_met(tree, "G1X4TK19")->entry.size, 1);
}

static void
loose_messages_are_read_as_folder_other(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "work/00001.abc", "x"); /* a common name: no Imcdata around it */
	tree_file(tree, "work/spam/note.eml", "x");
	tree_file(tree, "work/run.log", "x");
	tree_walk(tree, "work");
	assert_int_equal(tree->met.n, 3);
	assert_false(tree->met.result.layout);
	assert_message(tree, "00001.abc", FOLDER_OTHER, DIRECTION_ANY);
	assert_message(tree, "spam/note.eml", FOLDER_OTHER, DIRECTION_ANY);
	assert_artefact(tree, "run.log", "other");
	tree_walk(tree, "work/run.log"); /* named by the user: read */
	assert_message(tree, "run.log", FOLDER_OTHER, DIRECTION_ANY);
}

static void
an_empty_folder_is_a_walk_without_visits(void **state)
{
	struct tree *tree = *state;

	tree_walk(tree, NULL);
	assert_int_equal(tree->met.error, 0);
	assert_int_equal(tree->met.n, 0);
	assert_false(tree->met.result.layout);
	tree_folder(tree, "Imcdata/In");
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 0);
	assert_true(tree->met.result.layout);
}

static void
a_mailroot_of_exchange_2000_is_recognised(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "vsi 1/Queue/NTFS_0123456789abcdef00000001.EML", "x");
	tree_file(tree, "vsi 1/BadMail/0001.BDR", "x");
	tree_file(tree, "vsi 1/PickUp/new.eml", "x");
	tree_walk(tree, NULL);
	assert_true(tree->met.result.mailroot);
	assert_false(tree->met.result.layout);
	assert_message(
	    tree, "vsi 1/Queue/NTFS_0123456789abcdef00000001.EML", FOLDER_OTHER, DIRECTION_ANY);
	assert_message(tree, "vsi 1/PickUp/new.eml", FOLDER_OTHER, DIRECTION_ANY);
	assert_artefact(tree, "vsi 1/BadMail/0001.BDR", "other");
}

static void
a_spool_name_is_eight_of_thirty_two_symbols(void **state)
{
	(void)state;
	assert_true(walk_spool_name(slice_str("WXJXSG2D")));
	assert_true(walk_spool_name(slice_str("01234567")));
	assert_true(walk_spool_name(slice_str("Jtmrmaqv")));
	assert_true(walk_spool_name(slice_str("G1X4TKB7.;12")));
	assert_false(walk_spool_name(slice_str("WXJXSG2")));
	assert_false(walk_spool_name(slice_str("WXJXSG2DX")));
	assert_false(walk_spool_name(slice_str("WXJXSG2E")));
	assert_false(walk_spool_name(slice_str("wxjxsg2o")));
	assert_false(walk_spool_name(slice_str("WXJXSG2\xc4")));
	assert_false(walk_spool_name(slice_str("WXJX.G2D")));
	assert_false(walk_spool_name(slice_str("G1X4TKB7;")));
	assert_false(walk_spool_name(slice_str("G1X4TKB7;1a")));
	assert_false(walk_spool_name(slice_str("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(every_folder_of_imcdata_is_known_in_any_case),
		tree_test(files_beside_the_mail_are_artefacts),
		tree_test(foreign_names_in_a_queue_are_messages_and_marked),
		tree_test(two_imcdata_below_one_path_are_two_roots),
		tree_test(a_copy_of_in_dropped_into_in_is_no_second_root),
		tree_test(imcdata_itself_a_queue_and_a_file_can_be_given),
		tree_test(loose_messages_are_read_as_folder_other),
		tree_test(an_empty_folder_is_a_walk_without_visits),
		tree_test(a_mailroot_of_exchange_2000_is_recognised),
		cmocka_unit_test(a_spool_name_is_eight_of_thirty_two_symbols),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
