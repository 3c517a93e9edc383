/*
 * wood.h - the forest with rules of evidence behind its own.
 *
 * For tests/rank only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WOOD_H
#define IMC_WOOD_H

#include "forest.h"

#include "evidence.h"
#include "rank/level.h"

enum { NAMED = N_RULES, IN_USE, AGAINST, OUT, N_ALL };

static const struct rule evidence_rows[] = {
	{ .id = "named", .cases = "", .rfc = "", .rule_class = RULE_EVIDENCE, .factor = 8000 },
	{ .id = "in-use", .cases = "", .rfc = "", .rule_class = RULE_EVIDENCE, .factor = 5000 },
	{ .id = "against", .cases = "", .rfc = "", .rule_class = RULE_EVIDENCE, .factor = -4000 },
	{ .id = "out", .cases = "", .rfc = "", .rule_class = RULE_EVIDENCE, .factor = 3000 },
};

/* The forest with four rules of evidence behind its own. */
struct wood {
	struct forest forest;
	const struct rule *rules[N_ALL];
	bool disabled[N_ALL];
	struct constants constants;
	int32_t factors[N_ALL];
};

static inline void
wood_grow(struct wood *wood, bool archive_is_control)
{
	struct forest *forest = &wood->forest;

	*forest = (struct forest){ .options = { .exchange = RELEASE_UNKNOWN } };
	for (size_t i = 0; i < N_ALL; i++)
		wood->rules[i] = i < N_RULES ? rule_list[i] : &evidence_rows[i - N_RULES];
	forest->options.rules = wood->rules;
	forest->options.n_rules = N_ALL;
	forest->options.disabled = wood->disabled;
	forest->options.archive_is_control = archive_is_control;
	forest->options.constants = wood->constants.h > 0 ? &wood->constants : NULL;
	forest->ranking = ranking_new(&forest->options, spill_new("/tmp"));
	forest->record = calloc(1, sizeof *forest->record);
	assert_non_null(forest->ranking);
	assert_non_null(forest->record);
}

static inline struct clue
clue_for(uint16_t rule, int32_t factor, const char *log)
{
	struct clue clue;

	clue_clear(&clue, rule);
	clue.factor = factor;
	clue.log_len = (uint16_t)strlen(log);
	memcpy(clue.log, log, clue.log_len);
	return clue;
}

static inline void
attach(struct wood *wood, uint64_t file, uint16_t rule, int32_t factor, const char *log)
{
	const struct clue clue = clue_for(rule, factor, log);

	assert_true(ranking_attach(wood->forest.ranking, file, &clue));
}

static inline int32_t
score_of(struct wood *wood, const char *path)
{
	return forest_pick(&wood->forest, path).suspect.score;
}

#endif
