/*
 * walker.h - the state of a walk, and what it tells the visitor.
 *
 * For walk.c, descend.c and walker.c only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WALKER_H
#define IMC_WALKER_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "layout.h"
#include "open.h"
#include "walk.h"

#define LEVELS_MAX 100  /* folders in folders; each holds a descriptor */
#define PATH_ROOM 65536 /* bytes of a path below the given one */

struct level {
	DIR *dir;
	struct place place;
	const char *root; /* "" or owned by the result */
	size_t root_len;  /* bytes of the path before what is relative to the root */
	size_t path_len;  /* bytes of the folder's own path, with a slash at its end unless empty */
};

struct walker {
	struct opener opener;
	walk_visitor *visit;
	void *context;
	struct walk_result *result;
	bool opens_artefacts;
	struct unpack *unpack; /* NULL: archives are files */
	bool digest;
	bool stopped; /* by the visitor */
	int error;    /* out of memory: the walk ends */
	size_t depth; /* levels in use */
	struct level levels[LEVELS_MAX];
	size_t path_len;
	char path[PATH_ROOM]; /* relative to the given path, NUL-terminated */
};

/* The name after the folder's path in walker->path; borrowed. */
struct slice walker_name(const struct walker *walker, const struct level *level);

/* Put a name behind the folder's path; false when there is no room (the part that fits stands). */
bool walker_set_name(struct walker *walker, const struct level *level, const char *name);

/* The path is the folder's own again, without a slash. */
void walker_set_folder(struct walker *walker, const struct level *level);

/* An entry for the path as it stands, a message so far. */
struct walk_entry walker_entry(
    const struct walker *walker, const struct level *level, enum folder folder);
void walker_set_stat(struct walk_entry *entry, const struct stat *st);

/* Make the open folder fd, whose path is the walker's and whose name that is, the next level; `ask`:
 * what it holds tells what it is. Takes fd. descend.c */
void walker_push(struct walker *walker, struct level level, int fd, bool ask, struct slice name);

/* The level in hand, and back to the one above it. */
struct level *walker_top(struct walker *walker);
void walker_pop(struct walker *walker);

/* Tell the visitor. */
void walker_visit(struct walker *walker, const struct walk_entry *entry);
void walker_refuse(
    struct walker *walker, struct walk_entry *entry, enum met met, const char *reason);

/* Hand over a file that was said to be regular, if it still is: fd is taken, or -1 with errno in
 * error. */
void walker_message(struct walker *walker, struct walk_entry *entry, int fd, int error);

/* The same for an artefact, which is met in any case. */
void walker_artefact(struct walker *walker, struct walk_entry *entry, int fd, int error);

#endif
