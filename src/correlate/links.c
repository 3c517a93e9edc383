/* links.c - sights joined with files, each with its clue. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "correlate/joins.h"

static void
name_log(struct clue *clue, const struct log_view *log)
{
	const size_t len = log->name.len < CLUE_LOG_MAX ? log->name.len : CLUE_LOG_MAX - 1;

	if (len)
		memcpy(clue->log, log->name.data, len);
	clue->log_len = (uint16_t)len;
}

static void
fill(const struct correlation *c, struct clue *clue, uint32_t number)
{
	const struct sight *sight = &c->sights[number];
	const struct log_item *item = sight->item;

	name_log(clue, sight_log(c, sight));
	clue->number = item->number;
	clue->log_offset = item->offset;
	clue->time = sight->when.utc;
	clue_text(clue->quote, sizeof clue->quote, item->quote.len ? item->quote : item->bytes);
}

struct link *
link_new(struct correlation *c, enum mark mark, uint64_t file, uint32_t sight)
{
	struct links *links = &c->links;
	struct link *link;

	c->steps++;
	if (links->n == CORRELATE_CLUES_MAX) {
		links->n_left_out++;
		errno = 0;
		return NULL;
	}
	if (!array_grow(&links->all, &links->room, links->n + 1, sizeof *links->all))
		return NULL;
	link = &links->all[links->n];
	memset(link, 0, sizeof *link);
	link->file = file;
	link->sight = sight;
	link->crash = NONE32;
	link->order = (uint32_t)links->n++;
	link->mark = (uint8_t)mark;
	clue_clear(&link->clue, c->rules[mark]);
	if (sight != NONE32)
		fill(c, &link->clue, sight);
	return link;
}

/* What speaks against a file is bounded like what speaks for it. */
void
link_weigh(const struct correlation *c, struct link *link, int64_t factor)
{
	const int64_t most = c->limits[link->mark];

	if (factor > most)
		factor = most;
	if (factor < -most)
		factor = -most;
	link->clue.factor = (int32_t)factor;
}

static int
compare(const void *left, const void *right, void *context)
{
	const struct link *all = context;
	const struct link *a = &all[*(const uint32_t *)left], *b = &all[*(const uint32_t *)right];

	if (a->missing != b->missing)
		return a->missing ? 1 : -1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->clue.factor != b->clue.factor)
		return a->clue.factor > b->clue.factor ? -1 : 1;
	if (a->mark != b->mark)
		return a->mark < b->mark ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

/* Of one rule and file the weightiest few: more of them say no more. */
static void
drop_surplus(struct links *links)
{
	unsigned kept[MARK_COUNT] = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < links->n; i++) {
		const struct link *link = &links->all[links->sorted[i]];
		const struct link *before = i ? &links->all[links->sorted[i - 1]] : NULL;

		if (before && (before->file != link->file || before->missing != link->missing))
			memset(kept, 0, sizeof kept);
		if (kept[link->mark]++ < CORRELATE_SAME_MAX)
			links->sorted[n++] = links->sorted[i];
		else
			links->n_left_out++;
	}
	links->n = n;
}

bool
links_sort(struct correlation *c)
{
	struct links *links = &c->links;

	links->sorted = calloc(links->n + 1, sizeof *links->sorted);
	if (!links->sorted)
		return false;
	for (size_t i = 0; i < links->n; i++)
		links->sorted[i] = (uint32_t)i;
	if (links->n > 1)
		qsort_r(links->sorted, links->n, sizeof *links->sorted, compare, links->all);
	drop_surplus(links);
	return true;
}
