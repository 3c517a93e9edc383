/* test_tnef_values.c - attributes and properties whose values have a form, and embedded messages. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/body/tnef_stream.h"

#define PRIORITY 0x0004800du
#define FROM 0x00008000u
#define SENT_FOR 0x00060001u
#define RENDER_DATA 0x00069002u
#define ATTACH_DATA 0x0006800fu
#define ATTACHMENT 0x00069005u
#define TAG_KEY 0x007f0102u
#define TAG_SENDER 0x0c190102u
#define TAG_OBJECT 0x3701000du
#define TAG_ENCODING 0x37020102u
#define MACBINARY "\x2a\x86\x48\x86\xf7\x14\x03\x0a\x01"

static const unsigned char embedded[] = { 7, 3, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46 };
static const unsigned char rendering[] = { 1, 0, 0xff, 0xff, 0xff, 0xff, 32, 0, 32, 0, 0, 0, 0, 0 };

/* How often the fact was met in the stream; *value is that of the first. */
static unsigned
met(const struct stream *stream, enum fact_kind kind, uint64_t *value)
{
	struct sample sample;
	unsigned count;

	sample_read(&sample, stream->bytes, stream->len, &parser_tnef);
	count = sample_met(&sample, kind);
	*value = count > 0 ? sample_fact(&sample, kind)->value : 0;
	assert_int_equal(sample_met(&sample, FACT_TNEF_CUT), 0);
	assert_int_equal(sample_met(&sample, FACT_TNEF_BAD_CHECKSUM), 0);
	sample_free(&sample);
	return count;
}

/* The one attribute breaks the form so, or (0) does not. */
static void
assert_form(unsigned level, uint32_t id, const void *data, size_t len, enum tnef_form want)
{
	struct stream stream;
	uint64_t value;
	unsigned count;

	put_start(&stream);
	put_attribute(&stream, level, id, data, len);
	put_attribute(&stream, 1, SUBJECT, "Hello", 6);
	count = met(&stream, FACT_TNEF_FORM, &value);
	if (count != (want != 0) || value != (uint64_t)want)
		fail_msg("attribute %x: %u times form %u", id, count, (unsigned)value);
}

static void
each_attribute_is_held_against_its_form(void **state)
{
	(void)state;
	assert_form(1, VERSION, "\0\0\2\0", 4, TNEF_FORM_VERSION);
	assert_form(1, CODEPAGE, "\1\0\0\0\0\0\0\0", 8, TNEF_FORM_CODE_PAGE);
	assert_form(1, CODEPAGE, "\xa4\3\0\0\0\0\0\0", 8, 0);
	assert_form(1, CLASS, "IPM\x01Note", 9, TNEF_FORM_CLASS);
	assert_form(1, CLASS, "", 1, TNEF_FORM_CLASS);
	assert_form(1, PRIORITY, "\0\0", 2, TNEF_FORM_VALUE);
	assert_form(1, PRIORITY, "\3\0", 2, 0);
	assert_form(1, SUBJECT, "Hello", 5, TNEF_FORM_TEXT_OPEN);
	assert_form(1, 0x00067777, "Hello", 5, TNEF_FORM_ID);
	assert_form(1, RENDER_DATA, rendering, sizeof rendering, TNEF_FORM_LEVEL);
}

static void
dates_are_in_range_or_all_zero(void **state)
{
	(void)state;
	assert_form(1, DATE_SENT, "\xd1\7\3\0\5\0\24\0\7\0\63\0\1\0", 14, 0);
	assert_form(1, DATE_SENT, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 14, 0);
	assert_form(1, DATE_SENT, "\xd1\7\xd\0\5\0\24\0\7\0\63\0\1\0", 14, TNEF_FORM_DATE);
	assert_form(1, DATE_SENT, "\xd1\7\3\0\5\0\30\0\7\0\63\0\1\0", 14, TNEF_FORM_DATE);
	assert_form(1, DATE_SENT, "\xd1\7\3\0\5\0\24\0\7\0\63\0\7\0", 14, TNEF_FORM_DATE);
}

static void
addresses_must_end_inside_their_attribute(void **state)
{
	static const struct {
		uint32_t id;
		const char *data;
		size_t len;
		unsigned count;
	} cases[] = {
		{ FROM, "\4\0\x14\0\4\0\4\0Ann\0a@b\0\0\0\0", 20, 0 },
		{ FROM, "\4\0\x14\0\4\0\x40\0Ann\0a@b\0\0\0\0", 20, 1 },
		{ FROM, "\4\0\x15\0\4\0\4\0Ann\0a@b\0\0\0\0", 20, 1 },
		{ SENT_FOR, "\4\0Ann\0\4\0a@b\0", 12, 0 },
		{ SENT_FOR, "\4\0Ann\0\5\0a@b\0", 12, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct stream stream;
		uint64_t value;

		put_start(&stream);
		put_attribute(&stream, 1, cases[i].id, cases[i].data, cases[i].len);
		put_attribute(&stream, 1, SUBJECT, "Hello", 6);
		if (met(&stream, FACT_TNEF_ADDRESS, &value) != cases[i].count)
			fail_msg("case %zu", i);
	}
}

/* A list of one property of variable length, as bytes of an attribute. */
static void
put_property(struct stream *list, uint32_t tag, const void *value, size_t len)
{
	list->len = 0;
	put_number(list, 1, 4);
	put_number(list, tag, 4);
	put_number(list, 1, 4);
	put_number(list, len, 4);
	put(list, value, len);
	put_number(list, 0, (4 - len % 4) % 4);
}

static unsigned
met_in_property(uint32_t tag, const void *bytes, size_t len, enum fact_kind kind, uint64_t *value)
{
	struct stream stream, list;

	put_property(&list, tag, bytes, len);
	put_start(&stream);
	put_attribute(&stream, 1, MAPI_PROPS, list.bytes, list.len);
	put_attribute(&stream, 1, SUBJECT, "Hello", 6);
	return met(&stream, kind, value);
}

static void
identifiers_of_addresses_hold_all_their_texts(void **state)
{
	static const char one_off[] = "\0\0\0\0\x81\x2b\x1f\xa4\xbe\xa3\x10\x19\x9d\x6e\x00\xdd\x01"
				      "\x0f\x54\x02\0\0\0\0Ann\0SMTP\0a@b";
	uint64_t value;

	(void)state;
	assert_int_equal(
	    met_in_property(TAG_SENDER, one_off, sizeof one_off, FACT_TNEF_ADDRESS, &value), 0);
	assert_int_equal(
	    met_in_property(TAG_SENDER, one_off, sizeof one_off - 1, FACT_TNEF_ADDRESS, &value), 1);
	assert_int_equal(value, TAG_SENDER);
	assert_int_equal(met_in_property(TAG_SENDER, one_off, 7, FACT_TNEF_ADDRESS, &value), 1);
	/* The same bytes are no address under another tag. */
	assert_int_equal(met_in_property(0x12340102, one_off, 7, FACT_TNEF_ADDRESS, &value), 0);
}

static void
the_key_is_that_of_the_message_around(void **state)
{
	static const char head[] =
	    "Message-ID: <1@a.example>\r\nContent-Type: application/ms-tnef\r\n"
	    "Content-Transfer-Encoding: binary\r\n\r\n";
	static const char *const keys[] = { "<1@a.example>", "<2@a.example>" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct stream stream, list;
		uint64_t value;

		put_property(&list, TAG_KEY, keys[i], strlen(keys[i]) + 1);
		begin_labelled(&stream, head);
		put_attribute(&stream, 1, MAPI_PROPS, list.bytes, list.len);
		put_attribute(&stream, 1, SUBJECT, "Hello", 6);
		assert_int_equal(met(&stream, FACT_TNEF_KEY_OTHER, &value), i);
		assert_int_equal(value, i); /* no X-MS-TNEF-Correlator either */
	}
}

static void
one_key_a_part_is_compared(void **state)
{
	struct stream stream, list;
	uint64_t value;

	(void)state;
	begin_labelled(&stream, "Message-ID: <1@a.example>\r\nContent-Type: application/ms-tnef\r\n"
				"Content-Transfer-Encoding: binary\r\n\r\n");
	put_property(&list, TAG_KEY, "<2@a.example>", 14);
	for (int i = 0; i < 3; i++)
		put_attribute(&stream, 1, MAPI_PROPS, list.bytes, list.len);
	assert_int_equal(met(&stream, FACT_TNEF_KEY_OTHER, &value), 1);
}

/* A stream in a message, itself in a message … `depth` times; bad_sum is changed in the innermost. */
static void
put_nested(struct stream *stream, unsigned depth, unsigned bad_sum)
{
	struct stream inner, list, object;

	memset(&inner, 0, sizeof inner);
	put_number(&inner, SIGNATURE, 4);
	put_number(&inner, 1, 2);
	put_attribute(&inner, 1, SUBJECT, "Hello", 6);
	inner.bytes[inner.len - 4] ^= (unsigned char)bad_sum;
	for (unsigned i = 0; i < depth; i++) {
		object.len = 0;
		put(&object, embedded, sizeof embedded);
		put(&object, inner.bytes, inner.len);
		put_property(&list, TAG_OBJECT, object.bytes, object.len);
		inner.len = 0;
		put_number(&inner, SIGNATURE, 4);
		put_number(&inner, 1, 2);
		put_attribute(&inner, 2, RENDER_DATA, rendering, sizeof rendering);
		put_attribute(&inner, 2, ATTACHMENT, list.bytes, list.len);
	}
	begin(stream);
	stream->len = stream->start;
	put(stream, inner.bytes, inner.len);
	put_attribute(stream, 2, 0x00018010, "Hello", 6); /* no NUL may be last in a file */
}

static void
embedded_messages_are_walked_down_to_a_limit(void **state)
{
	struct stream stream;
	struct sample sample;
	uint64_t value;

	(void)state;
	put_nested(&stream, 10, 0);
	assert_int_equal(met(&stream, FACT_TNEF_NESTED, &value), 0);
	put_nested(&stream, 11, 0);
	assert_int_equal(met(&stream, FACT_TNEF_NESTED, &value), 1);
	assert_int_equal(value, 11);
	put_nested(&stream, 3, 4);
	sample_read(&sample, stream.bytes, stream.len, &parser_tnef);
	/* Of that one alone: the streams around sum up what was put into them. */
	assert_int_equal(sample_met(&sample, FACT_TNEF_BAD_CHECKSUM), 1);
	assert_int_equal(
	    sample_fact(&sample, FACT_TNEF_BAD_CHECKSUM)->offset, sample_at(&sample, "Hell") + 6);
	assert_int_equal(sample_met(&sample, FACT_TNEF_PRESENT), 1);
	sample_free(&sample);
}

/* An attachment said to be MacBinary by its flag or by its encoding. */
static unsigned
met_attachment(bool by_flag, const void *data, size_t len, uint64_t *value)
{
	unsigned char head[sizeof rendering];
	struct stream stream, list;

	memcpy(head, rendering, sizeof head);
	head[10] = by_flag;
	put_start(&stream);
	put_attribute(&stream, 2, RENDER_DATA, head, sizeof head);
	put_attribute(&stream, 2, ATTACH_DATA, data, len);
	put_property(&list, by_flag ? 0x37030102 : TAG_ENCODING, MACBINARY, 9);
	put_attribute(&stream, 2, ATTACHMENT, list.bytes, list.len);
	put_attribute(&stream, 2, 0x00018010, "Hello", 6);
	return met(&stream, FACT_TNEF_NOT_MACBINARY, value);
}

static void
macbinary_without_its_header_is_noticed(void **state)
{
	unsigned char file[256] = { 0, 1, 'x' };
	uint64_t value;

	(void)state;
	assert_int_equal(met_attachment(true, file, sizeof file, &value), 0);
	assert_int_equal(met_attachment(false, file, sizeof file, &value), 0);
	assert_int_equal(met_attachment(true, file, 100, &value), 1);
	assert_int_equal(value, APPLE_NO_HEADER);
	file[1] = 0xcf;
	assert_int_equal(met_attachment(false, file, sizeof file, &value), 1);
	assert_int_equal(value, MACBINARY_NAME);
}

static void
every_prefix_of_an_embedded_message_is_read(void **state)
{
	struct stream stream;

	(void)state;
	put_nested(&stream, 2, 0);
	sample_prefixes(stream.bytes, stream.len, &parser_tnef);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_attribute_is_held_against_its_form),
		cmocka_unit_test(dates_are_in_range_or_all_zero),
		cmocka_unit_test(addresses_must_end_inside_their_attribute),
		cmocka_unit_test(identifiers_of_addresses_hold_all_their_texts),
		cmocka_unit_test(the_key_is_that_of_the_message_around),
		cmocka_unit_test(one_key_a_part_is_compared),
		cmocka_unit_test(embedded_messages_are_walked_down_to_a_limit),
		cmocka_unit_test(macbinary_without_its_header_is_noticed),
		cmocka_unit_test(every_prefix_of_an_embedded_message_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
