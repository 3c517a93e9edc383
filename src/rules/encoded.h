/*
 * encoded.h - the bytes that an encoded word of a field stands for (RFC 2047).
 *
 * For src/rules only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RULES_ENCODED_H
#define IMC_RULES_ENCODED_H

#include <stddef.h>

#include "slice.h"

#define ENCODED_MAX 240u /* bytes kept of one word; RFC 2047 section 2 allows 75 encoded ones */

struct encoded_word {
	struct slice charset; /* without the language of RFC 2231 section 5 */
	unsigned char bytes[ENCODED_MAX];
	size_t n_bytes; /* decoded; what is beyond ENCODED_MAX is left out */
};

/* Decode the word that begins at value[at], "=?charset?e?text?="; returns where it ends, or `at`
 * when none begins there (word is untouched then). */
size_t encoded_word(struct slice value, size_t at, struct encoded_word *word);

#endif
