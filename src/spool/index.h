/*
 * index.h - the folders of an archive, and which names it told already.
 *
 * For src/spool only. Which folder of a tree a folder is depends on the names in it, which an
 * archive tells in any order: so all folders are known before the first file is judged. Of files no
 * name is kept, only a number each.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SPOOL_INDEX_H
#define IMC_SPOOL_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "walker.h"

#define INDEX_FOLDERS (1u << 20) /* folders of an archive, at most */
#define INDEX_NONE UINT32_MAX

struct index;

/* NULL without memory. The top is folder 0. */
struct index *index_new(void);
void index_free(struct index *index);

/* The folder of that path, made known with those above it; INDEX_NONE without memory or when there
 * are too many. Below LEVELS_MAX folders the one that is too deep stands for all in it. */
uint32_t index_add(struct index *index, struct slice path);

/* The same, or INDEX_NONE when it is not known. */
uint32_t index_find(const struct index *index, struct slice path);

/* Judge the places of all folders; roots and layout are told to *result. False without memory. */
bool index_settle(struct index *index, struct walk_result *result);

uint32_t index_count(const struct index *index);

/* A level of the walk for a folder that is not too deep, without a descriptor. */
struct level index_level(const struct index *index, uint32_t folder);

/* Write the folder's path, without a slash at its end, and a NUL to path[] (room for PATH_ROOM
 * bytes); its length. */
size_t index_path(const struct index *index, uint32_t folder, char *path);

bool index_is_deep(const struct index *index, uint32_t folder);
uint32_t index_parent(const struct index *index, uint32_t folder);

/* How often the archive told this name before; it counts once more. SIZE_MAX without memory. */
size_t index_told(struct index *index, struct slice path);

#endif
