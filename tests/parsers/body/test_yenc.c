/* test_yenc.c - claims about yEnc blocks. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define HEAD "Content-Transfer-Encoding: 8bit\r\n\r\n"
#define FAULTS_MAX 4

/* "hi=" with 42 added to each byte, and its CRC-32. */
#define HI "\x92\x93g\r\n"
#define HI_CRC "55d2df75"

/* The kinds of fault that were met, lowest first, and 0. */
static void
assert_faults(const char *text, const uint64_t *want)
{
	const struct fact *fact = NULL;
	struct sample s;
	size_t n = 0;

	sample_text(&s, text, &parser_transfer);
	while ((fact = message_next_fact(&s.msg, FACT_YENC_FAULT, fact)))
		if (n >= FAULTS_MAX || fact->value != want[n++])
			fail_msg("%s: fault %d", text, (int)fact->value);
	if (n < FAULTS_MAX && want[n] != 0)
		fail_msg("%s: no fault %d", text, (int)want[n]);
	sample_free(&s);
}

static void
whole_blocks_have_no_fault(void **state)
{
	static const uint64_t none[FAULTS_MAX] = { 0 };

	(void)state;
	assert_faults(HEAD "=ybegin line=128 size=3 name=a b\r\n" HI "=yend size=3\r\n", none);
	assert_faults(
	    HEAD "=ybegin line=128 size=3 name=a\r\n" HI "=yend size=3 crc32=" HI_CRC "\r\n", none);
	/* LF is 0x34; 0x13 gives 0x3d, the escape itself, and is written "=}". */
	assert_faults(HEAD "=ybegin line=128 size=2 name=a\r\n4=}\r\n=yend size=2\r\n", none);
	assert_faults(HEAD "=ybegin part=1 line=128 size=9 name=a\r\n=ypart begin=1 end=3\r\n" HI
			   "=yend size=3 part=1 pcrc32=" HI_CRC "\r\n",
	    none);
}

static void
each_fault_is_told(void **state)
{
	static const struct {
		const char *text;
		uint64_t faults[FAULTS_MAX];
	} cases[] = {
		{ HEAD "=ybegin line=128 size=3 name=a\r\n" HI, { YENC_NO_END } },
		{ HEAD "=ybegin line=128 size=3\r\n" HI "=yend size=3\r\n", { YENC_HEADER } },
		{ HEAD "=ybegin line=x size=3 name=a\r\n" HI "=yend size=3\r\n", { YENC_HEADER } },
		{ HEAD "=ybegin line=128 name=a\r\n" HI "=yend size=3\r\n", { YENC_HEADER } },
		{ HEAD "=ybegin line=128 size=4 name=a\r\n" HI "=yend size=3\r\n",
		    { YENC_END_SIZE } },
		{ HEAD "=ybegin line=128 size=3 name=a\r\n" HI "=yend crc32=0\r\n",
		    { YENC_END_SIZE } },
		{ HEAD "=ybegin line=128 size=4 name=a\r\n" HI "=yend size=4\r\n",
		    { YENC_DATA_SIZE } },
		{ HEAD "=ybegin line=128 size=3 name=a\r\n" HI "=yend size=3 crc32=1\r\n",
		    { YENC_CHECKSUM } },
		{ HEAD "=ybegin part=1 line=128 size=9 name=a\r\n=ypart begin=3 end=1\r\n" HI
		       "=yend size=3\r\n",
		    { YENC_HEADER } },
		{ HEAD "=ybegin line=1 size=3 name=a\r\n" HI "=ybegin line=1 size=3 name=b\r\n" HI,
		    { YENC_NO_END, YENC_NO_END } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_faults(cases[i].text, cases[i].faults);
}

static void
doubled_dots_leave_the_length_open(void **state)
{
	static const uint64_t none[FAULTS_MAX] = { 0 };

	(void)state;
	assert_faults(HEAD "=ybegin line=128 size=3 name=a\r\n..gg\r\n=yend size=3\r\n", none);
}

static void
a_block_is_told_with_its_bytes(void **state)
{
	struct sample s;

	(void)state;
	sample_text(&s, HEAD "See:\r\n=ybegin line=128 size=3 name=a\r\n" HI "=yend size=3\r\n",
	    &parser_transfer);
	assert_int_equal(sample_met(&s, FACT_YENC_BEGIN), 1);
	assert_int_equal(sample_fact(&s, FACT_YENC_BEGIN)->value, 3);
	assert_int_equal(sample_fact(&s, FACT_YENC_BEGIN)->offset, sample_at(&s, "=ybegin"));
	assert_int_equal(
	    sample_fact(&s, FACT_YENC_BEGIN)->len, strlen("=ybegin line=128 size=3 name=a"));
	sample_free(&s);
}

static void
words_and_encoded_bodies_are_no_yenc(void **state)
{
	static const char *const texts[] = {
		HEAD "=ybegin is how it begins\r\n",
		HEAD "> =ybegin line=128 size=3 name=a\r\n",
		HEAD "=ybegin\r\n line=128 size=3\r\n",
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n=ybegin line=128 size=3\r\n",
		"Content-Transfer-Encoding: base64\r\n\r\n=ybegin line=128 size=3\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct sample s;

		sample_text(&s, texts[i], &parser_transfer);
		assert_int_equal(sample_met(&s, FACT_YENC_BEGIN), 0);
		sample_free(&s);
	}
}

static void
blocks_are_found_whatever_the_label(void **state)
{
	static const char *const labels[] = { "7bit", "8bit", "binary", "x-yencode", "x-uuencode" };

	(void)state;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		char *text = repeated("Content-Transfer-Encoding: ", labels[i], 1,
		    "\r\n\r\n=ybegin line=128 size=3 name=a\r\n" HI "=yend size=3\r\nand\r\n"
		    "=ybegin line=128 size=3 name=b\r\n" HI "=yend size=3\r\n");
		struct sample s;

		sample_text(&s, text, &parser_transfer);
		assert_int_equal(sample_met(&s, FACT_YENC_BEGIN), 2);
		assert_int_equal(sample_met(&s, FACT_YENC_FAULT), 0);
		sample_free(&s);
		free(text);
	}
}

static void
every_prefix_of_a_block_is_read(void **state)
{
	static const char text[] = HEAD "=ybegin part=1 line=128 size=9 name=a\r\n"
					"=ypart begin=1 end=3\r\n" HI "=yend size=3 pcrc32=0\r\n=";
	static const char binary[] =
	    "Content-Transfer-Encoding: binary\r\n\r\n=ybegin line=1 size=1 name=a\r\n=";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_transfer);
	sample_prefixes(binary, sizeof binary - 1, &parser_transfer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_blocks_have_no_fault),
		cmocka_unit_test(each_fault_is_told),
		cmocka_unit_test(doubled_dots_leave_the_length_open),
		cmocka_unit_test(a_block_is_told_with_its_bytes),
		cmocka_unit_test(words_and_encoded_bodies_are_no_yenc),
		cmocka_unit_test(blocks_are_found_whatever_the_label),
		cmocka_unit_test(every_prefix_of_a_block_is_read),
	};

	return cmocka_run_group_tests_name("parsers/body/yenc", tests, NULL, NULL);
}
