/* test_charset_shift.c - ISO-2022 and HZ: designations, line ends, and exact places. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#include "../../../parsers/body/charset.h"

/* '#' stands before the byte that first_… names; it is taken out. */
struct text {
	const char *charset, *bytes;
	size_t n_undesignated, n_open_lines;
};

static const struct text texts[] = {
	{ "iso-2022-kr", "\x1b$)C\r\n\x0e\x30!\x0f\r\n", 0, 0 },
	{ "iso-2022-kr", "#\x0e\x30!\x0f\r\n\x0e\x30!\x0f", 2, 0 },
	{ "iso-2022-kr", "\x1b$)C#\x0e\x30!\r\nplain\r\n", 0, 1 },
	{ "iso-2022-cn", "\x1b$)A\x0eVPND\x0f", 0, 0 },
	{ "iso-2022-cn", "#\x0eVPND\x0f\x1b$)A", 1, 0 },
	{ "iso-2022-jp", "\x1b$BF|\x1b(B\r\n", 0, 0 },
	{ "iso-2022-jp", "a#\x1b$BF|\r\nb\x1b$BF|\r\n", 0, 2 },
	{ "iso-2022-jp", "\x0e\x31\x0f", 0, 0 },
	{ "hz-gb-2312", "a #~{VPND\nb", 0, 1 },
};

static void
shifts_need_a_set_and_end_before_the_line_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const char *mark = strchr(texts[i].bytes, '#');
		size_t at = mark ? (size_t)(mark - texts[i].bytes) : 0;
		struct charset_check check;
		char bytes[64] = "";

		strncat(bytes, texts[i].bytes, at);
		strcat(bytes, mark ? mark + 1 : texts[i].bytes);
		check =
		    charset_validate(charset_find(slice_str(texts[i].charset)), slice_str(bytes));
		if (check.n_undesignated != texts[i].n_undesignated ||
		    check.n_open_lines != texts[i].n_open_lines)
			fail_msg("row %d: %d undesignated, %d open", (int)i,
			    (int)check.n_undesignated, (int)check.n_open_lines);
		if (check.n_undesignated > 0)
			assert_int_equal(check.first_undesignated, at);
		if (check.n_open_lines > 0)
			assert_int_equal(check.first_open_line, at);
		assert_int_equal(check.n_invalid, 0);
	}
}

/* One fault in each way of writing, and the encoded bytes that it stands at. */
struct place {
	const char *charset, *encoding, *body, *at;
	enum fact_kind kind;
};

static const struct place places[] = {
	{ "utf-8", "8bit", "ab\xc3\xa9 \xc0", "\xc0", FACT_CHARSET_INVALID },
	{ "utf-8", "quoted-printable", "ab=C3=A9=\r\n =C0x", "=C0", FACT_CHARSET_INVALID },
	{ "utf-8", "base64", "YWLD\r\nqSDA\r\n", "DA\r\n", FACT_CHARSET_INVALID },
	{ "shift_jis", "base64", "k/qBIHg=\r\n", "qBI", FACT_CHARSET_DBCS_INVALID },
	{ "euc-jp", "quoted-printable", "=C6=FC=C6 x", "=C6 x", FACT_CHARSET_DBCS_INVALID },
	{ "euc-jp", "base64", "xvzGIHg=\r\n", "zGI", FACT_CHARSET_DBCS_INVALID },
	{ "big5", "quoted-printable", "=A4=A4=A4=85", "=A4=85", FACT_CHARSET_DBCS_INVALID },
	{ "gb2312", "base64", "1tDWfw==\r\n", "DW", FACT_CHARSET_DBCS_INVALID },
	{ "euc-kr", "base64", "sKGwIA==\r\n", "Gw", FACT_CHARSET_DBCS_INVALID },
	{ "iso-2022-jp", "base64", "YWIbWzFt\r\n", "IbW", FACT_ISO2022_BAD_ESCAPE },
	{ "iso-2022-jp", "quoted-printable", "ab=1B[1m", "=1B", FACT_ISO2022_BAD_ESCAPE },
	{ "iso-2022-kr", "quoted-printable", "ab=0E0!=0F", "=0E", FACT_ISO2022_UNDESIGNATED },
	{ "iso-2022-jp", "base64", "YRskQkZ8DQo=\r\n", "RskQ", FACT_ISO2022_OPEN_LINE },
};

/* Of base64 the place is the symbol in which the byte begins. */
static void
every_fault_is_placed_in_the_encoded_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		struct sample sample;
		size_t body, at;
		char text[256];

		snprintf(text, sizeof text,
		    "Content-Type: text/plain; charset=%s\r\n"
		    "Content-Transfer-Encoding: %s\r\n\r\n%s",
		    places[i].charset, places[i].encoding, places[i].body);
		sample_text(&sample, text, &parser_charset);
		if (sample_met(&sample, places[i].kind) != 1)
			fail_msg("row %d: not met", (int)i);
		body = sample_at(&sample, "\r\n\r\n") + 4;
		at = slice_find_str(sample.msg.file, body, places[i].at);
		if (sample_fact(&sample, places[i].kind)->offset != at)
			fail_msg("row %d: at %d, not %d", (int)i,
			    (int)sample_fact(&sample, places[i].kind)->offset, (int)at);
		sample_free(&sample);
	}
}

/* Q235219 in a file that was copied in text mode; beside CRLF a bare LF is no line end. */
static void
line_ends_without_cr_count_where_the_file_has_no_others(void **state)
{
	static const struct {
		const char *end, *tail;
		size_t n;
		bool met;
	} cases[] = { { "\n", "", 128, true }, { "\n", "", 127, false }, { "\r\n", "", 128, true },
		{ "\n", "b\r\n", 128, false } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct sample sample;
		char *text =
		    repeated(strcmp(cases[i].end, "\n") == 0 && !cases[i].tail[0]
				 ? "Content-Type: text/plain; charset=iso-2022-jp\n\na"
				 : "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\na",
			cases[i].end, cases[i].n, cases[i].tail);

		sample_text(&sample, text, &parser_charset);
		assert_int_equal(sample_met(&sample, FACT_ISO2022_CRLF_RUN), cases[i].met);
		if (cases[i].met) {
			const struct fact *fact = sample_fact(&sample, FACT_ISO2022_CRLF_RUN);

			assert_int_equal(fact->value, cases[i].n);
			assert_int_equal(fact->len, cases[i].n * strlen(cases[i].end));
			assert_int_equal(fact->offset, sample.msg.file.len - fact->len);
		}
		sample_free(&sample);
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shifts_need_a_set_and_end_before_the_line_does),
		cmocka_unit_test(every_fault_is_placed_in_the_encoded_bytes),
		cmocka_unit_test(line_ends_without_cr_count_where_the_file_has_no_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
