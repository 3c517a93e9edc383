/* explain_score.c - how the score of a message comes about: part by part, exactly as counted. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>

#include "report/cluetext.h"
#include "report/explain.h"
#include "report/textual.h"

#define NAME 30 /* columns of a rule's name */

/* The finding that stands for its rule: the first strong one, or the first if all are weak. */
static bool
stands_for_rule(const struct record *record, uint32_t index)
{
	const struct finding *finding = &record->findings[index];
	const bool weak = finding->flags & FINDING_WEAK;

	for (uint32_t i = 0; i < record->n_findings; i++) {
		const bool other_weak = record->findings[i].flags & FINDING_WEAK;

		if (record->findings[i].rule != finding->rule || i == index)
			continue;
		if ((weak && !other_weak) || (weak == other_weak && i < index))
			return false;
	}
	return true;
}

static double
term_of(const struct terms *terms)
{
	return terms->v * terms->w / terms->q;
}

/* A name, and a wrap that goes on behind it. */
static void
start(const struct explanation *explanation, struct wrap *wrap, const char *name)
{
	const int used = fprintf(explanation->out, "  %-*s ", NAME, name);

	wrap_start(wrap, explanation->out, explain_width(explanation), NAME + 3,
	    used > 0 ? (unsigned)used : 0);
}

static void
print_term(const struct explanation *explanation, const struct terms *terms, const char *id)
{
	struct wrap wrap;

	start(explanation, &wrap, id);
	wrap_print(
	    &wrap, "%.6g = v %.6g * w %.6g / q %.6g", term_of(terms), terms->v, terms->w, terms->q);
	if (terms->arrival)
		wrap_text(&wrap, " (expected in this folder)");
	wrap_end(&wrap);
}

static void
print_total(const struct explanation *explanation, double sum, bool limited)
{
	const struct suspect *suspect = explanation->suspect;
	const bool against = suspect->clue_bits < 0;
	struct wrap wrap;
	char text[24];

	start(explanation, &wrap, "sum");
	wrap_print(&wrap, "%.6g", sum);
	wrap_end(&wrap);
	start(explanation, &wrap, "score");
	wrap_text(&wrap, limited ? "log2 of the sum, or " : "log2 of the sum");
	if (limited)
		wrap_print(&wrap,
		    "%.2f where that is more (violations, oddities and what is "
		    "expected in the folder make no more)",
		    explanation->arithmetic->cap_minor);
	if (suspect->n_clues > 0)
		wrap_print(&wrap, ", %s %s for the clues", against ? "less" : "and",
		    textual_score(text, against ? -suspect->clue_bits : suspect->clue_bits));
	wrap_print(&wrap, " = %s bits", textual_score(text, suspect->score));
	wrap_end(&wrap);
}

static void
print_terms(const struct explanation *explanation)
{
	const struct suspect *suspect = explanation->suspect;
	const struct record *record = suspect->record;
	double sum = explanation->arithmetic->w_unknown;
	bool minor = false, serious = false;
	struct wrap wrap;
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	start(explanation, &wrap, "a cause that no rule knows");
	wrap_print(&wrap, "%.6g", sum);
	wrap_end(&wrap);
	for (uint32_t i = 0; record && i < record->n_findings; i++) {
		const struct terms *terms = &suspect->finding_terms[i];

		if (terms->q <= 0 || record->findings[i].rule >= n_rules ||
		    !stands_for_rule(record, i))
			continue;
		print_term(explanation, terms, rules[record->findings[i].rule]->id);
		sum += term_of(terms);
		minor = minor || terms->minor || terms->arrival;
		serious = serious || !(terms->minor || terms->arrival);
	}
	print_total(explanation, sum, minor && !serious);
}

void
explain_score(const struct explanation *explanation)
{
	const struct suspect *suspect = explanation->suspect;

	if (suspect->n_clues > 0) {
		explain_title(explanation, "What logs and other files say of it");
		cluetext_list(explanation->out, explain_width(explanation), 2, suspect);
	}
	if (!suspect->has_score || !explanation->arithmetic || !suspect->finding_terms)
		return;
	explain_title(explanation, "Score, each rule once (LR: what follows, added up)");
	print_terms(explanation);
}
