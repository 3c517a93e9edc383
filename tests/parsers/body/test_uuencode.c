/* test_uuencode.c - uuencoded blocks: real ones, damaged ones, and the word "begin". */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define HEAD "From: a@a.example\r\n\r\n"
#define HEAD_UU "From: a@a.example\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n"
/* 45 bytes: "The quick brown fox jumps over the lazy dog. " */
#define FULL "M5&AE('%U:6-K(&)R;W=N(&9O>\"!J=6UP<R!O=F5R('1H92!L87IY(&1O9RX@\r\n"

static const enum fact_kind all_faults[] = { FACT_UU_NO_END, FACT_UU_SHORT_LINE, FACT_UU_LONG_LINE,
	FACT_UU_BAD_BYTE, FACT_UU_BAD_MODE, FACT_UU_EMPTY_NAME, FACT_UU_NO_ZERO_LINE,
	FACT_UU_PRETEXT, FACT_UU_AFTER_END, FACT_UU_XXENCODE, FACT_UU_LONG_DATA };

/* Read the text; exactly the facts given may be there, FACT_COUNT: none. */
static void
assert_only(const char *text, enum fact_kind want)
{
	struct sample sample;

	sample_text(&sample, text, &parser_uuencode);
	for (size_t i = 0; i < sizeof all_faults / sizeof *all_faults; i++)
		if (sample_met(&sample, all_faults[i]) != (all_faults[i] == want))
			fail_msg("fact %d: %u in %s", (int)all_faults[i],
			    sample_met(&sample, all_faults[i]), text);
	assert_int_equal(sample_met(&sample, FACT_UU_BEGIN), 1);
	sample_free(&sample);
}

static void
a_sound_block_has_no_fault(void **state)
{
	(void)state;
	assert_only(HEAD "begin 644 fox.txt\r\n" FULL FULL "#0V%T\r\n`\r\nend\r\n", FACT_COUNT);
	assert_only(HEAD "begin 0644 fox.txt\r\n" FULL " \r\nend\r\n", FACT_COUNT);
	assert_only(HEAD "Text before.\r\nbegin 644 fox.txt\r\n" FULL "\r\nend\r\nText after.\r\n",
	    FACT_COUNT);
	assert_only(HEAD "begin 644 empty\r\n`\r\nend\r\n", FACT_COUNT);
}

static void
lost_blanks_at_line_ends_are_no_fault(void **state)
{
	/* Two zero bytes after "A": "#00  " with both blanks stripped; zero is SP elsewhere too. */
	(void)state;
	assert_only(HEAD "begin 644 x\r\n&00  00\r\n#00\r\n \r\nend\r\n", FACT_COUNT);
	/* The same lines where zero is written as '`': symbols are missing. */
	assert_only(HEAD "begin 644 x\r\n&00``00``\r\n#00\r\n`\r\nend\r\n", FACT_UU_SHORT_LINE);
	/* A block that still has blanks at line ends has lost none. */
	assert_only(HEAD "begin 644 x\r\n#00  \r\n#00\r\n`\r\nend\r\n", FACT_UU_SHORT_LINE);
}

static void
each_damage_has_its_own_fact(void **state)
{
	(void)state;
	assert_only(HEAD "begin 644 x\r\n" FULL FULL, FACT_UU_NO_END);
	assert_only(HEAD "begin 644 x\r\n" FULL "`\r\nSigned, me\r\n", FACT_UU_NO_END);
	assert_only(HEAD "begin 644 x\r\n#0V%T\r\n$0V%T0P``X\r\n`\r\nend\r\n", FACT_UU_LONG_LINE);
	assert_only(HEAD "begin 644 x\r\n#0V%T\r\n#0v%T\r\n`\r\nend\r\n", FACT_UU_BAD_BYTE);
	assert_only(HEAD "begin 644 x\r\n#0V%T\r\nend\r\n", FACT_UU_NO_ZERO_LINE);
	assert_only(HEAD "begin 644\r\n#0V%T\r\n`\r\nend\r\n", FACT_UU_EMPTY_NAME);
	assert_only(HEAD "begin 64 x\r\n" FULL "`\r\nend\r\n", FACT_UU_BAD_MODE);
	assert_only(HEAD "begin 689 x\r\n" FULL "`\r\nend\r\n", FACT_UU_BAD_MODE);
}

static void
the_word_begin_in_prose_is_not_taken(void **state)
{
	static const char *const texts[] = {
		HEAD "begin with a word\r\nand go on\r\n",
		HEAD "begin 644 people came\r\nand so on, as it goes\r\n",
		HEAD "begin 2001 with a resolution\r\nThat is what we do.\r\n",
		HEAD "begin 12 x\r\nAND SO ON\r\n",
		HEAD "> begin 644 x\r\n" FULL "`\r\nend\r\n",
		HEAD "begin\r\nend\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct sample sample;

		sample_text(&sample, texts[i], &parser_uuencode);
		if (sample_met(&sample, FACT_UU_BEGIN) > 0 ||
		    sample_met(&sample, FACT_UU_NO_END) > 0)
			fail_msg("taken for uuencode: %s", texts[i]);
		sample_free(&sample);
	}
}

static void
places_and_counts_are_exact(void **state)
{
	struct sample sample;
	const struct fact *fact;

	(void)state;
	sample_text(&sample, HEAD "Hello\r\nbegin 644 my file.exe\r\n" FULL FULL, &parser_uuencode);
	fact = sample_fact(&sample, FACT_UU_BEGIN);
	assert_int_equal(fact->offset, sample_at(&sample, "my file"));
	assert_int_equal(fact->len, strlen("my file.exe"));
	assert_int_equal(fact->value, 2);
	fact = sample_fact(&sample, FACT_UU_NO_END);
	assert_int_equal(fact->offset, sample_at(&sample, "begin"));
	assert_int_equal(fact->value, 2);
	sample_free(&sample);
	sample_text(
	    &sample, HEAD "begin 644 x\r\n$0V%T0P``\r\n$0V%T0P\r\n`\r\nend\r\n", &parser_uuencode);
	fact = sample_fact(&sample, FACT_UU_SHORT_LINE);
	assert_int_equal(fact->offset, sample_at(&sample, "$0V%T0P\r"));
	assert_int_equal(fact->value, 2);
	sample_free(&sample);
}

static void
two_blocks_in_one_text_are_both_seen(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample,
	    HEAD "begin 644 a\r\n#0V%T\r\n`\r\nend\r\n\r\nbegin 644 b\r\n#0V%T\r\n`\r\nend\r\n",
	    &parser_uuencode);
	assert_int_equal(sample_met(&sample, FACT_UU_BEGIN), 2);
	sample_free(&sample);
}

static void
an_x_uuencode_part_is_decoded_with_places(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(
	    &sample, HEAD_UU "begin 644 x\r\n" FULL "#0V%T\r\n`\r\nend\r\n", &parser_uuencode);
	assert_true(
	    slice_eq(sample_decoded(&sample), "The quick brown fox jumps over the lazy dog. Cat"));
	assert_int_equal(
	    part_file_offset(&sample.msg, &sample.msg.parts[0], 0), sample_at(&sample, "5&AE"));
	assert_int_equal(
	    part_file_offset(&sample.msg, &sample.msg.parts[0], 4), sample_at(&sample, "5&AE") + 5);
	assert_int_equal(part_file_offset(&sample.msg, &sample.msg.parts[0], 47),
	    sample_at(&sample, "0V%T") + 2);
	sample_free(&sample);
}

static void
bytes_of_stripped_blanks_stand_at_the_end_of_their_line(void **state)
{
	struct sample sample;
	uint64_t first;

	(void)state;
	sample_text(
	    &sample, HEAD_UU "begin 644 x\r\n)0V%T\r\n#0V%T\r\n`\r\nend\r\n", &parser_uuencode);
	assert_int_equal(sample_decoded(&sample).len, 12);
	first = sample_at(&sample, "0V%T");
	assert_int_equal(part_file_offset(&sample.msg, &sample.msg.parts[0], 2), first + 2);
	for (size_t pos = 6; pos < 9; pos++)
		assert_int_equal(
		    part_file_offset(&sample.msg, &sample.msg.parts[0], pos), first + 5);
	assert_int_equal(part_file_offset(&sample.msg, &sample.msg.parts[0], 9), first + 7);
	sample_free(&sample);
}

static void
lying_length_bytes_do_not_overrun(void **state)
{
	static char text[4000];

	(void)state;
	strcpy(text, HEAD_UU "begin 644 x\r\n");
	for (int i = 0; i < 1000; i++)
		strcat(text, "_\n");
	for (int round = 0; round < 2; round++) {
		struct sample sample;

		sample_text(&sample, text, &parser_uuencode);
		assert_true(sample_decoded(&sample).len <= strlen(text));
		sample_free(&sample);
	}
}

static void
a_winmail_dat_in_text_is_walked_with_places(void **state)
{
	/* Signature, key, then attSubject "Hi" whose checksum is one off. */
	static const char text[] = HEAD "Hello\r\nbegin 600 winmail.dat\r\n"
					"4>)\\^(C02`02``0`#````2&D`L@``\r\n`\r\nend\r\n";
	struct sample sample;

	(void)state;
	sample_text(&sample, text, &parser_tnef);
	assert_int_equal(sample_met(&sample, FACT_UU_SHORT_LINE), 0);
	assert_int_equal(
	    sample_fact(&sample, FACT_TNEF_PRESENT)->offset, sample_at(&sample, ">)\\^"));
	assert_int_equal(sample_met(&sample, FACT_TNEF_CUT), 0);
	assert_int_equal(sample_fact(&sample, FACT_TNEF_BAD_CHECKSUM)->value, 0x00018004);
	assert_int_equal(
	    sample_fact(&sample, FACT_TNEF_BAD_CHECKSUM)->offset, sample_at(&sample, "L@``"));
	sample_free(&sample);
}

static void
each_winmail_dat_of_a_text_is_walked(void **state)
{
	/* The second one has a checksum that is one off. */
	static const char sound[] = "begin 600 winmail.dat\r\n&>)\\^(C02\r\n`\r\nend\r\n";
	static const char bad[] = "begin 600 winmail.dat\r\n"
				  "4>)\\^(C02`02``0`#````2&D`L@``\r\n`\r\nend\r\n";
	char text[512];
	struct sample sample;

	(void)state;
	snprintf(text, sizeof text, "%s%s%s", HEAD, sound, bad);
	sample_text(&sample, text, &parser_tnef);
	assert_int_equal(sample_met(&sample, FACT_TNEF_PRESENT), 2);
	assert_int_equal(sample_met(&sample, FACT_TNEF_BAD_CHECKSUM), 1);
	assert_int_equal(
	    sample_fact(&sample, FACT_TNEF_BAD_CHECKSUM)->offset, sample_at(&sample, "L@``"));
	sample_free(&sample);
}

static void
places_hold_in_a_long_block_with_a_damaged_line(void **state)
{
	enum { LINES = 400 };
	static const char damaged[] = "z86)C86)C\r\n";
	static char text[sizeof HEAD_UU + LINES * 16 + 256];
	size_t used = (size_t)snprintf(text, sizeof text, HEAD_UU "begin 644 x\r\n");
	struct sample sample;

	(void)state;
	for (int i = 0; i < LINES; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s)86)C86)C86)C\r\n",
		    i == 200 ? damaged : "");
	snprintf(text + used, sizeof text - used, "#0V%%T\r\n`\r\nend\r\n");
	sample_text(&sample, text, &parser_uuencode);
	assert_int_equal(sample.msg.parts[0].decoded.len, LINES * 9 + 3);
	assert_in_range(sample.msg.parts[0].n_marks, 2, 3);
	assert_int_equal(part_file_offset(&sample.msg, &sample.msg.parts[0], LINES * 9),
	    sample_at(&sample, "0V%T"));
	sample_free(&sample);
}

static void
every_prefix_is_read(void **state)
{
	static const char text[] =
	    HEAD "begin 644 x\r\n" FULL "#0V%T\r\n`\r\nend\r\nbegin 644 y\r\n#0V\r\n";
	static const char part[] = HEAD_UU "begin 644 x\r\n" FULL "#0V%T\r\n`\r\nend\r\n";

	(void)state;
	sample_prefixes(text, sizeof text - 1, &parser_uuencode);
	sample_prefixes(part, sizeof part - 1, &parser_uuencode);
}

/* The fact is met once, over this text. */
static void
assert_over(const char *text, enum fact_kind kind, const char *want)
{
	struct sample sample;
	const struct fact *fact;

	sample_text(&sample, text, &parser_uuencode);
	assert_int_equal(sample_met(&sample, kind), 1);
	fact = sample_fact(&sample, kind);
	assert_slice(slice_cut(sample.msg.file, fact->offset, fact->len), want);
	assert_int_equal(fact->value, strlen(want));
	sample_free(&sample);
}

static void
text_around_the_block_counts_in_a_part_that_is_one(void **state)
{
	static const char block[] = "begin 644 x\r\n#0V%T\r\n`\r\nend\r\n";
	char text[256];

	(void)state;
	snprintf(text, sizeof text, HEAD_UU "\r\nHere:\r\n%s\r\n", block);
	assert_over(text, FACT_UU_PRETEXT, "Here:");
	snprintf(text, sizeof text, HEAD_UU "%s\r\n-- \r\nAnn\r\n", block);
	assert_over(text, FACT_UU_AFTER_END, "-- \r\nAnn");
	snprintf(text, sizeof text, HEAD_UU "%sAnn\r\n%s", block, block);
	assert_over(text, FACT_UU_AFTER_END, "Ann");
	snprintf(text, sizeof text, HEAD "Here:\r\n%s\r\nAnn\r\n", block);
	assert_only(text, FACT_COUNT);
}

static void
xxencode_is_not_taken_for_uuencode(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample, HEAD "begin 644 x\r\n1EoxrEoxr\r\n1EoxrEoxr\r\n+\r\nend\r\n",
	    &parser_uuencode);
	assert_int_equal(sample_met(&sample, FACT_UU_XXENCODE), 0); /* its length is another */
	sample_free(&sample);
	sample_text(&sample, HEAD "begin 644 x\r\n4EoxrEoxr\r\n4EoxrEoxr\r\n+\r\nend\r\n",
	    &parser_uuencode);
	assert_int_equal(sample_met(&sample, FACT_UU_XXENCODE), 1);
	assert_int_equal(sample_fact(&sample, FACT_UU_XXENCODE)->value, 2);
	assert_int_equal(sample_met(&sample, FACT_UU_BEGIN), 0);
	sample_free(&sample);
}

static void
a_line_of_more_than_45_bytes_is_noticed(void **state)
{
	struct sample sample;
	char text[256] = HEAD "begin 644 x\r\nN";
	size_t len = strlen(text);

	(void)state;
	memset(text + len, 'A', 64);
	strcpy(text + len + 64, "\r\n`\r\nend\r\n");
	sample_text(&sample, text, &parser_uuencode);
	assert_int_equal(sample_met(&sample, FACT_UU_LONG_DATA), 1);
	assert_int_equal(sample_fact(&sample, FACT_UU_LONG_DATA)->value, 46);
	assert_int_equal(sample_fact(&sample, FACT_UU_LONG_DATA)->offset, len - 1);
	sample_free(&sample);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_block_has_no_fault),
		cmocka_unit_test(lost_blanks_at_line_ends_are_no_fault),
		cmocka_unit_test(each_damage_has_its_own_fact),
		cmocka_unit_test(the_word_begin_in_prose_is_not_taken),
		cmocka_unit_test(places_and_counts_are_exact),
		cmocka_unit_test(two_blocks_in_one_text_are_both_seen),
		cmocka_unit_test(an_x_uuencode_part_is_decoded_with_places),
		cmocka_unit_test(bytes_of_stripped_blanks_stand_at_the_end_of_their_line),
		cmocka_unit_test(lying_length_bytes_do_not_overrun),
		cmocka_unit_test(a_winmail_dat_in_text_is_walked_with_places),
		cmocka_unit_test(each_winmail_dat_of_a_text_is_walked),
		cmocka_unit_test(places_hold_in_a_long_block_with_a_damaged_line),
		cmocka_unit_test(text_around_the_block_counts_in_a_part_that_is_one),
		cmocka_unit_test(xxencode_is_not_taken_for_uuencode),
		cmocka_unit_test(a_line_of_more_than_45_bytes_is_noticed),
		cmocka_unit_test(every_prefix_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
