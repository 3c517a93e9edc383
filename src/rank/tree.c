/* tree.c - what the ranking holds in memory of a tree: roots, names, groups. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"

#define ROOTS_REMEMBERED 300u /* more than there are workers */

/* Files come root by root, but for those in the hands of workers: only the last few names are
 * looked at, so that a tree of very many roots takes linear time. */
bool
tree_root(struct tree *tree, const char *root, uint32_t *number)
{
	const size_t oldest =
	    tree->n_roots > ROOTS_REMEMBERED ? tree->n_roots - ROOTS_REMEMBERED : 0;
	char *copy;

	for (size_t i = tree->n_roots; i > oldest; i--) {
		if (strcmp(tree->roots[i - 1], root) == 0)
			return *number = (uint32_t)(i - 1), true;
	}
	if (tree->n_roots == UINT32_MAX)
		return errno = EOVERFLOW, false;
	if (!array_grow(&tree->roots, &tree->roots_room, tree->n_roots + 1, sizeof *tree->roots))
		return false;
	copy = strdup(root);
	if (!copy)
		return false;
	*number = (uint32_t)tree->n_roots;
	tree->roots[tree->n_roots++] = copy;
	return true;
}

const char *
tree_root_name(const struct tree *tree, uint32_t root)
{
	return tree->n_roots > 1 ? tree->roots[root] : "";
}

int
tree_compare_names(const struct tree *tree, const struct tree_name *a, const struct tree_name *b)
{
	const struct slice x = a->path, y = b->path;
	const size_t both = x.len < y.len ? x.len : y.len;
	int order = both ? memcmp(x.data, y.data, both) : 0;

	if (order != 0)
		return order;
	if (x.len != y.len)
		return x.len < y.len ? -1 : 1;
	return a->root == b->root ? 0 : strcmp(tree->roots[a->root], tree->roots[b->root]);
}

static int
compare_group(const void *key, const void *item)
{
	const uint32_t *group = key;
	const struct group *found = item;

	return *group < found->group ? -1 : *group > found->group;
}

const struct group *
tree_group(const struct tree *tree, uint32_t file)
{
	if (!tree->files[file].grouped)
		return NULL;
	return bsearch(&tree->group_of[file], tree->groups, tree->n_groups, sizeof *tree->groups,
	    compare_group);
}

void
tree_free(struct tree *tree)
{
	for (size_t i = 0; i < tree->n_roots; i++)
		free(tree->roots[i]);
	free(tree->roots);
	free(tree->files);
	free(tree->group_of);
	free(tree->groups);
	free(tree->logged.all);
}
