/*
 * screen.h - what the place can show that a report goes to.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SCREEN_H
#define IMC_SCREEN_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/options.h"

/* auto: a terminal that is not dumb, and NO_COLOR is not set to anything (no-color.org). */
bool screen_has_colour(FILE *out, enum when when);

/* Columns of the terminal; 80 when it is none or does not say. */
unsigned screen_columns(FILE *out);

#endif
