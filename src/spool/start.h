/*
 * start.h - what the folder is that the user named.
 *
 * For src/spool only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_START_H
#define IMC_START_H

#include "layout.h"
#include "slice.h"

/* The place of the folder `path`, judged by its full name, which is written to real (room for
 * PATH_MAX bytes, "" when it cannot be had); *name is the last part of it. Reads no folder. */
struct place start_place(const char *path, char *real, struct slice *name);

#endif
