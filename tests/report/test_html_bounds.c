/* test_html_bounds.c - the HTML report of nothing, of much, and of what is not there. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page.h"

static void
answer_follows_the_counts(void **state)
{
	static const struct {
		uint64_t critical, medium, examined;
		const char *says;
	} rows[] = {
		{ 1, 0, 412, "1 of 412 files examined is a likely cause: In/A." },
		{ 3, 1, 1412, "3 of 1,412 files examined are likely causes; start with In/A." },
		{ 0, 2, 412,
		    "No file is a likely cause; 2 of 412 examined deserve a look, first In/A." },
		{ 0, 0, 412,
		    "No file is a likely cause: none of the 412 files examined reaches level medium. "
		    "The cause may lie outside this tree." },
		{ 0, 0, 0, "No message was examined, so there is no answer." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct page page = page_new();
		struct scene *scene = page.scene;
		struct suspect suspect;

		scene_record(scene);
		scene->summary.by_level[LEVEL_CRITICAL] = rows[i].critical;
		scene->summary.by_level[LEVEL_MEDIUM] = rows[i].medium;
		scene->summary.by_status[STATUS_EXAMINED] = scene->summary.seen = rows[i].examined;
		scene->writer->begin(&scene->report);
		suspect = scene_suspect(scene, 1, "In/A", FOLDER_IN, 2500);
		scene_put(scene, &suspect);
		scene_end(scene);
		page_read(&page);
		assert_says(&page, "string(//h:p[@class='verdict'])", rows[i].says);
		page_free(&page);
	}
}

/* 2,500 suspects: 1,000 are told in detail, all of them have a row. */
static void
details_end_after_a_thousand_and_rows_do_not(void **state)
{
	struct page page = page_new();
	struct scene *scene = page.scene;
	char name[32];

	(void)state;
	scene_record(scene);
	scene->summary.seen = scene->summary.by_level[LEVEL_HIGH] = 2500;
	scene->writer->begin(&scene->report);
	scene_find(scene, RULE_TAIL, 6004, 4096, "NUL bytes");
	for (unsigned i = 1; i <= 2500; i++) {
		struct suspect suspect;

		snprintf(name, sizeof name, "In/F%04u", i);
		suspect = scene_suspect(scene, i, name, FOLDER_IN, 6004);
		scene_put(scene, &suspect);
	}
	scene_end(scene);
	page_read(&page);
	assert_says(&page, "count(//h:section[@class='suspect'])", "1000");
	assert_says(&page, "count(//h:table[@id='ranked']/h:tbody/h:tr)", "1000");
	assert_says(&page, "count(//h:section[@id='files']//h:tbody/h:tr)", "2500");
	assert_says(&page, "count(//h:section[@id='files']//h:table)", "3");
	assert_holds(
	    &page, "string(//h:section[@id='ranking'])", "1,500 more files of these levels");
	assert_says(&page, "string(//h:section[@id='rules']//h:tbody/h:tr[1]/h:td[1])", "2,500");
	assert_holds(&page, "string((//h:section[@id='files']//h:tr)[last()])", "In/F2500");
	page_free(&page);
}

/* Sections that grow beyond their room lose bytes and trees, never findings. */
static void
details_are_bounded(void **state)
{
	struct page page = page_new();
	struct scene *scene = page.scene;
	struct row row = { .kind = ROW_PART, .offset = 1, .length = 1, .line = 1 };
	char big[400];

	(void)state;
	memset(big, '<', sizeof big);
	for (int i = 0; i < 600; i++) {
		row.text[0] = row.text[1] = description_text(page.description, slice_of(big, 400));
		description_add(page.description, row);
	}
	scene_record(scene);
	scene->writer->begin(&scene->report);
	scene_find(scene, RULE_TAIL, 6004, 4096, "NUL bytes");
	for (unsigned i = 1; i <= 1000; i++) {
		struct suspect suspect = scene_suspect(scene, i, "In/A", FOLDER_IN, 6004);

		suspect.description = page.description;
		scene_put(scene, &suspect);
	}
	scene_end(scene);
	assert_in_range(scene->len, HTML_DETAILS_MAX, HTML_DETAILS_MAX + (8u << 20));
	page_read(&page);
	assert_says(&page, "count(//h:section[@class='suspect']//h:div[@class='fact'])", "1000");
	assert_says(&page, "count(//h:section[@id='s1']//h:ul[@class='tree']/h:li)", "60");
	assert_says(&page, "count(//h:section[@id='s1000']//h:ul[@class='tree'])", "0");
	page_free(&page);
}

static void
pictures_draw_a_bounded_number_of_shapes(void **state)
{
	struct page page = page_new();
	struct tree_picture *picture = &page.scene->summary.picture;

	(void)state;
	for (int i = 0; i < FOLDER_COUNT * LEVEL_COUNT; i++)
		picture->by_folder[i / LEVEL_COUNT][i % LEVEL_COUNT] = 1u << 20;
	for (int i = 0; i < PICTURE_SCORES; i++)
		picture->scores[i] = UINT64_C(1) << (2 * i);
	for (int i = 0; i < PICTURE_SLOTS; i++)
		picture->modified[i][0] = picture->received[i][1] = picture->received[i][0] = 9;
	picture->has_times = true;
	picture->from = 983822871;
	picture->to = 983900000;
	picture->beyond[0] = 1234;
	picture->has_clock = true;
	picture->clock = -21600;
	picture->logged[7][0] = 3;
	picture->n_crashes = PICTURE_CRASHES;
	picture->n_crashes_total = 1000000;
	for (int i = 0; i < PICTURE_CRASHES; i++)
		picture->crashes[i] = 983830000 + i;
	picture->crashes[0] = 0; /* long before: told, and not drawn */
	picture->n_spans = 1;
	picture->spans[0] = (struct picture_span){
		.name = "app.evt", .clock = "UTC", .first = 983830000, .last = 983840000
	};
	page.scene->writer->begin(&page.scene->report);
	scene_end(page.scene);
	page_read(&page);
	/* 66 + 24 + 48 + 96 + 1 + 1 + 47 */
	assert_says(&page, "count(//s:rect)", "283");
	assert_says(&page, "count(//s:rect[@class='crash'])", "47");
	assert_page_holds(&page, "Received by the server, whose clock was at UTC-06:00: 864 files");
	assert_page_holds(&page, "UTC: 1,000,000; the latest 2001-03-05T22:07:20Z, ");
	assert_page_holds(&page, "What logs say of files, UTC: 3 records");
	assert_says(&page, "count(//s:svg[not(@role='img') or not(@aria-label)])", "0");
	assert_says(&page, "count(//s:rect[@width <= 0 or @height <= 0 or @x < 0 or @y < 0])", "0");
	assert_page_holds(&page, "and 1,234 outside of this time");
	assert_page_holds(&page, "Log app.evt: 2001-03-05T22:06:40Z to 2001-03-06T00:53:20Z, UTC");
	page_free(&page);
}

static void
a_missing_file_is_to_be_recovered_and_counts_apart(void **state)
{
	struct page page = page_new();
	struct suspect suspect = scene_suspect(page.scene, 1, "In/G1X4TK19", FOLDER_IN, 9000);
	struct clue clue;

	(void)state;
	clue_clear(&clue, RULE_NAMED);
	clue.factor = 8000;
	strcpy(clue.detail, "event 4182: is tried again at each start");
	suspect.clues = &clue;
	suspect.n_clues = 1;
	suspect.record = NULL;
	suspect.finding_bits = NULL;
	suspect.status = STATUS_MISSING;
	suspect.reason = "named by a log, not in this copy";
	page.scene->summary.by_level[LEVEL_CRITICAL] = 1;
	page.scene->summary.by_status[STATUS_MISSING] = 1;
	page.scene->writer->begin(&page.scene->report);
	scene_put(page.scene, &suspect);
	scene_end(page.scene);
	page_read(&page);
	assert_holds(&page, "string(//h:section[@class='answer'])",
	    "1 of 1 file examined or named by logs is a likely cause: In/G1X4TK19.");
	assert_holds(&page, "string(//h:p[@class='action'])", "recover it from the source");
	assert_holds(&page, "string(//h:section[@id='s1'])", "is tried again at each start.");
	assert_holds(&page, "string(//h:section[@id='plan'])", "Recover the missing files");
	assert_says(&page, "count(//h:p[contains(., 'have no room here')])", "0");
	page_free(&page);
}

static void
levels_of_findings_follow_the_thresholds_of_the_ranking(void **state)
{
	static const int32_t from[LEVEL_COUNT] = { INT32_MIN, 1000, INT32_MIN, 9000, 9500, 20000 };
	struct page page = page_new();
	struct suspect suspect;

	(void)state;
	scene_record(page.scene);
	scene_find(page.scene, RULE_CHARSET, 9100, 70, "charset=\"\"");
	suspect = scene_suspect(page.scene, 1, "In/G1X4TK19", FOLDER_IN, 9100);
	suspect.level = LEVEL_MEDIUM;
	suspect.level_from = from;
	page.scene->writer->begin(&page.scene->report);
	scene_put(page.scene, &suspect);
	scene_end(page.scene);
	page_read(&page);
	assert_page_holds(&page, "9.10 bits, by itself medium");
	assert_page_holds(&page, "critical from 20.00 bits, high from 9.50, medium from 9.00");
	page_free(&page);
}

static void
a_reproducible_report_names_neither_machine_nor_hour(void **state)
{
	struct page page = page_new();

	(void)state;
	page.scene->run.reproducible = true;
	page.scene->run.has_epoch = true;
	page.scene->run.epoch = 86400;
	scene_play(page.scene);
	page_read(&page);
	assert_null(strstr(page.scene->text, "Linux 6.1"));
	assert_null(strstr(page.scene->text, ">lab<"));
	assert_null(strstr(page.scene->text, "corpus/Imcdata"));
	assert_null(strstr(page.scene->text, "2001-03-05T20:07:52Z"));
	assert_page_holds(&page, "1970-01-02T00:00:00Z (SOURCE_DATE_EPOCH)");
	page_free(&page);
}

static void
an_empty_run_is_a_whole_page(void **state)
{
	struct page page = page_new();

	(void)state;
	page.scene->writer->begin(&page.scene->report);
	scene_end(page.scene);
	page_read(&page);
	assert_says(&page, "count(//h:section[@id='files'])", "1");
	assert_says(&page, "count(//h:section[@id='suspects'])", "0");
	assert_says(&page, "count(//h:section[@id='signoff'])", "1");
	page_free(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answer_follows_the_counts),
		cmocka_unit_test(details_end_after_a_thousand_and_rows_do_not),
		cmocka_unit_test(details_are_bounded),
		cmocka_unit_test(pictures_draw_a_bounded_number_of_shapes),
		cmocka_unit_test(a_missing_file_is_to_be_recovered_and_counts_apart),
		cmocka_unit_test(levels_of_findings_follow_the_thresholds_of_the_ranking),
		cmocka_unit_test(a_reproducible_report_names_neither_machine_nor_hour),
		cmocka_unit_test(an_empty_run_is_a_whole_page),
	};
	const int failed = cmocka_run_group_tests(tests, NULL, NULL);

	xmlCleanupParser();
	return failed;
}
