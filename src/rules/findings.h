/*
 * findings.h - the sink that rules write to: one message, one record.
 *
 * For src/rules/run.c alone; rules know only finding.h.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RULES_FINDINGS_H
#define IMC_RULES_FINDINGS_H

#include <stddef.h>
#include <stdint.h>

#include "finding.h"
#include "message.h"
#include "record.h"

#define FINDINGS_PER_RULE                                                                          \
	8u /* kept of one rule per message, so that no rule pushes the others out */

struct findings {
	const struct message *msg;
	struct record *record;
	uint16_t rule;       /* index of the rule that runs */
	size_t rules_behind; /* rules still to run: each is left room for one finding */
	size_t n_of_rule;    /* findings of this rule kept so far */
	unsigned next_quote;
	char quotes[4][FINDING_DETAIL_MAX];
};

#endif
