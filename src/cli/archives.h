/*
 * archives.h - the archives among the paths of a scan: what became of them, for the report.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CLI_ARCHIVES_H
#define IMC_CLI_ARCHIVES_H

#include "cli/collect.h"
#include "cli/notes.h"

/* Remember the path if the walk found that it is an archive. False without memory. */
bool archives_keep(struct collect *collect, const char *path, const struct walk_result *result);

/* Name them in the run, whose paths stand already; the texts live as long as collect. False without
 * memory. */
bool archives_tell(struct collect *collect, struct run_info *run);

/* What was odd about them. */
void archives_note(const struct collect *collect, struct notes *notes);

void archives_free(struct collect *collect);

#endif
