/* test_sandbox.c - what a confined process can no longer do, each tried in a process of its own. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "attempts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void
make_place(struct place *place)
{
	strcpy(place->folder, "/tmp/imcscan-test-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->file, sizeof place->file, "%s/file", place->folder);
	snprintf(place->other, sizeof place->other, "%s/other", place->folder);
	const int fd = open(place->file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "contents", 8), 8);
	close(fd);
}

static void
remove_place(const struct place *place)
{
	unlink(place->file);
	unlink(place->other);
	rmdir(place->other);
	assert_int_equal(rmdir(place->folder), 0);
}

static void
forbidden_calls_are_refused_or_kill(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_PROBES; i++) {
		struct place place;

		if (SANDBOX_SANITIZED && probes[i].plain_only) {
			print_message("not tried with a sanitizer: %s\n", probes[i].name);
			continue;
		}
		make_place(&place);
		const int status = run_probe(probes[i].run, true, &place);
		const bool as_wanted = probes[i].kills
					   ? WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS
					   : WIFEXITED(status) && WEXITSTATUS(status) == REFUSED;
		struct stat st;
		assert_int_equal(stat(place.file, &st), 0);
		assert_int_equal(st.st_size, 8);
		assert_int_equal(stat(place.other, &st), -1);
		remove_place(&place);
		if (!as_wanted)
			fail_msg("%s: wait status %#x", probes[i].name, (unsigned)status);
	}
}

/* The same calls go through without the sandbox: it is the sandbox that stops them. */
static void
same_calls_succeed_outside(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_PROBES; i++) {
		struct place place;

		make_place(&place);
		const int status = run_probe(probes[i].run, false, &place);
		remove_place(&place);
		if (!WIFEXITED(status) || WEXITSTATUS(status) != DONE)
			fail_msg("%s: wait status %#x", probes[i].name, (unsigned)status);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forbidden_calls_are_refused_or_kill),
		cmocka_unit_test(same_calls_succeed_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
