/*
 * command.h - one row per command.
 *
 * For src/cli: cli.c runs them, reference.c writes them down for the manual and the completions.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_COMMAND_H
#define IMC_COMMAND_H

#include <stddef.h>

#include "cli/options.h"

struct command_row {
	const char *name;
	enum command command;
	int (*run)(const struct options *options);
	const char *usage; /* "scan [options] PATH..."; words in capitals stand for values */
	const char *summary;
	const char *about; /* a paragraph, broken into lines */
};

/* In the order of the help. */
const struct command_row *commands_all(size_t *count);

#endif
