/* test_spill.c - what goes into the spill comes out again, and nothing is left on disk. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "casefile/spill.h"

/* Byte k of entry i. */
static unsigned char
byte_of(size_t i, size_t k)
{
	return (unsigned char)(i * 31 + k * 7);
}

/* Lengths around every edge: nothing, small, larger than the write buffer. */
static size_t
len_of(size_t i)
{
	static const size_t lens[] = { 0, 1, 17, 4096, 70000, 262144, 262145, 900000 };

	return lens[i % (sizeof lens / sizeof lens[0])];
}

static void
round_trip(struct spill *spill)
{
	enum { N = 40 };
	uint64_t offsets[N];
	unsigned char *bytes = malloc(900000);

	assert_non_null(spill);
	for (size_t i = 0; i < N; i++) {
		const size_t len = len_of(i), half = len / 2;

		for (size_t k = 0; k < len; k++)
			bytes[k] = byte_of(i, k);
		const struct slice pieces[] = { slice_of(bytes, half), slice_of(NULL, 0),
			slice_of(bytes + half, len - half) };
		assert_true(spill_add(spill, pieces, 3, &offsets[i]));
	}
	for (size_t n = 0; n < N; n++) {
		const size_t i = (n * 17) % N; /* out of order */
		struct slice got;

		assert_true(spill_get(spill, offsets[i], &got));
		assert_int_equal(got.len, len_of(i));
		for (size_t k = 0; k < got.len; k++) {
			if (got.data[k] != byte_of(i, k))
				fail_msg("entry %zu differs at byte %zu", i, k);
		}
	}
	free(bytes);
	spill_free(spill);
}

static void
entries_come_back_from_a_file(void **state)
{
	(void)state;
	round_trip(spill_new("/tmp"));
}

static void
entries_come_back_from_memory(void **state)
{
	(void)state;
	round_trip(spill_new(NULL));
}

static void
entries_may_be_read_between_writes(void **state)
{
	struct spill *spill = spill_new("/tmp");
	uint64_t first, second;
	struct slice got, text = slice_str("one"), more = slice_str("two and a half");

	(void)state;
	assert_true(spill_add(spill, &text, 1, &first));
	assert_true(spill_get(spill, first, &got));
	assert_true(slice_eq(got, "one"));
	assert_true(spill_add(spill, &more, 1, &second));
	assert_true(spill_get(spill, second, &got));
	assert_true(slice_eq(got, "two and a half"));
	assert_true(spill_get(spill, first, &got));
	assert_true(slice_eq(got, "one"));
	spill_free(spill);
}

static size_t
names_in(const char *path)
{
	DIR *dir = opendir(path);
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

static void
no_name_is_ever_seen_in_the_folder(void **state)
{
	char path[] = "/tmp/imc-spill-XXXXXX";
	struct slice text = slice_str("x");
	struct spill *spill;
	uint64_t offset;

	(void)state;
	assert_non_null(mkdtemp(path));
	spill = spill_new(path);
	assert_non_null(spill);
	assert_true(spill_add(spill, &text, 1, &offset));
	assert_int_equal(names_in(path), 2); /* . and .. */
	spill_free(spill);
	assert_int_equal(rmdir(path), 0);
}

static void
a_folder_that_is_not_there_is_an_error(void **state)
{
	(void)state;
	assert_null(spill_new("/nonexistent/folder"));
	assert_int_equal(errno, ENOENT);
}

/* A file size limit stands for the full disk: both end the write early. */
static void
a_full_disk_is_a_lasting_error(void **state)
{
	const struct rlimit small = { 100000, RLIM_INFINITY };
	struct rlimit before;
	struct spill *spill = spill_new("/tmp");
	unsigned char *bytes = calloc(1, 300000);
	struct slice large = slice_of(bytes, 300000), text = slice_str("x"), got;
	uint64_t offset = 42;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_false(spill_add(spill, &large, 1, &offset));
	assert_int_equal(errno, EFBIG);
	assert_int_equal(offset, 42);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_false(spill_add(spill, &text, 1, &offset));
	assert_int_equal(errno, EFBIG);
	assert_false(spill_get(spill, 0, &got));
	free(bytes);
	spill_free(spill);
}

static void
an_entry_over_the_limit_is_refused(void **state)
{
	static const unsigned char byte = 0;
	struct spill *spill = spill_new(NULL);
	/* Never read: the length alone is refused. */
	const struct slice pieces[] = { slice_of(&byte, 1), slice_of(&byte, SPILL_ENTRY_MAX) };
	uint64_t offset;

	(void)state;
	assert_false(spill_add(spill, pieces, 2, &offset));
	assert_int_equal(errno, EFBIG);
	spill_free(spill);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_come_back_from_a_file),
		cmocka_unit_test(entries_come_back_from_memory),
		cmocka_unit_test(entries_may_be_read_between_writes),
		cmocka_unit_test(no_name_is_ever_seen_in_the_folder),
		cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
		cmocka_unit_test(a_full_disk_is_a_lasting_error),
		cmocka_unit_test(an_entry_over_the_limit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
