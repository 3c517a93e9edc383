/* manifest.c - one digest for all examined files: the SHA-256 of their sorted "sha256  path" lines. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "rank/tree.h"

/* An item: the digest of a file; its path follows. */
struct line {
	uint8_t sha256[32];
	uint32_t root;
};

/* The line shows the root before the path, so here it sorts first as well. */
static int
compare_lines(const void *context, struct slice a, struct slice b)
{
	const struct tree *tree = &((const struct ranking *)context)->tree;
	struct tree_name left, right;
	struct line x, y;
	int order;

	memcpy(&x, a.data, sizeof x);
	memcpy(&y, b.data, sizeof y);
	order = memcmp(x.sha256, y.sha256, sizeof x.sha256);
	if (order == 0 && x.root != y.root)
		order = strcmp(tree_root_name(tree, x.root), tree_root_name(tree, y.root));
	left = (struct tree_name){ x.root, slice_from(a, sizeof x) };
	right = (struct tree_name){ y.root, slice_from(b, sizeof y) };
	return order ? order : tree_compare_names(tree, &left, &right);
}

static bool
feed(EVP_MD_CTX *digest, const void *data, size_t len)
{
	return EVP_DigestUpdate(digest, data, len) == 1;
}

static bool
feed_line(EVP_MD_CTX *digest, const struct tree *tree, struct slice item)
{
	static const char digits[] = "0123456789abcdef";
	const struct slice path = slice_from(item, sizeof(struct line));
	struct line line;
	const char *root;
	char hex[64];

	memcpy(&line, item.data, sizeof line);
	root = tree_root_name(tree, line.root);
	for (size_t i = 0; i < sizeof line.sha256; i++) {
		hex[2 * i] = digits[line.sha256[i] >> 4];
		hex[2 * i + 1] = digits[line.sha256[i] & 15];
	}
	return feed(digest, hex, sizeof hex) && feed(digest, "  ", 2) &&
	       feed(digest, root, strlen(root)) && feed(digest, "/", *root ? 1 : 0) &&
	       feed(digest, path.data, path.len) && feed(digest, "\n", 1);
}

static bool
gather(struct ranking *ranking, struct sorter *sorter)
{
	for (uint32_t i = 0; i < ranking->tree.n_files; i++) {
		struct slice pieces[2];
		struct entry entry;
		struct line line;

		if (!ranking->tree.files[i].in_manifest)
			continue;
		if (!entry_read(ranking, i, &entry))
			return false;
		memcpy(line.sha256, entry.head.sha256, sizeof line.sha256);
		line.root = entry.head.root;
		pieces[0] = slice_of(&line, sizeof line);
		pieces[1] = entry.path;
		if (!sorter_add(sorter, pieces, 2))
			return false;
	}
	return true;
}

static bool
feed_all(EVP_MD_CTX *digest, const struct tree *tree, struct sorter *sorter)
{
	struct slice item;
	int more;

	while ((more = sorter_next(sorter, &item)) > 0) {
		if (!feed_line(digest, tree, item))
			return errno = ENOMEM, false; /* OpenSSL leaves errno alone */
	}
	return more == 0;
}

bool
manifest_digest(struct ranking *ranking, uint8_t out[32])
{
	EVP_MD_CTX *digest = EVP_MD_CTX_new();
	struct sorter *sorter = ranking_sorter(ranking, compare_lines);
	bool done = digest && sorter && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;

	if (!done && sorter)
		errno = ENOMEM;
	done = done && gather(ranking, sorter) && feed_all(digest, &ranking->tree, sorter) &&
	       EVP_DigestFinal_ex(digest, out, NULL) == 1;
	EVP_MD_CTX_free(digest);
	sorter_free(sorter);
	return done;
}
