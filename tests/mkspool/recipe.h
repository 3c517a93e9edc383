/* recipe.h - the tables of what can be made: clean, odd, triggers, damage. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_RECIPE_H
#define MKSPOOL_RECIPE_H

#include "letter.h"

/* A kind of message. make fills an item that item_begin has prepared; variants count from 1. */
struct recipe {
	const char *name;
	const char *cites; /* documented causes, blanks between; "-" for none */
	enum way way;
	unsigned n_variants;
	void (*make)(struct scene *s, unsigned variant, struct item *item);
	const char *says; /* one sentence for --list */
};

/* A kind of damage to a finished file. */
struct damage {
	const char *name;
	unsigned n_variants;
	void (*make)(struct scene *s, unsigned variant, struct item *item); /* the message before */
	void (*apply)(struct scene *s, unsigned variant, struct buf *file, size_t text_at);
	const char *says;
	/* another message, which the tree holds too: scene.neighbour; NULL: none is wanted */
	void (*beside)(struct scene *s, unsigned variant, struct item *item);
};

struct recipe_list {
	const struct recipe *rows;
	unsigned n;
};

/* Clean kinds, drawn by their shares of In and Out mail. */
const struct recipe *clean_choose(struct scene *s);

const struct recipe *clean_named(const char *name);

struct recipe_list odd_list(void);

/* Triggers stand in several tables, one a family; NULL name ends nothing, n counts. */
struct recipe_list triggers_mime(void);

struct recipe_list triggers_body(void);

struct recipe_list triggers_charset(void);

struct recipe_list triggers_address(void);

struct recipe_list triggers_out(void);

const struct recipe *trigger_named(const char *name);

/* Row i of all triggers together; NULL past the end. */
const struct recipe *trigger_at(unsigned i);

const struct damage *damage_at(unsigned i);

const struct damage *damage_named(const char *name);

#endif
