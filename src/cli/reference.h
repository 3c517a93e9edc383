/*
 * reference.h - `imcscan reference`: the tables, for what is generated from them.
 *
 * For src/cli/cli.c. No help names the command: it is for the Makefile, which makes the manual and
 * the completions with it.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_REFERENCE_H
#define IMC_REFERENCE_H

/* What is "synopsis", "commands" or "keys" (mdoc), "names" or "options" (a table of tabs and lines);
 * of "keys", which object of the JSON Schema. Returns an exit status. */
int reference_print(const char *what, const char *which);

#endif
