/* test_search.c - the second pass: which files it searches, and which it leaves. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/keep.h"
#include "cli/search.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

#define N_FILES 40

/* A tree of loose messages, what it was collected into, and what a search of it found. */
struct bench {
	char path[64];
	struct options options;
	struct collect collect;
	struct keep keep; /* of no case */
	unsigned n_told;
	bool told[N_FILES];
	uint64_t numbers[N_FILES];
	uint64_t offset; /* of the hit told last */
};

static void
write_file(const struct bench *bench, unsigned i, const char *more)
{
	char path[128], text[2000];
	FILE *file;

	snprintf(path, sizeof path, "%s/G1X4TK%02u", bench->path, i);
	snprintf(text, sizeof text, "From: a@example.org\r\nSubject: %u\r\n\r\n%s\r\n", i, more);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static struct bench *
bench_new(unsigned jobs)
{
	struct bench *bench = calloc(1, sizeof *bench);
	struct ranking_options ranking = { .exchange = RELEASE_UNKNOWN };
	const struct pool_options pool = { .jobs = jobs,
		.time_base_ms = 5000,
		.time_per_mb_ms = 1000,
		.memory_mib = 1024,
		.sandbox = true,
		.hits_done = search_done };
	char why[200];

	assert_non_null(bench);
	snprintf(bench->path, sizeof bench->path, "/tmp/imcscan-search-XXXXXX");
	assert_non_null(mkdtemp(bench->path));
	for (unsigned i = 0; i < N_FILES; i++)
		write_file(bench, i, i % 10 == 3 ? "it holds THE FRAGMENT of a stack" : "nothing");
	bench->options.no_evidence = true;
	bench->collect =
	    (struct collect){ .options = &bench->options, .prefix = "", .keep = &bench->keep };
	ranking.rules = rules_all(&ranking.n_rules);
	bench->collect.ranking = ranking_new(&ranking, spill_new(NULL));
	bench->collect.pool = pool_new(&pool, collect_done, &bench->collect, why, sizeof why);
	assert_non_null(bench->collect.ranking);
	assert_non_null(bench->collect.pool);
	assert_true(collect_path(&bench->collect, bench->path, true));
	assert_true(collect_finish(&bench->collect));
	return bench;
}

static void
bench_free(struct bench *bench)
{
	char path[128];

	for (unsigned i = 0; i < N_FILES; i++) {
		snprintf(path, sizeof path, "%s/G1X4TK%02u", bench->path, i);
		(void)unlink(path);
	}
	assert_int_equal(rmdir(bench->path), 0);
	pool_free(bench->collect.pool);
	ranking_free(bench->collect.ranking);
	collect_free(&bench->collect);
	free(bench);
}

static void
note_hit(void *context, const struct ranked_file *file, uint64_t number,
    const struct search_hit *hits, uint32_t n_hits, uint32_t n_found)
{
	struct bench *bench = context;
	unsigned which;

	assert_int_equal(file->path.len, 8);
	which = (unsigned)(file->path.data[6] - '0') * 10 + (file->path.data[7] - '0');
	assert_true(which < N_FILES);
	assert_false(bench->told[which]);
	assert_int_equal(n_hits, 1);
	assert_int_equal(n_found, 1);
	bench->told[which] = true;
	bench->numbers[which] = number;
	bench->offset = hits[0].offset;
	bench->n_told++;
}

static struct searched
search_for(struct bench *bench, const char *needle)
{
	struct wanted *wanted = calloc(1, sizeof *wanted);
	const char *const paths[] = { bench->path };
	struct searched result;

	assert_non_null(wanted);
	assert_int_equal(wanted_needle(wanted, slice_str(needle)), 0);
	bench->n_told = 0;
	memset(bench->told, 0, sizeof bench->told);
	assert_true(
	    collect_search(&bench->collect, paths, 1, wanted, note_hit, NULL, bench, &result));
	free(wanted);
	return result;
}

static void
every_file_that_holds_it_is_told_once(void **state)
{
	for (unsigned jobs = 1; jobs <= 3; jobs += 2) {
		struct bench *bench = bench_new(jobs);
		const struct searched result = search_for(bench, "THE FRAGMENT");
		bool number_met[N_FILES] = { false };

		(void)state;
		assert_int_equal(result.n_searched, N_FILES);
		assert_int_equal(result.n_left, 0);
		assert_int_equal(result.n_failed, 0);
		assert_int_equal(bench->n_told, 4);
		for (unsigned i = 3; i < N_FILES; i += 10) {
			assert_true(bench->told[i]);
			assert_true(bench->numbers[i] < N_FILES);
			assert_false(number_met[bench->numbers[i]]);
			number_met[bench->numbers[i]] = true;
		}
		assert_int_equal(search_for(bench, "nobody wrote this").n_searched, N_FILES);
		assert_int_equal(bench->n_told, 0);
		bench_free(bench);
	}
}

/* What is other than it was when it was examined proves nothing about it. */
static void
files_that_changed_since_are_left(void **state)
{
	struct bench *bench = bench_new(2);
	char path[128];
	struct searched result;

	(void)state;
	write_file(bench, 3, "THE FRAGMENT and some more bytes that make it longer");
	snprintf(path, sizeof path, "%s/G1X4TK13", bench->path);
	assert_int_equal(unlink(path), 0);
	snprintf(path, sizeof path, "%s/G1X4TK23", bench->path);
	assert_int_equal(utimensat(AT_FDCWD, path,
			     (const struct timespec[2]){ { .tv_sec = 1 }, { .tv_sec = 1 } }, 0),
	    0);
	result = search_for(bench, "THE FRAGMENT");
	assert_int_equal(result.n_left, 3);
	assert_int_equal(result.n_searched, N_FILES - 3);
	assert_int_equal(bench->n_told, 1);
	assert_true(bench->told[33]);
	bench_free(bench);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_that_holds_it_is_told_once),
		cmocka_unit_test(files_that_changed_since_are_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
