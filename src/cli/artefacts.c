/* artefacts.c - the files that are no messages, kept for the end of the report. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/artefacts.h"

#include <stdlib.h>
#include <string.h>

#include "report/redact.h"

static bool
has_room(struct artefacts *artefacts)
{
	const size_t room = artefacts->room ? artefacts->room * 2 : 64;
	struct kept_artefact *items;

	if (artefacts->count < artefacts->room)
		return true;
	items = reallocarray(artefacts->items, room, sizeof *items);
	if (!items)
		return false;
	artefacts->items = items;
	artefacts->room = room;
	return true;
}

bool
artefacts_add(struct artefacts *artefacts, const char *root, const struct walk_entry *entry)
{
	struct kept_artefact *item;
	char *name, *path;

	if (!has_room(artefacts))
		return false;
	name = strdup(root);
	path = malloc(entry->path.len + 1);
	if (!name || !path) {
		free(name);
		free(path);
		return false;
	}
	if (entry->path.len > 0)
		memcpy(path, entry->path.data, entry->path.len);
	item = &artefacts->items[artefacts->count++];
	item->root = name;
	item->path = path;
	item->shown = (struct artefact){
		.root = name,
		.path = slice_of(path, entry->path.len),
		.kind = entry->kind, /* static text of the walker */
		.reason = "",
		.status = STATUS_EXAMINED,
		.size = entry->size,
		.has_mtime = entry->has_stat,
		.mtime_sec = entry->mtime_sec,
	};
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct artefact *x = &((const struct kept_artefact *)a)->shown;
	const struct artefact *y = &((const struct kept_artefact *)b)->shown;
	const size_t both = x->path.len < y->path.len ? x->path.len : y->path.len;
	int order = both ? memcmp(x->path.data, y->path.data, both) : 0;

	if (order == 0 && x->path.len != y->path.len)
		order = x->path.len < y->path.len ? -1 : 1;
	return order ? order : strcmp(x->root, y->root);
}

void
artefacts_write(struct artefacts *artefacts, const struct writer *writer, struct report *report,
    struct redactor *redactor, const char *unnamed)
{
	if (artefacts->count > 0)
		qsort(artefacts->items, artefacts->count, sizeof *artefacts->items, compare);
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
	}
	free(artefacts->items);
}
