/*
 * plan_moves.h - which files a step moves, and the scripts that do it.
 *
 * For src/cli/plan.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_MOVES_H
#define IMC_PLAN_MOVES_H

#include "cli/plan_case.h"

/* Write the script of the next step to the FILE of -o, and the undo to FILE-undo before its suffix.
 * EXIT_QUIET; EXIT_INCOMPLETE when files are left out, each named on stderr; EXIT_TROUBLE after a
 * message. */
int plan_write_scripts(const struct options *options, const struct plan_case *plan);

#endif
