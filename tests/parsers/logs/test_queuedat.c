/* test_queuedat.c - spool names carved from queue.dat. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"

static const char heap[] = "\xf7\0\0\0G1X4TK19\0\0\1\2G\0001\0X\0004\0T\0K\0002\0R\0\0\0\0\0"
			   "D:\\exchsrvr\\imcdata\\in\\G1X4TKB7\0G1X4TK19\0standard\0MSEXCIMC\0"
			   "XG1X4TK19\0_G1X4TK3C\0G1X4TK3D";

static void
assert_name(const struct evidence *out, unsigned n, const char *name, size_t offset)
{
	assert_true(n < out->n_names);
	assert_memory_equal(out->names[n].name, name, 8);
	assert_int_equal(out->names[n].offset, offset);
}

static void
names_that_stand_alone_are_found_once_in_both_widths(void **state)
{
	struct evidence *out = log_read(LOG_QUEUE, heap, sizeof heap - 1, 0);

	(void)state;
	assert_int_equal(out->n_names, 4);
	assert_int_equal(out->n_names_met, 4);
	assert_name(out, 0, "G1X4TK19", 4);
	assert_name(out, 1, "G1X4TK2R", 16);
	assert_name(out, 2, "G1X4TKB7", 16 + 20 + 23);
	assert_name(out, 3, "G1X4TK3D", sizeof heap - 1 - 8);
	assert_int_equal(out->n_items, 0);
	free(out);
}

static void
wide_names_are_found_at_odd_offsets_too(void **state)
{
	struct evidence *out = log_read(LOG_QUEUE, heap + 1, sizeof heap - 2, 0);

	(void)state;
	assert_int_equal(out->n_names, 4);
	assert_name(out, 1, "G1X4TK2R", 15);
	free(out);
}

static void
more_names_than_fit_are_counted(void **state)
{
	enum { MANY = 40000 };
	static const char symbols[] = "0123456789ABCDFGHJKLMNPQRSTVWXYZ";
	char *text = malloc((size_t)MANY * 9);
	struct evidence *out;

	(void)state;
	assert_non_null(text);
	for (unsigned i = 0; i < MANY; i++) {
		memcpy(text + i * 9, "G1X40000", 9);
		for (unsigned j = 0, left = i; j < 4; j++, left /= 32)
			text[i * 9 + 7 - j] = symbols[left % 32];
	}
	out = log_read(LOG_QUEUE, text, (size_t)MANY * 9, 0);
	assert_int_equal(out->n_names, EVIDENCE_NAMES_MAX);
	assert_int_equal(out->n_names_met, MANY);
	free(out);
	free(text);
}

static void
any_cut_and_any_changed_byte_is_survived(void **state)
{
	(void)state;
	assert_damage_is_survived(LOG_QUEUE, heap, sizeof heap - 1);
	assert_pieces_do_not_matter(LOG_QUEUE, heap, sizeof heap - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_stand_alone_are_found_once_in_both_widths),
		cmocka_unit_test(wide_names_are_found_at_odd_offsets_too),
		cmocka_unit_test(more_names_than_fit_are_counted),
		cmocka_unit_test(any_cut_and_any_changed_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
