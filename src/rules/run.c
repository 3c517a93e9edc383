/* run.c - all rules over one message. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/run.h"

#include "rule.h"
#include "rules/findings.h"

void
rules_run(const struct message *msg, const bool *disabled, struct record *record)
{
	struct findings out = { .msg = msg, .record = record };
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);

	record->n_findings = 0;
	record->n_findings_total = 0;
	for (size_t i = 0; i < n_rules; i++) {
		if (!rules[i]->check || (disabled && disabled[i]))
			continue;
		out.rule = (uint16_t)i;
		out.rules_behind = n_rules - i;
		out.n_of_rule = 0;
		rules[i]->check(msg, &out);
	}
}
