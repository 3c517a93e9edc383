/* explain.c - `imcscan explain --rule`: everything about one rule. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "cli/casetext.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/paragraph.h"
#include "cli/say.h"
#include "rank/level.h"
#include "rank/weights.h"

#define MARGIN 12

static void
print_weight(const struct rule *rule)
{
	const struct weight weight = weight_of(rule, RELEASE_UNKNOWN);
	const int32_t bits = level_millibits(weight.v * weight.w / weight.q0);

	printf("%-*s%s, prior weight %g\n", MARGIN, "class", weight_class_name(rule), weight.w);
	if (weight.v < 1)
		printf("%-*stimes %g, because no source states the exact trigger\n", MARGIN, "",
		    weight.v);
	printf("%-*s%g %% of healthy messages (estimate %g %%", MARGIN, "base rate",
	    weight.q0 * 100, rule->base_rate * 100);
	if (rule->measured_of > 0)
		printf(", measured %u of %u", rule->measured_hits, rule->measured_of);
	printf(")\n%-*s%.3f bits, by itself %s\n", MARGIN, "adds", bits / 1000.0,
	    level_name(weight.minor && bits > LEVEL_CAP ? LEVEL_LOW : level_of(bits)));
}

static void
print_case(const struct imc_case *one)
{
	char affected[200];

	printf("\n%-*s", MARGIN, one->id);
	paragraph_print(one->title, MARGIN, MARGIN);
	printf("%*seffect: %s (%s, direction %s)\n", MARGIN, "", casetext_effect(one->effect),
	    one->component, casetext_direction(one->direction));
	printf("%*saffected: ", MARGIN, "");
	paragraph_print(
	    casetext_releases(one->affected, affected, sizeof affected), MARGIN + 10, MARGIN + 10);
	printf("%*sfixed in: ", MARGIN, "");
	paragraph_print(
	    *one->fixed_in ? one->fixed_in : "no fix is named", MARGIN + 10, MARGIN + 10);
	if (!one->precise)
		printf("%*sThe source does not state the exact trigger.\n", MARGIN, "");
}

int
cmd_explain(const struct options *options)
{
	const struct rule *rule;
	const struct imc_case *one;
	const char *state = NULL;

	if (options->n_paths > 0)
		return say_usage(options->name, options->paths[0], "name a rule with --rule=ID");
	if (!options->rule)
		return say_usage(options->name, options->name, "no --rule=ID given");
	rule = rule_by_id(options->rule, NULL);
	printf("%-*s%s\n%-*s%s\n%-*s", MARGIN, "rule", rule->id, MARGIN, "family", rule->family,
	    MARGIN, "looks for");
	paragraph_print(rule->says, MARGIN, MARGIN);
	if (*rule->rfc)
		printf("%-*s%s\n", MARGIN, "standard", rule->rfc);
	print_weight(rule);
	while ((one = rule_next_case(rule, &state)))
		print_case(one);
	return say_written(EXIT_QUIET);
}
