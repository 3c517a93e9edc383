/* test_message.c - places, facts and lookups of the message model; folder names. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <string.h>

#include "message.h"

static void
facts_beyond_the_limit_are_counted_not_kept(void **state)
{
	struct arena *arena = arena_new(1u << 20, NULL);
	struct message msg = { 0 };
	const struct fact *fact = NULL;
	size_t kept = 0;

	(void)state;
	assert_null(message_next_fact(&msg, FACT_HEADER_NUL, NULL));
	for (uint64_t i = 0; i < FACTS_KEPT + 5; i++) {
		message_fact(&msg, arena, (struct fact){ .kind = FACT_HEADER_NUL, .offset = i });
		message_fact(&msg, arena, (struct fact){ .kind = FACT_QP_CONTROL, .offset = i });
	}
	while ((fact = message_next_fact(&msg, FACT_HEADER_NUL, fact)))
		assert_int_equal(fact->offset, kept++);
	assert_int_equal(kept, FACTS_KEPT);
	assert_int_equal(msg.facts_seen[FACT_HEADER_NUL], FACTS_KEPT + 5);
	assert_null(message_next_fact(&msg, FACT_BASE64_CUT, NULL));
	arena_free(arena);
}

static void
an_offset_is_known_only_for_bytes_of_the_file(void **state)
{
	struct message msg = { .file = slice_str("0123456789") };

	(void)state;
	assert_int_equal(message_offset(&msg, slice_cut(msg.file, 4, 2)), 4);
	assert_true(message_offset(&msg, slice_str("elsewhere")) == OFFSET_NONE);
}

static void
lines_are_counted_across_blocks(void **state)
{
	static unsigned char bytes[3 * 4096];
	uint32_t block_lines[3] = { 0, 0, 0 };
	struct message msg = { .file = { bytes, sizeof bytes },
		.lines = { .block_lines = block_lines, .n_blocks = 3 } };

	(void)state;
	memset(bytes, 'x', sizeof bytes);
	bytes[10] = bytes[4095] = bytes[4096] = bytes[9000] = '\n';
	block_lines[1] = 2;
	block_lines[2] = 3;
	assert_int_equal(message_line(&msg, 0), 1);
	assert_int_equal(message_line(&msg, 10), 1);
	assert_int_equal(message_line(&msg, 11), 2);
	assert_int_equal(message_line(&msg, 4096), 3);
	assert_int_equal(message_line(&msg, 4097), 4);
	assert_int_equal(message_line(&msg, 9001), 5);
	assert_int_equal(message_line(&msg, 1u << 30), 5);
	assert_int_equal(message_line(&msg, OFFSET_NONE), 0);
}

static void
types_have_the_defaults_of_the_rfcs(void **state)
{
	struct part part = { .type = { .field = -1 } };

	(void)state;
	assert_true(part_is(&part, "text", "plain"));
	part.digest_default = true;
	assert_true(part_is(&part, "message", "rfc822") && !part_is(&part, "text", NULL));
	part.type = (struct typed_value){
		.field = 0, .type = slice_str("Multipart"), .subtype = slice_str("MIXED")
	};
	assert_true(part_is(&part, "multipart", NULL) && part_is(&part, "multipart", "mixed"));
}

static void
fields_are_found_by_id_within_their_block(void **state)
{
	struct field fields[] = { { .id = FIELD_TO }, { .id = FIELD_SUBJECT }, { .id = FIELD_TO },
		{ .id = FIELD_TO, .part = 1 } };
	struct part parts[] = { { .first_field = 0, .n_fields = 3 },
		{ .first_field = 3, .n_fields = 1 } };
	struct message msg = { .fields = fields, .n_fields = 4, .parts = parts, .n_parts = 2 };
	const struct field *to = message_field(&msg, 0, FIELD_TO, NULL);

	(void)state;
	assert_ptr_equal(to, &fields[0]);
	to = message_field(&msg, 0, FIELD_TO, to);
	assert_ptr_equal(to, &fields[2]);
	assert_null(message_field(&msg, 0, FIELD_TO, to));
	assert_ptr_equal(message_field(&msg, 1, FIELD_TO, NULL), &fields[3]);
	assert_null(message_field(&msg, 2, FIELD_TO, NULL));
	assert_null(message_field(&msg, -1, FIELD_TO, NULL));
}

static void
folder_names_go_both_ways(void **state)
{
	(void)state;
	for (enum folder folder = FOLDER_IN; folder < FOLDER_COUNT; folder++)
		assert_int_equal(folder_by_name(folder_name(folder)), folder);
	assert_int_equal(folder_by_name("In"), FOLDER_COUNT);
	assert_int_equal(folder_direction(FOLDER_OUT_TEMP), DIRECTION_OUT);
	assert_int_equal(folder_direction(FOLDER_TEMP_IMS), DIRECTION_ANY);
	assert_true(folder_is_archive(FOLDER_PICKUP_ARCHIVE) && !folder_is_archive(FOLDER_IN_TEMP));
}

static void
what_was_moved_out_is_in_no_queue(void **state)
{
	(void)state;
	assert_true(folder_is_queue(FOLDER_IN) && folder_is_queue(FOLDER_WORK));
	assert_true(folder_is_queue(FOLDER_OTHER));
	assert_false(folder_is_queue(FOLDER_IN_TEMP) || folder_is_queue(FOLDER_OUT_ARCHIVE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_beyond_the_limit_are_counted_not_kept),
		cmocka_unit_test(an_offset_is_known_only_for_bytes_of_the_file),
		cmocka_unit_test(lines_are_counted_across_blocks),
		cmocka_unit_test(types_have_the_defaults_of_the_rfcs),
		cmocka_unit_test(fields_are_found_by_id_within_their_block),
		cmocka_unit_test(folder_names_go_both_ways),
		cmocka_unit_test(what_was_moved_out_is_in_no_queue),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
