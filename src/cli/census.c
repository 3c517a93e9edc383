/*
 * census.c - the files of two runs in order, and which of them are the same.
 *
 * Both runs are read by name, side by side. What only one has is sorted by content and read side by
 * side once more. What is then to be told is brought into the order of the old names.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/census.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/recall.h"
#include "cli/say.h"

/* ---- items: head, rules, name ---- */

/* Fill *file from the item, which is ours; it borrows the name. The bytes that it took. */
static size_t
unpack(struct slice item, struct counted *file)
{
	size_t at = sizeof file->head;

	memcpy(&file->head, item.data, at);
	memcpy(file->rules, item.data + at, file->head.n_rules * sizeof *file->rules);
	at += file->head.n_rules * sizeof *file->rules;
	file->name = slice_cut(item, at, file->head.name_len);
	return at + file->head.name_len;
}

static void
pack(const struct counted *file, struct slice pieces[3])
{
	pieces[0] = slice_of(&file->head, sizeof file->head);
	pieces[1] = slice_of(file->rules, file->head.n_rules * sizeof *file->rules);
	pieces[2] = file->name;
}

static struct slice
name_of(struct slice item, struct counted_head *head)
{
	memcpy(head, item.data, sizeof *head);
	return slice_cut(item, sizeof *head + head->n_rules * sizeof(uint16_t), head->name_len);
}

static int
compare_slices(struct slice x, struct slice y)
{
	const size_t both = x.len < y.len ? x.len : y.len;
	const int order = both ? memcmp(x.data, y.data, both) : 0;

	if (order != 0)
		return order;
	return x.len < y.len ? -1 : x.len > y.len;
}

/* Of two files of one name (a path that was given twice) the content decides. */
static int
compare_names(const void *context, struct slice a, struct slice b)
{
	struct counted_head x, y;
	const int order = compare_slices(name_of(a, &x), name_of(b, &y));

	(void)context;
	return order ? order : memcmp(x.sha256, y.sha256, sizeof x.sha256);
}

/* By content, then name, so that what is paired does not depend on anything else. */
static int
compare_contents(const void *context, struct slice a, struct slice b)
{
	struct counted_head x, y;
	const struct slice left = name_of(a, &x), right = name_of(b, &y);
	const int order = memcmp(x.sha256, y.sha256, sizeof x.sha256);

	(void)context;
	return order ? order : compare_slices(left, right);
}

/* ---- the files of a case ---- */

static int
compare_numbers(const void *a, const void *b)
{
	const uint16_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void
take_rules(struct counted *file, const struct record *record)
{
	const uint32_t count = record ? record->n_findings : 0;

	for (uint32_t i = 0; i < count; i++)
		file->rules[i] = record->findings[i].rule;
	qsort(file->rules, count, sizeof *file->rules, compare_numbers);
	for (uint32_t i = 0; i < count; i++) {
		if (i == 0 || file->rules[i] != file->rules[i - 1])
			file->rules[file->head.n_rules++] = file->rules[i];
	}
}

static bool
take(void *context, const struct suspect *suspect)
{
	struct census *census = context;
	const size_t root = strlen(suspect->root);
	struct counted file = { .head = { .status = (uint8_t)suspect->status,
				    .level = (uint8_t)suspect->level,
				    .score = suspect->score,
				    .has_score = suspect->has_score } };
	struct slice pieces[5];

	file.head.name_len = (uint32_t)(root + (root > 0) + suspect->path.len);
	file.head.has_digest = suspect->record && suspect->record->status != STATUS_FAILED;
	if (file.head.has_digest)
		memcpy(file.head.sha256, suspect->record->sha256, sizeof file.head.sha256);
	take_rules(&file, suspect->record);
	pack(&file, pieces);
	pieces[2] = slice_of(suspect->root, root);
	pieces[3] = slice_of("/", root > 0);
	pieces[4] = suspect->path;
	if (!sorter_add(census->files, pieces, 5))
		return false;
	census->count++;
	return true;
}

static bool
cannot(void)
{
	say("cannot compare in a temporary file: %s", strerror(errno));
	return false;
}

bool
census_take(struct census *census, const char *path)
{
	struct recall recall;
	bool good = recall_case(&recall, path, NULL);

	if (good) {
		const struct summary *summary = &recall.results.summary;

		census->spill = results_spill(&recall.results);
		census->files = census->spill
				    ? sorter_new(census->spill, SORTER_MEMORY, compare_names, NULL)
				    : NULL;
		good = census->files && ranking_walk(recall.results.ranking, take, census) &&
		       census->count == summary->seen + summary->by_status[STATUS_MISSING];
		if (!good)
			(void)cannot();
	}
	recall_free(&recall);
	return good;
}

void
census_free(struct census *census)
{
	sorter_free(census->files);
	spill_free(census->spill);
}

/* ---- comparing ---- */

bool
counted_same_rules(const struct counted *old, const struct counted *new)
{
	return old->head.n_rules ==
	       new->head.n_rules &&memcmp(
		   old->rules, new->rules, old->head.n_rules * sizeof *old->rules) == 0;
}

bool
counted_same_content(const struct counted *old, const struct counted *new)
{
	return !old->head.has_digest || !new->head.has_digest ||
	       memcmp(old->head.sha256, new->head.sha256, sizeof old->head.sha256) == 0;
}

bool
census_same(const struct counted *old, const struct counted *new)
{
	return old->head.status == new->head.status &&
	       old->head.level == new->head.level &&slice_same(old->name, new->name) &&
	       counted_same_content(old, new) && counted_same_rules(old, new);
}

/* The files of one side, one at a time; `more` as sorter_next() has it. */
struct side {
	struct sorter *sorter;
	struct slice item;
	struct counted file;
	int more;
};

static void
step(struct side *side)
{
	side->more = sorter_next(side->sorter, &side->item);
	if (side->more > 0)
		(void)unpack(side->item, &side->file);
}

struct comparing {
	struct side old, new;
	struct sorter *left_old, *left_new; /* by content */
	struct sorter *told;                /* in the order of telling */
};

/* What is told: an item of each side that is there, the old one first. */
struct telling {
	uint32_t old_len, new_len; /* bytes of the items, 0: none */
};

static struct slice
told_name(struct slice item, bool *is_new)
{
	struct telling telling;
	struct counted_head head;

	memcpy(&telling, item.data, sizeof telling);
	*is_new = telling.old_len == 0;
	return name_of(slice_from(item, sizeof telling), &head);
}

static int
compare_told(const void *context, struct slice a, struct slice b)
{
	bool x, y;
	const struct slice left = told_name(a, &x), right = told_name(b, &y);

	(void)context;
	if (x != y)
		return x ? 1 : -1;
	return compare_slices(left, right);
}

static bool
tell(struct comparing *comparing, const struct counted *old, const struct counted *new)
{
	struct slice pieces[7];
	struct telling telling = { 0, 0 };
	size_t n = 1;

	if (old && new &&census_same(old, new))
		return true;
	pieces[0] = slice_of(&telling, sizeof telling);
	if (old) {
		pack(old, pieces + n);
		n += 3;
		telling.old_len = (uint32_t)(pieces[1].len + pieces[2].len + pieces[3].len);
	}
	if (new) {
		pack(new, pieces + n);
		n += 3;
		telling.new_len =
		    (uint32_t)(pieces[n - 3].len + pieces[n - 2].len + pieces[n - 1].len);
	}
	return sorter_add(comparing->told, pieces, n);
}

/* Without a digest nothing can be found again under another name. */
static bool
leave(struct comparing *comparing, const struct side *side)
{
	const bool is_old = side == &comparing->old;

	if (!side->file.head.has_digest)
		return tell(comparing, is_old ? &side->file : NULL, is_old ? NULL : &side->file);
	return sorter_add(is_old ? comparing->left_old : comparing->left_new, &side->item, 1);
}

/* Read both sides; what one alone has goes to `alone`. */
static bool
read_both(struct comparing *comparing, struct sorter *old, struct sorter *new,
    int (*compare)(const struct counted *old, const struct counted *new),
    bool (*alone)(struct comparing *comparing, const struct side *side))
{
	struct side *x = &comparing->old, *y = &comparing->new;
	bool good = true;

	x->sorter = old;
	y->sorter = new;
	step(x);
	step(y);
	while (good && x->more >= 0 && y->more >= 0 && (x->more > 0 || y->more > 0)) {
		const int order = x->more == 0   ? 1
				  : y->more == 0 ? -1
						 : compare(&x->file, &y->file);

		if (order == 0)
			good = tell(comparing, &x->file, &y->file);
		else
			good = alone(comparing, order < 0 ? x : y);
		if (order <= 0)
			step(x);
		if (order >= 0)
			step(y);
	}
	return good && x->more == 0 && y->more == 0;
}

static int
by_name(const struct counted *old, const struct counted *new)
{
	return compare_slices(old->name, new->name);
}

static int
by_content(const struct counted *old, const struct counted *new)
{
	return memcmp(old->head.sha256, new->head.sha256, sizeof old->head.sha256);
}

static bool
tell_alone(struct comparing *comparing, const struct side *side)
{
	const bool is_old = side == &comparing->old;

	return tell(comparing, is_old ? &side->file : NULL, is_old ? NULL : &side->file);
}

static bool
visit_all(struct comparing *comparing,
    void (*visit)(void *context, const struct counted *old, const struct counted *new),
    void *context)
{
	struct counted *old = &comparing->old.file, *new = &comparing->new.file;
	struct slice item;
	int more;

	while ((more = sorter_next(comparing->told, &item)) > 0) {
		struct telling telling;
		struct slice rest = slice_from(item, sizeof telling);

		memcpy(&telling, item.data, sizeof telling);
		if (telling.old_len > 0)
			rest = slice_from(rest, unpack(rest, old));
		if (telling.new_len > 0)
			(void)unpack(rest, new);
		visit(context, telling.old_len ? old : NULL, telling.new_len ? new : NULL);
	}
	return more == 0;
}

bool
census_compare(struct census *old, struct census *new,
    void (*visit)(void *context, const struct counted *old, const struct counted *new),
    void *context)
{
	struct comparing *comparing = calloc(1, sizeof *comparing);
	bool good = comparing != NULL;

	if (good) {
		comparing->left_old = sorter_new(old->spill, SORTER_MEMORY, compare_contents, NULL);
		comparing->left_new = sorter_new(old->spill, SORTER_MEMORY, compare_contents, NULL);
		comparing->told = sorter_new(old->spill, SORTER_MEMORY, compare_told, NULL);
		good = comparing->left_old && comparing->left_new && comparing->told &&
		       read_both(comparing, old->files, new->files, by_name, leave) &&
		       read_both(comparing, comparing->left_old, comparing->left_new, by_content,
			   tell_alone) &&
		       visit_all(comparing, visit, context);
		sorter_free(comparing->left_old);
		sorter_free(comparing->left_new);
		sorter_free(comparing->told);
	}
	free(comparing);
	return good || cannot();
}
