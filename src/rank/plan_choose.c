/*
 * plan_choose.c - which candidates to try together.
 *
 * A start is worth the bits it tells for what it costs. Without noise that has its maximum where
 * the chance t to stay up solves t + t^r = 1, r being the cost of a stop: 0.5 for r = 1, 0.68 for 3.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/plan_choose.h"

#include <math.h>

double
plan_stops_if_bad(const struct plan_options *options)
{
	return 1 - options->miss * (1 - options->false_crash);
}

double
plan_stops_if_none(const struct plan_options *options)
{
	return options->false_crash;
}

double
plan_entropy(double p)
{
	return p <= 0 || p >= 1 ? 0 : -p * log2(p) - (1 - p) * log2(1 - p);
}

/* Bits that a start tells when a bad message is in place with probability x. */
static double
information(const struct plan_options *options, double x)
{
	const double bad = plan_stops_if_bad(options), none = plan_stops_if_none(options);

	return plan_entropy(x * bad + (1 - x) * none) - x * plan_entropy(bad) -
	       (1 - x) * plan_entropy(none);
}

/* Bits for the price of a start that stays up. */
static double
worth(const struct plan_options *options, double x, double cost)
{
	const double stops = x * plan_stops_if_bad(options) + (1 - x) * plan_stops_if_none(options);

	return information(options, x) / (1 + (cost - 1) * stops);
}

/* Where worth() has its only maximum. */
static double
best_share(const struct plan_options *options, double cost)
{
	double low = 0, high = 1;

	for (int i = 0; i < 60; i++) {
		const double a = low + (high - low) / 3, b = high - (high - low) / 3;

		if (worth(options, a, cost) < worth(options, b, cost))
			low = a;
		else
			high = b;
	}
	return (low + high) / 2;
}

double
plan_capacity(const struct plan_options *options)
{
	return information(options, best_share(options, 1));
}

/* The chance to stay up that costs ask for: the root of t + t^r = 1. */
static double
wanted_stability(double cost)
{
	double low = 0, high = 1;

	for (int i = 0; i < 60; i++) {
		const double t = (low + high) / 2;

		if (t + pow(t, cost) < 1)
			low = t;
		else
			high = t;
	}
	return (low + high) / 2;
}

struct plan_aim
plan_aim_of(const struct plan_options *options)
{
	return (struct plan_aim){ best_share(options, options->crash_cost),
		wanted_stability(options->crash_cost) };
}

/* A set that is cut from the order: the probability that what stops the start is in place. */
static double
share(const struct view *view, size_t cut, bool top)
{
	const double *c = view->cumulated;
	const double total = c[view->to] - c[view->from] + view->elsewhere + view->none;
	const double tried = top ? c[cut] - c[view->from] : c[view->to] - c[cut];

	return total > 0 ? (tried + view->elsewhere) / total : 0;
}

/* Cuts that keep both outcomes within what the worst case leaves. */
struct range {
	size_t low, high;
};

static struct range
allowed(const struct view *view, bool top)
{
	const size_t n = view->to - view->from, no_one = view->none > 0,
		     other = view->elsewhere > 0;
	const size_t first = top ? other : no_one, last = top ? no_one : other;
	struct range range = { view->from, view->to };
	size_t most;

	if (view->left > 40)
		return range;
	most = view->left > 0 ? (size_t)1 << (view->left - 1) : 0;
	if (n + first + last > 2 * most || most < first || most < last)
		return range;
	if (n + last > most)
		range.low += n + last - most;
	if (n + first > most)
		range.high = view->from + most - first;
	return range;
}

/* The first cut of the range with at least (top) or at most that share. */
static size_t
cut_at(const struct view *view, struct range range, bool top, double wanted)
{
	while (range.low < range.high) {
		const size_t middle = range.low + (range.high - range.low) / 2;
		const double x = share(view, middle, top);

		if (top ? x >= wanted : x <= wanted)
			range.high = middle;
		else
			range.low = middle + 1;
	}
	return range.low;
}

struct best {
	struct choice choice;
	double worth;
	bool limited; /* by the worst case */
};

/* Take the cut when it is better; among equals the earlier one stays. */
static void
consider(const struct view *view, const struct plan_options *options, size_t cut, bool top,
    struct best *best)
{
	const double value = worth(options, share(view, cut, top), options->crash_cost);

	if (value <= best->worth * (1 + 1e-9) + 1e-15)
		return;
	best->worth = value;
	best->choice.cut = cut;
	best->choice.top = top;
}

static void
consider_side(
    const struct view *view, const struct plan_options *options, bool top, struct best *best)
{
	const struct range range = allowed(view, top), all = { view->from, view->to };
	const double wanted = view->aim.share;
	const size_t cut = cut_at(view, range, top, wanted);

	consider(view, options, cut, top, best);
	if (cut > range.low)
		consider(view, options, cut - 1, top, best);
	if (best->choice.top == top)
		best->limited = cut_at(view, all, top, wanted) != cut;
}

/* How many of the first stand out: four times as likely as the mean, and likely enough beside the
 * first. To hold one more costs a start to part them, should it be the first; not to hold it costs
 * a stop and a search, should it be this one. The weights fall. */
static size_t
standing_out(const struct view *view, double cost)
{
	const double *c = view->cumulated;
	const double n = (double)(view->to - view->from), mean = (c[view->to] - c[view->from]) / n;
	const double beside = (c[view->from + 1] - c[view->from]) / (cost + log2(n));
	const double least = beside > 4 * mean ? beside : 4 * mean;
	size_t low = view->from, high = view->to;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (c[middle + 1] - c[middle] > least)
			low = middle + 1;
		else
			high = middle;
	}
	return low - view->from;
}

/* Whether a start that holds all before the cut tells enough: not when it is all but certain how it
 * ends, nor when it goes without mail for little. */
static bool
serves(const struct view *view, const struct plan_options *options, size_t cut,
    const struct best *best)
{
	const double value = worth(options, share(view, cut, false), options->crash_cost);

	return value > 0 && value >= best->worth / 2;
}

/* Whether to hold the first few comes before the empty start. Of the two the empty start saves a
 * stop when it is not in this tree; the other saves a start when it is one of the few, and with
 * nearly all mail back that start is worth `flow` others. */
static bool
flows_first(const struct view *view, const struct plan_options *options, size_t cut)
{
	const double held = view->cumulated[cut] - view->cumulated[view->from];

	return options->flow * held >= options->crash_cost * view->elsewhere;
}

/* Hold the fewest that let the rest stay up with the chance that the cost of a stop asks for; but
 * no long tail of files like all others where it serves to hold those that stand out. */
static void
consider_flow(const struct view *view, const struct plan_options *options, struct best *best)
{
	const struct range range = allowed(view, false);
	const double stable = view->aim.stable;
	size_t cut = cut_at(view, range, false, 1 - stable), few;

	if (view->to == view->from)
		return;
	few = view->from + standing_out(view, options->crash_cost);
	if (few > view->from && few < cut && few >= range.low && serves(view, options, few, best) &&
	    flows_first(view, options, few))
		cut = few;
	else if (!serves(view, options, cut, best))
		return;
	best->choice.cut = cut;
	best->choice.top = false;
}

static enum plan_why
why(const struct view *view, const struct best *best)
{
	const struct choice *choice = &best->choice;
	const size_t tried = choice->top ? choice->cut - view->from : view->to - choice->cut;
	const size_t n = view->to - view->from;

	if (tried == 0)
		return PLAN_NOT_IN_TREE_FIRST;
	if (tried == n)
		return PLAN_REST;
	if (best->limited)
		return PLAN_BY_COUNT;
	if (n > 8 && tried >= n - n / 8)
		return choice->top ? PLAN_SPLIT : PLAN_HOLD_SUSPECTS;
	return choice->top && tried <= n / 8 ? PLAN_TRY_SUSPECTS : PLAN_SPLIT;
}

struct choice
plan_choose(const struct view *view, const struct plan_options *options, bool several)
{
	struct best best = { { view->to, several, PLAN_SPLIT, 0 }, 0, false };
	double x;

	if (!several)
		consider_side(view, options, false, &best);
	if (several || options->goal == PLAN_ISOLATE)
		consider_side(view, options, true, &best);
	if (!several && options->goal == PLAN_FLOW)
		consider_flow(view, options, &best);
	x = share(view, best.choice.cut, best.choice.top);
	best.choice.why = why(view, &best);
	best.choice.stays_up =
	    1 - x * plan_stops_if_bad(options) - (1 - x) * plan_stops_if_none(options);
	return best.choice;
}
