/* test_torn.c - the hash of a block. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "torn.h"

#include <string.h>

#include "test.h"

static void
one_changed_bit_changes_the_hash(void **state)
{
	unsigned char block[TORN_BLOCK] = { 0 };
	const uint64_t plain = torn_hash(block);

	(void)state;
	for (size_t bit = 0; bit < sizeof block * 8; bit++) {
		block[bit / 8] ^= (unsigned char)(1u << bit % 8);
		assert_int_not_equal(torn_hash(block), plain);
		block[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	assert_int_equal(torn_hash(block), plain);
}

/* Equal words in another order are another block. */
static void
order_counts(void **state)
{
	unsigned char a[TORN_BLOCK], b[TORN_BLOCK];

	(void)state;
	for (size_t i = 0; i < sizeof a; i++)
		a[i] = (unsigned char)(i / 8);
	memcpy(b, a + 8, sizeof b - 8);
	memcpy(b + sizeof b - 8, a, 8);
	assert_int_not_equal(torn_hash(a), torn_hash(b));
	memcpy(b, a + 32, sizeof b - 32);
	memcpy(b + sizeof b - 32, a, 32);
	assert_int_not_equal(torn_hash(a), torn_hash(b));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_changed_bit_changes_the_hash),
		cmocka_unit_test(order_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
