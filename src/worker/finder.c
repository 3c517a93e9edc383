/* finder.c - look for many byte strings and blocks in one pass over a file. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "worker/finder.h"

#include <stdlib.h>
#include <string.h>

#include "torn.h"

#define ROOT 0u
#define NODES_MAX (WANTED_NEEDLES_MAX * WANTED_NEEDLE_MAX + 1u)
#define BLOCKS_END ((uint64_t)WANTED_BLOCKS_SEEN * TORN_BLOCK)
#define BLOCK_SLOTS 8192u /* twice what there can be, a power of two */

_Static_assert(BLOCK_SLOTS >= 2 * WANTED_BLOCKS_MAX, "a probe ends soon");

/* A state: a prefix of one needle or more. Nearly all have one way on. */
struct node {
	uint32_t child;  /* where `byte` leads; 0: nowhere */
	uint32_t fail;   /* the longest suffix that is a prefix of a needle, too */
	uint16_t branch; /* 1 + number of a table that stands for byte and child; 0: none */
	uint16_t ends;   /* 1 + the longest needle that ends here; 0: none */
	unsigned char byte;
};

struct branch {
	uint32_t child[256]; /* 0: nowhere */
};

struct finder {
	struct node *nodes;
	uint32_t n_nodes, n_branches;
	/* Each needle but the first adds one fork at most, and the root is one. */
	struct branch branches[WANTED_NEEDLES_MAX + 1];
	uint16_t next[WANTED_NEEDLES_MAX]; /* the needle that ends where this one does; as `ends` */
	uint16_t len[WANTED_NEEDLES_MAX];
	bool any_needle, any_block;
	uint64_t hashes[BLOCK_SLOTS];
	uint16_t numbers[BLOCK_SLOTS]; /* 1 + number of the block; 0: a free slot */

	/* Of the file in hand. */
	uint64_t pos;
	uint32_t state;
	bool seen[WANTED_NEEDLES_MAX];
	bool seen_block[WANTED_BLOCKS_MAX];
	uint32_t n_needles_found, n_blocks_found;
	struct search_hit needles[WANTED_HITS_EACH], blocks[WANTED_HITS_EACH];
};

/* ---- the automaton ---- */

static uint32_t
child_of(const struct finder *finder, uint32_t at, unsigned char byte)
{
	const struct node *node = &finder->nodes[at];

	if (node->branch)
		return finder->branches[node->branch - 1].child[byte];
	return node->child && node->byte == byte ? node->child : 0;
}

static void
make_branch(struct finder *finder, uint32_t at)
{
	struct node *node = &finder->nodes[at];
	struct branch *branch = &finder->branches[finder->n_branches++];

	if (node->child)
		branch->child[node->byte] = node->child;
	node->branch = (uint16_t)finder->n_branches;
}

static uint32_t
add_child(struct finder *finder, uint32_t at, unsigned char byte)
{
	struct node *node = &finder->nodes[at];
	const uint32_t child = finder->n_nodes++;

	if (!node->branch && node->child)
		make_branch(finder, at);
	if (node->branch) {
		finder->branches[node->branch - 1].child[byte] = child;
	} else {
		node->byte = byte;
		node->child = child;
	}
	return child;
}

static void
add_needle(struct finder *finder, uint32_t which, const unsigned char *bytes, size_t len)
{
	uint32_t at = ROOT;

	for (size_t i = 0; i < len; i++) {
		const uint32_t child = child_of(finder, at, bytes[i]);

		at = child ? child : add_child(finder, at, bytes[i]);
	}
	finder->nodes[at].ends = (uint16_t)(which + 1);
	finder->len[which] = (uint16_t)len;
	finder->any_needle = true;
}

/* Where a byte leads from a state whose `fail` is known, and those of all shorter ones. */
static uint32_t
step_from(const struct finder *finder, uint32_t at, unsigned char byte)
{
	uint32_t child;

	while ((child = child_of(finder, at, byte)) == 0 && at != ROOT)
		at = finder->nodes[at].fail;
	return child;
}

/* The child of a state that was linked already. What ends at its suffix ends at the child, too:
 * after the needle of its own, or instead of it. */
static void
link_child(struct finder *finder, uint32_t parent, unsigned char byte, uint32_t child)
{
	struct node *node = &finder->nodes[child];
	uint16_t shorter;

	node->fail = parent == ROOT ? ROOT : step_from(finder, finder->nodes[parent].fail, byte);
	shorter = finder->nodes[node->fail].ends;
	if (node->ends)
		finder->next[node->ends - 1] = shorter;
	else
		node->ends = shorter;
}

/* Breadth first: `order` has room for all states. */
static void
link_all(struct finder *finder, uint32_t *order)
{
	uint32_t n = 0;

	order[n++] = ROOT;
	for (uint32_t i = 0; i < n; i++) {
		const struct node *node = &finder->nodes[order[i]];

		if (!node->branch && node->child) {
			link_child(finder, order[i], node->byte, node->child);
			order[n++] = node->child;
		}
		for (unsigned byte = 0; node->branch && byte < 256; byte++) {
			const uint32_t child = finder->branches[node->branch - 1].child[byte];

			if (!child)
				continue;
			link_child(finder, order[i], (unsigned char)byte, child);
			order[n++] = child;
		}
	}
}

static uint32_t
slot_of(const struct finder *finder, uint64_t hash)
{
	uint32_t slot = (uint32_t)(hash >> 32) & (BLOCK_SLOTS - 1);

	while (finder->numbers[slot] && finder->hashes[slot] != hash)
		slot = (slot + 1) & (BLOCK_SLOTS - 1);
	return slot;
}

static void
add_block(struct finder *finder, uint32_t which, uint64_t hash)
{
	const uint32_t slot = slot_of(finder, hash);

	finder->hashes[slot] = hash;
	finder->numbers[slot] = (uint16_t)(which + 1);
	finder->any_block = true;
}

static bool
list_valid(const struct wanted *wanted)
{
	if (wanted->n_needles > WANTED_NEEDLES_MAX || wanted->n_blocks > WANTED_BLOCKS_MAX)
		return false;
	for (uint32_t i = 0; i < wanted->n_needles; i++) {
		if (wanted->needle_len[i] == 0 || wanted->needle_len[i] > WANTED_NEEDLE_MAX)
			return false;
	}
	return true;
}

struct finder *
finder_new(const struct wanted *wanted)
{
	struct finder *finder = calloc(1, sizeof *finder);
	uint32_t *order = malloc(NODES_MAX * sizeof *order);

	if (finder)
		finder->nodes = calloc(NODES_MAX, sizeof *finder->nodes);
	if (!finder || !order || !finder->nodes || !list_valid(wanted)) {
		free(order);
		finder_free(finder);
		return NULL;
	}
	finder->n_nodes = 1;
	make_branch(finder, ROOT);
	for (uint32_t i = 0; i < wanted->n_needles; i++)
		add_needle(finder, i, wanted->needles[i], wanted->needle_len[i]);
	link_all(finder, order);
	for (uint32_t i = 0; i < wanted->n_blocks; i++)
		add_block(finder, i, wanted->blocks[i]);
	free(order);
	return finder;
}

void
finder_free(struct finder *finder)
{
	if (!finder)
		return;
	free(finder->nodes);
	free(finder);
}

/* ---- a file ---- */

void
finder_begin(struct finder *finder)
{
	finder->pos = 0;
	finder->state = ROOT;
	memset(finder->seen, 0, sizeof finder->seen);
	memset(finder->seen_block, 0, sizeof finder->seen_block);
	finder->n_needles_found = finder->n_blocks_found = 0;
}

/* The needles that end before `end`. Of one that was seen the shorter ones were, too: a needle that
 * ends at each byte costs nothing more. */
static void
found_needles(struct finder *finder, uint16_t ends, uint64_t end)
{
	while (ends && !finder->seen[ends - 1]) {
		const uint32_t which = ends - 1u;

		finder->seen[which] = true;
		if (finder->n_needles_found < WANTED_HITS_EACH)
			finder->needles[finder->n_needles_found] = (struct search_hit){
				.offset = end - finder->len[which],
				.which = which,
			};
		finder->n_needles_found++;
		ends = finder->next[which];
	}
}

static void
find_needles(struct finder *finder, struct slice bytes)
{
	uint32_t state = finder->state;

	for (size_t i = 0; i < bytes.len; i++) {
		state = step_from(finder, state, bytes.data[i]);
		if (finder->nodes[state].ends)
			found_needles(finder, finder->nodes[state].ends, finder->pos + i + 1);
	}
	finder->state = state;
}

static void
find_blocks(struct finder *finder, struct slice bytes)
{
	for (size_t at = 0; bytes.len - at >= TORN_BLOCK && finder->pos + at < BLOCKS_END;
	     at += TORN_BLOCK) {
		const uint64_t hash = torn_hash(bytes.data + at);
		const uint16_t number = finder->numbers[slot_of(finder, hash)];

		if (!number || finder->seen_block[number - 1])
			continue;
		finder->seen_block[number - 1] = true;
		if (finder->n_blocks_found < WANTED_HITS_EACH)
			finder->blocks[finder->n_blocks_found] = (struct search_hit){
				.offset = finder->pos + at,
				.which = number - 1u,
				.is_block = 1,
			};
		finder->n_blocks_found++;
	}
}

void
finder_feed(struct finder *finder, struct slice bytes)
{
	if (finder->any_needle)
		find_needles(finder, bytes);
	if (finder->any_block)
		find_blocks(finder, bytes);
	finder->pos += bytes.len;
}

static uint32_t
least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static int
by_offset(const void *a, const void *b)
{
	const struct search_hit *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return x->which < y->which ? -1 : x->which > y->which;
}

uint32_t
finder_hits(const struct finder *finder, struct search_hit hits[WANTED_HITS_MAX], uint32_t *n_found)
{
	/* Half of the room each, whatever the other leaves: a merge that finds more blocks than its
	 * parts did must not find fewer needles. */
	const uint32_t n_needles = least(finder->n_needles_found, WANTED_HITS_EACH);
	const uint32_t n_blocks = least(finder->n_blocks_found, WANTED_HITS_EACH);

	memcpy(hits, finder->needles, n_needles * sizeof *hits);
	memcpy(hits + n_needles, finder->blocks, n_blocks * sizeof *hits);
	/* Long needles end later than short ones that begin after them. */
	qsort(hits, n_needles, sizeof *hits, by_offset);
	*n_found = finder->n_needles_found + finder->n_blocks_found;
	return n_needles + n_blocks;
}
