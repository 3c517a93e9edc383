/*
 * jsonl_envelope.h - the envelope of a message, and strings of its record, as JSON.
 *
 * For jsonl.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_JSONL_ENVELOPE_H
#define IMC_JSONL_ENVELOPE_H

#include <jansson.h>

#include "record.h"

/* A string of the record; "..._cut" says that the original is longer. */
void jsonl_put_ref(
    json_t *object, const char *key, const struct record *record, struct text_ref ref);

/* What of the envelope is there. */
json_t *jsonl_envelope(const struct record *record);

#endif
