/* picture.c - the tree in counts: by folder and level, by score, by time. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "rank/level.h"
#include "rank/tree.h"

#define STRAY 50               /* one time in that many may be a stray, at either end */
#define EDGE 24                /* of the whole, left free at both ends */
#define TIME_LIMIT (1LL << 40) /* seconds: hostile times are held apart from arithmetic */

static size_t
pair_of(const struct ranked *file)
{
	return file->level >= LEVEL_MEDIUM;
}

static bool
is_time(int64_t time)
{
	return time > -TIME_LIMIT && time < TIME_LIMIT;
}

static int
compare_times(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

bool
picture_time(struct times *times, int64_t time)
{
	if (!is_time(time))
		return true;
	if (!array_grow(&times->all, &times->room, times->n + 1, sizeof *times->all))
		return false;
	times->all[times->n++] = time;
	return true;
}

/* When the server took the file; in UTC where its clock is known. */
static int64_t
received(const struct tree *tree, const struct entry *entry)
{
	if (!is_time(entry->head.received))
		return NO_TIME;
	return entry->head.received - (tree->has_clock ? tree->clock : 0);
}

/* The times that the server gave, or those of last change. */
static bool
gather_files(struct ranking *ranking, bool given, int64_t *times, size_t *n)
{
	const struct tree *tree = &ranking->tree;
	struct entry entry;

	for (uint32_t i = 0; i < tree->n_files; i++) {
		if (!entry_read(ranking, i, &entry))
			return false;
		if (given && is_time(entry.head.received))
			times[(*n)++] = received(tree, &entry);
		if (!given && is_time(entry.head.modified))
			times[(*n)++] = entry.head.modified;
	}
	return true;
}

/* The times that the line is drawn for, rising: those that the server gave, since a copy may have
 * given the files new ones; without any, the times of last change. And crashes. */
static bool
gather(struct ranking *ranking, int64_t *times, size_t *n)
{
	const struct tree *tree = &ranking->tree;

	*n = 0;
	if (!gather_files(ranking, true, times, n) ||
	    (*n == 0 && !gather_files(ranking, false, times, n)))
		return false;
	for (uint32_t i = 0; i < tree->n_crashes; i++) {
		if (is_time(tree->crashes[i]))
			times[(*n)++] = tree->crashes[i];
	}
	if (*n > 0)
		qsort(times, *n, sizeof *times, compare_times);
	return true;
}

/* One false clock must not squeeze all others into one slice: a few times at either end are let go
 * when they lie far from the rest. */
static void
choose_range(const int64_t *times, size_t n, struct tree_picture *picture)
{
	const size_t strays = n / STRAY;
	size_t first = strays, last = n - 1 - strays;
	int64_t edge;
	const int64_t margin = (times[last] - times[first]) / 4 + 3600;
	const int64_t low = times[first] - margin, high = times[last] + margin;

	while (first > 0 && times[first - 1] >= low)
		first--;
	while (last + 1 < n && times[last + 1] <= high)
		last++;
	picture->has_times = true;
	edge = (times[last] - times[first]) / EDGE + 60;
	picture->from = times[first] - edge;
	picture->to = times[last] + edge;
}

static void
count_time(
    struct tree_picture *picture, int64_t time, uint64_t slots[][2], uint64_t *beyond, size_t pair)
{
	const int64_t span = picture->to - picture->from;

	if (time == NO_TIME || !picture->has_times)
		return;
	if (time < picture->from || time >= picture->to)
		(*beyond)++;
	else
		slots[(time - picture->from) * PICTURE_SLOTS / span][pair]++;
}

static void
count_score(struct tree_picture *picture, const struct ranked *file)
{
	int32_t bar = file->score / 1000 - (file->score % 1000 < 0) - PICTURE_SCORE_FROM;

	if (!file->has_score)
		return;
	bar = bar < 0 ? 0 : bar >= PICTURE_SCORES ? PICTURE_SCORES - 1 : bar;
	picture->scores[bar]++;
}

static void
count_logged(struct tree_picture *picture, const struct times *logged)
{
	const int64_t span = picture->to - picture->from;

	for (size_t i = 0; picture->has_times && i < logged->n; i++) {
		const int64_t time = logged->all[i];

		if (time < picture->from || time >= picture->to)
			picture->logged_beyond++;
		else
			picture->logged[(time - picture->from) * PICTURE_SLOTS / span][0]++;
	}
}

static bool
count_files(struct ranking *ranking, struct tree_picture *picture)
{
	const struct tree *tree = &ranking->tree;
	struct entry entry;

	for (uint32_t i = 0; i < tree->n_files; i++) {
		const struct ranked *file = &tree->files[i];
		const size_t pair = pair_of(file);

		if (!entry_read(ranking, i, &entry))
			return false;
		if (file->folder < FOLDER_COUNT && file->level < LEVEL_COUNT)
			picture->by_folder[file->folder][file->level]++;
		count_score(picture, file);
		count_time(
		    picture, entry.head.modified, picture->modified, &picture->beyond[0], pair);
		count_time(
		    picture, received(tree, &entry), picture->received, &picture->beyond[1], pair);
	}
	return true;
}

bool
picture_count(struct ranking *ranking, struct tree_picture *picture)
{
	const struct tree *tree = &ranking->tree;
	int64_t *times = calloc((size_t)tree->n_files + PICTURE_CRASHES + 1, sizeof *times);
	size_t n = 0;
	const bool good = times && gather(ranking, times, &n);

	memset(picture, 0, sizeof *picture);
	if (good && n > 0)
		choose_range(times, n, picture);
	free(times);
	if (!good)
		return false;
	picture->has_clock = tree->has_clock;
	picture->clock = tree->clock;
	count_logged(picture, &tree->logged);
	memcpy(picture->crashes, tree->crashes, sizeof picture->crashes);
	picture->n_crashes = tree->n_crashes;
	picture->n_crashes_total = tree->n_crashes_total;
	return count_files(ranking, picture);
}
