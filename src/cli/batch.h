/*
 * batch.h - several trees in one call: a report of each, and a summary of all.
 *
 * For src/cli/scan.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_BATCH_H
#define IMC_BATCH_H

#include "cli/filelist.h"
#include "cli/options.h"
#include "suspect.h"

/* Scan one path with these options; the exit status, and the figures of a run that came to its
 * end. */
typedef int batch_scan(const struct options *options, const char *path, struct summary *summary);

/* Whether the output is a folder ("DIR/"). */
bool batch_wanted(const struct options *options);

/* Make the folder. False after a message. */
bool batch_is_ready(const struct options *options, const struct filelist *list);

/* Scan each path by itself: DIR/NAME.FORMAT, then DIR/summary.txt and DIR/summary.jsonl. The exit
 * status that weighs most: trouble, suspects, incomplete. */
int batch(const struct options *options, const struct filelist *list, batch_scan *scan);

#endif
