/* test_known.c - a file whose digest is known is read and hashed, and nothing else. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stand_in.h"

static const char letter[] = KIT_LETTER;

/* The answer to the letter that is said to have that digest. */
static const struct record *
ask(struct pool *pool, struct kit *kit, const uint8_t known[32])
{
	const size_t n = kit->n;
	struct pool_job job = kit_job(n, kit_file(letter, sizeof letter - 1), sizeof letter - 1);

	job.has_known = known != NULL;
	if (known)
		memcpy(job.known, known, sizeof job.known);
	assert_true(pool_submit(pool, &job));
	assert_true(pool_drain(pool));
	assert_int_equal(kit->n, n + 1);
	return kit->records[n];
}

static void
a_known_file_is_not_parsed_and_another_is(void **state)
{
	const struct pool_options options = kit_options(1);
	struct kit kit = { .n = 0 };
	struct pool *pool = kit_pool(&options, &kit);
	const struct record *whole = ask(pool, &kit, NULL), *again;
	uint8_t digest[32];

	(void)state;
	memcpy(digest, whole->sha256, sizeof digest);
	assert_true(whole->has_subject);
	again = ask(pool, &kit, digest);
	assert_int_equal(again->flags, RECORD_UNPARSED);
	assert_int_equal(again->status, STATUS_EXAMINED);
	assert_int_equal(again->file_size, sizeof letter - 1);
	assert_memory_equal(again->sha256, digest, sizeof digest);
	assert_false(again->has_subject);
	digest[31] ^= 1;
	again = ask(pool, &kit, digest);
	assert_int_equal(again->flags & RECORD_UNPARSED, 0);
	assert_true(again->has_subject);
	pool_free(pool);
	kit_free(&kit);
}

/* Says of every file that it was known. */
static int
serve_unparsed(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	while (channel_receive_job(options->channel, &job, &fd)) {
		struct record *record = &options->slot->record;
		const struct channel_answer done = { .kind = CHANNEL_DONE, .number = job.number };

		close(fd);
		memset(record, 0, sizeof *record);
		record->magic = RECORD_MAGIC;
		record->job = job.number;
		record->flags = RECORD_UNPARSED;
		record->size = (uint32_t)record_packed_size(record);
		channel_send_answer(options->channel, &done);
	}
	return 0;
}

static void
a_worker_that_was_not_asked_so_is_not_believed(void **state)
{
	static const uint8_t other[32] = { 1 };
	struct kit kit = { .n = 0 };
	struct pool *pool = pool_of(serve_unparsed, &kit, 1);

	(void)state;
	assert_non_null(kit_finding(ask(pool, &kit, NULL), "parser-crashed"));
	assert_non_null(kit_finding(ask(pool, &kit, other), "parser-crashed"));
	pool_free(pool);
	kit_free(&kit);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_file_is_not_parsed_and_another_is),
		cmocka_unit_test(a_worker_that_was_not_asked_so_is_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
