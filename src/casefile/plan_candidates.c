/* plan_candidates.c - the files of a case that a restart plan may put in place. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "casefile/plan_private.h"
#include "casefile/private.h"

#define FILES_MOST 20000000u
#define QUEUE "folder IN ('in', 'out', 'in-temp', 'out-temp')"

/* Text is gathered first; slices are cut from it once it no longer moves. */
struct gathering {
	struct plan_store *store;
	struct plan_candidates *out;
	size_t room, used, text_room;
};

static bool
keep(struct gathering *g, struct slice bytes, struct slice *out)
{
	char *larger = g->out->text;

	if (g->used + bytes.len > g->text_room) {
		g->text_room = (g->used + bytes.len) * 2;
		larger = realloc(g->out->text, g->text_room);
	}
	if (g->text_room > 0 && !larger)
		return false;
	g->out->text = larger;
	if (bytes.len > 0)
		memcpy(g->out->text + g->used, bytes.data, bytes.len);
	out->len = bytes.len;
	g->used += bytes.len;
	return true;
}

static bool
no_room(struct gathering *g)
{
	return plan_store_fail(g->store, "too many files for the memory there is");
}

static bool
add_candidate(struct gathering *g, sqlite3_stmt *row)
{
	struct plan_candidates *out = g->out;
	const char *folder = (const char *)sqlite3_column_text(row, 2);
	const char *level = (const char *)sqlite3_column_text(row, 4);
	struct plan_candidate *one;
	struct slice root, path;

	if (!column_root(row, 0, &root) || !column_path(row, 1, &path))
		return plan_store_fail(g->store, "names files that no scan can have met");
	if (!array_grow(&out->list, &g->room, out->n + 1, sizeof *one))
		return no_room(g);
	one = &out->list[out->n++];
	*one = (struct plan_candidate){ .folder = folder ? folder_by_name(folder) : FOLDER_COUNT,
		.probability = sqlite3_column_double(row, 3),
		.level = level && strcmp(level, "critical") == 0 ? "critical"
			 : level && strcmp(level, "high") == 0   ? "high"
			 : level && strcmp(level, "medium") == 0 ? "medium"
								 : "",
		.size = (uint64_t)sqlite3_column_int64(row, 5),
		.rank = (uint64_t)sqlite3_column_int64(row, 6) };
	if (!(one->probability >= 0 && one->probability <= 1))
		one->probability = 0;
	return (keep(g, root, &one->root) && keep(g, path, &one->path)) || no_room(g);
}

/* They are in the order of their roots. */
static void
tell_roots(struct plan_candidates *out)
{
	const bool only = out->n > 0 && slice_same(out->list[0].root, out->list[out->n - 1].root);

	for (size_t i = 0; i < out->n; i++)
		out->list[i].only_root = only;
}

static void
cut(struct plan_candidates *out)
{
	const unsigned char *at = (const unsigned char *)out->text;

	for (size_t i = 0; i < out->n; i++) {
		out->list[i].root.data = at;
		at += out->list[i].root.len;
		out->list[i].path.data = at;
		at += out->list[i].path.len;
	}
	tell_roots(out);
}

static bool
gather(struct plan_store *store, struct gathering *g)
{
	sqlite3_stmt *rows = plan_store_prepare(store,
	    "SELECT root, path, folder, coalesce(probability, 0), coalesce(level, ''), "
	    "coalesce(size, 0), coalesce(rank, 0) FROM file LEFT JOIN ranked ON ranked.file = "
	    "file.id WHERE " QUEUE " ORDER BY root, path");
	int step = SQLITE_ROW;
	bool good = rows != NULL;

	while (good && (step = sqlite3_step(rows)) == SQLITE_ROW) {
		good = g->out->n < FILES_MOST ? add_candidate(g, rows) : no_room(g);
	}
	if (good && step != SQLITE_DONE)
		good = plan_store_fail_sql(store, "the case cannot be read");
	(void)sqlite3_finalize(rows);
	return good;
}

bool
plan_store_candidates(struct plan_store *store, struct plan_candidates *out)
{
	struct gathering g = { .store = store, .out = out };
	sqlite3_stmt *row;

	*out = (struct plan_candidates){ .list = NULL };
	if (plan_store_number(store, "SELECT count(*) FROM ranked") <= 0)
		return plan_store_fail(
		    store, "holds no ranking: let its scan come to its end first");
	if (!gather(store, &g))
		return false;
	cut(out);
	out->elsewhere =
	    (uint64_t)plan_store_number(store, "SELECT count(*) FROM file WHERE NOT (" QUEUE ")");
	row = plan_store_prepare(store, "SELECT value FROM summary WHERE key = 'not_in_tree'");
	if (row && sqlite3_step(row) == SQLITE_ROW)
		out->not_in_tree = sqlite3_column_double(row, 0);
	(void)sqlite3_finalize(row);
	if (!(out->not_in_tree >= 0 && out->not_in_tree <= 1))
		return plan_store_fail(store, "holds a probability that is none");
	return row != NULL;
}

void
plan_candidates_free(struct plan_candidates *candidates)
{
	free(candidates->list);
	free(candidates->text);
}
