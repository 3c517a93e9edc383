/*
 * across.h - what only the whole tree shows of a file, as clues.
 *
 * For src/cli and src/correlate (gather and hand on to the ranking). Pure: no I/O, no memory of
 * its own. Before a ranking is finished: ranking_each(), then ranking_attach(). Code:
 * src/rules/across.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ACROSS_H
#define IMC_ACROSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clue.h"
#include "record.h"
#include "suspect.h"

/* A block of a torn file that stands in another file, too. */
struct torn_hit {
	uint32_t block;  /* index into record.torn */
	uint64_t other;  /* number of the file that holds it */
	uint64_t offset; /* bytes from its start */
};

/* What is asked of such a file; borrowed for the call. */
struct across_peer {
	const char *root; /* "" when there is one */
	struct slice path;
	uint64_t body_hash, message_id_hash; /* of its record; 0: none */
};

/* False: no such file, it counts as a stranger without a name. */
typedef bool across_peer_of(void *context, uint64_t number, struct across_peer *out);

/* Clues about file number `self`, whose record names torn blocks: of each tear whose first block
 * belongs to exactly one other message of the tree. Left out are the file itself, copies (they hold
 * the block before the tear as well, at the same distance) and blocks that two other messages or
 * more hold. Writes at most RECORD_TORN_MAX clues and returns how many. Linear in n_hits. */
size_t across_torn(const struct record *record, uint64_t self, const struct torn_hit *hits,
    size_t n_hits, across_peer_of *peer_of, void *context, struct clue *out);

/* A clue about a temporary file of service or store (its name ends in .stf or .tmp) that lies among the
 * messages; false: it is none. */
bool across_leftover(const struct suspect *suspect, struct clue *out);

/* How the lines of the tree end. Start with {0}. */
struct across_lines {
	uint64_t n_files;   /* of the queues, with bytes */
	uint64_t n_lf_only; /* of them without any CRLF */
};

/* Count a file; each one once. */
void across_count_lines(struct across_lines *lines, const struct suspect *suspect);

/* A clue about a file without CRLF in a tree where others have it; false: there is none. A tree that
 * was copied in text mode as a whole gives none: that is a note about the copy. */
bool across_line_ends(
    const struct across_lines *lines, const struct suspect *suspect, struct clue *out);

#endif
