/* read.c - rows out of a case: each is taken only when a scan could have written it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "casefile/private.h"

#define REASON_MAX RECORD_STRING_MAX

/* The findings' rules become those of this program; a finding of a rule that it does not have is
 * left out and counted. False: a number that the case itself does not explain. */
static bool
map_findings(struct casefile *casefile, struct record *record)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < record->n_findings; i++) {
		const uint16_t rule = record->findings[i].rule;

		if (rule >= casefile->n_rules)
			return false;
		if (casefile->rules[rule] == UINT16_MAX) {
			casefile->unknown_rules++;
			continue;
		}
		record->findings[kept] = record->findings[i];
		record->findings[kept++].rule = casefile->rules[rule];
	}
	record->n_findings_total -= record->n_findings - kept;
	record->n_findings = kept;
	record->size = (uint32_t)record_packed_size(record);
	return true;
}

bool
casefile_unpack(struct casefile *casefile, struct slice packed, struct record *out)
{
	size_t count;

	(void)rules_all(&count);
	return packed.len > 0 && record_unpack(packed, out) && !(out->flags & RECORD_UNPARSED) &&
	       map_findings(casefile, out) && record_valid(out, out->job, count);
}

static bool
get_stat(sqlite3_stmt *row, struct casefile_file *file)
{
	int64_t size, nsec;

	file->has_stat = sqlite3_column_type(row, 8) != SQLITE_NULL;
	if (!file->has_stat)
		return true;
	if (!column_int(row, 8, 0, INT64_MAX, &size) ||
	    !column_int(row, 9, INT64_MIN, INT64_MAX, &file->mtime_sec) ||
	    !column_int(row, 10, 0, 999999999, &nsec))
		return false;
	file->size = (uint64_t)size;
	file->mtime_nsec = (uint32_t)nsec;
	return true;
}

/* Roots repeat from file to file: the one before serves again. */
static bool
get_root(struct casefile *casefile, sqlite3_stmt *row, const char **root)
{
	struct slice bytes;

	if (!column_root(row, 1, &bytes))
		return false;
	if (!*root || !slice_eq(bytes, *root))
		*root = lend(casefile, bytes);
	return *root != NULL;
}

static bool
get_file(sqlite3_stmt *row, struct casefile_file *file)
{
	const char *folder = column_plain(row, 3, 32), *status = column_plain(row, 5, 32);
	int64_t direction;

	file->reason = column_plain(row, 6, REASON_MAX);
	if (!folder || !status || !file->reason || !column_path(row, 2, &file->path) ||
	    !column_int(row, 4, DIRECTION_ANY, DIRECTION_OUT, &direction) ||
	    !column_flag(row, 7, &file->foreign_name) || !get_stat(row, file))
		return false;
	file->folder = folder_by_name(folder);
	file->status = status_by_name(status);
	file->direction = (enum direction)direction;
	return file->folder < FOLDER_COUNT && file->status < STATUS_COUNT;
}

bool
casefile_each_file(struct casefile *casefile,
    bool (*visit)(void *context, const struct casefile_file *file, const struct record *record),
    void *context)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_FILES);
	const char *root = NULL;
	int more = -1;

	casefile->n_ids = 0;
	casefile->unknown_rules = 0;
	while (row && (more = statement_row(casefile, row)) == 1) {
		struct casefile_file file = { .root = NULL };
		const struct slice packed = column_bytes(row, 11);

		if (!get_root(casefile, row, &root) || !get_file(row, &file) ||
		    (packed.len > 0 && !casefile_unpack(casefile, packed, casefile->record)) ||
		    !batch_remember(casefile, sqlite3_column_int64(row, 0))) {
			(void)sqlite3_reset(row);
			return casefile_refused(casefile, "file %lld of it cannot be believed",
			    (long long)casefile->n_ids + 1);
		}
		file.root = root;
		if (!visit(context, &file, packed.len > 0 ? casefile->record : NULL)) {
			(void)sqlite3_reset(row);
			return false;
		}
	}
	return more == 0;
}

/* A log may lie anywhere: --evidence names it as it likes. */
static bool
get_artefact(struct casefile *casefile, sqlite3_stmt *row, struct artefact *artefact)
{
	const char *kind = column_plain(row, 2, 32), *reason = column_plain(row, 3, REASON_MAX);
	const char *status = column_plain(row, 4, 32), *clock = column_plain(row, 14, REASON_MAX);
	const struct slice digest = column_bytes(row, 8);
	struct slice root;

	if (!kind || !reason || !status || !clock || !column_root(row, 0, &root) ||
	    !column_root(row, 1, &artefact->path) || artefact->path.len == 0 ||
	    !column_uint_or(row, 5, 0, &artefact->size) || !column_flag(row, 7, &artefact->read) ||
	    !column_uint_or(row, 9, 0, &artefact->n_lines) ||
	    !column_uint_or(row, 10, 0, &artefact->n_damaged) ||
	    !column_uint_or(row, 11, 0, &artefact->n_items) ||
	    !column_int_or(row, 12, INT64_MIN, &artefact->first_time) ||
	    !column_int_or(row, 13, INT64_MIN, &artefact->last_time) ||
	    !column_int_or(row, 6, 0, &artefact->mtime_sec) ||
	    (artefact->read && digest.len != sizeof artefact->sha256))
		return false;
	artefact->has_mtime = sqlite3_column_type(row, 6) != SQLITE_NULL;
	artefact->status = status_by_name(status);
	if (artefact->read)
		memcpy(artefact->sha256, digest.data, sizeof artefact->sha256);
	artefact->root = lend(casefile, root);
	artefact->kind = lend(casefile, slice_str(kind));
	artefact->reason = lend(casefile, slice_str(reason));
	artefact->clock = lend(casefile, slice_str(clock));
	return artefact->status < STATUS_COUNT && artefact->root && artefact->kind &&
	       artefact->reason && artefact->clock;
}

bool
casefile_each_artefact(struct casefile *casefile,
    bool (*visit)(void *context, const struct artefact *artefact), void *context)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_ARTEFACTS);
	int more = -1;

	while (row && (more = statement_row(casefile, row)) == 1) {
		struct artefact artefact = { .root = NULL };
		const bool sound = get_artefact(casefile, row, &artefact);

		if (sound && visit(context, &artefact))
			continue;
		(void)sqlite3_reset(row);
		return sound ? false
			     : casefile_refused(casefile, "an artefact of it cannot be believed");
	}
	return more == 0;
}

/* The number of the file with that row: ids ascend, as they were read. */
bool
casefile_number_of(const struct casefile *casefile, int64_t id, uint64_t *number)
{
	size_t from = 0, to = casefile->n_ids;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (casefile->ids[middle] < id)
			from = middle + 1;
		else
			to = middle;
	}
	*number = from;
	return from < casefile->n_ids && casefile->ids[from] == id;
}

static bool
get_strings(sqlite3_stmt *row, struct clue *clue)
{
	const struct slice log = column_bytes(row, 9);
	const char *detail = column_plain(row, 10, sizeof clue->detail - 1);
	const char *quote = column_plain(row, 11, sizeof clue->quote - 1);

	if (!detail || !quote || log.len > sizeof clue->log)
		return false;
	if (log.len > 0)
		memcpy(clue->log, log.data, log.len);
	clue->log_len = (uint16_t)log.len;
	memcpy(clue->detail, detail, strlen(detail));
	memcpy(clue->quote, quote, strlen(quote));
	return true;
}

/* 1: a clue; 0: of a rule that this program does not have; -1: none that a scan wrote. */
static int
get_clue(struct casefile *casefile, sqlite3_stmt *row, struct clue *clue, uint64_t *number)
{
	int64_t id, rule, flags, factor, cause;
	size_t count;

	*number = UINT64_MAX;
	if (sqlite3_column_type(row, 0) != SQLITE_NULL &&
	    (!column_int(row, 0, 1, INT64_MAX, &id) || !casefile_number_of(casefile, id, number)))
		return -1;
	if (!column_int(row, 1, 0, (int64_t)casefile->n_rules - 1, &rule) ||
	    !column_int(row, 2, 0, UINT32_MAX, &flags) ||
	    !column_int(row, 3, -CLUE_FACTOR_MAX, CLUE_FACTOR_MAX, &factor) ||
	    !column_int(row, 4, 0, UINT32_MAX, &cause))
		return -1;
	clue_clear(clue, casefile->rules[rule]);
	clue->flags = (uint32_t)flags;
	clue->factor = (int32_t)factor;
	clue->cause = (uint32_t)cause;
	if (!column_uint_or(row, 5, 0, &clue->number) ||
	    !column_uint_or(row, 6, OFFSET_NONE, &clue->log_offset) ||
	    !column_uint_or(row, 7, OFFSET_NONE, &clue->offset) ||
	    !column_uint_or(row, 8, 0, &clue->length) || !get_strings(row, clue) ||
	    !column_int_or(row, 12, INT64_MIN, &clue->time))
		return -1;
	if (clue->rule == UINT16_MAX)
		return 0;
	(void)rules_all(&count);
	return clue_valid(clue, count) ? 1 : -1;
}

bool
casefile_each_clue(struct casefile *casefile,
    bool (*visit)(void *context, uint64_t number, const struct clue *clue), void *context)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_CLUES);
	int more = -1;

	while (row && (more = statement_row(casefile, row)) == 1) {
		uint64_t number;
		struct clue clue;
		const int kind = get_clue(casefile, row, &clue, &number);

		if (kind == 0)
			casefile->unknown_rules++;
		if (kind == 0 || (kind > 0 && visit(context, number, &clue)))
			continue;
		(void)sqlite3_reset(row);
		return kind > 0 ? false
				: casefile_refused(casefile, "a clue of it cannot be believed");
	}
	return more == 0;
}

bool
casefile_description(struct casefile *casefile, uint64_t number, const struct record *record,
    struct description *out)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_DESCRIPTION);
	bool good = false;

	if (!row || number >= casefile->n_ids)
		return false;
	(void)sqlite3_bind_int64(row, 1, casefile->ids[number]);
	if (statement_row(casefile, row) == 1) {
		good = description_unpack(column_bytes(row, 0), out);
		(void)sqlite3_reset(row);
	}
	if (!good)
		return false;
	out->job = record->job;
	return description_valid(out, record);
}

uint64_t
casefile_unknown_rules(const struct casefile *casefile)
{
	return casefile->unknown_rules;
}
