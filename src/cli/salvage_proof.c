/* salvage_proof.c - whether a new mail is what may be handed over. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/salvage_proof.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/weights.h"

#define READERS_DIFFER "readings-differ"
#define COUNTS_FROM (-5000) /* millibits: what adds less is an oddity */

struct verdict {
	const struct record *record;
	enum level level;
	bool differs; /* two readers read it in two ways */
	int32_t bits[RECORD_FINDINGS_MAX];
};

static bool
take(void *context, const struct suspect *suspect)
{
	struct verdict *verdict = context;

	verdict->level = suspect->level;
	for (uint32_t i = 0; i < verdict->record->n_findings; i++)
		verdict->bits[i] = suspect->finding_bits ? suspect->finding_bits[i] : INT32_MIN;
	return true;
}

/* Of a tree of this one file. False without memory. */
static bool
rank_alone(const struct salvager *salvager, const struct ranked_file *file, struct verdict *verdict)
{
	struct ranking_options options = {
		.exchange = RELEASE_UNKNOWN,
		.disabled = salvager->options->disabled,
		.constants = weights_constants(salvager->options->weights),
	};
	struct spill *spill = spill_new(NULL);
	struct summary summary = { 0 };
	struct ranking *ranking = NULL;
	bool good;

	options.rules = rules_all(&options.n_rules);
	if (spill)
		ranking = ranking_new(&options, spill);
	good = ranking && ranking_add(ranking, file, verdict->record) &&
	       ranking_finish(ranking, &summary) && ranking_walk(ranking, take, verdict);
	ranking_free(ranking);
	return good;
}

static const char *
rule_of(const struct record *record, uint32_t index)
{
	size_t n_rules;
	const struct rule *const *rules = rules_all(&n_rules);
	const uint16_t rule = record->findings[index].rule;

	return rule < n_rules ? rules[rule]->id : "";
}

static bool
judge(struct salvager *salvager, int fd, enum folder folder, uint64_t size, struct record *record,
    struct verdict *verdict)
{
	const struct ranked_file file = { .root = "",
		.path = slice_str("new"),
		.folder = folder,
		.status = STATUS_EXAMINED,
		.reason = "",
		.has_stat = true,
		.size = size };

	*verdict = (struct verdict){ .record = record };
	if (!salvager_examine(salvager, fd, &file, record))
		return false;
	if (!rank_alone(salvager, &file, verdict)) {
		snprintf(salvager->why, sizeof salvager->why, "%s", strerror(errno));
		return false;
	}
	for (uint32_t i = 0; i < record->n_findings; i++)
		verdict->differs |= strcmp(rule_of(record, i), READERS_DIFFER) == 0;
	return true;
}

static bool
is_clean(const struct verdict *verdict)
{
	return verdict->record->status == STATUS_EXAMINED && verdict->level == LEVEL_CLEAN &&
	       !verdict->differs &&
	       verdict->record->n_findings_total == verdict->record->n_findings;
}

bool
salvage_is_clean(
    struct salvager *salvager, int fd, enum folder folder, uint64_t size, struct record *record)
{
	struct verdict verdict;

	if (!judge(salvager, fd, folder, size, record, &verdict))
		return false;
	if (is_clean(&verdict))
		return true;
	snprintf(salvager->why, sizeof salvager->why, "it is not clean: %s",
	    record->n_findings > 0 ? rule_of(record, 0) : "not examined to its end");
	return false;
}

/* ---- parts ---- */

/* The leaves as written and as read again, one by one. */
static bool
parts_agree(const struct salvage *written, const struct salvage *read)
{
	const struct salvage_row *a = NULL, *b = NULL;

	if (written->n_cut[SALVAGE_PART] > 0 || read->n_cut[SALVAGE_PART] > 0)
		return false;
	do {
		a = salvage_next(written, SALVAGE_PART, a);
		b = salvage_next(read, SALVAGE_PART, b);
		if (a && b &&
		    (a->size != b->size || memcmp(a->sha256, b->sha256, sizeof a->sha256) != 0))
			return false;
	} while (a && b);
	return !a && !b;
}

/* The written leaf that is read as the part of that path. */
static const struct salvage_row *
leaf_of(const struct salvage *written, const struct salvage *read, const char *path)
{
	const struct salvage_row *a = NULL, *b = NULL;

	do {
		a = salvage_next(written, SALVAGE_PART, a);
		b = salvage_next(read, SALVAGE_PART, b);
		if (a && b && slice_eq(salvage_slice(read, b->text[0]), path))
			return a;
	} while (a && b);
	return NULL;
}

static bool
set_bit(uint8_t *bits, unsigned bit)
{
	const uint8_t mask = (uint8_t)(1u << bit % 8);
	const bool was = bits[bit / 8] & mask;

	bits[bit / 8] |= mask;
	return !was;
}

/* As plain bytes first; what is plain bytes already, behind a line of ours. */
static bool
mark(struct salvage_wish *wish, const struct salvage_row *leaf)
{
	const unsigned bit =
	    leaf->number < SALVAGE_WISH_BITS ? leaf->number : SALVAGE_WISH_BITS - 1;

	if (leaf->code == SALVAGE_NOTE || leaf->flags & SALVAGE_SEALED)
		return false;
	if (leaf->code == SALVAGE_STRETCH || leaf->flags & SALVAGE_DEMOTED)
		return set_bit(wish->sealed, bit);
	return set_bit(wish->demoted, bit);
}

/* Rule ids of what counts, for the account. */
static void
blame(struct salvage_one *one, const struct verdict *verdict)
{
	size_t used = 0;

	one->blamed[0] = '\0';
	for (uint32_t i = 0; i < one->proof->n_findings; i++) {
		const char *rule = rule_of(one->proof, i);

		if (verdict->bits[i] <= COUNTS_FROM || strstr(one->blamed, rule) ||
		    used + strlen(rule) + 2 > sizeof one->blamed)
			continue;
		used += (size_t)snprintf(one->blamed + used, sizeof one->blamed - used, "%s%s",
		    used > 0 ? " " : "", rule);
	}
}

/* What no treatment of a single part helps against. */
static bool
is_of_structure(const char *rule)
{
	return strcmp(rule, "attached-message-with-attachments") == 0;
}

static unsigned
mark_all(const struct salvage_one *one, const struct verdict *verdict, struct salvage_wish *wish)
{
	unsigned marked = 0;

	for (uint32_t i = 0; i < one->proof->n_findings; i++) {
		const struct finding *finding = &one->proof->findings[i];
		const struct salvage_row *leaf =
		    leaf_of(one->account, one->inventory, finding->part);

		if (leaf && !is_of_structure(rule_of(one->proof, i)) &&
		    (verdict->bits[i] > COUNTS_FROM ||
			strcmp(rule_of(one->proof, i), READERS_DIFFER) == 0))
			marked += mark(wish, leaf);
	}
	return marked;
}

enum proof
salvage_prove(struct salvage_one *one, struct salvage_wish *wish, unsigned *marked)
{
	const struct salvage_wish again = { .way = SALVAGE_INVENTORY };
	const struct ranked_file file = { .root = "",
		.path = slice_str("new"),
		.folder = FOLDER_OTHER,
		.reason = "",
		.size = one->account->mail_len };
	struct verdict verdict;

	*marked = 0;
	if (!salvager_make(one->salvager, one->mail, &file, &again, one->inventory) ||
	    !judge(one->salvager, one->mail, FOLDER_OTHER, one->account->mail_len, one->proof,
		&verdict))
		return PROOF_NONE;
	if (!parts_agree(one->account, one->inventory))
		return PROOF_PARTS;
	if (is_clean(&verdict))
		return PROOF_HOLDS;
	blame(one, &verdict);
	*marked = mark_all(one, &verdict, wish);
	return PROOF_FINDINGS;
}
