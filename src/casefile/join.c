/* join.c - files of one case into another: parts of a scan become a whole. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "casefile/private.h"

/* The row of the file, and its digest when it has one. 1: there, 0: not there, -1: failure. */
static int
find(struct casefile *casefile, const char *root, struct slice path, int64_t *id,
    uint8_t digest[32], bool *has_digest)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_HAS_FILE);
	int found;

	if (!row)
		return -1;
	bind_bytes(row, 1, path);
	bind_bytes(row, 2, slice_str(root));
	found = statement_row(casefile, row);
	if (found == 1) {
		const struct slice bytes = column_bytes(row, 1);

		*id = sqlite3_column_int64(row, 0);
		*has_digest = bytes.len == 32;
		if (*has_digest)
			memcpy(digest, bytes.data, 32);
	}
	(void)sqlite3_reset(row);
	return found;
}

bool
casefile_join_file(struct casefile *casefile, const struct casefile_file *file,
    const struct record *record, bool *added, bool *differs)
{
	const bool has = record && record->status != STATUS_FAILED;
	uint8_t digest[32];
	bool had = false;
	int64_t id = 0;
	int found, order;

	*added = *differs = false;
	if (!batch_enter(casefile))
		return false;
	found = find(casefile, file->root, file->path, &id, digest, &had);
	if (found < 0)
		return false;
	if (found == 0)
		return *added = casefile_add_file(casefile, file, record);
	order = has && had ? memcmp(record->sha256, digest, sizeof digest) : (int)had - (int)has;
	*differs = order != 0;
	if (order >= 0)
		return true;
	return *added = casefile_drop(casefile, (uint64_t)id) &&
			casefile_add_file(casefile, file, record);
}

bool
casefile_has_artefact(struct casefile *casefile, const struct artefact *artefact)
{
	sqlite3_stmt *row = statement_of(casefile, SQL_HAS_ARTEFACT);
	int found;

	if (!row)
		return false;
	bind_bytes(row, 1, artefact->path);
	bind_bytes(row, 2, slice_str(artefact->root));
	found = statement_row(casefile, row);
	(void)sqlite3_reset(row);
	return found == 1;
}

bool
casefile_join_description(struct casefile *casefile, const char *root, struct slice path,
    const struct description *description)
{
	sqlite3_stmt *row;
	uint8_t digest[32];
	bool had = false;
	int64_t id = 0;
	const int found = find(casefile, root, path, &id, digest, &had);

	if (found <= 0)
		return found == 0;
	if (!batch_enter(casefile) || !(row = statement_of(casefile, SQL_PUT_DESCRIPTION)))
		return false;
	description_pack(description, casefile->packed);
	(void)sqlite3_bind_int64(row, 1, id);
	bind_bytes(row, 2, slice_of(casefile->packed, description_packed_size(description)));
	return statement_run(casefile, row) && batch_leave(casefile);
}
