/*
 * constants.h - every number that the ranking is made of, in one struct with one table.
 *
 * For src/rank and src/cli (`rules --weights`, `--weights=FILE`). Plain ratios, but for what is said
 * to be in bits.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CONSTANTS_H
#define IMC_CONSTANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rule.h"

struct constants {
	/* w: the share of all crashes laid to one rule of the class */
	double w_unknown, w_imc_crash, w_store_crash, w_loop, w_stuck, w_loss, w_damage,
	    w_violation, w_oddity;
	/* what q of a rule never falls below */
	double q_documented, q_damage, q_violation, q_oddity;
	/* what healthy mail shows of rules that alone reach so many bits, over what their rows say */
	double q_scale, q_scale_from;
	double q_crash_most; /* what q of a documented crash rises to at most by being shared */
	double q_habit;      /* share of the tree above which a fault is how mail looks there */
	/* f: files that may share a fault: one in so many of the tree, at least and at most */
	double f_one_in, f_least, f_most;
	double v_fixed, v_direction, v_vague, v_archive;
	double h, h_most; /* prior of "not in this tree"; what rule-outs raise it to at most */
	/* bits */
	double cap_minor, cap_archive, clues_most;
	double level_low, level_medium, level_high, level_critical;
	/* the restart plan (rank/plan.h): struct plan_options */
	double plan_uniform, plan_sure, plan_flow, plan_again;
	/* millibits of each rule of class RULE_EVIDENCE; NULL: as the rows say. Borrowed. */
	const int32_t *factors;
};

/* One number: its name in files, the range that makes sense, and what it is. */
struct constant {
	const char *name;
	size_t offset; /* of a double in struct constants */
	double least, most;
	const char *says;
};

/* The defaults; static. */
const struct constants *constants_default(void);

/* The table, in the order in which it is shown. */
const struct constant *constants_table(size_t *count);

double constant_get(const struct constants *constants, const struct constant *row);
/* False, and nothing changed, when the value is out of its range. */
bool constant_set(struct constants *constants, const struct constant *row, double value);

/* NULL when the numbers fit together, else what does not: static text. */
const char *constants_fault(const struct constants *constants);

/* The factor of an evidence rule in millibits; `index` is its number in the table of rules. */
int32_t constants_factor(const struct constants *constants, const struct rule *rule, size_t index);

/* The least score in millibits of each level that has one, into from[LEVEL_COUNT]. */
void constants_levels(const struct constants *constants, int32_t *from);

/* Bits as the nearest millibits. */
int32_t constant_millibits(double bits);

#endif
