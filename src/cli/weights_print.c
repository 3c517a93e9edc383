/* weights_print.c - `imcscan rules --weights`: the numbers of the ranking, as a file that sets them. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <stdio.h>

#include "cli/weights.h"

static void
print_constants(void)
{
	size_t count;
	const struct constant *table = constants_table(&count);

	puts(
	    "# The numbers of the ranking. A file like this one changes them: scan --weights=FILE.\n"
	    "# What is left out stays as it is.\n\n[weights]");
	for (size_t i = 0; i < count; i++)
		printf("# %s (%g to %g)\n%s=%.12g\n", table[i].says, table[i].least, table[i].most,
		    table[i].name, constant_get(constants_default(), &table[i]));
}

static void
print_factors(void)
{
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	puts("\n# Most bits that a clue of the rule adds to a file's score, or takes (-16 to 16)\n"
	     "[evidence]");
	for (size_t i = 0; i < n_rules; i++) {
		if (rules[i]->rule_class == RULE_EVIDENCE)
			printf("%s=%g\n", rules[i]->id, rules[i]->factor / 1000.0);
	}
}

static void
print_clues(void)
{
	puts("\n# How clues are weighed below those limits: bits, or shares where it says so (0 to "
	     "16)\n[clues]");
	for (int i = 0; i < FACTOR_COUNT; i++)
		printf("# %s\n%s=%g\n", factors_table()[i].says, factors_table()[i].name,
		    factors_table()[i].value / 1000.0);
}

static void
print_json(void)
{
	size_t count, n_rules;
	const struct constant *table = constants_table(&count);
	const struct rule *const *rules = rules_all(&n_rules);
	json_t *weights = json_array(), *evidence = json_array(), *clues = json_array(), *all;

	for (size_t i = 0; i < count; i++)
		json_array_append_new(
		    weights, json_pack("{s:s, s:f, s:f, s:f, s:s}", "name", table[i].name, "value",
				 constant_get(constants_default(), &table[i]), "least",
				 table[i].least, "most", table[i].most, "says", table[i].says));
	for (size_t i = 0; i < n_rules; i++) {
		if (rules[i]->rule_class == RULE_EVIDENCE)
			json_array_append_new(
			    evidence, json_pack("{s:s, s:f}", "rule", rules[i]->id, "bits",
					  rules[i]->factor / 1000.0));
	}
	for (int i = 0; i < FACTOR_COUNT; i++)
		json_array_append_new(
		    clues, json_pack("{s:s, s:f, s:s}", "name", factors_table()[i].name, "value",
			       factors_table()[i].value / 1000.0, "says", factors_table()[i].says));
	all = json_pack("{s:i, s:o, s:o, s:o}", "schema", 1, "weights", weights, "evidence",
	    evidence, "clues", clues);
	json_dumpf(all, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
	putchar('\n');
	json_decref(all);
}

void
weights_print(bool json)
{
	if (json) {
		print_json();
		return;
	}
	print_constants();
	print_factors();
	print_clues();
}
