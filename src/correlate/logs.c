/* logs.c - all that the logs of a run say, kept compactly until files are joined with it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "correlate/logs.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"

/* One log and the one block of memory that holds its items, names and strings. */
struct kept_log {
	struct log_view view;
	uint64_t job; /* order of logs of one name */
	void *block;
	size_t room;               /* bytes of block */
	char *name;                /* with its root */
	size_t name_len, root_len; /* bytes of it, and of the root; 0: none */
};

struct log_set {
	struct kept_log *logs;
	size_t count, room;
	size_t used; /* bytes of all blocks */
	size_t n_left_out;
	/* The first log that was left out; what comes after it is left out, too. */
	bool has_limit;
	struct kept_log limit; /* its name (owned), kind and job count */
};

struct log_set *
log_set_new(void)
{
	return calloc(1, sizeof(struct log_set));
}

void
log_set_free(struct log_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->count; i++) {
		free(set->logs[i].block);
		free(set->logs[i].name);
	}
	free(set->logs);
	free(set->limit.name);
	free(set);
}

/* ---- order ---- */

static int
compare(struct slice x, struct slice y)
{
	const size_t both = x.len < y.len ? x.len : y.len;
	const int order = both ? memcmp(x.data, y.data, both) : 0;

	if (order)
		return order;
	return x.len < y.len ? -1 : x.len > y.len;
}

/* By the whole name, roots and all, which is the same from the first log to the last. */
static int
by_whole_name(const struct kept_log *a, const struct kept_log *b)
{
	const int order = compare(slice_of(a->name, a->name_len), slice_of(b->name, b->name_len));

	return order ? order : a->job < b->job ? -1 : a->job > b->job;
}

static int
by_name(const void *a, const void *b)
{
	const struct kept_log *x = a, *y = b;
	const int order = compare(x->view.name, y->view.name);

	return order ? order : by_whole_name(x, y);
}

/* What is worth more comes first: of protocol logs there may be thousands. */
static int
by_worth(const void *a, const void *b)
{
	const struct kept_log *x = a, *y = b;
	const bool protocol = x->view.kind == LOG_SMTP;

	if (protocol != (y->view.kind == LOG_SMTP))
		return protocol ? 1 : -1;
	return by_whole_name(x, y);
}

/* ---- leaving out ---- */

static void
leave_out(struct log_set *set, struct kept_log *log)
{
	set->used -= log->room;
	free(log->block);
	log->block = NULL;
	log->room = 0;
	log->view.items = NULL;
	log->view.names = NULL;
	log->view.n_items = log->view.n_names = 0;
	log->view.left_out = true;
	set->n_left_out++;
}

/* From now on what comes after this log is not kept. */
static void
set_limit(struct log_set *set, const struct kept_log *log)
{
	char *name = malloc(log->name_len + 1);

	if (set->has_limit && by_worth(&set->limit, log) <= 0) {
		free(name);
		return;
	}
	if (!name) /* the choice may then depend on the order of adding, no more than that */
		return;
	memcpy(name, log->name, log->name_len);
	free(set->limit.name);
	set->limit = *log;
	set->limit.name = name;
	set->has_limit = true;
}

/* Keep the most worthy logs, as many as fit. What the longest run that fits holds is never left
 * out on the way there, since all that precedes it fits, too: the order of adding does not matter.
 */
static void
cut_back(struct log_set *set)
{
	size_t kept = 0;
	bool full = false;

	if (set->count > 0)
		qsort(set->logs, set->count, sizeof *set->logs, by_worth);
	for (size_t i = 0; i < set->count; i++) {
		struct kept_log *log = &set->logs[i];

		if (!log->block)
			continue;
		if (!full && log->room > LOG_SET_KEPT - kept) {
			full = true;
			set_limit(set, log);
		}
		if (full)
			leave_out(set, log);
		else
			kept += log->room;
	}
}

/* ---- adding ---- */

/* The strings of an item, in the order of log_item.cut. */
static const size_t refs[] = {
	offsetof(struct evidence_item, source),
	offsetof(struct evidence_item, spool),
	offsetof(struct evidence_item, path),
	offsetof(struct evidence_item, sender),
	offsetof(struct evidence_item, recipient),
	offsetof(struct evidence_item, subject),
	offsetof(struct evidence_item, message_id),
	offsetof(struct evidence_item, mts_id),
	offsetof(struct evidence_item, function),
	offsetof(struct evidence_item, bytes),
	offsetof(struct evidence_item, quote),
};

static const size_t slices[] = {
	offsetof(struct log_item, source),
	offsetof(struct log_item, spool),
	offsetof(struct log_item, path),
	offsetof(struct log_item, sender),
	offsetof(struct log_item, recipient),
	offsetof(struct log_item, subject),
	offsetof(struct log_item, message_id),
	offsetof(struct log_item, mts_id),
	offsetof(struct log_item, function),
	offsetof(struct log_item, bytes),
	offsetof(struct log_item, quote),
};

#define N_STRINGS (sizeof refs / sizeof refs[0])
_Static_assert(N_STRINGS == sizeof slices / sizeof slices[0], "each string has its slice");

/* Copy the text of an item to *text, which moves behind it, and point into the copy. */
static void
keep_item(struct log_item *out, const struct evidence_item *item, unsigned char **text)
{
	*out = (struct log_item){
		.kind = (enum evidence_kind)item->kind,
		.zone = (enum evidence_zone)item->zone,
		.time = item->time,
		.other_time = item->other_time,
		.offset = item->offset,
		.number = item->number,
		.event = item->event,
		.code = item->code,
		.address = item->address,
		.n_recipients = item->n_recipients,
		.count = item->count,
		.flags = item->flags,
	};
	memcpy(*text, item->text, item->text_len);
	for (size_t i = 0; i < N_STRINGS; i++) {
		struct evidence_ref ref;
		struct slice string;

		memcpy(&ref, (const char *)item + refs[i], sizeof ref);
		string = slice_of(ref.len ? *text + ref.offset : NULL, ref.len);
		memcpy((char *)out + slices[i], &string, sizeof string);
		out->cut |= (uint32_t)(ref.cut != 0) << i;
	}
	*text += item->text_len;
}

static size_t
room_of(const struct evidence *evidence)
{
	size_t room = evidence->n_items * sizeof(struct log_item) +
		      evidence->n_names * sizeof(struct evidence_name);

	for (uint32_t i = 0; i < evidence->n_items; i++)
		room += evidence->items[i].text_len;
	return room;
}

/* Items, then names, then strings: each aligned, since the sizes of the first two are. */
static bool
keep_items(struct kept_log *log, const struct evidence *evidence)
{
	const size_t n_items = evidence->n_items, n_names = evidence->n_names;
	struct log_item *items;
	struct evidence_name *names;
	unsigned char *text;

	log->room = room_of(evidence);
	if (log->room == 0)
		return true;
	log->block = items = malloc(log->room);
	if (!items)
		return false;
	names = (struct evidence_name *)(void *)(items + n_items);
	text = (unsigned char *)(names + n_names);
	for (size_t i = 0; i < n_items; i++)
		keep_item(&items[i], &evidence->items[i], &text);
	if (n_names > 0)
		memcpy(names, evidence->names, n_names * sizeof *names);
	log->view.items = items;
	log->view.n_items = n_items;
	log->view.names = names;
	log->view.n_names = n_names;
	return true;
}

static struct kept_log
log_head(char *name, size_t len, const struct evidence *evidence)
{
	struct kept_log log = {
		.view = {
			.name = slice_of(name, len),
			.kind = (enum log_kind)evidence->log,
			.size = evidence->log_size,
			.n_lines = evidence->n_lines,
			.n_damaged = evidence->n_damaged,
			.first_time = evidence->first_time,
			.last_time = evidence->last_time,
			.zone = (enum evidence_zone)evidence->zone,
			.unfinished = evidence->unfinished != 0,
			.n_names_met = evidence->n_names_met,
		},
		.job = evidence->job,
		.name = name,
		.name_len = len,
	};

	memcpy(log.view.met, evidence->met, sizeof log.view.met);
	return log;
}

/* The name, malloc'ed, becomes the set's, or is freed. */
static bool
add_named(
    struct log_set *set, char *copy, size_t len, size_t root_len, const struct evidence *evidence)
{
	struct kept_log log;

	if (!copy || !array_grow(&set->logs, &set->room, set->count + 1, sizeof log)) {
		free(copy);
		return false;
	}
	log = log_head(copy, len, evidence);
	log.root_len = root_len;
	if (set->has_limit && by_worth(&set->limit, &log) <= 0 && room_of(evidence) > 0) {
		log.view.left_out = true;
		set->n_left_out++;
	} else if (!keep_items(&log, evidence)) {
		free(copy);
		return false;
	}
	set->logs[set->count++] = log;
	set->used += log.room;
	if (set->used > LOG_SET_MAX - sizeof *evidence)
		cut_back(set);
	return true;
}

bool
log_set_add(struct log_set *set, struct slice name, const struct evidence *evidence)
{
	char *copy = malloc(name.len + 1);

	if (copy && name.len > 0)
		memcpy(copy, name.data, name.len);
	return add_named(set, copy, name.len, 0, evidence);
}

bool
log_set_add_at(
    struct log_set *set, const char *root, struct slice path, const struct evidence *evidence)
{
	const size_t root_len = strlen(root), before = root_len ? root_len + 1 : 0;
	char *copy = malloc(before + path.len + 1);

	if (copy && root_len > 0) {
		memcpy(copy, root, root_len + 1);
		copy[root_len] = '/';
	}
	if (copy && path.len > 0)
		memcpy(copy + before, path.data, path.len);
	return add_named(set, copy, before + path.len, root_len, evidence);
}

void
log_set_unname(struct log_set *set, const char *root)
{
	const size_t len = root ? strlen(root) : 0;

	for (size_t i = 0; len > 0 && i < set->count; i++) {
		struct kept_log *log = &set->logs[i];

		if (log->root_len == len && memcmp(log->name, root, len) == 0)
			log->view.name = slice_of(log->name + len + 1, log->name_len - len - 1);
	}
}

void
log_set_finish(struct log_set *set)
{
	if (set->used > LOG_SET_KEPT)
		cut_back(set);
	if (set->count > 0)
		qsort(set->logs, set->count, sizeof *set->logs, by_name);
}

size_t
log_set_count(const struct log_set *set)
{
	return set->count;
}

const struct log_view *
log_set_log(const struct log_set *set, size_t index)
{
	return &set->logs[index].view;
}

size_t
log_set_n_left_out(const struct log_set *set)
{
	return set->n_left_out;
}
