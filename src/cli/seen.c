/* seen.c - which files were examined, so that a later pass finds the same bytes or leaves them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/seen.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"

struct seen_file {
	uint64_t key; /* hash of root and path */
	uint64_t number;
	uint64_t size;
	int64_t mtime_sec;
	bool marked;
};

static uint64_t
mix(uint64_t hash, const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		hash = (hash ^ bytes[i]) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	return hash;
}

/* Who makes two of his files collide gains that one of them is taken for the other: a wrong hint
 * about his own. */
static uint64_t
key_of(const struct ranked_file *file)
{
	const uint64_t root = mix(1, (const unsigned char *)file->root, strlen(file->root) + 1);

	return mix(root, file->path.data, file->path.len);
}

bool
seen_add(struct seen *seen, const struct ranked_file *file, uint64_t number)
{
	if (!file->has_stat)
		return true;
	if (!array_grow(&seen->files, &seen->room, seen->count + 1, sizeof *seen->files))
		return false;
	seen->files[seen->count++] = (struct seen_file){
		.key = key_of(file),
		.number = number,
		.size = file->size,
		.mtime_sec = file->mtime_sec,
	};
	seen->sorted = false;
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct seen_file *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* The first of that key: a path that was given twice was examined twice. */
static size_t
first_of(const struct seen *seen, uint64_t key)
{
	size_t low = 0, high = seen->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (seen->files[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool
seen_find(struct seen *seen, const struct ranked_file *file, uint64_t *number)
{
	const uint64_t key = key_of(file);
	const struct seen_file *found;
	size_t at;

	if (!seen->sorted && seen->count > 0)
		qsort(seen->files, seen->count, sizeof *seen->files, compare);
	seen->sorted = true;
	at = first_of(seen, key);
	if (at == seen->count || seen->files[at].key != key)
		return false;
	found = &seen->files[at];
	*number = found->number;
	return found->size == file->size && found->mtime_sec == file->mtime_sec;
}

void
seen_mark(struct seen *seen, const struct ranked_file *file)
{
	const uint64_t key = key_of(file);
	size_t at = first_of(seen, key);

	while (at < seen->count && seen->files[at].key == key && seen->files[at].marked)
		at++;
	if (at < seen->count && seen->files[at].key == key)
		seen->files[at].marked = true;
}

bool
seen_unmarked(const struct seen *seen, size_t *from, uint64_t *number)
{
	while (*from < seen->count && seen->files[*from].marked)
		++*from;
	if (*from == seen->count)
		return false;
	*number = seen->files[(*from)++].number;
	return true;
}

void
seen_free(struct seen *seen)
{
	free(seen->files);
	*seen = (struct seen){ .files = NULL };
}
