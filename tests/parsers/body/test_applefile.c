/* test_applefile.c - AppleSingle, AppleDouble and MacBinary headers, sound and damaged. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#include "../../../parsers/body/apple.h"

#define HEAD "Content-Type: application/%s\r\nContent-Transfer-Encoding: %s\r\n\r\n"
#define HEADER_LEN 128u

/* An AppleDouble header: a name of four bytes at 50 and Finder information of two at 54. */
static const unsigned char sound[] = { 0, 5, 0x16, 7, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 50, 0, 0, 0, 4, 0, 0, 0, 9, 0, 0, 0, 54, 0, 0, 0,
	2, 'L', 'i', 's', 't', 'A', 'B' };

/* The fault found in such a part, or APPLE_SOUND; *at is its place in the body. */
static enum apple_fault
fault_in(const char *subtype, const void *bytes, size_t len, size_t *at)
{
	char file[1024];
	struct sample sample;
	enum apple_fault fault = APPLE_SOUND;
	int head = snprintf(file, sizeof file, HEAD, subtype, "binary");

	assert_true((size_t)head + len <= sizeof file);
	if (len > 0)
		memcpy(file + head, bytes, len);
	sample_read(&sample, file, (size_t)head + len, &parser_apple);
	*at = 0;
	if (sample_met(&sample, FACT_APPLE_BAD) > 0) {
		fault = (enum apple_fault)sample_fact(&sample, FACT_APPLE_BAD)->value;
		*at = (size_t)(sample_fact(&sample, FACT_APPLE_BAD)->offset - (size_t)head);
	}
	sample_free(&sample);
	return fault;
}

/* Fault and place of the header with one byte changed. */
static void
assert_fault(size_t changed, unsigned char byte, enum apple_fault want, size_t place)
{
	unsigned char copy[sizeof sound];
	size_t at;

	memcpy(copy, sound, sizeof copy);
	copy[changed] = byte;
	assert_int_equal(fault_in("applefile", copy, sizeof copy, &at), want);
	assert_int_equal(at, place);
}

static void
each_fault_of_a_header_has_its_place(void **state)
{
	(void)state;
	assert_fault(0, 0, APPLE_SOUND, 0);
	assert_fault(3, 0, APPLE_SOUND, 0); /* AppleSingle */
	assert_fault(3, 9, APPLE_SIGNATURE, 0);
	assert_fault(5, 7, APPLE_VERSION, 4);
	assert_fault(25, 3, APPLE_TABLE, 50);
	assert_fault(37, 7, APPLE_ENTRY_OUTSIDE, 26);
	assert_fault(42, 0xff, APPLE_ENTRY_OUTSIDE, 38);
	assert_fault(41, 3, APPLE_ENTRY_TWICE, 38);
}

static void
a_header_that_is_cut_says_where(void **state)
{
	size_t at;

	(void)state;
	assert_int_equal(fault_in("applefile", sound, 0, &at), APPLE_NO_HEADER);
	assert_int_equal(fault_in("applefile", sound, 25, &at), APPLE_NO_HEADER);
	assert_int_equal(fault_in("applefile", sound, 46, &at), APPLE_ENTRY_OUTSIDE);
	assert_int_equal(fault_in("octet-stream", sound, 25, &at), APPLE_SOUND);
}

/* "x", forks of 5 and 3 bytes, MacBinary II. */
static void
make_macbinary(unsigned char *file)
{
	uint16_t crc = 0;

	memset(file, 0, 3 * HEADER_LEN);
	file[1] = 1;
	file[2] = 'x';
	file[86] = 5;
	file[90] = 3;
	file[122] = file[123] = 129;
	for (size_t i = 0; i < 124; i++)
		crc = apple_crc_add(crc, file[i]);
	file[124] = (unsigned char)(crc >> 8);
	file[125] = (unsigned char)crc;
	memset(file + 2 * HEADER_LEN, 'r', 3);
}

static void
each_fault_of_macbinary_has_its_place(void **state)
{
	static const struct {
		size_t changed;
		unsigned char byte;
		enum apple_fault want;
	} cases[] = {
		{ 1, 64, MACBINARY_NAME },
		{ 1, 0, MACBINARY_NAME },
		{ 0, 1, MACBINARY_ZEROS },
		{ 74, 1, MACBINARY_ZEROS },
		{ 82, 1, MACBINARY_ZEROS },
		{ 124, 0xee, MACBINARY_CRC },
	};
	unsigned char file[3 * HEADER_LEN];
	size_t at;

	(void)state;
	make_macbinary(file);
	/* The filling behind the last fork may be left out. */
	assert_int_equal(fault_in("macbinary", file, 2 * HEADER_LEN + 3, &at), APPLE_SOUND);
	assert_int_equal(fault_in("x-macbinary", file, 2 * HEADER_LEN + 2, &at), MACBINARY_FORKS);
	assert_int_equal(at, 83);
	assert_int_equal(fault_in("macbinary", file, 127, &at), APPLE_NO_HEADER);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		make_macbinary(file);
		file[cases[i].changed] = cases[i].byte;
		assert_int_equal(fault_in("macbinary", file, sizeof file, &at), cases[i].want);
		assert_int_equal(at, cases[i].changed);
	}
}

static void
fork_lengths_near_the_largest_number_do_not_overflow(void **state)
{
	unsigned char file[3 * HEADER_LEN];
	size_t at;

	(void)state;
	make_macbinary(file);
	memset(file + 83, 0xff, 8);
	memset(file + 122, 0, 4);
	assert_int_equal(fault_in("macbinary", file, sizeof file, &at), MACBINARY_FORKS);
}

static void
the_crc_of_a_run_is_that_of_its_bytes(void **state)
{
	static const unsigned char bytes[] = { 0, 1, 0x90, 0xff };

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++) {
		uint16_t one_by_one = 0x1d0f;

		for (unsigned count = 0; count < 600; count++) {
			assert_int_equal(apple_crc_add_run(0x1d0f, bytes[i], count), one_by_one);
			one_by_one = apple_crc_add(one_by_one, bytes[i]);
		}
	}
}

static void
every_prefix_is_read(void **state)
{
	static const char part[] =
	    "Content-Type: application/applefile\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n"
	    "AAUWBwACAAAAAAAAAAAAAAAAAAAAAAAAAAIAAAADAAAAMgAAAAQAAAAJAAAANgAA"
	    "AAJMaXN0QUI=\r\n";

	(void)state;
	sample_prefixes(part, sizeof part - 1, &parser_apple);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fault_of_a_header_has_its_place),
		cmocka_unit_test(a_header_that_is_cut_says_where),
		cmocka_unit_test(each_fault_of_macbinary_has_its_place),
		cmocka_unit_test(fork_lengths_near_the_largest_number_do_not_overflow),
		cmocka_unit_test(the_crc_of_a_run_is_that_of_its_bytes),
		cmocka_unit_test(every_prefix_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
