/* guess.c - what a mistyped word was meant to be: the name that fewest edits lead to. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/guess.h"

#include <string.h>

#define WORD_MAX 64 /* bytes; longer words were not mistyped but are something else */

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Insertions, deletions and exchanges that lead from one word to the other. */
static size_t
edits(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t row[WORD_MAX + 1];

	for (size_t k = 0; k <= b_len; k++)
		row[k] = k;
	for (size_t i = 1; i <= a_len; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t k = 1; k <= b_len; k++) {
			const size_t above = row[k];

			row[k] =
			    least(above + 1, row[k - 1] + 1, diagonal + (a[i - 1] != b[k - 1]));
			diagonal = above;
		}
	}
	return row[b_len];
}

struct guess
guess_start(const char *word)
{
	return (struct guess){ .word = word, .distance = strlen(word) / 3 + 2 };
}

void
guess_try(struct guess *guess, const char *name)
{
	const size_t a = strlen(guess->word), b = strlen(name);
	size_t distance;

	if (a > WORD_MAX || b > WORD_MAX || a < 2)
		return;
	distance = edits(guess->word, a, name, b);
	/* Half a name is no mistake of typing, but it is meant all the same. */
	if (a >= 4 && a < b && strncmp(name, guess->word, a) == 0)
		distance = 1;
	if (distance >= guess->distance)
		return;
	guess->distance = distance;
	guess->best = name;
}
