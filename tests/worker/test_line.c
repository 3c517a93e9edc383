/* test_line.c - many messages before one worker: each is answered once, and a death is that of the one in hand. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stand_in.h"

#include "worker/pool_private.h"

#define FILES 60u
#define DEADLY 23u /* its number */

static void
write_good(struct slot *slot, const struct channel_job *job)
{
	struct record *record = slot_record(slot, job->place);

	memset(record, 0, offsetof(struct record, findings));
	record->magic = RECORD_MAGIC;
	record->job = job->number;
	record->size = (uint32_t)record_packed_size(record);
}

static void
say_done(const struct serve_options *options, uint64_t number, uint64_t n_done)
{
	const struct channel_answer done = {
		.kind = CHANNEL_DONE, .number = number, .n_done = n_done
	};

	channel_send_answer(options->channel, &done);
}

/* What a stand-in does wrong, and at which job. */
enum vice { VICE_NONE, VICE_DIE, VICE_COUNT, VICE_NO_RECORD, VICE_UNSAID };

/* As a worker works: answers when there is no job yet, or eight are done. */
static int
serve_line(const struct serve_options *options, enum vice vice)
{
	struct channel_job job = { .number = 0 };
	uint64_t n_done = 0, last;
	int fd;

	say_ready(options);
	for (;;) {
		last = job.number;
		if (vice == VICE_UNSAID && last >= DEADLY - 7 && last < DEADLY && n_done > 0) {
			if (!channel_receive_job(options->channel, &job, &fd))
				return 0;
		} else if (n_done == 0 || n_done >= 8 ||
			   !channel_receive_next_job(options->channel, &job, &fd)) {
			if (n_done > 0)
				say_done(options, last, n_done);
			n_done = 0;
			if (!channel_receive_job(options->channel, &job, &fd))
				return 0;
		}
		close(fd);
		options->slot->in_hand = slot_job_mark(job.number);
		if (vice == VICE_DIE && job.number == DEADLY)
			return 1;
		if (vice != VICE_NO_RECORD || job.number != DEADLY)
			write_good(options->slot, &job);
		if (vice == VICE_COUNT && job.number == DEADLY) {
			say_done(options, job.number, n_done + 100);
			pause();
		}
		n_done++;
		/* The last eight are done, none is told. */
		if (vice == VICE_UNSAID && job.number == DEADLY && n_done > 1)
			return 1;
	}
}

static int
serve_well(const struct serve_options *options)
{
	return serve_line(options, VICE_NONE);
}

static int
serve_death(const struct serve_options *options)
{
	return serve_line(options, VICE_DIE);
}

static int
serve_count(const struct serve_options *options)
{
	return serve_line(options, VICE_COUNT);
}

static int
serve_no_record(const struct serve_options *options)
{
	return serve_line(options, VICE_NO_RECORD);
}

static int
serve_unsaid(const struct serve_options *options)
{
	return serve_line(options, VICE_UNSAID);
}

/* All files through workers of that kind, many before each; returns how many processes died. */
static uint64_t
run(serve_main *serving, unsigned jobs, struct kit *kit)
{
	struct pool *pool = pool_of(serving, kit, jobs);
	uint64_t deaths;

	pool->depth = SLOT_RECORDS;
	for (uint64_t number = 0; number < FILES; number++)
		assert_true(kit_submit(pool, number));
	assert_true(pool_drain(pool));
	deaths = pool_deaths(pool);
	pool_free(pool);
	assert_int_equal(kit->n, FILES);
	return deaths;
}

/* Every number once, and a finding of that rule with none but the deadly one. */
static void
assert_only_the_deadly_one(struct kit *kit, const char *rule)
{
	for (uint64_t number = 0; number < FILES; number++) {
		const struct record *record = kit_record(kit, number);

		assert_non_null(record);
		if (number == DEADLY)
			assert_non_null(kit_finding(record, rule));
		else
			assert_int_equal(record->n_findings, 0);
	}
}

static void
each_of_a_line_is_answered_once(void **state)
{
	(void)state;
	for (unsigned jobs = 1; jobs <= 3; jobs++) {
		struct kit kit = { .n = 0 };

		assert_int_equal(run(serve_well, jobs, &kit), 0);
		for (uint64_t number = 0; number < FILES; number++)
			assert_int_equal(kit_record(&kit, number)->status, STATUS_EXAMINED);
		kit_free(&kit);
	}
}

static void
death_in_a_line_is_that_of_the_file_in_hand(void **state)
{
	(void)state;
	for (unsigned jobs = 1; jobs <= 2; jobs++) {
		struct kit kit = { .n = 0 };

		assert_int_equal(run(serve_death, jobs, &kit), 2);
		assert_only_the_deadly_one(&kit, "parser-crashed");
		kit_free(&kit);
	}
}

static void
answer_about_more_files_than_were_given_is_none(void **state)
{
	struct kit kit = { .n = 0 };

	(void)state;
	assert_int_equal(run(serve_count, 1, &kit), 2);
	assert_only_the_deadly_one(&kit, "parser-crashed");
	kit_free(&kit);
}

static void
missing_record_in_a_line_is_the_fault_of_its_file_alone(void **state)
{
	struct kit kit = { .n = 0 };

	(void)state;
	assert_int_equal(run(serve_no_record, 1, &kit), 2);
	assert_only_the_deadly_one(&kit, "parser-crashed");
	kit_free(&kit);
}

/* The first process died behind the deadly file, the second, which had it alone, lived: a death at the
 * first try is told of the file in hand, and none of those before it, though none had been told. */
static void
files_done_before_a_death_are_done(void **state)
{
	struct kit kit = { .n = 0 };

	(void)state;
	assert_int_equal(run(serve_unsaid, 1, &kit), 1);
	assert_only_the_deadly_one(&kit, "parser-crashed");
	assert_int_equal(kit_record(&kit, DEADLY)->status, STATUS_EXAMINED);
	kit_free(&kit);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_of_a_line_is_answered_once),
		cmocka_unit_test(death_in_a_line_is_that_of_the_file_in_hand),
		cmocka_unit_test(answer_about_more_files_than_were_given_is_none),
		cmocka_unit_test(missing_record_in_a_line_is_the_fault_of_its_file_alone),
		cmocka_unit_test(files_done_before_a_death_are_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
