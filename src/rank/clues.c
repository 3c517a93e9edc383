/*
 * clues.c - what logs and other files say of the files of a tree, weighed and brought in order.
 *
 * Clues come in any order: whatever is chosen among them (the one that counts, those that are shown)
 * is chosen by what they say.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/clues.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "rank/clue_order.h"

/* A factor is the row's at most; `--weights` may have changed the row's, and so the clue's. */
static int32_t
factor_of(const struct ranking *ranking, const struct clue *clue)
{
	const struct rule *rule = ranking->options.rules[clue->rule];
	const int32_t counted = constants_factor(ranking->constants, rule, clue->rule);
	const int32_t most = abs(rule->factor);
	int64_t factor = clue->factor;

	if (most == 0)
		return 0;
	if (factor > most)
		factor = most;
	if (factor < -most)
		factor = -most;
	return (int32_t)(factor * abs(counted) / most) * (counted < 0 ? -1 : 1) *
	       (rule->factor < 0 ? -1 : 1);
}

static bool
is_usable(const struct ranking *ranking, const struct clue *clue)
{
	return clue_valid(clue, ranking->options.n_rules) && clue->cause < CAUSE_COUNT &&
	       ranking->options.rules[clue->rule]->rule_class == RULE_EVIDENCE;
}

static bool
is_disabled(const struct ranking *ranking, const struct clue *clue)
{
	return ranking->options.disabled && ranking->options.disabled[clue->rule];
}

/* A copy whose bytes behind the ends of its texts are all 0: it is compared and hashed whole. */
static struct clue
tidy(const struct clue *clue, int32_t factor)
{
	struct clue copy;

	memset(&copy, 0, sizeof copy);
	copy.rule = clue->rule;
	copy.log_len = clue->log_len;
	copy.flags = clue->flags;
	copy.factor = factor;
	copy.cause = clue->cause;
	copy.number = clue->number;
	copy.log_offset = clue->log_offset;
	copy.offset = clue->offset;
	copy.length = clue->length;
	copy.time = clue->time;
	memcpy(copy.log, clue->log, clue->log_len);
	memcpy(copy.detail, clue->detail, strlen(clue->detail));
	memcpy(copy.quote, clue->quote, strlen(clue->quote));
	return copy;
}

bool
ranking_attach(struct ranking *ranking, uint64_t number, const struct clue *clue)
{
	struct clue_index *clues = &ranking->clues;
	struct clue_entry entry = { .file = (uint32_t)number };
	struct clue copy;
	struct slice bytes;

	if (number >= ranking->tree.n_files || !is_usable(ranking, clue))
		return errno = EINVAL, false;
	if (is_disabled(ranking, clue))
		return true;
	if (clues->n_entries >= UINT32_MAX)
		return errno = EOVERFLOW, false;
	copy = tidy(clue, factor_of(ranking, clue));
	bytes = slice_of(&copy, sizeof copy);
	if (!array_grow(
		&clues->entries, &clues->entries_room, clues->n_entries + 1, sizeof entry) ||
	    !spill_add(ranking->spill, &bytes, 1, &entry.entry) ||
	    !picture_time(&ranking->tree.logged, clue->time))
		return false;
	entry.hash = clue_order_hash(bytes);
	entry.factor = copy.factor;
	entry.rule = copy.rule;
	entry.placed = copy.flags & CLUE_PLACED;
	clues->entries[clues->n_entries++] = entry;
	ranking->tree.files[number].clued = true;
	return true;
}

/* ---- weighing ---- */

static int32_t
bounded(const struct ranking *ranking, int64_t millibits)
{
	const int32_t most = constant_millibits(ranking->constants->clues_most);

	return (int32_t)(millibits > most ? most : millibits < -most ? -most : millibits);
}

/* The entries [from, end) are those of one file, sorted by rule and weight. */
static void
weigh_file(struct ranking *ranking, size_t from, size_t end)
{
	struct clue_index *clues = &ranking->clues;
	struct clue_entry *entries = clues->entries;
	struct clued *file = &clues->files[clues->n_files++];
	int64_t sum = 0;

	*file = (struct clued){ .file = entries[from].file, .from = (uint32_t)from };
	file->total = (uint32_t)(end - from);
	file->kept = file->total < RANKING_CLUES_MAX ? file->total : RANKING_CLUES_MAX;
	for (size_t i = from; i < end; i++) {
		entries[i].second = i > from && entries[i - 1].rule == entries[i].rule;
		if (!entries[i].second)
			sum += entries[i].factor;
		file->placed = file->placed || entries[i].placed;
	}
	file->bits = bounded(ranking, sum);
	qsort(entries + from, end - from, sizeof *entries, clue_order_shown);
}

bool
clues_settle(struct ranking *ranking)
{
	struct clue_index *clues = &ranking->clues;
	size_t from = 0, n_files = 0;

	if (clues->n_entries == 0)
		return true;
	qsort(clues->entries, clues->n_entries, sizeof *clues->entries, clue_order_weighed);
	for (size_t i = 0; i < clues->n_entries; i++)
		n_files += i == 0 || clues->entries[i].file != clues->entries[i - 1].file;
	clues->files = calloc(n_files, sizeof *clues->files);
	clues->shown = calloc(RANKING_CLUES_MAX, sizeof *clues->shown);
	if (!clues->files || !clues->shown)
		return false;
	for (size_t i = 1; i <= clues->n_entries; i++) {
		if (i < clues->n_entries && clues->entries[i].file == clues->entries[from].file)
			continue;
		weigh_file(ranking, from, i);
		from = i;
	}
	return true;
}

static int
compare_file(const void *key, const void *item)
{
	const uint32_t *file = key;
	const struct clued *clued = item;

	return *file < clued->file ? -1 : *file > clued->file;
}

const struct clued *
clues_of(const struct ranking *ranking, uint32_t file)
{
	const struct clue_index *clues = &ranking->clues;

	if (clues->n_files == 0 || !ranking->tree.files[file].clued)
		return NULL;
	return bsearch(&file, clues->files, clues->n_files, sizeof *clues->files, compare_file);
}

/* ---- handing out ---- */

/* Sorted by rule: the first of each is the one that counts. */
static void
silence_seconds(struct clue *clues, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		if (clues[i].rule == clues[i - 1].rule)
			clues[i].factor = 0;
	}
}

bool
clues_read(struct ranking *ranking, uint32_t file)
{
	const struct clued *clued = clues_of(ranking, file);
	struct clue_index *clues = &ranking->clues;

	for (uint32_t i = 0; clued && i < clued->kept; i++) {
		struct slice bytes;

		if (!spill_get(ranking->spill, clues->entries[clued->from + i].entry, &bytes))
			return false;
		if (bytes.len != sizeof clues->shown[i])
			return errno = EIO, false;
		memcpy(&clues->shown[i], bytes.data, bytes.len);
		/* Only our own process writes the spill, but a bad disk may give back anything. */
		if (!clue_valid(&clues->shown[i], ranking->options.n_rules))
			return errno = EIO, false;
	}
	if (!clued)
		return true;
	qsort(clues->shown, clued->kept, sizeof *clues->shown, clue_order_of_rule);
	silence_seconds(clues->shown, clued->kept);
	qsort(clues->shown, clued->kept, sizeof *clues->shown, clue_order_counted);
	return true;
}

void
clues_show(const struct ranking *ranking, uint32_t file, struct suspect *suspect)
{
	const struct clued *clued = clues_of(ranking, file);

	if (!clued)
		return;
	suspect->clues = ranking->clues.shown;
	suspect->n_clues = clued->kept;
	suspect->n_clues_total = clued->total;
	suspect->clue_bits = clued->bits;
}

void
clues_free(struct clue_index *clues)
{
	free(clues->entries);
	free(clues->files);
	free(clues->shown);
	free(clues->rule_outs);
}

/* ---- causes that are no message ---- */

/* The weightiest of each cause stay, in the order of their weight. */
static void
keep_rule_out(struct clue *of_cause, uint8_t *count, const struct clue *clue)
{
	uint8_t at = *count;

	while (at > 0 && clue_order_counted(clue, &of_cause[at - 1]) < 0) {
		if (at < RULE_OUTS_EACH)
			of_cause[at] = of_cause[at - 1];
		at--;
	}
	if (at == RULE_OUTS_EACH)
		return;
	of_cause[at] = *clue;
	if (*count < RULE_OUTS_EACH)
		(*count)++;
}

bool
ranking_rule_out(struct ranking *ranking, const struct clue *clue)
{
	struct clue_index *clues = &ranking->clues;
	struct clue copy;

	if (!is_usable(ranking, clue))
		return errno = EINVAL, false;
	if (is_disabled(ranking, clue))
		return true;
	if (!clues->rule_outs)
		clues->rule_outs =
		    calloc((size_t)CAUSE_COUNT * RULE_OUTS_EACH, sizeof *clues->rule_outs);
	if (!clues->rule_outs)
		return false;
	copy = tidy(clue, factor_of(ranking, clue));
	keep_rule_out(&clues->rule_outs[(size_t)copy.cause * RULE_OUTS_EACH],
	    &clues->n_of_cause[copy.cause], &copy);
	return true;
}

int32_t
clues_rule_outs(struct ranking *ranking, struct summary *summary)
{
	struct clue_index *clues = &ranking->clues;
	uint32_t count = 0;
	int64_t sum = 0;

	for (uint32_t cause = 0; clues->rule_outs && cause < CAUSE_COUNT; cause++) {
		for (uint32_t i = 0; i < clues->n_of_cause[cause]; i++) {
			struct clue *clue = &clues->rule_outs[count++];

			*clue = clues->rule_outs[cause * RULE_OUTS_EACH + i];
			if (i > 0)
				clue->factor = 0;
			sum += clue->factor;
		}
	}
	if (count > 0)
		qsort(clues->rule_outs, count, sizeof *clues->rule_outs, clue_order_counted);
	summary->rule_outs = clues->rule_outs;
	summary->n_rule_outs = count;
	return bounded(ranking, sum);
}
