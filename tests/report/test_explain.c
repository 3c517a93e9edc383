/* test_explain.c - all about one message, as a person reads it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/advice.h"
#include "report/explain.h"

#include "report/utf8.h"
#include "scene.h"

#define HOSTILE                                                                                    \
	"a\x1b]0;owned\x07\xe2\x80\xae\r\n\tb \x9b"                                                \
	"31m"

struct stage {
	struct scene *scene; /* for its record, bits and stream */
	struct description *description;
};

static struct row *
put(const struct stage *stage, struct row row)
{
	struct row *added = description_add(stage->description, row);

	assert_non_null(added);
	return added;
}

static void
text(const struct stage *stage, struct row *row, int which, const char *words)
{
	row->text[which] = description_text(stage->description, slice_str(words));
}

static struct row
at(enum row_kind kind, int part, uint64_t offset, uint64_t length, uint32_t line)
{
	return (struct row){ .kind = (uint16_t)kind,
		.part = part,
		.offset = offset,
		.length = length,
		.line = line };
}

static void
put_part(const struct stage *stage, int part, uint16_t depth, const char *path, const char *type)
{
	struct row row = at(ROW_PART, part, 300 + 100 * (uint64_t)part, 60, 9);
	struct row *added;

	row.depth = depth;
	row.code = depth == 0 ? DESCRIBED_MULTIPART : DESCRIBED_LEAF;
	added = put(stage, row);
	text(stage, added, 0, path);
	text(stage, added, 1, type);
	row = at(ROW_BODY, part, 362 + 100 * (uint64_t)part, 30, 12);
	row.code = depth > 0;
	row.value = 22;
	put(stage, row);
}

static void
put_readings(const struct stage *stage)
{
	struct row row = at(ROW_AMBIGUOUS, 0, 310, 30, 10);
	struct row *added;

	row.value = 2;
	put(stage, row);
	added = put(stage, at(ROW_READING, 0, 310, 30, 10));
	text(stage, added, 0, "multipart/mixed; boundary=one");
	row = at(ROW_READING_BOUNDARY, 0, 362, 5, 12);
	row.value = 3;
	text(stage, put(stage, row), 0, "one");
	row = at(ROW_READING, 0, 350, 24, 11);
	row.code = READER_LAST;
	text(stage, put(stage, row), 0, HOSTILE);
	row = at(ROW_AMBIGUOUS, -1, OFFSET_NONE, 1, 0);
	row.code = AMBIGUOUS_LEAVES;
	row.value = 2;
	put(stage, row);
	text(stage, put(stage, at(ROW_LEAF_OURS, 1, 462, 30, 12)), 0, "1");
	put(stage, at(ROW_LEAF_GMIME, -1, 362, 200, 12));
	row = at(ROW_AMBIGUOUS, 3, 600, 60, 9);
	row.code = AMBIGUOUS_ASPECT;
	row.value = 2;
	text(stage, put(stage, row), 0, "file name");
	row = at(ROW_READING, 3, OFFSET_NONE, 0, 0);
	row.code = READER_IMCSCAN;
	text(stage, put(stage, row), 0, "list");
	row.code = READER_GMIME;
	text(stage, put(stage, row), 0, HOSTILE);
}

static void
put_envelope(const struct stage *stage)
{
	struct row row = at(ROW_ENVELOPE, -1, 0, 206, 1);

	row.code = DESCRIBED_SPOOL;
	put(stage, row);
	row = at(ROW_FILETIME, -1, OFFSET_NONE, 0, 0);
	row.value = 126274504710000000;
	put(stage, row);
	text(stage, put(stage, at(ROW_MAIL_FROM, -1, 75, 17, 1)), 0, "a@north.example");
	text(stage, put(stage, at(ROW_RCPT_TO, -1, 167, 29, 1)), 0, HOSTILE);
}

static void
fill(const struct stage *stage)
{
	struct row *row;

	put_envelope(stage);
	row = put(stage, at(ROW_EXCERPT, -1, 1824, 24, 40));
	row->value = 1;
	text(stage, row, 0, "n; charset=\"\"\r\n" HOSTILE);
	row->text[0].len = (uint16_t)row->length;
	put_part(stage, 0, 0, "", "multipart/mixed");
	put_part(stage, 1, 1, "1", HOSTILE);
	put_part(stage, 2, 1, "2", "message/rfc822");
	put_part(stage, 3, 2, "2.1", "text/html");
	text(stage, put(stage, at(ROW_FILE_NAME, 3, 700, 9, 30)), 0, HOSTILE);
	row = put(stage, at(ROW_FILETYPE, 3, OFFSET_NONE, 0, 0));
	text(stage, row, 0, "a ZIP archive");
	text(stage, row, 1, "application/zip");
	put_readings(stage);
	row = put(stage, at(ROW_FIELD, 0, 206, 35, 1));
	text(stage, row, 0, "Subject");
	text(stage, row, 1, " " HOSTILE);
	row = put(stage, at(ROW_FIELD, 3, 640, 20, 28));
	text(stage, row, 0, "Content-Type");
	text(stage, row, 1, " text/html;\n charset=\"\"");
	stage->description->n_cut[GROUP_FIELDS] = 12;
}

static struct stage
stage_new(void)
{
	struct stage stage = { scene_new("text"), calloc(1, sizeof *stage.description) };

	assert_non_null(stage.description);
	scene_record(stage.scene)->file_size = 6630;
	description_start(stage.description, 0, 6630);
	scene_find(stage.scene, RULE_DATE, 1000, 300, "no date");
	scene_find(stage.scene, RULE_CHARSET, 9100, 1834, "charset=\"\"");
	fill(&stage);
	assert_true(description_valid(stage.description, stage.scene->record));
	return stage;
}

static const char *
played(const struct stage *stage, unsigned columns, bool colour)
{
	const struct suspect suspect =
	    scene_suspect(stage->scene, 1, "In/G1X4TK19", FOLDER_IN, 9200);
	const struct explanation explanation = {
		.out = stage->scene->report.out,
		.suspect = &suspect,
		.description = stage->description,
		.colour = colour,
		.columns = columns,
	};

	explain_print(&explanation);
	assert_int_equal(fclose(stage->scene->report.out), 0);
	return stage->scene->text;
}

static void
stage_free(struct stage stage)
{
	free(stage.description);
	scene_free(stage.scene);
}

static void
explanation_reads_as_the_golden_one(void **state)
{
	const struct stage stage = stage_new();

	(void)state;
	assert_golden("explain.txt", played(&stage, 80, false));
	stage_free(stage);
}

static void
no_control_byte_and_no_invisible_character_gets_out(void **state)
{
	const struct stage stage = stage_new();
	const struct slice s = slice_str(played(&stage, 80, false));

	(void)state;
	for (size_t pos = 0; pos < s.len;) {
		uint32_t code = 0;
		const size_t len = utf8_next(s, pos, &code);

		if (len == 0 || (code != '\n' && !utf8_shows(code)))
			fail_msg("byte %#x at %zu", s.data[pos], pos);
		pos += len;
	}
	stage_free(stage);
}

static void
no_line_is_wider_than_eighty_columns(void **state)
{
	const struct stage stage = stage_new();
	const char *line = played(&stage, 80, false);

	(void)state;
	while (*line) {
		const size_t len = strcspn(line, "\n");

		if (len > 80)
			fail_msg("%zu columns: %.*s", len, (int)len, line);
		line += len + 1;
	}
	stage_free(stage);
}

static void
colour_is_only_added_where_it_is_wanted(void **state)
{
	const struct stage plain = stage_new(), coloured = stage_new();
	const char *with = played(&coloured, 80, true), *without = played(&plain, 80, false);

	(void)state;
	assert_non_null(strstr(with, "\x1b[1;31mcritical\x1b[0m"));
	for (; *with; with++) {
		if (*with == '\x1b') {
			with = strchr(with, 'm');
			assert_non_null(with);
			continue;
		}
		assert_int_equal(*with, *without);
		without++;
	}
	assert_int_equal(*without, '\0');
	stage_free(plain);
	stage_free(coloured);
}

static void
message_without_a_description_has_head_and_findings(void **state)
{
	struct stage stage = stage_new();
	const char *shown;

	(void)state;
	free(stage.description);
	stage.description = NULL;
	shown = played(&stage, 80, false);
	assert_non_null(strstr(shown, "In/G1X4TK19"));
	assert_non_null(strstr(shown, "charset-empty"));
	assert_null(strstr(shown, "MIME tree"));
	stage_free(stage);
}

/* Two findings of which one is weak beside a strong one, and a clue. */
static void
the_sum_behind_a_score_is_shown_part_by_part(void **state)
{
	const struct stage stage = stage_new();
	const struct arithmetic arithmetic = { .w_unknown = 0.125, .cap_minor = 2.99 };
	const struct terms terms[] = {
		{ 0 },
		{ .w = 0.03125, .q = 1e-5, .v = 0.25 },
		{ .w = 0.0001220703125, .q = 0.01, .v = 1, .minor = true },
	};
	struct suspect suspect = scene_suspect(stage.scene, 1, "In/G1X4TK19", FOLDER_IN, 17610);
	struct explanation explanation = { .out = stage.scene->report.out,
		.suspect = &suspect,
		.columns = 80,
		.arithmetic = &arithmetic };
	struct clue clue;

	(void)state;
	clue_clear(&clue, RULE_NAMED);
	clue.factor = suspect.clue_bits = 8000;
	clue_text(clue.detail, sizeof clue.detail, slice_str("4182 names this file"));
	suspect.clues = &clue;
	suspect.n_clues = 1;
	suspect.finding_terms = terms;
	scene_find(stage.scene, RULE_CHARSET, -6356, 1900, "")->flags = FINDING_WEAK;
	explain_score(&explanation);
	assert_int_equal(fclose(stage.scene->report.out), 0);
	assert_string_equal(stage.scene->text,
	    "\nWhat logs and other files say of it\n"
	    "  - 4182 names this file [event-names-file]\n"
	    "\nScore, each rule once (LR: what follows, added up)\n"
	    "  a cause that no rule knows     0.125\n"
	    "  charset-empty                  781.25 = v 0.25 * w 0.03125 / q 1e-05\n"
	    "  sum                            781.375\n"
	    "  score                          log2 of the sum, and 8.00 for the clues = 17.61\n"
	    "                                 bits\n");
	stage_free(stage);
}

static void
each_level_says_what_to_do(void **state)
{
	static const struct {
		enum level level;
		enum folder folder;
		const char *says;
	} rows[] = {
		{ LEVEL_CRITICAL, FOLDER_IN, "move it out" },
		{ LEVEL_HIGH, FOLDER_OUT, "move it out" },
		{ LEVEL_HIGH, FOLDER_IN_TEMP, "leave it outside" },
		{ LEVEL_MEDIUM, FOLDER_IN, "look at it by hand" },
		{ LEVEL_UNKNOWN, FOLDER_IN, "copy it again" },
		{ LEVEL_LOW, FOLDER_IN, "leave it where it is" },
		{ LEVEL_CLEAN, FOLDER_OUT, "leave it where it is" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct suspect suspect = {
			.level = rows[i].level, .folder = rows[i].folder, .status = STATUS_EXAMINED
		};

		assert_true(slice_starts(slice_str(advice_level(&suspect)), rows[i].says));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(explanation_reads_as_the_golden_one),
		cmocka_unit_test(no_control_byte_and_no_invisible_character_gets_out),
		cmocka_unit_test(no_line_is_wider_than_eighty_columns),
		cmocka_unit_test(colour_is_only_added_where_it_is_wanted),
		cmocka_unit_test(message_without_a_description_has_head_and_findings),
		cmocka_unit_test(the_sum_behind_a_score_is_shown_part_by_part),
		cmocka_unit_test(each_level_says_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
