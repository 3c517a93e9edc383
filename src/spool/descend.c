/* descend.c - the folders of a walk that are open: the next one, and back. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "walker.h"

struct level *
walker_top(struct walker *walker)
{
	return &walker->levels[walker->depth - 1];
}

/* The names of folders that a folder holds, then back to its start. */
static void
look_into(DIR *dir, struct hints *hints)
{
	const struct dirent *item;

	while ((item = readdir(dir))) {
		struct hints named = *hints;
		struct stat st;

		if (item->d_type != DT_DIR && item->d_type != DT_UNKNOWN)
			continue;
		if (!layout_hint(&named, slice_str(item->d_name)))
			continue;
		if (item->d_type == DT_UNKNOWN &&
		    (fstatat(dirfd(dir), item->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
			!S_ISDIR(st.st_mode)))
			continue;
		*hints = named;
	}
	rewinddir(dir);
}

/* The path of the walker so far becomes a root. */
static bool
add_root(struct walker *walker, struct level *level)
{
	struct walk_result *result = walker->result;
	size_t len = walker->path_len;
	char **roots = reallocarray(result->roots, result->n_roots + 1, sizeof *roots);
	char *name;

	if (!roots)
		return false;
	result->roots = roots;
	name = strndup(walker->path, len);
	if (!name)
		return false;
	roots[result->n_roots++] = name;
	result->layout = true;
	level->root = name;
	level->root_len = len > 0 ? len + 1 : 0;
	return true;
}

void
walker_push(struct walker *walker, struct level level, int fd, bool ask, struct slice name)
{
	struct hints hints = { 0 };
	enum area before = level.place.area;

	level.dir = fdopendir(fd);
	if (!level.dir) {
		walker->error = errno;
		close(fd);
		return;
	}
	if (ask) {
		look_into(level.dir, &hints);
		level.place = layout_refine(level.place, name, &hints);
	}
	if (level.place.area == AREA_ROOT && before != AREA_ROOT && !add_root(walker, &level))
		walker->error = ENOMEM;
	if (level.place.area == AREA_MESSAGES) /* In alone, say */
		walker->result->layout = true;
	if (level.place.area == AREA_MAILROOT)
		walker->result->mailroot = true;
	if (walker->path_len > 0) {
		walker->path[walker->path_len++] = '/';
		walker->path[walker->path_len] = '\0';
	}
	level.path_len = walker->path_len;
	walker->levels[walker->depth++] = level;
}

void
walker_pop(struct walker *walker)
{
	closedir(walker_top(walker)->dir);
	walker->depth--;
}
