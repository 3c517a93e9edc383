/* evidence_files.c - what the user named as evidence beside the tree: no layout, nothing below. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evidence_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "name.h"

/* An entry for the walker's path: an artefact of the kind that its name suggests. */
static struct walk_entry
entry_of(const struct walker *walker, const struct level *level, struct slice name)
{
	struct walk_entry entry = walker_entry(walker, level, FOLDER_OTHER);
	const char *kind = name_artefact(name);

	entry.kind = kind ? kind : "other";
	entry.met = MET_ARTEFACT;
	return entry;
}

int
evidence_one(struct walker *walker, const char *path)
{
	const struct level level = { .root = "" };
	const char *slash = strrchr(path, '/');
	struct walk_entry entry;
	int fd;

	if (!walker_set_name(walker, &level, path))
		return ENAMETOOLONG;
	fd = opener_given_file(&walker->opener, path);
	if (fd < 0)
		return errno;
	entry = entry_of(walker, &level, slice_str(slash ? slash + 1 : path));
	walker_artefact(walker, &entry, fd, 0);
	return 0;
}

static void
take_name(struct walker *walker, const struct level *level, const char *name)
{
	const bool fits = walker_set_name(walker, level, name);
	struct walk_entry entry = entry_of(walker, level, slice_str(name));
	const int folder = dirfd(level->dir);
	struct stat st;

	if (!fits) {
		walker_refuse(walker, &entry, MET_ARTEFACT, "path too long; its name is cut here");
		return;
	}
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		walker_refuse(walker, &entry, MET_ARTEFACT, strerror(errno));
		return;
	}
	walker_set_stat(&entry, &st);
	if (S_ISREG(st.st_mode)) {
		const int fd = opener_file(&walker->opener, folder, name);

		walker_artefact(walker, &entry, fd, errno);
		return;
	}
	walker_refuse(walker, &entry, MET_ARTEFACT,
	    S_ISDIR(st.st_mode) ? "folder, not entered" : open_refusal(st.st_mode));
}

/* The level of the folder that was given: its path as it is, and one slash. */
static bool
begin_folder(struct walker *walker, struct level *level, const char *path)
{
	const size_t len = strlen(path);

	if (!walker_set_name(walker, level, path))
		return false;
	if (path[len - 1] != '/')
		walker->path[walker->path_len++] = '/';
	walker->path[walker->path_len] = '\0';
	level->path_len = walker->path_len;
	return true;
}

int
evidence_tree(struct walker *walker, const char *path)
{
	struct level level = { .root = "" };
	const struct dirent *item;
	int fd, error;

	if (!begin_folder(walker, &level, path))
		return ENAMETOOLONG;
	fd = opener_given_folder(&walker->opener, path);
	if (fd < 0)
		return errno;
	level.dir = fdopendir(fd);
	if (!level.dir) {
		error = errno;
		close(fd);
		return error;
	}
	while (errno = 0, !walker->stopped && (item = readdir(level.dir))) {
		if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
			take_name(walker, &level, item->d_name);
	}
	error = walker->stopped ? 0 : errno;
	closedir(level.dir);
	return error;
}
