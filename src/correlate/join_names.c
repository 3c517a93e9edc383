/*
 * join_names.c - files that a log names by their spool name.
 *
 * The same name may lie in In and in Archive, or below several roots: meant is the file in the
 * queue, unless the event says that it was moved.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "correlate/joins.h"

static enum direction
direction_of(const struct log_item *item)
{
	return name_direction(item->path.len ? item->path : item->spool, item->flags);
}

static int
rank_of_folder(enum folder folder, bool gone)
{
	switch (folder) {
	case FOLDER_IN:
	case FOLDER_OUT:
		return gone ? 2 : 6;
	case FOLDER_WORK:
	case FOLDER_PICKUP:
		return gone ? 2 : 5;
	case FOLDER_IN_ARCHIVE:
	case FOLDER_OUT_ARCHIVE:
	case FOLDER_PICKUP_ARCHIVE:
		return gone ? 6 : 2;
	default:
		return 4;
	}
}

/* How well the file fits what the item says of its place; 1: the other direction. */
static int
rank(const struct seen *seen, const struct log_item *item)
{
	const enum direction said = direction_of(item);

	if (said != DIRECTION_ANY && seen->direction != DIRECTION_ANY && seen->direction != said)
		return 1;
	return rank_of_folder((enum folder)seen->folder, item->flags & EVIDENCE_GONE);
}

/* The log says that it lies in Archive, and it does. */
static uint32_t
placed(const struct log_item *item, const struct seen *seen)
{
	const bool said = item->flags & EVIDENCE_GONE ||
			  slice_find_nocase(item->path, 0, "\\archive\\") != SLICE_NONE;

	return said && folder_is_archive((enum folder)seen->folder) ? CLUE_PLACED : 0;
}

/* A 2002 that is the last before a crash comes as two items, and as one for each crash: the
 * weightiest stands for the record. The others before it were the last to be linked. */
static bool
is_weightier(struct correlation *c, const struct weighed *weighed, uint32_t file, uint32_t number)
{
	const struct sight *sight = &c->sights[number];
	const struct link *last = c->links.n ? &c->links.all[c->links.n - 1] : NULL;

	if (!last || last->sight == NONE32 || last->file != file || last->mark != weighed->mark ||
	    c->sights[last->sight].log != sight->log ||
	    c->sights[last->sight].item->offset != sight->item->offset)
		return true;
	if (last->clue.factor >= weighed->factor)
		return false;
	c->links.n--;
	return true;
}

static bool
link_file(struct correlation *c, uint32_t number, uint32_t file, int best, uint64_t n_best)
{
	const struct sight *sight = &c->sights[number];
	const struct seen *seen = &c->seen[file];
	char detail[CLUE_DETAIL_MAX];
	struct words words = words_of(detail, sizeof detail);
	struct weighed weighed = weigh_sight(c, sight, seen, &words);
	struct link *link;

	if (weighed.factor == 0 || !is_weightier(c, &weighed, file, number))
		return true;
	link = link_new(c, weighed.mark, file, number);
	if (!link)
		return errno == 0;
	if (best == 1)
		words_add(&words, "; it lies in a folder of the other direction");
	if (n_best > 1)
		words_add(&words, "; %llu files have this name", (unsigned long long)n_best);
	if (weighed.factor > 0 && best == 1)
		weighed.factor = weighed.factor * c->factors[FACTOR_DIRECTION] / 1000;
	if (weighed.factor > 0 && n_best > 1)
		weighed.factor = weigh_share(c, weighed.factor, n_best);
	words = words_of(link->clue.detail, sizeof link->clue.detail);
	words_add(&words, "%s", detail);
	link->clue.flags =
	    placed(sight->item, seen) | (weighed.doubtful || best == 1 ? CLUE_DOUBTFUL : 0);
	link->crash = weighed.crash;
	link->pointing = weighed.pointing && best > 1;
	link_weigh(c, link, weighed.factor);
	return true;
}

/* A message that the tracking log knows by its MTS-ID is joined by that. */
static bool
is_known_better(const struct correlation *c, const struct log_item *item)
{
	const struct key *key;

	if (item->kind != EVIDENCE_TRACK_OPEN || !item->mts_id.len)
		return false;
	key = keys_find(&c->keys, KEY_MTS_ID,
	    key_hash(KEY_MTS_ID, slice_trim(item->mts_id), slice_of(NULL, 0)));
	return key && key->n_files > 0;
}

static bool
link_sight(struct correlation *c, const struct key *key, uint32_t sight)
{
	const uint32_t *files = c->keys.numbers + (size_t)key->files * KEY_FILES_MAX;
	const struct log_item *item = c->sights[sight].item;
	const uint32_t n = key->n_files < KEY_FILES_MAX ? key->n_files : KEY_FILES_MAX;
	uint64_t n_best = 0;
	int best = 0;

	if (is_known_better(c, item))
		return true;
	for (uint32_t i = 0; i < n; i++) {
		const int fits = rank(&c->seen[files[i]], item);

		n_best = fits > best ? 1 : n_best + (fits == best);
		best = fits > best ? fits : best;
	}
	for (uint32_t i = 0; i < n; i++) {
		c->steps++;
		if (rank(&c->seen[files[i]], item) == best &&
		    !link_file(c, sight, files[i], best, n_best))
			return false;
	}
	return true;
}

bool
join_names(struct correlation *c)
{
	for (size_t i = 0; i < c->keys.n_slots; i++) {
		const struct key *key = &c->keys.slots[i];

		if (key->hash == 0 || key->kind != KEY_NAME || key->n_files == 0)
			continue;
		for (uint32_t at = key->first; at != NONE32; at = c->hangs[at].next)
			if (!link_sight(c, key, c->hangs[at].sight))
				return false;
	}
	return true;
}
