/* test_rtfcomp.c - compressed RTF: header, CRC, runs and end mark. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <string.h>

#include "../../../parsers/body/rtfcomp.h"

/* The example of [MS-OXRTFCP] section 3.1: 43 bytes of RTF in 45 compressed ones. */
static const unsigned char example[] = { 0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a,
	0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31,
	0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77,
	0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0 };

/* Fault of the example with one byte changed; 0: as it is. */
static enum rtfcomp_fault
fault_with(size_t at, unsigned char byte, size_t len)
{
	unsigned char copy[sizeof example];

	memcpy(copy, example, sizeof copy);
	copy[at] = byte;
	return rtf_fault(slice_of(copy, len));
}

static void
the_example_of_the_specification_is_sound(void **state)
{
	(void)state;
	assert_int_equal(rtf_fault(slice_of(example, sizeof example)), RTFCOMP_SOUND);
}

static void
each_field_of_the_header_is_checked(void **state)
{
	(void)state;
	assert_int_equal(fault_with(0, 0x2e, sizeof example), RTFCOMP_SIZE);
	assert_int_equal(fault_with(0, 0x0b, sizeof example), RTFCOMP_SIZE);
	assert_int_equal(fault_with(3, 0xff, sizeof example), RTFCOMP_SIZE);
	assert_int_equal(fault_with(4, 0x2c, sizeof example), RTFCOMP_RAW_SIZE);
	assert_int_equal(fault_with(8, 0x4d, sizeof example), RTFCOMP_TYPE);
	assert_int_equal(fault_with(12, 0xf0, sizeof example), RTFCOMP_CRC);
	assert_int_equal(fault_with(20, 0x73, sizeof example), RTFCOMP_CRC);
}

static void
what_is_cut_lacks_its_size_or_its_header(void **state)
{
	(void)state;
	for (size_t len = 0; len < sizeof example; len++)
		assert_int_equal(
		    rtf_fault(slice_of(example, len)), len < 16 ? RTFCOMP_NO_HEADER : RTFCOMP_SIZE);
}

static void
plain_rtf_has_no_crc(void **state)
{
	static const char plain[] = "\x13\0\0\0\7\0\0\0MELA\0\0\0\0{\\rtf1}";
	static const char short_of[] = "\x13\0\0\0\x09\0\0\0MELA\0\0\0\0{\\rtf1}";

	(void)state;
	assert_int_equal(rtf_fault(slice_of(plain, sizeof plain - 1)), RTFCOMP_SOUND);
	assert_int_equal(rtf_fault(slice_of(short_of, sizeof short_of - 1)), RTFCOMP_RAW_SIZE);
}

static void
runs_that_never_end_are_noticed(void **state)
{
	static const char no_end[] = "\x0d\0\0\0\0\0\0\0LZFu\0\0\0\0\0";
	static const char nothing[] = "\x0c\0\0\0\0\0\0\0LZFu\0\0\0\0";

	(void)state;
	assert_int_equal(rtf_fault(slice_of(no_end, sizeof no_end - 1)), RTFCOMP_NO_END);
	assert_int_equal(rtf_fault(slice_of(nothing, sizeof nothing - 1)), RTFCOMP_NO_END);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_of_the_specification_is_sound),
		cmocka_unit_test(each_field_of_the_header_is_checked),
		cmocka_unit_test(what_is_cut_lacks_its_size_or_its_header),
		cmocka_unit_test(plain_rtf_has_no_crc),
		cmocka_unit_test(runs_that_never_end_are_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
