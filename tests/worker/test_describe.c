/* test_describe.c - the description that an examiner writes of a message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker/examine.h"

struct bench {
	struct examiner *examiner;
	struct record *record;
	struct description *description;
};

static int
set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);

	if (!bench || examine_warm())
		return -1;
	bench->examiner = examiner_new((size_t)1 << 30, NULL, NULL);
	bench->record = calloc(1, sizeof *bench->record);
	bench->description = calloc(1, sizeof *bench->description);
	*state = bench;
	return bench->examiner && bench->record && bench->description ? 0 : -1;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;

	examiner_free(bench->examiner);
	free(bench->record);
	free(bench->description);
	free(bench);
	return 0;
}

static const struct description *
describe_text(const struct bench *bench, struct slice bytes)
{
	examine_bytes(bench->examiner, bytes, FOLDER_IN, DIRECTION_IN, bench->record);
	examine_describe(bench->examiner, bench->record, bench->description);
	examiner_reset(bench->examiner);
	if (!description_valid(bench->description, bench->record))
		fail_msg("the description of %zu bytes is not valid", bytes.len);
	return bench->description;
}

/* The nth row of that kind, from 0; it must be there. */
static const struct row *
row_of(const struct description *description, enum row_kind kind, unsigned nth)
{
	for (uint32_t i = 0; i < description->n_rows; i++) {
		if (description->rows[i].kind == kind && nth-- == 0)
			return &description->rows[i];
	}
	fail_msg("no row of kind %d", (int)kind);
	return NULL;
}

static unsigned
count_of(const struct description *description, enum row_kind kind)
{
	unsigned count = 0;

	for (uint32_t i = 0; i < description->n_rows; i++)
		count += description->rows[i].kind == kind;
	return count;
}

static bool
text_is(const struct description *description, struct text_ref ref, const char *text)
{
	return slice_eq(description_slice(description, ref), text);
}

static const char two_parts[] = "Subject: two\r\n"
				"MIME-Version: 1.0\r\n"
				"Content-Type: multipart/mixed; boundary=x\r\n"
				"\r\n"
				"before\r\n"
				"--x\r\n"
				"Content-Type: text/plain; charset=\"\"\r\n"
				"\r\n"
				"hello\r\n"
				"--x\r\n"
				"Content-Type: application/octet-stream; name=a.bin\r\n"
				"Content-Transfer-Encoding: base64\r\n"
				"\r\n"
				"QUJD\r\n"
				"--x--\r\n"
				"behind\r\n";

/* Where the text begins in two_parts. */
static uint64_t
at(const char *text)
{
	const char *found = strstr(two_parts, text);

	assert_non_null(found);
	return (uint64_t)(found - two_parts);
}

static void
places_of_fields_and_parts_are_those_of_the_file(void **state)
{
	const struct description *description = describe_text(*state, slice_str(two_parts));
	const struct row *field = row_of(description, ROW_FIELD, 3);
	const struct row *body = row_of(description, ROW_BODY, 2);

	assert_int_equal(field->offset, at("Content-Type: text/plain"));
	assert_int_equal(field->length, strlen("Content-Type: text/plain; charset=\"\""));
	assert_int_equal(field->line, 7);
	assert_int_equal(field->part, 1);
	assert_true(text_is(description, field->text[0], "Content-Type"));
	assert_int_equal(body->offset, at("QUJD"));
	assert_int_equal(body->length, 4);
	assert_int_equal(body->value, 3);
	assert_int_equal(row_of(description, ROW_PREAMBLE, 0)->offset, at("before"));
	assert_int_equal(row_of(description, ROW_EPILOGUE, 0)->offset, at("behind"));
}

static void
tree_says_type_encoding_name_and_content(void **state)
{
	const struct description *description = describe_text(*state, slice_str(two_parts));
	const struct row *part = row_of(description, ROW_PART, 2);

	assert_int_equal(count_of(description, ROW_PART), 3);
	assert_int_equal(row_of(description, ROW_PART, 0)->code, DESCRIBED_MULTIPART);
	assert_int_equal(part->depth, 1);
	assert_true(text_is(description, part->text[0], "2"));
	assert_true(text_is(description, part->text[1], "application/octet-stream"));
	assert_true(text_is(description, row_of(description, ROW_ENCODING, 0)->text[1], "base64"));
	assert_true(text_is(description, row_of(description, ROW_FILE_NAME, 0)->text[0], "a.bin"));
	assert_true(text_is(description, row_of(description, ROW_FILETYPE, 1)->text[0], "text"));
	assert_int_equal(row_of(description, ROW_BOUNDARY, 0)->code, 1);
}

static void
excerpt_holds_the_bytes_around_its_finding(void **state)
{
	const struct bench *bench = *state;
	const struct description *description = describe_text(bench, slice_str(two_parts));
	bool seen = false;

	for (unsigned i = 0; i < count_of(description, ROW_EXCERPT); i++) {
		const struct row *row = row_of(description, ROW_EXCERPT, i);
		const struct finding *finding = &bench->record->findings[row->value];
		const struct slice bytes = description_slice(description, row->text[0]);

		assert_true(bytes.len > 0 && bytes.len <= DESCRIPTION_EXCERPT);
		assert_memory_equal(bytes.data, two_parts + row->offset, bytes.len);
		assert_true(
		    row->offset <= finding->offset && finding->offset <= row->offset + row->length);
		seen = true;
	}
	assert_true(seen);
}

static void
both_readings_of_repeated_fields_are_given(void **state)
{
	static const char text[] = "Subject: x\r\n"
				   "Content-Type: multipart/mixed; boundary=one; boundary=two\r\n"
				   "Content-Type: multipart/mixed; boundary=three\r\n"
				   "\r\n"
				   "--one\r\n\r\na\r\n--three\r\n\r\nb\r\n--one--\r\n--three--\r\n";
	const struct description *description = describe_text(*state, slice_str(text));
	const struct row *type = NULL, *parameter = NULL;

	for (unsigned i = 0; i < count_of(description, ROW_AMBIGUOUS); i++) {
		const struct row *row = row_of(description, ROW_AMBIGUOUS, i);

		type = row->code == AMBIGUOUS_TYPE ? row : type;
		parameter = row->code == AMBIGUOUS_PARAMETER ? row : parameter;
	}
	assert_non_null(type);
	assert_int_equal(type->value, 2);
	assert_int_equal(type[1].code, READER_FIRST);
	assert_int_equal(type[1].offset, strstr(text, "Content-Type") - text);
	assert_true(text_is(description, type[2].text[0], "one"));
	assert_int_equal(type[2].value, 2);
	assert_int_equal(type[2].offset, strstr(text, "--one") - text);
	assert_int_equal(type[3].code, READER_LAST);
	assert_true(text_is(description, type[4].text[0], "three"));
	assert_int_equal(type[4].offset, strstr(text, "--three") - text);
	assert_non_null(parameter);
	assert_true(text_is(description, parameter->text[0], "boundary"));
	assert_true(text_is(description, parameter[3].text[0], "two"));
	assert_int_equal(parameter[4].value, 0);
}

static void
plain_message_has_one_reading(void **state)
{
	const struct description *description = describe_text(*state, slice_str(two_parts));

	assert_int_equal(description->n_kept[GROUP_READINGS], 0);
}

static void
second_reader_that_sees_other_leaves_is_told(void **state)
{
	const struct description *description = describe_text(*state,
	    slice_str(
		"Subject: x\r\nContent-Type: multipart/mixed; boundary=a\r\n"
		"Content-Type: text/plain\r\n\r\n--a\r\n\r\none\r\n--a\r\n\r\ntwo\r\n--a--\r\n"));
	const struct row *row = row_of(description, ROW_AMBIGUOUS, 0);

	assert_int_equal(row->code, AMBIGUOUS_LEAVES);
	assert_int_equal(row->value, 2);
	assert_int_equal(row->length, 1);
	assert_int_equal(count_of(description, ROW_LEAF_OURS), 2);
	assert_int_equal(count_of(description, ROW_LEAF_GMIME), 1);
}

static void
both_readings_of_an_encoding_are_told(void **state)
{
	const struct description *description =
	    describe_text(*state, slice_str("Subject: x\r\nContent-Transfer-Encoding: 7bit\r\n"
					    "Content-Transfer-Encoding: base64\r\n\r\nQUJD\r\n"));
	const struct row *row = row_of(description, ROW_AMBIGUOUS, 0);

	assert_int_equal(row->code, AMBIGUOUS_ASPECT);
	assert_true(text_is(description, row->text[0], "encoding"));
	assert_int_equal(row_of(description, ROW_READING, 0)->code, READER_IMCSCAN);
	assert_true(text_is(description, row_of(description, ROW_READING, 0)->text[0], "none"));
	assert_int_equal(row_of(description, ROW_READING, 1)->code, READER_GMIME);
	assert_true(text_is(description, row_of(description, ROW_READING, 1)->text[0], "base64"));
}

static void
libmagic_is_asked_what_a_part_holds(void **state)
{
	const struct description *description = describe_text(
	    *state, slice_str("Subject: x\r\nContent-Type: text/plain\r\n"
			      "Content-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAIAAAA==\r\n"));
	const struct row *row = row_of(description, ROW_FILETYPE, 0);

	assert_true(text_is(description, row->text[0], "a GIF image"));
	assert_true(text_is(description, row->text[1], "image/gif"));
	description = describe_text(*state, slice_str("Subject: x\r\n\r\nhello\r\n"));
	row = row_of(description, ROW_FILETYPE, 0);
	assert_true(text_is(description, row->text[1], "no type it knows"));
}

static void
what_finds_no_room_is_counted(void **state)
{
	const unsigned n_fields = 5000;
	char *text = malloc(n_fields * 8 + 10);
	size_t len = 0;
	const struct description *description;

	assert_non_null(text);
	for (unsigned i = 0; i < n_fields; i++)
		len += (size_t)sprintf(text + len, "X: %u\r\n", i % 10);
	description = describe_text(*state, slice_of(text, len));
	assert_int_equal(description->n_kept[GROUP_FIELDS], description_room(GROUP_FIELDS));
	assert_int_equal(
	    description->n_kept[GROUP_FIELDS] + description->n_cut[GROUP_FIELDS], n_fields);
	free(text);
}

static void
describe_file(const struct bench *bench, const char *path)
{
	FILE *file = fopen(path, "rb");
	unsigned char *bytes = malloc(1 << 20);

	assert_non_null(file);
	assert_non_null(bytes);
	const size_t len = fread(bytes, 1, 1 << 20, file);
	fclose(file);
	const struct description *description = describe_text(bench, slice_of(bytes, len));
	if (bench->record->n_findings > 0 && count_of(description, ROW_MAIL) != 1)
		fail_msg("%s is not described", path);
	free(bytes);
}

static void
every_message_of_the_corpus_has_a_valid_description(void **state)
{
	static const char *const patterns[] = { "corpus/rules/*/*.eml", "corpus/formats/*/*",
		"corpus/Imcdata/*/*[0-9A-Z]" };

	for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
		glob_t found;

		if (glob(patterns[i], GLOB_MARK, NULL, &found) != 0)
			fail_msg("no %s: tests run in the top folder", patterns[i]);
		for (size_t n = 0; n < found.gl_pathc; n++) {
			const char *path = found.gl_pathv[n];

			if (path[strlen(path) - 1] != '/')
				describe_file(*state, path);
		}
		globfree(&found);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_of_fields_and_parts_are_those_of_the_file),
		cmocka_unit_test(tree_says_type_encoding_name_and_content),
		cmocka_unit_test(excerpt_holds_the_bytes_around_its_finding),
		cmocka_unit_test(both_readings_of_repeated_fields_are_given),
		cmocka_unit_test(plain_message_has_one_reading),
		cmocka_unit_test(second_reader_that_sees_other_leaves_is_told),
		cmocka_unit_test(both_readings_of_an_encoding_are_told),
		cmocka_unit_test(libmagic_is_asked_what_a_part_holds),
		cmocka_unit_test(what_finds_no_room_is_counted),
		cmocka_unit_test(every_message_of_the_corpus_has_a_valid_description),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
