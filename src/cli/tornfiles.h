/*
 * tornfiles.h - torn files of a tree, and which other files hold the blocks that stand in them.
 *
 * For src/cli/corroborate.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TORNFILES_H
#define IMC_TORNFILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/attach.h"
#include "wanted.h"

struct torn_place; /* a wanted block that a file holds */
struct torn_peer;  /* what is asked of a file that holds one */

struct torn_files {
	uint64_t *hashes; /* that stand in torn files */
	size_t n_hashes;
	uint64_t limit; /* hashes from it on are not wanted; 0: all are */
	struct torn_place *places;
	size_t n_places, places_room;
	struct torn_peer *peers; /* by number */
	size_t n_peers;
	uint64_t n_unseen; /* torn files whose blocks found no room in the search */
};

/* Note the torn blocks of a file, if it has any. False with errno (ENOMEM). */
bool torn_want(struct torn_files *files, const struct record *record);

/* All files were noted: want their blocks. When there are too many, those of the smallest hashes, so
 * that the order of the files does not matter. */
void torn_settle(struct torn_files *files, struct wanted *wanted);

/* A file holds a wanted block. False with errno (ENOMEM). */
bool torn_found(struct torn_files *files, uint64_t number, const struct search_hit *hit);

/* Everything was searched: attach what the blocks say. `wanted` as it was searched. False with
 * errno, or told by the attach. */
bool torn_attach(struct torn_files *files, const struct wanted *wanted, struct attach *attach);

void torn_free(struct torn_files *files);

#endif
