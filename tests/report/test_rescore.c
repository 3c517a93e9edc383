/* test_rescore.c - scores with clues, missing files and rule-outs can be redone from JSON Lines. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/wood.h"

#include <unistd.h>

#include "writer.h"

/* The writer shows the names of the real rules with these numbers: any will do. */
struct telling {
	const struct writer *writer;
	struct report *report;
};

static bool
tell(void *context, const struct suspect *suspect)
{
	const struct telling *telling = context;

	telling->writer->suspect(telling->report, suspect);
	return true;
}

static void
write_report(struct wood *wood, FILE *out)
{
	const struct run_info run = { .version = "1", .reproducible = true };
	const struct report_options options = { .fail_on = LEVEL_HIGH };
	struct report report = {
		.out = out, .run = &run, .summary = &wood->forest.summary, .options = &options
	};
	struct telling telling = { writer_by_name("jsonl"), &report };

	telling.writer->begin(&report);
	assert_true(ranking_walk(wood->forest.ranking, tell, &telling));
	telling.writer->end(&report);
	assert_int_equal(fclose(out), 0);
}

static void
plant(struct wood *wood)
{
	static const struct sapling saplings[] = {
		{ .path = "In/A", .rules = { RULE(STORE), RULE(ODD) } },
		{ .path = "In/B", .rules = { RULE(VIOLATED) } },
		{ .path = "In/Archive/C", .folder = FOLDER_IN_ARCHIVE, .rules = { RULE(DAMAGED) } },
		{ .path = "In/Archive/D", .folder = FOLDER_IN_ARCHIVE },
		{ .path = "Work/E",
		    .folder = FOLDER_WORK,
		    .rules = { RULE(DAMAGED), RULE(STORE) } },
		{ .path = "In/F", .rules = { RULE(DAMAGED), RULE(IMC) }, .weak = true },
		{ .path = "In/G" },
	};
	const struct ranked_file missing = {
		.root = "", .reason = "", .path = slice_str("In/GONE"), .status = STATUS_MISSING
	};

	for (size_t i = 0; i < sizeof saplings / sizeof saplings[0]; i++)
		forest_add(&wood->forest, saplings[i]);
	assert_true(ranking_add(wood->forest.ranking, &missing, NULL));
}

static void
speak(struct wood *wood)
{
	struct clue placed = clue_for(NAMED, 7000, "a"), out = clue_for(OUT, 2500, "b");

	attach(wood, 0, AGAINST, -3500, "a");
	attach(wood, 1, NAMED, 8000, "a");
	attach(wood, 1, NAMED, 4000, "b");
	attach(wood, 1, IN_USE, 5000, "b");
	attach(wood, 1, OUT, 3000, "b");
	attach(wood, 2, NAMED, 8000, "a");
	attach(wood, 3, NAMED, 8000, "a");
	attach(wood, 7, IN_USE, 4123, "a");
	placed.flags = CLUE_PLACED;
	assert_true(ranking_attach(wood->forest.ranking, 3, &placed));
	for (out.cause = CAUSE_IMCEXT; out.cause <= CAUSE_REMOTE_ANSWER; out.cause++)
		assert_true(ranking_rule_out(wood->forest.ranking, &out));
	assert_true(ranking_rule_out(wood->forest.ranking, &placed));
}

static void
another_program_gets_the_same_scores(void **state)
{
	struct wood wood = { 0 };
	char path[] = "/tmp/imcscan-rescore-XXXXXX", command[128];
	const int fd = mkstemp(path);

	(void)state;
	if (system("command -v python3 >/dev/null 2>&1") != 0) {
		(void)unlink(path);
		skip();
	}
	assert_true(fd >= 0);
	wood_grow(&wood, false);
	plant(&wood);
	speak(&wood);
	forest_finish(&wood.forest);
	write_report(&wood, fdopen(fd, "w"));
	snprintf(command, sizeof command, "tests/eval/rescore.py %s >&2", path);
	assert_int_equal(system(command), 0);
	(void)unlink(path);
	forest_fell(&wood.forest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_program_gets_the_same_scores),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
