/* choice.c - which files of a tree the options leave out: --exclude and --shard. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/choice.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

bool
choice_excludes(const struct options *options, struct slice path)
{
	char *text;
	bool excluded = false;

	if (options->n_excludes == 0)
		return false;
	text = strndup((const char *)path.data, path.len);
	for (size_t i = 0; text && i < options->n_excludes; i++) {
		const char *slash = strrchr(text, '/');
		const bool matches = fnmatch(options->excludes[i], text, 0) == 0 ||
				     (slash && fnmatch(options->excludes[i], slash + 1, 0) == 0);

		options->excluded_any[i] |= matches;
		excluded |= matches;
	}
	free(text);
	return excluded;
}

/* FNV-1a: which part of a sharded scan a file belongs to must be the same everywhere and for
 * ever. */
static uint64_t
hash_bytes(uint64_t hash, struct slice bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ bytes.data[i]) * 0x100000001b3u;
	return hash;
}

bool
choice_leaves(const struct options *options, const char *root, struct slice path)
{
	uint64_t hash = 0xcbf29ce484222325u;

	if (options->shards == 0)
		return false;
	hash = hash_bytes(hash, slice_str(root));
	hash = hash_bytes(hash, slice_str("/"));
	hash = hash_bytes(hash, path);
	return (hash ^ hash >> 32) % options->shards + 1 != options->shard;
}
