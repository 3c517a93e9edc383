/* test_logs.c - logs in confined workers: read, not read, and readers that die over them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stand_in.h"

#include <openssl/evp.h>

#include "mkspool/samples.h"

static const enum log_kind kinds[SAMPLE_COUNT] = {
	[SAMPLE_EVT] = LOG_EVT,
	[SAMPLE_EXPORT] = LOG_EVENT_TEXT,
	[SAMPLE_DRWATSON] = LOG_DRWATSON,
	[SAMPLE_COPY] = LOG_COPY,
	[SAMPLE_SMTP] = LOG_SMTP,
	[SAMPLE_TRACKING] = LOG_TRACKING,
};

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

static void
told_message(void *context, const struct record *record)
{
	(void)context;
	(void)record;
	fail_msg("a log is no message");
}

static void
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

static struct pool *
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

static void
submit(struct pool *pool, uint64_t number, const char *name, const void *bytes, size_t len)
{
	struct pool_job job = kit_job(number, kit_file(bytes, len), len);

	job.task = TASK_LOG;
	job.name = slice_str(name);
	assert_true(pool_submit(pool, &job));
}

/* One log alone. */
static void
read_one(struct pool *pool, uint64_t number, const char *name, const void *bytes, size_t len)
{
	submit(pool, number, name, bytes, len);
	assert_true(pool_drain(pool));
}

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
		assert_int_equal(told.kind, kinds[i]);
		assert_int_equal(told.size, len);
		assert_non_null(told.evidence);
		assert_int_equal(told.evidence->log, kinds[i]);
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

/* ---- deaths ---- */

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
	submit(pool, 1, "robocopy.log", bytes, len);
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

/* The job, which is a log's; its descriptor is left open. */
static struct channel_job
take_log_job(const struct serve_options *options)
{
	struct channel_job job;
	int fd;

	say_ready(options);
	if (!channel_receive_job(options->channel, &job, &fd))
		_exit(0);
	if (job.task != TASK_LOG || job.name_len != 5 || memcmp(job.name, "a.log", 5) != 0)
		_exit(3);
	return job;
}

static int
serve_crash(const struct serve_options *options)
{
	take_log_job(options);
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
	return 0;
}

static int
serve_hang(const struct serve_options *options)
{
	take_log_job(options);
	for (;;)
		pause();
	return 0;
}

static int
serve_spin(const struct serve_options *options)
{
	take_log_job(options);
	raise(SIGPROF);
	return 0;
}

static void
both_tries_fail(serve_main *serving, const char *reason)
{
	struct told told = { .n = 0 };
	struct pool *pool = log_pool(serving, &told, 10);

	read_one(pool, 9, "a.log", "ROBOCOPY", 8);
	assert_int_equal(told.n, 1);
	assert_int_equal(told.number, 9);
	assert_int_equal(told.status, STATUS_FAILED);
	assert_string_equal(told.reason, reason);
	assert_int_equal(told.kind, LOG_UNKNOWN);
	assert_null(told.evidence);
	assert_false(told.has_sha256);
	assert_int_equal(pool_deaths(pool), 2);
	pool_free(pool);
}

static void
a_log_over_which_two_readers_die_has_failed(void **state)
{
	(void)state;
	both_tries_fail(serve_crash, "a parser process died (signal SIGSEGV), and again on the "
				     "second try (signal SIGSEGV)");
	both_tries_fail(serve_spin,
	    "a parser process ran out of time (over 10 ms of CPU time), and "
	    "again on the second try (over 10 ms of CPU time)");
}

static void
a_log_that_hangs_both_readers_has_failed(void **state)
{
	(void)state;
	both_tries_fail(serve_hang, "a parser process ran out of time (no answer in 5100 ms), and "
				    "again on the second try (no answer in 5100 ms)");
}

/* ---- lies ---- */

/* Evidence of one item, as good as it gets, and the answer to it. */
static struct evidence *
fill_well(const struct serve_options *options, const struct channel_job *job)
{
	struct slot_answer *answer = &options->slot->answer;

	evidence_clear(options->evidence, job->number);
	options->evidence->log = LOG_COPY;
	options->evidence->log_size = 8;
	options->evidence->n_items = 1;
	options->evidence->met[EVIDENCE_COPY_FAILED] = 1;
	evidence_item_clear(&options->evidence->items[0], EVIDENCE_COPY_FAILED);
	answer->job = job->number;
	answer->size = 8;
	answer->kind = LOG_COPY;
	return options->evidence;
}

static void
say_done(const struct serve_options *options, const struct channel_job *job)
{
	const struct channel_answer done = { .number = job->number, .kind = CHANNEL_DONE };

	channel_send_answer(options->channel, &done);
	for (;;)
		pause();
}

static int
serve_well(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job);
	say_done(options, &job);
	return 0;
}

static int
serve_bad_item(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job)->items[0].spool.offset = 60000;
	say_done(options, &job);
	return 0;
}

static int
serve_many_items(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job)->n_items = UINT32_MAX;
	say_done(options, &job);
	return 0;
}

static int
serve_many_names(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job)->n_names = UINT32_MAX;
	options->evidence->n_names_met = UINT64_MAX;
	say_done(options, &job);
	return 0;
}

static int
serve_other_kind(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job)->log = LOG_EVT;
	say_done(options, &job);
	return 0;
}

static int
serve_other_job(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job);
	options->slot->answer.job++;
	say_done(options, &job);
	return 0;
}

static int
serve_wild_kind(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	fill_well(options, &job);
	options->slot->answer.kind = 4711;
	say_done(options, &job);
	return 0;
}

static int
serve_no_evidence(const struct serve_options *options)
{
	const struct channel_job job = take_log_job(options);

	options->slot->answer.job = job.number;
	options->slot->answer.kind = LOG_COPY;
	options->slot->answer.size = 8;
	say_done(options, &job);
	return 0;
}

static void
lies_about_a_log_are_not_believed(void **state)
{
	static serve_main *const liars[] = { serve_bad_item, serve_many_items, serve_many_names,
		serve_other_kind, serve_other_job, serve_wild_kind, serve_no_evidence };
	struct told told = { .n = 0 };
	struct pool *pool = log_pool(serve_well, &told, 1000);

	(void)state;
	read_one(pool, 9, "a.log", "ROBOCOPY", 8);
	assert_int_equal(told.status, STATUS_EXAMINED);
	assert_non_null(told.evidence);
	pool_free(pool);
	free(told.evidence);
	for (size_t i = 0; i < sizeof liars / sizeof *liars; i++)
		both_tries_fail(liars[i], "a parser process died (its answer was no valid record), "
					  "and again on the second try (its answer was no valid "
					  "record)");
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
		cmocka_unit_test(a_log_over_which_two_readers_die_has_failed),
		cmocka_unit_test(a_log_that_hangs_both_readers_has_failed),
		cmocka_unit_test(lies_about_a_log_are_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
