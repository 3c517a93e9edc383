/*
 * excerpt.h - reports that quote less: no text of a message or log longer than so many bytes.
 *
 * For src/cli, which hands suspects through it before a writer sees them (--excerpt). Names,
 * addresses and subjects say which message is meant, and stay; --redact is for them.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_EXCERPT_H
#define IMC_EXCERPT_H

#include "suspect.h"

#define EXCERPT_MOST 320u /* bytes: longer than anything that is kept to be quoted */

struct excerpts;

/* Of at most `most` bytes each, 0: none. NULL without memory. */
struct excerpts *excerpts_new(unsigned most);
void excerpts_free(struct excerpts *excerpts); /* NULL is allowed */

/* The same suspect with less text; borrowed until the next call for these excerpts. */
const struct suspect *excerpts_suspect(struct excerpts *excerpts, const struct suspect *suspect);

/* The run with a note of that; borrowed until the excerpts are freed. NULL without memory. */
const struct run_info *excerpts_run(struct excerpts *excerpts, const struct run_info *run);

/* The same of what logs show of other causes; borrowed until the excerpts are freed. NULL without
 * memory. */
const struct summary *excerpts_summary(struct excerpts *excerpts, const struct summary *summary);

#endif
