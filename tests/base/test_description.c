/* test_description.c - what of a description is believed, and that its groups have room of their own. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "description.h"

#define JOB 7
#define FILE_SIZE 1000

struct pair {
	struct record *record;
	struct description *description;
};

static struct row *
put(struct description *to, enum row_kind kind, uint64_t offset, uint64_t length)
{
	struct row *row = description_add(to,
	    (struct row){ .kind = (uint16_t)kind, .part = -1, .offset = offset, .length = length });

	assert_non_null(row);
	return row;
}

/* A description with something in every group; rows 0 to 5. */
static void
make(const struct pair *pair)
{
	struct description *to = pair->description;
	struct row *row;

	memset(pair->record, 0, sizeof *pair->record);
	pair->record->job = JOB;
	pair->record->file_size = FILE_SIZE;
	pair->record->n_findings = 2;
	memset(to, 0, sizeof *to);
	description_start(to, JOB, FILE_SIZE);
	put(to, ROW_ENVELOPE, 0, 200)->code = DESCRIBED_SPOOL;
	row = put(to, ROW_EXCERPT, 990, 10);
	row->value = 1;
	row->text[0] = description_text(to, slice_str("0123456789"));
	row = put(to, ROW_PART, 200, 100);
	row->part = 0;
	row->text[1] = description_text(to, slice_str("text/plain"));
	row = put(to, ROW_AMBIGUOUS, OFFSET_NONE, 3);
	row->code = AMBIGUOUS_LEAVES;
	put(to, ROW_READING, 210, 10)->code = READER_LAST;
	row = put(to, ROW_FIELD, 200, 20);
	row->line = 4;
	row->text[0] = description_text(to, slice_str("Subject"));
}

static struct pair
made(void)
{
	struct pair pair = {
		.record = calloc(1, sizeof *pair.record),
		.description = calloc(1, sizeof *pair.description),
	};

	assert_non_null(pair.record);
	assert_non_null(pair.description);
	make(&pair);
	return pair;
}

static void
unmake(struct pair pair)
{
	free(pair.record);
	free(pair.description);
}

struct corruption {
	const char *name;
	void (*corrupt)(struct description *to);
};

/* clang-format off */
#define CORRUPT(NAME, CHANGE) \
	static void corrupt_##NAME(struct description *to) { CHANGE; }
#define ROW(NAME) { #NAME, corrupt_##NAME }

CORRUPT(magic, to->magic++)
CORRUPT(job, to->job++)
CORRUPT(file_size, to->file_size++)
CORRUPT(too_many_rows, to->n_rows = DESCRIPTION_ROWS + 1)
CORRUPT(huge_rows, to->n_rows = UINT32_MAX)
CORRUPT(fewer_rows_than_kept, to->n_rows--)
CORRUPT(kept, to->n_kept[GROUP_FIELDS]++)
CORRUPT(pool_too_long, to->pool_len = DESCRIPTION_POOL + 1)
CORRUPT(pool_short, to->pool_len--)
CORRUPT(kind, to->rows[0].kind = ROW_KIND_COUNT)
CORRUPT(kind_huge, to->rows[0].kind = UINT16_MAX)
CORRUPT(depth, to->rows[2].depth = DESCRIPTION_DEPTH_MAX + 1)
CORRUPT(part_below_none, to->rows[2].part = -2)
CORRUPT(part_huge, to->rows[2].part = DESCRIPTION_PARTS_MAX)
CORRUPT(envelope_code, to->rows[0].code = DESCRIBED_PICKUP + 1)
CORRUPT(part_code, to->rows[2].code = DESCRIBED_MESSAGE + 1)
CORRUPT(ambiguity, to->rows[3].code = AMBIGUITY_COUNT)
CORRUPT(reader, to->rows[4].code = READER_COUNT)
CORRUPT(code_of_a_kind_without, to->rows[5].code = 1)
CORRUPT(offset_past_file, to->rows[5].offset = FILE_SIZE + 1)
CORRUPT(length_past_file, to->rows[5].length = FILE_SIZE)
CORRUPT(length_wraps, to->rows[5].length = UINT64_MAX - 5)
CORRUPT(length_without_place, to->rows[5].offset = OFFSET_NONE; to->rows[5].line = 0)
CORRUPT(line_without_place, to->rows[3].line = 1)
CORRUPT(text_past_pool, to->rows[5].text[0].offset = to->pool_len)
CORRUPT(text_runs_out, to->rows[5].text[0].len++)
CORRUPT(text_wraps, to->rows[5].text[1].offset = UINT32_MAX - 3)
CORRUPT(text_cut, to->rows[5].text[0].cut = 2)
CORRUPT(excerpt_of_no_finding, to->rows[1].value = 2)
CORRUPT(excerpt_without_place, to->rows[1].offset = OFFSET_NONE; to->rows[1].length = 0)
CORRUPT(excerpt_longer_than_its_bytes, to->rows[1].text[0].len--)

static const struct corruption corruptions[] = {
	ROW(magic), ROW(job), ROW(file_size), ROW(too_many_rows), ROW(huge_rows),
	ROW(fewer_rows_than_kept), ROW(kept), ROW(pool_too_long), ROW(pool_short), ROW(kind),
	ROW(kind_huge), ROW(depth), ROW(part_below_none), ROW(part_huge), ROW(envelope_code),
	ROW(part_code), ROW(ambiguity), ROW(reader), ROW(code_of_a_kind_without),
	ROW(offset_past_file), ROW(length_past_file), ROW(length_wraps),
	ROW(length_without_place), ROW(line_without_place), ROW(text_past_pool),
	ROW(text_runs_out), ROW(text_wraps), ROW(text_cut), ROW(excerpt_of_no_finding),
	ROW(excerpt_without_place), ROW(excerpt_longer_than_its_bytes),
};
/* clang-format on */

static void
sound_description_is_valid(void **state)
{
	struct pair pair = made();

	(void)state;
	assert_true(description_valid(pair.description, pair.record));
	unmake(pair);
}

static void
every_corruption_is_rejected(void **state)
{
	struct pair pair = made();

	(void)state;
	for (size_t i = 0; i < sizeof corruptions / sizeof corruptions[0]; i++) {
		make(&pair);
		corruptions[i].corrupt(pair.description);
		if (description_valid(pair.description, pair.record))
			fail_msg("believed: %s", corruptions[i].name);
	}
	unmake(pair);
}

/* Whatever 32 bits of rows or head are, validation and reading stay inside the struct: a sanitizer
 * would tell. */
static void
no_random_word_leads_outside(void **state)
{
	struct pair pair = made();
	const size_t used = offsetof(struct description, rows) + 6 * sizeof(struct row);
	uint32_t seed = 12345;

	(void)state;
	for (size_t i = 0; i < 20000; i++) {
		struct description *to = pair.description;

		if (i % 50 == 0)
			make(&pair);
		seed = seed * 1664525u + 1013904223u;
		memcpy((char *)to + (seed >> 8) % (used / 4) * 4, &seed, sizeof seed);
		if (!description_valid(to, pair.record))
			continue;
		for (uint32_t row = 0; row < to->n_rows; row++) {
			const struct slice s = description_slice(to, to->rows[row].text[0]);

			assert_true(s.len <= DESCRIPTION_TEXT_MAX);
		}
	}
	unmake(pair);
}

static void
full_group_counts_and_leaves_room_to_the_others(void **state)
{
	struct pair pair = made();
	struct description *to = pair.description;
	const uint32_t room = description_room(GROUP_FIELDS);

	(void)state;
	for (uint32_t i = 0; i < DESCRIPTION_ROWS; i++)
		description_add(
		    to, (struct row){ .kind = ROW_FIELD, .part = -1, .offset = OFFSET_NONE });
	assert_int_equal(to->n_kept[GROUP_FIELDS], room);
	assert_int_equal(to->n_cut[GROUP_FIELDS], DESCRIPTION_ROWS + 1 - room);
	assert_non_null(description_add(
	    to, (struct row){ .kind = ROW_BODY, .part = -1, .offset = OFFSET_NONE }));
	assert_true(description_valid(to, pair.record));
	unmake(pair);
}

static void
rooms_of_all_groups_are_all_rows(void **state)
{
	uint32_t sum = 0;

	(void)state;
	for (int group = 0; group < GROUP_COUNT; group++)
		sum += description_room((enum row_group)group);
	assert_int_equal(sum, DESCRIPTION_ROWS);
	assert_int_equal(description_group(ROW_ENVELOPE), GROUP_ENVELOPE);
	assert_int_equal(description_group(ROW_MAIL), GROUP_ENVELOPE);
	assert_int_equal(description_group(ROW_EXCERPT), GROUP_EXCERPTS);
	assert_int_equal(description_group(ROW_PART), GROUP_PARTS);
	assert_int_equal(description_group(ROW_LEAF_GMIME), GROUP_READINGS);
	assert_int_equal(description_group(ROW_FIELD), GROUP_FIELDS);
}

static void
long_text_and_full_pool_are_cut_and_say_so(void **state)
{
	struct pair pair = made();
	static const unsigned char text[DESCRIPTION_TEXT_MAX + 1];
	struct text_ref ref = description_text(pair.description, slice_of(text, sizeof text - 1));

	(void)state;
	assert_int_equal(ref.cut, 0);
	ref = description_text(pair.description, slice_of(text, sizeof text));
	assert_int_equal(ref.len, DESCRIPTION_TEXT_MAX);
	assert_int_equal(ref.cut, 1);
	for (size_t i = 0; i < DESCRIPTION_POOL / DESCRIPTION_TEXT_MAX; i++)
		ref = description_text(pair.description, slice_of(text, sizeof text));
	assert_int_equal(pair.description->pool_len, DESCRIPTION_POOL);
	ref = description_text(pair.description, slice_str("x"));
	assert_int_equal(ref.len, 0);
	assert_int_equal(ref.cut, 1);
	assert_true(description_valid(pair.description, pair.record));
	unmake(pair);
}

static void
copy_holds_all_that_is_in_use(void **state)
{
	struct pair pair = made();
	struct description *copy = malloc(sizeof *copy);

	(void)state;
	assert_non_null(copy);
	memset(copy, 0xff, sizeof *copy);
	assert_true(description_copy(pair.description, copy));
	assert_true(description_valid(copy, pair.record));
	assert_true(slice_eq(description_slice(copy, copy->rows[5].text[0]), "Subject"));
	pair.description->n_rows = DESCRIPTION_ROWS + 1;
	assert_false(description_copy(pair.description, copy));
	free(copy);
	unmake(pair);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_description_is_valid),
		cmocka_unit_test(every_corruption_is_rejected),
		cmocka_unit_test(no_random_word_leads_outside),
		cmocka_unit_test(full_group_counts_and_leaves_room_to_the_others),
		cmocka_unit_test(rooms_of_all_groups_are_all_rows),
		cmocka_unit_test(long_text_and_full_pool_are_cut_and_say_so),
		cmocka_unit_test(copy_holds_all_that_is_in_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
