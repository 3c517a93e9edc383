/* test_tnef.c - TNEF streams built byte by byte, sound and damaged. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/body/tnef_stream.h"

static const enum fact_kind all_faults[] = { FACT_TNEF_BAD_SIGNATURE, FACT_TNEF_EMPTY,
	FACT_TNEF_CUT, FACT_TNEF_BAD_CHECKSUM, FACT_TNEF_BAD_LEVEL, FACT_TNEF_BAD_LENGTH,
	FACT_TNEF_TRAILING, FACT_TNEF_PROPS_BAD, FACT_TNEF_EMPTY_STRING, FACT_TNEF_MV_RECIPIENT,
	FACT_TNEF_FORM, FACT_TNEF_NESTED, FACT_TNEF_RTF, FACT_TNEF_ADDRESS, FACT_TNEF_KEY_OTHER,
	FACT_TNEF_NOT_MACBINARY };

/* Exactly one fact of the kind, and no other fault; FACT_COUNT: none at all. Returns its value. */
static uint64_t
assert_only(const struct stream *stream, enum fact_kind want)
{
	struct sample sample;
	uint64_t value = 0;

	sample_read(&sample, stream->bytes, stream->len, &parser_tnef);
	for (size_t i = 0; i < sizeof all_faults / sizeof *all_faults; i++)
		if (sample_met(&sample, all_faults[i]) != (all_faults[i] == want))
			fail_msg("fact %d met %u times", (int)all_faults[i],
			    sample_met(&sample, all_faults[i]));
	if (want != FACT_COUNT)
		value = sample_fact(&sample, want)->value;
	sample_free(&sample);
	return value;
}

static void
a_sound_stream_has_no_fault(void **state)
{
	struct stream stream;
	struct sample sample;

	(void)state;
	put_start(&stream);
	put_attribute(&stream, 1, SUBJECT, "Hello", 6);
	put_attribute(&stream, 1, DATE_SENT, "\xd1\7\3\0\5\0\24\0\7\0\63\0\1\0", 14);
	assert_only(&stream, FACT_COUNT);
	sample_read(&sample, stream.bytes, stream.len, &parser_tnef);
	assert_int_equal(sample_fact(&sample, FACT_TNEF_PRESENT)->offset, stream.start);
	assert_int_equal(sample_fact(&sample, FACT_TNEF_PRESENT)->value, 0x1234);
	sample_free(&sample);
}

static void
tnef_is_found_by_name_and_by_signature(void **state)
{
	static const char *const heads[] = {
		"Content-Type: application/octet-stream; name=WINMAIL.DAT\r\n\r\n",
		"Content-Type: application/octet-stream\r\n"
		"Content-Transfer-Encoding: binary\r\n\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		struct stream stream;
		struct sample sample;

		begin_labelled(&stream, heads[i]);
		put_attribute(&stream, 1, VERSION, "\0\0\1\0", 4);
		sample_read(&sample, stream.bytes, stream.len, &parser_tnef);
		assert_int_equal(sample_met(&sample, FACT_TNEF_PRESENT), 1);
		sample_free(&sample);
	}
}

static void
a_wrong_signature_counts_only_under_the_label(void **state)
{
	struct stream stream;

	(void)state;
	put_start(&stream);
	stream.bytes[stream.start] ^= 1;
	assert_int_equal(assert_only(&stream, FACT_TNEF_BAD_SIGNATURE), SIGNATURE ^ 1);
	begin_labelled(&stream, "Content-Type: application/octet-stream\r\n\r\n");
	stream.bytes[stream.start] ^= 1;
	assert_only(&stream, FACT_COUNT);
	begin(&stream);
	stream.len = stream.start;
	assert_only(&stream, FACT_TNEF_EMPTY);
}

static void
a_wrong_checksum_names_its_attribute(void **state)
{
	struct stream stream;

	(void)state;
	put_start(&stream);
	put_attribute(&stream, 1, SUBJECT, "Hello", 6);
	stream.bytes[stream.len - 4] ^= 4;
	put_attribute(&stream, 1, SUBJECT, "Again", 6);
	assert_int_equal(assert_only(&stream, FACT_TNEF_BAD_CHECKSUM), SUBJECT);
}

static void
an_attribute_past_the_end_is_cut(void **state)
{
	struct stream stream;

	(void)state;
	put_start(&stream);
	put_attribute(&stream, 1, SUBJECT, "Hello", 6);
	stream.len -= 5;
	assert_int_equal(assert_only(&stream, FACT_TNEF_CUT), 5);
	put_start(&stream);
	put(&stream, "\1\4\200\1\7", 5); /* a header torn in its id; no NUL may be last in a file */
	assert_int_equal(assert_only(&stream, FACT_TNEF_CUT), 6);
	begin(&stream);
	assert_int_equal(assert_only(&stream, FACT_TNEF_CUT), 11);
}

static void
level_length_and_leftover_are_checked(void **state)
{
	struct stream stream;

	(void)state;
	put_start(&stream);
	put_attribute(&stream, 7, SUBJECT, "Hello", 6);
	assert_int_equal(assert_only(&stream, FACT_TNEF_BAD_LEVEL), 7);
	put_start(&stream);
	put_attribute(&stream, 1, DATE_SENT, "123456789012", 12);
	assert_int_equal(assert_only(&stream, FACT_TNEF_BAD_LENGTH), 12);
	put_start(&stream);
	put(&stream, "\r\n", 2);
	assert_int_equal(assert_only(&stream, FACT_TNEF_TRAILING), 2);
	put_start(&stream);
	put_attribute(&stream, 1, SUBJECT, "", 0);
	put_attribute(&stream, 1, SUBJECT, "Hello", 6);
	assert_int_equal(assert_only(&stream, FACT_TNEF_EMPTY_STRING), SUBJECT);
}

static void
a_negative_length_is_bad_and_stops_the_walk(void **state)
{
	struct stream stream;
	struct sample sample;

	(void)state;
	put_start(&stream);
	put_number(&stream, 1, 1);
	put_number(&stream, SUBJECT, 4);
	put_number(&stream, 0xfffffff0u, 4);
	put(&stream, "Hello!!", 7);
	sample_read(&sample, stream.bytes, stream.len, &parser_tnef);
	assert_int_equal(sample_met(&sample, FACT_TNEF_BAD_LENGTH), 1);
	assert_int_equal(sample_met(&sample, FACT_TNEF_CUT), 1);
	sample_free(&sample);
}

/* A property list of one property with the given tag, and what follows the tag. */
static void
put_one_property(
    struct stream *stream, uint32_t attribute, uint32_t tag, const void *rest, size_t len)
{
	struct stream list = { 0 };

	if (attribute == RECIPIENTS)
		put_number(&list, 1, 4); /* one row */
	put_number(&list, 1, 4);
	put_number(&list, tag, 4);
	put(&list, rest, len);
	put_start(stream);
	put_attribute(stream, 1, attribute, list.bytes, list.len);
	/* NULs at the end of a file are none of the message: let another byte be the last. */
	put_attribute(stream, 1, SUBJECT, "Hello", 6);
}

static void
sound_property_lists_have_no_fault(void **state)
{
	struct stream stream;

	(void)state;
	put_one_property(&stream, MAPI_PROPS, 0x0017 << 16 | 0x0003, "\1\0\0\0", 4);
	assert_only(&stream, FACT_COUNT);
	put_one_property(&stream, MAPI_PROPS, 0x0e1d << 16 | 0x001e, "\1\0\0\0\3\0\0\0Hi\0\0", 12);
	assert_only(&stream, FACT_COUNT);
	put_one_property(&stream, MAPI_PROPS, 0x0e1d << 16 | 0x001f, "\1\0\0\0\4\0\0\0H\0\0\0", 12);
	assert_only(&stream, FACT_COUNT);
	put_one_property(&stream, MAPI_PROPS, 0x80010003u,
	    "0123456789abcdef\1\0\0\0\4\0\0\0N\0\0\0\5\0\0\0", 32);
	assert_only(&stream, FACT_COUNT);
	put_one_property(
	    &stream, MAPI_PROPS, 0x1234 << 16 | 0x1003, "\2\0\0\0\1\0\0\0\2\0\0\0", 12);
	assert_only(&stream, FACT_COUNT);
	put_one_property(&stream, RECIPIENTS, 0x0e1d << 16 | 0x001e, "\1\0\0\0\3\0\0\0Hi\0\0", 12);
	assert_only(&stream, FACT_COUNT);
}

static void
damaged_property_lists_say_why(void **state)
{
	struct stream stream;

	(void)state;
	put_one_property(
	    &stream, MAPI_PROPS, 0x0e1d << 16 | 0x001e, "\1\0\0\0\x40\0\0\0Hi\0\0", 12);
	assert_int_equal(assert_only(&stream, FACT_TNEF_PROPS_BAD), 1);
	put_one_property(&stream, MAPI_PROPS, 0x0e1d << 16 | 0x0077, "\1\0\0\0", 4);
	assert_int_equal(assert_only(&stream, FACT_TNEF_PROPS_BAD), 2);
	put_one_property(
	    &stream, MAPI_PROPS, 0x80010003u, "0123456789abcdef\x07\0\0\0\4\0\0\0\5\0\0\0", 28);
	assert_int_equal(assert_only(&stream, FACT_TNEF_PROPS_BAD), 3);
	put_one_property(&stream, MAPI_PROPS, 0x0e1d << 16 | 0x001f, "\1\0\0\0\3\0\0\0abc\0", 12);
	assert_int_equal(assert_only(&stream, FACT_TNEF_PROPS_BAD), 4);
	put_one_property(&stream, MAPI_PROPS, 0x1234 << 16 | 0x1003, "\xff\xff\xff\x7f", 4);
	assert_int_equal(assert_only(&stream, FACT_TNEF_PROPS_BAD), 5);
	put_one_property(&stream, MAPI_PROPS, 0x0e1d << 16 | 0x001e, "\1\0\0\0\0\0\0\0", 8);
	assert_int_equal(assert_only(&stream, FACT_TNEF_EMPTY_STRING), 0x0e1d << 16 | 0x001e);
	put_one_property(&stream, RECIPIENTS, 0x0e1d << 16 | 0x101e, "\1\0\0\0\3\0\0\0Hi\0\0", 12);
	assert_int_equal(assert_only(&stream, FACT_TNEF_MV_RECIPIENT), 0x0e1d << 16 | 0x101e);
}

static void
every_prefix_is_read(void **state)
{
	struct stream stream;

	(void)state;
	put_one_property(&stream, RECIPIENTS, 0x80010000u | 0x101f,
	    "0123456789abcdef\1\0\0\0\4\0\0\0N\0\0\0\2\0\0\0\4\0\0\0H\0\0\0\2\0\0\0\0\0\0\0", 48);
	sample_prefixes(stream.bytes, stream.len, &parser_tnef);
	put_start(&stream);
	put_attribute(&stream, 1, SUBJECT, "Hello", 6);
	sample_prefixes(stream.bytes, stream.len, &parser_tnef);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_stream_has_no_fault),
		cmocka_unit_test(tnef_is_found_by_name_and_by_signature),
		cmocka_unit_test(a_wrong_signature_counts_only_under_the_label),
		cmocka_unit_test(a_wrong_checksum_names_its_attribute),
		cmocka_unit_test(an_attribute_past_the_end_is_cut),
		cmocka_unit_test(level_length_and_leftover_are_checked),
		cmocka_unit_test(a_negative_length_is_bad_and_stops_the_walk),
		cmocka_unit_test(sound_property_lists_have_no_fault),
		cmocka_unit_test(damaged_property_lists_say_why),
		cmocka_unit_test(every_prefix_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
