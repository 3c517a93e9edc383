/*
 * walk_archive.h - walk an archive as the tree that it holds.
 *
 * For walk.c only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WALK_ARCHIVE_H
#define IMC_WALK_ARCHIVE_H

#include "walker.h"

/* Walk the file at path as an archive, if it is one: *taken tells. 0 or an errno. */
int walk_archive(struct walker *walker, const char *path, bool *taken);

#endif
