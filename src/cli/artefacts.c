/* artefacts.c - the files that are no messages, kept for the end of the report. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/artefacts.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "casefile/casefile.h"
#include "report/escape.h"
#include "report/redact.h"

#define CLOCK_LOCAL CASEFILE_CLOCK_LOCAL

bool
artefacts_keep(struct artefacts *artefacts, const struct artefact *artefact)
{
	struct kept_artefact *item;
	char *name, *path;

	if (!array_grow(&artefacts->items, &artefacts->room, artefacts->count + 1, sizeof *item))
		return false;
	name = strdup(artefact->root);
	path = malloc(artefact->path.len + 1);
	if (!name || !path) {
		free(name);
		free(path);
		return false;
	}
	if (artefact->path.len > 0)
		memcpy(path, artefact->path.data, artefact->path.len);
	item = &artefacts->items[artefacts->count++];
	item->root = name;
	item->path = path;
	item->shown = *artefact;
	item->shown.root = name;
	item->shown.path = slice_of(path, artefact->path.len);
	item->reason = NULL;
	item->given = false;
	item->log = LOG_UNKNOWN;
	return true;
}

bool
artefacts_add(struct artefacts *artefacts, const char *root, const struct walk_entry *entry)
{
	const struct artefact artefact = {
		.root = root,
		.path = entry->path,
		.kind = entry->kind, /* static text of the walker */
		.reason = entry->reason,
		.status = STATUS_EXAMINED,
		.size = entry->size,
		.has_mtime = entry->has_stat,
		.mtime_sec = entry->mtime_sec,
		.first_time = INT64_MIN,
		.last_time = INT64_MIN,
		.clock = "",
	};

	return artefacts_keep(artefacts, &artefact);
}

bool
artefacts_each(const struct artefacts *artefacts,
    bool (*visit)(void *context, const struct artefact *artefact), void *context)
{
	for (size_t i = 0; i < artefacts->count; i++) {
		if (!visit(context, &artefacts->items[i].shown))
			return false;
	}
	return true;
}

void
artefacts_tell(struct kept_artefact *item, enum status status, const char *reason)
{
	item->shown.status = status;
	free(item->reason);
	item->reason = *reason ? strdup(reason) : NULL;
	/* Without memory a reason goes, not the status. */
	item->shown.reason = item->reason ? item->reason : "";
}

static const char *
clock_name(uint32_t zone)
{
	switch (zone) {
	case ZONE_UTC:
		return "UTC";
	case ZONE_LOCAL:
		return CLOCK_LOCAL;
	default:
		return "";
	}
}

void
artefacts_learn(struct kept_artefact *item, const struct evidence *evidence)
{
	struct artefact *shown = &item->shown;

	shown->read = true;
	shown->n_lines = evidence->n_lines;
	shown->n_damaged = evidence->n_damaged;
	shown->n_items = evidence->n_names_met;
	for (size_t kind = 0; kind < EVIDENCE_KIND_COUNT; kind++) {
		if (__builtin_add_overflow(shown->n_items, evidence->met[kind], &shown->n_items))
			shown->n_items = UINT64_MAX;
	}
	shown->first_time = evidence->first_time;
	shown->last_time = evidence->last_time;
	shown->clock = clock_name(evidence->zone);
}

void
artefacts_set_local_clock(struct artefacts *artefacts, const char *clock)
{
	for (size_t i = 0; i < artefacts->count; i++) {
		struct artefact *shown = &artefacts->items[i].shown;

		if (strcmp(shown->clock, CLOCK_LOCAL) == 0)
			shown->clock = clock;
	}
}

uint64_t
artefacts_failed(const struct artefacts *artefacts)
{
	uint64_t failed = 0;

	for (size_t i = 0; i < artefacts->count; i++)
		failed += artefacts->items[i].shown.status == STATUS_FAILED;
	return failed;
}

int
artefacts_compare(const void *a, const void *b)
{
	const struct artefact *x = &((const struct kept_artefact *)a)->shown;
	const struct artefact *y = &((const struct kept_artefact *)b)->shown;
	const size_t both = x->path.len < y->path.len ? x->path.len : y->path.len;
	int order = both ? memcmp(x->path.data, y->path.data, both) : 0;

	if (order == 0 && x->path.len != y->path.len)
		order = x->path.len < y->path.len ? -1 : 1;
	return order ? order : strcmp(x->root, y->root);
}

static void
sort(struct artefacts *artefacts)
{
	if (artefacts->count > 0)
		qsort(artefacts->items, artefacts->count, sizeof *artefacts->items,
		    artefacts_compare);
}

void
artefacts_spans(struct artefacts *artefacts, struct tree_picture *picture)
{
	sort(artefacts);
	picture->n_spans = 0;
	for (size_t i = 0; i < artefacts->count && picture->n_spans < PICTURE_SPANS; i++) {
		const struct artefact *shown = &artefacts->items[i].shown;
		struct picture_span *span = &picture->spans[picture->n_spans];

		if (!shown->read || shown->first_time == INT64_MIN ||
		    shown->last_time < shown->first_time)
			continue;
		escape_buffer(span->name, sizeof span->name, shown->path);
		span->clock = shown->clock;
		span->first = shown->first_time;
		span->last = shown->last_time;
		picture->n_spans++;
	}
}

void
artefacts_write(struct artefacts *artefacts, const struct writer *writer, struct report *report,
    struct redactor *redactor, const char *unnamed)
{
	sort(artefacts);
	for (size_t i = 0; i < artefacts->count; i++) {
		struct artefact shown = artefacts->items[i].shown;

		if (unnamed && strcmp(shown.root, unnamed) == 0)
			shown.root = "";
		writer->artefact(report, redactor ? redact_artefact(redactor, &shown) : &shown);
	}
}

void
artefacts_free(struct artefacts *artefacts)
{
	for (size_t i = 0; i < artefacts->count; i++) {
		free(artefacts->items[i].root);
		free(artefacts->items[i].path);
		free(artefacts->items[i].reason);
	}
	free(artefacts->items);
}
