/* test_asn1.c - whether PKCS #7 data are as long as they say. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/body/encoded.h"

#define IDENTIFIER "\x06\x01\x2a"

struct data {
	enum asn1_fault fault; /* 0: none */
	size_t len;
	const char *bytes;
};

#define DATA(fault, bytes)                                                                         \
	{                                                                                          \
		fault, sizeof(bytes) - 1, bytes                                                    \
	}

static const struct data rows[] = {
	DATA(0, "\x30\x03" IDENTIFIER),
	DATA(0, "\x30\x03" IDENTIFIER "\r\nmore"),
	DATA(0, "\x30\x81\x03" IDENTIFIER),
	DATA(0, "\x30\x88\0\0\0\0\0\0\0\3" IDENTIFIER),
	DATA(0, "\x30\x80" IDENTIFIER "\xa0\x80\x04\x02\0\0\0\0\0\0more"),
	DATA(ASN1_EMPTY, ""),
	DATA(ASN1_EMPTY, " \r\n"),
	DATA(ASN1_NO_SEQUENCE, "\x31\x03" IDENTIFIER),
	DATA(ASN1_NO_SEQUENCE, "\x30"),
	DATA(ASN1_NO_SEQUENCE, "\x30\x84\0\0\0"),
	DATA(ASN1_NO_SEQUENCE, "\x30\x89\0\0\0\0\0\0\0\0\3" IDENTIFIER),
	DATA(ASN1_CUT, "\x30\x04" IDENTIFIER),
	DATA(ASN1_CUT, "\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff" IDENTIFIER),
	DATA(ASN1_NO_IDENTIFIER, "\x30\x03\x02\x01\x01"),
	DATA(ASN1_NOT_CLOSED, "\x30\x80" IDENTIFIER),
	DATA(ASN1_NOT_CLOSED, "\x30\x80" IDENTIFIER "\xa0\x80\0\0"),
	DATA(ASN1_NOT_CLOSED, "\x30\x80" IDENTIFIER "\x04\x09\0\0\0\0"),
};

static void
the_outermost_element_is_measured(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct sample sample;
		enum asn1_fault fault = 0;

		sample_encoded(
		    &sample, "application/x-pkcs7-mime", rows[i].bytes, rows[i].len, &parser_asn1);
		if (sample_met(&sample, FACT_ASN1_FORM) > 0)
			fault = (enum asn1_fault)sample_fact(&sample, FACT_ASN1_FORM)->value;
		if (fault != rows[i].fault)
			fail_msg("row %d: %d", (int)i, (int)fault);
		sample_free(&sample);
	}
}

static void
only_what_is_labelled_so_is_measured(void **state)
{
	static const char *const types[] = { "application/pkcs7-mime", "APPLICATION/X-PKCS7-MIME",
		"application/pkcs7-signature", "application/x-pkcs7-signature",
		"application/octet-stream" };

	(void)state;
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		struct sample sample;

		sample_encoded(&sample, types[i], "no", 2, &parser_asn1);
		assert_int_equal(sample_met(&sample, FACT_ASN1_FORM), i < 4);
		sample_free(&sample);
	}
}

static void
nesting_of_any_depth_is_survived(void **state)
{
	static const char *const pieces[] = { "MIAw", "gDCA", "////" };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct sample sample;

		sample_repeated(&sample,
		    "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: "
		    "base64\r\n\r\nMIAGASow",
		    pieces[i], 100000, &parser_asn1);
		assert_int_equal(sample_met(&sample, FACT_ASN1_FORM), 1);
		sample_free(&sample);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_outermost_element_is_measured),
		cmocka_unit_test(only_what_is_labelled_so_is_measured),
		cmocka_unit_test(nesting_of_any_depth_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
