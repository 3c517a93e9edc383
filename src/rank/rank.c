/* rank.c - from examined files to suspects in rank order: collecting, adding up, handing out. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/rank.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "rank/clues.h"
#include "rank/level.h"
#include "rank/posterior.h"
#include "rank/score.h"
#include "rank/tree.h"

#define SECONDS_1601 INT64_C(11644473600) /* from 1601 to 1970 */

static bool
allocate(struct ranking *ranking)
{
	const size_t n = ranking->options.n_rules + 1;

	ranking->weights = calloc(n, sizeof *ranking->weights);
	ranking->weak = calloc(n, sizeof *ranking->weak);
	ranking->q = calloc(n, sizeof *ranking->q);
	ranking->q_weak = calloc(n, sizeof *ranking->q_weak);
	ranking->tally.fired = calloc(n, sizeof *ranking->tally.fired);
	ranking->tally.fired_control = calloc(n, sizeof *ranking->tally.fired_control);
	ranking->scratch = calloc(n, sizeof *ranking->scratch);
	ranking->fired = calloc(n, sizeof *ranking->fired);
	ranking->silent = calloc(n, sizeof *ranking->silent);
	ranking->bits = calloc(RECORD_FINDINGS_MAX, sizeof *ranking->bits);
	ranking->terms = calloc(RECORD_FINDINGS_MAX, sizeof *ranking->terms);
	ranking->record = calloc(1, sizeof *ranking->record);
	return ranking->weights && ranking->weak && ranking->q && ranking->q_weak &&
	       ranking->tally.fired && ranking->tally.fired_control && ranking->scratch &&
	       ranking->fired && ranking->silent && ranking->bits && ranking->terms &&
	       ranking->record;
}

static void
weigh_rules(struct ranking *ranking)
{
	const struct ranking_options *options = &ranking->options;

	for (size_t i = 0; i < options->n_rules; i++) {
		const struct rule *rule = options->rules[i];

		ranking->silent[i] = rule->rule_class == RULE_EVIDENCE ||
				     (options->disabled && options->disabled[i]);
		ranking->weights[i] = weight_of(ranking->constants, rule, options->exchange);
		ranking->weak[i] = weight_weak(ranking->constants, rule);
	}
}

struct ranking *
ranking_new(const struct ranking_options *options, struct spill *spill)
{
	struct ranking *ranking = calloc(1, sizeof *ranking);

	if (!ranking) {
		spill_free(spill);
		return NULL;
	}
	ranking->options = *options;
	ranking->spill = spill;
	if (options->n_rules >= FIRED_WEAK || !allocate(ranking)) {
		ranking_free(ranking);
		return NULL;
	}
	ranking->constants = options->constants ? options->constants : constants_default();
	constants_levels(ranking->constants, ranking->level_from);
	weigh_rules(ranking);
	return ranking;
}

/* One to one, and equal hashes do not cancel each other out in a sum. */
static uint64_t
mixed(uint64_t hash)
{
	hash = (hash ^ hash >> 31) * UINT64_C(0x7fb5d329728ea185);
	return hash ^ hash >> 27;
}

/* A file at which the worker died was not examined to its end, but the death is evidence of its
 * own: it has findings, so it has a score. */
static void
take_record(struct ranking *ranking, const struct record *record, struct ranked *file,
    struct entry_head *head)
{
	file->has_score = record->status != STATUS_FAILED || record->n_findings > 0;
	file->in_manifest = record->status != STATUS_FAILED;
	memcpy(head->sha256, record->sha256, sizeof head->sha256);
	head->body = record->body_hash;
	head->message_id = record->message_id_hash;
	head->n_fired =
	    score_fired(record, ranking->options.n_rules, ranking->silent, ranking->scratch);
	ranking->content_mix += mixed(record->body_hash);
	if (record->filetime != 0)
		head->received = (int64_t)(record->filetime / 10000000) - SECONDS_1601;
	if (record->n_findings_total > record->n_findings)
		ranking->findings_cut++;
	/* The size is the worker's word: a sum that would wrap stays at its most. */
	if (file->in_manifest &&
	    __builtin_add_overflow(ranking->bytes, record->file_size, &ranking->bytes))
		ranking->bytes = UINT64_MAX;
}

bool
ranking_add(struct ranking *ranking, const struct ranked_file *met, const struct record *record)
{
	struct tree *tree = &ranking->tree;
	struct ranked file = {
		.folder = (uint8_t)met->folder,
		.level = LEVEL_UNKNOWN,
		.direction = (unsigned)met->direction & 15u,
		.status = (unsigned)met->status & 15u,
		.has_score = met->status == STATUS_MISSING,
	};
	struct entry entry = {
		.path = met->path,
		.reason = met->reason,
		.fired = ranking->scratch,
		.head = { .size = met->size,
		    .modified = met->has_stat ? met->mtime_sec : NO_TIME,
		    .received = NO_TIME,
		    .has_stat = met->has_stat,
		    .foreign_name = met->foreign_name },
	};
	const size_t count = (size_t)tree->n_files + 1;

	if (count > UINT32_MAX)
		return errno = EOVERFLOW, false;
	if (*met->reason == '\0' && met->status == STATUS_MISSING)
		entry.reason = "recover from the source";
	if (!tree_root(tree, met->root, &entry.head.root) ||
	    !array_grow(&tree->files, &tree->files_room, count, sizeof file))
		return false;
	if (record)
		take_record(ranking, record, &file, &entry.head);
	if (!entry_add(ranking, &entry, record, &file.entry))
		return false;
	tree->files[tree->n_files++] = file;
	return true;
}

static void
find_posterior(struct ranking *ranking, double sum, struct summary *summary)
{
	const struct constants *constants = ranking->constants;
	struct posterior posterior;

	summary->arithmetic = (struct arithmetic){
		.n_scored = ranking->tally.n_scored,
		.n_hypotheses = ranking->tally.n_scored + ranking->tally.n_missing,
		.w_unknown = constants->w_unknown,
		.total_weight = score_total_weight(ranking),
		.prior = posterior_prior(constants->h,
		    level_ratio(clues_rule_outs(ranking, summary)), constants->h_most),
		.h = constants->h,
		.h_most = constants->h_most,
		.cap_minor = constants->cap_minor,
		.cap_archive = constants->cap_archive,
		.clues_most = constants->clues_most,
	};
	posterior = posterior_of(summary->arithmetic.n_hypotheses, sum,
	    summary->arithmetic.total_weight, summary->arithmetic.prior);
	ranking->posterior_scale = posterior.scale;
	summary->not_in_tree = posterior.not_in_tree;
}

static void
count_all(const struct ranking *ranking, struct summary *summary)
{
	memset(summary->by_status, 0, sizeof summary->by_status);
	memset(summary->by_level, 0, sizeof summary->by_level);
	for (uint32_t i = 0; i < ranking->tree.n_files; i++) {
		summary->by_status[ranking->tree.files[i].status]++;
		summary->by_level[ranking->tree.files[i].level]++;
	}
	summary->seen = ranking->tree.n_files - summary->by_status[STATUS_MISSING];
	summary->clues = ranking->clues.n_entries;
	summary->bytes = ranking->bytes;
	summary->findings_cut = ranking->findings_cut;
	summary->content_mix = ranking->content_mix;
}

void
ranking_crashes(struct ranking *ranking, const int64_t *utc, size_t count, uint64_t left_out)
{
	struct tree *tree = &ranking->tree;
	const size_t kept = count < PICTURE_CRASHES ? count : PICTURE_CRASHES;

	if (kept > 0)
		memcpy(tree->crashes, utc + (count - kept), kept * sizeof *utc);
	tree->n_crashes = (uint32_t)kept;
	tree->n_crashes_total = count + left_out;
}

void
ranking_clock(struct ranking *ranking, int32_t seconds)
{
	ranking->tree.has_clock = true;
	ranking->tree.clock = seconds;
}

bool
ranking_finish(struct ranking *ranking, struct summary *summary)
{
	double sum;

	if (!clues_settle(ranking) || !tally_count(ranking))
		return false;
	score_settle_q(ranking);
	if (!order_find(ranking, &sum))
		return false;
	find_posterior(ranking, sum, summary);
	count_all(ranking, summary);
	return picture_count(ranking, &summary->picture) &&
	       manifest_digest(ranking, summary->manifest);
}

bool
ranking_each(struct ranking *ranking,
    bool (*visit)(void *context, uint64_t number, const struct suspect *suspect), void *context)
{
	struct suspect suspect;
	struct entry entry;

	for (uint32_t i = 0; i < ranking->tree.n_files; i++) {
		if (!entry_read(ranking, i, &entry) || !entry_show(ranking, i, &entry, &suspect))
			return false;
		suspect.level = LEVEL_UNKNOWN;
		if (!visit(context, i, &suspect))
			return true;
	}
	return true;
}

/* Another file with the same message; its path is kept, since the next entry ends this one. */
static bool
show_twin(struct ranking *ranking, uint32_t number, struct suspect *suspect)
{
	const struct group *group = tree_group(&ranking->tree, number);
	struct entry entry;

	if (!group)
		return true;
	if (!entry_read(ranking, group->first == number ? group->second : group->first, &entry) ||
	    !array_grow(&ranking->twin, &ranking->twin_room, entry.path.len, 1))
		return false;
	if (entry.path.len > 0)
		memcpy(ranking->twin, entry.path.data, entry.path.len);
	suspect->n_twins = group->n_files - 1;
	suspect->twin_root = tree_root_name(&ranking->tree, entry.head.root);
	suspect->twin = slice_of(ranking->twin, entry.path.len);
	return true;
}

/* All that ranking_walk() tells beside what the entry holds. */
static bool
fill_suspect(struct ranking *ranking, uint32_t number, struct suspect *suspect)
{
	struct ranked *file = &ranking->tree.files[number];
	struct suspect twin = { .n_twins = 0 };
	struct entry entry;

	/* The clues and the twin first: reading them ends what the spill lends. */
	if (!clues_read(ranking, number) || !show_twin(ranking, number, &twin) ||
	    !entry_read(ranking, number, &entry) || !entry_show(ranking, number, &entry, suspect))
		return false;
	clues_show(ranking, number, suspect);
	suspect->level = (enum level)file->level;
	suspect->level_from = ranking->level_from;
	suspect->has_score = file->has_score;
	if (file->has_score) {
		suspect->probability =
		    score_file(ranking, file, &entry, clues_of(ranking, number)) *
		    ranking->posterior_scale;
		suspect->score = file->score;
	}
	suspect->finding_bits = ranking->bits;
	suspect->finding_terms = ranking->terms;
	suspect->n_twins = twin.n_twins;
	suspect->twin_root = twin.twin_root;
	suspect->twin = twin.twin;
	for (uint32_t k = 0; suspect->record && k < suspect->record->n_findings; k++)
		ranking->bits[k] = score_finding_bits(
		    ranking, file, &suspect->record->findings[k], &ranking->terms[k]);
	return true;
}

bool
ranking_walk(struct ranking *ranking, bool (*visit)(void *context, const struct suspect *suspect),
    void *context)
{
	struct suspect suspect;

	for (uint32_t i = 0; i < ranking->tree.n_files; i++) {
		if (!fill_suspect(ranking, ranking->order[i], &suspect))
			return false;
		suspect.rank = (uint64_t)i + 1;
		if (!visit(context, &suspect))
			return true;
	}
	return true;
}

const char *
ranking_only_root(const struct ranking *ranking)
{
	return ranking->tree.n_roots == 1 ? ranking->tree.roots[0] : NULL;
}

void
ranking_free(struct ranking *ranking)
{
	if (!ranking)
		return;
	tree_free(&ranking->tree);
	free(ranking->weights);
	free(ranking->weak);
	free(ranking->q);
	free(ranking->q_weak);
	free(ranking->tally.fired);
	free(ranking->tally.fired_control);
	free(ranking->order);
	free(ranking->scratch);
	free(ranking->fired);
	free(ranking->twin);
	free(ranking->silent);
	free(ranking->bits);
	free(ranking->terms);
	clues_free(&ranking->clues);
	free(ranking->record);
	spill_free(ranking->spill);
	free(ranking);
}
