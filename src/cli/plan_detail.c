/* plan_detail.c - one recorded event as JSON, and back. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/plan_detail.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/escape.h"

static json_t *
json_of(struct slice bytes)
{
	char *hex;
	json_t *value;

	if (escape_is_utf8(bytes) &&
	    !memchr(bytes.len ? (const char *)bytes.data : "", 0, bytes.len))
		return json_stringn((const char *)bytes.data, bytes.len);
	hex = malloc(2 * bytes.len + 1);
	if (!hex)
		return NULL;
	escape_hex(bytes, hex);
	value = json_pack("{s:s}", "hex", hex);
	free(hex);
	return value;
}

static json_t *
json_of_file(const struct plan_candidate *file)
{
	if (file->root.len == 0)
		return json_pack("[o]", json_of(file->path));
	return json_pack("[o, o]", json_of(file->root), json_of(file->path));
}

static bool
is_listed(const struct plan_step *step, size_t file, bool holds)
{
	if (!holds)
		return step->in_place[file];
	return !step->in_place[file] && step->state[file] != PLAN_DELIVERED;
}

static json_t *
list_of(const struct plan_case *plan, const struct plan_step *step, bool holds)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->files.n; i++)
		if (is_listed(step, i, holds))
			json_array_append_new(list, json_of_file(&plan->files.list[i]));
	return list;
}

static json_t *
json_of_step(const struct plan_case *plan, const struct plan_step *step)
{
	const struct plan_options *o = &plan->problem.options;
	const bool holds = step->n_hold < step->n_return;
	char says[160];

	snprintf(says, sizeof says, "%zu of %zu messages were put back, %zu kept out",
	    step->n_return, step->n_return + step->n_hold, step->n_hold);
	return json_pack("{s:s, s:s, s:f, s:f, s:f, s:f, s:s, s:o}", "says", says, "goal",
	    plan_goal_name(o->goal), "miss", o->miss, "false_crash", o->false_crash, "crash_cost",
	    o->crash_cost, "culprits", o->culprits, "list", holds ? "hold" : "return", "files",
	    list_of(plan, step, holds));
}

char *
plan_detail_write(const struct plan_case *plan, const struct plan_step *step, size_t confirmed)
{
	json_t *detail = step ? json_of_step(plan, step)
			      : json_pack("{s:s, s:o}", "says", "found to be a culprit", "file",
				    json_of_file(&plan->files.list[confirmed]));
	char *text = detail ? json_dumps(detail, JSON_COMPACT | JSON_REAL_PRECISION(17)) : NULL;

	json_decref(detail);
	return text;
}

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes of a path; *room is malloc'ed and holds them. */
static bool
bytes_of(const json_t *value, char **room, struct slice *out)
{
	const json_t *source = json_is_object(value) ? json_object_get(value, "hex") : value;
	const char *text = json_string_value(source);
	size_t len = text ? json_string_length(source) : 0;

	*room = text ? malloc(len + 1) : NULL;
	if (!*room)
		return false;
	if (source == value) {
		memcpy(*room, text, len);
		*out = slice_of(*room, len);
		return true;
	}
	for (size_t i = 0; i + 1 < len; i += 2) {
		const int high = digit(text[i]), low = digit(text[i + 1]);

		if (high < 0 || low < 0)
			return false;
		(*room)[i / 2] = (char)(high << 4 | low);
	}
	*out = slice_of(*room, len / 2);
	return len % 2 == 0;
}

static int
compare(struct slice a, struct slice b)
{
	const size_t least = a.len < b.len ? a.len : b.len;
	const int order = least > 0 ? memcmp(a.data, b.data, least) : 0;

	return order ? order : a.len < b.len ? -1 : a.len > b.len;
}

/* By root and path, in which order the files stand; n when there is none of that name any more. */
static size_t
find(const struct plan_candidates *files, struct slice root, struct slice path)
{
	size_t low = 0, high = files->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const struct plan_candidate *file = &files->list[middle];
		int order = compare(file->root, root);

		order = order ? order : compare(file->path, path);
		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return files->n;
}

static bool
find_json(const struct plan_candidates *files, const json_t *pair, size_t *file)
{
	const size_t size = json_array_size(pair);
	struct slice root = { NULL, 0 }, path = { NULL, 0 };
	char *rooms[2] = { NULL, NULL };
	bool good = size == 1 || size == 2;

	if (good && size == 2)
		good = bytes_of(json_array_get(pair, 0), &rooms[0], &root);
	good = good && bytes_of(json_array_get(pair, size - 1), &rooms[1], &path);
	if (good)
		*file = find(files, root, path);
	free(rooms[0]);
	free(rooms[1]);
	return good;
}

static bool
read_set(const struct plan_case *plan, const json_t *detail, unsigned char *set)
{
	const char *which = json_string_value(json_object_get(detail, "list"));
	const json_t *list = json_object_get(detail, "files");
	const bool holds = which && strcmp(which, "hold") == 0;
	const size_t n = plan->files.n;

	if (!which || !json_is_array(list) || (!holds && strcmp(which, "return") != 0))
		return false;
	memset(set, holds, n);
	for (size_t i = 0; i < json_array_size(list); i++) {
		size_t file = n;

		if (!find_json(&plan->files, json_array_get(list, i), &file))
			return false;
		if (file < n)
			set[file] = !holds;
	}
	return true;
}

static bool
read_outcome(const char *name, enum plan_outcome *out)
{
	for (int i = PLAN_STABLE; i <= PLAN_CONFIRMED; i++) {
		if (strcmp(name, plan_outcome_name((enum plan_outcome)i)) == 0) {
			*out = (enum plan_outcome)i;
			return true;
		}
	}
	return false;
}

bool
plan_detail_read(const struct plan_case *plan, const struct plan_record *record,
    struct plan_event *event, unsigned char *set)
{
	json_t *detail = json_loads(record->detail, JSON_REJECT_DUPLICATES, NULL);
	bool good = detail && read_outcome(record->outcome, &event->outcome);

	event->file = plan->files.n;
	event->in_place = set;
	if (good && event->outcome == PLAN_CONFIRMED)
		good = find_json(&plan->files, json_object_get(detail, "file"), &event->file);
	else if (good)
		good = read_set(plan, detail, set);
	json_decref(detail);
	return good;
}

static void
take(const json_t *detail, const char *key, double least, double most, double *out)
{
	const json_t *value = json_object_get(detail, key);
	const double number = json_number_value(value);

	if (json_is_number(value) && number >= least && number <= most)
		*out = number;
}

void
plan_detail_options(const struct plan_record *record, struct plan_options *options)
{
	json_t *detail = json_loads(record->detail, 0, NULL);
	const char *goal = json_string_value(json_object_get(detail, "goal"));

	if (goal)
		options->goal = strcmp(goal, "isolate") == 0 ? PLAN_ISOLATE : PLAN_FLOW;
	take(detail, "miss", 0, 0.45, &options->miss);
	take(detail, "false_crash", 0, 0.45, &options->false_crash);
	take(detail, "crash_cost", 1, 100, &options->crash_cost);
	take(detail, "culprits", 1, 1000, &options->culprits);
	json_decref(detail);
}
