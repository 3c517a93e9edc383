/* test_text.c - the report that a person reads, and the verdict of a check. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/escape.h"
#include "report/textual.h"
#include "report/utf8.h"
#include "scene.h"

static void
a_run_reads_as_the_golden_report(void **state)
{
	struct scene *scene = scene_new("text");

	(void)state;
	scene_play(scene);
	assert_golden("report.txt", scene->text);
	scene_free(scene);
}

static void
a_check_reads_as_the_golden_verdict(void **state)
{
	struct scene *scene = scene_new("text");

	(void)state;
	scene->options.check = true;
	scene_play(scene);
	assert_golden("check.txt", scene->text);
	scene_free(scene);
}

/* The longest line in columns. */
static unsigned
widest(const char *text)
{
	struct slice s = slice_str(text);
	unsigned most = 0, columns = 0;

	for (size_t pos = 0; pos < s.len;) {
		uint32_t code = 0;

		pos += utf8_next(s, pos, &code);
		columns = code == '\n' ? 0 : columns + utf8_columns(code);
		most = columns > most ? columns : most;
	}
	return most;
}

static void
a_check_fits_a_small_screen(void **state)
{
	static const unsigned widths[] = { 40, 45, 60, 79 };

	(void)state;
	for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
		struct scene *scene = scene_new("text");
		unsigned lines = 0;

		scene->options.check = true;
		scene->options.columns = widths[i];
		scene_play(scene);
		for (const char *c = scene->text; *c; c++)
			lines += *c == '\n';
		assert_in_range(lines, 2, 15);
		assert_true(widest(scene->text) <= widths[i]);
		assert_non_null(strstr(scene->text, "DO NOT RESTART"));
		scene_free(scene);
	}
}

static void
no_line_is_wider_than_the_terminal(void **state)
{
	static const unsigned widths[] = { 60, 72, 80, 100, 120 };

	(void)state;
	for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
		struct scene *scene = scene_new("text");

		scene->options.columns = widths[i];
		scene_play(scene);
		assert_true(widest(scene->text) <= widths[i]);
		scene_free(scene);
	}
}

/* One suspect of every field hostile. */
static void
play_hostile(struct scene *scene, bool check)
{
	char name[600];
	struct record *record = scene_record(scene);
	struct suspect suspect;
	struct artefact artefact = { .root = "r\x1b[2J",
		.path = slice_str("q\n\xff.dat"),
		.kind = "queue",
		.reason = "x\x1b",
		.status = STATUS_FAILED };

	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	memcpy(name, "In/\x1b]0;title\a\n\r\xff\xe2\x80\xae   FAKE  critical\x9b", 38);
	scene->options.check = check;
	scene->options.min_level = LEVEL_CLEAN;
	scene->summary.seen = 2;
	scene->writer->begin(&scene->report);
	strcpy(scene_find(scene, RULE_CHARSET, 9000, 3, "d\x1b[2J\xff\n")->part, "1\x1b\xff");
	record->has_envelope = record->has_mail_from = record->has_from = 1;
	record->has_subject = record->has_message_id = 1;
	record->mail_from = record->mts_id = record->from = record->subject = record->message_id =
	    record_text(record, slice_of("\x1b[31m\xff\0\xc2\x9b\n", 11));
	record->rcpt[0] = record->subject;
	record->n_rcpt = 1;
	record->n_rcpt_total = 500;
	suspect = scene_suspect(scene, 1, name, FOLDER_IN, 9000);
	suspect.root = "root\x1b[1m\n\xfe";
	scene_put(scene, &suspect);
	suspect.status = STATUS_FAILED;
	suspect.reason = "no\x1bway\n";
	scene_put(scene, &suspect);
	scene->writer->artefact(&scene->report, &artefact);
	scene_end(scene);
}

static void
assert_clean(const char *text, size_t len)
{
	struct slice s = slice_of(text, len);

	assert_true(escape_is_utf8(s));
	for (size_t pos = 0; pos < s.len;) {
		uint32_t code = 0;

		pos += utf8_next(s, pos, &code);
		assert_true(code == '\n' || utf8_shows(code));
	}
}

static void
hostile_text_in_every_field_comes_out_harmless(void **state)
{
	(void)state;
	for (int check = 0; check < 2; check++) {
		struct scene *scene = scene_new("text");

		play_hostile(scene, check);
		assert_clean(scene->text, scene->len);
		assert_true(widest(scene->text) <= 80);
		assert_non_null(strstr(scene->text, "\\x1b]0;title\\x07\\x0a\\x0d\\xff"));
		assert_null(strstr(scene->text, "  FAKE")); /* no run of blanks from a name */
		scene_free(scene);
	}
}

static void
colour_is_used_only_when_asked_for(void **state)
{
	struct scene *plain = scene_new("text"), *coloured = scene_new("text");

	(void)state;
	coloured->options.colour = true;
	scene_play(plain);
	scene_play(coloured);
	assert_null(strchr(plain->text, '\x1b'));
	assert_non_null(strstr(coloured->text, "\x1b[1;31mcritical\x1b[0m"));
	scene_free(plain);
	scene_free(coloured);
}

/* The text of a run without findings of weight; examined and failed files as given. */
static struct scene *
play_quiet(bool check, uint64_t examined, uint64_t failed, bool interrupted)
{
	struct scene *scene = scene_new("text");

	scene->options.check = check;
	scene->summary.seen = examined + failed;
	scene->summary.by_status[STATUS_EXAMINED] = examined;
	scene->summary.by_status[STATUS_FAILED] = failed;
	scene->summary.interrupted = interrupted;
	scene->writer->begin(&scene->report);
	scene_record(scene);
	for (uint64_t i = 0; i < examined; i++) {
		struct suspect suspect =
		    scene_suspect(scene, i + 1, "In/G1X4TK19", FOLDER_IN, -3000);

		scene_put(scene, &suspect);
	}
	for (uint64_t i = 0; i < failed; i++) {
		struct suspect suspect = scene_refused(examined + i + 1, "In/G1X4TK2R", FOLDER_IN,
		    STATUS_FAILED, "Input/output error");

		scene_put(scene, &suspect);
	}
	scene_end(scene);
	return scene;
}

static struct scene *
play_low(void)
{
	struct scene *scene = scene_new("text");

	scene->summary.seen = scene->summary.by_status[STATUS_EXAMINED] = 2;
	scene->summary.by_level[LEVEL_LOW] = 2;
	scene->writer->begin(&scene->report);
	scene_end(scene);
	return scene;
}

/* The words stand in the text, wherever lines are broken. Frees the scene. */
static void
assert_says(struct scene *scene, const char *words)
{
	size_t to = 0;

	for (size_t i = 0; i < scene->len; i++) {
		bool blank = scene->text[i] == '\n' || scene->text[i] == ' ';

		if (!blank || to == 0 || scene->text[to - 1] != ' ')
			scene->text[to++] = blank ? ' ' : scene->text[i];
	}
	scene->text[to] = '\0';
	if (!strstr(scene->text, words))
		fail_msg("\"%s\" is not in:\n%s", words, scene->text);
	scene_free(scene);
}

static void
the_last_line_says_what_is_left_to_do(void **state)
{
	(void)state;
	assert_says(play_quiet(false, 3, 0, false), "Nothing suspicious in what was examined");
	assert_says(play_quiet(false, 3, 0, false), "No file reaches level medium");
	assert_says(play_low(), "what the 2 of level low have is no reason to move them");
	assert_says(play_quiet(false, 3, 2, false), "But 2 files could not be examined");
	assert_says(play_quiet(false, 0, 0, false), "No message was examined");
	assert_says(play_quiet(false, 3, 0, true), "Interrupted:");
}

static void
a_check_is_ok_only_when_everything_was_examined(void **state)
{
	(void)state;
	assert_says(play_quiet(true, 3, 0, false),
	    "OK TO RESTART: none of the 3 files examined reaches level high.");
	assert_says(play_quiet(true, 3, 1, false), "NOT SURE:");
	assert_says(play_quiet(true, 3, 1, false), "In/G1X4TK2R: Input/output error");
	assert_says(play_quiet(true, 0, 0, false), "NOT CHECKED:");
	assert_says(play_quiet(true, 3, 0, true), "NOT CHECKED TO THE END");
}

static void
suspects_outside_the_queue_are_to_stay_there(void **state)
{
	(void)state;
	for (int check = 0; check < 2; check++) {
		struct scene *scene = scene_new("text");
		struct suspect suspect;

		scene->options.check = check;
		scene->summary.seen = scene->summary.by_status[STATUS_EXAMINED] = 1;
		scene->writer->begin(&scene->report);
		scene_record(scene);
		scene_find(scene, RULE_CHARSET, 9000, 3, "");
		suspect = scene_suspect(scene, 1, "In/Temp/G1X4TK19", FOLDER_IN_TEMP, 9000);
		scene_put(scene, &suspect);
		scene_end(scene);
		assert_null(strstr(scene->text, "OK TO RESTART"));
		assert_says(scene,
		    check ? "RESTART ONLY AS IT IS" : "outside the queue: do not move it back.");
	}
}

static void
a_detail_that_repeats_the_sentence_is_left_out(void **state)
{
	struct scene *scene = scene_new("text");
	struct suspect suspect;

	(void)state;
	scene->writer->begin(&scene->report);
	scene_record(scene);
	scene_find(scene, RULE_TAIL, 9000, 0, "the file ends in NUL bytes");
	suspect = scene_suspect(scene, 1, "In/G1X4TK19", FOLDER_IN, 9000);
	scene_put(scene, &suspect);
	scene_end(scene);
	assert_says(scene, "- The file ends in NUL bytes; byte 0 (0x0), line 41");
}

static void
rows_beyond_the_top_are_counted(void **state)
{
	struct scene *scene = scene_new("text");

	(void)state;
	scene->options.top = 2;
	scene->writer->begin(&scene->report);
	scene_record(scene);
	for (uint64_t i = 1; i <= 5; i++) {
		struct suspect suspect = scene_suspect(scene, i, "Out/G1X4TK19", FOLDER_OUT, 9000);

		scene_put(scene, &suspect);
	}
	scene_end(scene);
	assert_non_null(strstr(scene->text, "First: keep the 5 files of level high or critical"));
	assert_non_null(strstr(scene->text, "Out\\Temp)"));
	assert_says(scene, "and 3 more files of level medium or above");
}

static void
unexamined_files_beyond_the_named_ones_are_counted(void **state)
{
	struct scene *scene = play_quiet(false, 1, 50, false);

	(void)state;
	assert_non_null(strstr(scene->text, "Not examined (50):"));
	assert_says(scene, "and 42 more");
}

static void
scores_and_sizes_are_rounded_the_same_everywhere(void **state)
{
	char buffer[24];

	(void)state;
	assert_string_equal(textual_score(buffer, 11424), "11.42");
	assert_string_equal(textual_score(buffer, 11425), "11.43");
	assert_string_equal(textual_score(buffer, -1500), "-1.50");
	assert_string_equal(textual_score(buffer, -4), "0.00");
	assert_string_equal(textual_score(buffer, INT32_MIN), "-2147483.65");
	assert_string_equal(textual_size(buffer, 0), "0 B");
	assert_string_equal(textual_size(buffer, 1023), "1023 B");
	assert_string_equal(textual_size(buffer, 1024), "1.0 KB");
	assert_string_equal(textual_size(buffer, 6630), "6.5 KB");
	assert_string_equal(textual_size(buffer, 3221225472u), "3.0 GB");
	assert_string_equal(
	    textual_size(buffer, UINT64_MAX), "1.6 EB"); /* 10 times it would overflow */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_reads_as_the_golden_report),
		cmocka_unit_test(a_check_reads_as_the_golden_verdict),
		cmocka_unit_test(a_check_fits_a_small_screen),
		cmocka_unit_test(no_line_is_wider_than_the_terminal),
		cmocka_unit_test(hostile_text_in_every_field_comes_out_harmless),
		cmocka_unit_test(colour_is_used_only_when_asked_for),
		cmocka_unit_test(the_last_line_says_what_is_left_to_do),
		cmocka_unit_test(a_check_is_ok_only_when_everything_was_examined),
		cmocka_unit_test(suspects_outside_the_queue_are_to_stay_there),
		cmocka_unit_test(a_detail_that_repeats_the_sentence_is_left_out),
		cmocka_unit_test(rows_beyond_the_top_are_counted),
		cmocka_unit_test(unexamined_files_beyond_the_named_ones_are_counted),
		cmocka_unit_test(scores_and_sizes_are_rounded_the_same_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
