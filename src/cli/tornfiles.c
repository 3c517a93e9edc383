/*
 * tornfiles.c - torn files of a tree, and which other files hold the blocks that stand in them.
 *
 * Three passes over what was examined: which blocks are wanted, (the search,) who the files are that
 * hold them, what that says of the torn ones. Memory grows with what was found alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/tornfiles.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "across.h"

#define PLACES_MAX (1u << 20) /* a block that more files hold says nothing of any of them */
#define HITS_MAX 4096u        /* places of the blocks of one torn file */

struct torn_place {
	uint32_t block; /* index into wanted.blocks */
	uint64_t number, offset;
};

struct torn_peer {
	uint64_t number;
	char *root; /* owned */
	unsigned char *path;
	size_t path_len;
	uint64_t body_hash, message_id_hash;
};

void
torn_want(struct torn_files *files, const struct record *record, struct wanted *wanted)
{
	bool unseen = false;

	for (uint32_t i = 0; i < record->n_torn; i++)
		unseen |= wanted_block(wanted, record->torn[i].hash) < 0;
	files->n_unseen += unseen;
}

bool
torn_found(struct torn_files *files, uint64_t number, const struct search_hit *hit)
{
	if (files->n_places == files->places_room) {
		const size_t room = files->places_room ? 2 * files->places_room : 256;
		struct torn_place *bigger;

		if (room > PLACES_MAX)
			return true;
		bigger = reallocarray(files->places, room, sizeof *bigger);
		if (!bigger)
			return false;
		files->places = bigger;
		files->places_room = room;
	}
	files->places[files->n_places++] = (struct torn_place){ hit->which, number, hit->offset };
	return true;
}

static int
compare_numbers(const void *a, const void *b)
{
	const struct torn_peer *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static int
compare_places(const void *a, const void *b)
{
	const struct torn_place *x = a, *y = b;

	if (x->block != y->block)
		return x->block < y->block ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static struct torn_peer *
peer_numbered(struct torn_files *files, uint64_t number)
{
	const struct torn_peer key = { .number = number };

	if (files->n_peers == 0)
		return NULL;
	return bsearch(&key, files->peers, files->n_peers, sizeof key, compare_numbers);
}

/* One row for each file that holds a block. */
static bool
list_peers(struct torn_files *files)
{
	size_t kept = 0;

	files->peers = calloc(files->n_places + 1, sizeof *files->peers);
	if (!files->peers)
		return false;
	for (size_t i = 0; i < files->n_places; i++)
		files->peers[i].number = files->places[i].number;
	qsort(files->peers, files->n_places, sizeof *files->peers, compare_numbers);
	for (size_t i = 0; i < files->n_places; i++) {
		if (kept == 0 || files->peers[i].number != files->peers[kept - 1].number)
			files->peers[kept++].number = files->peers[i].number;
	}
	files->n_peers = kept;
	return true;
}

struct naming {
	struct torn_files *files;
	bool failed;
};

static bool
name_peer(void *context, uint64_t number, const struct suspect *suspect)
{
	struct naming *naming = context;
	struct torn_peer *peer = peer_numbered(naming->files, number);

	if (!peer)
		return true;
	peer->root = strdup(suspect->root);
	peer->path = malloc(suspect->path.len + 1);
	if (!peer->root || !peer->path) {
		naming->failed = true;
		return false;
	}
	if (suspect->path.len > 0)
		memcpy(peer->path, suspect->path.data, suspect->path.len);
	peer->path_len = suspect->path.len;
	if (suspect->record) {
		peer->body_hash = suspect->record->body_hash;
		peer->message_id_hash = suspect->record->message_id_hash;
	}
	return true;
}

static bool
peer_of(void *context, uint64_t number, struct across_peer *out)
{
	const struct torn_peer *peer = peer_numbered(context, number);

	if (!peer || !peer->root)
		return false;
	*out = (struct across_peer){
		.root = peer->root,
		.path = slice_of(peer->path, peer->path_len),
		.body_hash = peer->body_hash,
		.message_id_hash = peer->message_id_hash,
	};
	return true;
}

struct attaching {
	struct torn_files *files;
	const struct wanted *wanted;
	struct attach *attach;
	struct torn_hit *hits; /* HITS_MAX */
	bool failed;
};

/* The first place of that block, or the number of places. */
static size_t
first_place(const struct torn_files *files, uint32_t block)
{
	size_t low = 0, high = files->n_places;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (files->places[middle].block < block)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t
gather(const struct attaching *attaching, const struct record *record)
{
	const struct torn_files *files = attaching->files;
	size_t count = 0;

	for (uint32_t i = 0; i < record->n_torn; i++) {
		uint32_t block = 0;

		while (block < attaching->wanted->n_blocks &&
		       attaching->wanted->blocks[block] != record->torn[i].hash)
			block++;
		for (size_t at = first_place(files, block);
		     at < files->n_places && files->places[at].block == block && count < HITS_MAX;
		     at++)
			attaching->hits[count++] = (struct torn_hit){ i, files->places[at].number,
				files->places[at].offset };
	}
	return count;
}

static bool
attach_one(void *context, uint64_t number, const struct suspect *suspect)
{
	struct attaching *attaching = context;
	struct clue clues[RECORD_TORN_MAX];
	size_t n_hits, n_clues;

	if (!suspect->record || suspect->record->n_torn == 0)
		return true;
	n_hits = gather(attaching, suspect->record);
	n_clues = across_torn(
	    suspect->record, number, attaching->hits, n_hits, peer_of, attaching->files, clues);
	for (size_t i = 0; i < n_clues; i++) {
		if (!attach_clue(attaching->attach, number, &clues[i])) {
			attaching->failed = true;
			return false;
		}
	}
	return true;
}

bool
torn_attach(struct torn_files *files, const struct wanted *wanted, struct attach *attach)
{
	struct naming naming = { .files = files };
	struct attaching attaching = { .files = files, .wanted = wanted, .attach = attach };
	bool good;

	if (files->n_places == 0)
		return true;
	qsort(files->places, files->n_places, sizeof *files->places, compare_places);
	attaching.hits = calloc(HITS_MAX, sizeof *attaching.hits);
	good = attaching.hits && list_peers(files) &&
	       ranking_each(attach->ranking, name_peer, &naming) && !naming.failed &&
	       ranking_each(attach->ranking, attach_one, &attaching) && !attaching.failed;
	free(attaching.hits);
	return good;
}

void
torn_free(struct torn_files *files)
{
	for (size_t i = 0; i < files->n_peers; i++) {
		free(files->peers[i].root);
		free(files->peers[i].path);
	}
	free(files->peers);
	free(files->places);
}
