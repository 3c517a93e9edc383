/*
 * jsonl_clues.h - clues and the arithmetic of a scan as JSON.
 *
 * For jsonl.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_JSONL_CLUES_H
#define IMC_JSONL_CLUES_H

#include <jansson.h>

#include "suspect.h"

/* An array of objects, in the order given. */
json_t *jsonl_clues(const struct clue *clues, uint32_t count);

/* object.w, q, v and what else a script needs to redo the bits of a finding. */
void jsonl_put_terms(json_t *object, const struct terms *terms);

json_t *jsonl_arithmetic(const struct arithmetic *arithmetic);

/* The numbers that --weights changed. */
json_t *jsonl_weights(const struct run_info *run);

#endif
