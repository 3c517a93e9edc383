/*
 * forest.h - small trees for the tests of the ranking: a rule table of their own, files in two
 * lines.
 *
 * For tests/rank only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FOREST_H
#define IMC_FOREST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#include "rank/rank.h"

enum {
	RULE_IMC,
	RULE_STORE,
	RULE_LOOP_OUT,
	RULE_VAGUE,
	RULE_DAMAGED,
	RULE_VIOLATED,
	RULE_ODD,
	N_RULES
};

/* Weights 2^-5, 2^-6, 2^-7, 2^-5 (vague), 2^-7, 2^-10, 2^-13; q 3.8e-6 (1e-5, scaled) five
 * times, 1e-3, 1e-2. */
static const struct rule rule_rows[N_RULES] = {
	{ .id = "imc", .cases = "Q157705", .rfc = "", .rule_class = RULE_BY_CASES },
	{ .id = "store", .cases = "MS00-082", .rfc = "", .rule_class = RULE_BY_CASES },
	{ .id = "loop-out", .cases = "Q146993", .rfc = "", .rule_class = RULE_BY_CASES },
	{ .id = "vague", .cases = "Q301690", .rfc = "", .rule_class = RULE_BY_CASES },
	{ .id = "damaged", .cases = "", .rfc = "", .rule_class = RULE_DAMAGE },
	{ .id = "violated", .cases = "", .rfc = "", .rule_class = RULE_VIOLATION },
	{ .id = "odd", .cases = "", .rfc = "", .rule_class = RULE_ODDITY },
};

static const struct rule *const rule_list[N_RULES] = { &rule_rows[0], &rule_rows[1], &rule_rows[2],
	&rule_rows[3], &rule_rows[4], &rule_rows[5], &rule_rows[6] };

struct forest {
	struct ranking_options options;
	struct ranking *ranking;
	struct record *record;
	struct summary summary;
	uint64_t next;
};

/* One file of a test; fields that are 0 are as in a healthy file of In. */
struct sapling {
	const char *path;
	const char *root;
	enum folder folder;
	enum status status;
	bool unexamined;           /* no record */
	int rules[16];             /* rule + 1 each, 0 ends */
	bool weak;                 /* all findings are */
	uint64_t body, message_id; /* hashes; 0: a body of its own, no Message-ID */
};

static inline void
forest_plant(struct forest *forest)
{
	forest->options.rules = rule_list;
	forest->options.n_rules = N_RULES;
	forest->ranking = ranking_new(&forest->options, spill_new("/tmp"));
	forest->record = calloc(1, sizeof *forest->record);
	assert_non_null(forest->ranking);
	assert_non_null(forest->record);
}

static inline struct forest
forest_new(void)
{
	struct forest forest = { .options = { .exchange = RELEASE_UNKNOWN } };

	forest_plant(&forest);
	return forest;
}

static inline void
forest_add(struct forest *forest, struct sapling sapling)
{
	struct record *record = forest->record;
	struct ranked_file file = { .root = sapling.root ? sapling.root : "",
		.reason = "",
		.path = slice_str(sapling.path),
		.folder = sapling.folder,
		.status = sapling.status,
		.direction = folder_direction(sapling.folder) };

	memset(record, 0, sizeof *record);
	record->magic = RECORD_MAGIC;
	record->status = sapling.status == STATUS_FAILED ? STATUS_FAILED : STATUS_EXAMINED;
	record->error = sapling.status == STATUS_FAILED ? 5 : 0;
	record->file_size = 100;
	record->body_hash = sapling.body ? sapling.body : UINT64_MAX - forest->next++;
	record->message_id_hash = sapling.message_id;
	/* A digest made of the path, the same whatever the order of adding. */
	for (size_t i = 0; sapling.path[i] && i < 32; i++)
		record->sha256[i] = (uint8_t)sapling.path[strlen(sapling.path) - 1 - i];
	for (size_t i = 0; i < 16 && sapling.rules[i]; i++) {
		struct finding *finding = &record->findings[record->n_findings++];

		finding->rule = (uint16_t)(sapling.rules[i] - 1);
		finding->flags = sapling.weak ? FINDING_WEAK : 0;
		finding->offset = OFFSET_NONE;
	}
	record->n_findings_total = record->n_findings;
	record->size = (uint32_t)record_packed_size(record);
	assert_true(ranking_add(forest->ranking, &file, sapling.unexamined ? NULL : record));
}

/* `count` files that fire `rule`, or nothing when it is -1, named like their folder and `stem`. */
static inline void
forest_add_many(struct forest *forest, const char *stem, int count, int rule)
{
	for (int i = 0; i < count; i++) {
		char path[64];

		snprintf(path, sizeof path, "In/%s%04d", stem, i);
		forest_add(forest, (struct sapling){ .path = path, .rules = { rule + 1 } });
	}
}

static inline void
forest_finish(struct forest *forest)
{
	assert_true(ranking_finish(forest->ranking, &forest->summary));
}

/* What a test wants to know of a file after ranking. */
struct fruit {
	const char *path; /* wanted */
	bool found;
	struct suspect suspect; /* its pointers are dead */
	int32_t bits[8];
	char twin[16]; /* the first letters of its path */
};

static inline bool
forest_seek(void *context, const struct suspect *suspect)
{
	struct fruit *fruit = context;

	if (!slice_eq(suspect->path, fruit->path))
		return true;
	fruit->found = true;
	fruit->suspect = *suspect;
	snprintf(fruit->twin, sizeof fruit->twin, "%.*s", (int)suspect->twin.len,
	    suspect->twin.len ? (const char *)suspect->twin.data : "");
	for (size_t i = 0; suspect->record && i < 8 && i < suspect->record->n_findings; i++)
		fruit->bits[i] = suspect->finding_bits[i];
	return false;
}

static inline struct fruit
forest_pick(struct forest *forest, const char *path)
{
	struct fruit fruit = { .path = path };

	assert_true(ranking_walk(forest->ranking, forest_seek, &fruit));
	assert_true(fruit.found);
	return fruit;
}

static inline void
forest_fell(struct forest *forest)
{
	ranking_free(forest->ranking);
	free(forest->record);
}

#define RULE(name) (RULE_##name + 1)

#endif
