/* sink.c - the items of a log: of each kind the latest, in the order of the log. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <stdlib.h>
#include <string.h>

/* Room for each kind. Kinds of different logs share it: event logs write the first ten and
 * RULE_OUT, Dr. Watson logs four, the others one. */
static const struct quota {
	uint16_t base, room; /* indices of keys */
} quotas[EVIDENCE_KIND_COUNT] = {
	[EVIDENCE_EVENT_FILE] = { 0, 640 },
	[EVIDENCE_EVENT_MESSAGE] = { 640, 256 },
	[EVIDENCE_EVENT_PATTERN] = { 896, 192 },
	[EVIDENCE_RECEIVED] = { 1088, 320 },
	[EVIDENCE_LAST_RECEIVED] = { 1408, 128 },
	[EVIDENCE_CRASH] = { 1536, 192 },
	[EVIDENCE_SERVICE] = { 1728, 96 },
	[EVIDENCE_LOG_NAMED] = { 1824, 96 },
	[EVIDENCE_RULE_OUT] = { 1920, 128 },
	[EVIDENCE_FAULT] = { 0, 128 },
	[EVIDENCE_FRAME] = { 128, 640 },
	[EVIDENCE_STACK] = { 768, 1152 },
	[EVIDENCE_COPY_FAILED] = { 0, 1920 },
	[EVIDENCE_SMTP_OPEN] = { 0, 1920 },
	[EVIDENCE_TRACK_OPEN] = { 0, 1920 },
};

void
sink_begin(struct sink *sink, struct evidence *out)
{
	memset(sink, 0, sizeof *sink);
	sink->out = out;
	for (int i = 0; i < 2; i++)
		sink->dates.first[i] = sink->dates.last[i] = EVIDENCE_TIME_NONE;
}

struct evidence_item *
sink_item(struct sink *sink, enum evidence_kind kind, uint64_t offset, uint64_t number)
{
	evidence_item_clear(&sink->item, kind);
	sink->item.offset = offset;
	sink->item.number = number ? number : 1;
	return &sink->item;
}

static bool
older(const struct sink_key *a, const struct sink_key *b)
{
	return a->time != b->time ? a->time < b->time : a->sequence < b->sequence;
}

static void
swap_keys(struct sink_key *a, struct sink_key *b)
{
	const struct sink_key key = *a;

	*a = *b;
	*b = key;
}

static void
sift_up(struct sink_key *heap, size_t at)
{
	for (; at > 0 && older(&heap[at], &heap[(at - 1) / 2]); at = (at - 1) / 2)
		swap_keys(&heap[at], &heap[(at - 1) / 2]);
}

static void
sift_down(struct sink_key *heap, size_t n)
{
	for (size_t at = 0, child = 1; child < n; at = child, child = 2 * at + 1) {
		if (child + 1 < n && older(&heap[child + 1], &heap[child]))
			child++;
		if (!older(&heap[child], &heap[at]))
			return;
		swap_keys(&heap[child], &heap[at]);
	}
}

void
sink_keep(struct sink *sink, const struct evidence_item *item)
{
	const struct quota *quota = &quotas[item->kind];
	struct sink_key *heap = &sink->keys[quota->base];
	struct sink_key key = { item->time, sink->sequence++, 0 };
	uint32_t *n = &sink->n_keys[item->kind];

	sink->out->met[item->kind]++;
	if (*n < quota->room) {
		key.index = (uint16_t)sink->out->n_items++;
		heap[*n] = key;
		sift_up(heap, (*n)++);
	} else if (older(&heap[0], &key)) {
		key.index = heap[0].index;
		heap[0] = key;
		sift_down(heap, *n);
	} else {
		return;
	}
	sink->out->items[key.index] = *item;
}

/* Where each item goes: by offset, then by the order of making. */
struct place {
	uint64_t offset;
	uint32_t sequence;
	uint32_t index;
};

static int
by_offset(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

/* Move items[places[i].index] to items[i], along the cycles of that order. */
static void
permute(struct evidence_item *items, struct place *places, size_t n, struct evidence_item *spare)
{
	for (size_t i = 0; i < n; i++) {
		size_t to = i;

		if (places[i].index == i)
			continue;
		*spare = items[i];
		for (;;) {
			size_t from = places[to].index;

			places[to].index = (uint32_t)to;
			if (from == i)
				break;
			items[to] = items[from];
			to = from;
		}
		items[to] = *spare;
	}
}

static void
sort(struct sink *sink)
{
	struct place places[EVIDENCE_ITEMS_MAX];
	size_t n = 0;

	for (int kind = 0; kind < EVIDENCE_KIND_COUNT; kind++) {
		for (uint32_t i = 0; i < sink->n_keys[kind]; i++) {
			const struct sink_key *key = &sink->keys[quotas[kind].base + i];

			places[n++] = (struct place){ sink->out->items[key->index].offset,
				key->sequence, key->index };
		}
	}
	qsort(places, n, sizeof *places, by_offset);
	permute(sink->out->items, places, n, &sink->item);
}

/* All of a log is written in one order: one date that can be read in one way only settles all. */
static void
settle_dates(struct sink *sink)
{
	const struct sink_dates *dates = &sink->dates;
	const bool swap = dates->day_first && !dates->month_first;

	sink->out->first_time = dates->first[swap];
	sink->out->last_time = dates->last[swap];
	if (dates->day_first == dates->month_first)
		return;
	for (uint32_t i = 0; i < sink->out->n_items; i++) {
		struct evidence_item *item = &sink->out->items[i];

		if (!(item->flags & EVIDENCE_DAY_MONTH))
			continue;
		item->flags &= ~EVIDENCE_DAY_MONTH;
		if (swap) {
			item->time = evidence_swapped_time(item->time);
			item->other_time = evidence_swapped_time(item->other_time);
		}
	}
}

void
sink_finish(struct sink *sink)
{
	sort(sink);
	settle_dates(sink);
}
