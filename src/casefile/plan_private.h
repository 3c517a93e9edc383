/*
 * plan_private.h - what the two files behind plan_store.h share.
 *
 * For src/casefile/plan_*.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLAN_PRIVATE_H
#define IMC_PLAN_PRIVATE_H

#include "casefile/plan_store.h"
#include "casefile/private.h"

struct plan_store {
	struct casefile *casefile;
	sqlite3 *db; /* its own */
	char why[PLAN_STORE_WHY];
};

/* Keep the sentence, or it and SQLite's own words, which never hold bytes of the evidence; false. */
bool plan_store_fail(struct plan_store *store, const char *words);
bool plan_store_fail_sql(struct plan_store *store, const char *words);

/* NULL after plan_store_fail_sql(). */
sqlite3_stmt *plan_store_prepare(struct plan_store *store, const char *sql);

/* One number that the statement yields; -1 when it yields none. */
int64_t plan_store_number(struct plan_store *store, const char *sql);

#endif
