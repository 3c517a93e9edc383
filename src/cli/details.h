/*
 * details.h - the first suspects of a scan once more, in detail.
 *
 * For src/cli. What a description holds is too much to keep of every file: when the ranking is done,
 * those that a report or a case shows in detail are examined again.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_DETAILS_H
#define IMC_DETAILS_H

#include "cli/keep.h"
#include "cli/results.h"
#include "worker/pool.h"

#define DETAILS_CASE 1000u /* suspects that a case describes */

struct sought; /* a suspect to be described */

struct details {
	struct sought *wanted; /* by path, then root */
	size_t count, room;
	struct spill *spill;
	struct description *description; /* the one handed out */
	struct pool *pool;
	const char *only_root; /* the one root of all files, NULL: there are several */
	const char *prefix;    /* of the path being walked */
	struct unpack *unpack; /* reads archives; the scan's */
	struct keep *keep;     /* gets them, too */
	bool failed;           /* out of memory or of room */
};

/* Describe the first `most` suspects of level low or above, from the paths of the evidence; the
 * results then hand them out. False after a message. An interrupt ends it early. */
bool details_gather(struct details *details, struct results *results,
    const struct pool_options *options, uint32_t most);
void details_free(struct details *details);

#endif
