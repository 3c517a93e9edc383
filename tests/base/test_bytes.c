/* test_bytes.c - the scans of many bytes at once: each way gives what the plain one gives. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "test.h"

#define LONGEST 300u
#define ROUNDS 400u

/* Bytes in a block of exactly that size, so that a sanitizer or valgrind sees a look beyond. */
struct text {
	unsigned char *data;
	size_t len;
};

static uint32_t
next(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* Round by round other mixtures: letters with something rare in between, or any bytes at all. */
static struct text
text_of(uint32_t *state, unsigned round)
{
	static const unsigned char odd[] = "\0\t\n\r\x0b\x1b\x1f \x7f\x80\xff-=+/A\x7e\r\n";
	struct text text = { .len = next(state) % LONGEST };

	text.data = malloc(text.len ? text.len : 1);
	assert_non_null(text.data);
	for (size_t i = 0; i < text.len; i++) {
		text.data[i] = (unsigned char)('a' + next(state) % 26);
		if (next(state) % (1 + round % 60) == 0)
			text.data[i] = odd[next(state) % (sizeof odd - 1)];
		if (round % 5 == 4)
			text.data[i] = (unsigned char)next(state);
	}
	return text;
}

static void
compare_ways(struct slice s, size_t from)
{
	const struct bytes_way_row *plain = bytes_way(BYTES_SCALAR);

	for (unsigned way = BYTES_SCALAR + 1; way < BYTES_WAYS; way++) {
		const struct bytes_way_row *row = bytes_way((enum bytes_way)way);

		if (!row->there())
			continue;
		for (unsigned kinds = 1; kinds <= (BYTES_CONTROL | BYTES_HIGH); kinds++)
			assert_int_equal(
			    row->find_odd(s, from, kinds), plain->find_odd(s, from, kinds));
		assert_int_equal(
		    row->find_pair(s, from, '\r', '\n'), plain->find_pair(s, from, '\r', '\n'));
		assert_int_equal(
		    row->find_pair(s, from, 'e', 'a'), plain->find_pair(s, from, 'e', 'a'));
		assert_int_equal(
		    row->find_either(s, from, '=', '\n'), plain->find_either(s, from, '=', '\n'));
		assert_int_equal(
		    row->find_either(s, from, 0, 0xff), plain->find_either(s, from, 0, 0xff));
	}
}

static void
every_way_finds_what_the_plain_one_finds(void **state)
{
	uint32_t random = 1;

	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct text text = text_of(&random, round);

		for (size_t from = 0; from <= text.len + 1; from++)
			compare_ways(slice_of(text.data, text.len), from);
		free(text.data);
	}
}

static void
counts_equal(const struct byte_counts *a, const struct byte_counts *b)
{
	assert_int_equal(a->nul, b->nul);
	assert_int_equal(a->lf, b->lf);
	assert_int_equal(a->cr, b->cr);
	assert_int_equal(a->crlf, b->crlf);
	assert_int_equal(a->high, b->high);
	assert_int_equal(a->control, b->control);
	assert_int_equal(a->after_cr, b->after_cr);
}

static void
every_way_counts_what_the_plain_one_counts_in_one_piece_or_two(void **state)
{
	uint32_t random = 2;

	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct text text = text_of(&random, round);
		struct slice s = slice_of(text.data, text.len);
		struct byte_counts plain = { 0 };

		bytes_way(BYTES_SCALAR)->count(s, &plain);
		for (unsigned way = 0; way < BYTES_WAYS; way++) {
			const struct bytes_way_row *row = bytes_way((enum bytes_way)way);
			struct byte_counts whole = { 0 }, pieces = { 0 };
			size_t cut = text.len ? next(&random) % text.len : 0;

			if (!row->there())
				continue;
			row->count(s, &whole);
			row->count(slice_cut(s, 0, cut), &pieces);
			row->count(slice_from(s, cut), &pieces);
			counts_equal(&whole, &plain);
			counts_equal(&pieces, &plain);
		}
		free(text.data);
	}
}

/* More vectors of one kind than a tally of one byte a place holds. */
static void
long_runs_of_one_byte_are_counted_whole(void **state)
{
	const size_t len = 20000;
	unsigned char *data = malloc(len);

	(void)state;
	assert_non_null(data);
	for (unsigned way = 0; way < BYTES_WAYS; way++) {
		struct byte_counts counts = { 0 };

		if (!bytes_way((enum bytes_way)way)->there())
			continue;
		memset(data, '\n', len);
		bytes_way((enum bytes_way)way)->count(slice_of(data, len), &counts);
		memset(data, 0x80, len);
		bytes_way((enum bytes_way)way)->count(slice_of(data, len), &counts);
		assert_int_equal(counts.lf, len);
		assert_int_equal(counts.high, len);
		assert_int_equal(counts.nul + counts.cr + counts.crlf + counts.control, 0);
	}
	free(data);
}

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Every byte at every place of a long enough text: of the alphabet or not, as RFC 2045 has it. */
static void
every_way_stops_base64_at_the_quartet_of_a_foreign_byte(void **state)
{
	unsigned char text[100], out[100], plain[100];

	(void)state;
	for (unsigned byte = 0; byte < 256; byte++) {
		for (size_t place = 0; place < sizeof text; place++) {
			bool good = byte && strchr(alphabet, (int)byte);

			for (size_t i = 0; i < sizeof text; i++)
				text[i] = (unsigned char)alphabet[(i * 7 + byte) % 64];
			text[place] = (unsigned char)byte;
			for (unsigned way = 0; way < BYTES_WAYS; way++) {
				const struct bytes_way_row *row = bytes_way((enum bytes_way)way);
				size_t len = good ? sizeof text : place / 4 * 4;

				if (!row->there())
					continue;
				assert_int_equal(
				    row->base64(slice_of(text, sizeof text), out), len);
				bytes_way(BYTES_SCALAR)->base64(slice_of(text, len), plain);
				assert_memory_equal(out, plain, len / 4 * 3);
			}
		}
	}
}

static void
base64_of_known_words_is_decoded(void **state)
{
	static const char text[] = "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24h";
	static const char words[] = "Man is distinguished, not only by his reason!";
	unsigned char out[sizeof words + 8];

	(void)state;
	for (unsigned way = 0; way < BYTES_WAYS; way++) {
		const struct bytes_way_row *row = bytes_way((enum bytes_way)way);

		if (!row->there())
			continue;
		assert_int_equal(row->base64(slice_str(text), out), sizeof text - 1);
		assert_memory_equal(out, words, sizeof words - 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_finds_what_the_plain_one_finds),
		cmocka_unit_test(every_way_counts_what_the_plain_one_counts_in_one_piece_or_two),
		cmocka_unit_test(long_runs_of_one_byte_are_counted_whole),
		cmocka_unit_test(every_way_stops_base64_at_the_quartet_of_a_foreign_byte),
		cmocka_unit_test(base64_of_known_words_is_decoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
