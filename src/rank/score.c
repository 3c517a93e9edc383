/*
 * score.c - the score of one file from the rules that fired.
 *
 * Sums run in the order of the rule table, so that no rounding depends on the order of findings.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/score.h"

#include <string.h>

#include "rank/level.h"

uint16_t
score_fired(const struct record *record, size_t n_rules, const bool *silent, uint16_t *out)
{
	enum { SILENT, WEAK, STRONG };
	uint16_t count = 0;

	memset(out, 0, n_rules * sizeof *out);
	for (uint32_t i = 0; i < record->n_findings; i++) {
		const struct finding *finding = &record->findings[i];

		if (finding->rule >= n_rules || silent[finding->rule])
			continue;
		if (!(finding->flags & FINDING_WEAK))
			out[finding->rule] = STRONG;
		else if (out[finding->rule] == SILENT)
			out[finding->rule] = WEAK;
	}
	/* count <= rule, so what is still to be read is never overwritten. */
	for (size_t rule = 0; rule < n_rules; rule++) {
		const uint16_t how = out[rule];

		if (how != SILENT)
			out[count++] = (uint16_t)(rule | (how == WEAK ? FIRED_WEAK : 0));
	}
	return count;
}

/* With --archive-is-control the archived mail is known to be healthy: its share is a measured
 * one. */
static double
control_q(const struct ranking *ranking, size_t rule)
{
	if (!ranking->options.archive_is_control)
		return 0;
	return weight_measured(ranking->tally.fired_control[rule], ranking->tally.n_control);
}

void
score_settle_q(struct ranking *ranking)
{
	for (size_t rule = 0; rule < ranking->options.n_rules; rule++) {
		struct weight *strong = &ranking->weights[rule], *weak = &ranking->weak[rule];
		const double control = control_q(ranking, rule);
		const uint64_t fired = ranking->tally.fired[rule];

		if (strong->q0 < control)
			strong->q0 = control;
		if (weak->q0 < control)
			weak->q0 = control;
		ranking->q[rule] =
		    weight_q(ranking->constants, strong, fired, ranking->tally.n_scored);
		ranking->q_weak[rule] =
		    weight_q(ranking->constants, weak, fired, ranking->tally.n_scored);
	}
}

static const struct weight *
fired_weight(const struct ranking *ranking, uint16_t fired)
{
	const size_t rule = fired & ~FIRED_WEAK;

	return fired & FIRED_WEAK ? &ranking->weak[rule] : &ranking->weights[rule];
}

static double
fired_q(const struct ranking *ranking, uint16_t fired)
{
	const size_t rule = fired & ~FIRED_WEAK;

	return fired & FIRED_WEAK ? ranking->q_weak[rule] : ranking->q[rule];
}

static double
fired_v(const struct ranking *ranking, const struct ranked *file, uint16_t fired)
{
	return weight_v(ranking->constants, fired_weight(ranking, fired), (enum folder)file->folder,
	    (enum direction)file->direction);
}

static double
fired_term(const struct ranking *ranking, const struct ranked *file, uint16_t fired)
{
	return fired_v(ranking, file, fired) * fired_weight(ranking, fired)->w /
	       fired_q(ranking, fired);
}

static double
capped(const struct ranking *ranking, double ratio)
{
	const double cap = level_ratio(constant_millibits(ranking->constants->cap_minor));

	return ratio < cap ? ratio : cap;
}

/* In Work a message is still being received: empty and cut short is how it should look. A
 * documented fault keeps its weight there: an IMC that dies while it receives leaves the file in
 * Work (Q152930). */
static bool
is_arrival(const struct weight *weight, const struct ranked *file)
{
	return weight->damage && file->folder == FOLDER_WORK;
}

double
score_ratio(const struct ranking *ranking, const struct ranked *file, const struct entry *entry)
{
	double ratio = ranking->constants->w_unknown, expected = 0;
	bool serious = false;

	for (uint16_t i = 0; i < entry->head.n_fired; i++) {
		const uint16_t fired = entry->fired[i];
		const struct weight *weight = fired_weight(ranking, fired);
		const double term = fired_term(ranking, file, fired);

		if (is_arrival(weight, file)) {
			expected += term;
		} else {
			ratio += term;
			serious = serious || !weight->minor;
		}
	}
	/* What is expected there lifts no file above low, whatever else it has. */
	const double lifted = capped(ranking, ratio + expected);

	return serious && ratio > lifted ? ratio : lifted;
}

/* What lies in Archive is out of the queue: a log that names the file may mean the time before it
 * was moved there, unless it says where the file lies. */
static int32_t
in_archive(const struct ranking *ranking, int32_t own, int32_t lifted)
{
	const int32_t cap = constant_millibits(ranking->constants->cap_archive);
	const int32_t most = own > cap ? own : cap;

	return lifted < most ? lifted : most;
}

double
score_file(const struct ranking *ranking, struct ranked *file, const struct entry *entry,
    const struct clued *clued)
{
	const double own = score_ratio(ranking, file, entry);
	const int32_t bits = level_millibits(own);

	file->score = bits;
	if (clued) {
		file->score += clued->bits;
		if (folder_is_archive((enum folder)file->folder) && !clued->placed)
			file->score = in_archive(ranking, bits, file->score);
	}
	file->level = (uint8_t)level_from(ranking->level_from, file->score);
	return own * level_ratio(file->score - bits);
}

int32_t
score_finding_bits(const struct ranking *ranking, const struct ranked *file,
    const struct finding *finding, struct terms *terms)
{
	const unsigned weak = finding->flags & FINDING_WEAK ? FIRED_WEAK : 0;
	const struct weight *weight;
	uint16_t fired;
	double term;

	*terms = (struct terms){ 0 };
	if (finding->rule >= ranking->options.n_rules || ranking->silent[finding->rule])
		return INT32_MIN;
	fired = (uint16_t)(finding->rule | weak);
	weight = fired_weight(ranking, fired);
	*terms = (struct terms){
		.w = weight->w,
		.q = fired_q(ranking, fired),
		.v = fired_v(ranking, file, fired),
		.q0 = weight->q0,
		.n_fired = ranking->tally.fired[finding->rule],
		.minor = weight->minor,
		.arrival = is_arrival(weight, file),
	};
	term = terms->v * terms->w / terms->q;
	return level_millibits(terms->arrival ? capped(ranking, term) : term);
}

double
score_total_weight(const struct ranking *ranking)
{
	double total = ranking->constants->w_unknown;

	for (size_t rule = 0; rule < ranking->options.n_rules; rule++) {
		if (!ranking->silent[rule])
			total += ranking->weights[rule].w;
	}
	return total;
}
