/* weights.c - what a fired rule weighs: w, q and v of the ranking. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/weights.h"

#include <math.h>

/* w is the share of all crashes laid to such a cause; the floor is what q never falls below. */
struct weight_class {
	double w, floor;
	const char *name;
};

static struct weight_class
class_of_effect(const struct constants *constants, enum effect effect)
{
	const struct weight_class classes[EFFECT_COUNT] = {
		[EFFECT_CRASH_IMC] = { constants->w_imc_crash, constants->q_documented,
		    "IMC crash" },
		[EFFECT_CRASH_STORE] = { constants->w_store_crash, constants->q_documented,
		    "store crash" },
		[EFFECT_LOOP] = { constants->w_loop, constants->q_documented, "loop or hang" },
		[EFFECT_STUCK] = { constants->w_stuck, constants->q_documented, "stuck queue" },
		[EFFECT_LOSS] = { constants->w_loss, constants->q_documented, "content loss" },
	};

	return classes[effect];
}

/* RULE_BY_CASES: a row without its cases. Evidence has a factor and no share of the causes. */
static struct weight_class
class_of_row(const struct constants *constants, enum rule_class rule_class)
{
	const struct weight_class classes[] = {
		[RULE_BY_CASES] = { constants->w_violation, constants->q_violation, "violation" },
		[RULE_DAMAGE] = { constants->w_damage, constants->q_damage, "damage" },
		[RULE_VIOLATION] = { constants->w_violation, constants->q_violation, "violation" },
		[RULE_ODDITY] = { constants->w_oddity, constants->q_oddity, "oddity" },
		[RULE_EVIDENCE] = { 0, 1, "evidence" },
	};

	return classes[rule_class];
}

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

/* The cases of a rule taken together. A factor counts against the rule only when it holds for each
 * of its cases, because any one of them may be the cause. */
struct case_view {
	size_t count;
	enum effect worst;
	bool crash, any_precise;
	enum direction direction;
};

static struct case_view
view_cases(const struct rule *rule)
{
	struct case_view view = { .worst = EFFECT_LOSS };
	const char *state = NULL;
	const struct imc_case *one;

	while ((one = rule_next_case(rule, &state))) {
		if (view.count == 0)
			view.direction = one->direction;
		else if (view.direction != one->direction)
			view.direction = DIRECTION_ANY;
		view.count++;
		if (one->effect < view.worst)
			view.worst = one->effect;
		view.any_precise |= one->precise;
	}
	view.crash = view.worst == EFFECT_CRASH_IMC || view.worst == EFFECT_CRASH_STORE;
	return view;
}

static struct weight_class
class_of(const struct constants *constants, const struct rule *rule, const struct case_view *view)
{
	if (rule->rule_class == RULE_BY_CASES && view->count > 0)
		return class_of_effect(constants, view->worst);
	return class_of_row(constants, rule->rule_class);
}

static double
base_q(const struct rule *rule, double declared)
{
	return larger(declared, weight_measured(rule->measured_hits, rule->measured_of));
}

/* One message in 50,000 is an estimate that no 1,500 messages could refute. All such estimates
 * together they can: healthy mail fires the rules that alone make a suspect less often, as a group,
 * than the rows say. What the release of the IMC takes from a rule takes it not out of the group. */
static double
declared_q(const struct constants *constants, const struct rule *rule,
    const struct weight_class *class, double v)
{
	const double declared = larger(class->floor, rule->base_rate);
	const double alone = constants->w_unknown + v * class->w / declared;

	return alone < exp2(constants->q_scale_from) ? declared : declared * constants->q_scale;
}

struct weight
weight_of(const struct constants *constants, const struct rule *rule, enum release exchange)
{
	const struct case_view view = view_cases(rule);
	const struct weight_class class = class_of(constants, rule, &view);
	struct weight weight = { .w = class.w, .v = 1 };

	weight.damage = rule->rule_class == RULE_DAMAGE;
	weight.documented = rule->rule_class == RULE_BY_CASES && view.count > 0;
	weight.minor = !weight.damage && !weight.documented;
	weight.oddity = rule->rule_class == RULE_ODDITY;
	if (weight.documented) {
		weight.crash = view.crash;
		weight.direction = view.direction;
		if (!view.any_precise || rule->broader)
			weight.v *= constants->v_vague;
	}
	weight.q0 = base_q(rule, weight.minor ? larger(class.floor, rule->base_rate)
					      : declared_q(constants, rule, &class, weight.v));
	if (weight.documented && rule_spares(rule, exchange))
		weight.v *= constants->v_fixed;
	return weight;
}

struct weight
weight_weak(const struct constants *constants, const struct rule *rule)
{
	const struct weight_class class = class_of_row(constants, RULE_ODDITY);
	struct weight weight = { .w = class.w, .v = 1, .minor = true, .oddity = true };

	weight.q0 = base_q(rule, larger(class.floor, rule->base_rate));
	return weight;
}

/* No hit in n refutes no estimate: a fault of one message in 100,000 is not seen in 1,500. A hit
 * does: then the mean of Jeffreys' posterior, which leans a little to the larger share. */
double
weight_measured(uint64_t k, uint64_t n)
{
	if (k == 0 || n == 0)
		return 0;
	return ((double)k + 0.5) / ((double)n + 1.0);
}

/* A handful of files with the same fault is what a crash leaves behind (retries, copies, one
 * sender: Q293288); what many share is how mail looks here. */
static double
prevalence(const struct constants *constants, uint64_t fired, uint64_t files)
{
	double free_of_charge = (double)files / constants->f_one_in;

	if (files < 2)
		return 0;
	if (free_of_charge > constants->f_most)
		free_of_charge = constants->f_most;
	if (free_of_charge < constants->f_least)
		free_of_charge = constants->f_least;
	return ((double)fired - 1 - free_of_charge) / (double)(files - 1);
}

/* The q at which the rule alone just lifts a file to `low`. A tree of many broken messages is still
 * one of broken messages: what healthy mail seldom does loses its rank by being shared, but is not
 * called clean until half of the tree does it. Documented causes are apart: some of theirs, as a
 * character set, are how mail looks at a site. */
static double
stays_low(const struct constants *constants, const struct weight *weight)
{
	return weight->v * weight->w / constants->w_unknown;
}

double
weight_q(
    const struct constants *constants, const struct weight *weight, uint64_t fired, uint64_t files)
{
	const double shared = prevalence(constants, fired, files), q = larger(weight->q0, shared);
	const double low = stays_low(constants, weight);

	/* A handful is no tree whose habits could explain it, not even when it is all there is. */
	if (!weight->documented && shared > 0 && (double)fired > (double)files * constants->q_habit)
		return larger(weight->q0, (double)fired / (double)files);
	if (weight->crash && q > constants->q_crash_most)
		return larger(weight->q0, constants->q_crash_most);
	if (!weight->documented && !weight->oddity && weight->q0 < low && q > low)
		return low;
	return q;
}

double
weight_v(const struct constants *constants, const struct weight *weight, enum folder folder,
    enum direction direction)
{
	double v = weight->v;

	if (weight->direction != DIRECTION_ANY && direction != DIRECTION_ANY &&
	    weight->direction != direction)
		v *= constants->v_direction;
	if (folder_is_archive(folder))
		v *= constants->v_archive;
	return v;
}

const char *
weight_class_name(const struct rule *rule)
{
	const struct case_view view = view_cases(rule);

	return class_of(constants_default(), rule, &view).name;
}
