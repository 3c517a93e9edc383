/*
 * shut.h - give up what the rest of a command does not need; src/worker/lockdown.h says how.
 *
 * For src/cli. To be called when everything is open that is opened once, and before the first file
 * of the evidence, or the case, is.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SHUT_H
#define IMC_SHUT_H

#include "cli/notes.h"
#include "cli/options.h"
#include "worker/lockdown.h"

/* What held then. */
struct shut {
	bool done;
	int landlock; /* ABI, 0: the kernel has none */
	enum lockdown_level level;
	char line[160]; /* "seccomp, Landlock ABI 6, …; parent: …" */
};

/* A scan whose workers, case and temporary files are there: from now on these paths are read, and
 * the files that --output and --case name are written. Nothing is given up with --no-sandbox, or
 * when options->shut says that it is done. False after a message. */
bool shut_scan(const struct options *options, const char *const *paths, size_t n_paths,
    const char *workers, struct shut *shut);

/* Before a batch of such scans: workers and temporary files are still to come. */
bool shut_batch(
    const struct options *options, const char *const *paths, size_t n_paths, struct shut *shut);

/* A command that works from cases: reads them and the files beside them, and writes --output;
 * `changes`: the case itself, too. The paths are the cases. */
bool shut_cases(const struct options *options, bool changes);

/* Before the case is read whose messages are salvaged: nothing is written but beside it and, the
 * folder itself, beside --out. Nothing is given up with --no-sandbox, here and below. */
bool shut_salvage_case(const struct options *options);

/* The folder of --out is there, and so is what is read from now on; `of_case`: the first path of the
 * options is a case, which is written at the end. May follow the one before. */
bool shut_salvage(
    const struct options *options, const char *const *paths, size_t n_paths, bool of_case);

/* What this kernel could not hold, in words. */
void shut_notes(const struct shut *shut, struct notes *notes);

#endif
