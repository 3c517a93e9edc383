/* tree.h - fixtures of the spool tests: a folder of its own for each test, and a list of what
 * was met. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_TREE_H
#define IMC_TEST_TREE_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/walk.h"
#include "test.h"

#define MET_MAX 400

struct met_row {
	struct walk_entry entry;
	char path[512], root[256], reason[160];
	size_t path_len;
};

struct met_list {
	size_t n, stop_after;
	struct met_row rows[MET_MAX];
	struct walk_result result;
	int error;
};

struct tree {
	char path[64];
	struct met_list met;
};

static inline const char *
tree_name(const struct tree *tree, const char *name)
{
	static char buffers[4][640]; /* four names in use at a time */
	static unsigned next;
	char *buffer = buffers[next++ % 4];

	snprintf(buffer, sizeof buffers[0], "%s/%s", tree->path, name);
	return buffer;
}

static inline void
tree_folder(const struct tree *tree, const char *name)
{
	char path[640];

	snprintf(path, sizeof path, "%s/%s", tree->path, name);
	for (char *slash = path + strlen(tree->path) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
		*slash = '/';
	}
	assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
}

/* A file of that text; the folders above it are made too. */
static inline void
tree_file(const struct tree *tree, const char *name, const char *text)
{
	const char *slash = strrchr(name, '/');
	char above[512];
	FILE *file;

	if (slash) {
		snprintf(above, sizeof above, "%.*s", (int)(slash - name), name);
		tree_folder(tree, above);
	}
	file = fopen(tree_name(tree, name), "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static inline bool
tree_note(void *context, const struct walk_entry *entry)
{
	struct met_list *list = context;
	struct met_row *row = &list->rows[list->n];

	assert_true(list->n < MET_MAX);
	assert_true(entry->path.len < sizeof row->path);
	row->entry = *entry;
	memcpy(row->path, entry->path.data, entry->path.len);
	row->path[entry->path.len] = '\0';
	row->path_len = entry->path.len;
	snprintf(row->root, sizeof row->root, "%s", entry->root);
	snprintf(row->reason, sizeof row->reason, "%s", entry->reason);
	assert_true((entry->fd >= 0) == (entry->met == MET_MESSAGE));
	if (entry->fd >= 0) {
		char byte;

		assert_true(read(entry->fd, &byte, 1) >= 0);
		close(entry->fd);
	}
	list->n++;
	return list->stop_after == 0 || list->n < list->stop_after;
}

/* Walk the tree or a name in it. */
static inline void
tree_walk(struct tree *tree, const char *name)
{
	walk_result_free(&tree->met.result);
	tree->met.n = 0;
	tree->met.error = walk(
	    name ? tree_name(tree, name) : tree->path, tree_note, &tree->met, &tree->met.result);
	assert_int_equal(tree->met.n, tree->met.result.n_met);
}

/* The only entry of that path (relative to its root), or a failed test. */
static inline const struct met_row *
tree_met(const struct tree *tree, const char *path)
{
	const struct met_row *row = NULL;

	for (size_t i = 0; i < tree->met.n; i++)
		if (strcmp(tree->met.rows[i].path, path) == 0) {
			assert_null(row);
			row = &tree->met.rows[i];
		}
	if (!row)
		fail_msg("not met: %s", path);
	return row;
}

static inline void
assert_message(
    const struct tree *tree, const char *path, enum folder folder, enum direction direction)
{
	const struct met_row *row = tree_met(tree, path);

	assert_int_equal(row->entry.met, MET_MESSAGE);
	assert_string_equal(folder_name(row->entry.folder), folder_name(folder));
	assert_int_equal(row->entry.direction, direction);
}

static inline void
assert_artefact(const struct tree *tree, const char *path, const char *kind)
{
	assert_int_equal(tree_met(tree, path)->entry.met, MET_ARTEFACT);
	assert_string_equal(tree_met(tree, path)->entry.kind, kind);
}

static inline void
assert_refused(const struct tree *tree, const char *path, enum met met, const char *reason)
{
	const struct met_row *row = tree_met(tree, path);

	assert_int_equal(row->entry.met, met);
	if (!strstr(row->reason, reason))
		fail_msg("reason of %s is \"%s\"", path, row->reason);
}

static inline int
tree_setup(void **state)
{
	struct tree *tree = calloc(1, sizeof *tree);

	if (!tree)
		return -1;
	strcpy(tree->path, "/tmp/imcscan-test-XXXXXX");
	if (!mkdtemp(tree->path))
		return -1;
	*state = tree;
	return 0;
}

static inline int
tree_teardown(void **state)
{
	struct tree *tree = *state;
	char command[256];

	snprintf(
	    command, sizeof command, "chmod -R u+rwX '%s'; rm -rf '%s'", tree->path, tree->path);
	walk_result_free(&tree->met.result);
	free(tree);
	return system(command) == 0 ? 0 : -1;
}

#define tree_test(name) cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)

#endif
