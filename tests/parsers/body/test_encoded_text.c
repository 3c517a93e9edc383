/* test_encoded_text.c - claims about the lines and escapes of encoded bodies, their label, and texts
 * once decoded. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define BASE64 "Content-Type: application/x-a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
#define BASE64_TEXT "Content-Transfer-Encoding: base64\r\n\r\n"
#define QP "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
#define QP_DATA                                                                                    \
	"Content-Type: application/x-a\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
#define X10 "xxxxxxxxxx"
#define QUJD_16 "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD"

struct row {
	const char *text;
	unsigned forms; /* bit set of the values that must be met, and no others */
};

#define BIT(value) (1u << (value))
#define NONE 0u

static void
assert_forms(enum fact_kind kind, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct fact *fact = NULL;
		struct sample s;
		unsigned met = 0;

		sample_text(&s, rows[i].text, &parser_transfer);
		while ((fact = message_next_fact(&s.msg, kind, fact))) {
			assert_int_equal(met & BIT(fact->value), 0); /* each once */
			met |= BIT(fact->value);
		}
		if (met != rows[i].forms)
			fail_msg("%s: 0x%x", rows[i].text, met);
		sample_free(&s);
	}
}

#define ASSERT_FORMS(kind, rows) assert_forms(kind, rows, sizeof(rows) / sizeof((rows)[0]))

static void
odd_lines_of_base64_are_told(void **state)
{
	static const struct row rows[] = {
		{ BASE64 "QUJD\r\nQUI=\r\n\r\n\r\n", NONE },
		{ BASE64 "\r\n\r\nQUJD\r\n", NONE },
		{ BASE64 "QUJD\r\n \r\nQUJD\r\n", BIT(BASE64_BLANK_LINE) },
		{ BASE64 "QUJD\r\n\r\n-- \r\na list\r\n", NONE },
		{ BASE64 "QUJ\r\nD\r\nQUJ\r\nD\r\n", BIT(BASE64_SPLIT_GROUP) },
		{ BASE64 "Q\r\nU\r\nJ\r\nDQUJD\r\n", BIT(BASE64_SPLIT_GROUP) },
		{ BASE64 "Q\r\nU\r\nJ\r\nD\r\nQ\r\n",
		    BIT(BASE64_SPLIT_GROUP) | BIT(BASE64_SHORT_LINES) },
		{ BASE64 "QU\r\nJD\r\nQU \r\nJD\r\n",
		    BIT(BASE64_SPLIT_GROUP) | BIT(BASE64_SHORT_LINES) },
		{ BASE64 "QU\r\nJD\r\n\r\nQU\r\nJD\r\n",
		    BIT(BASE64_SPLIT_GROUP) | BIT(BASE64_BLANK_LINE) },
	};

	(void)state;
	ASSERT_FORMS(FACT_BASE64_FORM, rows);
}

static void
base64_of_a_plain_text_is_needless(void **state)
{
	static const struct row rows[] = {
		{ BASE64_TEXT "VHdvIGJveGVz\r\n", BIT(BASE64_NEEDLESS) },
		{ BASE64 "VHdvIGJveGVz\r\n", NONE },  /* no text */
		{ BASE64_TEXT "Y2Fm6Q==\r\n", NONE }, /* an 8-bit letter */
		{ BASE64_TEXT "VAB3AG8A\r\n", NONE }, /* two bytes a character */
		{ BASE64_TEXT "\r\n", NONE },         /* nothing */
	};

	(void)state;
	ASSERT_FORMS(FACT_BASE64_FORM, rows);
}

static void
odd_escapes_and_line_ends_of_quoted_printable_are_told(void **state)
{
	static const struct row rows[] = {
		{ QP "=46rom a =E9=\r\n b=20\r\n", NONE },
		{ QP "a=3D0=3d\r\n", BIT(QP_LOWER_HEX) },
		{ QP "a=eA\r\n", BIT(QP_LOWER_HEX) },
		{ QP "a= \t\r\nb\r\n", BIT(QP_SOFT_BREAK_BLANK) },
		{ QP "a= ", BIT(QP_SOFT_BREAK_BLANK) },
		{ QP "a \r\nb\r\n", BIT(QP_TRAILING_BLANK) },
		{ QP "a=0D=0Ab\r\n", BIT(QP_ENCODED_CRLF) },
		{ QP "a=0d=0ab\r\n", BIT(QP_ENCODED_CRLF) | BIT(QP_LOWER_HEX) },
		{ QP "a=0Ab=0D\r\n", NONE },
		{ QP_DATA "a=0D=0Ab=41\r\n", NONE },
		{ QP "a=41\r\n", BIT(QP_NEEDLESS) },
		{ QP "a=2E=2D=40\r\n", NONE },
	};

	(void)state;
	ASSERT_FORMS(FACT_QP_FORM, rows);
}

static void
a_body_of_escapes_is_told_from_a_hundred_bytes_on(void **state)
{
	struct sample s;

	(void)state;
	sample_repeated(&s, QP, "=E9=E9a", 34, &parser_transfer);
	assert_int_equal(sample_fact(&s, FACT_QP_FORM)->value, QP_MOSTLY);
	sample_free(&s);
	sample_repeated(&s, QP, "=E9=E9a", 33, &parser_transfer); /* 99 */
	assert_int_equal(sample_met(&s, FACT_QP_FORM), 0);
	sample_free(&s);
	sample_repeated(&s, QP, "=E9a", 50, &parser_transfer); /* half */
	assert_int_equal(sample_met(&s, FACT_QP_FORM), 0);
	sample_free(&s);
}

static void
lines_of_a_decoded_text_are_told(void **state)
{
	static const struct row rows[] = {
		{ QP "a=0D=0Ab\r\nc=\r\n", NONE }, { QP "a=0Ab=0Ac\r\n", BIT(DECODED_BARE_LF) },
		{ QP "a=0Db=0Dc\r\n", BIT(DECODED_BARE_CR) },
		{ QP "a=0D\r\n", BIT(DECODED_BARE_CR) }, /* CR CR LF */
		{ BASE64_TEXT "YQpiDWM=\r\n", BIT(DECODED_BARE_LF) | BIT(DECODED_BARE_CR) },
		{ BASE64 "YQpiDWM=\r\n", NONE },
		{ "\r\na\nb\rc\r\n", NONE }, /* as sent: FACT_BODY_BARE_LF */
	};

	(void)state;
	ASSERT_FORMS(FACT_DECODED_LINE, rows);
}

static void
a_decoded_line_of_999_bytes_is_long(void **state)
{
	struct sample s;

	(void)state;
	sample_repeated(&s, QP "xxxxxxxxx", X10 "=\r\n", 99, &parser_transfer);
	assert_int_equal(sample_fact(&s, FACT_DECODED_LINE)->value, DECODED_LONG);
	assert_int_equal(sample_fact(&s, FACT_DECODED_LINE)->offset, strlen(QP));
	sample_free(&s);
	sample_repeated(&s, QP "xxxxxxxx", X10 "=\r\n", 99, &parser_transfer);
	assert_int_equal(sample_met(&s, FACT_DECODED_LINE), 0);
	sample_free(&s);
}

static void
a_line_feed_before_crlf_counts_in_attached_texts_alone(void **state)
{
	static const struct {
		const char *text;
		unsigned n;
	} cases[] = {
		{ "Content-Disposition: attachment\r\n\r\na\n\r\nb\n\r\n", 2 },
		{ "Content-Type: text/x-a; name=a\r\n\r\na\n\r\nb\r\n", 1 },
		{ "Content-Disposition: attachment\r\n" QP "a=0A=0D=0Ab\r\n", 1 },
		{ "Content-Disposition: attachment\r\n\r\na\r\n\r\nb\n", 0 },
		{ "Content-Disposition: attachment\r\n\r\na\n\nb\r\n", 0 },
		{ "Content-Disposition: inline\r\n\r\na\n\r\nb\n\r\n", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sample s;

		sample_text(&s, cases[i].text, &parser_transfer);
		assert_int_equal(sample_met(&s, FACT_LF_BEFORE_CRLF), cases[i].n > 0);
		if (cases[i].n > 0)
			assert_int_equal(sample_fact(&s, FACT_LF_BEFORE_CRLF)->value, cases[i].n);
		sample_free(&s);
	}
}

static void
labels_of_another_encoding_are_told(void **state)
{
	static const struct row rows[] = {
		{ BASE64 "two words\r\n", NONE },
		{ BASE64 "now three words\r\n", BIT(LABEL_BASE64_IS_TEXT) },
		{ BASE64 "\r\nnow three words\r\nand\r\n", BIT(LABEL_BASE64_IS_TEXT) },
		{ BASE64 "now three words\r\nQUJD\r\nQUJD\r\n", NONE },
		{ BASE64 "QUJD\r\n\r\nthe list below\r\nsent it to you\r\n", NONE },
		{ BASE64 "begin 644 a\r\n#0V%T\r\n`\r\nend\r\n", BIT(LABEL_BASE64_IS_UU) },
		{ BASE64 "begin 68\r\n", NONE },
		{ QP QUJD_16 "\r\n" QUJD_16 "\r\n", BIT(LABEL_QP_IS_BASE64) },
		{ QP QUJD_16 "\r\n", NONE },
		{ QP QUJD_16 "\r\n" QUJD_16 "QUJD\r\n", NONE },
		{ QP QUJD_16 "\r\n" X10 X10 X10 X10 X10 X10 "=3D=\r\n", NONE },
	};

	(void)state;
	ASSERT_FORMS(FACT_LABEL_WRONG, rows);
}

static void
a_label_of_8bit_wants_a_byte_of_8_bits(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, "Content-Transfer-Encoding: 8bit\r\n\r\ncafe\r\n", &parser_transfer);
	assert_int_equal(sample_met(&s, FACT_8BIT_NEEDLESS), 1);
	sample_free(&s);
	sample_text(&s, "Content-Transfer-Encoding: 8bit\r\n\r\ncaf\xe9\r\n", &parser_transfer);
	assert_int_equal(sample_met(&s, FACT_8BIT_NEEDLESS), 0);
	sample_free(&s);
	sample_text(&s, "Content-Transfer-Encoding: 7bit\r\n\r\ncafe\r\n", &parser_transfer);
	assert_int_equal(sample_met(&s, FACT_8BIT_NEEDLESS), 0);
	sample_free(&s);
}

static void
every_prefix_of_odd_bodies_is_read(void **state)
{
	static const char base64[] = BASE64_TEXT "Q\r\nU\r\nJ\r\nD\r\n\r\nnow three words\r\nCg0K";
	static const char qp[] = "Content-Disposition: attachment\r\n" QP
				 "a=0a=0D=0A = \r\n \r\n" QUJD_16 "\r\n" QUJD_16;

	(void)state;
	sample_prefixes(base64, sizeof base64 - 1, &parser_transfer);
	sample_prefixes(qp, sizeof qp - 1, &parser_transfer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(odd_lines_of_base64_are_told),
		cmocka_unit_test(base64_of_a_plain_text_is_needless),
		cmocka_unit_test(odd_escapes_and_line_ends_of_quoted_printable_are_told),
		cmocka_unit_test(a_body_of_escapes_is_told_from_a_hundred_bytes_on),
		cmocka_unit_test(lines_of_a_decoded_text_are_told),
		cmocka_unit_test(a_decoded_line_of_999_bytes_is_long),
		cmocka_unit_test(a_line_feed_before_crlf_counts_in_attached_texts_alone),
		cmocka_unit_test(labels_of_another_encoding_are_told),
		cmocka_unit_test(a_label_of_8bit_wants_a_byte_of_8_bits),
		cmocka_unit_test(every_prefix_of_odd_bodies_is_read),
	};

	return cmocka_run_group_tests_name("parsers/body/encoded_text", tests, NULL, NULL);
}
