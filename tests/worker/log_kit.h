/* log_kit.h - for tests of logs in workers: a pool for them, and what came back last. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_LOG_KIT_H
#define IMC_TEST_LOG_KIT_H

#include "stand_in.h"

/* What came back last, and how often. */
struct told {
	unsigned n, n_failed;
	uint64_t number, size;
	enum status status;
	char reason[400];
	enum log_kind kind;
	bool has_sha256;
	uint8_t sha256[32];
	struct evidence *evidence; /* NULL: none came */
};

static inline void
told_message(void *context, const struct record *record)
{
	(void)context;
	(void)record;
	fail_msg("a log is no message");
}

static inline void
told_log(void *context, const struct pool_outcome *outcome, enum log_kind kind,
    const struct evidence *evidence)
{
	struct told *told = context;

	told->n++;
	told->n_failed += outcome->status == STATUS_FAILED;
	told->number = outcome->number;
	told->size = outcome->size;
	told->status = outcome->status;
	told->kind = kind;
	snprintf(told->reason, sizeof told->reason, "%s", outcome->reason);
	told->has_sha256 = outcome->sha256 != NULL;
	if (outcome->sha256)
		memcpy(told->sha256, outcome->sha256, 32);
	free(told->evidence);
	told->evidence = NULL;
	if (!evidence)
		return;
	assert_true(evidence_valid(evidence, outcome->number, outcome->size));
	told->evidence = malloc(sizeof *told->evidence);
	assert_non_null(told->evidence);
	memcpy(told->evidence, evidence, sizeof *evidence);
}

static inline struct pool *
log_pool(serve_main *serving, struct told *told, unsigned time_base_ms)
{
	struct pool_options options = kit_options(1);
	struct pool *pool;
	char why[200] = "";

	options.time_base_ms = time_base_ms;
	options.log_done = told_log;
	pool = serving ? pool_new_serving(&options, serving, told_message, told, why, sizeof why)
		       : pool_new(&options, told_message, told, why, sizeof why);
	if (!pool)
		fail_msg("no pool: %s", why);
	return pool;
}

static inline void
log_submit(struct pool *pool, uint64_t number, const char *name, const void *bytes, size_t len)
{
	struct pool_job job = kit_job(number, kit_file(bytes, len), len);

	job.task = TASK_LOG;
	job.name = slice_str(name);
	assert_true(pool_submit(pool, &job));
}

/* One log alone. */
static inline void
read_one(struct pool *pool, uint64_t number, const char *name, const void *bytes, size_t len)
{
	log_submit(pool, number, name, bytes, len);
	assert_true(pool_drain(pool));
}

#endif
