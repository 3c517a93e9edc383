/* census.c - the files of a case in memory, and which of two runs are the same. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/census.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "cli/say.h"

struct slice
counted_name(const struct counted *file)
{
	return slice_of(file->name, file->name_len);
}

static int
compare_numbers(const void *a, const void *b)
{
	const uint16_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static bool
keep_rules(struct counted *file, const struct record *record)
{
	const size_t count = record ? record->n_findings : 0;

	file->rules = calloc(count + 1, sizeof *file->rules);
	if (!file->rules)
		return false;
	for (size_t i = 0; i < count; i++)
		file->rules[i] = record->findings[i].rule;
	qsort(file->rules, count, sizeof *file->rules, compare_numbers);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || file->rules[i] != file->rules[i - 1])
			file->rules[file->n_rules++] = file->rules[i];
	}
	return true;
}

static bool
keep_name(struct counted *file, const struct suspect *suspect)
{
	const size_t root = strlen(suspect->root);

	file->name_len = root + (root > 0) + suspect->path.len;
	file->name = malloc(file->name_len + 1);
	if (!file->name)
		return false;
	memcpy(file->name, suspect->root, root);
	if (root > 0)
		file->name[root] = '/';
	if (suspect->path.len > 0)
		memcpy(file->name + root + (root > 0), suspect->path.data, suspect->path.len);
	return true;
}

static bool
take(void *context, const struct suspect *suspect)
{
	struct census *census = context;
	struct counted *file;

	if (!array_grow(&census->files, &census->room, census->count + 1, sizeof *census->files))
		return false;
	file = &census->files[census->count++];
	*file = (struct counted){
		.status = suspect->status,
		.level = suspect->level,
		.score = suspect->score,
		.has_score = suspect->has_score,
		.has_digest = suspect->record && suspect->record->status != STATUS_FAILED,
	};
	if (file->has_digest)
		memcpy(file->sha256, suspect->record->sha256, sizeof file->sha256);
	return keep_name(file, suspect) && keep_rules(file, suspect->record);
}

static int
compare_names(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;
	const size_t both = x->name_len < y->name_len ? x->name_len : y->name_len;
	const int order = both ? memcmp(x->name, y->name, both) : 0;

	if (order != 0)
		return order;
	return x->name_len < y->name_len ? -1 : x->name_len > y->name_len;
}

bool
census_take(struct census *census, const char *path)
{
	struct recall recall;
	bool good = recall_case(&recall, path, NULL);
	const uint64_t seen = recall.results.summary.seen;

	if (good &&
	    (!ranking_walk(recall.results.ranking, take, census) || census->count != seen)) {
		say_about(path, "cannot be held in memory");
		good = false;
	}
	recall_free(&recall);
	if (good && census->count > 0)
		qsort(census->files, census->count, sizeof *census->files, compare_names);
	return good;
}

static void
match_names(struct census *old, struct census *new)
{
	for (size_t i = 0, k = 0; i < old->count && k < new->count;) {
		const int order = compare_names(&old->files[i], &new->files[k]);

		if (order == 0) {
			old->files[i].other = &new->files[k];
			new->files[k].other = &old->files[i];
		}
		i += order <= 0;
		k += order >= 0;
	}
}

/* By content, then name, so that what is paired does not depend on anything else. */
static int
compare_contents(const void *a, const void *b, void *context)
{
	const struct counted *files = context;
	const struct counted *x = &files[*(const size_t *)a], *y = &files[*(const size_t *)b];
	const int order = memcmp(x->sha256, y->sha256, sizeof x->sha256);

	return order ? order : compare_names(x, y);
}

/* The numbers of files without another, by content; NULL without memory. */
static size_t *
left_over(struct census *census, size_t *count)
{
	size_t *out = calloc(census->count + 1, sizeof *out);

	*count = 0;
	for (size_t i = 0; out && i < census->count; i++) {
		if (!census->files[i].other && census->files[i].has_digest)
			out[(*count)++] = i;
	}
	if (out && *count > 0)
		qsort_r(out, *count, sizeof *out, compare_contents, census->files);
	return out;
}

bool
census_match(struct census *old, struct census *new)
{
	size_t n_gone, n_new, *gone, *come;

	match_names(old, new);
	gone = left_over(old, &n_gone);
	come = left_over(new, &n_new);
	for (size_t i = 0, k = 0; gone && come && i < n_gone && k < n_new;) {
		struct counted *from = &old->files[gone[i]], *to = &new->files[come[k]];
		const int order = memcmp(from->sha256, to->sha256, sizeof from->sha256);

		if (order == 0) {
			from->other = to;
			to->other = from;
		}
		i += order <= 0;
		k += order >= 0;
	}
	free(gone);
	free(come);
	if (!gone || !come)
		say("out of memory");
	return gone && come;
}

void
census_free(struct census *census)
{
	for (size_t i = 0; i < census->count; i++) {
		free(census->files[i].name);
		free(census->files[i].rules);
	}
	free(census->files);
}
