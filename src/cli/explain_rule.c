/* explain_rule.c - `imcscan explain --rule`: everything about one rule. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "cli/casetext.h"
#include "cli/cli.h"
#include "cli/explain.h"
#include "cli/paragraph.h"
#include "cli/say.h"
#include "rank/level.h"
#include "rank/weights.h"
#include "report/advice.h"

#define MARGIN 12

/* What the bytes of a message show has a share among healthy mail; what a log says has not. */
static void
print_factor(const struct rule *rule)
{
	printf("%-*sevidence: what a log, or another file of the tree, says\n", MARGIN, "class");
	printf("%-*s%+.3f bits at most, once a file whatever the number of its clues\n", MARGIN,
	    rule->factor < 0 ? "takes" : "adds", rule->factor / 1000.0);
	printf("%-*s", MARGIN, "means");
	paragraph_print(
	    rule->factor < 0
		? "A clue against the file: the odds that it is to blame are divided "
		  "by two for each bit."
		: "The odds that the file is to blame are doubled for each bit; as a cause "
		  "that is no message, the odds that no file of the tree is. Clues in "
		  "doubt count less.",
	    MARGIN, MARGIN);
}

static void
print_weight(const struct rule *rule)
{
	const struct weight weight = weight_of(constants_default(), rule, RELEASE_UNKNOWN);
	const int32_t bits = level_millibits(weight.v * weight.w / weight.q0);

	printf("%-*s%s, prior weight %g\n", MARGIN, "class", weight_class_name(rule), weight.w);
	if (weight.v < 1)
		printf("%-*stimes %g, because %s\n", MARGIN, "", weight.v,
		    rule->broader ? "it fires on more than its sources tell of"
				  : "no source states the exact trigger");
	printf("%-*s%.2g %% of healthy messages (estimate %.2g %%", MARGIN, "base rate",
	    weight.q0 * 100, rule->base_rate * 100);
	if (rule->measured_of > 0)
		printf(", measured %u of %u", rule->measured_hits, rule->measured_of);
	printf(")\n%-*s%.3f bits, by itself %s\n", MARGIN, "adds", bits / 1000.0,
	    level_name(weight.minor && level_of(bits) > LEVEL_LOW ? LEVEL_LOW : level_of(bits)));
}

/* Our words, and a text that may be long, below the title of a case. */
static void
print_line(const char *label, const char *text)
{
	const int used = printf("%*s%s", MARGIN, "", label);

	paragraph_print(text, MARGIN + 2, used > 0 ? (size_t)used : 0);
}

static void
print_case(const struct imc_case *one)
{
	char affected[200], effect[200], action[ADVICE_ROOM];

	printf("\n%-*s", MARGIN, one->id);
	paragraph_print(one->title, MARGIN, MARGIN);
	snprintf(effect, sizeof effect, "%s (%s, direction %s)", casetext_effect(one->effect),
	    one->component, casetext_direction(one->direction));
	print_line("effect: ", effect);
	print_line("affected: ", casetext_releases(one->affected, affected, sizeof affected));
	print_line("fixed in: ", *one->fixed_in ? one->fixed_in : "no fix is named");
	print_line("what happens: ", advice_effect(one));
	print_line("the message: ", advice_action(one, action));
	if (!one->precise)
		printf("%*sThe source does not state the exact trigger.\n", MARGIN, "");
}

int
explain_rule(const struct rule *rule)
{
	const struct imc_case *one;
	const char *state = NULL;

	printf("%-*s%s\n%-*s%s\n%-*s", MARGIN, "rule", rule->id, MARGIN, "family", rule->family,
	    MARGIN, "looks for");
	paragraph_print(rule->says, MARGIN, MARGIN);
	if (*rule->rfc)
		printf("%-*s%s\n", MARGIN, "standard", rule->rfc);
	if (rule->rule_class == RULE_EVIDENCE)
		print_factor(rule);
	else
		print_weight(rule);
	if (!*rule->cases) {
		printf("%-*s", MARGIN, "the message");
		paragraph_print(advice_without_case(rule), MARGIN, MARGIN);
	}
	while ((one = rule_next_case(rule, &state)))
		print_case(one);
	return say_written(EXIT_QUIET);
}
