/* test_count.c - the estimate of the progress bar counts what the walk will meet. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/count.h"

static bool
always(void *context)
{
	(void)context;
	return true;
}

/* True that many times. */
static bool
some_times(void *context)
{
	int *left = context;

	return (*left)-- > 0;
}

static void
touch(const char *name)
{
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	fclose(file);
}

static void
files_and_links_count_and_folders_do_not(void **state)
{
	char dir[] = "/tmp/imc-count-XXXXXX";
	int steps = 2;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(count_files(".", always, NULL), 0);
	assert_int_equal(mkdir("a", 0700) | mkdir("a/b", 0700), 0);
	touch("a/one");
	touch("a/b/two");
	touch("three");
	assert_int_equal(symlink("a", "loop"), 0);
	assert_int_equal(count_files(dir, always, NULL), 4);
	assert_int_equal(count_files("a/one", always, NULL), 1);
	assert_int_equal(count_files("nowhere", always, NULL), 1);
	assert_true(count_files(dir, some_times, &steps) <= 2);
	assert_int_equal(unlink("a/one") | unlink("a/b/two") | unlink("three") | unlink("loop"), 0);
	assert_int_equal(rmdir("a/b") | rmdir("a") | chdir("/") | rmdir(dir), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_and_links_count_and_folders_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
