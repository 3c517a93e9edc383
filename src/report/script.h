/*
 * script.h - moves for the live server, as a script and as the script that undoes it.
 *
 * For src/cli. imcscan itself never moves anything. A script moves file by file, looks first that
 * no name is taken and that it was not run before (a folder imcscan.STEP below the root says so),
 * stops at the first failure, and renames queue.dat, never over a file that is there. The undo moves
 * back what is where the script put it. Names are hostile bytes: quoted as the shell needs, or left
 * out where it has no safe way.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SCRIPT_H
#define IMC_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "slice.h"

/* One file between a queue folder and the Temp folder below it; paths with forward slashes, below
 * the root. */
struct script_move {
	struct slice home, temp, name;
	bool out; /* from home to temp */
};

struct script {
	const char *root; /* as the user gave it */
	uint64_t step;    /* from 1 */
	const struct script_move *moves;
	size_t n_moves;
	const struct script_move
	    *homes; /* each pair of home and temp that files move out to, once */
	size_t n_homes;
	const struct slice *tops; /* folders that hold a queue.dat; "" is the root */
	size_t n_tops;
	const struct slice *refused; /* files that are left out, for the comment */
	size_t n_refused;
};

struct script_kind {
	const char *name;
	char separator;
	const char *line_end;
	char quote;   /* around a path */
	char special; /* of a path, is written as: */
	const char *as;
	bool windows; /* which file names there are */
	void (*write)(FILE *out, const struct script *script);
	void (*undo)(FILE *out, const struct script *script);
	const char *move;  /* the word that moves a file; NULL: moves are more than a word */
	const char *shown; /* around the name of a file that a word is told */
};

/* "cmd", "powershell", "sh"; NULL when unknown. */
const struct script_kind *script_by_name(const char *name);

/* Whether a path of the tree, or the root, can be named safely in such a script. */
bool script_can_name(const struct script_kind *kind, struct slice path);
bool script_can_root(const struct script_kind *kind, const char *root);

/* "queue.old" of the first step, "queue.o2" of the second …: 8.3, and a new name for each. */
#define SCRIPT_NAME_ROOM 32
const char *script_queue_name(uint64_t step, char buffer[SCRIPT_NAME_ROOM]);

/* ---- for script_*.c ---- */

/* "imcscan.1": the folder below the root that says that the script of a step ran. Returns buffer. */
const char *script_mark(uint64_t step, char buffer[SCRIPT_NAME_ROOM]);

/* root/dir/name in quotes; dir and name may be empty. */
void script_path(FILE *out, const struct script_kind *kind, const struct script *script,
    struct slice dir, struct slice name);

/* dir/name in letters, digits and . _ - alone, other bytes as \xNN. */
void script_shown(FILE *out, const struct script_kind *kind, struct slice dir, struct slice name);

/* ' ' and the path, as one word of a command; ' ' and the shown name, as its last. */
void script_word(FILE *out, const struct script_kind *kind, const struct script *script,
    struct slice dir, struct slice name);
void script_end(FILE *out, const struct script_kind *kind, struct slice dir, struct slice name);

/* Move a file by the word of the kind, or back. */
void script_put(FILE *out, const struct script_kind *kind, const struct script *script,
    const struct script_move *move, bool back);

/* The comment at the top of a script: what it does. */
void script_head(FILE *out, const struct script_kind *kind, const struct script *script,
    const char *comment, bool undo);

extern const struct script_kind script_kind_cmd, script_kind_powershell, script_kind_sh;

#endif
