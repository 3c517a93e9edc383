/*
 * accepts.h - which words an option takes, for the message about another one.
 *
 * For src/cli/options.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ACCEPTS_H
#define IMC_ACCEPTS_H

#include <stddef.h>

#include "cli/option_table.h"

#define ACCEPTS_ROOM 600

/* A sentence for the user, into words[ACCEPTS_ROOM]: what the option takes, and what the value may
 * have been meant to be. */
void accepts_tell(const struct options *options, const struct option *option, const char *value,
    char words[ACCEPTS_ROOM]);

#endif
