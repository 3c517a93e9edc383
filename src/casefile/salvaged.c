/* salvaged.c - what became of messages that were salvaged, in the case. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "casefile/private.h"

#define NOTES_MOST 1000000u
#define WORDS_MOST 400u

static const char put_sql[] =
    "INSERT INTO salvaged (time, root, path, name, outcome, reason, parts, plain, lost, sha256, "
    "mail_sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
static const char get_sql[] =
    "SELECT time, root, path, name, outcome, reason, parts, plain, lost, sha256, mail_sha256 FROM "
    "salvaged ORDER BY id";

static bool
put_one(struct casefile *casefile, sqlite3_stmt *row, const struct salvage_note *note)
{
	(void)sqlite3_reset(row);
	(void)sqlite3_bind_int64(row, 1, note->when);
	bind_bytes(row, 2, slice_str(note->root));
	bind_bytes(row, 3, note->path);
	bind_text(row, 4, note->name);
	bind_text(row, 5, note->outcome);
	bind_text(row, 6, note->reason);
	bind_number(row, 7, note->n_parts);
	bind_number(row, 8, note->n_plain);
	bind_number(row, 9, note->lost);
	bind_bytes(row, 10, slice_of(note->sha256, sizeof note->sha256));
	bind_bytes(row, 11, slice_of(note->mail_sha256, sizeof note->mail_sha256));
	return sqlite3_step(row) == SQLITE_DONE || casefile_failed(casefile);
}

bool
casefile_put_salvaged(struct casefile *casefile, const struct salvage_note *notes, size_t n_notes)
{
	sqlite3_stmt *row = NULL;
	bool good = sqlite3_prepare_v2(casefile->db, put_sql, -1, &row, NULL) == SQLITE_OK ||
		    casefile_failed(casefile);

	good = good && statement_exec(casefile, "BEGIN IMMEDIATE");
	for (size_t i = 0; good && i < n_notes; i++)
		good = put_one(casefile, row, &notes[i]);
	(void)sqlite3_finalize(row);
	if (good)
		return statement_exec(casefile, "COMMIT");
	if (!sqlite3_get_autocommit(casefile->db))
		(void)sqlite3_exec(casefile->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

static bool
is_outcome(const char *word)
{
	static const char *const known[] = { "rebuilt", "careful", "covered", "failed" };

	for (size_t i = 0; word && i < sizeof known / sizeof known[0]; i++)
		if (strcmp(word, known[i]) == 0)
			return true;
	return false;
}

/* NNNN.eml, or nothing. */
static bool
is_name(const char *name)
{
	const size_t digits = name ? strspn(name, "0123456789") : 0;

	return name &&
	       (!*name || (digits >= 4 && digits <= 20 && strcmp(name + digits, ".eml") == 0));
}

static const char *
take_words(struct casefile *casefile, sqlite3_stmt *row, int at)
{
	const char *words = column_plain(row, at, WORDS_MOST);

	return words ? lend(casefile, slice_str(words)) : NULL;
}

static bool
take_digest(sqlite3_stmt *row, int at, uint8_t digest[32])
{
	const struct slice bytes = column_bytes(row, at);

	if (bytes.len != 32)
		return false;
	memcpy(digest, bytes.data, 32);
	return true;
}

static bool
take_one(struct casefile *casefile, sqlite3_stmt *row, struct salvage_note *note)
{
	struct slice root, path;

	*note = (struct salvage_note){ .name = take_words(casefile, row, 3),
		.outcome = take_words(casefile, row, 4),
		.reason = take_words(casefile, row, 5) };
	if (!column_int(row, 0, 0, INT64_C(253402300799), &note->when) ||
	    !column_root(row, 1, &root) || !column_path(row, 2, &path) || !is_name(note->name) ||
	    !is_outcome(note->outcome) || !note->reason ||
	    !column_uint_or(row, 6, UINT64_MAX, &note->n_parts) ||
	    !column_uint_or(row, 7, UINT64_MAX, &note->n_plain) ||
	    !column_uint_or(row, 8, UINT64_MAX, &note->lost) ||
	    !take_digest(row, 9, note->sha256) || !take_digest(row, 10, note->mail_sha256))
		return false;
	note->root = lend(casefile, root);
	note->path.data = (const unsigned char *)lend(casefile, path);
	note->path.len = path.len;
	return note->root && note->path.data;
}

static struct salvage_note *
add_room(struct casefile *casefile, struct salvage_note *notes, size_t n)
{
	struct salvage_note *more = notes;

	/* At powers of two. */
	if (n < 8 ? n == 0 : (n & (n - 1)) == 0)
		more = reallocarray(notes, n < 8 ? 8 : 2 * n, sizeof *more);
	if (!more) {
		free(notes);
		(void)casefile_refused(casefile, "out of memory");
	}
	return more;
}

static bool
read_all(struct casefile *casefile, sqlite3_stmt *row, struct salvage_note **notes, size_t *n_notes)
{
	int step;

	while ((step = sqlite3_step(row)) == SQLITE_ROW) {
		*notes = *n_notes < NOTES_MOST ? add_room(casefile, *notes, *n_notes) : *notes;
		if (!*notes)
			return false;
		if (*n_notes == NOTES_MOST || !take_one(casefile, row, &(*notes)[*n_notes]))
			return casefile_refused(casefile, "what was salvaged is not sound");
		++*n_notes;
	}
	return step == SQLITE_DONE || casefile_failed(casefile);
}

bool
casefile_get_salvaged(struct casefile *casefile, const struct salvage_note **notes, size_t *n_notes)
{
	struct salvage_note *all = NULL;
	sqlite3_stmt *row = NULL;
	bool good = sqlite3_prepare_v2(casefile->db, get_sql, -1, &row, NULL) == SQLITE_OK ||
		    casefile_failed(casefile);

	*n_notes = 0;
	good = good && read_all(casefile, row, &all, n_notes);
	(void)sqlite3_finalize(row);
	free(casefile->salvaged);
	casefile->salvaged = all;
	*notes = all;
	return good;
}
