/*
 * option_table.h - one row per option.
 *
 * For src/cli: options.c reads arguments by it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_OPTION_TABLE_H
#define IMC_OPTION_TABLE_H

#include "cli/options.h"

#define OPTION_JOBS_MAX 256u

struct option {
	const char *name;
	const char *value; /* what the help calls it; NULL: takes none */
	bool (*set)(struct options *options, const char *value); /* false: no such value */
	const char *help;
	unsigned commands;
	char letter;   /* 0: none */
	bool optional; /* the value may be left out; then it must be glued on */
};

/* Every row, in the order of the help. */
const struct option *options_all(size_t *count);

/* One argument that begins with '-': the row it names among those of the command, NULL when none,
 * and the value glued to it, NULL when there is none. */
const struct option *option_of(enum command command, const char *arg, const char **glued);

/* The option that a misspelt one was meant to be, without its dashes; NULL: none is near. */
const char *option_guess(enum command command, const char *arg);

#endif
