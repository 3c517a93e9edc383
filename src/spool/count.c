/* count.c - how many files lie below a path, by their names alone. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "spool/count.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "open.h"

#define LEVELS_MAX 100 /* as the walk: each holds a descriptor */

struct counter {
	struct opener opener;
	DIR *levels[LEVELS_MAX];
	size_t depth;
	uint64_t files;
};

/* Takes fd. */
static void
push(struct counter *counter, int fd)
{
	DIR *dir;

	if (fd < 0)
		return;
	dir = counter->depth < LEVELS_MAX ? fdopendir(fd) : NULL;
	if (dir)
		counter->levels[counter->depth++] = dir;
	else
		close(fd);
}

/* File systems without d_type say DT_UNKNOWN for all. */
static bool
is_folder(int folder, const struct dirent *item)
{
	struct stat st;

	if (item->d_type != DT_UNKNOWN)
		return item->d_type == DT_DIR;
	return fstatat(folder, item->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static void
step(struct counter *counter)
{
	DIR *dir = counter->levels[counter->depth - 1];
	/* cppcheck-suppress readdirCalled ; one thread */
	const struct dirent *item = readdir(dir);

	if (!item) {
		closedir(dir);
		counter->depth--;
	} else if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0) {
		return;
	} else if (is_folder(dirfd(dir), item)) {
		push(counter, opener_folder(&counter->opener, dirfd(dir), item->d_name));
	} else {
		counter->files++;
	}
}

uint64_t
count_files(const char *path, bool (*go_on)(void *context), void *context)
{
	struct counter counter = { .opener = opener_new() };

	push(&counter, opener_given_folder(&counter.opener, path));
	if (counter.depth == 0)
		return 1;
	while (counter.depth > 0 && go_on(context))
		step(&counter);
	while (counter.depth > 0)
		closedir(counter.levels[--counter.depth]);
	return counter.files;
}
