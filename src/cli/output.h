/*
 * output.h - where a report goes: standard output, or a file that appears whole or not at all.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_OUTPUT_H
#define IMC_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

struct output {
	FILE *file;
	const char *goal; /* NULL: standard output */
	char *temporary;  /* its name until output_close() */
};

/* Open the way to `goal` (NULL or "-": standard output): a new file of mode 0600 beside it. False
 * after a message. */
bool output_open(const char *goal, struct output *output);

/* Write out, and put the file in the goal's place; with `keep` false the file is removed instead.
 * False after a message when not everything could be written: then nothing stands at the goal that
 * was not there before. */
bool output_close(struct output *output, bool keep);

#endif
