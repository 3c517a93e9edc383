/* test_charset_utf7.c - what RFC 2152 allows in UTF-7, and where text breaks it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#include "../../../parsers/body/charset.h"

/* '#' stands before the plus sign of the first bad shift; it is taken out. */
struct text {
	const char *bytes;
	size_t n_bad;
	enum utf7_fault fault;
	bool cut;
};

static const struct text texts[] = {
	{ "", 0, 0, false },
	{ "caf+AOk-", 0, 0, false },
	{ "caf+AOk, caf+AOk\r\n", 0, 0, false },
	{ "1 +- 1 +AOkA6Q- 1", 0, 0, false },
	{ "+2D3eAA-", 0, 0, false },
	{ "#+AGE+AGE-", 1, UTF7_BITS_LEFT, false }, /* inside, '+' is base64 */
	{ "a \\ ~", 0, 0, false },
	{ "+AAAA-", 0, 0, false }, /* bits left over, but zero */
	{ "two #+ two", 1, UTF7_NO_BASE64, false },
	{ "#+\xe9", 1, UTF7_NO_BASE64, false },
	{ "#++", 1, UTF7_BITS_LEFT, true },
	{ "a #+AOl- +AOl-", 2, UTF7_BITS_LEFT, false },
	{ "#+2AA-", 1, UTF7_HALF_PAIR, false },
	{ "#+3AA-", 1, UTF7_HALF_PAIR, false },
	{ "#+2D3YPd4A-", 1, UTF7_HALF_PAIR, false },
	{ "+AOk- #+AOk", 1, UTF7_NOT_CLOSED, false },
	{ "#+", 1, UTF7_NOT_CLOSED, true },
	{ "+AOk- #+ =\r\n", 1, UTF7_NO_BASE64, false },
};

static struct charset_check
check_utf7(const char *text)
{
	return charset_validate(charset_find(slice_str("utf-7")), slice_str(text));
}

static void
shifts_are_judged_by_their_bits_and_their_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const char *mark = strchr(texts[i].bytes, '#');
		size_t at = mark ? (size_t)(mark - texts[i].bytes) : 0;
		struct charset_check check;
		char bytes[64] = "";

		strncat(bytes, texts[i].bytes, at);
		strcat(bytes, mark ? mark + 1 : texts[i].bytes);
		check = check_utf7(bytes);
		if (check.n_bad_shifts != texts[i].n_bad || check.shift_fault != texts[i].fault ||
		    check.cut != texts[i].cut)
			fail_msg("row %d: %d bad, fault %d, cut %d", (int)i,
			    (int)check.n_bad_shifts, (int)check.shift_fault, check.cut);
		if (texts[i].n_bad > 0 && check.first_bad_shift != at)
			fail_msg("row %d: at %d", (int)i, (int)check.first_bad_shift);
	}
}

static void
a_shift_left_open_is_told_from_one_cut_in_its_character(void **state)
{
	(void)state;
	assert_false(check_utf7("a+AOk").cut);
	assert_true(check_utf7("a+2D0").cut);
	assert_true(check_utf7("a+").cut);
	assert_int_equal(check_utf7("a+2D0").cut_at, 1);
}

static void
bytes_of_eight_bits_are_invalid_where_they_stand(void **state)
{
	struct charset_check check = check_utf7("a+AOk\xe9 \xff");

	(void)state;
	assert_int_equal(check.n_invalid, 2);
	assert_int_equal(check.first_invalid, 5);
	assert_int_equal(check.n_bad_shifts, 0);
}

/* "caf+AOl-" in the three encodings: the place is that of the byte that codes the plus sign. */
static void
the_place_is_that_of_the_encoded_plus_sign(void **state)
{
	static const char *const cases[][3] = { { "7bit", "caf+AOl-\r\n", "+AOl" },
		{ "quoted-printable", "caf=\r\n=2BAOl-\r\n", "=2B" },
		{ "base64", "Y2FmK0FPbC0NCg==\r\n", "K0FP" } };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct sample sample;
		char text[256] = "Content-Type: text/plain; charset=utf-7\r\n"
				 "Content-Transfer-Encoding: ";

		strcat(text, cases[i][0]);
		strcat(text, "\r\n\r\n");
		strcat(text, cases[i][1]);
		sample_text(&sample, text, &parser_charset);
		assert_int_equal(sample_met(&sample, FACT_UTF7_BAD_SHIFT), 1);
		assert_int_equal(sample_fact(&sample, FACT_UTF7_BAD_SHIFT)->offset,
		    sample_at(&sample, cases[i][2]));
		assert_int_equal(sample_fact(&sample, FACT_UTF7_BAD_SHIFT)->value, UTF7_BITS_LEFT);
		sample_free(&sample);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shifts_are_judged_by_their_bits_and_their_ends),
		cmocka_unit_test(a_shift_left_open_is_told_from_one_cut_in_its_character),
		cmocka_unit_test(bytes_of_eight_bits_are_invalid_where_they_stand),
		cmocka_unit_test(the_place_is_that_of_the_encoded_plus_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
