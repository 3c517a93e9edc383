/* index.c - the folders of an archive, and which names it told already. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "index.h"

#include <stdlib.h>
#include <string.h>

#include "keyed.h"

#define NAMES_MAX ((size_t)256 << 20) /* bytes of all names of folders */
#define ROOM_LEAST 64u

struct entry {
	uint32_t parent, depth;
	size_t name_at; /* in names */
	uint32_t name_len, path_len;
	struct hints hints;
	struct level level;
	bool deep;
};

/* Names told so far: a number for each, and how often. Two names of one number would only make the
 * second one a "duplicate" that is examined all the same. */
struct told {
	uint64_t hash; /* 0: free */
	size_t count;
};

struct index {
	struct keyed keyed;
	struct entry *entries;
	uint32_t count, room;
	uint32_t *table; /* of entries by parent and name, + 1; 0: free */
	size_t table_room;
	unsigned char *names;
	size_t names_len, names_room;
	struct told *told;
	size_t n_told, told_room;
};

static struct slice
name_of(const struct index *index, const struct entry *entry)
{
	return slice_of(index->names + entry->name_at, entry->name_len);
}

/* ---- making room ---- */

static bool
grow_table(struct index *index)
{
	const size_t room = index->table_room ? index->table_room * 2 : ROOM_LEAST;
	uint32_t *table = calloc(room, sizeof *table);

	if (!table)
		return false;
	for (uint32_t i = 1; i < index->count; i++) {
		const struct entry *entry = &index->entries[i];
		size_t at =
		    keyed_hash(&index->keyed, entry->parent, name_of(index, entry)) & (room - 1);

		while (table[at])
			at = (at + 1) & (room - 1);
		table[at] = i + 1;
	}
	free(index->table);
	index->table = table;
	index->table_room = room;
	return true;
}

static bool
grow_entries(struct index *index)
{
	const uint32_t room = index->room ? index->room * 2 : ROOM_LEAST;
	struct entry *entries = reallocarray(index->entries, room, sizeof *entries);

	if (!entries)
		return false;
	index->entries = entries;
	index->room = room;
	return true;
}

static bool
grow_names(struct index *index, size_t wanted)
{
	size_t room = index->names_room ? index->names_room : 4096;
	unsigned char *names;

	while (room < wanted)
		room *= 2;
	if (room == index->names_room)
		return true;
	names = realloc(index->names, room);
	if (!names)
		return false;
	index->names = names;
	index->names_room = room;
	return true;
}

static bool
has_room(struct index *index, size_t name_len)
{
	if (index->count == INDEX_FOLDERS || index->names_len + name_len > NAMES_MAX)
		return false;
	if (index->count == index->room && !grow_entries(index))
		return false;
	if ((size_t)index->count * 2 >= index->table_room && !grow_table(index))
		return false;
	return grow_names(index, index->names_len + name_len + 1);
}

/* ---- folders ---- */

struct index *
index_new(void)
{
	struct index *index = calloc(1, sizeof *index);

	if (index)
		index->keyed = keyed_new();
	if (!index || !has_room(index, 0)) {
		index_free(index);
		return NULL;
	}
	index->entries[index->count++] = (struct entry){ .parent = INDEX_NONE };
	return index;
}

void
index_free(struct index *index)
{
	if (!index)
		return;
	free(index->entries);
	free(index->table);
	free(index->names);
	free(index->told);
	free(index);
}

/* The folder of that name in a folder, or the free place of the table where it belongs. */
static uint32_t
child_of(const struct index *index, uint32_t parent, struct slice name, size_t *at)
{
	*at = keyed_hash(&index->keyed, parent, name) & (index->table_room - 1);
	for (; index->table[*at]; *at = (*at + 1) & (index->table_room - 1)) {
		const uint32_t number = index->table[*at] - 1;
		const struct entry *entry = &index->entries[number];

		if (entry->parent == parent && slice_same(name_of(index, entry), name))
			return number;
	}
	return INDEX_NONE;
}

static uint32_t
add_child(struct index *index, uint32_t parent, struct slice name)
{
	const struct entry *above;
	size_t at;
	uint32_t number = child_of(index, parent, name, &at);

	if (number != INDEX_NONE)
		return number;
	if (!has_room(index, name.len))
		return INDEX_NONE;
	(void)child_of(index, parent, name, &at); /* the table may have grown */
	above = &index->entries[parent];
	number = index->count++;
	index->entries[number] = (struct entry){
		.parent = parent,
		.depth = above->depth + 1,
		.name_at = index->names_len,
		.name_len = (uint32_t)name.len,
		.path_len = above->path_len + (above->path_len > 0) + (uint32_t)name.len,
		.deep = above->depth + 1 >= LEVELS_MAX,
	};
	memcpy(index->names + index->names_len, name.data, name.len);
	index->names_len += name.len;
	index->table[at] = number + 1;
	(void)layout_hint(&index->entries[parent].hints, name);
	return number;
}

uint32_t
index_add(struct index *index, struct slice path)
{
	uint32_t folder = 0;

	for (size_t from = 0; from < path.len && folder != INDEX_NONE;) {
		const size_t slash = slice_find(path, from, '/');
		const size_t end = slash == SLICE_NONE ? path.len : slash;

		if (index->entries[folder].deep)
			break;
		folder = add_child(index, folder, slice_cut(path, from, end - from));
		from = end + 1;
	}
	return folder;
}

uint32_t
index_find(const struct index *index, struct slice path)
{
	uint32_t folder = 0;

	for (size_t from = 0, at; from < path.len && folder != INDEX_NONE;) {
		const size_t slash = slice_find(path, from, '/');
		const size_t end = slash == SLICE_NONE ? path.len : slash;

		if (index->entries[folder].deep)
			break;
		folder = child_of(index, folder, slice_cut(path, from, end - from), &at);
		from = end + 1;
	}
	return folder;
}

uint32_t
index_count(const struct index *index)
{
	return index->count;
}

bool
index_is_deep(const struct index *index, uint32_t folder)
{
	return index->entries[folder].deep;
}

uint32_t
index_parent(const struct index *index, uint32_t folder)
{
	return index->entries[folder].parent;
}

/* ---- places ---- */

/* Write the path without a slash at its end, from its last name to its first. */
static void
write_path(const struct index *index, uint32_t folder, char *path)
{
	const struct entry *entry = &index->entries[folder];

	path[entry->path_len] = '\0';
	for (; folder != 0; folder = entry->parent, entry = &index->entries[folder]) {
		const size_t start = entry->path_len - entry->name_len;

		memcpy(path + start, index->names + entry->name_at, entry->name_len);
		if (start > 0)
			path[start - 1] = '/';
	}
}

static bool
add_root(
    const struct index *index, uint32_t folder, struct level *level, struct walk_result *result)
{
	const struct entry *entry = &index->entries[folder];
	char **roots = reallocarray(result->roots, result->n_roots + 1, sizeof *roots);
	char *name;

	if (!roots)
		return false;
	result->roots = roots;
	name = malloc((size_t)entry->path_len + 1);
	if (!name)
		return false;
	write_path(index, folder, name);
	roots[result->n_roots++] = name;
	level->root = name;
	level->root_len = entry->path_len > 0 ? (size_t)entry->path_len + 1 : 0;
	return true;
}

/* As push() of walk.c does for a folder on disk; those above were judged before. */
static bool
settle(struct index *index, uint32_t folder, struct walk_result *result)
{
	struct entry *entry = &index->entries[folder];
	const struct slice name = name_of(index, entry);
	struct level level = { .root = "", .place = { AREA_LOOSE, FOLDER_OTHER, DIRECTION_ANY } };
	enum area before = level.place.area;
	bool ask = true;

	if (folder != 0) {
		level = index->entries[entry->parent].level;
		level.place = layout_child(&level.place, name, &ask);
		before = level.place.area;
	}
	if (ask)
		level.place = layout_refine(level.place, name, &entry->hints);
	level.path_len = entry->path_len > 0 ? (size_t)entry->path_len + 1 : 0;
	if (level.place.area == AREA_ROOT && before != AREA_ROOT) {
		if (!add_root(index, folder, &level, result))
			return false;
		result->layout = true;
	}
	result->layout |= level.place.area == AREA_MESSAGES;
	result->mailroot |= level.place.area == AREA_MAILROOT;
	entry->level = level;
	return true;
}

bool
index_settle(struct index *index, struct walk_result *result)
{
	for (uint32_t i = 0; i < index->count; i++) {
		if (!index->entries[i].deep && !settle(index, i, result))
			return false;
	}
	return true;
}

struct level
index_level(const struct index *index, uint32_t folder)
{
	return index->entries[folder].level;
}

size_t
index_path(const struct index *index, uint32_t folder, char *path)
{
	write_path(index, folder, path);
	return index->entries[folder].path_len;
}

/* ---- names told ---- */

static struct told *
place_of(struct told *told, size_t room, uint64_t hash)
{
	size_t at = (size_t)hash & (room - 1);

	while (told[at].hash && told[at].hash != hash)
		at = (at + 1) & (room - 1);
	return &told[at];
}

static bool
grow_told(struct index *index)
{
	const size_t room = index->told_room ? index->told_room * 2 : ROOM_LEAST;
	struct told *told = calloc(room, sizeof *told);

	if (!told)
		return false;
	for (size_t i = 0; i < index->told_room; i++) {
		if (index->told[i].hash)
			*place_of(told, room, index->told[i].hash) = index->told[i];
	}
	free(index->told);
	index->told = told;
	index->told_room = room;
	return true;
}

size_t
index_told(struct index *index, struct slice path)
{
	const uint64_t hash = keyed_hash(&index->keyed, 0, path) | 1;
	struct told *told;

	if (index->n_told * 2 >= index->told_room && !grow_told(index))
		return SIZE_MAX;
	told = place_of(index->told, index->told_room, hash);
	index->n_told += told->hash == 0;
	told->hash = hash;
	return told->count++;
}
