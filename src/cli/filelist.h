/*
 * filelist.h - the paths to scan: those of the command line, then those of --files-from.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FILELIST_H
#define IMC_FILELIST_H

#include "cli/options.h"

struct filelist {
	const char **paths;
	size_t count;
	char *text; /* what the list held; paths point into it */
};

/* False after a message. Free with filelist_free() in either case. */
bool filelist_read(const struct options *options, struct filelist *list);
void filelist_free(struct filelist *list);

#endif
