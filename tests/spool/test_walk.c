/* test_walk.c - hostile trees: what is not opened, what is reported, what stays untouched. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "tree.h"

static void
special_files_are_excluded_by_name_and_never_opened(void **state)
{
	struct tree *tree = *state;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	tree_file(tree, "Imcdata/In/G1X4TK19", "x");
	assert_int_equal(mkfifo(tree_name(tree, "Imcdata/In/FFFFFFFF"), 0644), 0);
	snprintf(address.sun_path, sizeof address.sun_path, "%s/Imcdata/In/SSSSSSSS", tree->path);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
	close(fd);
	tree_walk(tree, NULL); /* would hang on an opened FIFO */
	assert_int_equal(tree->met.n, 3);
	assert_refused(tree, "In/FFFFFFFF", MET_EXCLUDED, "FIFO");
	assert_refused(tree, "In/SSSSSSSS", MET_EXCLUDED, "socket");
	assert_message(tree, "In/G1X4TK19", FOLDER_IN, DIRECTION_IN);
}

static void
devices_are_excluded(void **state)
{
	struct tree *tree = *state;

	tree_folder(tree, "Imcdata/In");
	if (mknod(tree_name(tree, "Imcdata/In/DDDDDDDD"), S_IFCHR | 0644, makedev(1, 5)) != 0)
		skip(); /* needs root */
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 1);
	assert_refused(tree, "In/DDDDDDDD", MET_EXCLUDED, "character device");
}

static void
links_and_link_loops_are_excluded_not_followed(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "Imcdata/In/G1X4TK19", "x");
	assert_int_equal(symlink("/etc/passwd", tree_name(tree, "Imcdata/In/LLLLLLLL")), 0);
	assert_int_equal(symlink("..", tree_name(tree, "Imcdata/In/Temp")), 0);
	assert_int_equal(symlink("MMMMMMMM", tree_name(tree, "Imcdata/In/MMMMMMMM")), 0);
	assert_int_equal(symlink("Imcdata", tree_name(tree, "other")), 0);
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 5);
	assert_refused(tree, "In/LLLLLLLL", MET_EXCLUDED, "link");
	assert_refused(tree, "In/Temp", MET_EXCLUDED, "link");
	assert_refused(tree, "In/MMMMMMMM", MET_EXCLUDED, "link");
	assert_refused(tree, "other", MET_EXCLUDED, "link");
}

static void
a_link_as_the_path_is_refused_unless_a_slash_ends_it(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "Imcdata/In/G1X4TK19", "x");
	assert_int_equal(symlink("Imcdata", tree_name(tree, "link")), 0);
	tree_walk(tree, "link");
	assert_int_equal(tree->met.error, ELOOP);
	assert_int_equal(tree->met.n, 0);
	assert_non_null(strstr(walk_strerror(ELOOP), "symbolic link"));
	tree_walk(tree, "link/");
	assert_int_equal(tree->met.error, 0);
	assert_int_equal(tree->met.n, 1);
}

static void
a_path_that_is_no_file_or_folder_is_refused(void **state)
{
	struct tree *tree = *state;

	assert_int_equal(mkfifo(tree_name(tree, "fifo"), 0644), 0);
	tree_walk(tree, "fifo");
	assert_int_equal(tree->met.error, ENOTSUP);
	tree_walk(tree, "absent");
	assert_int_equal(tree->met.error, ENOENT);
	tree_file(tree, "file", "x");
	tree_walk(tree, "file/");
	assert_int_equal(tree->met.error, ENOTDIR);
}

static void
a_folder_named_like_a_message_is_named_and_entered(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "Imcdata/In/G1X4TK19/G1X4TK2R", "x");
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 2);
	assert_refused(tree, "In/G1X4TK19", MET_EXCLUDED, "folder");
	assert_message(tree, "In/G1X4TK19/G1X4TK2R", FOLDER_OTHER, DIRECTION_IN);
}

static void
names_are_bytes(void **state)
{
	static const char *const names[] = { "new\nline", "esc\x1b[2J", "bad\xff\xfe",
		"\xe2\x80\xaexyz", " ", "-rf", "%s%n", "back\\slash", "tab\t", "..." };
	struct tree *tree = *state;
	char path[64];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "Imcdata/In/%s", names[i]);
		tree_file(tree, path, "x");
	}
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, sizeof names / sizeof names[0]);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "In/%s", names[i]);
		assert_message(tree, path, FOLDER_IN, DIRECTION_IN);
	}
}

struct swap {
	struct tree *tree;
	bool done;
};

/* On the first visit: what was listed as four other files becomes a link, a FIFO, a folder and
 * nothing. */
static bool
swap_and_note(void *context, const struct walk_entry *entry)
{
	struct swap *swap = context;
	unsigned kind = 0;

	for (unsigned i = 0; !swap->done && i < 5; i++) {
		char name[32];
		const char *path;

		snprintf(name, sizeof name, "In/G1X4TK0%u", i);
		if (slice_eq(entry->path, name))
			continue;
		snprintf(name, sizeof name, "Imcdata/In/G1X4TK0%u", i);
		path = tree_name(swap->tree, name);
		assert_int_equal(unlink(path), 0);
		if (kind == 0)
			assert_int_equal(symlink("/etc/passwd", path), 0);
		if (kind == 1)
			assert_int_equal(mkfifo(path, 0644), 0);
		if (kind == 2)
			assert_int_equal(mkdir(path, 0755), 0);
		kind++;
	}
	swap->done = true;
	return tree_note(&swap->tree->met, entry);
}

/* readdir has told the types of all five by the time the first is visited: they are stale then. */
static void
a_file_that_turns_into_something_else_is_not_opened_as_a_file(void **state)
{
	struct tree *tree = *state;
	struct swap swap = { tree, false };
	size_t excluded = 0, failed = 0;
	char name[32];

	for (unsigned i = 0; i < 5; i++) {
		snprintf(name, sizeof name, "Imcdata/In/G1X4TK0%u", i);
		tree_file(tree, name, "x");
	}
	assert_int_equal(walk(tree->path, swap_and_note, &swap, &tree->met.result), 0);
	assert_int_equal(tree->met.n, 5);
	for (size_t i = 0; i < 5; i++) {
		excluded += tree->met.rows[i].entry.met == MET_EXCLUDED;
		failed += tree->met.rows[i].entry.met == MET_FAILED;
	}
	assert_int_equal(excluded, 2); /* the link and the FIFO */
	assert_int_equal(failed, 2);   /* the folder and what is gone */
}

/* Runs in a child that is not root, for modes to bind. */
static void
walk_unreadable(struct tree *tree)
{
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 3);
	assert_refused(tree, "In/G1X4TK19", MET_FAILED, strerror(EACCES));
	assert_int_equal(tree_met(tree, "In/G1X4TK19")->entry.size, 4);
	assert_refused(tree, "Out", MET_FAILED,
	    "a folder that may not be opened (permission denied): nothing in it was examined");
	assert_int_equal(tree_met(tree, "Out")->entry.folder, FOLDER_OUT);
	assert_message(tree, "In/G1X4TK2R", FOLDER_IN, DIRECTION_IN);
	/* Files of another owner: O_NOATIME is refused, and the result says so. */
	assert_int_equal(tree->met.result.atime_may_change, geteuid() != 0);
	tree_walk(tree, "Imcdata/Out");
	assert_int_equal(tree->met.error, EACCES);
}

static void
what_cannot_be_read_fails_by_name(void **state)
{
	struct tree *tree = *state;
	int status = 1;
	pid_t child;

	if (geteuid() != 0)
		skip(); /* the owner of the files could read them with O_NOATIME */
	tree_file(tree, "Imcdata/In/G1X4TK19", "abcd");
	tree_file(tree, "Imcdata/In/G1X4TK2R", "abcd");
	tree_file(tree, "Imcdata/Out/G1X4TK3R", "abcd");
	assert_int_equal(chmod(tree->path, 0755), 0);
	assert_int_equal(chmod(tree_name(tree, "Imcdata/In/G1X4TK19"), 0), 0);
	assert_int_equal(chmod(tree_name(tree, "Imcdata/Out"), 0), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		/* A failed assertion leaves by exit(): no cmocka state is shared back. */
		if (setresgid(65534, 65534, 65534) != 0 || setresuid(65534, 65534, 65534) != 0)
			_exit(2);
		walk_unreadable(tree);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void
too_deep_a_folder_fails_by_name_and_the_rest_goes_on(void **state)
{
	struct tree *tree = *state;
	char path[512] = "Imcdata/In";
	size_t failed = 0;

	for (int i = 0; i < 120; i++)
		strcat(path, "/d");
	tree_folder(tree, path);
	tree_file(tree, "Imcdata/In/G1X4TK19", "x");
	tree_walk(tree, NULL);
	for (size_t i = 0; i < tree->met.n; i++)
		failed += tree->met.rows[i].entry.met == MET_FAILED &&
			  strstr(tree->met.rows[i].reason, "too deep");
	assert_int_equal(failed, 1);
	assert_message(tree, "In/G1X4TK19", FOLDER_IN, DIRECTION_IN);
}

static void
the_visitor_can_stop_the_walk(void **state)
{
	struct tree *tree = *state;

	tree_file(tree, "Imcdata/In/G1X4TK19", "x");
	tree_file(tree, "Imcdata/In/G1X4TK2R", "x");
	tree_file(tree, "Imcdata/Out/G1X4TK3R", "x");
	tree->met.stop_after = 2;
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.error, 0);
	assert_int_equal(tree->met.n, 2);
}

static size_t
open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t n = 0;

	if (!dir)
		return 0;
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void
no_descriptor_is_left_open(void **state)
{
	struct tree *tree = *state;
	size_t before = open_descriptors();

	tree_file(tree, "Imcdata/In/a/b/G1X4TK19", "x");
	tree_file(tree, "Imcdata/In/G1X4TK2R", "x");
	assert_int_equal(mkfifo(tree_name(tree, "Imcdata/In/FFFFFFFF"), 0644), 0);
	tree_walk(tree, NULL);
	tree->met.stop_after = 1;
	tree_walk(tree, NULL);
	tree_walk(tree, "Imcdata/In/G1X4TK2R");
	assert_int_equal(open_descriptors(), before);
}

/* Whether times of a name are what set_old() gave it. */
static void
assert_old(const struct tree *tree, const char *name)
{
	struct stat st;

	assert_int_equal(stat(tree_name(tree, name), &st), 0);
	assert_int_equal(st.st_atim.tv_sec, 800000000);
	assert_int_equal(st.st_mtim.tv_sec, 900000000);
}

static void
set_old(const struct tree *tree, const char *name)
{
	const struct timespec times[2] = { { .tv_sec = 800000000 }, { .tv_sec = 900000000 } };

	assert_int_equal(utimensat(AT_FDCWD, tree_name(tree, name), times, 0), 0);
}

static void
times_of_files_and_folders_stay_as_they_were(void **state)
{
	static const char *const names[] = { "Imcdata/In/G1X4TK19", "Imcdata/queue.dat",
		"Imcdata/In/Temp", "Imcdata/In", "Imcdata", "." };
	struct tree *tree = *state;

	tree_file(tree, "Imcdata/In/G1X4TK19", "x");
	tree_file(tree, "Imcdata/queue.dat", "x");
	tree_folder(tree, "Imcdata/In/Temp");
	/* An atime older than the mtime is one that relatime would change on any read. */
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		set_old(tree, names[i]);
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 2);
	assert_false(tree->met.result.atime_may_change);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		assert_old(tree, names[i]);
	assert_int_equal(tree_met(tree, "In/G1X4TK19")->entry.mtime_sec, 900000000);
}

static void
three_hundred_files_are_met_once_each(void **state)
{
	struct tree *tree = *state;
	char path[64];

	for (int i = 0; i < 300; i++) {
		snprintf(path, sizeof path, "Imcdata/In/G1X4T%03d", i);
		tree_file(tree, path, "x");
	}
	tree_walk(tree, NULL);
	assert_int_equal(tree->met.n, 300);
	for (int i = 0; i < 300; i++) {
		snprintf(path, sizeof path, "In/G1X4T%03d", i);
		assert_message(tree, path, FOLDER_IN, DIRECTION_IN);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(special_files_are_excluded_by_name_and_never_opened),
		tree_test(devices_are_excluded),
		tree_test(links_and_link_loops_are_excluded_not_followed),
		tree_test(a_link_as_the_path_is_refused_unless_a_slash_ends_it),
		tree_test(a_path_that_is_no_file_or_folder_is_refused),
		tree_test(a_folder_named_like_a_message_is_named_and_entered),
		tree_test(names_are_bytes),
		tree_test(a_file_that_turns_into_something_else_is_not_opened_as_a_file),
		tree_test(what_cannot_be_read_fails_by_name),
		tree_test(too_deep_a_folder_fails_by_name_and_the_rest_goes_on),
		tree_test(the_visitor_can_stop_the_walk),
		tree_test(no_descriptor_is_left_open),
		tree_test(times_of_files_and_folders_stay_as_they_were),
		tree_test(three_hundred_files_are_met_once_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
