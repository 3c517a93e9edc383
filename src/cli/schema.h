/*
 * schema.h - the JSON Schema of what imcscan writes as JSON.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SCHEMA_TEXT_H
#define IMC_SCHEMA_TEXT_H

#include <jansson.h>

/* src/dist/imcscan.schema.json, with the version of this build, to stdout. */
void schema_print(void);

/* The same, read; the caller's. NULL without memory. */
json_t *schema_read(void);

#endif
