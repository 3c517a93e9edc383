/*
 * plan_detail.h - one recorded event as JSON, and back.
 *
 * For src/cli/plan_case.c. The smaller set is named, file by file: a path as text, or, where it is
 * no UTF-8, as {"hex": …}; before it the root when there is one.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_DETAIL_H
#define IMC_PLAN_DETAIL_H

#include "cli/plan_case.h"

/* malloc'ed JSON of the step that is recorded, or of a confirmed file (step NULL). */
char *plan_detail_write(
    const struct plan_case *plan, const struct plan_step *step, size_t confirmed);

/* The event of a record. False when it is none of ours. */
bool plan_detail_read(const struct plan_case *plan, const struct plan_record *record,
    struct plan_event *event, unsigned char *set);

/* The options under which the record was made stand for those not given. */
void plan_detail_options(const struct plan_record *record, struct plan_options *options);

#endif
