/* constants.c - every number that the ranking is made of: names, defaults, ranges, reasons. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/constants.h"

#include <string.h>

#include "suspect.h"

#define W_LEAST 1e-9 /* a class may be made to count next to nothing, but never divide by 0 */

static const struct constants defaults = {
	.w_unknown = 0x1p-3,
	.w_imc_crash = 0x1p-5,
	.w_store_crash = 0x1p-6,
	.w_loop = 0x1p-7,
	.w_stuck = 0x1p-8,
	.w_loss = 0x1p-10,
	.w_damage = 0x1p-7,
	.w_violation = 0x1p-10,
	.w_oddity = 0x1p-13,
	.q_documented = 1e-5,
	.q_damage = 1e-5,
	.q_violation = 1e-3,
	.q_oddity = 1e-2,
	.q_scale = 0.38, /* 0.49 % declared together, under 0.19 % measured: 0 of 1,584 */
	.q_scale_from = 3,
	.q_crash_most = 0.01,
	.q_habit = 0.5,
	.f_one_in = 50,
	.f_least = 6,
	.f_most = 25,
	.v_fixed = 0.1,
	.v_direction = 0.25,
	.v_vague = 0.25,
	.v_archive = 0.25,
	.h = 0.2,
	.h_most = 0.95,
	.cap_minor = 2.99,
	.cap_archive = 4.99,
	.clues_most = 14,
	.level_low = -2,
	.level_medium = 3,
	.level_high = 5,
	.level_critical = 8,
	.plan_uniform = 0.1,
	.plan_sure = 0.99,
	.plan_flow = 3,
	.plan_again = 0.1,
};

#define ROW(key, field, least, most, words)                                                        \
	{                                                                                          \
		key, offsetof(struct constants, field), least, most, words                         \
	}

/* clang-format off */
static const struct constant table[] = {
	ROW("w-unknown", w_unknown, W_LEAST, 1, "w0: weight of a cause that no rule knows"),
	ROW("w-imc-crash", w_imc_crash, W_LEAST, 1, "w of a rule whose case stops the IMC"),
	ROW("w-store-crash", w_store_crash, W_LEAST, 1, "w of a rule whose case stops the store"),
	ROW("w-loop", w_loop, W_LEAST, 1, "w of a rule whose case is a loop or a hang"),
	ROW("w-stuck", w_stuck, W_LEAST, 1, "w of a rule whose case is a stuck queue"),
	ROW("w-loss", w_loss, W_LEAST, 1, "w of a rule whose case loses content"),
	ROW("w-damage", w_damage, W_LEAST, 1, "w of damage that no mailer makes"),
	ROW("w-violation", w_violation, W_LEAST, 1, "w of a breach of a standard"),
	ROW("w-oddity", w_oddity, W_LEAST, 1, "w of what is unusual, no more"),
	ROW("q-documented", q_documented, 1e-9, 1, "least q of a rule that rests on a case"),
	ROW("q-damage", q_damage, 1e-9, 1, "least q of damage"),
	ROW("q-violation", q_violation, 1e-9, 1, "least q of a breach of a standard"),
	ROW("q-oddity", q_oddity, 1e-9, 1, "least q of what is unusual"),
	ROW("q-scale", q_scale, 0.01, 1, "q of a rule that alone makes a suspect, over its row's"),
	ROW("q-scale-from", q_scale_from, -20, 30, "bits from which on a rule alone does"),
	ROW("q-crash-most", q_crash_most, 1e-9, 1, "most that sharing makes of a documented crash's q"),
	ROW("q-habit", q_habit, 0.01, 1, "share of the tree from which on a fault is how its mail looks"),
	ROW("f-one-in", f_one_in, 1, 1e6, "f: one in so many files may have a fault in common"),
	ROW("f-least", f_least, 0, 1e6, "f is at least as many files"),
	ROW("f-most", f_most, 0, 1e6, "f is at most as many files"),
	ROW("v-fixed", v_fixed, 1e-6, 1, "v when the named release has none of the rule's faults"),
	ROW("v-direction", v_direction, 1e-6, 1, "v when the folder is of the other direction"),
	ROW("v-vague", v_vague, 1e-6, 1, "v when no source states the exact trigger"),
	ROW("v-archive", v_archive, 1e-6, 1, "v of files in an Archive folder"),
	ROW("h", h, 1e-6, 0.999999, "prior that the cause is not in this tree"),
	ROW("h-most", h_most, 1e-6, 0.999999, "most that rule-outs make of h"),
	ROW("cap-minor", cap_minor, -20, 30, "most bits of a file with violations and oddities alone"),
	ROW("cap-archive", cap_archive, -20, 30, "most bits that clues make of a file in an Archive folder"),
	ROW("clues-most", clues_most, 0, 16, "most bits that all clues of a file add or take"),
	ROW("level-low", level_low, -20, 30, "bits from which on a file is low"),
	ROW("level-medium", level_medium, -20, 30, "bits from which on a file is medium"),
	ROW("level-high", level_high, -20, 30, "bits from which on a file is high"),
	ROW("level-critical", level_critical, -20, 30, "bits from which on a file is critical"),
	ROW("plan-uniform", plan_uniform, 0, 1, "restart plan: share of its prior that is the same for all files"),
	ROW("plan-sure", plan_sure, 0.5, 1, "restart plan: probability from which on a file counts as found"),
	ROW("plan-flow", plan_flow, 0, 1000, "restart plan: starts that one with nearly all mail back is worth"),
	ROW("plan-again", plan_again, 0, 0.999, "restart plan: prior of one more bad message once one was found"),
};
/* clang-format on */

const struct constants *
constants_default(void)
{
	return &defaults;
}

const struct constant *
constants_table(size_t *count)
{
	*count = sizeof table / sizeof table[0];
	return table;
}

double
constant_get(const struct constants *constants, const struct constant *row)
{
	double value;

	memcpy(&value, (const unsigned char *)constants + row->offset, sizeof value);
	return value;
}

bool
constant_set(struct constants *constants, const struct constant *row, double value)
{
	/* A NaN is in no range. */
	if (!(value >= row->least && value <= row->most))
		return false;
	memcpy((unsigned char *)constants + row->offset, &value, sizeof value);
	return true;
}

const char *
constants_fault(const struct constants *constants)
{
	if (constants->level_low >= constants->level_medium ||
	    constants->level_medium >= constants->level_high ||
	    constants->level_high >= constants->level_critical)
		return "levels must rise from level-low to level-critical";
	if (constants->cap_minor >= constants->level_medium)
		return "cap-minor must stay below level-medium";
	if (constants->cap_archive >= constants->level_high)
		return "cap-archive must stay below level-high";
	if (constants->f_least > constants->f_most)
		return "f-least is above f-most";
	if (constants->h > constants->h_most)
		return "h is above h-most";
	return NULL;
}

int32_t
constants_factor(const struct constants *constants, const struct rule *rule, size_t index)
{
	return constants->factors ? constants->factors[index] : rule->factor;
}

int32_t
constant_millibits(double bits)
{
	return (int32_t)(bits * 1000 + (bits < 0 ? -0.5 : 0.5));
}

void
constants_levels(const struct constants *constants, int32_t *from)
{
	for (int i = 0; i < LEVEL_COUNT; i++)
		from[i] = INT32_MIN;
	from[LEVEL_LOW] = constant_millibits(constants->level_low);
	from[LEVEL_MEDIUM] = constant_millibits(constants->level_medium);
	from[LEVEL_HIGH] = constant_millibits(constants->level_high);
	from[LEVEL_CRITICAL] = constant_millibits(constants->level_critical);
}
