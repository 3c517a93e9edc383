/*
 * missing.c - files that logs name and the tree lacks.
 *
 * A file in use is what a copy does not get; so the culprit itself may be the one that is missing.
 * Most names in logs are those of mail long delivered: only what points at a file that should still
 * be there makes it missing.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "correlate/joins.h"

static bool
should_be_there(
    const struct correlation *c, const struct log_item *item, const struct weighed *weighed)
{
	switch (item->kind) {
	case EVIDENCE_COPY_FAILED:
		return weighed->mark == MARK_IN_USE && item->code != 112;
	case EVIDENCE_LAST_RECEIVED:
		return weighed->factor >= c->factors[FACTOR_MISSING_LAST];
	case EVIDENCE_EVENT_FILE:
		if (item->flags & (EVIDENCE_GONE | EVIDENCE_WEAK))
			return false;
		return item->flags & EVIDENCE_STAYS || weighed->crash != NONE32 ||
		       c->crashes.n == 0;
	case EVIDENCE_TRACK_OPEN:
		return !(item->flags & EVIDENCE_WEAK) &&
		       weighed->factor >= c->factors[FACTOR_MISSING_LEAST];
	case EVIDENCE_STACK:
		return item->path.len > 0;
	default:
		return false;
	}
}

/* The weightiest of each rule, together; what speaks for its absence is told apart. */
static int64_t
score_of(struct correlation *c, const struct key *key)
{
	int64_t best[MARK_COUNT] = { 0 }, score = 0;

	for (uint32_t at = key->first; at != NONE32; at = c->hangs[at].next) {
		const struct sight *sight = &c->sights[c->hangs[at].sight];
		char room[CLUE_DETAIL_MAX];
		struct words words = words_of(room, sizeof room);
		const struct weighed weighed = weigh_sight(c, sight, NULL, &words);

		c->steps++;
		if (should_be_there(c, sight->item, &weighed) &&
		    weighed.factor > best[weighed.mark])
			best[weighed.mark] = weighed.factor;
	}
	for (int i = 0; i < MARK_COUNT; i++)
		score += best[i];
	return score;
}

static void
name_missing(struct correlation *c, struct missing *missing)
{
	const struct key *key = &c->keys.slots[missing->key];
	const struct log_item *first = c->sights[c->hangs[key->first].sight].item;
	enum direction direction = DIRECTION_ANY;

	clue_text(missing->name, sizeof missing->name, name_plain(name_last(first->spool)));
	for (uint32_t at = key->first; at != NONE32 && direction == DIRECTION_ANY;
	     at = c->hangs[at].next) {
		const struct log_item *item = c->sights[c->hangs[at].sight].item;

		direction = name_direction(item->path.len ? item->path : item->spool, item->flags);
	}
	missing->folder = direction == DIRECTION_IN    ? FOLDER_IN
			  : direction == DIRECTION_OUT ? FOLDER_OUT
						       : FOLDER_OTHER;
}

static int
by_score(const void *left, const void *right)
{
	const struct missing *a = left, *b = right;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return strcmp(a->name, b->name);
}

static bool
link_sight(struct correlation *c, uint64_t number, uint32_t sight, int64_t *absence)
{
	char detail[CLUE_DETAIL_MAX];
	struct words words = words_of(detail, sizeof detail);
	const struct weighed weighed = weigh_sight(c, &c->sights[sight], NULL, &words);
	const struct log_item *item = c->sights[sight].item;
	struct link *link;

	if (!should_be_there(c, item, &weighed))
		return true;
	if (item->kind == EVIDENCE_COPY_FAILED)
		*absence = c->factors[FACTOR_MISSING_USED];
	else if (item->kind == EVIDENCE_EVENT_FILE && *absence < 0)
		*absence = 0;
	link = link_new(c, weighed.mark, number, sight);
	if (!link)
		return errno == 0;
	words = words_of(link->clue.detail, sizeof link->clue.detail);
	words_add(&words, "%s", detail);
	link->missing = true;
	link->crash = weighed.crash;
	link->pointing = weighed.pointing;
	link_weigh(c, link, weighed.factor);
	return true;
}

/* That it is absent: of a file that was in use no wonder, of one that came in perhaps only that it
 * was delivered. */
static bool
link_absence(struct correlation *c, uint64_t number, int64_t absence)
{
	struct link *link = link_new(c, MARK_MISSING, number, NONE32);
	struct words words;

	if (!link)
		return errno == 0;
	words = words_of(link->clue.detail, sizeof link->clue.detail);
	words_add(&words, "not in this tree: recover it from the source");
	words_add(&words, absence > 0   ? "; a file in use is not copied"
			  : absence < 0 ? "; it may also have been delivered since"
					: "");
	link->missing = true;
	link_weigh(c, link, absence);
	/* The row's factor is the most that speaks for it; against it may speak more. */
	if (absence < 0)
		link->clue.factor = (int32_t)absence;
	return true;
}

static bool
link_queue(struct correlation *c, uint64_t number)
{
	const struct missing *missing = &c->missing[number];
	const struct slice name = slice_str(missing->name);
	const struct key *key =
	    keys_find(&c->keys, KEY_QUEUE, key_hash(KEY_QUEUE, name, slice_of(NULL, 0)));
	const struct log_view *log;
	struct words words;
	struct link *link;

	if (!key)
		return true;
	link = link_new(c, MARK_QUEUE_MISSING, number, NONE32);
	if (!link)
		return errno == 0;
	log = log_set_log(c->logs, key->queue_log);
	link->missing = true;
	link->clue.log_offset = key->queue_offset;
	link->clue.log_len =
	    (uint16_t)(log->name.len < CLUE_LOG_MAX ? log->name.len : CLUE_LOG_MAX - 1);
	if (link->clue.log_len)
		memcpy(link->clue.log, log->name.data, link->clue.log_len);
	words = words_of(link->clue.detail, sizeof link->clue.detail);
	words_add(&words, "its name stands in queue.dat at byte %llu",
	    (unsigned long long)key->queue_offset);
	link_weigh(c, link, c->limits[MARK_QUEUE_MISSING]);
	return true;
}

static bool
link_missing(struct correlation *c, uint64_t number)
{
	const struct key *key = &c->keys.slots[c->missing[number].key];
	int64_t absence = -2000;

	for (uint32_t at = key->first; at != NONE32; at = c->hangs[at].next)
		if (!link_sight(c, number, c->hangs[at].sight, &absence))
			return false;
	return link_absence(c, number, absence) && link_queue(c, number);
}

/* Whether a copy failed on it because it was in use; a full disk stops a copy at any file. */
static bool
was_in_use(const struct correlation *c, const struct key *key)
{
	for (uint32_t at = key->first; at != NONE32; at = c->hangs[at].next) {
		const struct log_item *item = c->sights[c->hangs[at].sight].item;

		if (item->kind == EVIDENCE_COPY_FAILED && item->code != 112)
			return true;
	}
	return false;
}

static bool
find_missing(struct correlation *c, size_t *n_faint)
{
	for (size_t i = 0; i < c->keys.n_slots; i++) {
		const struct key *key = &c->keys.slots[i];
		struct missing *missing;
		int64_t score;

		if (key->hash == 0 || key->kind != KEY_NAME || key->n_files > 0)
			continue;
		score = score_of(c, key);
		if (score < c->factors[FACTOR_MISSING_LEAST]) {
			*n_faint += was_in_use(c, key);
			continue;
		}
		if (!array_grow(
			&c->missing, &c->missing_room, c->n_missing + 1, sizeof *c->missing))
			return false;
		missing = &c->missing[c->n_missing++];
		*missing = (struct missing){ .key = (uint32_t)i, .score = score };
		name_missing(c, missing);
	}
	return true;
}

bool
join_missing(struct correlation *c)
{
	size_t n_faint = 0;

	if (!find_missing(c, &n_faint))
		return false;
	if (n_faint > 0)
		note_add(c,
		    "The copy lacks %zu file%s that could not be read when it was made: so many that "
		    "it says little of each. Copy them with the service stopped.",
		    n_faint, n_faint == 1 ? "" : "s");
	if (c->n_missing > 1)
		qsort(c->missing, c->n_missing, sizeof *c->missing, by_score);
	if (c->n_missing > CORRELATE_MISSING_MAX) {
		note_add(c, "The logs name %zu files that the tree lacks; the first %d are listed.",
		    c->n_missing, CORRELATE_MISSING_MAX);
		c->n_missing = CORRELATE_MISSING_MAX;
	}
	for (size_t i = 0; i < c->n_missing; i++)
		if (!link_missing(c, i))
			return false;
	return true;
}

/* Where each missing file's clues stand among the sorted ones. */
bool
missing_settle(struct correlation *c)
{
	for (size_t i = 0; i < c->links.n; i++) {
		const struct link *link = &c->links.all[c->links.sorted[i]];
		struct missing *missing = link->missing ? &c->missing[link->file] : NULL;

		if (missing && missing->n_clues++ == 0)
			missing->first = i;
	}
	return true;
}

size_t
correlation_n_missing(const struct correlation *c)
{
	return c->n_missing;
}

struct correlation_missing
correlation_missing(const struct correlation *c, size_t index)
{
	const struct missing *missing = &c->missing[index];
	struct correlation_missing out = { .folder = missing->folder, .n_clues = missing->n_clues };

	memcpy(out.name, missing->name, sizeof out.name);
	return out;
}

const struct clue *
correlation_missing_clue(const struct correlation *c, size_t index, size_t nth)
{
	const struct missing *missing = &c->missing[index];

	return nth < missing->n_clues ? &c->links.all[c->links.sorted[missing->first + nth]].clue
				      : NULL;
}
