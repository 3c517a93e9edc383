/*
 * tally.c - how many messages of the tree fire each rule.
 *
 * Retries, bounced copies and list copies of one message are one message: files with the same body
 * or the same Message-ID are joined (union-find), and a rule counts once for each joined group.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "rank/tree.h"

/* Halving the path keeps every chain short without recursion. */
static uint32_t
group_of(uint32_t *parents, uint32_t file)
{
	while (parents[file] != file) {
		parents[file] = parents[parents[file]];
		file = parents[file];
	}
	return file;
}

static void
join(uint32_t *parents, uint32_t a, uint32_t b)
{
	a = group_of(parents, a);
	b = group_of(parents, b);
	if (a < b)
		parents[b] = a;
	else
		parents[a] = b;
}

struct by_hash {
	const struct twin_hashes *hashes;
	bool message_id;
};

static uint64_t
hash_of(const struct by_hash *by, uint32_t file)
{
	return by->message_id ? by->hashes[file].message_id : by->hashes[file].body;
}

static int
compare_hashes(const void *a, const void *b, void *context)
{
	const uint32_t *x = a, *y = b;
	const uint64_t left = hash_of(context, *x), right = hash_of(context, *y);

	return left < right ? -1 : left > right;
}

static void
join_equal(const struct tree *tree, uint32_t *parents, uint32_t *order, bool message_id)
{
	struct by_hash by = { tree->hashes, message_id };

	qsort_r(order, tree->n_files, sizeof *order, compare_hashes, &by);
	for (uint32_t i = 1; i < tree->n_files; i++) {
		const uint64_t hash = hash_of(&by, order[i]);

		if (hash != 0 && hash == hash_of(&by, order[i - 1]))
			join(parents, order[i - 1], order[i]);
	}
}

static int
compare_groups(const void *a, const void *b, void *context)
{
	const uint32_t *x = a, *y = b, *parents = context;

	return parents[*x] < parents[*y] ? -1 : parents[*x] > parents[*y];
}

/* Whoever calls the archived mail healthy does not mean the files that a log names. */
static bool
is_control(const struct ranked *file)
{
	return folder_is_archive((enum folder)file->folder) && !file->clued;
}

/* Files of one group lie side by side in `order`; seen[r] is the last group that fired r, plus
 * one. */
static void
count_groups(const struct tree *tree, const uint32_t *parents, const uint32_t *order,
    uint64_t *seen, bool control_only, uint64_t *counts)
{
	for (uint32_t i = 0; i < tree->n_files; i++) {
		const struct ranked *file = &tree->files[order[i]];
		const uint64_t group = (uint64_t)parents[order[i]] + 1;

		if (control_only && !is_control(file))
			continue;
		for (uint16_t k = 0; k < file->n_fired; k++) {
			const uint16_t rule = tree->fired[file->fired + k] & (uint16_t)~FIRED_WEAK;

			if (seen[rule] == group)
				continue;
			seen[rule] = group;
			counts[rule]++;
		}
	}
}

/* Each file is told of the first other one of its group by name: file numbers depend on which
 * worker was done first. order[from, end) is the group, of two files or more. */
static void
tell_group(struct tree *tree, const uint32_t *order, uint32_t from, uint32_t end)
{
	uint32_t first = order[from], second = order[from];

	for (uint32_t i = from + 1; i < end; i++) {
		const struct ranked *file = &tree->files[order[i]];

		if (tree_compare_names(tree, file, &tree->files[first]) < 0) {
			second = first;
			first = order[i];
		} else if (second == first ||
			   tree_compare_names(tree, file, &tree->files[second]) < 0) {
			second = order[i];
		}
	}
	for (uint32_t i = from; i < end; i++) {
		struct ranked *file = &tree->files[order[i]];

		file->twin = order[i] == first ? second : first;
		file->n_twins = end - from - 1;
	}
}

static void
tell_twins(struct tree *tree, const uint32_t *parents, const uint32_t *order)
{
	uint32_t from = 0;

	for (uint32_t i = 1; i <= tree->n_files; i++) {
		if (i < tree->n_files && parents[order[i]] == parents[order[from]])
			continue;
		if (i - from > 1)
			tell_group(tree, order, from, i);
		from = i;
	}
}

static void
count_files(struct ranking *ranking)
{
	for (uint32_t i = 0; i < ranking->tree.n_files; i++) {
		const struct ranked *file = &ranking->tree.files[i];

		if (!file->has_score)
			continue;
		if (file->status == STATUS_MISSING) {
			ranking->tally.n_missing++;
			continue;
		}
		ranking->tally.n_scored++;
		if (is_control(file))
			ranking->tally.n_control++;
	}
}

bool
tally_count(struct ranking *ranking)
{
	struct tree *tree = &ranking->tree;
	const size_t n_rules = ranking->options.n_rules;
	uint32_t *parents = calloc((size_t)tree->n_files + 1, sizeof *parents);
	uint32_t *order = calloc((size_t)tree->n_files + 1, sizeof *order);
	uint64_t *seen = calloc(n_rules + 1, sizeof *seen);
	const bool done = parents && order && seen;

	if (done) {
		for (uint32_t i = 0; i < tree->n_files; i++)
			parents[i] = order[i] = i;
		join_equal(tree, parents, order, false);
		join_equal(tree, parents, order, true);
		for (uint32_t i = 0; i < tree->n_files; i++)
			parents[i] = group_of(parents, i);
		qsort_r(order, tree->n_files, sizeof *order, compare_groups, parents);
		tell_twins(tree, parents, order);
		count_groups(tree, parents, order, seen, false, ranking->tally.fired);
		memset(seen, 0, n_rules * sizeof *seen);
		count_groups(tree, parents, order, seen, true, ranking->tally.fired_control);
		count_files(ranking);
	}
	free(parents);
	free(order);
	free(seen);
	return done;
}
