/* manifest.c - one digest for all examined files: SHA-256 of their sorted "sha256  path" lines. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "rank/tree.h"

struct line {
	uint32_t file;
	uint8_t sha256[32];
};

static int
compare_heads(const void *a, const void *b, void *context)
{
	const struct tree *tree = context;
	const uint32_t *x = a, *y = b;
	const uint64_t left = tree->files[*x].sha_head, right = tree->files[*y].sha_head;

	return left < right ? -1 : left > right;
}

/* The line shows the root before the path, so here it sorts first as well. */
static int
compare_lines(const void *a, const void *b, void *context)
{
	const struct tree *tree = context;
	const struct line *x = a, *y = b;
	const struct ranked *left = &tree->files[x->file], *right = &tree->files[y->file];
	int order = memcmp(x->sha256, y->sha256, sizeof x->sha256);

	if (order == 0)
		order = strcmp(tree_root_name(tree, left), tree_root_name(tree, right));
	return order ? order : tree_compare_names(tree, left, right);
}

static bool
feed(EVP_MD_CTX *digest, const void *data, size_t len)
{
	return EVP_DigestUpdate(digest, data, len) == 1;
}

static bool
feed_line(EVP_MD_CTX *digest, const struct tree *tree, const struct line *line)
{
	static const char digits[] = "0123456789abcdef";
	const struct ranked *file = &tree->files[line->file];
	const char *root = tree_root_name(tree, file);
	const struct slice path = tree_path(tree, file);
	char hex[64];

	for (size_t i = 0; i < sizeof line->sha256; i++) {
		hex[2 * i] = digits[line->sha256[i] >> 4];
		hex[2 * i + 1] = digits[line->sha256[i] & 15];
	}
	return feed(digest, hex, sizeof hex) && feed(digest, "  ", 2) &&
	       feed(digest, root, strlen(root)) && feed(digest, "/", *root ? 1 : 0) &&
	       feed(digest, path.data, path.len) && feed(digest, "\n", 1);
}

/* Files whose digests begin with the same eight bytes (nearly always the same content): their full
 * digests come from the spill. */
static bool
feed_alike(EVP_MD_CTX *digest, struct ranking *ranking, const uint32_t *files, size_t count)
{
	struct line *lines = calloc(count, sizeof *lines);
	struct suspect suspect;
	bool done = lines != NULL;

	for (size_t i = 0; done && i < count; i++) {
		done = entry_read(ranking, &ranking->tree.files[files[i]], &suspect);
		lines[i].file = files[i];
		if (done)
			memcpy(lines[i].sha256, suspect.record->sha256, sizeof lines[i].sha256);
	}
	if (done)
		qsort_r(lines, count, sizeof *lines, compare_lines, &ranking->tree);
	for (size_t i = 0; done && i < count; i++)
		done = feed_line(digest, &ranking->tree, &lines[i]);
	free(lines);
	return done;
}

static bool
feed_all(EVP_MD_CTX *digest, struct ranking *ranking, uint32_t *order, size_t count)
{
	const struct ranked *files = ranking->tree.files;

	qsort_r(order, count, sizeof *order, compare_heads, &ranking->tree);
	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count; to++) {
			if (files[order[to]].sha_head != files[order[from]].sha_head)
				break;
		}
		if (!feed_alike(digest, ranking, order + from, to - from))
			return false;
	}
	return true;
}

bool
manifest_digest(struct ranking *ranking, uint8_t out[32])
{
	const struct tree *tree = &ranking->tree;
	uint32_t *order = calloc((size_t)tree->n_files + 1, sizeof *order);
	EVP_MD_CTX *digest = EVP_MD_CTX_new();
	bool done = order && digest && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;
	size_t count = 0;

	errno = ENOMEM; /* OpenSSL leaves errno alone; the spill sets its own */
	for (uint32_t i = 0; done && i < tree->n_files; i++) {
		if (tree->files[i].in_manifest)
			order[count++] = i;
	}
	done = done && feed_all(digest, ranking, order, count) &&
	       EVP_DigestFinal_ex(digest, out, NULL) == 1;
	EVP_MD_CTX_free(digest);
	free(order);
	return done;
}
