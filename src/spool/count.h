/*
 * count.h - how many files lie below a path, by their names alone.
 *
 * For the progress bar of src/cli: an estimate, taken before the walk. Opens folders only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_COUNT_H
#define IMC_COUNT_H

#include <stdbool.h>
#include <stdint.h>

/* The number of names below path that are no folders; 1 for a path that is none. Folders that
 * cannot be read count nothing. Stops early, with what it has, once go_on(context) says false. */
uint64_t count_files(const char *path, bool (*go_on)(void *context), void *context);

#endif
