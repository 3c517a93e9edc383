/*
 * scan_run.h - one scan, from the workers to the report.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SCAN_RUN_H
#define IMC_SCAN_RUN_H

#include "cli/options.h"
#include "suspect.h"

/* Scan these paths as one; n_twice: those that were given more than once and are left out. The exit
 * status, and what it found in *summary. */
int scan_run(const struct options *options, const char *const *paths, size_t n_paths,
    size_t n_twice, struct summary *summary);

#endif
