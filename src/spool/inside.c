/*
 * inside.c - whether an output would land in the evidence, or beside other things.
 *
 * Names are resolved as far as they exist, then every folder up to the top is compared by device
 * and inode: so links, bind mounts and other spellings of a name are seen through.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 40 /* as the kernel */

/* Cut the last name off a path, in place; "." or "/" when nothing is left of it. */
static void
to_parent(char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	while (len > 0 && path[len - 1] != '/')
		len--;
	while (len > 1 && path[len - 1] == '/')
		len--;
	if (len == 0)
		path[len++] = '.';
	path[len] = '\0';
}

/* The target of a link as a path: relative ones count from the link's folder. False: no link. */
static bool
follow_link(const char *path, char out[PATH_MAX])
{
	char target[PATH_MAX];
	ssize_t got = readlink(path, target, sizeof target);
	size_t len = (size_t)got, above;

	if (got <= 0 || len >= sizeof target)
		return false;
	if (strlen(path) >= PATH_MAX)
		return false;
	memcpy(out, path, strlen(path) + 1);
	to_parent(out);
	above = target[0] == '/' ? 0 : strlen(out);
	if (above + len + 2 > PATH_MAX)
		return false;
	if (above > 0)
		out[above++] = '/';
	memcpy(out + above, target, len);
	out[above + len] = '\0';
	return true;
}

/* Whether the existing path (no links left in it) or a folder above it is the file `root`. */
static bool
climbs_to(char *path, const struct stat *root)
{
	for (;;) {
		struct stat st;

		if (stat(path, &st) == 0 && st.st_dev == root->st_dev && st.st_ino == root->st_ino)
			return true;
		if (strcmp(path, "/") == 0 || strcmp(path, ".") == 0)
			return false;
		to_parent(path);
	}
}

/* Whether the nearest existing thing at or above `path` lies in root. */
static bool
lands_in(const char *path, const struct stat *root)
{
	char probe[PATH_MAX], real[PATH_MAX];

	if (strlen(path) >= sizeof probe)
		return true; /* cannot be judged: refuse */
	memcpy(probe, path, strlen(path) + 1);
	while (!realpath(probe, real)) {
		if (strcmp(probe, ".") == 0 || strcmp(probe, "/") == 0)
			return true;
		to_parent(probe);
	}
	return climbs_to(real, root);
}

bool
walk_is_inside(const char *root, const char *output)
{
	char path[PATH_MAX], next[PATH_MAX];
	struct stat st;

	if (stat(root, &st) != 0)
		return false;
	if (strlen(output) >= sizeof path)
		return true;
	memcpy(path, output, strlen(output) + 1);
	/* The name itself, then what it points to: a link may dangle into the tree. */
	for (int i = 0; i < LINKS_MAX; i++) {
		char above[PATH_MAX];

		memcpy(above, path, sizeof above);
		to_parent(above);
		if (lands_in(path, &st) || lands_in(above, &st))
			return true;
		if (!follow_link(path, next))
			return false;
		memcpy(path, next, sizeof path);
	}
	return true;
}

int
walk_is_empty(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	int error = 0;

	if (!dir)
		return errno;
	while (error == 0 && (errno = 0, entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			error = ENOTEMPTY;
	}
	if (error == 0)
		error = errno;
	(void)closedir(dir);
	return error;
}
