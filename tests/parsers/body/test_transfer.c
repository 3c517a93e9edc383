/* test_transfer.c - base64, quoted-printable and the bytes of unencoded bodies. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define HEAD(encoding) "From: a@a.example\r\nContent-Transfer-Encoding: " encoding "\r\n\r\n"

#define QUJD_11 "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD"
#define QUJD_22 QUJD_11 QUJD_11 /* 88 bytes */

static const enum fact_kind base64_faults[] = { FACT_BASE64_BAD_BYTE, FACT_BASE64_PAD_MIDDLE,
	FACT_BASE64_CUT, FACT_BASE64_EMPTY };

static void
assert_decodes(const char *message, const char *want)
{
	struct sample sample;

	sample_text(&sample, message, &parser_transfer);
	if (!slice_eq(sample_decoded(&sample), want))
		fail_msg("%s decodes to %.*s", message, (int)sample_decoded(&sample).len,
		    (const char *)sample_decoded(&sample).data);
	sample_free(&sample);
}

static void
base64_decodes_the_vectors_of_rfc_4648(void **state)
{
	(void)state;
	assert_decodes(HEAD("base64") "", "");
	assert_decodes(HEAD("base64") "Zg==", "f");
	assert_decodes(HEAD("base64") "Zm8=", "fo");
	assert_decodes(HEAD("base64") "Zm9v", "foo");
	assert_decodes(HEAD("base64") "Zm9vYg==", "foob");
	assert_decodes(HEAD("base64") "Zm9vYmE=", "fooba");
	assert_decodes(HEAD("base64") "Zm9vYmFy", "foobar");
	assert_decodes(HEAD("base64") "Zm9v\r\nYm\r\nFy\r\n", "foobar");
}

static void
sound_base64_of_any_line_length_has_no_fault(void **state)
{
	static const char *const bodies[] = { "QUJD\r\n", "QUJD", "Q\r\nU\r\nJ\r\nD",
		"QUJD  \r\nQUI=\t\r\n", "QUJD\r\n\r\n\r\n", "QQ==", QUJD_22 "\r\n" };

	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct sample sample;
		char text[512];

		strcpy(text, HEAD("base64"));
		strcat(text, bodies[i]);
		sample_text(&sample, text, &parser_transfer);
		for (size_t k = 0; k < sizeof base64_faults / sizeof *base64_faults; k++)
			assert_int_equal(sample_met(&sample, base64_faults[k]), 0);
		assert_int_equal(sample_met(&sample, FACT_BASE64_LONG_LINE), i == 6);
		sample_free(&sample);
	}
}

static void
a_bad_byte_is_found_at_its_exact_place(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, HEAD("base64") "QUJD\r\nQU~JD\r\n", &parser_transfer);
	assert_int_equal(sample_met(&sample, FACT_BASE64_BAD_BYTE), 1);
	assert_int_equal(
	    sample_fact(&sample, FACT_BASE64_BAD_BYTE)->offset, sample_at(&sample, "~"));
	assert_int_equal(sample_fact(&sample, FACT_BASE64_BAD_BYTE)->value, '~');
	assert_true(slice_eq(sample_decoded(&sample), "ABCABC"));
	sample_free(&sample);
}

static void
data_after_padding_is_seen_and_decoded(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, HEAD("base64") "QQ==\r\nQUJD\r\n", &parser_transfer);
	assert_int_equal(
	    sample_fact(&sample, FACT_BASE64_PAD_MIDDLE)->offset, sample_at(&sample, "=="));
	assert_int_equal(sample_fact(&sample, FACT_BASE64_PAD_MIDDLE)->value, 0);
	assert_true(slice_eq(sample_decoded(&sample), "AABC"));
	sample_free(&sample);
}

static void
an_incomplete_quartet_is_cut(void **state)
{
	static const struct {
		const char *body;
		uint64_t symbols;
	} rows[] = { { "QUJDQ", 1 }, { "QUJDQU", 2 }, { "QUJDQUI", 3 }, { "QUJDQQ=", 3 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct sample sample;
		char text[200];

		strcpy(text, HEAD("base64"));
		strcat(text, rows[i].body);
		sample_text(&sample, text, &parser_transfer);
		assert_int_equal(sample_met(&sample, FACT_BASE64_CUT), 1);
		assert_int_equal(sample_fact(&sample, FACT_BASE64_CUT)->value, rows[i].symbols);
		sample_free(&sample);
	}
}

static void
a_list_footer_is_told_from_damage(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(
	    &sample, HEAD("base64") "QUI=\r\n\r\n_____\r\nTo leave the list\r\n", &parser_transfer);
	assert_int_equal(sample_met(&sample, FACT_BASE64_BAD_BYTE), 1);
	assert_int_equal(sample_fact(&sample, FACT_BASE64_BAD_BYTE)->value, 256 + '_');
	assert_int_equal(
	    sample_fact(&sample, FACT_BASE64_BAD_BYTE)->offset, sample_at(&sample, "____"));
	assert_int_equal(sample_fact(&sample, FACT_BASE64_PAD_MIDDLE)->value, 1);
	assert_true(slice_eq(sample_decoded(&sample), "AB"));
	sample_free(&sample);
	/* Without the empty line, or in mid quartet, it is damage like any other. */
	sample_text(&sample, HEAD("base64") "QUI=\r\n_____\r\n", &parser_transfer);
	assert_int_equal(sample_fact(&sample, FACT_BASE64_BAD_BYTE)->value, '_');
	sample_free(&sample);
	sample_text(&sample, HEAD("base64") "QUI\r\n\r\n_____\r\n", &parser_transfer);
	assert_int_equal(sample_fact(&sample, FACT_BASE64_BAD_BYTE)->value, '_');
	sample_free(&sample);
}

static void
blank_base64_is_empty(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, HEAD("base64") "\r\n \r\n", &parser_transfer);
	assert_int_equal(sample_met(&sample, FACT_BASE64_EMPTY), 1);
	assert_int_equal(sample_met(&sample, FACT_BASE64_CUT), 0);
	sample_free(&sample);
}

static void
quoted_printable_decodes(void **state)
{
	(void)state;
	assert_decodes(HEAD("quoted-printable") "a=3Db=\r\nc \t\r\nd=e9", "a=bc\r\nd\xe9");
	assert_decodes(HEAD("quoted-printable") "a= \t\r\nb", "ab");
	assert_decodes(HEAD("quoted-printable") "1 =2 3", "1 =2 3");
	assert_decodes(HEAD("quoted-printable") "====41", "===A");
}

static void
bad_escapes_are_found_and_a_ruler_is_one_fault(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, HEAD("quoted-printable") "good=20\r\n====\r\nbad=G1 bad\x01\r\n",
	    &parser_transfer);
	assert_int_equal(sample_met(&sample, FACT_QP_BAD_ESCAPE), 2);
	assert_int_equal(
	    sample_fact(&sample, FACT_QP_BAD_ESCAPE)->offset, sample_at(&sample, "===="));
	assert_int_equal(sample_fact(&sample, FACT_QP_BAD_ESCAPE)->len, 3);
	assert_int_equal(sample_fact(&sample, FACT_QP_CONTROL)->value, 1);
	sample_free(&sample);
}

static void
text_that_ends_in_an_escape_is_noticed(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, HEAD("quoted-printable") "text=\r\n", &parser_transfer);
	assert_int_equal(sample_fact(&sample, FACT_QP_ENDS_IN_ESCAPE)->value, 1);
	sample_free(&sample);
	sample_text(&sample, HEAD("quoted-printable") "text=4", &parser_transfer);
	assert_int_equal(sample_fact(&sample, FACT_QP_ENDS_IN_ESCAPE)->value, 2);
	sample_free(&sample);
	sample_text(&sample, HEAD("quoted-printable") "text=\r\nmore\r\n", &parser_transfer);
	assert_int_equal(sample_met(&sample, FACT_QP_ENDS_IN_ESCAPE), 0);
	sample_free(&sample);
}

static void
plain_bodies_are_checked_as_sent(void **state)
{
	static const char text[] = HEAD("7bit") "caf\xe9 \xe8\r\nnul\0\rcr\nlf\r\n";
	struct sample sample;

	(void)state;
	sample_read(&sample, text, sizeof text - 1, &parser_transfer);
	assert_int_equal(sample_fact(&sample, FACT_7BIT_HAS_8BIT)->value, 2);
	assert_int_equal(
	    sample_fact(&sample, FACT_7BIT_HAS_8BIT)->offset, sample_at(&sample, "\xe9"));
	assert_int_equal(
	    sample_fact(&sample, FACT_BODY_NUL)->offset, sample_at(&sample, "nul") + 3);
	assert_int_equal(
	    sample_fact(&sample, FACT_BODY_BARE_CR)->offset, sample_at(&sample, "\rcr"));
	assert_int_equal(
	    sample_fact(&sample, FACT_BODY_BARE_LF)->offset, sample_at(&sample, "\nlf"));
	assert_true(sample.msg.parts[0].decoded_is_body);
	sample_free(&sample);
}

static void
eight_bit_and_lf_only_mail_is_not_accused(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, HEAD("8bit") "caf\xe9\r\n", &parser_transfer);
	assert_int_equal(sample_met(&sample, FACT_7BIT_HAS_8BIT), 0);
	sample_free(&sample);
	sample_text(&sample, "From: a@a.example\n\none\ntwo\n", &parser_transfer);
	assert_int_equal(sample_met(&sample, FACT_BODY_BARE_LF), 0);
	sample_free(&sample);
}

static void
lines_of_998_bytes_are_lawful_and_999_are_not(void **state)
{
	struct sample sample;
	char text[1200] = HEAD("7bit");
	size_t head = strlen(text);

	(void)state;
	memset(text + head, 'x', 998);
	strcpy(text + head + 998, "\r\n");
	sample_text(&sample, text, &parser_transfer);
	assert_int_equal(sample_met(&sample, FACT_BODY_LONG_LINE), 0);
	sample_free(&sample);
	memset(text + head, 'x', 999);
	strcpy(text + head + 999, "\r\n");
	sample_text(&sample, text, &parser_transfer);
	assert_int_equal(sample_fact(&sample, FACT_BODY_LONG_LINE)->value, 999);
	sample_free(&sample);
}

/* Encode `count` known bytes with odd line lengths, then ask for the place of each. */
static void
every_decoded_byte_is_found_in_base64(void **state)
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	static char text[60000];
	struct sample sample;
	size_t len, count = 12000, n_symbols = 0;

	(void)state;
	strcpy(text, HEAD("base64"));
	len = strlen(text);
	for (size_t i = 0; i < count * 4 / 3; i++) {
		text[len++] = alphabet[(i * 7 + i / 64) % 64];
		if (++n_symbols % 61 == 0)
			text[len++] = ' ';
		if (n_symbols % 73 == 0) {
			text[len++] = '\r';
			text[len++] = '\n';
		}
	}
	sample_read(&sample, text, len, &parser_transfer);
	assert_int_equal(sample_decoded(&sample).len, count);
	n_symbols = 0;
	for (uint64_t at = strlen(HEAD("base64")); at < len; at++) {
		if (byte_is_space((unsigned char)text[at]))
			continue;
		if (n_symbols % 4 != 3)
			assert_int_equal(part_file_offset(&sample.msg, &sample.msg.parts[0],
					     n_symbols / 4 * 3 + n_symbols % 4),
			    at);
		n_symbols++;
	}
	assert_int_equal(part_file_offset(&sample.msg, &sample.msg.parts[0], count), OFFSET_NONE);
	sample_free(&sample);
}

static void
a_decoded_byte_is_found_after_padding_in_the_middle(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, HEAD("base64") "QQ==QUI=WFla\r\n", &parser_transfer);
	assert_true(slice_eq(sample_decoded(&sample), "AABXYZ"));
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(part_file_offset(&sample.msg, &sample.msg.parts[0], 3 + i),
		    sample_at(&sample, "WFla") + i);
	sample_free(&sample);
}

static void
every_decoded_byte_is_found_in_quoted_printable(void **state)
{
	static char text[80000];
	struct sample sample;
	size_t len, n = 0;
	static size_t places[20000];

	(void)state;
	strcpy(text, HEAD("quoted-printable"));
	len = strlen(text);
	for (size_t i = 0; i < 9000; i++) {
		places[n++] = len;
		if (i % 5 == 0) {
			memcpy(text + len, "=3D", 3);
			len += 3;
		} else {
			text[len++] = 'x';
		}
		if (i % 17 == 0) {
			memcpy(text + len, "= \r\n", 4);
			len += 4;
		}
	}
	sample_read(&sample, text, len, &parser_transfer);
	assert_int_equal(sample_decoded(&sample).len, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(part_file_offset(&sample.msg, &sample.msg.parts[0], i), places[i]);
	sample_free(&sample);
}

static void
every_prefix_is_read(void **state)
{
	static const char base64[] = HEAD("base64") "QUJD\r\nQUI=\r\n\r\nfoo bar ~\r\n";
	static const char qp[] = HEAD("quoted-printable") "a=3D=\r\n =20 \r\n==\r\n=";

	(void)state;
	sample_prefixes(base64, sizeof base64 - 1, &parser_transfer);
	sample_prefixes(qp, sizeof qp - 1, &parser_transfer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_decodes_the_vectors_of_rfc_4648),
		cmocka_unit_test(sound_base64_of_any_line_length_has_no_fault),
		cmocka_unit_test(a_bad_byte_is_found_at_its_exact_place),
		cmocka_unit_test(data_after_padding_is_seen_and_decoded),
		cmocka_unit_test(an_incomplete_quartet_is_cut),
		cmocka_unit_test(a_list_footer_is_told_from_damage),
		cmocka_unit_test(blank_base64_is_empty),
		cmocka_unit_test(quoted_printable_decodes),
		cmocka_unit_test(bad_escapes_are_found_and_a_ruler_is_one_fault),
		cmocka_unit_test(text_that_ends_in_an_escape_is_noticed),
		cmocka_unit_test(plain_bodies_are_checked_as_sent),
		cmocka_unit_test(eight_bit_and_lf_only_mail_is_not_accused),
		cmocka_unit_test(lines_of_998_bytes_are_lawful_and_999_are_not),
		cmocka_unit_test(every_decoded_byte_is_found_in_base64),
		cmocka_unit_test(a_decoded_byte_is_found_after_padding_in_the_middle),
		cmocka_unit_test(every_decoded_byte_is_found_in_quoted_printable),
		cmocka_unit_test(every_prefix_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
