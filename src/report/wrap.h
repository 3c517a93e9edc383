/*
 * wrap.h - words in lines of a given width.
 *
 * For the text writer. Whatever is put in comes out without control bytes; columns are counted,
 * bytes are not.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WRAP_H
#define IMC_WRAP_H

#include <stdbool.h>
#include <stdio.h>

#include "slice.h"

#define WRAP_WORD 1024 /* bytes of a word that are held back */

struct wrap {
	FILE *out;
	unsigned width;  /* columns of a line */
	unsigned indent; /* columns before a line that is not the first */
	unsigned column; /* where we are */
	bool fresh;      /* nothing but the indent on this line */
	bool space;      /* a blank is due before the next word */
	unsigned word_columns;
	size_t word_len;
	char word[WRAP_WORD];
};

/* Begin where the cursor is: `column` columns are printed already. */
void wrap_start(struct wrap *wrap, FILE *out, unsigned width, unsigned indent, unsigned column);

/* Text of our own, or escaped before: breaks at blanks. */
void wrap_text(struct wrap *wrap, const char *text);

/* Hostile bytes as one word, escaped, glued to what comes before and after. */
void wrap_bytes(struct wrap *wrap, struct slice s);

/* printf into wrap_text(); at most 511 bytes. Never for hostile strings. */
void wrap_print(struct wrap *wrap, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The rest of the word and the line end. */
void wrap_end(struct wrap *wrap);

#endif
