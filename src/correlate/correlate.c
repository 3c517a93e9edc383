/* correlate.c - logs and files in, clues out: the order in which the joins run. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "correlate/correlate.h"

#include <errno.h>
#include <stdlib.h>

#include "array.h"
#include "correlate/joins.h"

#define CONNECTIONS_MAX 16 /* of one pair of addresses that are compared */
#define FILETIME_SECOND 10000000u
#define FILETIME_1970 11644473600 /* seconds from 1601 */

static const char *const ids[MARK_COUNT] = {
	[MARK_EVENT_FILE] = "evidence-event-file",
	[MARK_STUCK] = "evidence-event-stuck",
	[MARK_RECEIVED] = "evidence-last-received",
	[MARK_CRASH_TIME] = "evidence-crash-time",
	[MARK_STORE] = "evidence-store-event",
	[MARK_IN_USE] = "evidence-in-use",
	[MARK_TRACKING] = "evidence-tracking-open",
	[MARK_SMTP] = "evidence-smtp-open",
	[MARK_STACK] = "evidence-stack-bytes",
	[MARK_FAULT] = "evidence-fault-function",
	[MARK_QUEUE_MISSING] = "evidence-queue-missing",
	[MARK_QUEUE_EXTRA] = "evidence-queue-extra",
	[MARK_MISSING] = "evidence-missing",
	[MARK_RULE_OUT] = "evidence-rule-out",
};

static void
find_rules(struct correlation *c)
{
	(void)rules_all(&c->n_rules);
	for (int i = 0; i < MARK_COUNT; i++) {
		size_t index = 0;
		const struct rule *rule = rule_by_id(ids[i], &index);

		c->rules[i] = (uint16_t)index;
		c->limits[i] = rule ? rule->factor : 0;
	}
}

static bool
begin(struct correlation *c)
{
	c->shifts = calloc(c->n_logs + 1, sizeof *c->shifts);
	c->swaps = calloc(c->n_logs + 1, sizeof *c->swaps);
	c->clock_texts = calloc(c->n_logs + 1, sizeof *c->clock_texts);
	c->notes = calloc(NOTES_MAX, sizeof *c->notes);
	if (!c->shifts || !c->swaps || !c->clock_texts || !c->notes)
		return false;
	return sights_collect(c) && faults_begin(c);
}

struct correlation *
correlation_new(const struct log_set *logs, const struct correlation_options *options)
{
	struct correlation *c = calloc(1, sizeof *c);

	if (!c)
		return NULL;
	c->options = *options;
	for (int i = 0; i < FACTOR_COUNT; i++)
		c->factors[i] = options->factors ? options->factors[i] : factors_table()[i].value;
	c->logs = logs;
	c->n_logs = log_set_count(logs);
	find_rules(c);
	if (!begin(c)) {
		correlation_free(c);
		errno = ENOMEM;
		return NULL;
	}
	return c;
}

void
correlation_free(struct correlation *c)
{
	if (!c)
		return;
	free(c->sights);
	free(c->hangs);
	free(c->keys.slots);
	free(c->keys.numbers);
	free(c->seen);
	free(c->clocks.samples);
	free(c->shifts);
	free(c->swaps);
	free(c->clock_texts);
	free(c->crashes.all);
	free(c->crashes.by_utc);
	free(c->crashes.by_local);
	free(c->links.all);
	free(c->links.sorted);
	free(c->missing);
	free(c->rule_outs);
	free(c->needles);
	free(c->faults);
	free(c->rule_faults);
	free(c->named);
	free(c->notes);
	free(c);
}

void
correlation_forget_files(struct correlation *c)
{
	free(c->seen);
	c->seen = NULL;
	c->n_seen = c->seen_room = 0;
}

/* Times outside 1980 to 2100 are damage, not times. */
static uint32_t
sane(int64_t time)
{
	return time > 315532800 && time < 4102444800 ? (uint32_t)time : 0;
}

/* Two messages that share it by chance are taken for one where clues contradict each other. */
static uint32_t
folded(uint64_t hash)
{
	const uint32_t half = (uint32_t)(hash ^ hash >> 32);

	return hash != 0 && half == 0 ? 1 : half;
}

static struct seen
seen_of(const struct suspect *suspect)
{
	const struct record *record = suspect->record;
	struct seen seen = {
		.folder = (uint8_t)suspect->folder,
		.direction = (uint8_t)folder_direction(suspect->folder),
	};

	if (suspect->has_mtime)
		seen.mtime = sane(suspect->mtime_sec);
	if (!record)
		return seen;
	if (record->filetime)
		seen.local = sane((int64_t)(record->filetime / FILETIME_SECOND) - FILETIME_1970);
	if (record->received_sec != NO_TIME)
		seen.received = sane(record->received_sec);
	seen.body = folded(record->body_hash);
	seen.message_id = folded(record->message_id_hash);
	return seen;
}

static bool
add_key(struct correlation *c, uint64_t number, enum key_kind kind, struct slice a, struct slice b)
{
	struct key *key;

	c->steps++;
	if (a.len == 0)
		return true;
	key = keys_find(&c->keys, kind, key_hash(kind, a, b));
	return !key || keys_add_file(&c->keys, key, number);
}

/* Whether the file can be what was sent on one of these connections: a recipient of much mail would
 * fill its key with files of other days. */
static bool
fits_connection(const struct correlation *c, const struct key *key, uint64_t number)
{
	const struct seen *seen = &c->seen[number];
	const int64_t came =
	    seen_time(seen->local) != NO_TIME ? seen_time(seen->local) : seen_time(seen->mtime);
	unsigned n = 0;

	if (came == NO_TIME)
		return true;
	for (uint32_t at = key->first; at != NONE32; at = c->hangs[at].next) {
		const struct log_item *item = c->sights[c->hangs[at].sight].item;

		/* A day either way leaves room for every zone. */
		if (++n > CONNECTIONS_MAX || item->time == NO_TIME ||
		    item->flags & (EVIDENCE_DAY_MONTH | EVIDENCE_OUT) ||
		    llabs(came - item->time) <= 86400)
			return true;
	}
	return false;
}

static bool
add_pairs(struct correlation *c, uint64_t number, const struct record *record, struct slice sender)
{
	uint64_t last = 0;

	for (uint32_t i = 0; i < record->n_rcpt && i < RECORD_RECIPIENTS_MAX; i++) {
		const struct slice recipient = key_address(record_slice(record, record->rcpt[i]));
		const uint64_t hash = key_hash(KEY_PAIR, sender, recipient);
		struct key *key;

		c->steps++;
		/* The same recipient twice in a row is one. */
		if (!recipient.len || hash == last)
			continue;
		last = hash;
		key = keys_find(&c->keys, KEY_PAIR, hash);
		if (key && fits_connection(c, key, number) && !keys_add_file(&c->keys, key, number))
			return false;
	}
	return true;
}

static bool
add_record(struct correlation *c, uint64_t number, const struct record *record)
{
	const struct slice none = slice_of(NULL, 0),
			   sender = key_address(record_slice(record, record->mail_from)),
			   from = key_address(record_slice(record, record->from)),
			   subject = key_subject(record_slice(record, record->subject));

	if (!add_key(c, number, KEY_MESSAGE_ID,
		key_message_id(record_slice(record, record->message_id)), none) ||
	    !add_key(
		c, number, KEY_MTS_ID, slice_trim(record_slice(record, record->mts_id)), none) ||
	    !add_key(c, number, KEY_SUBJECT, subject, none) ||
	    !add_key(c, number, KEY_SENDER, sender, none))
		return false;
	/* The event has the sender of the envelope or that of the header. */
	if (sender.len && !add_key(c, number, KEY_SUBJECT, subject, sender))
		return false;
	if (from.len && !slice_same_nocase(from, sender) &&
	    (!add_key(c, number, KEY_SUBJECT, subject, from) ||
		!add_key(c, number, KEY_SENDER, from, none)))
		return false;
	return add_pairs(c, number, record, sender);
}

bool
correlation_add(struct correlation *c, uint64_t number, const struct suspect *suspect)
{
	const struct slice name = name_plain(name_last(suspect->path));
	struct seen *seen;

	if (number != c->n_seen + c->n_beyond)
		return errno = EINVAL, false;
	if (number >= CORRELATE_FILES_MAX) {
		c->n_beyond++;
		return true;
	}
	if (!array_grow(&c->seen, &c->seen_room, c->n_seen + 1, sizeof *c->seen))
		return false;
	seen = &c->seen[c->n_seen++];
	*seen = seen_of(suspect);
	seen->spool_name = name_spool(name);
	queue_add(c, seen, name);
	if (!add_key(c, number, KEY_NAME, name, slice_of(NULL, 0)))
		return false;
	if (!suspect->record)
		return true;
	faults_add(c, number, suspect->record);
	return add_record(c, number, suspect->record);
}

bool
correlation_finish(struct correlation *c)
{
	if (c->n_beyond)
		note_add(c, "%llu files were joined with no log: the first %u are.",
		    (unsigned long long)c->n_beyond, CORRELATE_FILES_MAX);
	if (!clocks_settle(c) || !days_settle(c))
		return false;
	for (size_t i = 0; i < c->n_sights; i++) {
		clocks_fill(c, &c->sights[i].when);
		clocks_fill(c, &c->sights[i].other);
	}
	clocks_texts(c);
	return crashes_find(c) && join_names(c) && join_messages(c) && join_times(c) &&
	       join_faults(c) && join_queue(c) && join_missing(c) && needles_collect(c);
}

static int
by_number(const void *left, const void *right)
{
	const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

/* A time or a place in queue.dat names nothing. */
static bool
collect_named(struct correlation *c)
{
	c->named = calloc(c->links.n + 1, sizeof *c->named);
	if (!c->named)
		return false;
	for (size_t i = 0; i < c->links.n; i++) {
		const struct link *link = &c->links.all[i];

		if (!link->missing && link->mark != MARK_CRASH_TIME &&
		    link->mark != MARK_QUEUE_EXTRA && link->clue.factor != 0)
			c->named[c->n_named++] = link->file;
	}
	if (c->n_named > 1)
		qsort(c->named, c->n_named, sizeof *c->named, by_number);
	return true;
}

bool
correlation_settle(struct correlation *c)
{
	if (!needles_settle(c) || !contradictions_find(c) || !rule_outs_make(c) ||
	    !collect_named(c) || !links_sort(c) || !missing_settle(c))
		return false;
	if (c->links.n_left_out)
		note_add(c, "%llu more clues of the same kinds and files are not listed.",
		    (unsigned long long)c->links.n_left_out);
	if (log_set_n_left_out(c->logs))
		note_add(c, "%zu logs say more than fits in memory: they were joined with nothing.",
		    log_set_n_left_out(c->logs));
	return true;
}

void
correlation_each(const struct correlation *c,
    bool (*visit)(void *context, uint64_t number, const struct clue *clue), void *context)
{
	for (size_t i = 0; i < c->links.n; i++) {
		const struct link *link = &c->links.all[c->links.sorted[i]];

		if (link->missing || !visit(context, link->file, &link->clue))
			return;
	}
}

bool
correlation_names(const struct correlation *c, uint64_t number)
{
	return c->n_named > 0 &&
	       bsearch(&number, c->named, c->n_named, sizeof number, by_number) != NULL;
}

const char *
correlation_clock(const struct correlation *c, size_t log)
{
	return c->clock_texts[log];
}

const char *
correlation_local_clock(const struct correlation *c)
{
	return c->local_clock;
}

size_t
correlation_n_crashes(const struct correlation *c)
{
	return c->crashes.n_utc;
}

int64_t
correlation_crash(const struct correlation *c, size_t index)
{
	return c->crashes.all[c->crashes.by_utc[index]].when.utc;
}

bool
correlation_offset(const struct correlation *c, int32_t *seconds)
{
	*seconds = c->clocks.offset;
	if (!c->clocks.zone)
		return c->clocks.source != CLOCK_UNKNOWN;
	for (size_t i = 0; i < c->n_seen; i++) {
		if (seen_time(c->seen[i].local) != NO_TIME)
			return clocks_offset(&c->clocks, seen_time(c->seen[i].local), seconds);
	}
	return false;
}

size_t
correlation_n_notes(const struct correlation *c)
{
	return c->n_notes;
}

const char *
correlation_note(const struct correlation *c, size_t index)
{
	return c->notes[index];
}

uint64_t
correlation_steps(const struct correlation *c)
{
	return c->steps;
}
