/*
 * archives.h - the archives among the paths of a run, as reports name them.
 *
 * For src/report, and src/cli, which makes the lines.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_REPORT_ARCHIVES_H
#define IMC_REPORT_ARCHIVES_H

#include <stdbool.h>
#include <stdio.h>

#include "suspect.h"

#define ARCHIVE_LINE_MAX 256 /* bytes, NUL included */

struct archive_told {
	char format[24];        /* "zip", "tar.gz" … */
	uint64_t members, size; /* size in bytes */
	char sha256[65];        /* hexadecimal digits; "" not known */
	char library[48];       /* and version */
};

/* The line of run->archives for it. */
void archives_write(const struct archive_told *told, char line[ARCHIVE_LINE_MAX]);

/* What run->paths[i] is; false: no archive, or the line (it may come from a case) is not sound. */
bool archives_read(const struct run_info *run, size_t i, struct archive_told *out);

/* A line for each in a report for people; none with run->reproducible. */
void archives_print(FILE *out, unsigned width, const struct run_info *run);

#endif
