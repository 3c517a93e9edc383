/*
 * mdoc.h - sections of the manual page, in the language of mandoc(1), to stdout.
 *
 * For src/cli. What the tables say stands in the page as they say it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_MDOC_H
#define IMC_MDOC_H

#include "cli/command.h"

/* Lines for SYNOPSIS: how each command is called. */
void mdoc_synopsis(const struct command_row *rows, size_t count);
/* A subsection for each command, with its options. */
void mdoc_commands(const struct command_row *rows, size_t count);
/* A subsection for each family of rules. */
void mdoc_rules(void);
/* The keys of an object of the JSON Schema, "message"; false: it has no such object. */
bool mdoc_keys(const char *object);

/* Text as lines of their own: filled, a new one after each sentence, nothing in it acts. */
void mdoc_text(const char *text);

#endif
