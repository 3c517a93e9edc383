/* test_formats.c - one corpus of hostile strings through every format. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/redact.h"
#include "report/utf8.h"
#include "scene.h"

/* What names of files, subjects, addresses and logs may hold. */
static const struct slice hostile[] = {
#define S(text)                                                                                    \
	{                                                                                          \
		(const unsigned char *)(text), sizeof(text) - 1                                    \
	}
	S("\x1b]0;owned\x07\x1b[2J"),
	S("a\0b"),
	S("\r\nType: forged\r\n"),
	S("backspace\b\b\bspace"),
	S("\xc2\x9b"
	  "31m C1"),
	S("\x9b"
	  "31m"),
	S("\xe2\x80\xae"
	  "gpj.exe"),
	S("\xe2\x80\xa8line\xe2\x80\xa9"),
	S("\xff\xfe\xc0\xaf\xed\xa0\x80"),
	S("=cmd|' /C calc'!A0"),
	S("+1+1"),
	S("-2+3"),
	S("@SUM(A1)"),
	S("\xef\xbc\x9d"
	  "1+1"),
	S("\t=1"),
	S("\",\"injected\",\""),
	S("<script>alert(1)</script>"),
	S("]]><x/>"),
	S("&lt;&#0;&#x1b;"),
	S("<!-- --><?php ?>"),
	S("javascript:alert(1)"),
	S("%n%s%s%s%100000d"),
	S("\\x41\\\\n"),
	S(" leading and trailing  "),
	S("\xef\xbf\xbe\xef\xbf\xbf"),
	S("../../etc/passwd"),
	S("{\"type\":\"message\"}"),
	S("quote ' \" ` $(id)"),
#undef S
};

#define N_HOSTILE (sizeof hostile / sizeof hostile[0])

static void
play(struct scene *scene, struct slice text)
{
	char said[128] = "";
	const struct plan_note plan[] = { { 1, said, said, 983822871 } };
	struct clue clue;
	struct suspect suspect;
	struct artefact artefact = { .root = "",
		.path = text,
		.kind = "other",
		.reason = "",
		.read = true,
		.first_time = INT64_MIN,
		.last_time = INT64_MIN,
		.clock = "UTC" };
	struct record *record = scene_record(scene);

	scene_find(scene, RULE_CHARSET, 9100, 70, "charset=\"\"");
	record->has_envelope = record->has_mail_from = record->has_from = record->has_subject = 1;
	record->has_message_id = 1;
	record->mail_from = record->from = record->subject = record->message_id = record->mts_id =
	    record->rcpt[0] = record_text(record, text);
	record->n_rcpt = record->n_rcpt_total = 1;
	clue_clear(&clue, RULE_URL);
	clue.log_len = (uint16_t)text.len;
	memcpy(clue.log, text.data, text.len);
	clue_text(clue.quote, sizeof clue.quote, text);
	clue_text(clue.detail, sizeof clue.detail, text);
	clue.factor = 4000;
	scene->summary.rule_outs = &clue;
	scene->summary.n_rule_outs = 1;
	if (text.len < sizeof said && text.len > 0)
		memcpy(said, text.data, text.len);
	scene->run.plan = plan;
	scene->run.n_plan = 1;
	scene->run.first_step = said;
	suspect = scene_suspect(scene, 1, "", FOLDER_IN, 11420);
	suspect.path = text;
	suspect.clues = &clue;
	suspect.n_clues = 1;
	suspect.n_twins = 1;
	suspect.twin_root = "";
	suspect.twin = text;
	scene->summary.seen = 1;
	scene->writer->begin(&scene->report);
	scene_put(scene, &suspect);
	suspect = scene_refused(2, "", FOLDER_IN, STATUS_FAILED, "Permission denied");
	suspect.path = text;
	scene_put(scene, &suspect);
	suspect = scene_refused(3, "", FOLDER_IN, STATUS_MISSING, "named by a log");
	suspect.path = text;
	suspect.clues = &clue;
	suspect.n_clues = 1;
	scene_put(scene, &suspect);
	scene->writer->artefact(&scene->report, &artefact);
	scene_end(scene);
}

/* Valid UTF-8 of characters that a screen only shows, and line ends. */
static void
assert_harmless(const char *format, const struct scene *scene)
{
	const struct slice all = slice_of(scene->text, scene->len);

	for (size_t pos = 0; pos < all.len;) {
		uint32_t code = 0;
		const size_t len = utf8_next(all, pos, &code);

		if (len == 0)
			fail_msg("%s: byte %zu is no UTF-8", format, pos);
		if (code != '\n' && code != '\r' && !utf8_shows(code))
			fail_msg("%s: character U+%04X at byte %zu", format, (unsigned)code, pos);
		pos += len;
	}
}

static void
no_format_passes_a_character_that_acts(void **state)
{
	size_t n_writers;
	const struct writer *const *writers = writers_all(&n_writers);

	(void)state;
	for (size_t i = 0; i < n_writers; i++) {
		for (size_t k = 0; k < N_HOSTILE; k++) {
			struct scene *scene = scene_new(writers[i]->name);

			play(scene, hostile[k]);
			assert_harmless(writers[i]->name, scene);
			scene_free(scene);
		}
	}
}

/* Markup of the tree in a format that has markup. */
static void
no_markup_gets_into_xml_or_html(void **state)
{
	static const char *const formats[] = { "dfxml", "junit", "html" };

	(void)state;
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
		for (size_t k = 0; writer_by_name(formats[i]) && k < N_HOSTILE; k++) {
			struct scene *scene = scene_new(formats[i]);

			play(scene, hostile[k]);
			assert_null(strstr(scene->text, "<script>alert"));
			assert_null(strstr(scene->text, "]]><x"));
			assert_null(strstr(scene->text, "<?php"));
			assert_null(strstr(scene->text, "&#0;"));
			scene_free(scene);
		}
	}
}

static void
no_cell_of_csv_begins_a_formula_or_a_row(void **state)
{
	static const char *const formats[] = { "csv", "csv-findings" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 0; k < N_HOSTILE; k++) {
			struct scene *scene = scene_new(formats[i]);
			unsigned quotes = 0;

			play(scene, hostile[k]);
			for (size_t at = 0; at < scene->len; at++) {
				const char *here = scene->text + at;
				const bool starts = *here == '"' && quotes % 2 == 0;

				quotes += *here == '"';
				assert_true(*here != '\n' || quotes % 2 == 0);
				if (starts && strchr("=+@\t\r", here[1]))
					fail_msg("%s: a cell begins with %c", formats[i], here[1]);
				if (starts && here[1] == '-')
					assert_true(here[2] >= '0' && here[2] <= '9' &&
						    strchr(here, '.') < strchr(here + 1, '"'));
			}
			assert_int_equal(quotes % 2, 0);
			scene_free(scene);
		}
	}
}

static void
a_manifest_lists_a_name_that_acts_as_a_comment(void **state)
{
	static const char *const formats[] = { "sha256sum", "hashdeep" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct scene *scene = scene_new(formats[i]);

		play(scene, hostile[0]);
		assert_non_null(strstr(scene->text, "# name escaped: abab"));
		assert_null(strstr(scene->text, "\nabab"));
		scene_free(scene);
	}
}

static void
redaction_leaves_no_word_of_the_message(void **state)
{
	static const char secret[] = "verysecret@person.example";
	size_t n_writers;
	const struct writer *const *writers = writers_all(&n_writers);
	const struct summary summary = { .content_mix = 42 };
	struct redactor *redactor = redactor_new(&summary);

	(void)state;
	assert_non_null(redactor);
	for (size_t i = 0; i < n_writers; i++) {
		struct scene *scene = scene_new(writers[i]->name);
		struct record *record = scene_record(scene);
		struct suspect suspect =
		    scene_suspect(scene, 1, "In/verysecret letter.eml", FOLDER_IN, 11420);
		struct clue clue;

		suspect.foreign_name = true;
		scene_find(scene, RULE_CHARSET, 9100, 70, secret);
		record->has_envelope = record->has_mail_from = record->has_subject = 1;
		record->has_from = record->has_message_id = 1;
		record->mail_from = record->from = record->subject = record->message_id =
		    record->mts_id = record->rcpt[0] = record_text(record, slice_str(secret));
		record->n_rcpt = record->n_rcpt_total = 1;
		clue_clear(&clue, RULE_URL);
		clue_text(clue.quote, sizeof clue.quote, slice_str(secret));
		clue_text(clue.detail, sizeof clue.detail, slice_str(secret));
		suspect.clues = &clue;
		suspect.n_clues = 1;
		scene->writer->begin(&scene->report);
		scene_put(scene, redact_suspect(redactor, &suspect));
		scene_end(scene);
		if (strstr(scene->text, "verysecret") || strstr(scene->text, "person.example"))
			fail_msg("%s tells the secret", writers[i]->name);
		scene_free(scene);
	}
	redactor_free(redactor);
}

static struct slice
sender_of(struct redactor *redactor, struct scene *scene, const char *address)
{
	struct record *record = scene_record(scene);
	struct suspect suspect = scene_suspect(scene, 1, "In/G1X4TK19", FOLDER_IN, 0);
	const struct suspect *out;

	record->has_mail_from = 1;
	record->mail_from = record_text(record, slice_str(address));
	out = redact_suspect(redactor, &suspect);
	assert_true(slice_eq(out->path, "In/G1X4TK19"));
	return record_slice(out->record, out->record->mail_from);
}

static void
equal_addresses_have_equal_tokens_and_share_their_domain(void **state)
{
	const struct summary summary = { .content_mix = 42 }, other = { .content_mix = 43 };
	struct redactor *redactor = redactor_new(&summary), *stranger = redactor_new(&other);
	struct scene *scene = scene_new("jsonl");
	char first[200], again[200], second[200], elsewhere[200];

	(void)state;
#define KEEP(to, from, address)                                                                    \
	snprintf(to, sizeof to, "%.*s", (int)sender_of(from, scene, address).len,                  \
	    (const char *)sender_of(from, scene, address).data)
	KEEP(first, redactor, "joe@acme.example");
	KEEP(again, redactor, "joe@acme.example");
	KEEP(second, redactor, "ann@acme.example");
	KEEP(elsewhere, stranger, "joe@acme.example");
#undef KEEP
	assert_string_equal(first, again);
	assert_string_not_equal(first, second);
	assert_string_equal(strchr(first, '@'), strchr(second, '@'));
	assert_string_not_equal(first, elsewhere);
	assert_int_equal(fclose(scene->report.out), 0);
	scene_free(scene);
	redactor_free(redactor);
	redactor_free(stranger);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_format_passes_a_character_that_acts),
		cmocka_unit_test(no_markup_gets_into_xml_or_html),
		cmocka_unit_test(no_cell_of_csv_begins_a_formula_or_a_row),
		cmocka_unit_test(a_manifest_lists_a_name_that_acts_as_a_comment),
		cmocka_unit_test(redaction_leaves_no_word_of_the_message),
		cmocka_unit_test(equal_addresses_have_equal_tokens_and_share_their_domain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
