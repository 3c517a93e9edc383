/*
 * weights.h - what a fired rule weighs: w, q and v of the ranking.
 *
 * For src/rank, `imcscan rules` and `imcscan explain --rule`. Numbers are plain ratios; their
 * binary logarithm is in bits.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_WEIGHTS_H
#define IMC_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "folder.h"
#include "rank/constants.h"
#include "rule.h"

/* Everything about a rule that does not depend on the tree. */
struct weight {
	double w;                 /* by class, or by the worst effect of its cases */
	double q0;                /* share among healthy mail, not below the floor of its class */
	double v;                 /* version and precision together */
	enum direction direction; /* of all its cases, else ANY */
	bool documented;          /* rests on a case */
	bool crash;               /* a case of it stops the IMC or the store */
	bool minor;               /* violation or oddity */
	bool damage, oddity;
};

/* The weight of a rule for that release (RELEASE_UNKNOWN: not named). */
struct weight weight_of(
    const struct constants *constants, const struct rule *rule, enum release exchange);

/* The same rule when it fired with FINDING_WEAK: an oddity. */
struct weight weight_weak(const struct constants *constants, const struct rule *rule);

/* k of n healthy messages fired: the share that this alone supports, 0 when it supports none. */
double weight_measured(uint64_t k, uint64_t n);

/* q: how often a healthy message fires the rule, seen that `fired` of `files` messages did. */
double weight_q(
    const struct constants *constants, const struct weight *weight, uint64_t fired, uint64_t files);

/* v for a file of that folder. */
double weight_v(const struct constants *constants, const struct weight *weight, enum folder folder,
    enum direction direction);

/* The name of its weight class for people: "IMC crash", "damage", "violation" … */
const char *weight_class_name(const struct rule *rule);

#endif
