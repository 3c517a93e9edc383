/* run_read.c - the facts of a run out of a case that anybody may have written. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/private.h"
#include "casefile/run_keys.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])
#define RULES_MAX 32768u  /* numbers of rules in a case */
#define LIST_MAX 1048576u /* lines of a list: roots, paths, notes */
#define TEXT_MAX 4096u    /* bytes of one text that is ours */
#define CLOCK_MOST 86400  /* seconds that a clock is off UTC */

/* A text of the run, lent; NULL after casefile_refused(). */
const char *
run_get_text(struct casefile *casefile, const char *key, bool ours)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_RUN);
	const char *text = NULL;

	if (row)
		bind_text(row, 1, key);
	if (row && statement_row(casefile, row) == 1) {
		const struct slice bytes = column_bytes(row, 0);

		if (sqlite3_column_type(row, 0) == SQLITE_TEXT && bytes.len <= TEXT_MAX &&
		    slice_find(bytes, 0, '\0') == SLICE_NONE &&
		    (ours ? is_plain(bytes) : is_calm(bytes)))
			text = lend(casefile, bytes);
		(void)sqlite3_reset(row);
	}
	if (!text)
		(void)casefile_refused(casefile, "its run has no sound \"%s\"", key);
	return text;
}

bool
run_get_number(
    struct casefile *casefile, const char *key, int64_t least, int64_t most, int64_t *out)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_RUN);
	bool good = false;

	if (row)
		bind_text(row, 1, key);
	if (row && statement_row(casefile, row) == 1) {
		good = column_int(row, 0, least, most, out);
		(void)sqlite3_reset(row);
	}
	return good || casefile_refused(casefile, "its run has no sound \"%s\"", key);
}

bool
run_get_limit(struct casefile *casefile, const char *key, unsigned *out)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_RUN);
	int64_t number = 0;
	int found = -1;

	if (row) {
		bind_text(row, 1, key);
		found = statement_row(casefile, row);
	}
	if (found == 1) {
		found = column_int(row, 0, 0, UINT32_MAX, &number) ? 1 : -1;
		(void)sqlite3_reset(row);
	}
	if (found < 0)
		return casefile_refused(casefile, "its run has no sound \"%s\"", key);
	*out = (unsigned)number;
	return true;
}

/* Lines of a list: paths are bytes, notes are our words. */
static bool
get_list(struct casefile *casefile, const char *list, bool ours, const char *const **lines,
    size_t *count)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_LIST);
	const char **out = NULL;
	size_t n = 0, room = 0;
	int more = -1;

	if (row)
		bind_text(row, 1, list);
	while (row && (more = statement_row(casefile, row)) == 1) {
		struct slice bytes;

		if (n == room) {
			const size_t bigger = room ? room * 2 : 16;
			const char **moved = reallocarray(out, bigger, sizeof *out);

			if (!moved)
				break;
			out = moved;
			room = bigger;
		}
		if (n >= LIST_MAX || !column_root(row, 0, &bytes) || (ours && !is_calm(bytes)) ||
		    !(out[n] = lend(casefile, bytes)))
			break;
		n++;
	}
	if (more != 0) {
		free(out);
		if (row)
			(void)sqlite3_reset(row);
		return casefile_refused(casefile, "its list \"%s\" is not sound", list);
	}
	if (casefile->n_lists == COUNT(casefile->lists)) {
		free(out);
		return casefile_refused(casefile, "its lists were read already");
	}
	casefile->lists[casefile->n_lists++] = out;
	*lines = out;
	*count = n;
	return true;
}

static bool
get_run_info(struct casefile *casefile, struct run_info *run)
{
	int64_t number = 0;

	for (size_t i = 0; run_texts[i].key; i++) {
		const char *text = run_get_text(casefile, run_texts[i].key, run_texts[i].ours);

		if (!text)
			return false;
		memcpy((char *)run + run_texts[i].at, &text, sizeof text);
	}
	for (size_t i = 0; run_numbers[i].key; i++) {
		if (!run_get_number(casefile, run_numbers[i].key, 0, UINT32_MAX, &number))
			return false;
		memcpy((char *)run + run_numbers[i].at, &(unsigned){ (unsigned)number },
		    sizeof(unsigned));
	}
	for (size_t i = 0; run_limits[i].key; i++) {
		unsigned limit;

		if (!run_get_limit(casefile, run_limits[i].key, &limit))
			return false;
		memcpy((char *)run + run_limits[i].at, &limit, sizeof limit);
	}
	for (size_t i = 0; run_flags[i].key; i++) {
		if (!run_get_number(casefile, run_flags[i].key, 0, 1, &number))
			return false;
		memcpy((char *)run + run_flags[i].at, &(bool){ number != 0 }, sizeof(bool));
	}
	return get_list(casefile, "path", false, &run->paths, &run->n_paths) &&
	       get_list(casefile, "root", false, &run->roots, &run->n_roots) &&
	       get_list(casefile, "note", true, &run->notes, &run->n_notes) &&
	       get_list(casefile, "archive", true, &run->archives, &run->n_archives);
}

bool
run_layout_fits(struct casefile *casefile)
{
	const char *layout = run_get_text(casefile, "layout", true);
	char ours[64];

	run_say_layout(ours);
	if (!layout)
		return casefile_refused(casefile,
		    "it holds no run, as after a scan that was cut off at its very start");
	return strcmp(layout, ours) == 0 ||
	       casefile_refused(casefile,
		   "its records are those of another version of imcscan: read it with that one, "
		   "or scan again");
}

static bool
map_rule(struct casefile *casefile, int64_t number, const char *id, bool disabled, bool *ours)
{
	size_t index = 0;

	if (number != (int64_t)casefile->n_rules)
		return false;
	if (!rule_by_id(id, &index)) {
		casefile->rules[casefile->n_rules++] = UINT16_MAX;
		return true;
	}
	casefile->rules[casefile->n_rules++] = (uint16_t)index;
	if (ours)
		ours[index] = disabled;
	return true;
}

bool
casefile_map_rules(struct casefile *casefile, bool *disabled)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_RULES);
	int more = -1;

	free(casefile->rules);
	casefile->n_rules = 0;
	casefile->rules = calloc(RULES_MAX, sizeof *casefile->rules);
	while (row && casefile->rules && (more = statement_row(casefile, row)) == 1) {
		const char *id = column_plain(row, 1, 200);
		bool off = false;
		int64_t number = 0;

		if (casefile->n_rules >= RULES_MAX || !id || !column_flag(row, 2, &off) ||
		    !column_int(row, 0, 0, RULES_MAX, &number) ||
		    !map_rule(casefile, number, id, off, disabled))
			break;
	}
	if (row)
		(void)sqlite3_reset(row);
	return more == 0 || casefile_refused(casefile, "its table of rules is not sound");
}

static bool
get_setup(struct casefile *casefile, struct casefile_setup *setup)
{
	const struct {
		const char *key;
		bool *out;
	} flags[] = {
		{ "archive_is_control", &setup->archive_is_control },
		{ "layout_met", &setup->layout },
		{ "mailroot_met", &setup->mailroot },
		{ "excludes", &setup->excludes },
		{ "no_evidence", &setup->no_evidence },
	};
	int64_t number = 0;

	for (size_t i = 0; i < COUNT(flags); i++) {
		if (!run_get_number(casefile, flags[i].key, 0, 1, &number))
			return false;
		*flags[i].out = number != 0;
	}
	if (!run_get_number(casefile, "shards", 0, CASEFILE_SHARDS_MAX, &number))
		return false;
	setup->shards = (unsigned)number;
	if (!run_get_number(
		casefile, "shard_set", 0, (int64_t)(1ull << setup->shards) - 1, &number))
		return false;
	setup->shard_set = (uint64_t)number;
	return get_list(casefile, "weight", false, &setup->weights, &setup->n_weights) &&
	       get_list(casefile, "useless", true, &setup->useless, &setup->n_useless);
}

/* Rising times, each followed by a blank. */
static bool
get_times(const char *text, struct tree_picture *picture)
{
	char *end;

	for (; *text; text = end + 1) {
		errno = 0;
		const int64_t time = strtoll(text, &end, 10);

		if (end == text || *end != ' ' || errno != 0 ||
		    picture->n_crashes == PICTURE_CRASHES)
			return false;
		picture->crashes[picture->n_crashes++] = time;
	}
	return true;
}

static bool
get_crashes(struct casefile *casefile, struct tree_picture *picture)
{
	const char *text = run_get_text(casefile, "crashes", true);
	int64_t before = 0, known = 0, clock = 0;

	if (!text || !get_times(text, picture) ||
	    !run_get_number(casefile, "crashes_before", 0, INT32_MAX, &before) ||
	    !run_get_number(casefile, "clock_known", 0, 1, &known) ||
	    !run_get_number(casefile, "clock", -CLOCK_MOST, CLOCK_MOST, &clock))
		return false;
	picture->n_crashes_total = picture->n_crashes + (uint64_t)before;
	picture->has_clock = known != 0;
	picture->clock = (int32_t)clock;
	return true;
}

bool
casefile_get_run(struct casefile *casefile, struct run_info *run, struct casefile_setup *setup,
    struct summary *summary)
{
	int64_t number = 0;
	bool good = run_layout_fits(casefile) && get_run_info(casefile, run);

	for (size_t i = 0; good && summary_numbers[i].key; i++) {
		good = run_get_number(casefile, summary_numbers[i].key, 0, INT64_MAX, &number);
		if (good)
			memcpy((char *)summary + summary_numbers[i].at, &number, sizeof number);
	}
	if (!good || !run_get_number(casefile, "interrupted", 0, 1, &number))
		return false;
	summary->interrupted = number != 0;
	if (!get_crashes(casefile, &summary->picture))
		return false;
	setup->exchange = release_parse(run->exchange);
	return get_setup(casefile, setup) && casefile_map_rules(casefile, setup->disabled);
}

bool
casefile_get_evidence(struct casefile *casefile, const char *const **paths, size_t *n_paths)
{
	return get_list(casefile, "evidence", false, paths, n_paths);
}

bool
casefile_get_weights(struct casefile *casefile, const char *const **lines, size_t *n_lines)
{
	return get_list(casefile, "weight", false, lines, n_lines) ||
	       casefile_refused(casefile, "its record of the run is not sound");
}

bool
casefile_is_complete(struct casefile *casefile)
{
	int64_t complete = 0;

	return run_get_number(casefile, "complete", 0, 1, &complete) && complete == 1;
}

bool
casefile_has_steps(struct casefile *casefile)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_HAS_STEPS);
	const bool has = row && statement_row(casefile, row) == 1;

	if (row)
		(void)sqlite3_reset(row);
	return has;
}
