/*
 * tally.c - how many messages of the tree fire each rule.
 *
 * Retries, bounced copies and list copies of one message are one message: files with the same body
 * or the same Message-ID are joined (union-find), and a rule counts once for each joined group.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
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

/* ---- which files are one message ---- */

/* An item: one of the two hashes of a file. */
struct hashed {
	uint64_t hash;
	uint32_t message_id; /* 0: of the body */
	uint32_t file;
};

static int
compare_hashes(const void *context, struct slice a, struct slice b)
{
	struct hashed x, y;

	(void)context;
	memcpy(&x, a.data, sizeof x);
	memcpy(&y, b.data, sizeof y);
	if (x.hash != y.hash)
		return x.hash < y.hash ? -1 : 1;
	if (x.message_id != y.message_id)
		return x.message_id < y.message_id ? -1 : 1;
	return x.file < y.file ? -1 : x.file > y.file;
}

static bool
add_hash(struct sorter *sorter, uint64_t hash, bool message_id, uint32_t file)
{
	const struct hashed hashed = { hash, message_id, file };
	const struct slice piece = slice_of(&hashed, sizeof hashed);

	return hash == 0 || sorter_add(sorter, &piece, 1);
}

static bool
join_equal(struct ranking *ranking, struct sorter *sorter, uint32_t *parents)
{
	struct hashed last = { .hash = 0 }, hashed;
	struct entry entry;
	struct slice item;
	int more;

	for (uint32_t i = 0; i < ranking->tree.n_files; i++) {
		parents[i] = i;
		if (!entry_read(ranking, i, &entry) ||
		    !add_hash(sorter, entry.head.body, false, i) ||
		    !add_hash(sorter, entry.head.message_id, true, i))
			return false;
	}
	while ((more = sorter_next(sorter, &item)) > 0) {
		memcpy(&hashed, item.data, sizeof hashed);
		if (hashed.hash == last.hash && hashed.message_id == last.message_id)
			join(parents, last.file, hashed.file);
		last = hashed;
	}
	return more == 0;
}

static void
mark_groups(struct tree *tree, uint32_t *parents)
{
	for (uint32_t i = 0; i < tree->n_files; i++) {
		parents[i] = group_of(parents, i);
		if (parents[i] != i)
			tree->files[i].grouped = tree->files[parents[i]].grouped = true;
	}
	tree->group_of = parents;
}

/* ---- counting ---- */

/* Whoever calls the archived mail healthy does not mean the files that a log names. */
static bool
is_control(const struct ranked *file)
{
	return folder_is_archive((enum folder)file->folder) && !file->clued;
}

/* Per rule the last group that fired it, plus one: files of one group follow each other. */
struct counting {
	uint64_t *seen, *seen_control;
};

static void
count_rule(uint64_t *seen, uint64_t *counts, uint16_t rule, uint64_t group)
{
	if (seen[rule] != group)
		counts[rule]++;
	seen[rule] = group;
}

static void
count_fired(
    struct ranking *ranking, struct counting *counting, uint32_t number, const struct entry *entry)
{
	struct tally *tally = &ranking->tally;
	const uint64_t group = (uint64_t)ranking->tree.group_of[number] + 1;
	const bool control = is_control(&ranking->tree.files[number]);

	for (uint16_t k = 0; k < entry->head.n_fired; k++) {
		const uint16_t rule = entry->fired[k] & (uint16_t)~FIRED_WEAK;

		count_rule(counting->seen, tally->fired, rule, group);
		if (control)
			count_rule(counting->seen_control, tally->fired_control, rule, group);
	}
}

/* An item: a file that has twins; its path follows. */
struct member {
	uint32_t group, file, root;
};

static int
compare_members(const void *context, struct slice a, struct slice b)
{
	struct member x, y;
	struct tree_name left, right;
	int order;

	memcpy(&x, a.data, sizeof x);
	memcpy(&y, b.data, sizeof y);
	if (x.group != y.group)
		return x.group < y.group ? -1 : 1;
	left = (struct tree_name){ x.root, slice_from(a, sizeof x) };
	right = (struct tree_name){ y.root, slice_from(b, sizeof y) };
	order = tree_compare_names(&((const struct ranking *)context)->tree, &left, &right);
	return order ? order : x.file < y.file ? -1 : x.file > y.file;
}

/* Files without twins are counted at once, the others wait. */
static bool
count_singles(struct ranking *ranking, struct counting *counting, struct sorter *sorter)
{
	const struct tree *tree = &ranking->tree;

	for (uint32_t i = 0; i < tree->n_files; i++) {
		const bool grouped = tree->files[i].grouped;
		struct member member = { tree->group_of[i], i, 0 };
		struct slice pieces[2] = { slice_of(&member, sizeof member) };
		struct entry entry;

		if (!entry_read(ranking, i, &entry))
			return false;
		if (!grouped)
			count_fired(ranking, counting, i, &entry);
		member.root = entry.head.root;
		pieces[1] = entry.path;
		if (grouped && !sorter_add(sorter, pieces, 2))
			return false;
	}
	return true;
}

/* Each file is told of the first other one of its group by name: file numbers depend on which
 * worker was done first. */
static bool
keep_member(struct tree *tree, const struct member *member)
{
	struct group *group = tree->n_groups ? &tree->groups[tree->n_groups - 1] : NULL;

	if (!group || group->group != member->group) {
		if (!array_grow(
			&tree->groups, &tree->groups_room, tree->n_groups + 1, sizeof *group))
			return false;
		group = &tree->groups[tree->n_groups++];
		*group = (struct group){ member->group, member->file, member->file, 0 };
	}
	if (group->n_files++ == 1)
		group->second = member->file;
	return true;
}

static bool
count_groups(struct ranking *ranking, struct counting *counting, struct sorter *sorter)
{
	struct slice item;
	int more;

	while ((more = sorter_next(sorter, &item)) > 0) {
		struct member member;
		struct entry entry;

		memcpy(&member, item.data, sizeof member);
		if (!keep_member(&ranking->tree, &member) ||
		    !entry_read(ranking, member.file, &entry))
			return false;
		count_fired(ranking, counting, member.file, &entry);
	}
	return more == 0;
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

static bool
find_groups(struct ranking *ranking)
{
	struct sorter *sorter = ranking_sorter(ranking, compare_hashes);
	uint32_t *parents = calloc((size_t)ranking->tree.n_files + 1, sizeof *parents);
	const bool good = sorter && parents && join_equal(ranking, sorter, parents);

	if (good)
		mark_groups(&ranking->tree, parents);
	else
		free(parents);
	sorter_free(sorter);
	return good;
}

static bool
count_all(struct ranking *ranking)
{
	const size_t n = ranking->options.n_rules + 1;
	struct counting counting = { calloc(n, sizeof *counting.seen),
		calloc(n, sizeof *counting.seen_control) };
	struct sorter *sorter = ranking_sorter(ranking, compare_members);
	const bool good = counting.seen && counting.seen_control && sorter &&
			  count_singles(ranking, &counting, sorter) &&
			  count_groups(ranking, &counting, sorter);

	free(counting.seen);
	free(counting.seen_control);
	sorter_free(sorter);
	return good;
}

bool
tally_count(struct ranking *ranking)
{
	if (!find_groups(ranking) || !count_all(ranking))
		return false;
	count_files(ranking);
	return true;
}
