/* test_lockdown.c - what a parent that gave its rights up can and cannot do, at each level. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "attempts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/lockdown.h"

/* place->folder is written to, place->file lies in it; /etc is not granted. */

static long
open_for(const char *path, int flags)
{
	const int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd;
}

static long
read_granted(const struct place *place)
{
	return open_for(place->file, O_RDONLY);
}

static long
read_elsewhere(const struct place *place)
{
	(void)place;
	return open_for("/etc/passwd", O_RDONLY);
}

static long
make_new(const struct place *place)
{
	return open_for(place->other, O_RDWR | O_CREAT | O_EXCL);
}

static long
make_elsewhere(const struct place *place)
{
	char path[100];

	snprintf(path, sizeof path, "%s.elsewhere", place->folder);
	return open_for(path, O_RDWR | O_CREAT | O_EXCL);
}

static long
write_old(const struct place *place)
{
	return open_for(place->file, O_RDWR);
}

static long
cut_old(const struct place *place)
{
	return open_for(place->file, O_WRONLY | O_TRUNC);
}

static long
make_nameless(const struct place *place)
{
	return open_for(place->folder, O_RDWR | O_TMPFILE);
}

static long
rename_it(const struct place *place)
{
	return rename(place->file, place->other);
}

static long
unlink_it(const struct place *place)
{
	return unlink(place->file);
}

static long
cut_by_name(const struct place *place)
{
	return truncate(place->file, 0);
}

static long
change_mode(const struct place *place)
{
	return chmod(place->file, 0644);
}

static long
make_link(const struct place *place)
{
	return symlink("x", place->other);
}

static long
make_folder(const struct place *place)
{
	return mkdir(place->other, 0700);
}

/* Workers are started, told and ended by these. */
static long
start_a_worker(const struct place *place)
{
	int ends[2], status;
	const pid_t pid = fork();

	(void)place;
	if (pid == 0) {
		pause();
		_exit(0);
	}
	if (pid < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) < 0 || kill(pid, SIGKILL) < 0)
		return -1;
	return waitpid(pid, &status, 0);
}

/* A worker that starts late is confined as one that started early. */
static long
confine_a_worker(const struct place *place)
{
	const int status = run_probe(try_openat, true, place);

	if (WIFEXITED(status) && WEXITSTATUS(status) == REFUSED)
		return 0;
	errno = EINVAL;
	return -1;
}

enum may { YES, NO, NO_BY_LANDLOCK };

/* clang-format off */
static const struct {
	const char *name;
	probe *run;
	enum may at[LOCKDOWN_FOLDER + 1];
	bool plain_only; /* sanitizers need the call */
} tries[] = {
	{ "reading what was granted", read_granted, { YES, YES, YES, YES }, false },
	{ "reading elsewhere", read_elsewhere, { NO_BY_LANDLOCK, NO_BY_LANDLOCK, NO_BY_LANDLOCK, NO_BY_LANDLOCK }, true },
	{ "making a file", make_new, { NO, YES, YES, YES }, false },
	{ "making a file elsewhere", make_elsewhere, { NO, NO_BY_LANDLOCK, NO_BY_LANDLOCK, NO_BY_LANDLOCK }, false },
	{ "a file without a name", make_nameless, { NO, YES, YES, YES }, false },
	{ "writing to a file that is there", write_old, { NO, NO, YES, YES }, false },
	{ "cutting a file by opening it", cut_old, { NO, NO, NO, NO }, false },
	{ "cutting a file by its name", cut_by_name, { NO, NO, NO, NO }, false },
	{ "renaming", rename_it, { NO, YES, YES, YES }, false },
	{ "removing", unlink_it, { NO, YES, YES, YES }, false },
	{ "changing a mode", change_mode, { NO, NO, NO, NO }, false },
	{ "making a folder", make_folder, { NO, NO, NO, YES }, false },
	{ "making a link", make_link, { NO, NO, NO, NO }, false },
	{ "a socket", try_socket, { NO, NO, NO, NO }, false },
	{ "another program", try_execve, { NO, NO, NO, NO }, true },
	{ "tracing", try_ptrace, { NO, NO, NO, NO }, true },
	{ "starting and ending a worker", start_a_worker, { YES, YES, YES, YES }, false },
	{ "confining a worker", confine_a_worker, { YES, YES, YES, YES }, false },
};
/* clang-format on */

#define N_TRIES (sizeof tries / sizeof tries[0])

static void
make_place(struct place *place)
{
	strcpy(place->folder, "/tmp/imcscan-test-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->file, sizeof place->file, "%s/file", place->folder);
	snprintf(place->other, sizeof place->other, "%s/other", place->folder);
	const int fd = open(place->file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
}

static void
remove_place(const struct place *place)
{
	char elsewhere[100];

	snprintf(elsewhere, sizeof elsewhere, "%s.elsewhere", place->folder);
	unlink(elsewhere);
	unlink(place->file);
	unlink(place->other);
	rmdir(place->other);
	assert_int_equal(rmdir(place->folder), 0);
}

static int
try_it(size_t i, enum lockdown_level level, int *landlock)
{
	struct place place;
	int status, ends[2];

	make_place(&place);
	assert_int_equal(pipe(ends), 0);
	const pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		const char *const folder = place.folder;
		const struct lockdown all = {
			.level = level,
			.reads = &folder,
			.n_reads = 1,
			.writes = &folder,
			.n_writes = level == LOCKDOWN_READS ? 0 : 1,
		};
		char why[100];
		int abi = 0;

		if (!lockdown(&all, &abi, why, sizeof why) ||
		    write(ends[1], &abi, sizeof abi) != sizeof abi)
			_exit(NOT_CONFINED);
		if (tries[i].run(&place) >= 0)
			_exit(DONE);
		_exit(errno == EACCES ? REFUSED : FAILED);
	}
	close(ends[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (read(ends[0], landlock, sizeof *landlock) != sizeof *landlock)
		*landlock = -1;
	close(ends[0]);
	remove_place(&place);
	return status;
}

static void
level_holds(enum lockdown_level level)
{
	for (size_t i = 0; i < N_TRIES; i++) {
		enum may may = tries[i].at[level];
		int landlock, status;

		if (SANDBOX_SANITIZED && tries[i].plain_only)
			continue;
		status = try_it(i, level, &landlock);
		if (may == NO_BY_LANDLOCK && landlock == 0)
			may = YES;
		if (!WIFEXITED(status) || WEXITSTATUS(status) != (may == YES ? DONE : REFUSED))
			fail_msg("%s at level %d: wait status %#x", tries[i].name, (int)level,
			    (unsigned)status);
	}
}

static void
a_scan_to_standard_output_writes_nothing(void **state)
{
	(void)state;
	level_holds(LOCKDOWN_READS);
}

static void
a_report_makes_new_files_in_its_folder_alone(void **state)
{
	(void)state;
	level_holds(LOCKDOWN_WRITES);
}

static void
a_case_is_rewritten_in_its_folder_alone(void **state)
{
	(void)state;
	level_holds(LOCKDOWN_CASE);
}

static void
a_folder_is_made_for_what_is_salvaged(void **state)
{
	(void)state;
	level_holds(LOCKDOWN_FOLDER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scan_to_standard_output_writes_nothing),
		cmocka_unit_test(a_report_makes_new_files_in_its_folder_alone),
		cmocka_unit_test(a_case_is_rewritten_in_its_folder_alone),
		cmocka_unit_test(a_folder_is_made_for_what_is_salvaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
