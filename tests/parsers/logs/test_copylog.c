/* test_copylog.c - what copying tools say they could not copy. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "parsers/logs/log.h"

#define BANNER                                                                                     \
	"-------------------------------------------------------------------------------\r\n"      \
	"   ROBOCOPY     ::     Robust File Copy for Windows     ::     Version XP010\r\n\r\n"     \
	"   Source : D:\\exchsrvr\\imcdata\\\r\n     Dest : E:\\copy\\\r\n\r\n"                    \
	"\t                 612\tD:\\exchsrvr\\imcdata\\In\\\r\n"
#define NEW_FILE(name) "\t    New File  \t\t    5120\t" name "\r\n"
#define DONE "  0%\r100%  \r\n"
#define REASON "The process cannot access the file because it is being used by another process.\r\n"
#define ERROR_32(clock, name)                                                                      \
	"2001/03/05 " clock " ERROR 32 (0x00000020) Copying File D:\\exchsrvr\\imcdata\\In\\" name \
	"\r\n" REASON
#define WAIT "Waiting 30 seconds... Retrying...\r\n"
#define TABLE                                                                                      \
	"               Total    Copied   Skipped  Mismatch    FAILED    Extras\r\n"               \
	"    Dirs :         1         0         1         0         0         0\r\n"

static void
a_file_given_up_is_told_with_its_tries(void **state)
{
	struct evidence *out = log_text(LOG_COPY,
	    BANNER NEW_FILE("G1X4TKB7") DONE NEW_FILE("G1X4TK19") ERROR_32(
		"16:05:10", "G1X4TK19") WAIT NEW_FILE("G1X4TK19") ERROR_32("16:05:40",
		"G1X4TK19") "\r\nERROR: RETRY LIMIT EXCEEDED.\r\n" NEW_FILE("G1X4TK2R") DONE TABLE);
	const struct evidence_item *item = log_only(out, EVIDENCE_COPY_FAILED);

	(void)state;
	assert_string(item, item->spool, "G1X4TK19");
	assert_string(item, item->path, "D:\\exchsrvr\\imcdata\\In\\G1X4TK19");
	assert_int_equal(item->code, 32);
	assert_int_equal(item->count, 2);
	assert_int_equal(item->time, at_time(2001, 3, 5, 16, 5, 10));
	assert_int_equal(item->other_time, at_time(2001, 3, 5, 16, 5, 40));
	assert_int_equal(item->zone, ZONE_LOCAL);
	assert_int_equal(item->number, 11);
	assert_int_equal(item->flags, 0);
	assert_int_equal(out->unfinished, 0);
	free(out);
}

static void
a_retry_that_succeeds_is_no_failure(void **state)
{
	static const char *const texts[] = {
		BANNER NEW_FILE("G1X4TK19") ERROR_32("16:05:10", "G1X4TK19")
		    WAIT NEW_FILE("G1X4TK19") DONE NEW_FILE("G1X4TK2R") DONE TABLE,
		/* With /NP there is no percentage. */
		BANNER NEW_FILE("G1X4TK19") ERROR_32("16:05:10", "G1X4TK19")
		    WAIT NEW_FILE("G1X4TK19") NEW_FILE("G1X4TK2R") TABLE,
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct evidence *out = log_text(LOG_COPY, texts[i]);

		assert_int_equal(out->n_items, 0);
		free(out);
	}
}

static void
without_retries_each_error_counts(void **state)
{
	struct evidence *out =
	    log_text(LOG_COPY, BANNER NEW_FILE("G1X4TK19") ERROR_32("16:05:10", "G1X4TK19")
				   NEW_FILE("G1X4TK2R") ERROR_32("16:05:11", "G1X4TK2R") TABLE);

	(void)state;
	assert_int_equal(log_count(out, EVIDENCE_COPY_FAILED), 2);
	free(out);
}

static void
a_copy_that_hangs_in_its_retries_is_unfinished(void **state)
{
	struct evidence *out =
	    log_text(LOG_COPY, BANNER NEW_FILE("G1X4TK19") ERROR_32("16:05:10", "G1X4TK19")
				   WAIT ERROR_32("16:05:40", "G1X4TK19") WAIT);
	const struct evidence_item *item = log_only(out, EVIDENCE_COPY_FAILED);

	(void)state;
	assert_int_equal(item->flags, EVIDENCE_UNFINISHED);
	assert_int_equal(item->count, 2);
	assert_int_equal(out->unfinished, 1);
	free(out);
}

static void
other_languages_are_read_by_their_numbers(void **state)
{
	struct evidence *out =
	    log_text(LOG_COPY, "2001/03/05 16:05:10 FEHLER 5 (0x00000005) Datei wird kopiert "
			       "D:\\Alte Daten\\imcdata\\In\\G1X4TK19\r\nZugriff verweigert\r\n");
	const struct evidence_item *item = log_only(out, EVIDENCE_COPY_FAILED);

	(void)state;
	assert_int_equal(item->code, 5);
	assert_string(item, item->path, "D:\\Alte Daten\\imcdata\\In\\G1X4TK19");
	assert_string(item, item->spool, "G1X4TK19");
	free(out);
}

static void
copy_move_xcopy_and_backup_texts_are_read(void **state)
{
	static const struct {
		const char *text;
		uint32_t code, flags;
	} rows[] = {
		{ "D:\\IMCDATA\\IN\\G1X4TK19\r\n" REASON "        0 file(s) copied.\r\n", 32, 0 },
		{ "D:\\IMCDATA\\IN\\G1X4TKB7\r\nD:\\IMCDATA\\IN\\G1X4TK19\r\nSharing violation\r\n",
		    32, 0 },
		{ "D:\\IMCDATA\\IN\\G1X4TK19\r\n\r\nSharing violation\r\n", 32, EVIDENCE_WEAK },
		{ "Cannot move G1X4TK19: There has been a sharing violation. The source or destination "
		  "file may be in use.\r\n",
		    32, 0 },
		{ "WARNING: Portions of \"\\exchsrvr\\imcdata\\in\\G1X4TK19\" cannot be read. The backed "
		  "up data is corrupt or incomplete.\r\n",
		    30, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct evidence *out = log_text(LOG_COPY, rows[i].text);
		const struct evidence_item *item = log_only(out, EVIDENCE_COPY_FAILED);

		assert_string(item, item->spool, "G1X4TK19");
		assert_int_equal(item->code, rows[i].code);
		assert_int_equal(item->flags, rows[i].flags);
		free(out);
	}
}

static void
a_log_in_utf16_is_read(void **state)
{
	size_t len;
	unsigned char *wide =
	    wide_of(BANNER NEW_FILE("G1X4TK19") ERROR_32("16:05:10", "G1X4TK19") TABLE, true, &len);
	struct evidence *out = log_read(LOG_COPY, wide, len, 5);

	(void)state;
	assert_int_equal(log_kind(slice_of(wide, len), slice_str("")), LOG_COPY);
	assert_string(log_only(out, EVIDENCE_COPY_FAILED),
	    log_only(out, EVIDENCE_COPY_FAILED)->spool, "G1X4TK19");
	free(out);
	free(wide);
}

static void
any_cut_and_any_changed_byte_is_survived(void **state)
{
	const char *text = BANNER NEW_FILE("G1X4TK19") ERROR_32("16:05:10", "G1X4TK19")
	    WAIT NEW_FILE("G1X4TK19") DONE TABLE;

	(void)state;
	assert_damage_is_survived(LOG_COPY, text, strlen(text));
	assert_pieces_do_not_matter(LOG_COPY, text, strlen(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_given_up_is_told_with_its_tries),
		cmocka_unit_test(a_retry_that_succeeds_is_no_failure),
		cmocka_unit_test(without_retries_each_error_counts),
		cmocka_unit_test(a_copy_that_hangs_in_its_retries_is_unfinished),
		cmocka_unit_test(other_languages_are_read_by_their_numbers),
		cmocka_unit_test(copy_move_xcopy_and_backup_texts_are_read),
		cmocka_unit_test(a_log_in_utf16_is_read),
		cmocka_unit_test(any_cut_and_any_changed_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
