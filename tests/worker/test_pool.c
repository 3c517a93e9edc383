/* test_pool.c - files go through real, confined workers and all come back. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "worker/child.h"
#include "worker/examine.h"
#include "worker/sandbox.h"

#define N_FILES 40

static void
every_file_comes_back_once_with_its_own_answer(void **state)
{
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(3);
	struct pool *pool = kit_pool(&options, &kit);
	char subject[40];

	(void)state;
	for (uint64_t i = 0; i < N_FILES; i++)
		assert_true(kit_submit(pool, i));
	assert_true(pool_drain(pool));
	assert_int_equal(kit.n, N_FILES);
	for (uint64_t i = 0; i < N_FILES; i++) {
		const struct record *record = kit_record(&kit, i);

		snprintf(subject, sizeof subject, "number %d", (int)i);
		assert_int_equal(record->status, STATUS_EXAMINED);
		assert_true(slice_eq(record_slice(record, record->subject), subject));
		assert_true(slice_eq(record_slice(record, record->from), "somebody@example.com"));
		assert_int_equal(record->mtime_sec, 1000 + (int64_t)i);
		assert_int_equal(record->mtime_nsec, 5);
	}
	assert_int_equal(pool_deaths(pool), 0);
	pool_free(pool);
	kit_free(&kit);
}

static void
worker_says_what_examining_in_this_process_says(void **state)
{
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(1);
	struct pool *pool = kit_pool(&options, &kit);
	struct examiner *examiner = examiner_new((size_t)1 << 30, NULL, NULL);
	struct record *here = calloc(1, sizeof *here);
	const struct pool_job job =
	    kit_job(0, kit_file(KIT_LETTER, sizeof KIT_LETTER - 1), sizeof KIT_LETTER - 1);

	(void)state;
	assert_non_null(here);
	assert_true(pool_submit(pool, &job));
	assert_true(pool_drain(pool));
	examine_bytes(examiner, slice_str(KIT_LETTER), FOLDER_IN, DIRECTION_IN, here);
	here->mtime_sec = 1000;
	here->mtime_nsec = 5;
	assert_int_equal(kit.records[0]->size, here->size);
	assert_memory_equal(kit.records[0], here, offsetof(struct record, findings));
	assert_memory_equal(
	    kit.records[0]->findings, here->findings, here->n_findings * sizeof here->findings[0]);
	assert_memory_equal(kit.records[0]->pool, here->pool, here->pool_len);
	free(here);
	examiner_free(examiner);
	pool_free(pool);
	kit_free(&kit);
}

/* "Seccomp:\t2" of the worker's status, as text after the colon and blanks. */
static void
status_of(pid_t pid, const char *name, char out[64])
{
	char path[64], line[256];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "re");
	assert_non_null(file);
	out[0] = '\0';
	while (fgets(line, sizeof line, file)) {
		if (strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ':')
			snprintf(out, 64, "%.60s", line + strlen(name) + 2);
	}
	fclose(file);
}

static void
kernel_says_that_workers_are_confined(void **state)
{
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(2);
	struct pool *pool = kit_pool(&options, &kit);
	char text[64];

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		status_of(pool_worker_pid(pool, i), "Seccomp", text);
		assert_string_equal(text, "2\n");
		status_of(pool_worker_pid(pool, i), "NoNewPrivs", text);
		assert_string_equal(text, "1\n");
		status_of(pool_worker_pid(pool, i), "Threads", text);
		assert_string_equal(text, "1\n");
	}
	assert_non_null(strstr(pool_sandbox(pool), "seccomp"));
	assert_non_null(strstr(pool_sandbox(pool), "Landlock"));
	pool_free(pool);
}

/* Not one more than standard input, output, error and the channel: no evidence, no output file. */
static void
worker_inherits_no_descriptor(void **state)
{
	struct kit kit = { .n = 0 };
	const int kept = kit_file("secret", 6), high = fcntl(kept, F_DUPFD, 200);
	const struct pool_options options = kit_options(2);
	struct pool *pool = kit_pool(&options, &kit);
	char path[64];
	int seen = 0;

	(void)state;
	assert_true(high >= 200);
	for (unsigned i = 0; i < 2; i++) {
		const struct dirent *entry;

		snprintf(path, sizeof path, "/proc/%d/fd", (int)pool_worker_pid(pool, i));
		DIR *dir = opendir(path);
		assert_non_null(dir);
		while ((entry = readdir(dir)) != NULL) {
			if (entry->d_name[0] == '.')
				continue;
			seen++;
			assert_true(atoi(entry->d_name) <= SANDBOX_CHANNEL);
		}
		closedir(dir);
	}
	assert_int_equal(seen, 2 * (SANDBOX_CHANNEL + 1));
	close(kept);
	close(high);
	pool_free(pool);
}

static void
no_sandbox_is_said_and_still_examines(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool_options options = kit_options(1);
	char text[64];

	(void)state;
	options.sandbox = false;
	struct pool *pool = kit_pool(&options, &kit);
	status_of(pool_worker_pid(pool, 0), "Seccomp", text);
	assert_string_equal(text, "0\n");
	assert_null(strstr(pool_sandbox(pool), "seccomp"));
	assert_non_null(strstr(pool_sandbox(pool), "--no-sandbox"));
	assert_true(kit_submit(pool, 3));
	assert_true(pool_drain(pool));
	assert_int_equal(kit_record(&kit, 3)->status, STATUS_EXAMINED);
	pool_free(pool);
	kit_free(&kit);
}

static void
file_that_cannot_be_read_fails_with_its_errno(void **state)
{
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(1);
	struct pool *pool = kit_pool(&options, &kit);
	const struct pool_job folder = kit_job(1, open("/", O_RDONLY | O_CLOEXEC), 0);
	const struct pool_job closed = kit_job(2, 999, 0);

	(void)state;
	assert_true(pool_submit(pool, &folder));
	assert_true(pool_submit(pool, &closed));
	assert_true(kit_submit(pool, 3));
	assert_true(pool_drain(pool));
	assert_int_equal(kit_record(&kit, 1)->status, STATUS_FAILED);
	assert_int_equal(kit_record(&kit, 1)->error, EINVAL);
	assert_int_equal(kit_record(&kit, 2)->status, STATUS_FAILED);
	assert_int_equal(kit_record(&kit, 2)->error, EBADF);
	assert_int_equal(kit_record(&kit, 3)->status, STATUS_EXAMINED);
	assert_int_equal(pool_deaths(pool), 0);
	pool_free(pool);
	kit_free(&kit);
}

static void
descriptors_are_closed_when_done(void **state)
{
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(2);
	struct pool *pool = kit_pool(&options, &kit);
	const int lowest = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	close(lowest);
	for (uint64_t i = 0; i < N_FILES; i++)
		assert_true(kit_submit(pool, i));
	assert_true(pool_drain(pool));
	const int again = open("/dev/null", O_RDONLY | O_CLOEXEC);
	assert_int_equal(again, lowest);
	close(again);
	pool_free(pool);
	kit_free(&kit);
}

static void
disabled_rule_finds_nothing(void **state)
{
	static const char text[] =
	    "From: a@example.com\r\nContent-Type: text/plain; charset=\"\"\r\n"
	    "Content-Type: multipart/mixed\r\n\r\nbody\r\n";
	struct kit kit = { .n = 0 };
	struct pool_options options = kit_options(1);
	size_t n_rules;
	bool *disabled;

	(void)state;
	rules_all(&n_rules);
	disabled = calloc(n_rules, sizeof *disabled);
	assert_non_null(disabled);
	for (int round = 0; round < 2; round++) {
		memset(disabled, round, n_rules);
		options.disabled = disabled;
		struct pool *pool = kit_pool(&options, &kit);
		const struct pool_job job =
		    kit_job((uint64_t)round, kit_file(text, sizeof text), sizeof text);
		assert_true(pool_submit(pool, &job));
		assert_true(pool_drain(pool));
		pool_free(pool);
	}
	assert_true(kit_record(&kit, 0)->n_findings_total > 0);
	assert_int_equal(kit_record(&kit, 1)->n_findings_total, 0);
	free(disabled);
	kit_free(&kit);
}

static void
worker_that_served_long_or_grew_is_worn(void **state)
{
	struct child child = { .pid = 1, .files = 19999, .birth_kib = 300000, .peak_kib = 562144 };

	(void)state;
	assert_false(child_is_worn(&child));
	child.peak_kib++;
	assert_true(child_is_worn(&child));
	child.peak_kib = 1000;
	assert_false(child_is_worn(&child));
	child.files++;
	assert_true(child_is_worn(&child));
}

/* A file that fills the buffer makes its worker worn; the next file meets another process, and no
 * death. */
static void
worn_worker_is_replaced_without_a_death(void **state)
{
	struct kit kit = { .n = 0 };
	struct pool_options options = kit_options(1);
	const int fd = kit_file("x", 1);

	(void)state;
	if (SANDBOX_SANITIZED)
		skip();
	options.time_base_ms = 60000;
	struct pool *pool = kit_pool(&options, &kit);
	const pid_t before = pool_worker_pid(pool, 0);
	assert_int_equal(ftruncate(fd, (off_t)300 << 20), 0);
	const struct pool_job job = kit_job(0, fd, (uint64_t)300 << 20);
	assert_true(pool_submit(pool, &job));
	assert_true(kit_submit(pool, 1));
	assert_true(pool_drain(pool));
	assert_int_equal(kit_record(&kit, 0)->status, STATUS_PARTIAL);
	assert_int_equal(kit_record(&kit, 0)->file_size, (uint64_t)300 << 20);
	assert_int_equal(kit_record(&kit, 1)->status, STATUS_EXAMINED);
	assert_true(pool_worker_pid(pool, 0) != before);
	assert_int_equal(pool_deaths(pool), 0);
	pool_free(pool);
	kit_free(&kit);
}

static void
pool_without_workers_is_refused(void **state)
{
	struct kit kit = { .n = 0 };
	const struct pool_options options = kit_options(0);
	char why[100] = "";

	(void)state;
	assert_null(pool_new(&options, kit_done, &kit, why, sizeof why));
	assert_true(why[0] != '\0');
	pool_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_comes_back_once_with_its_own_answer),
		cmocka_unit_test(worker_says_what_examining_in_this_process_says),
		cmocka_unit_test(kernel_says_that_workers_are_confined),
		cmocka_unit_test(worker_inherits_no_descriptor),
		cmocka_unit_test(no_sandbox_is_said_and_still_examines),
		cmocka_unit_test(file_that_cannot_be_read_fails_with_its_errno),
		cmocka_unit_test(descriptors_are_closed_when_done),
		cmocka_unit_test(disabled_rule_finds_nothing),
		cmocka_unit_test(worker_that_served_long_or_grew_is_worn),
		cmocka_unit_test(worn_worker_is_replaced_without_a_death),
		cmocka_unit_test(pool_without_workers_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
