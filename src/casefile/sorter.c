/*
 * sorter.c - items brought in order, however many: what memory does not hold waits in a spill.
 *
 * A merge sort: what fits into memory is sorted and written as a run; the runs are then read side by
 * side, the least of their first items each time, by a heap.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "casefile/sorter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"

#define MEMORY_LEAST 4096u
#define RUN_BUFFER (16u << 10) /* bytes of a run that are read at once */

/* Where an item lies in the memory of the sorter. */
struct place {
	uint32_t at, len;
};

/* A run: entries [next, end) of the spill wait; `ahead` holds the ones before. */
struct run {
	uint64_t next, end;
	unsigned char *ahead; /* length and bytes of each entry, as in the spill */
	size_t from, to, room;
	struct slice item; /* the one that is offered */
};

struct sorter {
	const struct spill *beside;
	sorter_compare *compare;
	const void *context;
	unsigned char *bytes;
	size_t used, memory;
	struct place *places;
	size_t n_places, places_room, given;
	struct spill *spill; /* NULL: nothing was written */
	struct run *runs;
	size_t n_runs, runs_room;
	size_t *heap; /* runs that offer an item, the least first */
	size_t n_heap;
	bool settled;
};

struct sorter *
sorter_new(const struct spill *spill, size_t memory, sorter_compare *compare, const void *context)
{
	struct sorter *sorter = calloc(1, sizeof *sorter);

	if (!sorter)
		return NULL;
	sorter->beside = spill;
	sorter->compare = compare;
	sorter->context = context;
	/* A place for each item of middling length. */
	sorter->memory = memory < MEMORY_LEAST ? MEMORY_LEAST : memory;
	sorter->memory -= sorter->memory / 4;
	if (sorter->memory > UINT32_MAX)
		sorter->memory = UINT32_MAX;
	sorter->bytes = malloc(sorter->memory);
	if (!sorter->bytes) {
		sorter_free(sorter);
		return NULL;
	}
	return sorter;
}

static struct slice
item_at(const struct sorter *sorter, const struct place *place)
{
	return slice_of(sorter->bytes + place->at, place->len);
}

static int
compare_places(const void *a, const void *b, void *context)
{
	const struct sorter *sorter = context;

	return sorter->compare(sorter->context, item_at(sorter, a), item_at(sorter, b));
}

static void
sort_places(struct sorter *sorter)
{
	if (sorter->n_places > 0)
		qsort_r(sorter->places, sorter->n_places, sizeof *sorter->places, compare_places,
		    sorter);
}

/* What memory holds becomes a run. */
static bool
write_run(struct sorter *sorter)
{
	struct run run = { .next = UINT64_MAX };
	uint64_t offset = 0;

	if (sorter->n_places == 0)
		return true;
	if (!sorter->spill && !(sorter->spill = spill_beside(sorter->beside)))
		return false;
	if (!array_grow(&sorter->runs, &sorter->runs_room, sorter->n_runs + 1, sizeof run))
		return false;
	sort_places(sorter);
	for (size_t i = 0; i < sorter->n_places; i++) {
		const struct slice item = item_at(sorter, &sorter->places[i]);

		if (!spill_add(sorter->spill, &item, 1, &offset))
			return false;
		if (i == 0)
			run.next = offset;
		run.end = offset + SPILL_LENGTH + item.len;
	}
	sorter->runs[sorter->n_runs++] = run;
	sorter->n_places = sorter->used = 0;
	return true;
}

static bool
is_full(const struct sorter *sorter, size_t len)
{
	/* The places grow by doubling: they stop where the next one would not fit either. */
	return len > sorter->memory - sorter->used ||
	       sorter->n_places >= sorter->memory / 3 / sizeof *sorter->places;
}

bool
sorter_add(struct sorter *sorter, const struct slice *pieces, size_t n_pieces)
{
	size_t len = 0;

	for (size_t i = 0; i < n_pieces; i++)
		len += pieces[i].len;
	if (sorter->settled || len > SPILL_ENTRY_MAX)
		return errno = EINVAL, false;
	if (is_full(sorter, len) && !write_run(sorter))
		return false;
	if (len > sorter->memory) {
		unsigned char *bigger = realloc(sorter->bytes, len);

		if (!bigger)
			return false;
		sorter->bytes = bigger;
		sorter->memory = len;
	}
	if (!array_grow(&sorter->places, &sorter->places_room, sorter->n_places + 1,
		sizeof *sorter->places))
		return false;
	sorter->places[sorter->n_places++] =
	    (struct place){ (uint32_t)sorter->used, (uint32_t)len };
	for (size_t i = 0; i < n_pieces; i++) {
		if (pieces[i].len > 0)
			memcpy(sorter->bytes + sorter->used, pieces[i].data, pieces[i].len);
		sorter->used += pieces[i].len;
	}
	return true;
}

/* ---- reading the runs ---- */

/* Have the run's next `need` bytes in memory; false with errno. */
static bool
read_ahead(struct sorter *sorter, struct run *run, size_t need)
{
	const size_t held = run->to - run->from;
	const size_t room = need > RUN_BUFFER ? need : RUN_BUFFER;
	size_t len;

	if (held >= need)
		return true;
	if (run->end - run->next < need - held)
		return errno = EIO, false;
	if (run->room < room) {
		unsigned char *bigger = realloc(run->ahead, room);

		if (!bigger)
			return false;
		run->ahead = bigger;
		run->room = room;
	}
	memmove(run->ahead, run->ahead + run->from, held);
	len = run->room - held;
	if (len > run->end - run->next)
		len = (size_t)(run->end - run->next);
	if (!spill_read(sorter->spill, run->next, run->ahead + held, len))
		return false;
	run->next += len;
	run->from = 0;
	run->to = held + len;
	return true;
}

/* Offer the run's next item: 1, none is left: 0, -1 with errno. */
static int
step(struct sorter *sorter, struct run *run)
{
	uint32_t len;

	if (run->from == run->to && run->next == run->end)
		return 0;
	if (!read_ahead(sorter, run, sizeof len))
		return -1;
	memcpy(&len, run->ahead + run->from, sizeof len);
	if (len > SPILL_ENTRY_MAX)
		return errno = EIO, -1;
	if (!read_ahead(sorter, run, sizeof len + len))
		return -1;
	run->item = slice_of(run->ahead + run->from + sizeof len, len);
	run->from += sizeof len + len;
	return 1;
}

static bool
is_before(const struct sorter *sorter, size_t a, size_t b)
{
	return sorter->compare(sorter->context, sorter->runs[a].item, sorter->runs[b].item) < 0;
}

/* The run on top has another item, or has gone: let it sink to its place. */
static void
sink(struct sorter *sorter, size_t at)
{
	size_t *heap = sorter->heap;

	for (;;) {
		size_t least = at;

		for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++) {
			if (child < sorter->n_heap && is_before(sorter, heap[child], heap[least]))
				least = child;
		}
		if (least == at)
			return;
		const size_t run = heap[at];

		heap[at] = heap[least];
		heap[least] = run;
		at = least;
	}
}

static bool
settle(struct sorter *sorter)
{
	sorter->settled = true;
	if (sorter->n_runs == 0) {
		sort_places(sorter);
		return true;
	}
	if (!write_run(sorter))
		return false;
	free(sorter->bytes);
	free(sorter->places);
	sorter->bytes = NULL;
	sorter->places = NULL;
	sorter->heap = calloc(sorter->n_runs, sizeof *sorter->heap);
	if (!sorter->heap)
		return false;
	for (size_t i = 0; i < sorter->n_runs; i++) {
		if (step(sorter, &sorter->runs[i]) != 1)
			return false;
		sorter->heap[sorter->n_heap++] = i;
	}
	for (size_t i = sorter->n_heap / 2; i > 0; i--)
		sink(sorter, i - 1);
	return true;
}

/* The item handed out last is the one on top. */
static int
next_of_runs(struct sorter *sorter, struct slice *item)
{
	if (sorter->given > 0 && sorter->n_heap > 0) {
		const int more = step(sorter, &sorter->runs[sorter->heap[0]]);

		if (more < 0)
			return -1;
		if (more == 0)
			sorter->heap[0] = sorter->heap[--sorter->n_heap];
		sink(sorter, 0);
	}
	if (sorter->n_heap == 0)
		return 0;
	*item = sorter->runs[sorter->heap[0]].item;
	sorter->given++;
	return 1;
}

int
sorter_next(struct sorter *sorter, struct slice *item)
{
	if (!sorter->settled && !settle(sorter))
		return -1;
	if (sorter->n_runs > 0)
		return next_of_runs(sorter, item);
	if (sorter->given == sorter->n_places)
		return 0;
	*item = item_at(sorter, &sorter->places[sorter->given++]);
	return 1;
}

void
sorter_free(struct sorter *sorter)
{
	const int saved = errno;

	if (!sorter)
		return;
	for (size_t i = 0; i < sorter->n_runs; i++)
		free(sorter->runs[i].ahead);
	free(sorter->runs);
	free(sorter->heap);
	free(sorter->bytes);
	free(sorter->places);
	spill_free(sorter->spill);
	free(sorter);
	errno = saved;
}
