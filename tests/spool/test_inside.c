/* test_inside.c - an output in the evidence is seen whatever its name is made of. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tree.h"

static void
names_in_and_below_the_tree_are_inside(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "case/Imcdata/In/G1X4TK19", "x");
	tree_folder(tree, "case/Imcdata2");
	assert_true(
	    walk_is_inside(tree_name(tree, "case/Imcdata"), tree_name(tree, "case/Imcdata")));
	assert_true(
	    walk_is_inside(tree_name(tree, "case/Imcdata"), tree_name(tree, "case/Imcdata/new")));
	assert_true(walk_is_inside(tree_name(tree, "case/Imcdata/"),
	    tree_name(tree, "case/Imcdata/In/no/such/folder/report.json")));
	assert_true(walk_is_inside(tree_name(tree, "case/Imcdata"),
	    tree_name(tree, "case/Imcdata2/../Imcdata/In/report")));
	assert_true(walk_is_inside(tree_name(tree, "case/Imcdata/In/G1X4TK19"),
	    tree_name(tree, "case/Imcdata/In/G1X4TK19")));
}

static void
neighbours_are_outside(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "case/Imcdata/In/G1X4TK19", "x");
	tree_folder(tree, "case/Imcdata2");
	assert_false(
	    walk_is_inside(tree_name(tree, "case/Imcdata"), tree_name(tree, "case/report")));
	assert_false(walk_is_inside(
	    tree_name(tree, "case/Imcdata"), tree_name(tree, "case/Imcdata2/report")));
	assert_false(walk_is_inside(tree_name(tree, "case/Imcdata"), "/tmp"));
	assert_false(walk_is_inside(
	    tree_name(tree, "case/Imcdata"), tree_name(tree, "case/Imcdata/../report")));
}

static void
links_are_seen_through(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "case/Imcdata/In/G1X4TK19", "x");
	tree_folder(tree, "out");
	assert_int_equal(symlink("case/Imcdata", tree_name(tree, "link")), 0);
	assert_int_equal(symlink("../case/Imcdata/new", tree_name(tree, "out/dangling")), 0);
	assert_int_equal(symlink("dangling", tree_name(tree, "out/twice")), 0);
	assert_int_equal(symlink("loop", tree_name(tree, "out/loop")), 0);
	assert_int_equal(symlink("/tmp", tree_name(tree, "case/Imcdata/away")), 0);
	assert_true(
	    walk_is_inside(tree_name(tree, "case/Imcdata"), tree_name(tree, "link/report")));
	assert_true(
	    walk_is_inside(tree_name(tree, "link/"), tree_name(tree, "case/Imcdata/report")));
	assert_true(
	    walk_is_inside(tree_name(tree, "case/Imcdata"), tree_name(tree, "out/dangling")));
	assert_true(walk_is_inside(tree_name(tree, "case/Imcdata"), tree_name(tree, "out/twice")));
	assert_true(walk_is_inside(tree_name(tree, "case/Imcdata"), tree_name(tree, "out/loop")));
	/* A link in the tree that leads out: to replace it would change the tree. */
	assert_true(
	    walk_is_inside(tree_name(tree, "case/Imcdata"), tree_name(tree, "case/Imcdata/away")));
}

static void
relative_names_count_from_the_working_folder(void **state)
{
	struct tree *tree = *state;
	char back[512];

	tree_folder(tree, "case/Imcdata/In");
	assert_non_null(getcwd(back, sizeof back));
	assert_int_equal(chdir(tree_name(tree, "case")), 0);
	assert_true(walk_is_inside("Imcdata", "Imcdata/In/report"));
	assert_true(walk_is_inside(".", "report"));
	assert_false(walk_is_inside("Imcdata", "report"));
	assert_int_equal(chdir(tree_name(tree, "case/Imcdata/In")), 0);
	assert_true(walk_is_inside("..", "report"));
	assert_false(walk_is_inside("..", "../../report"));
	assert_int_equal(chdir(back), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(names_in_and_below_the_tree_are_inside),
		tree_test(neighbours_are_outside),
		tree_test(links_are_seen_through),
		tree_test(relative_names_count_from_the_working_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
