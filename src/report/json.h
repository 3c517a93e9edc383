/*
 * json.h - JSON values from hostile bytes and exact numbers.
 *
 * For the JSON writers of src/report.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_JSON_H
#define IMC_JSON_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "slice.h"

/* object[key] = s as text. Bytes that are not UTF-8 become U+0000 to U+00FF, and object[key_hex]
 * then holds all bytes exactly. */
void json_put_bytes(json_t *object, const char *key, struct slice s);

/* object[key] = text of our own. */
void json_put_text(json_t *object, const char *key, const char *text);
/* The same unless the text is NULL or empty. */
void json_put_some(json_t *object, const char *key, const char *text);
void json_put_number(json_t *object, const char *key, uint64_t number);
void json_put_bool(json_t *object, const char *key, bool value);
/* Thousandths as a number with up to three decimals. */
void json_put_milli(json_t *object, const char *key, int32_t milli);
/* A share of 0 to 1 with up to six decimals. */
void json_put_share(json_t *object, const char *key, double share);
void json_put_digest(json_t *object, const char *key, const uint8_t sha256[32]);
void json_put_utc(json_t *object, const char *key, int64_t seconds);

/* Text as json_put_bytes() makes it; NULL without memory. */
json_t *json_of_bytes(struct slice s);
/* Its bytes as hexadecimal digits. */
json_t *json_of_hex(struct slice s);

/* As json_dumpf() with these flags, and DEL escaped, too. */
void json_write(FILE *out, const json_t *value, size_t flags);

/* One line, ASCII only (so that no terminal is harmed), and the object is released. */
void json_line(FILE *out, json_t *object);

#endif
