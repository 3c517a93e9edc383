/*
 * jsonl_run.h - the first object of JSON Lines: what ran, where, and with which limits.
 *
 * For jsonl.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_JSONL_RUN_H
#define IMC_JSONL_RUN_H

#include "writer.h"

void jsonl_run(struct report *report);

#endif
