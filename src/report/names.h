/*
 * names.h - what the formats for machines share: names of files, the best finding, cited causes.
 *
 * For src/report only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_NAMES_H
#define IMC_NAMES_H

#include "suspect.h"

/* root/path, or path where the root is "". malloc'ed raw bytes, hostile; *len are its bytes. NULL
 * without memory. */
unsigned char *names_full(const char *root, struct slice path, size_t *len);

/* Everything of s that escape_next() makes of it, malloc'ed; NULL without memory. Fit for XML 1.0,
 * too, once markup characters are escaped. */
char *names_escaped(struct slice s);

/* The same of root/path. */
char *names_full_escaped(const char *root, struct slice path);

/* The finding that adds most, the first among equals; NULL without one. Its millibits go to *bits
 * (INT32_MIN: it adds nothing). */
const struct finding *names_best(const struct suspect *suspect, int32_t *bits);

/* The ids of the rule's cases, separated by a blank; "" without one. Returns buffer. */
const char *names_cites(char *buffer, size_t size, const struct rule *rule);

/* 11.420: thousandths. buffer holds at least 24 bytes. Returns it. */
const char *names_milli(char *buffer, int32_t milli);

/* 64 hexadecimal digits and a NUL. Returns out. */
const char *names_digest(char out[65], const uint8_t sha256[32]);

/* Whether a digest of the file is known. */
bool names_has_digest(const struct suspect *suspect);

#endif
