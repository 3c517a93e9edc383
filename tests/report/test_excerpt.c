/* test_excerpt.c - quotes are cut, the finding's own bytes last, and nothing else is. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/excerpt.h"
#include "scene.h"

#define FILE_BYTES "Content-Type: text/plain; charset=\"\"; name=\"x\""

struct cutting {
	struct scene *scene;
	struct description *description;
	struct clue clue;
	struct suspect suspect;
	struct excerpts *excerpts;
	const struct suspect *out;
};

static void
cut(struct cutting *cutting, unsigned most)
{
	struct record *record;
	struct row row = { .kind = ROW_EXCERPT, .part = -1, .offset = 100 };

	cutting->scene = scene_new("html");
	record = scene_record(cutting->scene);
	scene_find(cutting->scene, RULE_CHARSET, 9100, 126, "charset=\"\" in a text of ours");
	record->has_subject = 1;
	record->subject = record_text(record, slice_str("A subject that is longer than that"));
	cutting->description = calloc(1, sizeof *cutting->description);
	description_start(cutting->description, 1, 6630);
	row.text[0] = description_text(cutting->description, slice_str(FILE_BYTES));
	row.length = row.text[0].len;
	assert_non_null(description_add(cutting->description, row));
	clue_clear(&cutting->clue, RULE_NAMED);
	strcpy(cutting->clue.detail, "event 4182 names it");
	strcpy(cutting->clue.quote, "the message in spool file G1X4TK19");
	cutting->suspect = scene_suspect(cutting->scene, 1, "In/G1X4TK19", FOLDER_IN, 9100);
	cutting->suspect.clues = &cutting->clue;
	cutting->suspect.n_clues = 1;
	cutting->suspect.description = cutting->description;
	cutting->excerpts = excerpts_new(most);
	assert_non_null(cutting->excerpts);
	cutting->out = excerpts_suspect(cutting->excerpts, &cutting->suspect);
}

static void
cutting_free(struct cutting *cutting)
{
	excerpts_free(cutting->excerpts);
	free(cutting->description);
	assert_int_equal(fclose(cutting->scene->report.out), 0);
	scene_free(cutting->scene);
}

static void
no_quote_is_longer_than_asked_for(void **state)
{
	struct cutting cutting;
	const struct row *row;

	(void)state;
	cut(&cutting, 12);
	row = &cutting.out->description->rows[0];
	assert_string_equal(cutting.out->clues[0].quote, "the message ...");
	assert_string_equal(cutting.out->record->findings[0].detail, "charset=\"\" i...");
	assert_int_equal(cutting.out->record->findings[0].detail_len, 15);
	assert_true(
	    slice_eq(description_slice(cutting.out->description, row->text[0]), "charset=\"\"; "));
	assert_int_equal(row->offset, 126);
	assert_int_equal(row->length, 12);
	cutting_free(&cutting);
}

static void
zero_quotes_nothing(void **state)
{
	struct cutting cutting;

	(void)state;
	cut(&cutting, 0);
	assert_string_equal(cutting.out->clues[0].quote, "");
	assert_string_equal(cutting.out->record->findings[0].detail, "");
	assert_null(cutting.out->description);
	cutting_free(&cutting);
}

static void
names_and_our_own_words_about_logs_stay(void **state)
{
	struct cutting cutting;

	(void)state;
	cut(&cutting, 0);
	assert_true(slice_eq(record_slice(cutting.out->record, cutting.out->record->subject),
	    "A subject that is longer than that"));
	assert_string_equal(cutting.out->clues[0].detail, "event 4182 names it");
	assert_true(slice_eq(cutting.out->path, "In/G1X4TK19"));
	cutting_free(&cutting);
}

static void
other_causes_are_quoted_as_short(void **state)
{
	struct cutting cutting;
	struct summary summary = { .n_rule_outs = 1 };
	const struct summary *out;

	(void)state;
	cut(&cutting, 4);
	summary.rule_outs = &cutting.clue;
	out = excerpts_summary(cutting.excerpts, &summary);
	assert_non_null(out);
	assert_string_equal(out->rule_outs[0].quote, "the ...");
	assert_string_equal(cutting.clue.quote, "the message in spool file G1X4TK19");
	cutting_free(&cutting);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_quote_is_longer_than_asked_for),
		cmocka_unit_test(zero_quotes_nothing),
		cmocka_unit_test(names_and_our_own_words_about_logs_stay),
		cmocka_unit_test(other_causes_are_quoted_as_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
