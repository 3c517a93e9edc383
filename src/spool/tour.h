/*
 * tour.h - one archive on its way through the walk.
 *
 * For src/spool/walk_archive.c (the passes) and tour.c (a member as the visitor sees it) only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TOUR_H
#define IMC_TOUR_H

#include "index.h"
#include "member.h"
#include "walker.h"

struct tour {
	struct walker *walker;
	struct unpack *unpack;
	struct index *index;
	struct walk_archive *about; /* in the walker's result */
	bool backslashes;           /* stand between folders */
	const char *name;           /* the archive's own, without folders */
};

/* Names pass: learn the folders that the member unpack_member() tells of. */
void tour_learn(struct tour *tour);

/* Tell the visitor of folders that are listed by themselves. */
void tour_tell_folders(struct tour *tour);

/* Contents pass: tell the visitor of the member; `why` is "" or why no member is read any more. False
 * and errno as unpack_more(). */
bool tour_tell(struct tour *tour, const char *why);

/* Tell the visitor that the archive goes on where nothing can be read. */
void tour_tell_rest(struct tour *tour, const char *why);

/* Keep the words of the first fault. */
void tour_keep_words(struct tour *tour);

#endif
