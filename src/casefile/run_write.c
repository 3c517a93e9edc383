/* run_write.c - the facts of a run into a case: what ran, how, where, when. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/private.h"
#include "casefile/run_keys.h"

static bool
put_text(struct casefile *casefile, const char *key, const char *text)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_PUT_RUN);

	if (!row)
		return false;
	bind_text(row, 1, key);
	bind_text(row, 2, text);
	return statement_run(casefile, row);
}

static bool
put_number(struct casefile *casefile, const char *key, int64_t number)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_PUT_RUN);

	if (!row)
		return false;
	bind_text(row, 1, key);
	(void)sqlite3_bind_int64(row, 2, number);
	return statement_run(casefile, row);
}

static bool
put_list(struct casefile *casefile, const char *list, const char *const *lines, size_t count)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_CLEAR_LIST);
	bool good;

	if (!row)
		return false;
	bind_text(row, 1, list);
	good = statement_run(casefile, row);
	for (size_t i = 0; good && i < count; i++) {
		row = statement_of(casefile, SQL_PUT_LIST);
		if (!row)
			return false;
		bind_text(row, 1, list);
		(void)sqlite3_bind_int64(row, 2, (int64_t)i + 1);
		bind_bytes(row, 3, slice_str(lines[i]));
		good = statement_run(casefile, row);
	}
	return good;
}

static bool
put_rules(struct casefile *casefile, const bool *disabled)
{
	size_t count;
	const struct rule *const *rules = rules_all(&count);

	for (size_t i = 0; i < count; i++) {
		sqlite3_stmt *row = statement_of(casefile, SQL_PUT_RULE);

		if (!row)
			return false;
		(void)sqlite3_bind_int64(row, 1, (int64_t)i);
		bind_text(row, 2, rules[i]->id);
		(void)sqlite3_bind_int(row, 3, disabled && disabled[i]);
		if (!statement_run(casefile, row))
			return false;
	}
	return true;
}

static bool
put_run_info(struct casefile *casefile, const struct run_info *run)
{
	unsigned number;
	bool flag;

	for (size_t i = 0; run_texts[i].key; i++) {
		const char *text = run_text_at(run, run_texts[i].at);

		if (!is_calm(slice_str(text)))
			return casefile_refused(casefile,
			    "the text of \"%s\" holds control characters", run_texts[i].key);
		if (!put_text(casefile, run_texts[i].key, text))
			return false;
	}
	for (size_t i = 0; run_numbers[i].key; i++) {
		memcpy(&number, (const char *)run + run_numbers[i].at, sizeof number);
		if (!put_number(casefile, run_numbers[i].key, number))
			return false;
	}
	for (size_t i = 0; run_limits[i].key; i++) {
		memcpy(&number, (const char *)run + run_limits[i].at, sizeof number);
		if (!put_number(casefile, run_limits[i].key, number))
			return false;
	}
	for (size_t i = 0; run_flags[i].key; i++) {
		memcpy(&flag, (const char *)run + run_flags[i].at, sizeof flag);
		if (!put_number(casefile, run_flags[i].key, flag))
			return false;
	}
	return put_list(casefile, "path", run->paths, run->n_paths) &&
	       put_list(casefile, "root", run->roots, run->n_roots) &&
	       put_list(casefile, "note", run->notes, run->n_notes) &&
	       put_list(casefile, "archive", run->archives, run->n_archives);
}

/* What the picture of the tree shows of the logs. */
static bool
put_crashes(struct casefile *casefile, const struct tree_picture *picture)
{
	char text[PICTURE_CRASHES * 24] = "";
	size_t used = 0;

	for (uint32_t i = 0; i < picture->n_crashes; i++)
		used += (size_t)snprintf(
		    text + used, sizeof text - used, "%" PRId64 " ", picture->crashes[i]);
	return put_text(casefile, "crashes", text) &&
	       put_number(casefile, "crashes_before",
		   (int64_t)(picture->n_crashes_total - picture->n_crashes)) &&
	       put_number(casefile, "clock_known", picture->has_clock) &&
	       put_number(casefile, "clock", picture->clock);
}

bool
casefile_put_run(struct casefile *casefile, const struct run_info *run,
    const struct casefile_setup *setup, const struct summary *summary, bool complete)
{
	char layout[64];
	int64_t number;
	bool good = batch_enter(casefile) && put_run_info(casefile, run) &&
		    put_rules(casefile, setup->disabled) && casefile_map_rules(casefile, NULL);

	for (size_t i = 0; good && summary_numbers[i].key; i++) {
		memcpy(&number, (const char *)summary + summary_numbers[i].at, sizeof number);
		good = put_number(casefile, summary_numbers[i].key, number);
	}
	run_say_layout(layout);
	return good && put_text(casefile, "layout", layout) &&
	       put_list(casefile, "weight", setup->weights, setup->n_weights) &&
	       put_list(casefile, "useless", setup->useless, setup->n_useless) &&
	       put_number(casefile, "no_evidence", setup->no_evidence) &&
	       put_crashes(casefile, &summary->picture) &&
	       put_number(casefile, "interrupted", summary->interrupted) &&
	       put_number(casefile, "archive_is_control", setup->archive_is_control) &&
	       put_number(casefile, "layout_met", setup->layout) &&
	       put_number(casefile, "mailroot_met", setup->mailroot) &&
	       put_number(casefile, "excludes", setup->excludes) &&
	       put_number(casefile, "shards", setup->shards) &&
	       put_number(casefile, "shard_set", (int64_t)setup->shard_set) &&
	       put_number(casefile, "complete", complete) && batch_leave(casefile);
}

bool
casefile_put_evidence(struct casefile *casefile, const char *const *paths, size_t n_paths)
{
	char **whole = calloc(n_paths + 1, sizeof *whole);
	bool good = whole && batch_enter(casefile);

	for (size_t i = 0; good && i < n_paths; i++) {
		whole[i] = realpath(paths[i], NULL);
		if (!whole[i])
			whole[i] = strdup(paths[i]);
		good = whole[i] != NULL;
	}
	good = good && put_list(casefile, "evidence", (const char *const *)whole, n_paths) &&
	       batch_leave(casefile);
	for (size_t i = 0; whole && i < n_paths; i++)
		free(whole[i]);
	free(whole);
	return good;
}
