/* weights.c - what a fired rule weighs: w, q and v of the ranking. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/weights.h"

#define FIXED_FACTOR 0.1     /* the named release has none of the rule's faults */
#define MISMATCH_FACTOR 0.25 /* other direction, vague trigger, not in the queue: each */
#define CRASH_CAP 0.01       /* no prevalence talks a documented crash away */
#define SHARED_LEAST 6.0     /* f: files that may share a fault without making it common */
#define SHARED_MOST 25.0

/* w is the share of all crashes laid to such a cause; the floor is what q never falls below. */
struct weight_class {
	double w, floor;
	const char *name;
};

static const struct weight_class by_effect[EFFECT_COUNT] = {
	[EFFECT_CRASH_IMC] = { 0x1p-5, 1e-5, "IMC crash" },
	[EFFECT_CRASH_STORE] = { 0x1p-6, 1e-5, "store crash" },
	[EFFECT_LOOP] = { 0x1p-7, 1e-5, "loop or hang" },
	[EFFECT_STUCK] = { 0x1p-8, 1e-5, "stuck queue" },
	[EFFECT_LOSS] = { 0x1p-10, 1e-5, "content loss" },
};

static const struct weight_class by_class[] = {
	[RULE_BY_CASES] = { 0x1p-10, 1e-3, "violation" }, /* a row without its cases */
	[RULE_DAMAGE] = { 0x1p-7, 1e-5, "damage" },
	[RULE_VIOLATION] = { 0x1p-10, 1e-3, "violation" },
	[RULE_ODDITY] = { WEIGHT_ODDITY, 1e-2, "oddity" },
	[RULE_EVIDENCE] = { 0, 1, "evidence" },
};

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

static const struct weight_class *
class_of(const struct rule *rule, const struct case_view *view)
{
	if (rule->rule_class == RULE_BY_CASES && view->count > 0)
		return &by_effect[view->worst];
	return &by_class[rule->rule_class];
}

static double
base_q(const struct rule *rule, double floor)
{
	return larger(larger(floor, rule->base_rate),
	    weight_measured(rule->measured_hits, rule->measured_of));
}

struct weight
weight_of(const struct rule *rule, enum release exchange)
{
	const struct case_view view = view_cases(rule);
	const struct weight_class *class = class_of(rule, &view);
	struct weight weight = { .w = class->w, .q0 = base_q(rule, class->floor), .v = 1 };

	weight.damage = rule->rule_class == RULE_DAMAGE;
	weight.documented = rule->rule_class == RULE_BY_CASES && view.count > 0;
	weight.minor = !weight.damage && !weight.documented;
	if (!weight.documented)
		return weight;
	weight.crash = view.crash;
	weight.direction = view.direction;
	if (rule_spares(rule, exchange))
		weight.v *= FIXED_FACTOR;
	if (!view.any_precise || rule->broader)
		weight.v *= MISMATCH_FACTOR;
	return weight;
}

struct weight
weight_weak(const struct rule *rule)
{
	const struct weight_class *class = &by_class[RULE_ODDITY];
	struct weight weight = { .w = class->w, .v = 1, .minor = true };

	weight.q0 = base_q(rule, class->floor);
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
prevalence(uint64_t fired, uint64_t files)
{
	double free_of_charge = (double)files / 50;

	if (files < 2)
		return 0;
	if (free_of_charge > SHARED_MOST)
		free_of_charge = SHARED_MOST;
	if (free_of_charge < SHARED_LEAST)
		free_of_charge = SHARED_LEAST;
	return ((double)fired - 1 - free_of_charge) / (double)(files - 1);
}

/* The q at which the rule alone just lifts a file to `low`. A tree of many broken messages is still
 * one of broken messages: what healthy mail seldom does loses its rank by being shared, but is not
 * called clean until half of the tree does it. Documented causes are apart: some of theirs, as a
 * character set, are how mail looks at a site. */
static double
stays_low(const struct weight *weight)
{
	return weight->v * weight->w / WEIGHT_UNKNOWN_CAUSE;
}

double
weight_q(const struct weight *weight, uint64_t fired, uint64_t files)
{
	double q = larger(weight->q0, prevalence(fired, files));

	/* A handful is no tree whose habits could explain it, not even when it is all there is. */
	if (!weight->documented && prevalence(fired, files) > 0 &&
	    (double)fired > (double)files / 2)
		return larger(weight->q0, (double)fired / (double)files);
	if (weight->crash && q > CRASH_CAP)
		return larger(weight->q0, CRASH_CAP);
	if (!weight->documented && weight->w > WEIGHT_ODDITY && weight->q0 < stays_low(weight) &&
	    q > stays_low(weight))
		return stays_low(weight);
	return q;
}

double
weight_term(const struct weight *weight, double q, enum folder folder, enum direction direction)
{
	double v = weight->v;

	if (weight->direction != DIRECTION_ANY && direction != DIRECTION_ANY &&
	    weight->direction != direction)
		v *= MISMATCH_FACTOR;
	if (folder_is_archive(folder))
		v *= MISMATCH_FACTOR;
	return v * weight->w / q;
}

const char *
weight_class_name(const struct rule *rule)
{
	const struct case_view view = view_cases(rule);

	return class_of(rule, &view)->name;
}
