/*
 * choice.h - which files of a tree the options leave out: --exclude and --shard.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CHOICE_H
#define IMC_CHOICE_H

#include "cli/options.h"
#include "slice.h"

/* Whether a glob of --exclude matches the path, or the last name of it. Not without memory. */
bool choice_excludes(const struct options *options, struct slice path);

/* Whether another part of a sharded scan examines the file: false without --shard. */
bool choice_leaves(const struct options *options, const char *root, struct slice path);

#endif
