/*
 * evidence_files.h - what the user named as evidence beside the tree: no layout, nothing below.
 *
 * For walk.c only. Each returns 0 or the errno for path itself.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_EVIDENCE_FILES_H
#define IMC_EVIDENCE_FILES_H

#include "walker.h"

/* The regular files of a folder. */
int evidence_tree(struct walker *walker, const char *path);

/* One file. */
int evidence_one(struct walker *walker, const char *path);

#endif
