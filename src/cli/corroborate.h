/*
 * corroborate.h - what logs and other files of the tree say of its files, joined and attached.
 *
 * For src/cli: after everything was collected, before the ranking is finished.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CORROBORATE_H
#define IMC_CORROBORATE_H

#include "casefile/casefile.h"
#include "cli/collect.h"
#include "cli/notes.h"
#include "correlate/correlate.h"

struct corroboration {
	struct collect *collect;
	const char *const *paths; /* that were collected */
	size_t n_paths;
	struct casefile *from; /* NULL, or where the search was kept: nothing is searched then */
	struct correlation *correlation; /* NULL: nothing was joined */
	bool keeps_blocks;               /* all files are searched, for those who merge this part */
	uint64_t n_changed;     /* files that could not be searched, or were others by then */
	uint64_t n_elsewhere;   /* files that logs name, outside of what was scanned */
	uint64_t n_torn_unseen; /* torn files whose blocks were not looked for */
};

/* Join, search a second time where that can tell something, attach the clues, add the missing files.
 * The collecting is finished. False after a message. */
bool corroborate(struct corroboration *corroboration, const struct options *options);

/* What the reader must know of it. */
void corroborate_notes(const struct corroboration *corroboration, struct notes *notes);

void corroborate_free(struct corroboration *corroboration);

#endif
