/* walker.c - the state of a walk, and what it tells the visitor. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "walker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct slice
walker_name(const struct walker *walker, const struct level *level)
{
	return slice_of(walker->path + level->path_len, walker->path_len - level->path_len);
}

void
walker_set_stat(struct walk_entry *entry, const struct stat *st)
{
	entry->has_stat = true;
	entry->size = (uint64_t)st->st_size;
	entry->mtime_sec = (int64_t)st->st_mtim.tv_sec;
	entry->mtime_nsec = (uint32_t)st->st_mtim.tv_nsec;
	entry->regular = S_ISREG(st->st_mode);
	entry->device = (uint64_t)st->st_dev;
	entry->inode = (uint64_t)st->st_ino;
}

struct walk_entry
walker_entry(const struct walker *walker, const struct level *level, enum folder folder)
{
	struct walk_entry entry = {
		.met = MET_MESSAGE,
		.fd = -1,
		.root = level->root,
		.path =
		    slice_of(walker->path + level->root_len, walker->path_len - level->root_len),
		.folder = folder,
		.direction = level->place.direction,
		.kind = "",
		.reason = "",
	};

	entry.foreign_name = !walk_spool_name(walker_name(walker, level));
	if (entry.path.len == 0) /* the given folder itself */
		entry.path = slice_str(".");
	return entry;
}

void
walker_visit(struct walker *walker, const struct walk_entry *entry)
{
	walker->result->n_met++;
	if (!walker->visit(walker->context, entry))
		walker->stopped = true;
}

void
walker_refuse(struct walker *walker, struct walk_entry *entry, enum met met, const char *reason)
{
	entry->met = met;
	entry->reason = reason;
	walker_visit(walker, entry);
}

void
walker_message(struct walker *walker, struct walk_entry *entry, int fd, int error)
{
	struct stat st;
	const char *refusal;

	if (fd < 0) {
		/* A link that took the place of the file between the two looks at it. */
		if (error == ELOOP)
			walker_refuse(walker, entry, MET_EXCLUDED, open_refusal(S_IFLNK));
		else
			walker_refuse(walker, entry, MET_FAILED, strerror(error));
		return;
	}
	if (fstat(fd, &st) != 0) {
		walker_refuse(walker, entry, MET_FAILED, strerror(errno));
		close(fd);
		return;
	}
	walker_set_stat(entry, &st);
	refusal = open_refusal(st.st_mode);
	if (S_ISREG(st.st_mode)) {
		entry->fd = fd;
		walker_visit(walker, entry);
		return;
	}
	close(fd);
	walker_refuse(walker, entry, refusal ? MET_EXCLUDED : MET_FAILED,
	    refusal ? refusal : "became a folder while it was opened");
}

void
walker_artefact(struct walker *walker, struct walk_entry *entry, int fd, int error)
{
	struct stat st;

	entry->met = MET_ARTEFACT;
	if (fd < 0) {
		entry->reason = error == ELOOP ? open_refusal(S_IFLNK) : strerror(error);
	} else if (fstat(fd, &st) != 0) {
		entry->reason = strerror(errno);
	} else {
		walker_set_stat(entry, &st);
		if (S_ISREG(st.st_mode))
			entry->fd = fd;
		else
			entry->reason = "no regular file any more when it was opened";
	}
	if (fd >= 0 && entry->fd < 0)
		close(fd);
	walker_visit(walker, entry);
}

bool
walker_set_name(struct walker *walker, const struct level *level, const char *name)
{
	size_t len = strlen(name);
	size_t room = level->path_len + 2 < PATH_ROOM ? PATH_ROOM - level->path_len - 2 : 0;
	bool fits = len <= room;

	len = fits ? len : room;
	memcpy(walker->path + level->path_len, name, len);
	walker->path_len = level->path_len + len;
	walker->path[walker->path_len] = '\0';
	return fits;
}

void
walker_set_folder(struct walker *walker, const struct level *level)
{
	walker->path_len = level->path_len > 0 ? level->path_len - 1 : 0;
	walker->path[walker->path_len] = '\0';
}

const char *
walk_strerror(int error)
{
	switch (error) {
	case ELOOP:
		return "is a symbolic link, not followed (end it with a slash to scan its target)";
	case ENOTSUP:
		return "is neither a folder nor a regular file";
	default:
		return strerror(error);
	}
}

void
walk_result_free(struct walk_result *result)
{
	for (size_t i = 0; i < result->n_roots; i++)
		free(result->roots[i]);
	free(result->roots);
	*result = (struct walk_result){ 0 };
}
