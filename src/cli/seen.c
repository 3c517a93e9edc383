/* seen.c - which files were examined, so that a later pass finds the same bytes or leaves them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/seen.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"

/* The halves of the key by themselves: so a million files take 12 MB and not 16. */
struct seen_file {
	uint32_t high, low;
	uint32_t number : 31, marked : 1;
};

static uint64_t
mix(uint64_t hash, const void *data, size_t len)
{
	const unsigned char *bytes = data;

	for (size_t i = 0; i < len; i++) {
		hash = (hash ^ bytes[i]) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	return hash;
}

/* Who makes two of his files collide gains that one of them is taken for the other: a wrong hint
 * about his own. */
static uint64_t
key_of(const char *root, struct slice path, uint64_t size, int64_t mtime_sec)
{
	uint64_t key = mix(1, root, strlen(root) + 1);

	key = mix(key, &size, sizeof size);
	key = mix(key, &mtime_sec, sizeof mtime_sec);
	return mix(key, path.data, path.len);
}

static bool
add(void *context, uint64_t number, const struct suspect *suspect)
{
	struct seen *seen = context;
	uint64_t key;

	if ((suspect->status != STATUS_EXAMINED && suspect->status != STATUS_PARTIAL) ||
	    !suspect->has_size)
		return true;
	key = key_of(suspect->root, suspect->path, suspect->size, suspect->mtime_sec);
	if (!array_grow(&seen->files, &seen->room, seen->count + 1, sizeof *seen->files))
		return seen->failed = true, false;
	seen->files[seen->count++] = (struct seen_file){
		.high = (uint32_t)(key >> 32),
		.low = (uint32_t)key,
		.number = (uint32_t)number & INT32_MAX,
	};
	return true;
}

static int
compare_keys(const struct seen_file *x, const struct seen_file *y)
{
	if (x->high != y->high)
		return x->high < y->high ? -1 : 1;
	return x->low < y->low ? -1 : x->low > y->low;
}

static int
compare(const void *a, const void *b)
{
	const struct seen_file *x = a, *y = b;
	const int order = compare_keys(x, y);

	return order ? order : x->number < y->number ? -1 : x->number > y->number;
}

bool
seen_gather(struct seen *seen, struct ranking *ranking)
{
	*seen = (struct seen){ .only_root = ranking_only_root(ranking) };
	if (!ranking_each(ranking, add, seen) || seen->failed)
		return false;
	if (seen->count > 0)
		qsort(seen->files, seen->count, sizeof *seen->files, compare);
	return true;
}

/* The first of that key: a path that was given twice was examined twice. Seen's count: none. */
static size_t
first_of(const struct seen *seen, const struct ranked_file *file, struct seen_file *wanted)
{
	size_t low = 0, high = seen->count;
	uint64_t key;

	if (!file->has_stat || (seen->only_root && strcmp(seen->only_root, file->root) != 0))
		return seen->count;
	key = key_of(seen->only_root ? "" : file->root, file->path, file->size, file->mtime_sec);
	*wanted = (struct seen_file){ .high = (uint32_t)(key >> 32), .low = (uint32_t)key };
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (compare_keys(&seen->files[middle], wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < seen->count && compare_keys(&seen->files[low], wanted) == 0 ? low
										 : seen->count;
}

bool
seen_find(const struct seen *seen, const struct ranked_file *file, uint64_t *number)
{
	struct seen_file wanted;
	const size_t at = first_of(seen, file, &wanted);

	if (at == seen->count)
		return false;
	*number = seen->files[at].number;
	return true;
}

void
seen_mark(struct seen *seen, const struct ranked_file *file)
{
	struct seen_file wanted;
	size_t at = first_of(seen, file, &wanted);

	while (at < seen->count && compare_keys(&seen->files[at], &wanted) == 0) {
		if (!seen->files[at].marked) {
			seen->files[at].marked = 1;
			return;
		}
		at++;
	}
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
