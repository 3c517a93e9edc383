/* test_filetype.c - types of decoded heads, labels that lie, and files that are no mail. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/sample.h"

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1"
#define JPEG "\xff\xd8\xff\xe0\0\x10JFIF\0\1"
#define OLE "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0\0\0\0\0"

/* A DOS program: 64 bytes of header that point at "PE" behind them. */
static const char program[] =
    "MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0\x40\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x40\0\0\0"
    "PE\0\0\x4c\1\3\0";

/* Read a message of one binary part with this header and body; the caller frees the sample. */
static void
read_part(struct sample *sample, const char *fields, const char *body, size_t len)
{
	char text[2048];
	size_t head = strlen(fields);

	assert_true(head + len + 100 < sizeof text);
	strcpy(text, fields);
	strcpy(text + head, "Content-Transfer-Encoding: binary\r\n\r\n");
	head = strlen(text);
	memcpy(text + head, body, len);
	memcpy(text + head + len, "\xfe\r\n", 3);
	sample_read(sample, text, head + len + 3, &parser_filetype);
}

static void
assert_type(const char *body, size_t len, enum filetype want)
{
	struct sample sample;

	read_part(&sample, "Content-Type: application/octet-stream\r\n", body, len);
	assert_int_equal(sample.msg.parts[0].filetype, want);
	assert_int_equal(sample_met(&sample, FACT_TYPE_DISAGREES), 0);
	sample_free(&sample);
}

#define ASSERT_TYPE(body, want) assert_type(body, sizeof(body) - 1, want)

static void
heads_are_recognised(void **state)
{
	(void)state;
	ASSERT_TYPE(program, FILETYPE_EXE);
	ASSERT_TYPE("PK\3\4\24\0\0\0\10\0", FILETYPE_ZIP);
	ASSERT_TYPE(OLE, FILETYPE_OLE);
	ASSERT_TYPE("%PDF-1.2\r\n", FILETYPE_PDF);
	ASSERT_TYPE("GIF89a\1\0\1\0\x80", FILETYPE_GIF);
	ASSERT_TYPE(JPEG, FILETYPE_JPEG);
	ASSERT_TYPE(PNG, FILETYPE_PNG);
	ASSERT_TYPE("{\\rtf1\\ansi text}", FILETYPE_RTF);
	ASSERT_TYPE("%!PS-Adobe-3.0\r\n", FILETYPE_PS);
	ASSERT_TYPE("\x78\x9f\x3e\x22\1\0\1\6\x90\x08\0", FILETYPE_TNEF);
	ASSERT_TYPE("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0", FILETYPE_AUDIO);
	ASSERT_TYPE("\x1f\x8b\x08\0\1\2\3\4\0\3", FILETYPE_ARCHIVE);
	ASSERT_TYPE("BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\1\0\0\0\1\0\0\0", FILETYPE_BMP);
	ASSERT_TYPE("<!DOCTYPE HTML><html><body>", FILETYPE_HTML);
	ASSERT_TYPE("just words, and more words", FILETYPE_TEXT);
}

static void
words_that_look_like_signatures_are_text(void **state)
{
	(void)state;
	ASSERT_TYPE("MZ is what programs begin with, as everybody knows who has looked into one.",
	    FILETYPE_TEXT);
	ASSERT_TYPE("BM is a brand.", FILETYPE_TEXT);
	ASSERT_TYPE("PK\r\nis a name.", FILETYPE_TEXT);
	ASSERT_TYPE("The moov atom; Rar! is a noise, and ZOO a place.", FILETYPE_TEXT);
	ASSERT_TYPE("ZOO hours are from nine to five.", FILETYPE_TEXT);
	ASSERT_TYPE("FWS and CWS are abbreviations.", FILETYPE_TEXT);
}

static void
a_program_labelled_as_picture_is_a_contradiction(void **state)
{
	struct sample sample;

	(void)state;
	read_part(&sample, "Content-Type: image/gif; name=a.gif\r\n", program, sizeof program - 1);
	assert_int_equal(sample_fact(&sample, FACT_TYPE_DISAGREES)->value, FILETYPE_EXE);
	assert_int_equal(
	    sample_fact(&sample, FACT_TYPE_DISAGREES)->offset, sample_at(&sample, "MZ"));
	sample_free(&sample);
	read_part(&sample, "Content-Type: text/plain\r\n", OLE, sizeof OLE - 1);
	assert_int_equal(sample_fact(&sample, FACT_TYPE_DISAGREES)->value, FILETYPE_OLE);
	sample_free(&sample);
}

static void
honest_and_vague_labels_are_no_contradiction(void **state)
{
	static const struct {
		const char *fields, *body;
		size_t len;
	} rows[] = {
		{ "Content-Type: application/octet-stream; name=a.gif\r\n", program,
		    sizeof program - 1 },
		{ "Content-Type: application/x-msdownload; name=a.exe\r\n", program,
		    sizeof program - 1 },
		{ "Content-Type: text/plain; name=a.exe\r\n", program, sizeof program - 1 },
		{ "Content-Type: image/gif; name=a.gif\r\n", PNG, sizeof PNG - 1 },
		{ "Content-Type: application/msword; name=a.doc\r\n", "{\\rtf1 x}", 9 },
		{ "Content-Type: application/msword; name=a.doc\r\n", "PK\3\4\24\0\0\0\10\0", 10 },
		{ "Content-Type: image/gif; name=a.gif\r\n", "the scanner removed this picture",
		    32 },
		{ "Content-Type: application/zip; name=a.zip\r\n", "PK\3\4\24\0\0\0\10\0", 10 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct sample sample;

		read_part(&sample, rows[i].fields, rows[i].body, rows[i].len);
		if (sample_met(&sample, FACT_TYPE_DISAGREES) > 0)
			fail_msg("accused: %s", rows[i].fields);
		sample_free(&sample);
	}
}

static void
assert_whole(const void *bytes, size_t len, int want)
{
	struct sample sample;

	sample_read(&sample, bytes, len, &parser_filetype);
	if (want < 0)
		assert_int_equal(sample_met(&sample, FACT_FILE_IS_NOT_MAIL), 0);
	else
		assert_int_equal(sample_fact(&sample, FACT_FILE_IS_NOT_MAIL)->value, want);
	sample_free(&sample);
}

static void
whole_files_of_another_kind_are_named(void **state)
{
	static const char stub[] = "The attachment was removed because it held a virus.\r\n";
	static const char mail[] = "From: a@a.example\r\nTo: b@b.example\r\n\r\nMZ\r\n";

	(void)state;
	assert_whole(program, sizeof program - 1, FILETYPE_EXE);
	assert_whole(OLE "\1", sizeof OLE, FILETYPE_OLE);
	assert_whole(PNG, sizeof PNG - 1, FILETYPE_PNG);
	assert_whole(stub, sizeof stub - 1, FILETYPE_TEXT);
	assert_whole("<html><body>No mail</body></html>\r\n", 35, FILETYPE_HTML);
	assert_whole(mail, sizeof mail - 1, -1);
	assert_whole("", 0, -1);
}

static void
the_library_names_its_version_and_database(void **state)
{
	(void)state;
	assert_true(parser_filetype.warm());
	assert_true(strlen(filetype_library_version()) == 4);
	assert_string_equal(
	    filetype_database_path() + strlen(filetype_database_path()) - 4, ".mgc");
}

static void
every_prefix_is_read(void **state)
{
	static const char text[] =
	    "Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	    "TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";

	(void)state;
	sample_prefixes(program, sizeof program - 1, &parser_filetype);
	sample_prefixes(text, sizeof text - 1, &parser_filetype);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_are_recognised),
		cmocka_unit_test(words_that_look_like_signatures_are_text),
		cmocka_unit_test(a_program_labelled_as_picture_is_a_contradiction),
		cmocka_unit_test(honest_and_vague_labels_are_no_contradiction),
		cmocka_unit_test(whole_files_of_another_kind_are_named),
		cmocka_unit_test(the_library_names_its_version_and_database),
		cmocka_unit_test(every_prefix_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
