/* logs.c - what logs say, and where the search found it: what parts of a scan are joined from. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "casefile/private.h"

bool
casefile_add_log(
    struct casefile *casefile, const char *root, struct slice path, const struct evidence *evidence)
{
	const size_t size = evidence_packed_size(evidence);
	unsigned char *packed = malloc(size);
	sqlite3_stmt *row = NULL;
	bool good;

	if (!packed)
		return casefile_refused(casefile, "out of memory");
	evidence_pack(evidence, packed);
	good = batch_enter(casefile) && (row = statement_of(casefile, SQL_PUT_LOG)) != NULL;
	if (good) {
		bind_bytes(row, 1, slice_str(root));
		bind_bytes(row, 2, path);
		bind_bytes(row, 3, slice_of(packed, size));
		good = statement_run(casefile, row) && batch_leave(casefile);
	}
	free(packed);
	return good;
}

static bool
get_log(struct casefile *casefile, sqlite3_stmt *row, const char **root, struct slice *path,
    struct evidence *evidence)
{
	struct slice bytes;

	if (!column_root(row, 0, &bytes) || !column_root(row, 1, path) ||
	    !evidence_unpack(column_bytes(row, 2), evidence))
		return false;
	*root = lend(casefile, bytes);
	return *root != NULL;
}

bool
casefile_each_log(struct casefile *casefile,
    bool (*visit)(
	void *context, const char *root, struct slice path, const struct evidence *evidence),
    void *context)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_LOGS);
	struct evidence *evidence = malloc(sizeof *evidence);
	bool sound = evidence || casefile_refused(casefile, "out of memory"), goes_on = true;
	int more = -1;

	while (row && sound && goes_on && (more = statement_row(casefile, row)) == 1) {
		const char *root = "";
		struct slice path = slice_of(NULL, 0);

		sound = get_log(casefile, row, &root, &path, evidence) ||
			casefile_refused(casefile, "a log of it cannot be believed");
		goes_on = sound && visit(context, root, path, evidence);
	}
	if (row)
		(void)sqlite3_reset(row);
	free(evidence);
	return more == 0;
}

bool
casefile_add_hit(struct casefile *casefile, uint64_t number, const struct casefile_hit *hit)
{
	sqlite3_stmt *row;

	if (number >= casefile->n_ids)
		return casefile_refused(casefile, "a place in a file that is not there");
	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_PUT_HIT)))
		return false;
	(void)sqlite3_bind_int64(row, 1, casefile->ids[number]);
	(void)sqlite3_bind_int(row, 2, hit->is_block);
	bind_bytes(row, 3, hit->bytes);
	(void)sqlite3_bind_int64(row, 4, (int64_t)hit->offset);
	return statement_run(casefile, row) && batch_leave(casefile);
}

bool
casefile_each_hit(struct casefile *casefile,
    bool (*visit)(void *context, uint64_t number, const struct casefile_hit *hit), void *context)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_GET_HITS);
	int more = -1;

	while (row && (more = statement_row(casefile, row)) == 1) {
		struct casefile_hit hit = { .bytes = column_bytes(row, 2) };
		uint64_t number = 0;
		int64_t id, offset;
		const bool sound = column_int(row, 0, 1, INT64_MAX, &id) &&
				   casefile_number_of(casefile, id, &number) &&
				   column_flag(row, 1, &hit.is_block) &&
				   column_int(row, 3, 0, INT64_MAX, &offset);

		if (sound) {
			hit.offset = (uint64_t)offset;
			if (visit(context, number, &hit))
				continue;
		} else {
			(void)casefile_refused(casefile, "a place in a file cannot be believed");
		}
		(void)sqlite3_reset(row);
		return false;
	}
	return more == 0;
}

bool
casefile_set_local_clock(struct casefile *casefile, const char *clock)
{
	sqlite3_stmt *row;

	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_SET_CLOCK)))
		return false;
	bind_text(row, 1, clock);
	bind_text(row, 2, CASEFILE_CLOCK_LOCAL);
	return statement_run(casefile, row) && batch_leave(casefile);
}
