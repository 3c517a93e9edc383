/* test_tear.c - places where a file goes on as something else at a border of sectors. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define SIZE 8192u

/* A message under work; bytes from `at` on are put in place of what stood there. */
struct draft {
	unsigned char bytes[SIZE];
	size_t len;
};

static void
add(struct draft *draft, const char *text)
{
	size_t len = strlen(text);

	assert_true(draft->len + len <= SIZE);
	memcpy(draft->bytes + draft->len, text, len);
	draft->len += len;
}

/* Lines of `width` letters of base64, no two alike, `bytes` of them with their ends. */
static void
add_data(struct draft *draft, size_t bytes, size_t width, uint32_t seed)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char line[128];

	for (size_t done = 0; done < bytes; done += width + 2) {
		for (size_t i = 0; i < width; i++) {
			seed = seed * 1664525u + 1013904223u;
			line[i] = letters[seed >> 26];
		}
		memcpy(line + width, "\r\n", 3);
		add(draft, line);
	}
}

static void
add_words(struct draft *draft, size_t bytes)
{
	for (size_t from = draft->len; draft->len < from + bytes;)
		add(draft, "lamps and boxes of paper for the office in the north by monday\r\n");
}

static struct draft
with_data(void)
{
	struct draft draft = { .len = 0 };

	add(&draft, "Subject: lamps\r\nContent-Type: application/octet-stream\r\n"
		    "Content-Transfer-Encoding: base64\r\n\r\n");
	add_data(&draft, 6000, 76, 1);
	return draft;
}

static struct draft
with_words(void)
{
	struct draft draft = { .len = 0 };

	add(&draft, "Subject: x\r\n\r\n");
	add_words(&draft, 4000);
	return draft;
}

static void
overwrite(struct draft *draft, size_t at, const struct draft *other, size_t from, size_t len)
{
	memcpy(draft->bytes + at, other->bytes + from, len);
}

/* The first tear that is told; kind 0: none. */
static struct fact
tear_of(const struct draft *draft)
{
	struct sample sample;
	struct fact fact = { .value = 0 };
	const struct fact *first;

	sample_read(&sample, draft->bytes, draft->len, &parser_tear);
	first = message_next_fact(&sample.msg, FACT_TEAR, NULL);
	if (first)
		fact = *first;
	sample_free(&sample);
	return fact;
}

static void
sound_files_have_no_tear(void **state)
{
	struct draft data = with_data(), words = with_words();

	(void)state;
	assert_int_equal(tear_of(&data).value, 0);
	assert_int_equal(tear_of(&words).value, 0);
}

static void
sectors_of_other_base64_are_told_with_their_length(void **state)
{
	struct draft draft = with_data(), other = { .len = 0 };
	struct fact fact;

	(void)state;
	add_data(&other, 3000, 72, 2);
	overwrite(&draft, 1024, &other, 10, 1024);
	fact = tear_of(&draft);
	assert_int_equal(fact.value, TEAR_OUT_OF_STEP);
	assert_int_equal(fact.offset, 1024);
	assert_int_equal(fact.len, 1024);
}

/* The same bytes eight letters earlier: whoever did that was no disk. */
static void
other_bytes_that_begin_at_no_border_are_no_tear(void **state)
{
	struct draft draft = with_data(), words = with_words();

	(void)state;
	overwrite(&draft, 1016, &words, 100, 512);
	assert_int_equal(tear_of(&draft).value, 0);
}

static void
base64_that_ends_in_words_at_a_border_is_torn(void **state)
{
	struct draft draft = with_data(), words = with_words();

	(void)state;
	add_words(&words, 1000);
	overwrite(&draft, 2048, &words, 100, 3000);
	draft.len = 5000;
	assert_int_equal(tear_of(&draft).value, TEAR_FROM_BASE64);
	assert_int_equal(tear_of(&draft).offset, 2048);
}

/* An encoder that writes an odd line does not come back into step. */
static void
short_line_of_an_encoder_is_no_tear(void **state)
{
	struct draft draft = { .len = 0 };

	(void)state;
	add(&draft, "Content-Transfer-Encoding: base64\r\n\r\n");
	for (uint32_t i = 0; i < 6; i++) {
		add_data(&draft, 700, 76, i);
		add_data(&draft, 1, 48, i);
	}
	assert_int_equal(tear_of(&draft).value, 0);
}

static void
words_that_turn_into_base64_are_torn(void **state)
{
	struct draft draft = with_words(), data = with_data(), honest = { .len = 0 };

	(void)state;
	overwrite(&draft, 1024, &data, 1000, 1024);
	assert_int_equal(tear_of(&draft).value, TEAR_TO_BASE64);
	assert_int_equal(tear_of(&draft).offset, 1024);

	add(&honest, "Subject: x\r\n\r\n");
	add_words(&honest, 980);
	add_data(&honest, 1500, 64, 5);
	assert_int_equal(tear_of(&honest).value, 0);
}

static void
envelope_of_another_file_is_told_anywhere_but_in_binary_parts(void **state)
{
	static const char envelope[] = "\x80\0\0\0ImCr12345678........<a@b>........EwLsReceived:";
	struct draft draft = with_data(), binary = { .len = 0 };

	(void)state;
	/* Within the first 4 KB it would be taken for the file's own. */
	memcpy(draft.bytes + 4608, envelope, sizeof envelope - 1);
	assert_int_equal(tear_of(&draft).value, TEAR_TO_ENVELOPE);
	add(&binary, "Content-Transfer-Encoding: binary\r\n\r\n");
	add_words(&binary, 6000);
	memcpy(binary.bytes + 4608, envelope, sizeof envelope - 1);
	assert_int_equal(tear_of(&binary).value, 0);
}

static void
nul_blocks_are_left_to_those_who_look_for_them(void **state)
{
	struct draft draft = with_data();

	(void)state;
	memset(draft.bytes + 1024, 0, 512);
	assert_int_equal(tear_of(&draft).value, 0);
}

static void
control_bytes_behind_words_are_a_tear(void **state)
{
	struct draft draft = with_words();

	(void)state;
	for (size_t i = 0; i < 512; i++)
		draft.bytes[2048 + i] = (unsigned char)"\1\2\3\4\5\6\20\21xyz"[i % 11];
	assert_int_equal(tear_of(&draft).value, TEAR_TO_BINARY);
	assert_int_equal(tear_of(&draft).offset, 2048);
}

static void
header_that_goes_on_as_words_is_torn(void **state)
{
	struct draft draft = { .len = 0 }, words = with_words();

	(void)state;
	for (int i = 0; i < 40; i++)
		add(&draft, "X-Office-Note: lamps and boxes of paper for the north\r\n");
	add(&draft, "\r\nbody\r\n");
	assert_int_equal(tear_of(&draft).value, 0);
	overwrite(&draft, 1024, &words, 130, 512);
	assert_int_equal(tear_of(&draft).value, TEAR_HEADER_TO_TEXT);
}

/* Each byte of a torn file in turn overwritten, and each prefix of it: read to the end. */
static void
any_bytes_are_read(void **state)
{
	struct draft draft = with_data(), words = with_words();

	(void)state;
	overwrite(&draft, 1024, &words, 100, 1024);
	draft.len = 2600;
	for (size_t at = 900; at < 2600; at += 7) {
		struct draft other = draft;

		other.bytes[at] = '\n';
		other.bytes[at / 2] = 0;
		tear_of(&other);
		other.len = at;
		tear_of(&other);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_files_have_no_tear),
		cmocka_unit_test(sectors_of_other_base64_are_told_with_their_length),
		cmocka_unit_test(other_bytes_that_begin_at_no_border_are_no_tear),
		cmocka_unit_test(base64_that_ends_in_words_at_a_border_is_torn),
		cmocka_unit_test(short_line_of_an_encoder_is_no_tear),
		cmocka_unit_test(words_that_turn_into_base64_are_torn),
		cmocka_unit_test(envelope_of_another_file_is_told_anywhere_but_in_binary_parts),
		cmocka_unit_test(nul_blocks_are_left_to_those_who_look_for_them),
		cmocka_unit_test(control_bytes_behind_words_are_a_tear),
		cmocka_unit_test(header_that_goes_on_as_words_is_torn),
		cmocka_unit_test(any_bytes_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
