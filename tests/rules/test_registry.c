/*
 * test_registry.c - claims about the table of rules, the table of cases and the budget of false
 * alarms.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "clue.h"
#include "rank/weights.h"
#include "rule.h"

#define MEDIUM 8.0   /* 3 bits */
#define BUDGET 0.005 /* share of healthy mail that single rules may lift to medium, all together */

static bool
is_kebab(const char *id)
{
	size_t len = strlen(id);

	if (len == 0 || id[0] == '-' || id[len - 1] == '-' || strstr(id, "--"))
		return false;
	return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static void
rule_ids_are_unique_and_kebab_case(void **state)
{
	size_t n, index;
	const struct rule *const *rules = rules_all(&n);

	(void)state;
	assert_true(n >= 45);
	for (size_t i = 0; i < n; i++) {
		assert_true(is_kebab(rules[i]->id));
		assert_ptr_equal(rule_by_id(rules[i]->id, &index), rules[i]);
		assert_int_equal(index, i); /* the first of that id is this one */
	}
	assert_null(rule_by_id("no-such-rule", NULL));
}

static void
families_stand_together(void **state)
{
	size_t n;
	const struct rule *const *rules = rules_all(&n);

	(void)state;
	for (size_t i = 1; i < n; i++) {
		if (strcmp(rules[i]->family, rules[i - 1]->family) == 0)
			continue;
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(rules[k]->family, rules[i]->family);
	}
}

static void
every_row_says_a_sentence(void **state)
{
	size_t n;
	const struct rule *const *rules = rules_all(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(rules[i]->says);

		assert_true(len > 10 && len <= 100);
		assert_true(rules[i]->says[0] >= 'A' && rules[i]->says[0] <= 'Z');
		assert_int_equal(rules[i]->says[len - 1], '.');
		assert_non_null(rules[i]->rfc);
		assert_true(rules[i]->base_rate > 0 && rules[i]->base_rate < 1);
		assert_true(rules[i]->measured_hits <= rules[i]->measured_of);
	}
}

static void
rules_of_evidence_and_no_others_have_a_factor(void **state)
{
	size_t n;
	const struct rule *const *rules = rules_all(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(rules[i]->rule_class == RULE_EVIDENCE, rules[i]->factor != 0);
		assert_true(abs(rules[i]->factor) <= CLUE_FACTOR_MAX);
	}
}

static size_t
count_words(const char *text)
{
	size_t n = 0;

	for (; *text; text += strcspn(text, " ")) {
		text += strspn(text, " ");
		n += *text != '\0';
	}
	return n;
}

static void
every_case_of_a_rule_exists(void **state)
{
	size_t n;
	const struct rule *const *rules = rules_all(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const char *walk = NULL;
		size_t found = 0;

		while (rule_next_case(rules[i], &walk))
			found++;
		assert_int_equal(found, count_words(rules[i]->cases));
		assert_int_equal(found > 0, rules[i]->rule_class == RULE_BY_CASES);
	}
}

static void
cases_are_sorted_and_whole(void **state)
{
	size_t n;
	const struct imc_case *cases = cases_all(&n);

	(void)state;
	assert_true(n >= 60);
	for (size_t i = 0; i < n; i++) {
		assert_true(i == 0 || strcmp(cases[i - 1].id, cases[i].id) < 0);
		assert_ptr_equal(case_by_id(cases[i].id, strlen(cases[i].id)), &cases[i]);
		assert_true(cases[i].affected < 1u << RELEASE_COUNT);
		assert_true(strlen(cases[i].title) > 5 && strlen(cases[i].component) > 2);
		assert_true(cases[i].effect < EFFECT_COUNT);
		assert_true(cases[i].detectable < DETECTABLE_COUNT);
	}
}

/* Causes of later products are listed so that nobody lays them to these. */
static void
a_rule_rests_on_causes_of_our_releases_that_show_in_the_file(void **state)
{
	size_t n;
	const struct rule *const *rules = rules_all(&n);
	const struct imc_case *one;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const char *walk = NULL;

		while ((one = rule_next_case(rules[i], &walk))) {
			assert_int_not_equal(one->affected, 0);
			assert_int_not_equal(one->detectable, DETECTABLE_NO);
		}
	}
}

static void
a_case_is_found_by_its_whole_id_only(void **state)
{
	(void)state;
	assert_non_null(case_by_id("Q278320 Q293288", 7));
	assert_null(case_by_id("Q27832", 6));
	assert_null(case_by_id("Q2783200", 8));
	assert_null(case_by_id("", 0));
}

static void
a_fix_takes_a_release_out_of_a_case(void **state)
{
	const struct imc_case *empty_charset = case_by_id("Q278320", 7);

	(void)state;
	assert_true(empty_charset->affected & 1u << R55SP3);
	assert_false(empty_charset->affected & 1u << R55SP4);
	assert_false(empty_charset->affected & 1u << R40);
}

static void
a_rule_that_goes_beyond_its_sources_weighs_a_quarter(void **state)
{
	struct rule rule = { .cases = "Q278320", .base_rate = 1e-4 };
	double whole = weight_of(constants_default(), &rule, RELEASE_UNKNOWN).v;

	(void)state;
	rule.broader = true;
	assert_true(weight_of(constants_default(), &rule, RELEASE_UNKNOWN).v == whole / 4);
	rule.cases = "Q301690"; /* vague already: not twice */
	assert_true(weight_of(constants_default(), &rule, RELEASE_UNKNOWN).v == whole / 4);
}

/* The shares of healthy mail that the rows admit to, over all rules that reach `medium` alone. */
static void
false_alarms_stay_within_the_budget(void **state)
{
	size_t n;
	const struct rule *const *rules = rules_all(&n);
	double sum = 0;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct weight weight = weight_of(constants_default(), rules[i], RELEASE_UNKNOWN);

		if (weight.minor ||
		    constants_default()->w_unknown + weight.v * weight.w / weight.q0 < MEDIUM)
			continue;
		sum += weight.q0;
	}
	print_message("budget: %.5f of %.5f\n", sum, BUDGET);
	assert_true(sum <= BUDGET);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rule_ids_are_unique_and_kebab_case),
		cmocka_unit_test(families_stand_together),
		cmocka_unit_test(every_row_says_a_sentence),
		cmocka_unit_test(rules_of_evidence_and_no_others_have_a_factor),
		cmocka_unit_test(every_case_of_a_rule_exists),
		cmocka_unit_test(cases_are_sorted_and_whole),
		cmocka_unit_test(a_rule_rests_on_causes_of_our_releases_that_show_in_the_file),
		cmocka_unit_test(a_case_is_found_by_its_whole_id_only),
		cmocka_unit_test(a_fix_takes_a_release_out_of_a_case),
		cmocka_unit_test(a_rule_that_goes_beyond_its_sources_weighs_a_quarter),
		cmocka_unit_test(false_alarms_stay_within_the_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
