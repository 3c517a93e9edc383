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
#define HASHES_ROOM ((size_t)4 * WANTED_BLOCKS_MAX)
#define HITS_MAX 4096u /* places of the blocks of one torn file */

struct torn_place {
	uint32_t block; /* index into wanted.blocks */
	uint32_t order; /* of the peer */
	uint64_t number, offset;
};

struct torn_peer {
	uint64_t number;
	char *root; /* owned */
	unsigned char *path;
	size_t path_len;
	uint64_t body_hash, message_id_hash;
	uint32_t order; /* by root and path: numbers are those of a busy machine */
};

static int
compare_hashes(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Each once, and no more than can be wanted. */
static void
trim(struct torn_files *files)
{
	size_t kept = 0;

	if (files->n_hashes == 0)
		return;
	qsort(files->hashes, files->n_hashes, sizeof *files->hashes, compare_hashes);
	for (size_t i = 0; i < files->n_hashes; i++) {
		if (kept == 0 || files->hashes[i] != files->hashes[kept - 1])
			files->hashes[kept++] = files->hashes[i];
	}
	if (kept > WANTED_BLOCKS_MAX) {
		files->limit = files->hashes[WANTED_BLOCKS_MAX];
		kept = WANTED_BLOCKS_MAX;
	}
	files->n_hashes = kept;
}

bool
torn_want(struct torn_files *files, const struct record *record)
{
	if (record->n_torn == 0)
		return true;
	if (!files->hashes)
		files->hashes = calloc(HASHES_ROOM, sizeof *files->hashes);
	if (!files->hashes)
		return false;
	if (files->n_hashes + record->n_torn > HASHES_ROOM)
		trim(files);
	for (uint32_t i = 0; i < record->n_torn; i++)
		files->hashes[files->n_hashes++] = record->torn[i].hash;
	return true;
}

void
torn_settle(struct torn_files *files, struct wanted *wanted)
{
	trim(files);
	for (size_t i = 0; i < files->n_hashes; i++)
		(void)wanted_block(wanted, files->hashes[i]);
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
	files->places[files->n_places++] =
	    (struct torn_place){ .block = hit->which, .number = number, .offset = hit->offset };
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
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
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

static int
compare_names(const void *a, const void *b)
{
	const struct torn_peer *x = *(struct torn_peer *const *)a;
	const struct torn_peer *y = *(struct torn_peer *const *)b;
	const size_t common = x->path_len < y->path_len ? x->path_len : y->path_len;
	int order = strcmp(x->root ? x->root : "", y->root ? y->root : "");

	if (order == 0 && common > 0)
		order = memcmp(x->path, y->path, common);
	return order ? order : (x->path_len > y->path_len) - (x->path_len < y->path_len);
}

/* The places by block, then by the names of their files. */
static bool
order_places(struct torn_files *files)
{
	/* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are what is sorted. */
	struct torn_peer **byname = calloc(files->n_peers + 1, sizeof *byname);

	if (!byname)
		return false;
	for (size_t i = 0; i < files->n_peers; i++)
		byname[i] = &files->peers[i];
	qsort(byname, files->n_peers, sizeof(struct torn_peer *), compare_names);
	for (size_t i = 0; i < files->n_peers; i++)
		byname[i]->order = (uint32_t)i;
	free(byname);
	for (size_t i = 0; i < files->n_places; i++)
		files->places[i].order = peer_numbered(files, files->places[i].number)->order;
	qsort(files->places, files->n_places, sizeof *files->places, compare_places);
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

/* Not all of its blocks were looked for. */
static bool
is_unseen(const struct torn_files *files, const struct record *record)
{
	bool unseen = false;

	for (uint32_t i = 0; files->limit && i < record->n_torn; i++)
		unseen |= record->torn[i].hash >= files->limit;
	return unseen;
}

static bool
attach_one(void *context, uint64_t number, const struct suspect *suspect)
{
	struct attaching *attaching = context;
	struct clue clues[RECORD_TORN_MAX];
	size_t n_hits, n_clues;

	if (!suspect->record || suspect->record->n_torn == 0)
		return true;
	attaching->files->n_unseen += is_unseen(attaching->files, suspect->record);
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

	if (files->n_places == 0 && files->limit == 0)
		return true;
	attaching.hits = calloc(HITS_MAX, sizeof *attaching.hits);
	good = attaching.hits && list_peers(files) &&
	       ranking_each(attach->ranking, name_peer, &naming) && !naming.failed &&
	       order_places(files) && ranking_each(attach->ranking, attach_one, &attaching) &&
	       !attaching.failed;
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
	free(files->hashes);
}
