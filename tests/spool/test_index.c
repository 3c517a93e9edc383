/* test_index.c - the folders of an archive are known whatever their order and number. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spool/index.h"
#include "spool/keyed.h"
#include "spool/plain_path.h"

#define MANY 5000

static void
folder_is_found_by_its_path_however_many_there_are(void **state)
{
	struct index *index = index_new();
	char path[PATH_ROOM], name[64];
	uint32_t number[MANY];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof name, "a%d/b", i);
		number[i] = index_add(index, slice_str(name));
		assert_int_not_equal(number[i], INDEX_NONE);
	}
	assert_int_equal(index_count(index), 1 + 2 * MANY);
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof name, "a%d/b", i);
		assert_int_equal(index_find(index, slice_str(name)), number[i]);
		assert_int_equal(index_add(index, slice_str(name)), number[i]);
		assert_int_equal(index_path(index, number[i], path), strlen(name));
		assert_string_equal(path, name);
	}
	assert_int_equal(index_find(index, slice_str("a1/c")), INDEX_NONE);
	assert_int_equal(index_find(index, slice_str("")), 0);
	index_free(index);
}

static void
name_is_counted_each_time_it_is_told(void **state)
{
	struct index *index = index_new();
	char name[32];

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < MANY; i++) {
			snprintf(name, sizeof name, "In/%d", i);
			assert_int_equal(index_told(index, slice_str(name)), round);
		}
	}
	index_free(index);
}

static void
folder_below_too_many_stands_for_all_in_it(void **state)
{
	struct index *index = index_new();
	char path[8 * LEVELS_MAX] = "", other[8 * LEVELS_MAX + 8];
	uint32_t deep;

	(void)state;
	for (int i = 0; i < LEVELS_MAX - 1; i++)
		strcat(path, i ? "/d" : "d");
	assert_false(index_is_deep(index, index_add(index, slice_str(path))));
	strcat(path, "/e");
	deep = index_add(index, slice_str(path));
	assert_true(index_is_deep(index, deep));
	snprintf(other, sizeof other, "%s/f/g", path);
	assert_int_equal(index_add(index, slice_str(other)), deep);
	assert_int_equal(index_find(index, slice_str(other)), deep);
	index_free(index);
}

static void
path_becomes_relative_and_plain(void **state)
{
	static const struct {
		const char *raw, *plain;
		bool backslashes, absolute, upward;
	} rows[] = { { "In/A", "In/A", true, false, false }, { "/In/A", "In/A", true, true, false },
		{ "./In//./A/", "In/A", true, false, false },
		{ "../In/../A", "(..)/In/(..)/A", true, false, true },
		{ "C:\\In\\A", "C:/In/A", true, true, false },
		{ "C:/A", "C:/A", false, true, false },
		{ "\\\\host\\In\\A", "host/In/A", true, true, false },
		{ "In\\A", "In\\A", false, false, false },
		{ "In/..A", "In/..A", true, false, false }, { "", "", true, false, false },
		{ "/", "", true, true, false } };
	char out[64];
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct path_oddities odd =
		    plain_path(slice_str(rows[i].raw), rows[i].backslashes, out, sizeof out, &len);

		assert_string_equal(out, rows[i].plain);
		assert_int_equal(len, strlen(out));
		assert_int_equal(odd.absolute, rows[i].absolute);
		assert_int_equal(odd.upward, rows[i].upward);
		assert_false(odd.cut);
	}
}

static void
path_without_room_is_cut_at_a_folder(void **state)
{
	char out[8];
	size_t len;

	(void)state;
	assert_true(plain_path(slice_str("abc/defgh"), false, out, sizeof out, &len).cut);
	assert_string_equal(out, "abc");
	assert_true(plain_path(slice_str("a/../b"), false, out, sizeof out, &len).cut);
	assert_string_equal(out, "a/(..)");
	assert_false(plain_path(slice_str("abc/def"), false, out, sizeof out, &len).cut);
	assert_string_equal(out, "abc/def");
}

static void
number_of_a_name_depends_on_every_byte(void **state)
{
	const struct keyed keyed = { { 1, 2 } }, other = { { 1, 3 } };
	char name[24] = "abcdefghijklmnopqrstuvw";
	const uint64_t whole = keyed_hash(&keyed, 0, slice_of(name, 23));

	(void)state;
	assert_int_equal(keyed_hash(&keyed, 0, slice_of(name, 23)), whole);
	assert_int_not_equal(keyed_hash(&keyed, 1, slice_of(name, 23)), whole);
	assert_int_not_equal(keyed_hash(&other, 0, slice_of(name, 23)), whole);
	for (size_t i = 0; i < 23; i++) {
		name[i] ^= 1;
		assert_int_not_equal(keyed_hash(&keyed, 0, slice_of(name, 23)), whole);
		name[i] ^= 1;
		assert_int_not_equal(keyed_hash(&keyed, 0, slice_of(name, i)), whole);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folder_is_found_by_its_path_however_many_there_are),
		cmocka_unit_test(name_is_counted_each_time_it_is_told),
		cmocka_unit_test(folder_below_too_many_stands_for_all_in_it),
		cmocka_unit_test(path_becomes_relative_and_plain),
		cmocka_unit_test(path_without_room_is_cut_at_a_folder),
		cmocka_unit_test(number_of_a_name_depends_on_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
