/*
 * run.h - all rules over one message.
 *
 * For src/worker alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RULES_RUN_H
#define IMC_RULES_RUN_H

#include <stdbool.h>

#include "message.h"
#include "record.h"

/* Fill record->findings, n_findings and n_findings_total from what the parsers left in msg; what
 * stood there before is dropped. disabled has one entry per rule, true: do not run it; NULL: run
 * all. Allocates nothing. */
void rules_run(const struct message *msg, const bool *disabled, struct record *record);

#endif
