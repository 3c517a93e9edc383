/* test_lies.c - what the parent believes of workers that lie. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stand_in.h"

#include <sys/socket.h>

static void
say_done(const struct serve_options *options, uint64_t number)
{
	const struct channel_answer done = { .kind = CHANNEL_DONE, .number = number };

	channel_send_answer(options->channel, &done);
}

/* A record that would be believed. */
static void
write_good(struct record *record, uint64_t job)
{
	memset(record, 0, sizeof *record);
	record->magic = RECORD_MAGIC;
	record->job = job;
	record->size = (uint32_t)record_packed_size(record);
}

static int
serve_honestly(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	while (channel_receive_job(options->channel, &job, &fd)) {
		close(fd);
		write_good(&options->slot->record, job.number);
		say_done(options, job.number);
	}
	return 0;
}

/* The number of a job for which a good record stands ready: what the liar does next is all that is
 * wrong. */
static uint64_t
take_job(const struct serve_options *options)
{
	struct channel_job job = { .number = 0 };
	int fd;

	say_ready(options);
	channel_receive_job(options->channel, &job, &fd);
	write_good(&options->slot->record, job.number);
	return job.number;
}

static int
serve_garbage(const struct serve_options *options)
{
	take_job(options);
	send(options->channel, "garbage", 7, MSG_NOSIGNAL);
	pause();
	return 0;
}

static int
serve_flood(const struct serve_options *options)
{
	static const char flood[5000];

	take_job(options);
	send(options->channel, flood, sizeof flood, MSG_NOSIGNAL);
	pause();
	return 0;
}

static int
serve_wrong_number(const struct serve_options *options)
{
	const uint64_t number = take_job(options);

	say_done(options, number + 1);
	pause();
	return 0;
}

static int
serve_record_of_another_job(const struct serve_options *options)
{
	const uint64_t number = take_job(options);

	write_good(&options->slot->record, number + 1);
	say_done(options, number);
	pause();
	return 0;
}

static int
serve_ready_again(const struct serve_options *options)
{
	take_job(options);
	say_ready(options);
	pause();
	return 0;
}

static int
serve_half_a_record(const struct serve_options *options)
{
	const uint64_t number = take_job(options);

	memset((char *)&options->slot->record + 64, 0xff, sizeof options->slot->record - 64);
	say_done(options, number);
	pause();
	return 0;
}

static int
serve_unknown_rule(const struct serve_options *options)
{
	struct record *record = &options->slot->record;
	const uint64_t number = take_job(options);

	record->n_findings = 1;
	record->n_findings_total = 1;
	record->findings[0].rule = UINT16_MAX;
	record->findings[0].offset = OFFSET_NONE;
	record->size = (uint32_t)record_packed_size(record);
	say_done(options, number);
	pause();
	return 0;
}

static int
serve_nothing(const struct serve_options *options)
{
	const uint64_t number = take_job(options);

	memset(&options->slot->record, 0, sizeof options->slot->record);
	say_done(options, number);
	pause();
	return 0;
}

static const struct liar {
	const char *name;
	serve_main *serving;
} liars[] = {
	{ "garbage", serve_garbage },
	{ "a flood", serve_flood },
	{ "a wrong number", serve_wrong_number },
	{ "the record of another job", serve_record_of_another_job },
	{ "ready once more", serve_ready_again },
	{ "half a record", serve_half_a_record },
	{ "an unknown rule", serve_unknown_rule },
	{ "nothing", serve_nothing },
};

static void
liar_is_not_believed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof liars / sizeof liars[0]; i++) {
		struct kit kit = { .n = 0 };
		struct pool *pool = pool_of(liars[i].serving, &kit, 1);

		assert_true(kit_submit(pool, 0));
		assert_true(pool_drain(pool));
		const struct finding *finding = kit_finding(kit_record(&kit, 0), "parser-crashed");
		if (!finding || !strstr(finding->detail, "no valid record"))
			fail_msg("believed: %s", liars[i].name);
		assert_int_equal(kit_record(&kit, 0)->status, STATUS_FAILED);
		assert_int_equal(pool_deaths(pool), 2);
		pool_free(pool);
		kit_free(&kit);
	}
}

/* Dies at the first try; its successor answers, with a count that one more would make wrap. */
static int
serve_death_then_countless(const struct serve_options *options)
{
	struct record *record = &options->slot->record;
	const bool again = record->error == 4711;
	const uint64_t number = take_job(options);

	if (!again) {
		record->error = 4711;
		return 1;
	}
	record->n_findings_total = UINT32_MAX;
	say_done(options, number);
	pause();
	return 0;
}

static void
death_told_beside_countless_findings_leaves_the_record_valid(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool *pool = pool_of(serve_death_then_countless, &kit, 1);
	const struct record *record;

	(void)state;
	assert_true(kit_submit(pool, 0));
	assert_true(pool_drain(pool));
	record = kit_record(&kit, 0);
	assert_non_null(kit_finding(record, "parser-crashed"));
	assert_true(record->n_findings_total == UINT32_MAX);
	assert_true(record_valid(record, 0, 1000));
	pool_free(pool);
	kit_free(&kit);
}

/* Without this, the test of the liars could pass because nobody is believed. */
static void
honest_stand_in_is_believed(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool *pool = pool_of(serve_honestly, &kit, 1);

	(void)state;
	assert_true(kit_submit(pool, 0));
	assert_true(kit_submit(pool, 1));
	assert_true(pool_drain(pool));
	assert_int_equal(kit_record(&kit, 0)->status, STATUS_EXAMINED);
	assert_int_equal(kit_record(&kit, 1)->status, STATUS_EXAMINED);
	assert_int_equal(pool_deaths(pool), 0);
	pool_free(pool);
	kit_free(&kit);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(honest_stand_in_is_believed),
		cmocka_unit_test(liar_is_not_believed),
		cmocka_unit_test(death_told_beside_countless_findings_leaves_the_record_valid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
