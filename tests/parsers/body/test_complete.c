/* test_complete.c - attached files that stop before their end, and those that do not. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/body/encoded.h"

struct file {
	enum cut_file kind;
	size_t len;
	const char *bytes;
};

#define FILE_OF(kind, bytes)                                                                       \
	{                                                                                          \
		CUT_##kind, sizeof(bytes) - 1, bytes                                               \
	}

/* The smallest whole file of each kind that tells its end. "ab" in stored, fixed and dynamic blocks
 * of RFC 1951; CRCs are not looked at. */
static const struct file wholes[] = {
	FILE_OF(ZIP, "PK\3\4aPK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
	FILE_OF(JPEG, "\xff\xd8\xff\xe0\0\4ab\xff\xff\xda\0\2a\xff\0b\xff\xd0\xff\xd9"),
	FILE_OF(PNG, "\x89PNG\r\n\x1a\n\0\0\0\1IDATa....\0\0\0\0IEND...."),
	FILE_OF(GIF, "GIF89a\1\0\1\0\x80\0\0abcdef!\xf9\1a\0,\0\0\0\0\1\0\1\0\0\2\1a\0;"),
	FILE_OF(PDF, "%PDF-1.2\n%%EOF"),
	FILE_OF(GZIP, "\x1f\x8b\x08\0\0\0\0\0\0\3\1\2\0\xfd\xff"
		      "ab........"),
	FILE_OF(GZIP, "\x1f\x8b\x08\0\0\0\0\0\0\3\2\x0c\0........"), /* two fixed blocks */
	FILE_OF(GZIP, "\x1f\x8b\x08\0\0\0\0\0\0\3" /* codes of its own, matches and repeats */
		      "\xed\x8a\xb1\x09\x00\x30\x0c\xc3\x5e\xe9\x6b\xb1\x1d\xe8\x10\x28"
		      "\x74\xe9\xfb\xf5\x11\xdd\x9a\x45\x08\xa1\x00\x98\x22\x68\x02\x41"
		      "\x28\xed\x34\xc1\x70\x49\x3b\x4d\x28\xfa\xec\xf3\xbb\x73\x66\xd5"
		      "\x1a\x67\xed\xd2\x53\xbd"
		      "........"),
	FILE_OF(GZIP, "\x1f\x8b\x08\4\0\0\0\0\0\3\2\0xy\3\0........"), /* a field that says more */
	FILE_OF(GZIP, "\x1f\x8b\x08\0\0\0\0\0\0\3\x4b\x4c\2\0........"),
	FILE_OF(GZIP, "\x1f\x8b\x08\x1e\0\0\0\0\0\3\2\0xyname\0note\0cc\1\0\0\xff\xff........"),
	FILE_OF(MIDI, "MThd\0\0\0\6\0\0\0\1\0\x60XTra\0\0\0\1aMTrk\0\0\0\4\0\xff\x2f\0"),
	FILE_OF(RIFF, "RIFF\x0e\0\0\0WAVEfmt \0\0\0\0ab"),
	FILE_OF(AIFF, "FORM\0\0\0\6AIFFab"),
};

#define N_WHOLES (sizeof wholes / sizeof wholes[0])

static bool
is_cut(const void *bytes, size_t len)
{
	struct sample sample;
	bool cut;

	sample_encoded(&sample, "a/b", bytes, len, &parser_complete);
	cut = sample_met(&sample, FACT_FILE_CUT) > 0;
	sample_free(&sample);
	return cut;
}

static void
whole_files_and_what_follows_them_are_left_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_WHOLES; i++) {
		unsigned char more[128] = { 0 };

		memcpy(more, wholes[i].bytes, wholes[i].len);
		if (is_cut(more, wholes[i].len) || is_cut(more, sizeof more))
			fail_msg("row %d is called cut", (int)i);
	}
}

/* Bytes that make the format known: at fewer, the file is nothing in particular. */
static size_t
known_from(enum cut_file kind)
{
	static const size_t known[] = { [CUT_ZIP] = 4,
		[CUT_JPEG] = 3,
		[CUT_PNG] = 8,
		[CUT_GIF] = 6,
		[CUT_PDF] = 5,
		[CUT_GZIP] = 3,
		[CUT_MIDI] = 8,
		[CUT_RIFF] = 16,
		[CUT_AIFF] = 12 };

	return known[kind];
}

static void
files_cut_at_any_byte_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_WHOLES; i++)
		for (size_t cut = 0; cut < wholes[i].len; cut++) {
			struct sample sample;
			bool known = cut >= known_from(wholes[i].kind);

			sample_encoded(&sample, "a/b", wholes[i].bytes, cut, &parser_complete);
			if (sample_met(&sample, FACT_FILE_CUT) != known)
				fail_msg("row %d, %d bytes", (int)i, (int)cut);
			if (known)
				assert_int_equal(
				    sample_fact(&sample, FACT_FILE_CUT)->value, wholes[i].kind);
			sample_free(&sample);
		}
}

static void
the_place_is_the_piece_that_is_not_whole(void **state)
{
	static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\1IDATa";
	struct sample sample;

	(void)state;
	sample_encoded(&sample, "a/b", png, sizeof png - 1, &parser_complete);
	/* Byte 8 is the last but none of the third quartet, whose first symbol is not its own. */
	assert_int_equal(sample_fact(&sample, FACT_FILE_CUT)->offset,
	    sample_at(&sample, "\r\n\r\n") + 4 + 8 / 3 * 4 + 2);
	sample_free(&sample);
}

static void
files_that_make_no_sense_are_left_alone(void **state)
{
	static const struct file odd[] = {
		FILE_OF(JPEG, "\xff\xd8\xff\xe0\0\4abcd"),
		FILE_OF(PNG, "\x89PNG\r\n\x1a\n\0\0\0\1\0\0\0\0a"),
		FILE_OF(GIF, "GIF89a\1\0\1\0\0\0\0xyz"),
		FILE_OF(GZIP, "\x1f\x8b\x08\0\0\0\0\0\0\3\7abc"),
		FILE_OF(GZIP,
		    "\x1f\x8b\x08\0\0\0\0\0\0\3"
		    "\xfd\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), /* too many literals */
		FILE_OF(GZIP,
		    "\x1f\x8b\x08\0\0\0\0\0\0\3"
		    "\x05\x00\x12\x00\x00\x00\x00\x00\x00\x00\x00\x00"), /* repeats nothing */
		FILE_OF(GZIP,
		    "\x1f\x8b\x08\0\0\0\0\0\0\3"
		    "\x05\x00\x80\xe4\xff\x1f\x00\x00\x00\x00\x00\x00\x00\x00"), /* repeats too often */
		FILE_OF(GZIP, "\x1f\x8b\x08\0\0\0\0\0\0\3"
			      "\x03\x3e\x00\x00\x00\x00\x00\x00\x00\x00"), /* no such distance */
		FILE_OF(GZIP, "\x1f\x8b\x08\0\0\0\0\0\0\3"
			      "\x1b\x03\x00\x00\x00\x00\x00\x00\x00\x00"), /* no such length */
		FILE_OF(GZIP,
		    "\x1f\x8b\x08\0\0\0\0\0\0\3"
		    "\x01\x02\x00\x02\x00\x61\x62\x00\x00\x00\x00\x00\x00\x00\x00"), /* stored length */
		FILE_OF(RIFF, "RIFF\xff\xff\xff\xffWAVEfmt "),
		FILE_OF(OLE, "\xd0\xcf\x11\xe0\xa1\xb1\x1a"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
		if (is_cut(odd[i].bytes, odd[i].len))
			fail_msg("row %d is called cut", (int)i);
}

/* A PDF made for the Web has an end mark near its beginning. */
static void
a_told_length_counts_more_than_an_early_end_mark(void **state)
{
	static const char text[] = "%PDF-1.2\n1 0 obj<</Linearized 1/L 60>>\n%%EOF\n%%EOF\n";
	static const char rest[] = "123456789";
	char whole[128];

	(void)state;
	strcpy(whole, text);
	strcat(whole, rest);
	assert_int_equal(strlen(whole), 60);
	assert_false(is_cut(whole, 60));
	assert_true(is_cut(whole, 59));
}

/* A header, an allocation table in sector 0 and `used` sectors in all that it calls used. */
static void
make_ole(unsigned char *file, unsigned used)
{
	static const unsigned char start[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };

	memset(file, 0xff, 1024);
	memcpy(file, start, sizeof start);
	memcpy(file + 30, "\x09\0", 2);
	memset(file + 68, 0xfe, 1);
	memset(file + 76, 0, 4);
	memset(file + 512, 0xfd, used);
	for (unsigned i = 0; i < used; i++)
		memcpy(file + 512 + 4 * (size_t)i, "\xfe\xff\xff\xff", 4);
}

static void
an_ole_file_reaches_to_the_last_sector_in_use(void **state)
{
	static unsigned char file[512 * 5];

	(void)state;
	make_ole(file, 3);
	assert_false(is_cut(file, 512 * 4));
	assert_false(is_cut(file, 512 * 3 + 1)); /* the last sector may be short */
	assert_true(is_cut(file, 512 * 3));
	assert_true(is_cut(file, 1000)); /* in its table */
	assert_true(is_cut(file, 100));  /* in its header */
}

static void
a_list_of_sectors_that_runs_in_a_circle_ends(void **state)
{
	static unsigned char file[512 * 4];

	(void)state;
	make_ole(file, 2);
	memcpy(file + 68, "\1\0\0\0", 4); /* the list goes on in sector 1 */
	memset(file + 1024, 0xff, 512);
	memcpy(file + 1024 + 508, "\1\0\0\0", 4); /* and then there again */
	assert_false(is_cut(file, sizeof file));
}

static void
a_million_of_anything_is_survived(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_WHOLES; i++) {
		size_t n = 1000000;
		unsigned char *bytes = malloc(n);

		assert_non_null(bytes);
		for (size_t at = 0; at < n; at++)
			bytes[at] = (unsigned char)wholes[i].bytes[at % wholes[i].len];
		is_cut(bytes, n);
		memset(bytes + wholes[i].len, 0xff, n - wholes[i].len);
		is_cut(bytes, n);
		free(bytes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_files_and_what_follows_them_are_left_alone),
		cmocka_unit_test(files_cut_at_any_byte_are_told),
		cmocka_unit_test(the_place_is_the_piece_that_is_not_whole),
		cmocka_unit_test(files_that_make_no_sense_are_left_alone),
		cmocka_unit_test(a_told_length_counts_more_than_an_early_end_mark),
		cmocka_unit_test(an_ole_file_reaches_to_the_last_sector_in_use),
		cmocka_unit_test(a_list_of_sectors_that_runs_in_a_circle_ends),
		cmocka_unit_test(a_million_of_anything_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
