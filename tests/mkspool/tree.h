/* tree.h - folders, file times, and the key (truth.tsv) of a generated tree. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_TREE_H
#define MKSPOOL_TREE_H

#include <stdio.h>

#include "recipe.h"
#include "spool.h"

enum folder {
	FOLDER_IN,
	FOLDER_IN_TEMP,
	FOLDER_IN_ARCHIVE,
	FOLDER_OUT,
	FOLDER_OUT_TEMP,
	FOLDER_OUT_ARCHIVE,
	FOLDER_WORK,
	FOLDER_PICKUP,
	FOLDER_PICKUP_ARCHIVE,
	FOLDER_LOG,
	FOLDER_ROOT,
	N_FOLDERS
};

#define TREE_TEXT_MAX 12000u

struct tree {
	uint64_t seed;
	const char *out; /* the folder that holds Imcdata and truth.tsv */
	struct look look;
	size_t big_max;      /* bytes */
	size_t text_max;     /* bytes */
	unsigned one_sender; /* percent of the background that one address has sent */
	bool main_folders;   /* nothing below Temp and Archive */
	int zone;            /* of the site, minutes east of UTC */
	time_t summer;       /* UTC; from then on an hour further; 0: never */
	bool beside;         /* out may hold other things, but no tree */
	FILE *truth;
	unsigned numbers[2]; /* names given out, In and Out */
	unsigned n_files;
	unsigned long long bytes;
};

/* One line of the key. */
struct truth {
	const char *kind; /* clean, odd, trigger, damage */
	const char *name;
	unsigned variant;
	const char *cites;
};

/* Make the folders and open the key. Ends the program if out holds a tree, or (unless beside)
 * anything at all. */
void tree_begin(struct tree *tree);

void tree_end(struct tree *tree);

/* Minutes by which the site's clocks are ahead of UTC then. */
int tree_zone(const struct tree *tree, time_t when);

/* A scene for one message of its own stream: name, time and mailer are chosen. */
struct scene tree_scene(struct tree *tree, const char *label, uint64_t number, enum way way);

/* Give the message to the one sender, for as many as the tree wants. */
void tree_one_sender(struct tree *tree, struct scene *s, struct item *item);

/* Where a queued message of this direction lies: mostly In or Out. */
enum folder tree_folder(struct tree *tree, struct scene *s);

/* Write the bytes as a file of the folder, with the scene's time, and its line of the key (none
 * when truth is NULL). */
void tree_write(struct tree *tree, const struct scene *s, enum folder folder, const char *name,
    const struct buf *file, const struct truth *truth);

/* Make one message by its recipe and write it; folder N_FOLDERS chooses one. */
void tree_recipe(struct tree *tree, const struct recipe *recipe, const char *kind, unsigned variant,
    uint64_t number, enum way way, enum folder folder);

/* The same for damage to a finished file. */
void tree_damage(struct tree *tree, const struct damage *damage, unsigned variant, enum way way,
    enum folder folder);

/* Wrap real mail: n messages of the folder (0 for all), odd_percent replaced by odd ones. */
void tree_background(struct tree *tree, const char *folder, unsigned n, unsigned odd_percent,
    enum way way, bool both);

/* The committed demo tree. */
void tree_demo(struct tree *tree);

#endif
