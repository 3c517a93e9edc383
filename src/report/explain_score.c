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

/* What a cap takes off is said in words: the sums stand above and below it. */
static void
print_total(const struct explanation *explanation, double sum)
{
	const struct suspect *suspect = explanation->suspect;
	char score[24], clues[24];

	fprintf(explanation->out, "  %-*s %.6g", NAME, "sum", sum);
	fprintf(explanation->out, "\n  %-*s log2(LR)", NAME, "score");
	if (suspect->n_clues > 0)
		fprintf(explanation->out, " %s %s (clues)", suspect->clue_bits < 0 ? "-" : "+",
		    textual_score(
			clues, suspect->clue_bits < 0 ? -suspect->clue_bits : suspect->clue_bits));
	fprintf(explanation->out, " = %s bits\n", textual_score(score, suspect->score));
}

static void
print_terms(const struct explanation *explanation)
{
	const struct suspect *suspect = explanation->suspect;
	const struct record *record = suspect->record;
	const double w_unknown = explanation->arithmetic->w_unknown;
	double sum = w_unknown;
	bool limited = false, serious = false;
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	fprintf(explanation->out, "  %-*s %.6g\n", NAME, "a cause that no rule knows", w_unknown);
	for (uint32_t i = 0; record && i < record->n_findings; i++) {
		const struct terms *terms = &suspect->finding_terms[i];

		if (terms->q <= 0 || record->findings[i].rule >= n_rules ||
		    !stands_for_rule(record, i))
			continue;
		fprintf(explanation->out, "  %-*s %.6g = v %.6g * w %.6g / q %.6g%s\n", NAME,
		    rules[record->findings[i].rule]->id, term_of(terms), terms->v, terms->w,
		    terms->q, terms->arrival ? " (expected in this folder)" : "");
		sum += term_of(terms);
		limited = limited || terms->minor || terms->arrival;
		serious = serious || (!terms->minor && !terms->arrival);
	}
	print_total(explanation, sum);
	if (limited && !serious)
		fprintf(explanation->out,
		    "  Such findings alone, or expected where the file lies, make at most %.2f "
		    "bits.\n",
		    explanation->arithmetic->cap_minor);
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
