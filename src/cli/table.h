/*
 * table.h - several cases in one table: hundreds of incidents side by side.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TABLE_H
#define IMC_TABLE_H

#include "cli/options.h"

/* Write the table of the cases that the options name: a line each (text, jsonl), or the rows of their
 * suspects (csv, csv-findings). The exit status; a case that cannot be read does not keep the others
 * back. */
int table(const struct options *options);

#endif
