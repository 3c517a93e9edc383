/* test_version.c - releases by name and by build. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include "rule.h"

struct example {
	const char *text;
	enum release release;
};

static void
check(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const enum release got = release_parse(examples[i].text);

		if (got != examples[i].release)
			fail_msg("\"%s\" is read as \"%s\"", examples[i].text, release_name(got));
	}
}

#define CHECK(examples) check(examples, sizeof(examples) / sizeof((examples)[0]))

static void
versions_and_service_packs_are_read_in_any_spelling(void **state)
{
	static const struct example examples[] = {
		{ "4.0", R40 },
		{ "4.00", R40 },
		{ "4.0sp1", R40SP1 },
		{ "4.0 SP2", R40SP2 },
		{ "4.0 Service Pack 3", R40SP3 },
		{ "4.0SP4", R40SP4 },
		{ "4.0 sp 5", R40SP5 },
		{ "5.0", R50 },
		{ "5.0 RTM", R50 },
		{ "5.0sp1", R50SP1 },
		{ "5.0sp2", R50SP2 },
		{ "5.0sp2+", R50SP2FIX },
		{ "5.5", R55 },
		{ "5.5sp1", R55SP1 },
		{ "5.5 sp2", R55SP2 },
		{ "5.5SP3", R55SP3 },
		{ " 5.5 SP4", R55SP4 },
		{ "5.5 SP4+", R55SP4FIX },
	};

	(void)state;
	CHECK(examples);
}

static void
builds_that_were_shipped_are_known(void **state)
{
	static const struct example examples[] = {
		{ "4.0.837", R40 },
		{ "4.0.838.14", R40SP1 },
		{ "4.0.993", R40SP2 },
		{ "4.0.994.63", R40SP3 },
		{ "4.0.995", R40SP4 },
		{ "4.0.996", R40SP5 },
		{ "5.0.1457.3", R50 },
		{ "5.0.1458.49", R50SP1 },
		{ "5.0.1460.8", R50SP2 },
		{ "5.5.1960.3", R55 },
		{ "5.5.2232.9", R55SP1 },
		{ "5.5.2448.0", R55SP2 },
		{ "5.5.2650.21", R55SP3 },
		{ "5.5.2650.24", R55SP3 },
		{ "5.5.2653.13", R55SP4 },
		{ "5.5.2653.19", R55SP4 },
		{ "5.5.2653.22", R55SP4 },
		{ "5.5.2653.23", R55SP4 },
		{ "2650.24", R55SP3 },
		{ "1458", R50SP1 },
		{ "837", R40 },
	};

	(void)state;
	CHECK(examples);
}

/* The fixes that the articles name by the build of the file they replaced. */
static void
hotfix_builds_belong_to_the_pack_before_them(void **state)
{
	static const struct example examples[] = {
		{ "5.0.1461.28", R50SP2FIX },
		{ "5.0.1461.61", R50SP2FIX },
		{ "5.0.1461.91", R50SP2FIX },
		{ "5.0.1462.3", R50SP2FIX },
		{ "5.5.2144.0", R55 },
		{ "5.5.2348", R55SP1 },
		{ "5.5.2402.0", R55SP1 },
		{ "5.5.2446.0", R55SP1 },
		{ "5.5.2502", R55SP2 },
		{ "5.5.2505.00", R55SP2 },
		{ "5.5.2539.1", R55SP2 },
		{ "5.5.2641.0", R55SP2 },
		{ "5.5.2652.78", R55SP3 },
		{ "5.5.2652.96", R55SP3 },
		{ "5.5.2654", R55SP4FIX },
		{ "5.5.2654.14", R55SP4FIX },
		{ "5.5.2655.15", R55SP4FIX },
		{ "5.5.2655.97", R55SP4FIX },
		{ "5.5.2656.84", R55SP4FIX },
		{ "5.5.2657.72", R55SP4FIX },
	};

	(void)state;
	CHECK(examples);
}

static void
the_line_of_the_administrator_program_is_read(void **state)
{
	static const struct example examples[] = {
		{ "5.5 (Build 2653.23: Service Pack 4)", R55SP4 },
		{ "5.5 (Build 1960.6)", R55 },
		{ "5.0 (Build 1460.22: Service Pack 2)", R50SP2 },
		{ "5.0 (Build 2653.23: Service Pack 4)", RELEASE_UNKNOWN },
		{ "5.5 (Build 2653.23: Service Pack 4", RELEASE_UNKNOWN },
		{ "5.5 (Build 2653.23: Pack 4)", RELEASE_UNKNOWN },
	};

	(void)state;
	CHECK(examples);
}

static void
what_is_no_release_is_unknown(void **state)
{
	static const struct example examples[] = {
		{ "", RELEASE_UNKNOWN },
		{ "5", RELEASE_UNKNOWN },
		{ "5.", RELEASE_UNKNOWN },
		{ "5.5.", RELEASE_UNKNOWN },
		{ "5.5sp", RELEASE_UNKNOWN },
		{ "5.5sp0", RELEASE_UNKNOWN },
		{ "5.5sp5", RELEASE_UNKNOWN },
		{ "5.0sp3", RELEASE_UNKNOWN },
		{ "4.0sp6", RELEASE_UNKNOWN },
		{ "4.5", RELEASE_UNKNOWN },
		{ "6.0", RELEASE_UNKNOWN },
		{ "6.0.4417", RELEASE_UNKNOWN },
		{ "5.5sp3x", RELEASE_UNKNOWN },
		{ "5.5 sp3 sp4", RELEASE_UNKNOWN },
		{ "5.5.100", RELEASE_UNKNOWN },
		{ "5.5.1457", RELEASE_UNKNOWN },
		{ "5.0.2650", RELEASE_UNKNOWN },
		{ "5.5.4417", RELEASE_UNKNOWN },
		{ "4417", RELEASE_UNKNOWN },
		{ "836", RELEASE_UNKNOWN },
		{ "5.5.2650.24.0.0", RELEASE_UNKNOWN },
		{ "99999999999999999999", RELEASE_UNKNOWN },
		{ "5.5.2650.x", RELEASE_UNKNOWN },
		{ "2000", RELEASE_UNKNOWN },
		{ "2003", RELEASE_UNKNOWN },
		{ "five", RELEASE_UNKNOWN },
	};

	(void)state;
	CHECK(examples);
}

static void
names_are_read_back_as_themselves(void **state)
{
	(void)state;
	for (int i = 0; i < RELEASE_COUNT; i++)
		assert_int_equal(release_parse(release_name((enum release)i)), i);
	assert_string_equal(release_name(RELEASE_UNKNOWN), "");
	assert_string_equal(release_name(RELEASE_COUNT), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_and_service_packs_are_read_in_any_spelling),
		cmocka_unit_test(builds_that_were_shipped_are_known),
		cmocka_unit_test(hotfix_builds_belong_to_the_pack_before_them),
		cmocka_unit_test(the_line_of_the_administrator_program_is_read),
		cmocka_unit_test(what_is_no_release_is_unknown),
		cmocka_unit_test(names_are_read_back_as_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
