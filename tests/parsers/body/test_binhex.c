/* test_binhex.c - BinHex 4.0 made by a small encoder of the test's own, then damaged. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define LABEL "Content-Type: application/mac-binhex40; name=a.hqx\r\n\r\n"
#define BANNER "(This file must be converted with BinHex 4.0)\r\n\r\n"

static const enum fact_kind all_faults[] = { FACT_BINHEX_NO_PROLOG, FACT_BINHEX_NO_START,
	FACT_BINHEX_NO_END, FACT_BINHEX_BAD_BYTE, FACT_BINHEX_BAD_CRC, FACT_BINHEX_CUT,
	FACT_BINHEX_SHORT_RUN, FACT_BINHEX_NAME };

struct text {
	char bytes[8192];
	size_t len;
	uint32_t bits;
	unsigned n_bits;
	size_t n_symbols, n_packed;
};

static void
add(struct text *text, const char *bytes)
{
	size_t len = strlen(bytes);

	assert_true(text->len + len < sizeof text->bytes);
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
	text->bytes[text->len] = '\0';
}

static void
add_symbol(struct text *text, unsigned six)
{
	static const char alphabet[] =
	    "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
	char one[2] = { alphabet[six], '\0' };

	add(text, one);
	if (++text->n_symbols % 64 == 63)
		add(text, "\r\n");
}

/* One byte of the packed stream, runs already coded. */
static void
add_packed(struct text *text, unsigned char byte)
{
	text->n_packed++;
	text->bits = text->bits << 8 | byte;
	text->n_bits += 8;
	while (text->n_bits >= 6) {
		text->n_bits -= 6;
		add_symbol(text, text->bits >> text->n_bits & 63);
	}
}

static void
add_byte(struct text *text, unsigned char byte)
{
	add_packed(text, byte);
	if (byte == 0x90)
		add_packed(text, 0);
}

/* CRC-16/XMODEM, bit by bit. */
static unsigned
crc_of(const unsigned char *bytes, size_t len)
{
	unsigned crc = 0;

	for (size_t i = 0; i < len; i++) {
		crc ^= (unsigned)bytes[i] << 8;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xffff;
	}
	return crc;
}

static void
add_block(struct text *text, const unsigned char *bytes, size_t len, unsigned crc)
{
	for (size_t i = 0; i < len; i++)
		add_byte(text, bytes[i]);
	add_byte(text, (unsigned char)(crc >> 8));
	add_byte(text, (unsigned char)crc);
}

static void
finish_symbols(struct text *text)
{
	if (text->n_bits > 0)
		add_symbol(text, text->bits << (6 - text->n_bits) & 63);
	text->n_bits = 0;
}

/* ':' and a whole file named "a" of `len` data bytes and no resource fork; spoil: CRC (1 to 3) to
 * break. */
static void
add_file(struct text *text, const unsigned char *data, size_t len, int spoil)
{
	unsigned char header[21] = { 1, 'a', 0, 'T', 'E', 'X', 'T', 't', 't', 'x', 't' };

	header[15] = (unsigned char)(len >> 8);
	header[16] = (unsigned char)len;
	add(text, ":");
	add_block(text, header, sizeof header, crc_of(header, sizeof header) ^ (spoil == 1));
	add_block(text, data, len, crc_of(data, len) ^ (spoil == 2));
	add_block(text, data, 0, 0 ^ (unsigned)(spoil == 3));
	finish_symbols(text);
}

static uint64_t
assert_only(const struct text *text, enum fact_kind want)
{
	struct sample sample;
	uint64_t value = 0;

	sample_read(&sample, text->bytes, text->len, &parser_binhex);
	for (size_t i = 0; i < sizeof all_faults / sizeof *all_faults; i++)
		if (sample_met(&sample, all_faults[i]) != (all_faults[i] == want))
			fail_msg("fact %d met %u times in %s", (int)all_faults[i],
			    sample_met(&sample, all_faults[i]), text->bytes);
	if (want != FACT_COUNT)
		value = sample_fact(&sample, want)->value;
	sample_free(&sample);
	return value;
}

static const unsigned char cat[] = "Cats are \x90 fine animals, all of them.";

static void
a_sound_file_has_no_fault(void **state)
{
	struct text text = { 0 };

	(void)state;
	add(&text, LABEL BANNER);
	add_file(&text, cat, sizeof cat, 0);
	add(&text, ":\r\n");
	assert_only(&text, FACT_COUNT);
}

static void
a_label_without_the_banner_is_noticed(void **state)
{
	struct text text = { 0 };
	struct sample sample;

	(void)state;
	add(&text, LABEL);
	add_file(&text, cat, sizeof cat, 0);
	add(&text, ":\r\n");
	assert_only(&text, FACT_BINHEX_NO_PROLOG);
	sample_text(&sample, LABEL "no such thing\r\n", &parser_binhex);
	assert_int_equal(sample_met(&sample, FACT_BINHEX_NO_PROLOG), 1);
	assert_int_equal(sample_met(&sample, FACT_BINHEX_NO_START), 1);
	sample_free(&sample);
}

static void
each_checksum_is_checked(void **state)
{
	(void)state;
	for (int which = 1; which <= 3; which++) {
		struct text text = { 0 };

		add(&text, LABEL BANNER);
		add_file(&text, cat, sizeof cat, which);
		add(&text, ":\r\n");
		assert_int_equal(assert_only(&text, FACT_BINHEX_BAD_CRC), which);
	}
}

static void
end_and_truncation_are_told_apart(void **state)
{
	struct text text = { 0 };
	struct sample sample;

	(void)state;
	add(&text, LABEL BANNER);
	add_file(&text, cat, sizeof cat, 0);
	assert_only(&text, FACT_BINHEX_NO_END);
	text.len -= 12;
	sample_read(&sample, text.bytes, text.len, &parser_binhex);
	assert_int_equal(sample_met(&sample, FACT_BINHEX_CUT), 1);
	assert_int_equal(sample_met(&sample, FACT_BINHEX_NO_END), 1);
	sample_free(&sample);
	text.bytes[text.len] = '\0';
	add(&text, ":\r\n");
	assert_int_equal(
	    assert_only(&text, FACT_BINHEX_CUT), text.n_packed - (text.n_symbols - 12) * 6 / 8);
}

static void
a_foreign_byte_has_its_exact_place(void **state)
{
	struct text text = { 0 };
	struct sample sample;

	(void)state;
	add(&text, LABEL BANNER ":");
	add(&text, "\"~");
	sample_read(&sample, text.bytes, text.len, &parser_binhex);
	assert_int_equal(
	    sample_fact(&sample, FACT_BINHEX_BAD_BYTE)->offset, sample_at(&sample, "~"));
	assert_int_equal(sample_fact(&sample, FACT_BINHEX_BAD_BYTE)->value, '~');
	sample_free(&sample);
}

static void
runs_are_undone_and_short_ones_noticed(void **state)
{
	(void)state;
	for (unsigned count = 1; count <= 5; count += 2) {
		static const unsigned char header[21] = { 1, 'a', 0, 'T', 'E', 'X', 'T', 't', 't',
			'x', 't', 0, 0, 0, 0, 0, 5 };
		struct text text = { 0 };

		add(&text, LABEL BANNER ":");
		add_block(&text, header, sizeof header, crc_of(header, sizeof header));
		for (unsigned i = 0; i < 5 - count; i++)
			add_byte(&text, 'z');
		add_byte(&text, 'z');
		add_packed(&text, 0x90);
		add_packed(&text, (unsigned char)count);
		add_block(&text, header, 0, crc_of((const unsigned char *)"zzzzz", 5));
		add_block(&text, header, 0, 0);
		finish_symbols(&text);
		add(&text, ":\r\n");
		if (count < 3)
			assert_int_equal(assert_only(&text, FACT_BINHEX_SHORT_RUN), count);
		else
			assert_only(&text, FACT_COUNT);
	}
}

static void
unlabelled_text_is_read_only_with_banner_and_data(void **state)
{
	struct text text = { 0 };

	(void)state;
	add(&text, "Subject: x\r\n\r\nHere it is.\r\n" BANNER);
	add_file(&text, cat, sizeof cat, 2);
	add(&text, ":\r\n");
	assert_int_equal(assert_only(&text, FACT_BINHEX_BAD_CRC), 2);
	text.len = 0;
	add(&text,
	    "Subject: x\r\n\r\n" BANNER "is what the first line says\r\n\r\n\r\n\r\n:not data\r\n");
	assert_only(&text, FACT_COUNT);
	text.len = 0;
	add(&text, "Subject: x\r\n\r\nThe line \"" BANNER ":not data\r\n");
	assert_only(&text, FACT_COUNT);
}

/* A label and a file without data whose name is that. */
static void
add_empty_file(struct text *text, const char *name)
{
	unsigned char header[96] = { (unsigned char)strlen(name) };
	size_t len = strlen(name) + 20;

	memcpy(header + 1, name, strlen(name));
	add(text, LABEL BANNER ":");
	add_block(text, header, len, crc_of(header, len));
	add_block(text, header, 0, 0);
	add_block(text, header, 0, 0);
	finish_symbols(text);
	add(text, ":\r\n");
}

static void
names_and_empty_forks_are_facts_of_the_header(void **state)
{
	static const struct {
		const char *name;
		unsigned met;
		uint64_t value;
	} cases[] = {
		{ "List", 0, 0 }, { "\x8d\xdd\x8c\xc9", 1, 4 },
		{ "\x8d\xdd\x8c\xc9\x8d", 1, 5 + 256 },
		{ "\xb0\xa1x", 1, 3 }, /* half-width kana in Japan, one character in China */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text text = { 0 };
		struct sample sample;

		add_empty_file(&text, cases[i].name);
		sample_read(&sample, text.bytes, text.len, &parser_binhex);
		assert_int_equal(sample_met(&sample, FACT_BINHEX_NO_DATA), 1);
		assert_int_equal(sample_met(&sample, FACT_BINHEX_BAD_CRC), 0);
		assert_int_equal(sample_met(&sample, FACT_BINHEX_NAME_8BIT), cases[i].met);
		if (cases[i].met > 0)
			assert_int_equal(
			    sample_fact(&sample, FACT_BINHEX_NAME_8BIT)->value, cases[i].value);
		sample_free(&sample);
	}
}

static void
a_file_right_behind_another_adjoins_it(void **state)
{
	(void)state;
	for (unsigned gap = 0; gap < 2; gap++) {
		struct text text = { 0 };
		struct sample sample;

		add(&text, LABEL BANNER);
		add_file(&text, cat, sizeof cat, 0);
		add(&text, gap ? ":\r\n\r\n" : ":\r\n");
		add(&text, BANNER);
		add_file(&text, cat, sizeof cat, 0);
		add(&text, ":\r\n");
		sample_read(&sample, text.bytes, text.len, &parser_binhex);
		assert_int_equal(sample_met(&sample, FACT_BINHEX_BEGIN), 2);
		assert_int_equal(sample_met(&sample, FACT_BINHEX_ADJOINS), !gap);
		sample_free(&sample);
	}
}

static void
every_prefix_is_read(void **state)
{
	struct text text = { 0 };

	(void)state;
	add(&text, LABEL BANNER);
	add_file(&text, cat, sizeof cat, 0);
	add(&text, ":\r\n");
	sample_prefixes(text.bytes, text.len, &parser_binhex);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_file_has_no_fault),
		cmocka_unit_test(a_label_without_the_banner_is_noticed),
		cmocka_unit_test(each_checksum_is_checked),
		cmocka_unit_test(end_and_truncation_are_told_apart),
		cmocka_unit_test(a_foreign_byte_has_its_exact_place),
		cmocka_unit_test(runs_are_undone_and_short_ones_noticed),
		cmocka_unit_test(unlabelled_text_is_read_only_with_banner_and_data),
		cmocka_unit_test(names_and_empty_forks_are_facts_of_the_header),
		cmocka_unit_test(a_file_right_behind_another_adjoins_it),
		cmocka_unit_test(every_prefix_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
