/*
 * plan_print.h - the plan as text and as JSON.
 *
 * For src/cli/plan.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_PRINT_H
#define IMC_PLAN_PRINT_H

#include <stdio.h>

#include "cli/plan_case.h"

void plan_print_text(FILE *out, const struct plan_case *plan);
void plan_print_json(FILE *out, const struct plan_case *plan);
void plan_print_trial(FILE *out, const struct plan_case *plan,
    const struct plan_trial_result *result, const char *draw);
void plan_print_trial_json(FILE *out, const struct plan_trial_result *result);

/* The files by falling probability; at most `room` of them, and none below `least`. Returns how many
 * there are in `list`. */
size_t plan_likeliest(const struct plan_case *plan, double least, size_t *list, size_t room);

#endif
