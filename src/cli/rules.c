/* rules.c - `imcscan rules`: the rules and the documented causes, as text or JSON. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cli/casetext.h"
#include "cli/cli.h"
#include "cli/mdoc.h"
#include "cli/options.h"
#include "cli/paragraph.h"
#include "cli/say.h"
#include "cli/schema.h"
#include "cli/weights.h"
#include "rank/level.h"
#include "rank/weights.h"

static void
print_ids(bool of_cases)
{
	size_t n_rules, n_cases;
	const struct rule *const *rules = rules_all(&n_rules);
	const struct imc_case *cases = cases_all(&n_cases);

	for (size_t i = 0; i < (of_cases ? n_cases : n_rules); i++)
		puts(of_cases ? cases[i].id : rules[i]->id);
}

/* Bits that the rule adds by itself, rounded to tenths, without a negative zero. */
static double
tenths(const struct weight *weight)
{
	const int32_t bits = level_millibits(weight->v * weight->w / weight->q0);

	return bits > -50 && bits < 0 ? 0 : bits / 1000.0;
}

static void
print_rule(const struct rule *rule)
{
	const struct weight weight = weight_of(constants_default(), rule, RELEASE_UNKNOWN);

	if (rule->rule_class == RULE_EVIDENCE)
		printf("  %-30s %-12s %+5.1f bits   factor\n      ", rule->id,
		    weight_class_name(rule), rule->factor / 1000.0);
	else
		printf("  %-30s %-12s %5.1f bits   %.2g %%\n      ", rule->id,
		    weight_class_name(rule), tenths(&weight), weight.q0 * 100);
	paragraph_print(rule->says, 6, 6);
	if (*rule->cases) {
		fputs("      ", stdout);
		paragraph_print(rule->cases, 6, 6);
	}
}

static void
print_rules(void)
{
	size_t count;
	const struct rule *const *rules = rules_all(&count);
	const char *family = "";

	puts("Each rule with its weight class, the bits it adds to a score by itself, the\n"
	     "share of healthy messages that fire it, and the documented causes it rests on.\n"
	     "Evidence is what logs say: its factor is the most that it adds to a score.");
	for (size_t i = 0; i < count; i++) {
		if (strcmp(family, rules[i]->family) != 0)
			printf("\n%s\n", rules[i]->family);
		family = rules[i]->family;
		print_rule(rules[i]);
	}
	printf("\n%zu rules\n", count);
}

static bool
rests_on(const struct rule *rule, const struct imc_case *one)
{
	const struct imc_case *of_rule;
	const char *state = NULL;

	while ((of_rule = rule_next_case(rule, &state)))
		if (of_rule == one)
			return true;
	return false;
}

/* The ids of the rules that rest on the case, separated by blanks, into out[size]; false: none. */
static bool
rules_of(const struct imc_case *one, char *out, size_t size)
{
	size_t count, used = 0;
	const struct rule *const *rules = rules_all(&count);

	out[0] = '\0';
	for (size_t i = 0; i < count; i++)
		if (used < size && rests_on(rules[i], one))
			used += (size_t)snprintf(
			    out + used, size - used, "%s%s", used ? " " : "", rules[i]->id);
	return used > 0;
}

static void
print_case(const struct imc_case *one)
{
	char text[600];

	printf("%-10s", one->id);
	paragraph_print(one->title, 10, 10);
	printf("          %s (%s, %s)\n", casetext_effect(one->effect), one->component,
	    casetext_direction(one->direction));
	printf("          affected: %s\n", casetext_releases(one->affected, text, sizeof text));
	if (*one->fixed_in) {
		printf("          fixed in: ");
		paragraph_print(one->fixed_in, 20, 20);
	}
	printf("          seen in the file: %s; rules: ", casetext_detectable(one->detectable));
	paragraph_print(rules_of(one, text, sizeof text) ? text : "none", 14,
	    36 + strlen(casetext_detectable(one->detectable)));
}

static void
print_cases(void)
{
	size_t count;
	const struct imc_case *cases = cases_all(&count);

	for (size_t i = 0; i < count; i++)
		print_case(&cases[i]);
	printf("\n%zu causes\n", count);
}

static json_t *
json_words(const char *words)
{
	json_t *array = json_array();

	while (*words) {
		const size_t len = strcspn(words, " ");

		if (len > 0)
			json_array_append_new(array, json_stringn(words, len));
		words += len + (words[len] == ' ');
	}
	return array;
}

static json_t *
json_rule(const struct rule *rule)
{
	const struct weight weight = weight_of(constants_default(), rule, RELEASE_UNKNOWN);
	json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "id", rule->id, "family",
	    rule->family, "says", rule->says, "class", weight_class_name(rule), "rfc", rule->rfc,
	    "cases", json_words(rule->cases));

	if (rule->rule_class == RULE_EVIDENCE) {
		json_object_set_new(object, "factor", json_real(rule->factor / 1000.0));
		return object;
	}
	json_object_set_new(object, "weight", json_real(weight.w));
	json_object_set_new(object, "base_rate", json_real(rule->base_rate));
	if (rule->measured_of > 0)
		json_object_set_new(object, "measured",
		    json_pack("{s:I, s:I}", "hits", (json_int_t)rule->measured_hits, "of",
			(json_int_t)rule->measured_of));
	json_object_set_new(object, "q0", json_real(weight.q0));
	json_object_set_new(
	    object, "bits", json_real(level_millibits(weight.v * weight.w / weight.q0) / 1000.0));
	return object;
}

static json_t *
json_case(const struct imc_case *one)
{
	json_t *affected = json_array(), *object;
	char rules[600];

	for (int i = 0; i < RELEASE_COUNT; i++) {
		if (one->affected >> i & 1u)
			json_array_append_new(affected, json_string(release_name((enum release)i)));
	}
	object = json_pack("{s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:b}", "id", one->id, "title",
	    one->title, "affected", affected, "fixed_in", one->fixed_in, "component",
	    one->component, "direction", casetext_direction(one->direction), "effect",
	    casetext_effect_key(one->effect), "precise", one->precise);
	rules_of(one, rules, sizeof rules);
	json_object_set_new(object, "in_file", json_string(casetext_detectable(one->detectable)));
	json_object_set_new(object, "rules", json_words(rules));
	return object;
}

static void
print_json(bool only_cases)
{
	size_t n_rules, n_cases;
	const struct rule *const *rules = rules_all(&n_rules);
	const struct imc_case *cases = cases_all(&n_cases);
	json_t *rule_list = json_array(), *case_list = json_array();
	json_t *all = json_pack("{s:i}", "schema", 1);

	for (size_t i = 0; i < n_rules; i++)
		json_array_append_new(rule_list, json_rule(rules[i]));
	for (size_t i = 0; i < n_cases; i++)
		json_array_append_new(case_list, json_case(&cases[i]));
	if (!only_cases)
		json_object_set(all, "rules", rule_list);
	json_object_set_new(all, "cases", case_list);
	json_dumpf(all, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(rule_list);
	json_decref(all);
}

int
cmd_rules(const struct options *options)
{
	if (options->n_paths > 0)
		return say_usage(options->name, options->paths[0], "rules takes no PATH");
	if (options->schema)
		schema_print();
	else if (options->format && strcmp(options->format, "mdoc") == 0)
		mdoc_rules();
	else if (options->list_weights)
		weights_print(options->format && strcmp(options->format, "json") == 0);
	else if (options->ids)
		print_ids(options->cases);
	else if (options->format && strcmp(options->format, "json") == 0)
		print_json(options->cases);
	else if (options->cases)
		print_cases();
	else
		print_rules();
	return say_written(EXIT_QUIET);
}
