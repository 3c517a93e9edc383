/* test_gate.c - what the gate hides from GMime, and that GMime then stays fast and alive. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define FROM "From: a@a.example\r\n"

/* A text that grows. */
struct text {
	char *bytes;
	size_t len, room;
};

static void
add(struct text *text, const char *piece, size_t times)
{
	size_t len = strlen(piece);

	while (text->len + len * times > text->room) {
		text->room = text->room ? text->room * 2 : 65536;
		text->bytes = realloc(text->bytes, text->room);
		assert_non_null(text->bytes);
	}
	for (; times > 0; times--) {
		memcpy(text->bytes + text->len, piece, len);
		text->len += len;
	}
}

/* Read with everything. The text is freed, the sample is the caller's. */
static void
read_all(struct sample *sample, struct text *text)
{
	sample_read(sample, text->bytes, text->len, &parser_mime);
	free(text->bytes);
	*text = (struct text){ 0 };
}

static void
ordinary_mail_passes_untouched(void **state)
{
	struct sample sample;

	(void)state;
	sample_text(&sample,
	    FROM "To: a b c, d e f, \"Jones, Al\" <al@a.example>\r\nSubject: x\r\n\r\nhi\r\n",
	    &parser_mime);
	assert_int_equal(sample_met(&sample, FACT_GMIME_MASKED), 0);
	assert_int_equal(sample_met(&sample, FACT_GMIME_SKIPPED), 0);
	assert_int_equal(sample_met(&sample, FACT_GMIME_NULL), 0);
	sample_free(&sample);
}

static void
deep_groups_are_masked_and_do_not_crash(void **state)
{
	struct text text = { 0 };
	struct sample sample;
	const struct fact *fact;

	(void)state;
	add(&text, FROM "To: ", 1);
	add(&text, "g:", 50000);
	add(&text, "x@y.example\r\n\r\nhi\r\n", 1);
	read_all(&sample, &text);
	assert_int_equal(sample_met(&sample, FACT_GMIME_MASKED), 1);
	fact = sample_fact(&sample, FACT_GMIME_MASKED);
	assert_true(fact->field >= 0);
	assert_int_equal(sample.msg.fields[fact->field].id, FIELD_TO);
	assert_int_equal(fact->offset, strlen(FROM "To:"));
	assert_int_equal(fact->value, 1 + 100000 + 11);
	sample_free(&sample);
}

static void
a_nested_header_is_masked_too(void **state)
{
	struct text text = { 0 };
	struct sample sample;

	(void)state;
	add(&text, FROM "Content-Type: message/rfc822\r\n\r\n" FROM "Cc: ", 1);
	add(&text, "g:", 50000);
	add(&text, "\r\n\r\nhi\r\n", 1);
	read_all(&sample, &text);
	assert_int_equal(sample_met(&sample, FACT_GMIME_MASKED), 1);
	sample_free(&sample);
}

static void
a_masked_field_leaves_the_rest_to_gmime(void **state)
{
	struct text text = { 0 };
	struct sample sample;
	const struct fact *fact;

	(void)state;
	add(&text, FROM "X-Big: ", 1);
	add(&text, "folded text\r\n ", 10000);
	add(&text, "end\r\nSubject: \xe9\r\n\r\nhi\r\n", 1);
	read_all(&sample, &text);
	assert_int_equal(sample_met(&sample, FACT_GMIME_MASKED), 1);
	/* The offset of what follows still holds. */
	fact = sample_fact(&sample, FACT_GMIME_WARNING);
	assert_int_equal(fact->value, 3);
	assert_int_equal(fact->offset, sample_at(&sample, "Subject:"));
	assert_int_equal(sample.msg.fields[fact->field].id, FIELD_SUBJECT);
	sample_free(&sample);
}

static void
fields_that_take_quadratic_time_are_masked(void **state)
{
	struct text text = { 0 };
	struct sample sample;

	(void)state;
	add(&text, FROM "To: ", 1);
	add(&text, "a b c,", 50000);
	add(&text, "\r\nContent-Type: text/plain", 1);
	for (int i = 0; i < 24000; i++) {
		char param[32];

		snprintf(param, sizeof param, ";\r\n p%d=v", i);
		add(&text, param, 1);
	}
	add(&text, "\r\n\r\nhi\r\n", 1);
	read_all(&sample, &text);
	assert_int_equal(sample_met(&sample, FACT_GMIME_MASKED), 2);
	sample_free(&sample);
}

static void
many_dear_fields_use_up_the_budget(void **state)
{
	struct text text = { 0 };
	struct sample sample;

	(void)state;
	for (int i = 0; i < 40; i++) {
		add(&text, "To: ", 1);
		add(&text, "a b c,", 2600);
		add(&text, "\r\n", 1);
	}
	add(&text, "\r\nhi\r\n", 1);
	read_all(&sample, &text);
	assert_true(sample_met(&sample, FACT_GMIME_MASKED) >= 30);
	assert_true(sample_met(&sample, FACT_GMIME_MASKED) < 40);
	sample_free(&sample);
}

static void
assert_skipped(struct text *text, uint64_t why)
{
	struct sample sample;

	read_all(&sample, text);
	assert_int_equal(sample_fact(&sample, FACT_GMIME_SKIPPED)->value, why);
	assert_int_equal(sample_met(&sample, FACT_GMIME_WARNING), 0);
	sample_free(&sample);
}

static void
too_many_parts_fields_or_boundaries_are_skipped(void **state)
{
	struct text text = { 0 };

	(void)state;
	add(&text, FROM "Content-Type: multipart/mixed; boundary=b\r\n\r\n", 1);
	add(&text, "--b\r\n\r\nx\r\n", 12000);
	add(&text, "--b--\r\n", 1);
	assert_skipped(&text, 1);
	add(&text, FROM, 1);
	add(&text, "X-A: v\r\n", 11000);
	add(&text, "\r\nhi\r\n", 1);
	assert_skipped(&text, 3);
	add(&text, FROM, 1);
	for (int i = 0; i < 1000; i++) {
		char piece[200];

		snprintf(piece, sizeof piece,
		    "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i);
		add(&text, piece, 1);
	}
	add(&text, "\r\n", 1);
	add(&text, "--x\r\n", 18900);
	add(&text, "Content-Type: text/plain; boundary=", 1);
	add(&text, "y", 2000);
	add(&text, "\r\n", 1);
	assert_skipped(&text, 4);
}

/* GMime keeps every byte of a header several times, blanks too. */
static void
many_hidden_bytes_keep_gmime_out_and_are_not_copied(void **state)
{
	const size_t len = (size_t)5 << 20;
	struct sample sample;
	struct text text = { 0 };

	(void)state;
	add(&text, FROM "X-A: ", 1);
	add(&text, "a", len);
	add(&text, "\r\n\r\nhi\r\n", 1);
	read_all(&sample, &text);
	assert_int_equal(sample_met(&sample, FACT_GMIME_MASKED), 1);
	assert_int_equal(message_next_fact(&sample.msg, FACT_GMIME_SKIPPED, NULL)->value, 2);
	assert_true(arena_used(sample.arena) < len / 2);
	sample_free(&sample);
}

static void
parameters_are_limited_for_the_whole_message(void **state)
{
	struct text text = { 0 };
	struct sample sample;

	(void)state;
	add(&text, FROM "Content-Type: multipart/mixed; boundary=b\r\n\r\n", 1);
	for (int i = 0; i < 1200; i++) {
		add(&text, "--b\r\nContent-Type: text/plain", 1);
		add(&text, ";a=b", 100);
		add(&text, "\r\n\r\nx\r\n", 1);
	}
	add(&text, "--b--\r\n", 1);
	read_all(&sample, &text);
	assert_in_range(sample.msg.n_params, 100000, 105000);
	assert_in_range(sample_met(&sample, FACT_PARAMS_CUT), 190, 210);
	assert_in_range(sample_met(&sample, FACT_GMIME_MASKED), 190, 210);
	/* What shapes a part is still read. */
	assert_int_equal(sample.msg.parts[1200].type.n_params, 16);
	sample_free(&sample);
}

static void
words_of_many_charsets_use_up_the_budget(void **state)
{
	struct text text = { 0 };
	struct sample sample;

	(void)state;
	for (int i = 0; i < 20; i++) {
		add(&text, "X-A: ", 1);
		add(&text, "=?iso-8859-5?q?a?=\r\n =?koi8-r?q?a?=\r\n ", 400);
		add(&text, "end\r\n", 1);
	}
	add(&text, FROM "\r\nhi\r\n", 1);
	read_all(&sample, &text);
	/* 800 words at 0.1 ms a field, of 0.3 s and 0.5 s a megabyte: five fields or six. */
	assert_in_range(sample_met(&sample, FACT_GMIME_MASKED), 14, 15);
	sample_free(&sample);
}

/* The fact must be met in the text. */
static void
assert_seen(const char *text, enum fact_kind kind)
{
	struct sample sample;

	sample_text(&sample, text, &parser_mime);
	if (sample_met(&sample, kind) == 0)
		fail_msg("fact %d is not met", (int)kind);
	sample_free(&sample);
}

/* GMime is silent about these, or loses the message; each is a fact of our own. */
static void
what_gmime_is_blind_to_we_see(void **state)
{
	char *text;

	(void)state;
	assert_seen(FROM "MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n"
			 "QQ==\r\nQUJDQUJDQUJD\r\n",
	    FACT_BASE64_PAD_MIDDLE);
	assert_seen(FROM "X-A: one\rContent-Type: text/html\r\n\r\nhi\r\n", FACT_HEADER_BARE_CR);
	assert_seen("\xef\xbb\xbf" FROM "\r\nhi\r\n", FACT_BYTE_ORDER_MARK);
	assert_seen(FROM "Subject : x\r\n\r\nhi\r\n", FACT_HEADER_BLANK_BEFORE_COLON);
	text = repeated(FROM, "x", 5000, "\r\nSubject: y\r\n\r\nhi\r\n");
	assert_seen(text, FACT_HEADER_NO_COLON);
	free(text);
	text =
	    repeated(FROM "Content-Type: multipart/mixed; boundary=", "x", 5000, "\r\n\r\nhi\r\n");
	assert_seen(text, FACT_BOUNDARY_LONG);
	free(text);
}

static void
a_nul_in_the_header_hides_nothing_from_us(void **state)
{
	static const char text[] = FROM "X-A: one\0two\r\nSubject: x\r\n\r\nhi\r\n";
	struct sample sample;

	(void)state;
	sample_read(&sample, text, sizeof text - 1, &parser_mime);
	assert_int_equal(sample_fact(&sample, FACT_HEADER_NUL)->offset, sizeof FROM "X-A: one" - 1);
	assert_slice(sample.msg.fields[2].name, "Subject");
	sample_free(&sample);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_mail_passes_untouched),
		cmocka_unit_test(deep_groups_are_masked_and_do_not_crash),
		cmocka_unit_test(a_nested_header_is_masked_too),
		cmocka_unit_test(a_masked_field_leaves_the_rest_to_gmime),
		cmocka_unit_test(fields_that_take_quadratic_time_are_masked),
		cmocka_unit_test(many_dear_fields_use_up_the_budget),
		cmocka_unit_test(too_many_parts_fields_or_boundaries_are_skipped),
		cmocka_unit_test(many_hidden_bytes_keep_gmime_out_and_are_not_copied),
		cmocka_unit_test(parameters_are_limited_for_the_whole_message),
		cmocka_unit_test(words_of_many_charsets_use_up_the_budget),
		cmocka_unit_test(what_gmime_is_blind_to_we_see),
		cmocka_unit_test(a_nul_in_the_header_hides_nothing_from_us),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
