/*
 * prefix.h - what stands before the names of roots when several paths are scanned.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PREFIX_H
#define IMC_PREFIX_H

/* The path without slashes at its end; of a single file, its folder. Caller frees; NULL without
 * memory. */
char *prefix_of(const char *path);

/* prefix and root with a slash between them where both are there. Caller frees; NULL without
 * memory. */
char *prefix_join(const char *prefix, const char *root);

#endif
