/* test_logs.c - logs in confined workers: read, not read, and read again. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "log_kit.h"

#include <openssl/evp.h>

#include "mkspool/samples.h"

static void
each_kind_is_read_by_its_content(void **state)
{
	struct told told = { .n = 0 };
	struct pool *pool = log_pool(NULL, &told, 5000);

	(void)state;
	for (unsigned i = 0; i < SAMPLE_COUNT; i++) {
		unsigned char digest[EVP_MAX_MD_SIZE];
		size_t len;
		unsigned char *bytes = sample_log(i, &len);

		read_one(pool, i + 100, "a.tmp", bytes, len);
		assert_int_equal(told.n, i + 1);
		assert_int_equal(told.number, i + 100);
		assert_int_equal(told.status, STATUS_EXAMINED);
		assert_string_equal(told.reason, "");
		assert_int_equal(told.kind, sample_kinds[i]);
		assert_int_equal(told.size, len);
		assert_non_null(told.evidence);
		assert_int_equal(told.evidence->log, sample_kinds[i]);
		assert_true(told.evidence->n_items > 0);
		assert_true(told.has_sha256);
		assert_int_equal(EVP_Digest(bytes, len, digest, NULL, EVP_sha256(), NULL), 1);
		assert_memory_equal(told.sha256, digest, 32);
		free(bytes);
	}
	assert_int_equal(pool_deaths(pool), 0);
	pool_free(pool);
	free(told.evidence);
}

static void
queue_file_goes_by_its_name(void **state)
{
	static const char bytes[4096] = "\1\2\3 G1X4TK19 \4";
	struct told told = { .n = 0 };
	struct pool *pool = log_pool(NULL, &told, 5000);

	(void)state;
	read_one(pool, 1, "QUEUE.DAT", bytes, sizeof bytes);
	assert_int_equal(told.kind, LOG_QUEUE);
	assert_non_null(told.evidence);
	assert_int_equal(told.evidence->n_names, 1);
	assert_memory_equal(told.evidence->names[0].name, "G1X4TK19", 8);
	pool_free(pool);
	free(told.evidence);
}

/* A file of gigabytes that is no log costs a look at its beginning. */
static void
what_is_no_log_is_said_and_not_read(void **state)
{
	static const char manifest[] = "d41d8cd98f00b204e9800998ecf8427e  In/G1X4TK19\n"
				       "d41d8cd98f00b204e9800998ecf8427e  In/G1X4TKB7\n";
	struct told told = { .n = 0 };
	struct pool *pool = log_pool(NULL, &told, 50);
	struct pool_job job = kit_job(3, kit_file("MDMP", 4), (uint64_t)4 << 30);

	(void)state;
	read_one(pool, 1, "hashes.md5", manifest, sizeof manifest - 1);
	assert_int_equal(told.kind, LOG_MANIFEST);
	assert_int_equal(told.status, STATUS_EXAMINED);
	assert_null(told.evidence);
	assert_false(told.has_sha256);
	read_one(pool, 2, "empty.log", "", 0);
	assert_int_equal(told.kind, LOG_UNKNOWN);
	assert_null(told.evidence);
	assert_int_equal(ftruncate(job.fd, (off_t)4 << 30), 0);
	job.task = TASK_LOG;
	job.name = slice_str("user.dmp");
	assert_true(pool_submit(pool, &job));
	assert_true(pool_drain(pool));
	assert_int_equal(told.kind, LOG_UNKNOWN);
	assert_int_equal(told.status, STATUS_EXAMINED);
	assert_false(told.has_sha256);
	assert_int_equal(told.size, (uint64_t)4 << 30);
	pool_free(pool);
}

/* Each third byte of each log, another byte in its place. */
static void
flipped_bytes_kill_no_worker_unreported(void **state)
{
	struct told told = { .n = 0 };
	struct pool *pool = log_pool(NULL, &told, 5000);
	unsigned n = 0;

	(void)state;
	for (unsigned i = 0; i < SAMPLE_COUNT; i++) {
		size_t len;
		unsigned char *bytes = sample_log(i, &len);

		for (size_t at = i; at < len; at += 3) {
			bytes[at] ^= 0x81;
			read_one(pool, n++, "a.log", bytes, len);
			bytes[at] ^= 0x81;
			assert_int_equal(told.n, n);
			assert_int_equal(told.status, STATUS_EXAMINED);
		}
		free(bytes);
	}
	assert_true(n > 1000);
	assert_int_equal(pool_deaths(pool), 0);
	pool_free(pool);
	free(told.evidence);
}

static void
killed_reader_reads_again(void **state)
{
	struct told told = { .n = 0 };
	struct pool *pool = log_pool(NULL, &told, 5000);
	const pid_t victim = pool_worker_pid(pool, 0);
	size_t len;
	unsigned char *bytes = sample_log(SAMPLE_COPY, &len);

	(void)state;
	assert_int_equal(kill(victim, SIGSTOP), 0);
	log_submit(pool, 1, "robocopy.log", bytes, len);
	assert_int_equal(kill(victim, SIGSEGV), 0);
	assert_int_equal(kill(victim, SIGCONT), 0);
	assert_true(pool_drain(pool));
	assert_int_equal(told.n, 1);
	assert_int_equal(told.status, STATUS_EXAMINED);
	assert_int_equal(told.kind, LOG_COPY);
	assert_non_null(told.evidence);
	assert_string_equal(told.reason, "a parser process died (signal SIGSEGV) on the first try; "
					 "the second try survived");
	assert_int_equal(pool_deaths(pool), 1);
	pool_free(pool);
	free(told.evidence);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_read_by_its_content),
		cmocka_unit_test(queue_file_goes_by_its_name),
		cmocka_unit_test(what_is_no_log_is_said_and_not_read),
		cmocka_unit_test(flipped_bytes_kill_no_worker_unreported),
		cmocka_unit_test(killed_reader_reads_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
