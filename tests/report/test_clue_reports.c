/* test_clue_reports.c - what logs say of files, of missing ones, and of causes that are no message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scene.h"

static struct clue
event(const char *log, int32_t factor, const char *detail, const char *quote)
{
	struct clue clue;

	clue_clear(&clue, RULE_NAMED);
	clue.factor = factor;
	clue.number = 123;
	clue.log_offset = 4660;
	clue.log_len = (uint16_t)strlen(log);
	memcpy(clue.log, log, clue.log_len);
	clue_text(clue.detail, sizeof clue.detail, slice_str(detail));
	clue_text(clue.quote, sizeof clue.quote, slice_str(quote));
	return clue;
}

/* One clean file that a hostile log name speaks of, and a missing one. */
static struct scene *
play(const char *format, bool check)
{
	struct scene *scene = scene_new(format);
	struct clue clues[] = {
		event("app.evt", 8000, "4182 names this file", "G1X4TK19 could not"),
		event("\x1b[2Jcopy.log", 5000, "reported in use", ""),
		event("other.evt", 0, "4117 names this file", ""),
	};
	struct clue out = event("system.evt", 3000, "drive full", "3018: no space");
	struct suspect suspect;

	clues[1].flags = CLUE_DOUBTFUL;
	scene->options.check = check;
	scene->summary.seen = scene->summary.by_status[STATUS_EXAMINED] = 1;
	scene->summary.by_status[STATUS_MISSING] = 1;
	scene->summary.rule_outs = &out;
	scene->summary.n_rule_outs = 1;
	scene->summary.logs_read = 2;
	scene->summary.clues = 4;
	scene->writer->begin(&scene->report);
	scene_record(scene);
	suspect = scene_suspect(scene, 1, "In/G1X4TK19", FOLDER_IN, 10000);
	suspect.clues = clues;
	suspect.n_clues = suspect.n_clues_total = 3;
	suspect.clue_bits = 13000;
	scene_put(scene, &suspect);
	suspect = scene_suspect(scene, 2, "In/GONE", FOLDER_IN, 5000);
	suspect.status = STATUS_MISSING;
	suspect.reason = "recover from the source";
	suspect.record = NULL;
	suspect.has_size = suspect.has_mtime = false;
	suspect.clues = clues;
	suspect.n_clues = suspect.n_clues_total = 1;
	suspect.clue_bits = 8000;
	scene_put(scene, &suspect);
	scene_end(scene);
	return scene;
}

static void
assert_says(const struct scene *scene, const char *wanted)
{
	if (!strstr(scene->text, wanted))
		fail_msg("no \"%s\" in:\n%s", wanted, scene->text);
}

static void
a_clue_names_log_record_and_quote(void **state)
{
	struct scene *scene = play("text", false);

	(void)state;
	assert_says(scene,
	    "      - Event log app.evt, record 123: 4182 names this file: \"G1X4TK19 "
	    "could\n        not\" [event-names-file]\n");
	assert_says(scene, "+1 more clue\n");
	assert_says(scene, "4 clues about files.");
	scene_free(scene);
}

static void
names_of_logs_are_escaped_and_doubt_is_told(void **state)
{
	struct scene *scene = play("text", false);

	(void)state;
	assert_says(
	    scene, "- \\x1b[2Jcopy.log, line 123: reported in use; doubtful [event-names-file]\n");
	assert_null(strchr(scene->text, '\x1b'));
	scene_free(scene);
}

static void
a_missing_file_stands_in_the_table_and_in_the_advice(void **state)
{
	struct scene *scene = play("text", false);

	(void)state;
	assert_says(scene, "    2  high       5.00  In/GONE");
	assert_says(scene, "- Not in this tree: recover it from the source\n");
	assert_says(scene, "Also recover In/GONE from the source: the logs name it,");
	/* Nobody can move it. */
	assert_says(scene, "keep In/G1X4TK19 out of the queue");
	scene_free(scene);
}

static void
a_check_does_not_pass_over_a_missing_file(void **state)
{
	struct scene *scene = play("text", true);

	(void)state;
	assert_says(scene, "DO NOT RESTART YET");
	assert_says(
	    scene, "Suspects in the queue (1):\n  In/G1X4TK19: critical. app.evt: 4182 names");
	assert_says(scene, "Missing (1):\n  In/GONE: recover it from the source. app.evt: 4182");
	scene_free(scene);
}

static void
a_cause_that_is_no_message_is_told_after_the_answer(void **state)
{
	for (int check = 0; check < 2; check++) {
		struct scene *scene = play("text", check == 1);

		(void)state;
		assert_says(
		    scene, "The logs show a cause that is no message: Event log system.evt,");
		assert_says(scene, "drive full");
		scene_free(scene);
	}
}

static void
jsonl_holds_all_of_a_clue(void **state)
{
	struct scene *scene = play("jsonl", false);

	(void)state;
	assert_says(scene,
	    "\"clues\":[{\"rule\":\"event-names-file\",\"bits\":8.0,\"log\":\"app.evt\","
	    "\"record\":123,\"log_offset\":4660,\"detail\":\"4182 names this file\","
	    "\"quote\":\"G1X4TK19 could not\"},"
	    "{\"rule\":\"event-names-file\",\"bits\":5.0,\"log\":\"\\u001B[2Jcopy.log\","
	    "\"record\":123,\"log_offset\":4660,\"detail\":\"reported in use\","
	    "\"doubtful\":true},");
	assert_says(scene, "\"clue_bits\":13.0");
	assert_says(scene, "\"status\":\"missing\",\"reason\":\"recover from the source\"");
	assert_says(scene, "\"logs_read\":2,");
	assert_says(scene,
	    "\"rule_outs\":[{\"rule\":\"event-names-file\",\"bits\":3.0,\"log\":"
	    "\"system.evt\",\"record\":123,\"log_offset\":4660,\"detail\":\"drive full\",\"quote\":\"3018: no space\"}]");
	scene_free(scene);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clue_names_log_record_and_quote),
		cmocka_unit_test(names_of_logs_are_escaped_and_doubt_is_told),
		cmocka_unit_test(a_missing_file_stands_in_the_table_and_in_the_advice),
		cmocka_unit_test(a_check_does_not_pass_over_a_missing_file),
		cmocka_unit_test(a_cause_that_is_no_message_is_told_after_the_answer),
		cmocka_unit_test(jsonl_holds_all_of_a_clue),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
