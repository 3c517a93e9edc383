/* write.c - rows into a case: files and their records, what logs say, what was computed. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "casefile/private.h"

static bool
put_record(struct casefile *casefile, int64_t id, const struct record *record)
{
	const size_t len = record_packed_size(record);
	sqlite3_stmt *row = statement_of(casefile, SQL_PUT_RECORD);

	if (!row)
		return false;
	record_pack(record, casefile->packed);
	(void)sqlite3_bind_int64(row, 1, id);
	bind_bytes(row, 2, slice_of(casefile->packed, len));
	return statement_run(casefile, row);
}

static bool
put_file(struct casefile *casefile, const struct casefile_file *file, const struct record *record)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_PUT_FILE);

	if (!row)
		return false;
	(void)sqlite3_bind_int64(row, 1, casefile->session);
	bind_bytes(row, 2, slice_str(file->root));
	bind_bytes(row, 3, file->path);
	bind_text(row, 4, folder_name(file->folder));
	(void)sqlite3_bind_int(row, 5, (int)file->direction);
	bind_text(row, 6, status_name(file->status));
	bind_text(row, 7, file->reason);
	(void)sqlite3_bind_int(row, 8, file->foreign_name);
	if (file->has_stat) {
		bind_number(row, 9, file->size);
		(void)sqlite3_bind_int64(row, 10, file->mtime_sec);
		(void)sqlite3_bind_int64(row, 11, file->mtime_nsec);
	}
	if (record && record->status != STATUS_FAILED)
		bind_bytes(row, 12, slice_of(record->sha256, sizeof record->sha256));
	return statement_run(casefile, row);
}

bool
casefile_add_file(
    struct casefile *casefile, const struct casefile_file *file, const struct record *record)
{
	int64_t id;

	if (!batch_enter(casefile) || !put_file(casefile, file, record))
		return false;
	id = sqlite3_last_insert_rowid(casefile->db);
	return (!record || put_record(casefile, id, record)) && batch_remember(casefile, id) &&
	       batch_leave(casefile);
}

bool
casefile_add_artefact(struct casefile *casefile, const struct artefact *artefact)
{
	sqlite3_stmt *row;

	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_PUT_ARTEFACT)))
		return false;
	bind_bytes(row, 1, slice_str(artefact->root));
	bind_bytes(row, 2, artefact->path);
	bind_text(row, 3, artefact->kind);
	bind_text(row, 4, artefact->reason);
	bind_text(row, 5, status_name(artefact->status));
	bind_number(row, 6, artefact->size);
	if (artefact->has_mtime)
		(void)sqlite3_bind_int64(row, 7, artefact->mtime_sec);
	(void)sqlite3_bind_int(row, 8, artefact->read);
	if (artefact->read)
		bind_bytes(row, 9, slice_of(artefact->sha256, sizeof artefact->sha256));
	bind_number(row, 10, artefact->n_lines);
	bind_number(row, 11, artefact->n_damaged);
	bind_number(row, 12, artefact->n_items);
	if (artefact->read && artefact->first_time != INT64_MIN)
		(void)sqlite3_bind_int64(row, 13, artefact->first_time);
	if (artefact->read && artefact->last_time != INT64_MIN)
		(void)sqlite3_bind_int64(row, 14, artefact->last_time);
	bind_text(row, 15, artefact->clock);
	return statement_run(casefile, row) && batch_leave(casefile);
}

bool
casefile_add_clue(struct casefile *casefile, uint64_t number, const struct clue *clue)
{
	sqlite3_stmt *row;

	if (number != UINT64_MAX && number >= casefile->n_ids)
		return casefile_refused(casefile, "a clue about a file that is not there");
	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_PUT_CLUE)))
		return false;
	if (number != UINT64_MAX)
		(void)sqlite3_bind_int64(row, 1, casefile->ids[number]);
	(void)sqlite3_bind_int(row, 2, clue->rule);
	(void)sqlite3_bind_int64(row, 3, clue->flags);
	(void)sqlite3_bind_int(row, 4, clue->factor);
	(void)sqlite3_bind_int64(row, 5, clue->cause);
	bind_number(row, 6, clue->number);
	bind_number(row, 7, clue->log_offset);
	bind_number(row, 8, clue->offset);
	bind_number(row, 9, clue->length);
	bind_bytes(row, 10, slice_of(clue->log, clue->log_len));
	bind_text(row, 11, clue->detail);
	bind_text(row, 12, clue->quote);
	if (clue->time != INT64_MIN)
		(void)sqlite3_bind_int64(row, 13, clue->time);
	return statement_run(casefile, row) && batch_leave(casefile);
}

bool
casefile_add_description(
    struct casefile *casefile, uint64_t number, const struct description *description)
{
	sqlite3_stmt *row;

	if (number >= casefile->n_ids)
		return casefile_refused(casefile, "a description of a file that is not there");
	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_PUT_DESCRIPTION)))
		return false;
	description_pack(description, casefile->packed);
	(void)sqlite3_bind_int64(row, 1, casefile->ids[number]);
	bind_bytes(row, 2, slice_of(casefile->packed, description_packed_size(description)));
	return statement_run(casefile, row) && batch_leave(casefile);
}

static bool
put_finding(struct casefile *casefile, int64_t id, uint32_t number, const struct finding *finding,
    int32_t bits)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_PUT_FINDING);

	if (!row)
		return false;
	(void)sqlite3_bind_int64(row, 1, id);
	(void)sqlite3_bind_int64(row, 2, number);
	(void)sqlite3_bind_int(row, 3, finding->rule);
	bind_number(row, 4, finding->offset);
	bind_number(row, 5, finding->offset == OFFSET_NONE ? 0 : finding->length);
	(void)sqlite3_bind_int64(row, 6, finding->line);
	bind_text(row, 7, finding->part);
	if (finding->decoded > 0)
		bind_number(row, 8, finding->decoded - 1);
	bind_text(row, 9, finding->detail);
	if (bits != INT32_MIN)
		(void)sqlite3_bind_int(row, 10, bits);
	return statement_run(casefile, row);
}

bool
casefile_put_suspect(struct casefile *casefile, const struct suspect *suspect)
{
	const struct record *record = suspect->record;
	sqlite3_stmt *row;
	int64_t id;

	if (suspect->number >= casefile->n_ids)
		return casefile_refused(casefile, "a suspect that is not there");
	id = casefile->ids[suspect->number];
	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_PUT_RANKED)))
		return false;
	(void)sqlite3_bind_int64(row, 1, id);
	bind_number(row, 2, suspect->rank);
	bind_text(row, 3, level_name(suspect->level));
	if (suspect->has_score) {
		(void)sqlite3_bind_int(row, 4, suspect->score);
		(void)sqlite3_bind_double(row, 5, suspect->probability);
	}
	if (!statement_run(casefile, row))
		return false;
	for (uint32_t i = 0; record && i < record->n_findings; i++) {
		if (!put_finding(casefile, id, i + 1, &record->findings[i],
			suspect->finding_bits ? suspect->finding_bits[i] : INT32_MIN))
			return false;
	}
	return batch_leave(casefile);
}

static bool
put_count(struct casefile *casefile, const char *key, uint64_t number)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_PUT_SUMMARY);

	if (!row)
		return false;
	bind_text(row, 1, key);
	(void)sqlite3_bind_int64(row, 2, number > INT64_MAX ? INT64_MAX : (int64_t)number);
	return statement_run(casefile, row);
}

bool
casefile_put_summary(struct casefile *casefile, const struct summary *summary)
{
	sqlite3_stmt *row;
	bool good = batch_enter(casefile) && put_count(casefile, "seen", summary->seen) &&
		    put_count(casefile, "artefacts", summary->artefacts) &&
		    put_count(casefile, "bytes", summary->bytes);

	for (int i = 0; good && i < STATUS_COUNT; i++)
		good = put_count(casefile, status_name((enum status)i), summary->by_status[i]);
	for (int i = 0; good && i < LEVEL_COUNT; i++)
		good = put_count(casefile, level_name((enum level)i), summary->by_level[i]);
	if (!good || !(row = statement_of(casefile, SQL_PUT_SUMMARY)))
		return false;
	bind_text(row, 1, "manifest_sha256");
	bind_bytes(row, 2, slice_of(summary->manifest, sizeof summary->manifest));
	if (!statement_run(casefile, row) || !(row = statement_of(casefile, SQL_PUT_SUMMARY)))
		return false;
	bind_text(row, 1, "not_in_tree");
	(void)sqlite3_bind_double(row, 2, summary->not_in_tree);
	return statement_run(casefile, row) && batch_leave(casefile);
}
