/*
 * worker.c - rules without a check: what happened to the process that read the file. Raised by its
 * parent.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

#define FAMILY "worker"

/* A message that takes down a tested parser in a clean process may well have taken down another
 * one. */
static const struct rule rows[] = {
	{ .id = "parser-crashed",
	    .family = FAMILY,
	    .says = "The process that read the file died.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 1e-5 },
	{ .id = "parser-timed-out",
	    .family = FAMILY,
	    .says = "Reading the file took longer than the time limit.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 5e-5 },
	{ .id = "parser-out-of-memory",
	    .family = FAMILY,
	    .says = "Reading the file took more memory than the limit.",
	    .cases = "",
	    .rfc = "",
	    .rule_class = RULE_DAMAGE,
	    .base_rate = 5e-5 },
};

const struct family family_worker = FAMILY_OF(rows);
