/* test_rank.c - order, posterior, counts and manifest of a ranked tree. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "forest.h"

#include <openssl/evp.h>

/* All that a walk hands out, as text; the caller frees it. */
struct telling {
	FILE *out;
};

static bool
tell(void *context, const struct suspect *suspect)
{
	struct telling *telling = context;

	fprintf(telling->out, "%d %s|%.*s %s %d %.17g", (int)suspect->rank, suspect->root,
	    (int)suspect->path.len, (const char *)suspect->path.data, level_name(suspect->level),
	    suspect->has_score ? suspect->score : -1, suspect->probability);
	for (uint32_t i = 0; suspect->record && i < suspect->record->n_findings; i++)
		fprintf(telling->out, " %d", suspect->finding_bits[i]);
	fputc('\n', telling->out);
	return true;
}

static char *
tell_all(struct forest *forest)
{
	char *text = NULL;
	size_t len;
	struct telling telling = { open_memstream(&text, &len) };

	assert_true(ranking_walk(forest->ranking, tell, &telling));
	fprintf(telling.out, "%.17g ", forest->summary.not_in_tree);
	for (int i = 0; i < 32; i++)
		fprintf(telling.out, "%02x", forest->summary.manifest[i]);
	fclose(telling.out);
	return text;
}

static const struct sapling mixed[] = {
	{ .path = "In/B", .rules = { RULE(STORE) } },
	{ .path = "In/A", .rules = { RULE(STORE) } },
	{ .path = "In/A", .root = "second", .rules = { RULE(STORE) } },
	{ .path = "In/AA" },
	{ .path = "Out/C", .folder = FOLDER_OUT, .rules = { RULE(STORE), RULE(ODD) }, .body = 3 },
	{ .path = "Out/D",
	    .folder = FOLDER_OUT,
	    .rules = { RULE(VIOLATED) },
	    .body = 3,
	    .message_id = 4 },
	{ .path = "Out/E",
	    .folder = FOLDER_OUT,
	    .rules = { RULE(VIOLATED), RULE(ODD) },
	    .message_id = 4 },
	{ .path = "In/F", .status = STATUS_FAILED },
	{ .path = "In/G", .status = STATUS_EXCLUDED, .unexamined = true },
	{ .path = "Work/H", .folder = FOLDER_WORK, .rules = { RULE(DAMAGED) } },
	{ .path = "In/I", .rules = { RULE(DAMAGED) }, .weak = true },
	{ .path = "In/J", .rules = { RULE(IMC), RULE(VAGUE), RULE(IMC) } },
	{ .path = "Out/K", .folder = FOLDER_OUT, .rules = { RULE(LOOP_OUT) } },
};

#define N_MIXED (sizeof mixed / sizeof mixed[0])

static char *
ranked_from(size_t start, size_t stride)
{
	struct forest forest = forest_new();
	char *text;

	for (size_t i = 0; i < N_MIXED; i++) {
		struct sapling sapling = mixed[(start + i * stride) % N_MIXED];

		if (!sapling.body)
			sapling.body = 1000 + (start + i * stride) % N_MIXED;
		forest_add(&forest, sapling);
	}
	forest_finish(&forest);
	text = tell_all(&forest);
	forest_fell(&forest);
	return text;
}

static void
the_order_of_adding_changes_nothing(void **state)
{
	char *first = ranked_from(0, 1);

	(void)state;
	/* The number of files is a prime: every stride meets each of them once. */
	for (size_t stride = 1; stride < N_MIXED; stride++) {
		for (size_t start = 0; start < N_MIXED; start += 4) {
			char *other = ranked_from(start, stride);

			assert_string_equal(first, other);
			free(other);
		}
	}
	free(first);
}

static void
higher_scores_come_first_then_path_bytes_then_root(void **state)
{
	static const char *const wanted[] = { "|In/J", "|In/A", "second|In/A", "|In/B", "|Out/K",
		"|Out/C", "|In/F", "|In/G", "|Work/H", "|Out/E", "|Out/D", "|In/I", "|In/AA" };
	char *text = ranked_from(0, 1), *line = text;

	(void)state;
	for (size_t i = 0; i < N_MIXED; i++) {
		char start[64];

		snprintf(start, sizeof start, "%zu %s ", i + 1, wanted[i]);
		assert_memory_equal(line, start, strlen(start));
		line = strchr(line, '\n') + 1;
	}
	free(text);
}

static void
unknown_stands_between_medium_and_low(void **state)
{
	struct forest forest = { .options = { .exchange = R55SP4 } };

	(void)state;
	forest_plant(&forest);
	/* 0.1 * 0.25 * 0.25 * 1562.5 / 0.38 + 0.125 = 25.824: medium */
	forest_add(
	    &forest, (struct sapling){
			 .path = "m", .folder = FOLDER_OUT_ARCHIVE, .rules = { RULE(STORE) } });
	forest_add(&forest, (struct sapling){ .path = "u", .status = STATUS_FAILED });
	forest_add(&forest,
	    (struct sapling){ .path = "w", .folder = FOLDER_WORK, .rules = { RULE(DAMAGED) } });
	forest_finish(&forest);
	assert_int_equal(forest_pick(&forest, "m").suspect.score, 4691);
	assert_int_equal(forest_pick(&forest, "m").suspect.level, LEVEL_MEDIUM);
	assert_int_equal(forest_pick(&forest, "u").suspect.rank, 2);
	assert_int_equal(forest_pick(&forest, "w").suspect.level, LEVEL_LOW);
	forest_fell(&forest);
}

static void
near(double value, double wanted)
{
	assert_true(value > wanted * (1 - 1e-9) && value < wanted * (1 + 1e-9));
}

static void
the_posterior_leaves_room_for_a_message_elsewhere(void **state)
{
	struct forest forest = forest_new();
	/* Weights of the seven rules and of the unknown cause */
	const double total = 0.125 + 2 * 0x1p-5 + 0x1p-6 + 2 * 0x1p-7 + 0x1p-10 + 0x1p-13;
	const double each = 0.8 / 4 / total, bad = 1562.5 / 0.38 + 0.125;
	const double sum = bad + 3 * 0.125;

	(void)state;
	forest_add(&forest, (struct sapling){ .path = "In/X", .rules = { RULE(STORE) } });
	forest_add_many(&forest, "CLEAN", 3, -1);
	forest_finish(&forest);
	near(forest.summary.not_in_tree, 0.2 / (each * sum + 0.2));
	near(forest_pick(&forest, "In/X").suspect.probability, each * bad / (each * sum + 0.2));
	near(forest_pick(&forest, "In/CLEAN0000").suspect.probability,
	    each * 0.125 / (each * sum + 0.2));
	near(forest_pick(&forest, "In/X").suspect.probability +
		 3 * forest_pick(&forest, "In/CLEAN0000").suspect.probability +
		 forest.summary.not_in_tree,
	    1);
	forest_fell(&forest);
}

static void
without_examined_files_the_message_is_elsewhere(void **state)
{
	struct forest forest = forest_new();

	(void)state;
	forest_add(&forest, (struct sapling){ .path = "In/X", .status = STATUS_FAILED });
	forest_finish(&forest);
	near(forest.summary.not_in_tree, 1);
	forest_fell(&forest);
}

static void
the_summary_accounts_for_every_file(void **state)
{
	struct forest forest = forest_new();
	uint64_t by_status = 0, by_level = 0;

	(void)state;
	for (size_t i = 0; i < N_MIXED; i++)
		forest_add(&forest, mixed[i]);
	forest_finish(&forest);
	for (int i = 0; i < STATUS_COUNT; i++)
		by_status += forest.summary.by_status[i];
	for (int i = 0; i < LEVEL_COUNT; i++)
		by_level += forest.summary.by_level[i];
	assert_int_equal(forest.summary.seen, N_MIXED);
	assert_int_equal(by_status, N_MIXED);
	assert_int_equal(by_level, N_MIXED);
	assert_int_equal(forest.summary.by_status[STATUS_FAILED], 1);
	assert_int_equal(forest.summary.by_status[STATUS_EXCLUDED], 1);
	assert_int_equal(forest.summary.by_level[LEVEL_UNKNOWN], 2);
	assert_int_equal(forest.summary.bytes, 100 * (N_MIXED - 2));
	forest_fell(&forest);
}

/* "ab" has the digest bytes 62 61 00…, "b" 62 00…, "ba" 61 62 00…: see forest_add(). */
static void
the_manifest_is_the_digest_of_sorted_lines(void **state)
{
	static const char zeros[] = "000000000000000000000000000000000000000000000000000000000000";
	struct forest forest = forest_new();
	unsigned char wanted[EVP_MAX_MD_SIZE];
	char lines[512];
	int len;

	(void)state;
	forest_add(&forest, (struct sapling){ .path = "ab", .root = "r2" });
	forest_add(&forest, (struct sapling){ .path = "b", .root = "r1" });
	forest_add(&forest, (struct sapling){ .path = "b", .root = "r2" });
	forest_add(&forest, (struct sapling){ .path = "ba", .root = "r1" });
	forest_add(
	    &forest, (struct sapling){ .path = "failed", .root = "r1", .status = STATUS_FAILED });
	forest_finish(&forest);
	len = snprintf(lines, sizeof lines,
	    "6162%s  r1/ba\n6200%s  r1/b\n6200%s  r2/b\n6261%s  r2/ab\n", zeros, zeros, zeros,
	    zeros);
	assert_int_equal(EVP_Digest(lines, (size_t)len, wanted, NULL, EVP_sha256(), NULL), 1);
	assert_memory_equal(forest.summary.manifest, wanted, 32);
	forest_fell(&forest);
}

static void
a_tree_with_one_root_does_not_name_it(void **state)
{
	struct forest forest = forest_new();
	char *text;

	(void)state;
	forest_add(&forest, (struct sapling){ .path = "In/A", .root = "Exchsrvr/Imcdata" });
	forest_finish(&forest);
	text = tell_all(&forest);
	assert_memory_equal(text, "1 |In/A clean", 13);
	assert_string_equal(ranking_only_root(forest.ranking), "Exchsrvr/Imcdata");
	free(text);
	forest_fell(&forest);
}

static void
a_sum_of_sizes_that_would_wrap_stays_at_its_most(void **state)
{
	struct forest forest = forest_new();
	struct ranked_file file = { .root = "", .reason = "", .path = slice_str("In/A") };

	(void)state;
	forest_add(&forest, (struct sapling){ .path = "In/B" });
	forest.record->file_size = UINT64_MAX;
	assert_true(ranking_add(forest.ranking, &file, forest.record));
	forest_finish(&forest);
	assert_true(forest.summary.bytes == UINT64_MAX);
	forest_fell(&forest);
}

static void
paths_may_hold_any_bytes(void **state)
{
	struct forest forest = forest_new();
	const char hostile[] = "In/\n\x1b]0;x\a\xff";

	(void)state;
	forest_add(&forest, (struct sapling){ .path = hostile, .rules = { RULE(STORE) } });
	forest_add(&forest, (struct sapling){ .path = "" });
	forest_finish(&forest);
	assert_int_equal(forest_pick(&forest, hostile).suspect.rank, 1);
	assert_int_equal(forest_pick(&forest, "").suspect.rank, 2);
	forest_fell(&forest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_order_of_adding_changes_nothing),
		cmocka_unit_test(higher_scores_come_first_then_path_bytes_then_root),
		cmocka_unit_test(unknown_stands_between_medium_and_low),
		cmocka_unit_test(the_posterior_leaves_room_for_a_message_elsewhere),
		cmocka_unit_test(without_examined_files_the_message_is_elsewhere),
		cmocka_unit_test(the_summary_accounts_for_every_file),
		cmocka_unit_test(the_manifest_is_the_digest_of_sorted_lines),
		cmocka_unit_test(a_tree_with_one_root_does_not_name_it),
		cmocka_unit_test(a_sum_of_sizes_that_would_wrap_stays_at_its_most),
		cmocka_unit_test(paths_may_hold_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
