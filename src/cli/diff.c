/* diff.c - `imcscan diff`: what changed between two recorded runs. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/census.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/shut.h"
#include "report/escape.h"
#include "report/json.h"

/* What can have become of a file; a file may have several of them. */
enum change {
	CHANGE_GONE,
	CHANGE_NEW,
	CHANGE_MOVED,
	CHANGE_CONTENT,
	CHANGE_LEVEL,
	CHANGE_FINDINGS,
	CHANGE_STATUS,
	CHANGE_COUNT
};

static const char *const change_names[CHANGE_COUNT] = {
	[CHANGE_GONE] = "gone",
	[CHANGE_NEW] = "new",
	[CHANGE_MOVED] = "moved",
	[CHANGE_CONTENT] = "content",
	[CHANGE_LEVEL] = "level",
	[CHANGE_FINDINGS] = "findings",
	[CHANGE_STATUS] = "status",
};

struct comparing {
	bool json;
	uint64_t counts[CHANGE_COUNT];
};

/* ---- as text ---- */

static void
print_name(const struct counted *file)
{
	escape_print(stdout, file->name);
}

/* The rules that only one of them fired, each with the sign. */
static void
print_rules(const struct counted *file, const struct counted *than, char sign)
{
	size_t count;
	const struct rule *const *rules = rules_all(&count);

	for (size_t i = 0, k = 0; i < file->head.n_rules; i++) {
		while (k < than->head.n_rules && than->rules[k] < file->rules[i])
			k++;
		if (k == than->head.n_rules || than->rules[k] != file->rules[i])
			printf(" %c%s", sign, rules[file->rules[i]]->id);
	}
}

static void
print_score(const struct counted *file)
{
	fputs(level_name((enum level)file->head.level), stdout);
	if (file->head.has_score)
		printf(" (%.2f)", (double)file->head.score / 1000);
}

static void
print_change(enum change change, const struct counted *old, const struct counted *new)
{
	printf("%-9s ", change_names[change]);
	print_name(change == CHANGE_NEW ? new : old);
	switch (change) {
	case CHANGE_GONE:
	case CHANGE_NEW:
		fputs("  ", stdout);
		print_score(change == CHANGE_NEW ? new : old);
		break;
	case CHANGE_MOVED:
		fputs(" -> ", stdout);
		print_name(new);
		break;
	case CHANGE_LEVEL:
		fputs("  ", stdout);
		print_score(old);
		fputs(" -> ", stdout);
		print_score(new);
		break;
	case CHANGE_FINDINGS:
		print_rules(new, old, '+');
		print_rules(old, new, '-');
		break;
	case CHANGE_STATUS:
	case CHANGE_CONTENT:
	case CHANGE_COUNT:
		break;
	}
	putchar('\n');
}

/* ---- as JSON ---- */

static json_t *
rules_of(const struct counted *file, const struct counted *than)
{
	size_t count;
	const struct rule *const *rules = rules_all(&count);
	json_t *list = json_array();

	for (size_t i = 0, k = 0; i < file->head.n_rules; i++) {
		while (k < than->head.n_rules && than->rules[k] < file->rules[i])
			k++;
		if (k == than->head.n_rules || than->rules[k] != file->rules[i])
			json_array_append_new(list, json_string(rules[file->rules[i]]->id));
	}
	return list;
}

static void
put_score(json_t *object, const char *key, const char *score, const struct counted *file)
{
	json_put_text(object, key, level_name((enum level)file->head.level));
	if (file->head.has_score)
		json_put_milli(object, score, file->head.score);
}

static void
put_change(enum change change, const struct counted *old, const struct counted *new)
{
	const bool levels = change != CHANGE_FINDINGS && change != CHANGE_CONTENT;
	const struct counted *named = new ? new : old;
	json_t *object;

	if (!named)
		return;
	object = json_object();
	json_put_text(object, "type", "change");
	json_put_text(object, "change", change_names[change]);
	json_put_bytes(object, "path", named->name);
	if (change == CHANGE_MOVED && old)
		json_put_bytes(object, "from", old->name);
	if (levels && old)
		put_score(object, "old_level", "old_score", old);
	if (levels && new)
		put_score(object, "new_level", "new_score", new);
	if (change == CHANGE_FINDINGS) {
		json_object_set_new(object, "added", rules_of(new, old));
		json_object_set_new(object, "removed", rules_of(old, new));
	}
	json_line(stdout, object);
}

/* ---- comparing ---- */

static void
tell(struct comparing *comparing, enum change change, const struct counted *old,
    const struct counted *new)
{
	comparing->counts[change]++;
	if (comparing->json)
		put_change(change, old, new);
	else
		print_change(change, old, new);
}

static void
compare(void *context, const struct counted *old, const struct counted *new)
{
	struct comparing *comparing = context;

	if (!old || !new) {
		tell(comparing, old ? CHANGE_GONE : CHANGE_NEW, old, new);
		return;
	}
	if (!slice_same(old->name, new->name))
		tell(comparing, CHANGE_MOVED, old, new);
	if (!counted_same_content(old, new))
		tell(comparing, CHANGE_CONTENT, old, new);
	if (old->head.status != new->head.status)
		tell(comparing, CHANGE_STATUS, old, new);
	if (old->head.level != new->head.level)
		tell(comparing, CHANGE_LEVEL, old, new);
	if (!counted_same_rules(old, new))
		tell(comparing, CHANGE_FINDINGS, old, new);
}

static void
sum_up(const struct comparing *comparing, const struct census *old, const struct census *new)
{
	json_t *object;

	if (!comparing->json) {
		printf("%" PRIu64 " files before, %" PRIu64 " now:", old->count, new->count);
		for (int i = 0; i < CHANGE_COUNT; i++)
			printf("%s %" PRIu64 " %s", i ? "," : "", comparing->counts[i],
			    change_names[i]);
		putchar('\n');
		return;
	}
	object = json_object();
	json_put_text(object, "type", "summary");
	json_put_number(object, "old_files", old->count);
	json_put_number(object, "new_files", new->count);
	for (int i = 0; i < CHANGE_COUNT; i++)
		json_put_number(object, change_names[i], comparing->counts[i]);
	json_line(stdout, object);
}

/* Files of the old run by name, then what is new. */
static int
compare_all(const struct options *options, struct census *old, struct census *new)
{
	struct comparing comparing = {
		.json = options->format && strcmp(options->format, "jsonl") == 0,
	};
	uint64_t changes = 0;

	if (!census_compare(old, new, compare, &comparing))
		return EXIT_TROUBLE;
	sum_up(&comparing, old, new);
	for (int i = 0; i < CHANGE_COUNT; i++)
		changes += comparing.counts[i];
	return say_written(changes > 0 ? EXIT_SUSPECTS : EXIT_QUIET);
}

int
cmd_diff(const struct options *options)
{
	struct census old = { .count = 0 }, new = { .count = 0 };
	int status = EXIT_TROUBLE;

	if (options->n_paths != 2)
		return say_usage(options->name, options->name, "diff takes an OLD and a NEW case");
	if (shut_cases(options, false) && census_take(&old, options->paths[0]) &&
	    census_take(&new, options->paths[1]))
		status = compare_all(options, &old, &new);
	census_free(&old);
	census_free(&new);
	return status;
}
