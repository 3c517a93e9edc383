/* order.c - files by their rank: scored one after another, sorted in the spill. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "rank/clues.h"
#include "rank/score.h"
#include "rank/tree.h"

struct sorter *
ranking_sorter(const struct ranking *ranking, sorter_compare *compare)
{
	const size_t memory = ranking->options.sort_memory;

	return sorter_new(ranking->spill, memory ? memory : SORTER_MEMORY, compare, ranking);
}

/* An item: a file by its rank; its path follows. */
struct standing {
	int64_t doubled; /* the score, twice */
	double ratio;
	uint32_t number, root;
};

/* Doubled, so that a file of which not enough is known stands between `medium` and `low`. */
static int64_t
standing(const struct ranking *ranking, const struct ranked *file)
{
	return file->level != LEVEL_UNKNOWN ? 2 * (int64_t)file->score
					    : 2 * (int64_t)ranking->level_from[LEVEL_MEDIUM] - 1;
}

static int
compare_rank(const void *context, struct slice a, struct slice b)
{
	struct tree_name left, right;
	struct standing x, y;
	int order;

	memcpy(&x, a.data, sizeof x);
	memcpy(&y, b.data, sizeof y);
	if (x.doubled != y.doubled)
		return x.doubled > y.doubled ? -1 : 1;
	left = (struct tree_name){ x.root, slice_from(a, sizeof x) };
	right = (struct tree_name){ y.root, slice_from(b, sizeof y) };
	order = tree_compare_names(&((const struct ranking *)context)->tree, &left, &right);
	return order ? order : x.number < y.number ? -1 : x.number > y.number;
}

static bool
score_all(struct ranking *ranking, struct sorter *sorter)
{
	for (uint32_t i = 0; i < ranking->tree.n_files; i++) {
		struct ranked *file = &ranking->tree.files[i];
		struct standing item = { .number = i };
		struct slice pieces[2] = { slice_of(&item, sizeof item) };
		struct entry entry;

		if (!entry_read(ranking, i, &entry))
			return false;
		file->level = LEVEL_UNKNOWN;
		if (file->has_score)
			item.ratio = score_file(ranking, file, &entry, clues_of(ranking, i));
		/* What was looked at is clean; what was not may not be. */
		if (file->status == STATUS_PARTIAL && file->level == LEVEL_CLEAN)
			file->level = LEVEL_UNKNOWN;
		item.doubled = standing(ranking, file);
		item.root = entry.head.root;
		pieces[1] = entry.path;
		if (!sorter_add(sorter, pieces, 2))
			return false;
	}
	return true;
}

/* Ratios are added up in rank order: floating point sums depend on their order. */
bool
order_find(struct ranking *ranking, double *sum)
{
	const size_t n_files = ranking->tree.n_files;
	struct sorter *sorter = ranking_sorter(ranking, compare_rank);
	bool good = sorter && score_all(ranking, sorter);
	struct slice item;

	*sum = 0;
	ranking->order = good ? calloc(n_files + 1, sizeof *ranking->order) : NULL;
	good = ranking->order != NULL;
	for (size_t i = 0; good && i < n_files; i++) {
		struct standing next;

		good = sorter_next(sorter, &item) > 0;
		if (!good)
			break;
		memcpy(&next, item.data, sizeof next);
		ranking->order[i] = next.number;
		*sum += next.ratio;
	}
	sorter_free(sorter);
	return good;
}
