/*
 * layout.h - which folder of an Imcdata tree a folder is.
 *
 * For src/spool only. Decides from names: a folder's own, its parent's place and the names of the
 * folders it holds. Opens nothing.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LAYOUT_H
#define IMC_LAYOUT_H

#include <stdbool.h>

#include "folder.h"
#include "slice.h"

/* What kind of place a folder is; decides which of its files are messages. */
enum area {
	AREA_LOOSE,    /* in no layout: whatever is no known artefact is a message */
	AREA_BESIDE,   /* holds an Imcdata folder: only what looks like mail is a message */
	AREA_ROOT,     /* Imcdata itself */
	AREA_MESSAGES, /* a message folder: every file is a message */
	AREA_OTHER,    /* an unknown folder inside a layout */
	AREA_LOG,      /* Log: protocol logs */
	AREA_BACKUP,   /* Backup: what IMCSAVE exported */
	AREA_MAILROOT, /* Exchange 2000/2003 or IIS */
};

struct place {
	enum area area;
	enum folder folder;
	enum direction direction;
};

/* Names of folders met in a folder, without regard to case. */
struct hints {
	bool in, out, imcdata;
	bool queue, badmail, pickup; /* of a Mailroot */
	bool spool;                  /* Work, Log or Pickup */
};

/* Whether the name of a folder says anything to layout_refine(). */
bool layout_hint(struct hints *hints, struct slice name);

/* The place of the folder `name` in a folder of place `parent`; *ask is set when the names it
 * holds may change the answer: then layout_refine() it. */
struct place layout_child(const struct place *parent, struct slice name, bool *ask);

/* The place after a look at what the folder holds. */
struct place layout_refine(struct place place, struct slice name, const struct hints *hints);

/* The place of a folder given by its full path, judged by the last names of the path alone;
 * in_spool: the folder above it looks like an Imcdata folder. Ask layout_refine() afterwards. */
struct place layout_start(struct slice path, bool in_spool);

/* What a file of that name in that place is: NULL for a message (its folder in *folder), else
 * the kind of artefact. Static text. */
const char *layout_file(const struct place *place, struct slice name, enum folder *folder);

#endif
