/* test_archives.c - what a run says of its archives is read back, and nothing else is. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <string.h>

#include "report/archives.h"

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static bool
reads(const char *line, struct archive_told *told)
{
	static const char *const paths[] = { "copy.zip" };
	const char *const lines[] = { line };
	const struct run_info run = {
		.paths = paths, .n_paths = 1, .archives = lines, .n_archives = 1
	};

	return archives_read(&run, 0, told);
}

static void
line_is_read_as_it_was_written(void **state)
{
	const struct archive_told told = {
		.format = "tar.gz",
		.members = 12,
		.size = UINT64_MAX,
		.sha256 = DIGEST,
		.library = "libarchive 3.6.2",
	};
	struct archive_told back;
	char line[ARCHIVE_LINE_MAX];

	(void)state;
	archives_write(&told, line);
	assert_string_equal(line, "tar.gz;12;18446744073709551615;" DIGEST ";libarchive 3.6.2");
	assert_true(reads(line, &back));
	assert_string_equal(back.format, told.format);
	assert_int_equal(back.members, told.members);
	assert_true(back.size == told.size);
	assert_string_equal(back.sha256, told.sha256);
	assert_string_equal(back.library, told.library);
}

static void
line_that_nobody_wrote_is_not_read(void **state)
{
	static const char *const lines[] = { "", "zip", "zip;1;2;;lib;more", "zip;;2;;lib",
		"zip;1;x;;lib", "zip;1;18446744073709551616;;lib", "zip;1;2;abc;lib",
		"zip;1;2;" DIGEST "0;lib", "a-format-with-a-name-that-is-far-too-long;1;2;;lib",
		"z\033p;1;2;;lib" };
	struct archive_told told;

	(void)state;
	assert_true(reads("zip;1;2;;lib", &told));
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		assert_false(reads(lines[i], &told));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_is_read_as_it_was_written),
		cmocka_unit_test(line_that_nobody_wrote_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
