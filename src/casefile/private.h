/*
 * private.h - the inside of a case: its database, its statements, the batch in hand.
 *
 * For src/casefile.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CASEFILE_PRIVATE_H
#define IMC_CASEFILE_PRIVATE_H

#include <sqlite3.h>

#include "casefile/casefile.h"

#define CASEFILE_PATH_MAX 65536 /* bytes of a path or root, as the walk allows */

/* The statements that are kept ready; their texts are in statement.c. */
enum statement {
	SQL_PUT_RUN,
	SQL_PUT_LIST,
	SQL_PUT_RULE,
	SQL_PUT_FILE,
	SQL_PUT_RECORD,
	SQL_PUT_ARTEFACT,
	SQL_PUT_CLUE,
	SQL_PUT_DESCRIPTION,
	SQL_PUT_LOG,
	SQL_PUT_HIT,
	SQL_SET_CLOCK,
	SQL_PUT_RANKED,
	SQL_PUT_FINDING,
	SQL_PUT_SUMMARY,
	SQL_CLEAR_LIST,
	SQL_GET_RUN,
	SQL_GET_LIST,
	SQL_GET_RULES,
	SQL_GET_FILES,
	SQL_GET_ARTEFACTS,
	SQL_GET_CLUES,
	SQL_GET_LOGS,
	SQL_GET_HITS,
	SQL_GET_DESCRIPTION,
	SQL_GET_FILE,
	SQL_FIND_FILE,
	SQL_CLAIM_FILE,
	SQL_TAKE_FILE,
	SQL_DROP_FILE,
	SQL_COUNT_KNOWN,
	SQL_DROP_KNOWN,
	SQL_LAST_SESSION,
	SQL_HAS_STEPS,
	SQL_HAS_FILE,
	SQL_HAS_ARTEFACT,
	STATEMENT_COUNT
};

/* A text that a reader was lent. */
struct lent {
	struct lent *next;
	char text[];
};

struct casefile {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	bool created, wrote; /* by casefile_create(); a batch was committed */
	unsigned batched;    /* rows in the batch in hand */
	uint64_t batch_ms;   /* when it began */
	int64_t session;     /* from 1 */
	uint32_t *ids;       /* rows of the files, in the order of adding or reading */
	size_t n_ids, ids_room;
	uint16_t *rules; /* number of a rule in the case -> here; UINT16_MAX: no such rule */
	size_t n_rules;
	uint64_t unknown_rules, steps; /* left out; of the progress handler */
	struct lent *lent;
	const char **lists[9]; /* arrays of lent texts */
	size_t n_lists;
	struct record *record;
	unsigned char *packed;         /* CASEFILE_PACKED_MAX bytes */
	struct salvage_note *salvaged; /* lent */
	char why[CASEFILE_WHY];
};

#define CASEFILE_PACKED_MAX (sizeof(struct description) + sizeof(struct record))

/* ---- statement.c ---- */

/* The statement, reset and without values; NULL after casefile_failed(). */
sqlite3_stmt *statement_of(struct casefile *casefile, enum statement which);

/* Run it to its end. */
bool statement_run(struct casefile *casefile, sqlite3_stmt *statement);

/* Next row: 1, none: 0, failure: -1. */
int statement_row(struct casefile *casefile, sqlite3_stmt *statement);

bool statement_exec(struct casefile *casefile, const char *sql);

void bind_bytes(sqlite3_stmt *statement, int at, struct slice bytes);
void bind_text(sqlite3_stmt *statement, int at, const char *text);
void bind_number(sqlite3_stmt *statement, int at, uint64_t number); /* NULL over INT64_MAX */

/* ---- read.c ---- */

/* The number of the file with that row. */
bool casefile_number_of(const struct casefile *casefile, int64_t id, uint64_t *number);

/* ---- values.c: columns of a row that anybody may have written ---- */

/* False: the column holds nothing of that kind. */
bool column_int(sqlite3_stmt *row, int at, int64_t least, int64_t most, int64_t *out);
bool column_flag(sqlite3_stmt *row, int at, bool *out);
/* A number or NULL, which is `none`. */
bool column_uint_or(sqlite3_stmt *row, int at, uint64_t none, uint64_t *out);
bool column_int_or(sqlite3_stmt *row, int at, int64_t none, int64_t *out);
struct slice column_bytes(sqlite3_stmt *row, int at);
/* Printable ASCII of at most `most` bytes, borrowed until the next step; NULL: it is not. */
const char *column_plain(sqlite3_stmt *row, int at, size_t most);
/* A path below a root: not empty, no NUL, no way out. */
bool column_path(sqlite3_stmt *row, int at, struct slice *out);
/* Bytes that make a C string. */
bool column_root(sqlite3_stmt *row, int at, struct slice *out);

/* Whether the bytes are UTF-8 without control characters. */
bool is_calm(struct slice text);
bool is_plain(struct slice text);

/* A copy that lives as long as the case; NULL without memory. */
const char *lend(struct casefile *casefile, struct slice text);

/* ---- open.c ---- */

/* Have SQLite trust nothing in the file, and bound what it may do. */
bool configure(sqlite3 *db);
/* The path as SQLite takes it for nothing else: "file:" would be an address, ":memory:" no file.
 * Malloc'ed; NULL without memory. */
char *plain_name(const char *path);
/* Only a regular file is opened: a FIFO would wait for ever. False with errno and a sentence. */
bool is_regular(const char *path, uint64_t *size, char why[CASEFILE_WHY]);

/* ---- batch.c ---- */

/* Before a row is written, and after: one transaction takes many. */
bool batch_enter(struct casefile *casefile);
bool batch_leave(struct casefile *casefile);
bool batch_end(struct casefile *casefile);
/* Remember the row of the file that was added or read. */
bool batch_remember(struct casefile *casefile, int64_t id);

/* ---- errors: both return false ---- */

bool casefile_failed(struct casefile *casefile); /* SQLite said so */
bool casefile_refused(struct casefile *casefile, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- check.c ---- */

/* The number that a statement of one row answers. */
bool check_number(struct casefile *casefile, const char *sql, int *out);

/* The version of a case that may be read, -1 when it may not. */
int check_case(struct casefile *casefile);

/* ---- run_read.c and read.c among themselves ---- */

/* Learn which rule each number of the case means. */
bool casefile_map_rules(struct casefile *casefile, bool *disabled);

/* A record as it lies in the case, its rules ours; false when it cannot be believed. */
bool casefile_unpack(struct casefile *casefile, struct slice packed, struct record *out);

#endif
