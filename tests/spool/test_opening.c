/* test_opening.c - artefacts are opened when asked for, and what the user named as evidence. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tree.h"

/* As tree_note(), for walks that open artefacts; what it notes as fd is whether it was open. */
static bool
note_open(void *context, const struct walk_entry *entry)
{
	struct walk_entry noted = *entry;
	struct met_list *list = context;

	noted.fd = -1;
	noted.met = noted.met == MET_MESSAGE ? MET_FAILED : noted.met;
	if (entry->fd >= 0)
		close(entry->fd);
	tree_note(list, &noted);
	list->rows[list->n - 1].entry.fd = entry->fd >= 0;
	return list->stop_after == 0 || list->n < list->stop_after;
}

typedef int walking(
    const char *path, walk_visitor *visit, void *context, struct walk_result *result);

static int
walk_opening(const char *path, walk_visitor *visit, void *context, struct walk_result *result)
{
	const struct walk_options options = { .opens_artefacts = true };

	return walk_with(&options, path, visit, context, result);
}

static int
walk_so(struct tree *tree, walking *way, const char *path)
{
	walk_result_free(&tree->met.result);
	tree->met.n = 0;
	return way(path, note_open, &tree->met, &tree->met.result);
}

static bool
was_open(const struct tree *tree, const char *path)
{
	return tree_met(tree, path)->entry.fd;
}

static void
artefacts_are_opened_when_asked_for(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "Imcdata/In/G1X4TK19", "x");
	tree_file(tree, "Imcdata/Log/L0000001.LOG", "x");
	tree_file(tree, "Imcdata/robocopy.log", "x");
	tree_file(tree, "AppEvent.Evt", "x");
	assert_int_equal(walk_so(tree, walk, tree->path), 0);
	assert_artefact(tree, "Log/L0000001.LOG", "protocol-log");
	assert_false(was_open(tree, "Log/L0000001.LOG"));
	assert_false(was_open(tree, "AppEvent.Evt"));
	assert_int_equal(walk_so(tree, walk_opening, tree->path), 0);
	assert_int_equal(tree->met.n, 4);
	assert_artefact(tree, "Log/L0000001.LOG", "protocol-log");
	assert_artefact(tree, "AppEvent.Evt", "other");
	assert_true(was_open(tree, "Log/L0000001.LOG"));
	assert_true(was_open(tree, "robocopy.log"));
	assert_true(was_open(tree, "AppEvent.Evt"));
	assert_int_equal(walk_so(tree, walk_opening, tree_name(tree, "Imcdata/robocopy.log")), 0);
	assert_int_equal(tree->met.n, 1);
}

static void
evidence_is_a_file_or_the_regular_files_of_a_folder(void **state)
{
	struct tree *tree = *state;
	char path[800];

	tree_file(tree, "logs/queue.dat", "x");
	tree_file(tree, "logs/G1X4TK19", "x"); /* no message here */
	tree_file(tree, "logs/below/app.evt", "x");
	assert_int_equal(mkfifo(tree_name(tree, "logs/pipe"), 0644), 0);
	assert_int_equal(symlink("queue.dat", tree_name(tree, "logs/link")), 0);
	assert_int_equal(walk_so(tree, walk_evidence, tree_name(tree, "logs")), 0);
	assert_int_equal(tree->met.n, 5);
	for (size_t i = 0; i < tree->met.n; i++) {
		assert_int_equal(tree->met.rows[i].entry.met, MET_ARTEFACT);
		assert_string_equal(tree->met.rows[i].root, "");
	}
	snprintf(path, sizeof path, "%s", tree_name(tree, "logs/queue.dat"));
	assert_artefact(tree, path, "queue");
	assert_true(was_open(tree, path));
	assert_true(was_open(tree, tree_name(tree, "logs/G1X4TK19")));
	assert_refused(tree, tree_name(tree, "logs/below"), MET_ARTEFACT, "folder, not entered");
	assert_refused(tree, tree_name(tree, "logs/pipe"), MET_ARTEFACT, "FIFO");
	assert_refused(tree, tree_name(tree, "logs/link"), MET_ARTEFACT, "link");
	assert_int_equal(walk_so(tree, walk_evidence, path), 0);
	assert_int_equal(tree->met.n, 1);
	assert_true(was_open(tree, path));
}

static void
evidence_that_is_no_file_is_refused(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "a.log", "x");
	assert_int_equal(mkfifo(tree_name(tree, "pipe"), 0644), 0);
	assert_int_equal(symlink("a.log", tree_name(tree, "link")), 0);
	assert_int_equal(walk_so(tree, walk_evidence, tree_name(tree, "pipe")), ENOTSUP);
	assert_int_equal(walk_so(tree, walk_evidence, tree_name(tree, "link")), ELOOP);
	assert_int_equal(walk_so(tree, walk_evidence, tree_name(tree, "none")), ENOENT);
	assert_int_equal(walk_so(tree, walk_evidence, ""), ENOENT);
	assert_int_equal(tree->met.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(artefacts_are_opened_when_asked_for),
		tree_test(evidence_is_a_file_or_the_regular_files_of_a_folder),
		tree_test(evidence_that_is_no_file_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
