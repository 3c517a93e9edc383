/*
 * guess.h - what a mistyped word was meant to be.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_GUESS_H
#define IMC_GUESS_H

#include <stddef.h>

/* Follows one word through the names of a list. */
struct guess {
	const char *word;
	const char *best; /* the nearest name so far, NULL: none is near */
	size_t distance;
};

struct guess guess_start(const char *word);

/* Look at one more name; names outlive the guess. */
void guess_try(struct guess *guess, const char *name);

#endif
