/* test_archive.c - an archive is walked like the tree that it holds, as far as it can be read. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "packed_tree.h"

static int
gzip(struct archive *archive)
{
	return archive_write_add_filter_gzip(archive);
}

/* ---- what is in it ---- */

static void
files_of_every_format_are_met_in_their_folders(void **state)
{
	static const struct pack members[] = { { "Imcdata/In/G1X4TK19",
						   LETTER }, /* before its folder */
		{ "Imcdata/Log/L0000001.LOG", "log" }, { "Imcdata/Out/Temp/99R90Z86", LETTER },
		{ "Imcdata/queue.dat", "queue" }, { NULL } };
	static const struct {
		pack_format *format, *filter;
		const char *name;
	} rows[] = { { archive_write_set_format_zip, NULL, "zip" },
		{ archive_write_set_format_pax_restricted, NULL, "tar" },
		{ archive_write_set_format_ustar, gzip, "tar.gz" },
		{ archive_write_set_format_gnutar, archive_write_add_filter_xz, "tar.xz" },
		{ archive_write_set_format_ustar, archive_write_add_filter_bzip2, "tar.bz2" },
		{ archive_write_set_format_7zip, NULL, "7z" },
		{ archive_write_set_format_iso9660, NULL, "iso" } };
	struct tree *tree = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct walk_archive *about = &tree->met.result.archive;

		pack_with(tree_name(tree, "copy"), rows[i].format, rows[i].filter, members);
		walk_packed(tree, "copy"); /* told by its content */
		assert_string_equal(packed_name(about->kind, about->filter), rows[i].name);
		assert_int_equal(about->end, PACKED_END);
		assert_true(about->has_sha256);
		assert_int_equal(tree->met.n, 4);
		assert_int_equal(tree->met.result.n_roots, 1);
		assert_string_equal(tree->met.result.roots[0], "Imcdata");
		assert_message(tree, "In/G1X4TK19", FOLDER_IN, DIRECTION_IN);
		assert_message(tree, "Out/Temp/99R90Z86", FOLDER_OUT_TEMP, DIRECTION_OUT);
		assert_artefact(tree, "queue.dat", "queue");
		assert_artefact(tree, "Log/L0000001.LOG", "protocol-log");
		assert_int_equal(tree_met(tree, "In/G1X4TK19")->entry.size, strlen(LETTER));
		assert_int_equal(tree_met(tree, "In/G1X4TK19")->entry.mtime_sec, PACK_TIME);
		assert_false(tree_met(tree, "In/G1X4TK19")->entry.foreign_name);
		assert_int_equal(tree_met(tree, "queue.dat")->entry.size, 5);
	}
}

static bool
look_closely(void *context, const struct walk_entry *entry)
{
	char text[sizeof LETTER];
	bool *seen = context;

	assert_true(entry->whole.in_memory);
	assert_int_equal(pread(entry->fd, text, sizeof text, 0), sizeof LETTER - 1);
	assert_memory_equal(text, LETTER, sizeof LETTER - 1);
	assert_int_equal(pwrite(entry->fd, "x", 1, 0), -1);
	assert_int_equal(errno, EPERM);
	assert_int_equal(ftruncate(entry->fd, 0), -1);
	close(entry->fd);
	*seen = true;
	return true;
}

static void
member_is_a_file_that_nobody_can_change(void **state)
{
	static const struct pack members[] = { { "In/G1X4TK19", LETTER }, { NULL } };
	struct tree *tree = *state;
	const struct walk_options how = { .unpack = new_unpacker(1, NULL) };
	bool seen = false;

	pack(tree_name(tree, "copy"), archive_write_set_format_zip, members);
	assert_int_equal(
	    walk_with(&how, tree_name(tree, "copy"), look_closely, &seen, &tree->met.result), 0);
	assert_true(seen);
	unpack_free(how.unpack);
}

static void
visitor_can_stop_the_walk_of_an_archive(void **state)
{
	static const struct pack members[] = { { "In/G1X4TK19", LETTER }, { "In/G1X4TK1B", LETTER },
		{ "In/G1X4TK1C", LETTER }, { NULL } };
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_ustar, members);
	tree->met.stop_after = 2;
	walk_packed(tree, "copy");
	assert_int_equal(tree->met.n, 2);
}

/* ---- what is not read ---- */

static void
links_and_devices_are_excluded(void **state)
{
	static const struct pack members[] = { { "In/G1X4TK19", LETTER },
		{ "In/G1X4TK1B", NULL, AE_IFLNK, "G1X4TK19" },
		{ "In/G1X4TK1C", NULL, 0, "In/G1X4TK19" }, { "In/G1X4TK1D", NULL, AE_IFIFO },
		{ "In/G1X4TK1F", NULL, AE_IFCHR }, { NULL } };
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_ustar, members);
	walk_packed(tree, "copy");
	assert_int_equal(tree->met.n, 5);
	assert_refused(tree, "In/G1X4TK1B", MET_EXCLUDED, "symbolic link, not followed");
	assert_refused(tree, "In/G1X4TK1C", MET_EXCLUDED, "link to another member");
	assert_refused(tree, "In/G1X4TK1D", MET_EXCLUDED, "FIFO, not opened");
	assert_refused(tree, "In/G1X4TK1F", MET_EXCLUDED, "character device, not opened");
}

static int
encrypted_zip(struct archive *archive)
{
	const int result = archive_write_set_format_zip(archive);

	assert_int_equal(archive_write_set_options(archive, "zip:encryption=zipcrypt"), ARCHIVE_OK);
	assert_int_equal(archive_write_set_passphrase(archive, "secret"), ARCHIVE_OK);
	return result;
}

static void
encrypted_member_has_failed(void **state)
{
	static const struct pack members[] = { { "In/G1X4TK19", LETTER }, { NULL } };
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), encrypted_zip, members);
	walk_packed(tree, "copy");
	assert_refused(tree, "In/G1X4TK19", MET_FAILED, "encrypted in the archive");
	assert_int_equal(tree->met.result.archive.n_encrypted, 1);
}

static const struct pack bomb[] = { { "In/G1X4TK19", LETTER },
	{ "In/G1X4TK1B", NULL, 0, NULL, 2 << 20 }, { "In/G1X4TK1C", LETTER }, { NULL } };

static void
beyond_the_limit_members_of_a_zip_are_listed_as_failed(void **state)
{
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_zip, bomb);
	walk_limited(tree, "copy", 1, NULL);
	assert_int_equal(tree->met.n, 3);
	assert_message(tree, "In/G1X4TK19", FOLDER_IN, DIRECTION_IN);
	assert_refused(tree, "In/G1X4TK1B", MET_FAILED, "--archive-limit");
	assert_refused(tree, "In/G1X4TK1C", MET_FAILED, "--archive-limit");
	assert_int_equal(tree->met.result.archive.n_unread, 2);
}

static void
beyond_the_limit_a_stream_is_unknown_and_says_so(void **state)
{
	struct tree *tree = *state;

	pack_with(tree_name(tree, "copy"), archive_write_set_format_ustar, gzip, bomb);
	walk_limited(tree, "copy", 1, NULL);
	assert_int_equal(tree->met.n, 3);
	assert_message(tree, "In/G1X4TK19", FOLDER_IN, DIRECTION_IN);
	assert_refused(tree, "In/G1X4TK1B", MET_FAILED, "--archive-limit");
	assert_refused(tree, "copy", MET_FAILED, "what follows in it is not known");
	assert_int_equal(tree->met.result.archive.end, PACKED_OVER);
}

/* ---- damage ---- */

static void
broken_archive_keeps_what_was_read(void **state)
{
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_ustar, bomb);
	assert_int_equal(truncate(tree_name(tree, "copy"), 4096), 0);
	walk_packed(tree, "copy");
	assert_message(tree, "In/G1X4TK19", FOLDER_IN, DIRECTION_IN);
	assert_refused(tree, "In/G1X4TK1B", MET_FAILED, "");
	assert_refused(tree, "copy", MET_FAILED, "the archive is broken");
	assert_int_equal(tree->met.n, 3);
	assert_int_equal(tree->met.result.archive.end, PACKED_BROKEN);
	assert_string_not_equal(tree->met.result.archive.words, "");
}

/* Flip the first byte of the deflated bytes of the second member: an invalid block type. */
static void
damage(const char *path)
{
	FILE *file = fopen(path, "r+");
	char bytes[1024];
	size_t got, at;

	assert_non_null(file);
	got = fread(bytes, 1, sizeof bytes, file);
	for (at = 0; at + 11 < got && memcmp(bytes + at, "In/G1X4TK1B", 11) != 0; at++)
		;
	at += 11 + (unsigned char)bytes[at - 2]; /* the name and the extra field before the bytes */
	assert_true(at < got);
	assert_int_equal(fseek(file, (long)at, SEEK_SET), 0);
	fputc(0xff, file);
	assert_int_equal(fclose(file), 0);
}

static void
member_behind_a_damaged_one_is_read(void **state)
{
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_zip, bomb);
	damage(tree_name(tree, "copy"));
	walk_packed(tree, "copy");
	assert_int_equal(tree->met.n, 3);
	assert_message(tree, "In/G1X4TK19", FOLDER_IN, DIRECTION_IN);
	assert_int_equal(tree_met(tree, "In/G1X4TK1B")->entry.met, MET_FAILED);
	assert_message(tree, "In/G1X4TK1C", FOLDER_IN, DIRECTION_IN);
	assert_int_equal(tree->met.result.archive.n_unread, 1);
}

/* ---- what is no archive ---- */

static void
mail_is_no_archive_whatever_it_holds(void **state)
{
	static const struct pack members[] = { { "In/G1X4TK19", LETTER }, { NULL } };
	static const struct pack disguised[] = { { "From: a@example.org", LETTER }, { NULL } };
	struct tree *tree = *state;
	char command[400];

	tree_file(tree, "mail", LETTER);
	tree_file(tree, "empty", "");
	pack(tree_name(tree, "zip"), archive_write_set_format_zip, members);
	pack(tree_name(tree, "tar"), archive_write_set_format_ustar, disguised);
	snprintf(command, sizeof command,
	    "cd '%s' && cat mail zip > both && head -c 2048 /dev/zero > nuls", tree->path);
	assert_int_equal(system(command), 0);
	static const char *const names[] = { "mail", "empty", "both", "nuls", "tar" };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		walk_limited(tree, names[i], 1, NULL);
		assert_false(tree->met.result.archive.met);
		assert_message(tree, names[i], FOLDER_OTHER, DIRECTION_ANY);
	}
}

static void
archive_in_an_archive_is_a_file(void **state)
{
	static const struct pack members[] = { { "In/G1X4TK19", LETTER },
		{ "In/old.zip", "PK\003\004" }, { "more.tar.gz", "\037\213" }, { NULL } };
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_zip, members);
	walk_packed(tree, "copy");
	assert_message(tree, "In/old.zip", FOLDER_IN, DIRECTION_IN);
	assert_artefact(tree, "more.tar.gz", "other");
	assert_int_equal(tree->met.result.archive.n_nested, 2);
}

static void
walk_without_an_unpacker_takes_an_archive_for_a_file(void **state)
{
	static const struct pack members[] = { { "In/G1X4TK19", LETTER }, { NULL } };
	struct tree *tree = *state;

	pack(tree_name(tree, "copy"), archive_write_set_format_zip, members);
	tree_walk(tree, "copy");
	assert_message(tree, "copy", FOLDER_OTHER, DIRECTION_ANY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(files_of_every_format_are_met_in_their_folders),
		tree_test(member_is_a_file_that_nobody_can_change),
		tree_test(visitor_can_stop_the_walk_of_an_archive),
		tree_test(links_and_devices_are_excluded),
		tree_test(encrypted_member_has_failed),
		tree_test(beyond_the_limit_members_of_a_zip_are_listed_as_failed),
		tree_test(beyond_the_limit_a_stream_is_unknown_and_says_so),
		tree_test(broken_archive_keeps_what_was_read),
		tree_test(member_behind_a_damaged_one_is_read),
		tree_test(mail_is_no_archive_whatever_it_holds),
		tree_test(archive_in_an_archive_is_a_file),
		tree_test(walk_without_an_unpacker_takes_an_archive_for_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
