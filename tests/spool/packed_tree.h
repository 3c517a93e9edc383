/* packed_tree.h - walks of archives that a test made. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_PACKED_TREE_H
#define IMC_TEST_PACKED_TREE_H

#include "pack.h"
#include "tree.h"
#include "worker/unpack.h"

#define LETTER "From: a@example.org\r\nTo: b@example.com\r\n\r\nHello.\r\n"

static inline struct unpack *
new_unpacker(unsigned limit_mib, const char *charset)
{
	const struct unpack_options options = {
		.time_base_ms = 2000,
		.time_per_mb_ms = 1000,
		.memory_mib = 1024,
		.sandbox = true,
		.limit_mib = limit_mib,
		.charset = charset,
	};

	return unpack_new(&options);
}

static inline void
walk_limited(struct tree *tree, const char *name, unsigned limit_mib, const char *charset)
{
	const struct walk_options how = {
		.unpack = new_unpacker(limit_mib, charset),
		.digest = true,
	};

	assert_non_null(how.unpack);
	walk_result_free(&tree->met.result);
	tree->met.n = 0;
	tree->met.error =
	    walk_with(&how, tree_name(tree, name), tree_note, &tree->met, &tree->met.result);
	unpack_free(how.unpack);
	assert_int_equal(tree->met.error, 0);
	assert_int_equal(tree->met.n, tree->met.result.n_met);
}

static inline void
walk_packed(struct tree *tree, const char *name)
{
	walk_limited(tree, name, 1024, NULL);
	assert_true(tree->met.result.archive.met);
}

#endif
