/*
 * walk.c - walk a copied tree and open what is a message: the only opener of evidence.
 *
 * Depth first over a stack of open folders: one descriptor a level, one name at a time, nothing
 * remembered but the path. The type told by readdir is a hint; what counts is fstat after opening.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "evidence_files.h"
#include "layout.h"
#include "open.h"
#include "start.h"
#include "walk_archive.h"
#include "walker.h"

static void
walk_name_of_file(struct walker *walker, const struct level *level, const char *name)
{
	enum folder folder;
	const char *kind = layout_file(&level->place, walker_name(walker, level), &folder);
	struct walk_entry entry = walker_entry(walker, level, folder);
	struct stat st;
	const bool opened = !kind || walker->opens_artefacts;
	int fd = opened ? opener_file(&walker->opener, dirfd(level->dir), name) : -1;
	int error = errno;

	if (fd < 0 && fstatat(dirfd(level->dir), name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		walker_set_stat(&entry, &st);
	if (!kind) {
		walker_message(walker, &entry, fd, error);
		return;
	}
	entry.kind = kind;
	if (opened) {
		walker_artefact(walker, &entry, fd, error);
		return;
	}
	entry.met = MET_ARTEFACT;
	walker_visit(walker, &entry);
}

/* It stands among files: what it is, and that more than one file is missing, has to be said. */
static const char *
why_shut(int error)
{
	switch (error) {
	case EACCES:
	case EPERM:
		return "a folder that may not be opened (permission denied): nothing in it was examined";
	case ENOENT:
		return "a folder that was gone before it was opened";
	case EIO:
		return "a folder that cannot be read (input/output error): nothing in it was examined";
	case EMFILE:
	case ENFILE:
		return "a folder that was not opened (too many open files): nothing in it was examined";
	default:
		return "a folder that cannot be opened: nothing in it was examined";
	}
}

static void
walk_name_of_folder(struct walker *walker, const struct level *level, const char *name)
{
	bool ask;
	struct slice own = walker_name(walker, level);
	struct level below = *level;
	struct walk_entry entry;
	int fd;

	below.place = layout_child(&level->place, own, &ask);
	entry = walker_entry(walker, level, below.place.folder);
	entry.direction = below.place.direction;
	if (walker->depth == LEVELS_MAX) {
		walker_refuse(walker, &entry, MET_FAILED, "folders nested too deep, not entered");
		return;
	}
	fd = opener_folder(&walker->opener, dirfd(level->dir), name);
	if (fd < 0) {
		bool changed = errno == ENOTDIR || errno == ELOOP;

		walker_refuse(walker, &entry, MET_FAILED,
		    changed ? "was a folder when listed and is none now" : why_shut(errno));
		return;
	}
	if (level->place.area == AREA_MESSAGES && !entry.foreign_name)
		walker_refuse(walker, &entry, MET_EXCLUDED,
		    "folder with the name of a message; what it holds is listed by itself");
	if (walker->stopped)
		close(fd);
	else
		walker_push(walker, below, fd, ask, own);
}

/* What a name is, by readdir or by a look at it; 0 when it cannot be told (errno). */
static mode_t
type_of(const struct level *level, const struct dirent *item, struct stat *st)
{
	if (item->d_type == DT_REG || item->d_type == DT_DIR)
		return item->d_type == DT_REG ? S_IFREG : S_IFDIR;
	if (fstatat(dirfd(level->dir), item->d_name, st, AT_SYMLINK_NOFOLLOW) != 0)
		return 0;
	return st->st_mode & S_IFMT;
}

static void
walk_name(struct walker *walker, const struct level *level, const struct dirent *item)
{
	struct stat st;
	mode_t type = type_of(level, item, &st);
	struct walk_entry entry;

	if (type == S_IFREG) {
		walk_name_of_file(walker, level, item->d_name);
		return;
	}
	if (type == S_IFDIR) {
		walk_name_of_folder(walker, level, item->d_name);
		return;
	}
	entry = walker_entry(walker, level, level->place.folder);
	if (type == 0) {
		walker_refuse(walker, &entry, MET_FAILED, strerror(errno));
		return;
	}
	walker_set_stat(&entry, &st);
	walker_refuse(walker, &entry, MET_EXCLUDED, open_refusal(type));
}

/* A folder that cannot be read to its end. */
static void
read_failed(struct walker *walker, const struct level *level, int error)
{
	struct walk_entry entry;

	walker_set_folder(walker, level);
	entry = walker_entry(walker, level, level->place.folder);
	walker_refuse(walker, &entry, MET_FAILED, strerror(error));
}

/* One name of the folder on top, or its end. */
static void
step(struct walker *walker)
{
	struct level *level = walker_top(walker);
	const struct dirent *item;
	struct walk_entry entry;

	errno = 0;
	item = readdir(level->dir);
	if (!item) {
		if (errno != 0)
			read_failed(walker, level, errno);
		walker_pop(walker);
		return;
	}
	if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
		return;
	if (walker_set_name(walker, level, item->d_name)) {
		walk_name(walker, level, item);
		return;
	}
	entry = walker_entry(walker, level, level->place.folder);
	walker_refuse(walker, &entry, MET_FAILED, "path too long; its name is cut here");
}

static void
walk_all(struct walker *walker)
{
	while (walker->depth > 0 && !walker->stopped && walker->error == 0)
		step(walker);
	while (walker->depth > 0)
		walker_pop(walker);
}

static int
walk_tree(struct walker *walker, const char *path)
{
	char real[PATH_MAX];
	struct slice name;
	struct level level = { .root = "" };
	int fd = opener_given_folder(&walker->opener, path);

	if (fd < 0)
		return errno;
	level.place = start_place(path, real, &name);
	walker_push(walker, level, fd, true, name);
	walk_all(walker);
	return walker->error;
}

static int
walk_one(struct walker *walker, const char *path)
{
	char real[PATH_MAX], above[PATH_MAX];
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	struct level level = { .root = "" };
	struct slice unused;
	struct walk_entry entry;
	enum folder folder;
	const char *kind;
	int fd;

	if (strlen(path) >= sizeof above)
		return ENAMETOOLONG;
	fd = opener_given_file(&walker->opener, path);
	if (fd < 0)
		return errno;
	memcpy(above, slash ? path : ".", slash ? strlen(path) + 1 : 2);
	if (slash)
		above[slash - path + 1] = '\0';
	level.place = start_place(above, real, &unused);
	walker_set_name(walker, &level, name);
	kind = layout_file(&level.place, slice_str(name), &folder);
	entry = walker_entry(walker, &level, folder);
	/* A file named by the user is read, unless it is of the IMC's own other kinds. */
	if (!kind || strcmp(kind, "other") == 0) {
		walker_message(walker, &entry, fd, 0);
		return 0;
	}
	entry.kind = kind;
	if (walker->opens_artefacts) {
		walker_artefact(walker, &entry, fd, 0);
		return 0;
	}
	close(fd);
	entry.met = MET_ARTEFACT;
	walker_visit(walker, &entry);
	return 0;
}

/* What a given path is: 0 and its mode, or the errno that walk() returns. */
static int
mode_of_given(const char *path, mode_t *mode)
{
	struct stat st;

	/* lstat follows a link that a slash ends: so the user says "yes, through this link". */
	if (lstat(path, &st) != 0)
		return errno;
	if (S_ISLNK(st.st_mode))
		return ELOOP;
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
		return ENOTSUP;
	*mode = st.st_mode;
	return 0;
}

static int
walk_file(struct walker *walker, const char *path)
{
	bool taken = false;
	const int error = walker->unpack ? walk_archive(walker, path, &taken) : 0;

	return error || taken ? error : walk_one(walker, path);
}

/* How a walk begins that sees what. */
struct way {
	int (*tree)(struct walker *walker, const char *path);
	int (*one)(struct walker *walker, const char *path);
	struct walk_options options;
};

static int
walk_by(const struct way *way, const char *path, walk_visitor *visitor, void *context,
    struct walk_result *result)
{
	struct walker *walker;
	mode_t mode = 0;
	int error = mode_of_given(path, &mode);

	*result = (struct walk_result){ 0 };
	if (error)
		return error;
	walker = calloc(1, sizeof *walker);
	if (!walker)
		return ENOMEM;
	walker->opener = opener_new();
	walker->visit = visitor;
	walker->context = context;
	walker->result = result;
	walker->opens_artefacts = way->options.opens_artefacts;
	walker->unpack = way->options.unpack;
	walker->digest = way->options.digest;
	error = (S_ISDIR(mode) ? way->tree : way->one)(walker, path);
	result->atime_may_change = walker->opener.atime_may_change;
	free(walker);
	return error;
}

int
walk(const char *path, walk_visitor *visitor, void *context, struct walk_result *result)
{
	static const struct way way = { walk_tree, walk_one, { .opens_artefacts = false } };

	return walk_by(&way, path, visitor, context, result);
}

int
walk_with(const struct walk_options *options, const char *path, walk_visitor *visitor,
    void *context, struct walk_result *result)
{
	const struct way way = { walk_tree, walk_file, *options };

	return walk_by(&way, path, visitor, context, result);
}

int
walk_evidence(const char *path, walk_visitor *visitor, void *context, struct walk_result *result)
{
	static const struct way way = { evidence_tree, evidence_one, { .opens_artefacts = true } };

	return walk_by(&way, path, visitor, context, result);
}
