/* test_description_pool.c - what the pool asks of its workers as descriptions, and believes. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stand_in.h"

#include "worker/examine.h"

struct seen {
	struct pool *pool;
	unsigned n, n_described;
	bool crashed;
};

static void
done(void *context, const struct record *record)
{
	struct seen *seen = context;

	seen->n++;
	seen->n_described += pool_description(seen->pool) != NULL;
	seen->crashed |= kit_finding(record, "parser-crashed") != NULL;
}

static struct pool *
start(serve_main *serving, struct seen *seen, bool describe)
{
	struct pool_options options = kit_options(1);
	char why[200] = "";

	options.describe = describe;
	seen->pool = pool_new_serving(&options, serving, done, seen, why, sizeof why);
	if (!seen->pool)
		fail_msg("no pool: %s", why);
	return seen->pool;
}

static void
confined_worker_describes_each_file_when_asked(void **state)
{
	(void)state;
	for (int describe = 0; describe <= 1; describe++) {
		struct seen seen = { .n = 0 };
		struct pool *pool = start(serve, &seen, describe);

		assert_true(kit_submit(pool, 0) && kit_submit(pool, 1) && pool_drain(pool));
		assert_int_equal(seen.n, 2);
		assert_int_equal(seen.n_described, describe ? 2 : 0);
		assert_null(pool_description(pool));
		assert_int_equal(pool_deaths(pool), 0);
		pool_free(pool);
	}
}

/* A good record, and beside it whatever `spoil` makes of a good description. */
static int
serve_lie(const struct serve_options *options, void (*spoil)(struct description *description))
{
	struct channel_job job = { .number = 0 };
	struct record *record = &options->slot->record;
	struct channel_answer answer = { .kind = CHANNEL_DONE };
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	memset(record, 0, sizeof *record);
	record->magic = RECORD_MAGIC;
	record->job = answer.number = job.number;
	record->size = (uint32_t)record_packed_size(record);
	description_start(options->description, job.number, 0);
	spoil(options->description);
	channel_send_answer(options->channel, &answer);
	pause();
	return 0;
}

static void
spoil_nothing(struct description *description)
{
	(void)description;
}

static void
spoil_counts(struct description *description)
{
	description->n_rows = UINT32_MAX;
}

static void
spoil_job(struct description *description)
{
	description->job++;
}

static void
spoil_all(struct description *description)
{
	memset(description, 0, sizeof *description);
}

static int
serve_truth(const struct serve_options *options)
{
	return serve_lie(options, spoil_nothing);
}

static int
serve_counts(const struct serve_options *options)
{
	return serve_lie(options, spoil_counts);
}

static int
serve_other_job(const struct serve_options *options)
{
	return serve_lie(options, spoil_job);
}

static int
serve_none(const struct serve_options *options)
{
	return serve_lie(options, spoil_all);
}

static void
description_that_lies_counts_as_a_crash(void **state)
{
	static serve_main *const liars[] = { serve_counts, serve_other_job, serve_none };

	(void)state;
	for (size_t i = 0; i < sizeof liars / sizeof liars[0]; i++) {
		struct seen seen = { .n = 0 };
		struct pool *pool = start(liars[i], &seen, true);

		assert_true(kit_submit(pool, 0) && pool_drain(pool));
		assert_int_equal(seen.n, 1);
		assert_int_equal(seen.n_described, 0);
		assert_true(seen.crashed);
		pool_free(pool);
	}
}

static void
description_that_fits_its_record_is_believed(void **state)
{
	struct seen seen = { .n = 0 };
	struct pool *pool = start(serve_truth, &seen, true);

	(void)state;
	assert_true(kit_submit(pool, 0) && pool_drain(pool));
	assert_int_equal(seen.n_described, 1);
	assert_false(seen.crashed);
	pool_free(pool);
}

/* The workers are forked from this process, and load nothing any more. */
static int
warm_up(void **state)
{
	(void)state;
	return examine_warm() ? -1 : 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(confined_worker_describes_each_file_when_asked),
		cmocka_unit_test(description_that_lies_counts_as_a_crash),
		cmocka_unit_test(description_that_fits_its_record_is_believed),
	};

	return cmocka_run_group_tests(tests, warm_up, NULL);
}
