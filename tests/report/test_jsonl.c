/* test_jsonl.c - JSON Lines: exact keys, exact bytes, and every line parses. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>

#include "report/clock.h"
#include "scene.h"

static void
a_run_reads_as_the_golden_lines(void **state)
{
	struct scene *scene = scene_new("jsonl");

	(void)state;
	scene_play(scene);
	assert_golden("report.jsonl", scene->text);
	scene_free(scene);
}

/* Line n of the output as an object; the caller releases it. */
static json_t *
line_of(const struct scene *scene, unsigned n)
{
	const char *line = scene->text;
	json_error_t error;
	json_t *object;

	while (n-- > 0) {
		line = strchr(line, '\n');
		assert_non_null(line);
		line++;
	}
	assert_non_null(strchr(line, '\n'));
	object = json_loadb(line, (size_t)(strchr(line, '\n') - line),
	    JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
	if (!object)
		fail_msg("line does not parse: %s", error.text);
	return object;
}

static unsigned
count_lines(const char *text)
{
	unsigned n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void
every_file_met_is_one_message_object(void **state)
{
	struct scene *scene = scene_new("jsonl");
	static const char *const types[] = { "run", "message", "message", "message", "message",
		"message", "message", "artefact", "summary" };

	(void)state;
	scene_play(scene);
	assert_int_equal(count_lines(scene->text), 9);
	for (unsigned i = 0; i < 9; i++) {
		json_t *object = line_of(scene, i);

		assert_string_equal(json_string_value(json_object_get(object, "type")), types[i]);
		json_decref(object);
	}
	scene_free(scene);
}

static void
keys_stand_in_the_order_of_the_schema(void **state)
{
	static const char *const keys[] = { "type", "rank", "path", "folder", "status", "level",
		"score", "probability", "size", "mtime", "sha256", "envelope", "from", "subject",
		"findings" };
	struct scene *scene = scene_new("jsonl");
	json_t *object, *value;
	const char *key;
	size_t n = 0;

	(void)state;
	scene_play(scene);
	object = line_of(scene, 1);
	json_object_foreach(object, key, value)
	{
		assert_true(n < sizeof keys / sizeof keys[0]);
		assert_string_equal(key, keys[n++]);
	}
	assert_int_equal(n, sizeof keys / sizeof keys[0]);
	json_decref(object);
	scene_free(scene);
}

static void
a_file_nobody_examined_has_a_reason_and_no_score(void **state)
{
	struct scene *scene = scene_new("jsonl");
	json_t *object;

	(void)state;
	scene_play(scene);
	object = line_of(scene, 3);
	assert_string_equal(json_string_value(json_object_get(object, "status")), "failed");
	assert_string_equal(
	    json_string_value(json_object_get(object, "reason")), "Permission denied");
	assert_null(json_object_get(object, "score"));
	assert_null(json_object_get(object, "probability"));
	assert_null(json_object_get(object, "sha256"));
	json_decref(object);
	scene_free(scene);
}

static void
bytes_that_are_no_utf8_have_an_exact_twin(void **state)
{
	static const unsigned char name[] = "In/\x1b[2J\x7f\xff\n\xc3\xbc";
	struct scene *scene = scene_new("jsonl");
	struct suspect suspect;
	struct record *record;
	json_t *object, *envelope;

	(void)state;
	scene->writer->begin(&scene->report);
	record = scene_record(scene);
	record->has_envelope = record->has_subject = 1;
	record->subject = record_text(record, slice_of("a\0b\x9b", 4));
	record->subject.cut = 1;
	record->rcpt[0] = record_text(record, slice_str("plain@acme.example"));
	record->rcpt[1] = record_text(record, slice_str("\xfe@acme.example"));
	record->n_rcpt = 2;
	record->n_rcpt_total = 300;
	suspect = scene_suspect(scene, 1, (const char *)name, FOLDER_IN, 9000);
	suspect.root = "r\xff";
	scene_put(scene, &suspect);
	scene_end(scene);
	for (size_t i = 0; i < scene->len; i++)
		assert_true(
		    scene->text[i] == '\n' || (scene->text[i] >= 0x20 && scene->text[i] < 0x7f));
	object = line_of(scene, 1);
	assert_string_equal(
	    json_string_value(json_object_get(object, "path")), "In/\x1b[2J\x7f\xc3\xbf\n\xc3\xbc");
	assert_string_equal(
	    json_string_value(json_object_get(object, "path_hex")), "496e2f1b5b324a7fff0ac3bc");
	assert_string_equal(json_string_value(json_object_get(object, "root_hex")), "72ff");
	assert_int_equal(json_string_length(json_object_get(object, "subject")), 5);
	assert_string_equal(json_string_value(json_object_get(object, "subject_hex")), "6100629b");
	assert_true(json_is_true(json_object_get(object, "subject_cut")));
	envelope = json_object_get(object, "envelope");
	assert_int_equal(json_array_size(json_object_get(envelope, "rcpt_to")), 2);
	assert_int_equal(json_array_size(json_object_get(envelope, "rcpt_to_hex")), 2);
	assert_int_equal(json_integer_value(json_object_get(envelope, "rcpt_total")), 300);
	assert_null(json_object_get(envelope, "mail_from"));
	json_decref(object);
	scene_free(scene);
}

static void
a_finding_without_a_place_or_weight_has_no_such_keys(void **state)
{
	struct scene *scene = scene_new("jsonl");
	struct suspect suspect;
	json_t *object, *finding;

	(void)state;
	scene->writer->begin(&scene->report);
	scene_record(scene);
	scene_find(scene, RULE_DATE, INT32_MIN, OFFSET_NONE, "");
	scene->record->n_findings_total = 1000;
	suspect = scene_suspect(scene, 1, "In/G1X4TK19", FOLDER_IN, -3000);
	scene_put(scene, &suspect);
	scene_end(scene);
	object = line_of(scene, 1);
	assert_int_equal(json_integer_value(json_object_get(object, "findings_total")), 1000);
	finding = json_array_get(json_object_get(object, "findings"), 0);
	assert_string_equal(json_string_value(json_object_get(finding, "level")), "clean");
	assert_null(json_object_get(finding, "offset"));
	assert_null(json_object_get(finding, "line"));
	assert_null(json_object_get(finding, "bits"));
	assert_int_equal(json_array_size(json_object_get(finding, "cites")), 0);
	json_decref(object);
	scene_free(scene);
}

static void
a_reproducible_run_names_no_time_host_or_jobs(void **state)
{
	static const char *const dropped[] = { "host", "os", "start", "jobs", "paths", "sandbox" };
	struct scene *scene = scene_new("jsonl");
	json_t *object;

	(void)state;
	scene->run.reproducible = true;
	scene_play(scene);
	object = line_of(scene, 0);
	for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
		assert_null(json_object_get(object, dropped[i]));
	assert_int_equal(json_integer_value(json_object_get(object, "schema")), 1);
	json_decref(object);
	object = line_of(scene, 8);
	assert_null(json_object_get(object, "end"));
	json_decref(object);
	scene_free(scene);
}

static void
times_are_exact_from_1601_to_the_end(void **state)
{
	char text[CLOCK_TEXT];

	(void)state;
	clock_utc(0, text);
	assert_string_equal(text, "1970-01-01T00:00:00Z");
	clock_utc(983822871, text);
	assert_string_equal(text, "2001-03-05T20:07:51Z");
	clock_utc(951782400, text);
	assert_string_equal(text, "2000-02-29T00:00:00Z");
	clock_utc(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59Z");
	clock_filetime(UINT64_C(125232150874020000), text); /* the dump of Q190709 */
	assert_string_equal(text, "1997-11-05T14:51:27");
	clock_filetime(0, text);
	assert_string_equal(text, "1601-01-01T00:00:00");
	clock_filetime(UINT64_MAX, text);
	assert_string_equal(text, "60056-05-28T05:36:10");
	clock_utc(INT64_MIN, text);
	clock_utc(INT64_MAX, text);
	assert_true(strlen(text) < CLOCK_TEXT);
}

static void
formats_are_found_by_name(void **state)
{
	size_t n;
	const struct writer *const *all = writers_all(&n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		assert_ptr_equal(writer_by_name(all[i]->name), all[i]);
	assert_string_equal(all[0]->name, "text");
	assert_null(writer_by_name("sarif-9"));
	assert_null(writer_by_name(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_reads_as_the_golden_lines),
		cmocka_unit_test(every_file_met_is_one_message_object),
		cmocka_unit_test(keys_stand_in_the_order_of_the_schema),
		cmocka_unit_test(a_file_nobody_examined_has_a_reason_and_no_score),
		cmocka_unit_test(bytes_that_are_no_utf8_have_an_exact_twin),
		cmocka_unit_test(a_finding_without_a_place_or_weight_has_no_such_keys),
		cmocka_unit_test(a_reproducible_run_names_no_time_host_or_jobs),
		cmocka_unit_test(times_are_exact_from_1601_to_the_end),
		cmocka_unit_test(formats_are_found_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
