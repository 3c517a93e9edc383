/* test_search.c - searches in confined workers, and the list that they cannot change. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stand_in.h"

#include <errno.h>
#include <sys/resource.h>

#include "torn.h"

struct told {
	unsigned n;
	enum status status;
	char reason[400];
	uint64_t number;
	uint32_t n_hits, n_found;
	struct search_hit hits[WANTED_HITS_MAX];
	const struct pool *pool;
	uint32_t n_hashes; /* UINT32_MAX: none were told */
	uint64_t hashes[8];
};

static void
told_message(void *context, const struct record *record)
{
	(void)context;
	(void)record;
	fail_msg("a search makes no record");
}

static void
told_hits(void *context, const struct pool_outcome *outcome, const struct search_hit *hits,
    uint32_t n_hits, uint32_t n_found)
{
	struct told *told = context;
	const struct block_hashes *hashes = told->pool ? pool_hashes(told->pool) : NULL;

	told->n_hashes = hashes ? hashes->count : UINT32_MAX;
	if (hashes && hashes->count <= 8)
		memcpy(told->hashes, hashes->hashes, hashes->count * sizeof *told->hashes);
	told->n++;
	told->status = outcome->status;
	told->number = outcome->number;
	told->n_hits = n_hits;
	told->n_found = n_found;
	snprintf(told->reason, sizeof told->reason, "%s", outcome->reason);
	memcpy(told->hits, hits, n_hits * sizeof *hits);
}

static struct pool *
pool_telling(serve_main *serving, struct told *told, bool hashes)
{
	struct pool_options options = kit_options(1);
	struct pool *pool;
	char why[200] = "";

	options.hits_done = told_hits;
	options.hash_blocks = hashes;
	pool = serving ? pool_new_serving(&options, serving, told_message, told, why, sizeof why)
		       : pool_new(&options, told_message, told, why, sizeof why);
	if (!pool)
		fail_msg("no pool: %s", why);
	told->pool = pool;
	return pool;
}

static struct pool *
search_pool(serve_main *serving, struct told *told)
{
	return pool_telling(serving, told, false);
}

static struct pool *
hashing_pool(serve_main *serving, struct told *told)
{
	return pool_telling(serving, told, true);
}

static void
search_one(struct pool *pool, uint64_t number, const void *bytes, size_t len)
{
	struct pool_job job = kit_job(number, kit_file(bytes, len), len);

	job.task = TASK_SEARCH;
	assert_true(pool_submit(pool, &job));
	assert_true(pool_drain(pool));
}

static struct wanted *
list_of(const char *needle)
{
	struct wanted *wanted = calloc(1, sizeof *wanted);

	assert_non_null(wanted);
	assert_int_equal(wanted_needle(wanted, slice_str(needle)), 0);
	return wanted;
}

/* Beyond what parsers are given: 300 MB are no matter for a stream. */
static void
a_file_is_searched_to_its_end(void **state)
{
	const uint64_t far = ((uint64_t)300 << 20) + 77;
	struct wanted *wanted = list_of("fragment of a stack");
	struct told told = { .n = 0 };
	struct pool *pool = search_pool(NULL, &told);
	struct pool_job job = kit_job(5, kit_file("x", 1), far + 19);

	(void)state;
	pool_want(pool, wanted);
	assert_int_equal(pwrite(job.fd, "fragment of a stack", 19, (off_t)far), 19);
	job.task = TASK_SEARCH;
	assert_true(pool_submit(pool, &job));
	assert_true(pool_drain(pool));
	assert_int_equal(told.n, 1);
	assert_int_equal(told.number, 5);
	assert_int_equal(told.status, STATUS_EXAMINED);
	assert_int_equal(told.n_hits, 1);
	assert_int_equal(told.hits[0].offset, far);
	pool_free(pool);
	free(wanted);
}

/* Part of a file after the last whole block is no block. */
static void
all_blocks_are_told_when_asked_for(void **state)
{
	unsigned char bytes[3 * TORN_BLOCK + 5];
	struct wanted *wanted = calloc(1, sizeof *wanted);
	struct told told = { .n = 0 };
	struct pool *pool = hashing_pool(NULL, &told);

	(void)state;
	assert_non_null(wanted);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(i / 7);
	pool_want(pool, wanted);
	search_one(pool, 1, bytes, sizeof bytes);
	assert_int_equal(told.n_hashes, 3);
	for (unsigned i = 0; i < 3; i++)
		assert_true(told.hashes[i] == torn_hash(bytes + (size_t)i * TORN_BLOCK));
	search_one(pool, 2, bytes, TORN_BLOCK - 1);
	assert_int_equal(told.n, 2);
	assert_int_equal(told.n_hashes, 0);
	pool_free(pool);
	free(wanted);
}

static void
a_new_list_takes_the_place_of_the_old(void **state)
{
	static const char text[] = "one needle here, other needle there";
	struct wanted *first = list_of("one needle here"), *second = list_of("other needle there");
	struct told told = { .n = 0 };
	struct pool *pool = search_pool(NULL, &told);

	(void)state;
	pool_want(pool, first);
	search_one(pool, 1, text, sizeof text - 1);
	assert_int_equal(told.n_hits, 1);
	assert_int_equal(told.hits[0].offset, 0);
	pool_want(pool, second);
	search_one(pool, 2, text, sizeof text - 1);
	assert_int_equal(told.n_hits, 1);
	assert_int_equal(told.hits[0].offset, 17);
	search_one(pool, 3, "nothing of that", 15);
	assert_int_equal(told.n, 3);
	assert_int_equal(told.n_found, 0);
	assert_int_equal(pool_deaths(pool), 0);
	pool_free(pool);
	free(first);
	free(second);
}

static void
a_list_outlives_its_worker(void **state)
{
	struct wanted *wanted = list_of("one needle here");
	struct told told = { .n = 0 };
	struct pool *pool = search_pool(NULL, &told);

	(void)state;
	pool_want(pool, wanted);
	assert_int_equal(kill(pool_worker_pid(pool, 0), SIGKILL), 0);
	search_one(pool, 1, "there is one needle here", 24);
	assert_int_equal(told.status, STATUS_EXAMINED);
	assert_int_equal(told.n_hits, 1);
	assert_int_equal(told.hits[0].offset, 9);
	assert_int_equal(pool_deaths(pool), 1);
	pool_free(pool);
	free(wanted);
}

static void
a_limit_on_files_is_none_on_searches(void **state)
{
	struct wanted *wanted = list_of("one needle here");
	const struct rlimit small = { .rlim_cur = 4096, .rlim_max = RLIM_INFINITY };
	struct told told = { .n = 0 };
	struct rlimit before;
	struct pool *pool;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	pool = search_pool(NULL, &told);
	pool_want(pool, wanted);
	search_one(pool, 1, "there is one needle here", 24);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(told.n_hits, 1);
	assert_int_equal(told.hits[0].offset, 9);
	pool_free(pool);
	free(wanted);
}

/* ---- lies ---- */

static void
answer(const struct serve_options *options, const struct search_hit *hit, uint32_t n)
{
	struct slot_answer *said = &options->slot->answer;
	struct channel_answer done = { .kind = CHANNEL_DONE };
	struct channel_job job;
	int fd;

	say_ready(options);
	if (!channel_receive_job(options->channel, &job, &fd))
		_exit(0);
	said->job = done.number = job.number;
	said->size = 15;
	said->n_hits = n;
	said->n_found = 1;
	said->hits[0] = *hit;
	channel_send_answer(options->channel, &done);
	for (;;)
		pause();
}

static int
serve_outside(const struct serve_options *options)
{
	answer(options, &(struct search_hit){ .offset = 1 }, 1);
	return 0;
}

static int
serve_unwanted(const struct serve_options *options)
{
	answer(options, &(struct search_hit){ .which = 1 }, 1);
	return 0;
}

static int
serve_countless(const struct serve_options *options)
{
	answer(options, &(struct search_hit){ .which = 0 }, UINT32_MAX);
	return 0;
}

/* Fifteen bytes have no block. */
static int
serve_block(const struct serve_options *options)
{
	options->hashes->count = 1;
	answer(options, &(struct search_hit){ .which = 0 }, 1);
	return 0;
}

static void
blocks_that_cannot_be_are_not_believed(void **state)
{
	struct wanted *wanted = list_of("one needle here");
	struct told told = { .n = 0 };
	struct pool *pool = hashing_pool(serve_block, &told);

	(void)state;
	pool_want(pool, wanted);
	search_one(pool, 1, "one needle here", 15);
	assert_int_equal(told.status, STATUS_FAILED);
	assert_int_equal(told.n_hashes, UINT32_MAX);
	pool_free(pool);
	free(wanted);
}

static void
hits_that_cannot_be_are_not_believed(void **state)
{
	static serve_main *const liars[] = { serve_outside, serve_unwanted, serve_countless };
	struct wanted *wanted = list_of("one needle here");

	(void)state;
	for (size_t i = 0; i < sizeof liars / sizeof *liars; i++) {
		struct told told = { .n = 0 };
		struct pool *pool = search_pool(liars[i], &told);

		pool_want(pool, wanted);
		search_one(pool, 1, "one needle here", 15);
		assert_int_equal(told.n, 1);
		assert_int_equal(told.status, STATUS_FAILED);
		assert_non_null(strstr(told.reason, "no valid record"));
		assert_int_equal(told.n_hits, 0);
		assert_int_equal(pool_deaths(pool), 2);
		pool_free(pool);
	}
	free(wanted);
}

/* It tries to make the list writable; the answer tells whether it could. */
static int
serve_writer(const struct serve_options *options)
{
	void *list = (void *)(uintptr_t)options->wanted;
	const bool could =
	    mprotect(list, sizeof(struct wanted), PROT_READ | PROT_WRITE) == 0 || errno != EACCES;

	answer(options, &(struct search_hit){ .offset = could ? 1 : 0 }, 1);
	return 0;
}

static void
a_worker_cannot_write_to_the_list(void **state)
{
	struct wanted *wanted = list_of("one needle here");
	struct told told = { .n = 0 };
	struct pool *pool = search_pool(serve_writer, &told);

	(void)state;
	pool_want(pool, wanted);
	search_one(pool, 1, "one needle here", 15);
	assert_int_equal(told.status, STATUS_EXAMINED);
	assert_int_equal(told.n_hits, 1);
	pool_free(pool);
	free(wanted);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_searched_to_its_end),
		cmocka_unit_test(all_blocks_are_told_when_asked_for),
		cmocka_unit_test(blocks_that_cannot_be_are_not_believed),
		cmocka_unit_test(a_new_list_takes_the_place_of_the_old),
		cmocka_unit_test(a_list_outlives_its_worker),
		cmocka_unit_test(a_limit_on_files_is_none_on_searches),
		cmocka_unit_test(hits_that_cannot_be_are_not_believed),
		cmocka_unit_test(a_worker_cannot_write_to_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
