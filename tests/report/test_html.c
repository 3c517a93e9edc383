/* test_html.c - the HTML report: whole, well-formed, escaped, and bounded. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page.h"

static void
a_run_reads_as_the_golden_outline(void **state)
{
	struct page page = page_new();
	xmlXPathContextPtr context;
	xmlXPathObjectPtr found;
	char *outline = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&outline, &len);

	(void)state;
	page.scene->summary.picture.by_folder[FOLDER_IN][LEVEL_CRITICAL] = 1;
	scene_play(page.scene);
	page_read(&page);
	context = xmlXPathNewContext(page.document);
	found = xmlXPathEval((const xmlChar *)"//*[local-name()='h1' or local-name()='h2' or "
					      "local-name()='h3' or local-name()='h4' or "
					      "local-name()='caption' or local-name()='tr' or "
					      "local-name()='dt' or local-name()='dd' or "
					      "local-name()='li' or local-name()='p']",
	    context);
	assert_non_null(found);
	for (int i = 0; i < found->nodesetval->nodeNr; i++) {
		const xmlNodePtr node = found->nodesetval->nodeTab[i];
		xmlChar *text = xmlNodeGetContent(node);

		fprintf(out, "%-8s %s\n", node->name, text);
		xmlFree(text);
	}
	assert_int_equal(fclose(out), 0);
	assert_golden("report-html.txt", outline);
	free(outline);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	page_free(&page);
}

/* Base64 of the SHA-256 of the lines, as a policy names them. */
static void
digest_of(const char *const *lines, char out[48])
{
	EVP_MD_CTX *digest = EVP_MD_CTX_new();
	unsigned char sum[EVP_MAX_MD_SIZE];

	assert_non_null(digest);
	EVP_DigestInit_ex(digest, EVP_sha256(), NULL);
	for (; *lines; lines++) {
		EVP_DigestUpdate(digest, *lines, strlen(*lines));
		EVP_DigestUpdate(digest, "\n", 1);
	}
	EVP_DigestFinal_ex(digest, sum, NULL);
	EVP_MD_CTX_free(digest);
	EVP_EncodeBlock((unsigned char *)out, sum, 32);
}

static void
the_policy_names_style_and_script_by_their_true_digests(void **state)
{
	char digest[48];

	(void)state;
	digest_of(html_style_lines, digest);
	assert_string_equal(html_style_digest, digest);
	digest_of(html_script_lines, digest);
	assert_string_equal(html_script_digest, digest);
}

static void
style_and_script_mean_the_same_in_html_and_xml(void **state)
{
	const char *const *const both[] = { html_style_lines, html_script_lines };

	(void)state;
	for (int i = 0; i < 2; i++) {
		for (const char *const *line = both[i]; *line; line++) {
			assert_null(strpbrk(*line, "<&"));
			assert_null(strstr(*line, "]]>"));
			assert_null(strstr(*line, "url("));
		}
	}
}

static void
play_hostile(struct page *page)
{
	struct scene *scene = page->scene;
	struct record *record = scene_record(scene);
	struct suspect suspect;
	struct row row = { .kind = ROW_PART, .part = 0, .offset = 7, .length = 3, .line = 1 };
	static const struct plan_note plan[] = { { 1, HOSTILE, HOSTILE, 983822871 } };
	struct clue clue;
	const struct artefact artefact = { .root = HOSTILE,
		.path = slice_str(HOSTILE),
		.kind = "other",
		.reason = HOSTILE,
		.status = STATUS_FAILED };

	clue_clear(&clue, RULE_CHARSET);
	clue.log_len = (uint16_t)(sizeof HOSTILE - 1);
	memcpy(clue.log, HOSTILE, sizeof HOSTILE - 1);
	memcpy(clue.detail, HOSTILE, sizeof HOSTILE);
	memcpy(clue.quote, HOSTILE, sizeof HOSTILE);
	scene->run.incident = scene->run.examiner = HOSTILE;
	scene->summary.by_level[LEVEL_CRITICAL] = scene->summary.by_status[STATUS_EXAMINED] = 1;
	scene->summary.seen = 2;
	scene->summary.rule_outs = &clue;
	scene->summary.n_rule_outs = 1;
	clue.factor = 4000;
	scene->run.plan = plan;
	scene->run.n_plan = 1;
	scene->run.first_step = scene->run.weights_file = scene->run.weights_sha256 = HOSTILE;
	scene->writer->begin(&scene->report);
	scene_find(scene, RULE_CHARSET, 9100, 7, HOSTILE);
	record->has_envelope = record->has_mail_from = record->has_from = 1;
	record->has_subject = record->has_message_id = 1;
	record->mail_from = record->from = record->subject = record->message_id = record->mts_id =
	    record->rcpt[0] = record_text(record, slice_str(HOSTILE));
	record->n_rcpt = record->n_rcpt_total = 1;
	row.text[0] = row.text[1] = description_text(page->description, slice_str(HOSTILE));
	for (int kind = ROW_EXCERPT; kind < ROW_KIND_COUNT; kind++) {
		row.kind = (uint16_t)kind;
		assert_non_null(description_add(page->description, row));
	}
	suspect = scene_suspect(scene, 1, HOSTILE, FOLDER_IN, 9000);
	suspect.root = suspect.twin_root = suspect.reason = HOSTILE;
	suspect.twin = slice_str(HOSTILE);
	suspect.n_twins = 2;
	suspect.clues = &clue;
	suspect.n_clues = 1;
	suspect.description = page->description;
	scene_put(scene, &suspect);
	suspect = scene_refused(2, HOSTILE, FOLDER_IN, STATUS_FAILED, HOSTILE);
	scene_put(scene, &suspect);
	scene->writer->artefact(&scene->report, &artefact);
	scene_end(scene);
}

static void
hostile_text_stays_text(void **state)
{
	struct page page = page_new();

	(void)state;
	play_hostile(&page);
	page_read(&page);
	assert_says(&page, "count(//h:script)", "1");
	assert_says(&page, "count(//h:style)", "1");
	assert_says(&page, "count(//s:svg[@onload])", "0");
	assert_says(&page,
	    "count(//@*[starts-with(local-name(),'on') or local-name()='style' or "
	    "local-name()='src'])",
	    "0");
	assert_says(&page, "count(//@href[not(starts-with(.,'#'))])", "0");
	assert_page_holds(&page, "<script>document.title='x'</script>");
	assert_page_holds(
	    &page, "\\x1b]0;t\\x07\\xe2\\x80\\xae\\xff\\xfe\\x9b\\x0d\\x0a\\x01\\x7f");
	for (size_t i = 0; i < page.scene->len; i++) {
		const unsigned char byte = (unsigned char)page.scene->text[i];

		assert_true((byte >= ' ' && byte != 0x7f) || byte == '\n');
	}
	assert_null(strstr(page.scene->text, "\xe2\x80\xae"));
	page_free(&page);
}

static void
every_link_has_its_target(void **state)
{
	struct page page = page_new();

	(void)state;
	play_hostile(&page);
	page_read(&page);
	assert_says(&page, "count(//@href) > 10", "true");
	assert_says(&page, "count(//@href[not(substring(.,2) = //@id)])", "0");
	assert_says(&page, "count(//@id[. = ../following::*/@id])", "0");
	assert_says(&page, "count(//*[@aria-labelledby and not(@aria-labelledby = //@id)])", "0");
	assert_says(&page, "count(//h:th[not(@scope)])", "0");
	assert_says(&page, "count(//h:table[not(h:caption)])", "0");
	page_free(&page);
}

/* The bytes around a finding: all of the excerpt in digits and characters, its own marked. */
static void
bytes_of_a_finding_are_marked_in_the_excerpt(void **state)
{
	struct page page = page_new();
	struct scene *scene = page.scene;
	struct row row = { .kind = ROW_EXCERPT, .part = -1, .offset = 16, .length = 20, .line = 2 };
	struct suspect suspect;

	(void)state;
	scene_record(scene);
	scene->writer->begin(&scene->report);
	scene_find(scene, RULE_TAIL, 9100, 20, "four")->length = 6;
	row.text[0] =
	    description_text(page.description, slice_str("0123<\"&\xff\r\nab</pre>\x1b!"));
	assert_non_null(description_add(page.description, row));
	suspect = scene_suspect(scene, 1, "In/A", FOLDER_IN, 9000);
	suspect.description = page.description;
	scene_put(scene, &suspect);
	scene_end(scene);
	page_read(&page);
	assert_says(&page, "string(//h:pre)",
	    "00000010  30 31 32 33 3c 22 26 ff  0123<\"&.\n"
	    "00000018  0d 0a 61 62 3c 2f 70 72  ..ab</pr\n"
	    "00000020  65 3e 1b 21              e>.!\n");
	assert_says(&page, "string(//h:pre/h:mark[1])", "3c 22 26 ff");
	assert_says(&page, "string(//h:pre/h:mark[2])", "<\"&.");
	assert_says(&page, "string(//h:pre/h:mark[3])", "0d 0a");
	page_free(&page);
}

static void
tree_of_parts_is_told_in_order(void **state)
{
	struct page page = page_new();
	struct scene *scene = page.scene;
	struct description *description = page.description;
	struct row row = { .kind = ROW_PART, .offset = 10, .length = 20, .line = 2 };
	struct suspect suspect;

	(void)state;
	scene_record(scene);
	scene->writer->begin(&scene->report);
	row.text[1] = description_text(description, slice_str("multipart/mixed"));
	description_add(description, row);
	row = (struct row){ .kind = ROW_BOUNDARY, .code = 1 };
	row.text[0] = description_text(description, slice_str("b<1>"));
	description_add(description, row);
	row = (struct row){ .kind = ROW_PART, .depth = 12, .part = 1, .offset = 50, .length = 9 };
	row.text[0] = description_text(description, slice_str("1.2"));
	row.text[1] = description_text(description, slice_str("text/plain"));
	description_add(description, row);
	suspect = scene_suspect(scene, 1, "In/A", FOLDER_IN, 9000);
	suspect.description = description;
	scene_put(scene, &suspect);
	scene_end(scene);
	page_read(&page);
	assert_says(&page, "count(//h:ul[@class='tree']/h:li)", "2");
	assert_holds(&page, "string(//h:ul[@class='tree']/h:li[1])",
	    "message multipart/mixed: header byte 10, 20 bytes, line 2; boundary b<1>, closed");
	assert_holds(&page, "string(//h:ul[@class='tree']/h:li[@class='d8'])",
	    "part 1.2 (depth 12) text/plain");
	page_free(&page);
}

static void
logs_plan_and_rule_outs_are_shown_when_there_are_some(void **state)
{
	static const struct plan_note plan[] = { { .step = 1,
	    .outcome = "stopped",
	    .what = "12 files were put back.",
	    .when = 983822871 } };
	struct page page = page_new();
	struct scene *scene = page.scene;
	struct clue clue, out;
	struct suspect suspect;

	(void)state;
	clue_clear(&clue, RULE_URL);
	clue.factor = 4000;
	clue.number = 17;
	clue.flags = CLUE_DOUBTFUL;
	clue.log_len = 7;
	memcpy(clue.log, "app.evt", 7);
	strcpy(clue.detail, "Event 2002 named the file 3 s before the crash.");
	strcpy(clue.quote, "Message In\\G1 received");
	out = clue;
	strcpy(out.detail, "The disk was full.");
	scene->run.plan = plan;
	scene->run.n_plan = 1;
	scene->run.first_step = "Put back 6 files.";
	scene->summary.rule_outs = &out;
	scene->summary.n_rule_outs = 1;
	scene_record(scene);
	scene->writer->begin(&scene->report);
	suspect = scene_suspect(scene, 1, "In/A", FOLDER_IN, 9000);
	suspect.clues = &clue;
	suspect.n_clues = 1;
	scene_put(scene, &suspect);
	scene_end(scene);
	page_read(&page);
	assert_holds(&page, "string(//h:section[@id='s1'])", "Log app.evt, record 17.");
	assert_says(
	    &page, "string(//h:section[@id='s1']//h:blockquote)", "Message In\\G1 received");
	assert_holds(&page, "string(//h:section[@id='s1'])", "+4.00 bits; doubtful");
	assert_holds(&page, "string(//h:section[@id='plan'])", "12 files were put back.stopped");
	assert_holds(&page, "string(//h:section[@id='plan'])", "Next: Put back 6 files.");
	assert_holds(
	    &page, "string(//h:section[@id='ruleouts'])", "The disk was full. Log app.evt");
	assert_holds(
	    &page, "string(//h:section[@class='answer'])", "no message: The disk was full. Log");
	page_free(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_reads_as_the_golden_outline),
		cmocka_unit_test(the_policy_names_style_and_script_by_their_true_digests),
		cmocka_unit_test(style_and_script_mean_the_same_in_html_and_xml),
		cmocka_unit_test(hostile_text_stays_text),
		cmocka_unit_test(every_link_has_its_target),
		cmocka_unit_test(bytes_of_a_finding_are_marked_in_the_excerpt),
		cmocka_unit_test(tree_of_parts_is_told_in_order),
		cmocka_unit_test(logs_plan_and_rule_outs_are_shown_when_there_are_some),
	};
	const int failed = cmocka_run_group_tests(tests, NULL, NULL);

	xmlCleanupParser();
	return failed;
}
