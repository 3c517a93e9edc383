/*
 * kit.h - what the worker tests share: letters in memory, and a list of the records that came back.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_KIT_H
#define IMC_TEST_KIT_H

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "rule.h"
#include "worker/pool.h"

#define KIT_LETTER                                                                                 \
	"From: somebody@example.com\r\nTo: other@example.com\r\nSubject: hello\r\n"                \
	"Message-ID: <1@example.com>\r\n\r\nA letter.\r\n"

#define KIT_RECORDS 64

/* Copies of the records in order of arrival. */
struct kit {
	size_t n;
	struct record *records[KIT_RECORDS];
};

static inline void
kit_done(void *context, const struct record *record)
{
	struct kit *kit = context;
	struct record *copy = malloc(sizeof *copy);

	assert_true(kit->n < KIT_RECORDS);
	assert_non_null(copy);
	memcpy(copy, record, sizeof *copy);
	kit->records[kit->n++] = copy;
}

static inline void
kit_free(struct kit *kit)
{
	for (size_t i = 0; i < kit->n; i++)
		free(kit->records[i]);
	kit->n = 0;
}

/* The one record of that job. */
static inline const struct record *
kit_record(const struct kit *kit, uint64_t job)
{
	const struct record *found = NULL;

	for (size_t i = 0; i < kit->n; i++) {
		if (kit->records[i]->job != job)
			continue;
		assert_null(found);
		found = kit->records[i];
	}
	assert_non_null(found);
	return found;
}

/* The finding of that rule, or NULL. */
static inline const struct finding *
kit_finding(const struct record *record, const char *id)
{
	size_t index;

	assert_non_null(rule_by_id(id, &index));
	for (uint32_t i = 0; i < record->n_findings; i++) {
		if (record->findings[i].rule == index)
			return &record->findings[i];
	}
	return NULL;
}

static inline int
kit_file(const void *bytes, size_t len)
{
	const int fd = memfd_create("letter", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), (ssize_t)len);
	return fd;
}

static inline struct pool_job
kit_job(uint64_t number, int fd, uint64_t size)
{
	return (struct pool_job){ .number = number,
		.fd = fd,
		.folder = FOLDER_IN,
		.direction = DIRECTION_IN,
		.size = size,
		.mtime_sec = 1000 + (int64_t)number,
		.mtime_nsec = 5 };
}

/* A letter whose subject has the number, submitted. */
static inline bool
kit_submit(struct pool *pool, uint64_t number)
{
	char text[200];
	const int len = snprintf(text, sizeof text,
	    "From: somebody@example.com\r\nSubject: number %d\r\n\r\nA letter.\r\n", (int)number);
	const struct pool_job job = kit_job(number, kit_file(text, (size_t)len), (uint64_t)len);

	return pool_submit(pool, &job);
}

static inline struct pool_options
kit_options(unsigned jobs)
{
	return (struct pool_options){ .jobs = jobs,
		.time_base_ms = 5000,
		.time_per_mb_ms = 1000,
		.memory_mib = 1024,
		.sandbox = true };
}

static inline struct pool *
kit_pool(const struct pool_options *options, struct kit *kit)
{
	char why[200] = "";
	struct pool *pool = pool_new(options, kit_done, kit, why, sizeof why);

	if (!pool)
		fail_msg("no pool: %s", why);
	return pool;
}

#endif
