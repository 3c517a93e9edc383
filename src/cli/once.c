/* once.c - a file or folder that the command line names several times counts once. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/once.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

struct named {
	uint64_t device, inode;
	size_t index;
};

static int
compare(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	if (x->inode != y->inode)
		return x->inode < y->inode ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

bool
once(const char **paths, size_t *count, size_t *dropped)
{
	struct named *named = calloc(*count + 1, sizeof *named);
	size_t n = 0, kept = 0;
	struct stat st;

	*dropped = 0;
	if (!named)
		return false;
	for (size_t i = 0; i < *count; i++) {
		/* As the walk opens it: a link is refused there, not followed. */
		if (lstat(paths[i], &st) == 0)
			named[n++] = (struct named){ st.st_dev, st.st_ino, i };
	}
	qsort(named, n, sizeof *named, compare);
	for (size_t i = 1; i < n; i++) {
		if (named[i].device == named[i - 1].device && named[i].inode == named[i - 1].inode)
			paths[named[i].index] = NULL;
	}
	for (size_t i = 0; i < *count; i++) {
		if (paths[i])
			paths[kept++] = paths[i];
	}
	*dropped = *count - kept;
	*count = kept;
	free(named);
	return true;
}
