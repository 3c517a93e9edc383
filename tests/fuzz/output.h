/*
 * output.h - a report in memory, and what must hold of it in each format.
 *
 * For the fuzz targets.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FUZZ_OUTPUT_H
#define IMC_FUZZ_OUTPUT_H

#include <stdio.h>

struct output {
	FILE *file;
	char *text;
	size_t len;
};

/* A file to write to; aborts without memory. */
void output_open(struct output *output);

/* Close it, abort unless what was written is good in the format of that name (a writer's, or
 * "explain"), and free it. */
void output_check(struct output *output, const char *format);

#endif
