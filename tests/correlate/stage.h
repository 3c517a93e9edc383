/*
 * stage.h - logs and trees of a few lines for the tests of the correlation.
 *
 * For tests/correlate only. The crash of most tests is at CRASH, 2001-03-05 20:07:51 UTC; the
 * server's clock stands at UTC-6.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_STAGE_H
#define IMC_STAGE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#include "correlate/correlate.h"
#include "facts.h"

#define CRASH INT64_C(983822871)
#define ZONE (-6 * 3600)
#define NOWHEN INT64_MIN

/* An item; strings that are NULL are absent. */
struct line {
	enum evidence_kind kind;
	enum evidence_zone zone;
	int64_t time, other; /* 0: none */
	uint32_t event, code, flags, count;
	uint64_t number;
	const char *source, *spool, *path, *sender, *recipient, *subject, *message_id, *mts_id;
	const char *function, *bytes, *quote;
};

/* A file; what is 0 or NULL is absent. */
struct actor {
	const char *path; /* In/NAME */
	enum folder folder;
	int64_t came;     /* UTC: FILETIME (local) and Received */
	int64_t local;    /* FILETIME only */
	int64_t received; /* Received only */
	int64_t mtime;
	bool unexamined;
	const char *mail_from, *rcpt, *from, *subject, *message_id, *mts_id, *rule;
	uint64_t body;
};

struct stage {
	struct log_set *logs;
	struct evidence *evidence;
	struct record *record;
	struct correlation *c;
	struct correlation_options options;
	uint64_t n_files;
	int32_t zone; /* of envelopes */
};

static inline void
stage_open(struct stage *stage)
{
	memset(stage, 0, sizeof *stage);
	stage->logs = log_set_new();
	stage->evidence = calloc(1, sizeof *stage->evidence);
	stage->record = calloc(1, sizeof *stage->record);
	stage->zone = ZONE;
	assert_true(stage->logs && stage->evidence && stage->record);
}

static inline void
stage_close(struct stage *stage)
{
	correlation_free(stage->c);
	log_set_free(stage->logs);
	free(stage->evidence);
	free(stage->record);
}

static inline struct evidence_ref
stage_text(struct evidence_item *item, const char *text)
{
	return evidence_text(item, slice_str(text ? text : ""));
}

static inline void
stage_item(struct evidence *evidence, const struct line *line)
{
	struct evidence_item *item = &evidence->items[evidence->n_items];

	evidence_item_clear(item, line->kind);
	item->zone = line->zone;
	item->time = line->time ? line->time : EVIDENCE_TIME_NONE;
	item->other_time = line->other ? line->other : EVIDENCE_TIME_NONE;
	item->offset = evidence->n_items * 100u;
	item->number = line->number ? line->number : evidence->n_items + 1u;
	item->event = line->event;
	item->code = line->code;
	item->flags = line->flags;
	item->count = line->count ? line->count : 1;
	item->source = stage_text(item, line->source);
	item->spool = stage_text(item, line->spool);
	item->path = stage_text(item, line->path);
	item->sender = stage_text(item, line->sender);
	item->recipient = stage_text(item, line->recipient);
	item->subject = stage_text(item, line->subject);
	item->message_id = stage_text(item, line->message_id);
	item->mts_id = stage_text(item, line->mts_id);
	item->function = stage_text(item, line->function);
	item->bytes = stage_text(item, line->bytes);
	item->quote = stage_text(item, line->quote);
	evidence->met[line->kind]++;
	evidence->n_items++;
}

/* A log of these lines. */
static inline void
stage_log(struct stage *stage, const char *name, enum log_kind kind, enum evidence_zone zone,
    const struct line *lines, size_t n)
{
	struct evidence *evidence = stage->evidence;

	evidence_clear(evidence, 0);
	evidence->log = kind;
	evidence->zone = zone;
	evidence->log_size = UINT32_MAX;
	for (size_t i = 0; i < n; i++) {
		struct line line = lines[i];

		line.zone = line.zone ? line.zone : zone;
		stage_item(evidence, &line);
	}
	assert_true(evidence_valid(evidence, 0, UINT32_MAX));
	assert_true(log_set_add(stage->logs, slice_str(name), evidence));
}

/* The crash, and the event of a file that is tried again after it. */
#define CRASHED                                                                                    \
	{                                                                                          \
		EVIDENCE_CRASH, 0, CRASH, CRASH + ZONE, 4097, 0xc0000005                           \
	}
#define STUCK                                                                                      \
	{                                                                                          \
		EVIDENCE_EVENT_FILE, 0, CRASH + 2, 0, 4182, 0, EVIDENCE_IN | EVIDENCE_STAYS,       \
		    .spool = "HBWK2Q2P", .quote = "will be retried when the server is restarted"   \
	}

#define LINES(...)                                                                                 \
	(const struct line[]){ __VA_ARGS__ },                                                      \
	    sizeof((const struct line[]){ __VA_ARGS__ }) / sizeof(struct line)

static inline void
stage_queue(struct stage *stage, const char *const *names, size_t n)
{
	struct evidence *evidence = stage->evidence;

	evidence_clear(evidence, 0);
	evidence->log = LOG_QUEUE;
	evidence->log_size = UINT32_MAX;
	evidence->n_names = (uint32_t)n;
	evidence->n_names_met = n;
	for (size_t i = 0; i < n; i++) {
		evidence->names[i].offset = i * 16;
		memcpy(evidence->names[i].name, names[i], 8);
	}
	assert_true(log_set_add(stage->logs, slice_str("queue.dat"), evidence));
}

/* All logs are told: files may come. */
static inline void
stage_files(struct stage *stage)
{
	log_set_finish(stage->logs);
	stage->c = correlation_new(stage->logs, &stage->options);
	assert_non_null(stage->c);
}

static inline uint64_t
stage_filetime(int64_t seconds)
{
	return (uint64_t)(seconds + 11644473600) * 10000000u;
}

static inline struct text_ref
stage_string(struct record *record, const char *text)
{
	return record_text(record, slice_str(text ? text : ""));
}

static inline void
stage_rule(struct record *record, const char *id)
{
	size_t index = 0;

	assert_non_null(rule_by_id(id, &index));
	record->findings[0] =
	    (struct finding){ .rule = (uint16_t)index, .offset = 77, .length = 5 };
	record->n_findings = record->n_findings_total = 1;
}

static inline uint64_t
stage_add(struct stage *stage, const struct actor *actor)
{
	struct record *record = stage->record;
	struct suspect suspect = { .root = "",
		.path = slice_str(actor->path),
		.folder = actor->folder,
		.status = STATUS_EXAMINED,
		.reason = "",
		.has_mtime = actor->mtime != 0,
		.mtime_sec = actor->mtime,
		.record = actor->unexamined ? NULL : record };
	const int64_t local = actor->local  ? actor->local
			      : actor->came ? actor->came + stage->zone
					    : 0;

	memset(record, 0, offsetof(struct record, findings) + sizeof record->findings[0]);
	record->pool_len = 0;
	record->filetime = local ? stage_filetime(local) : 0;
	record->received_sec = actor->received ? actor->received
			       : actor->came   ? actor->came
					       : INT64_MIN;
	record->body_hash = actor->body ? actor->body : 1000 + stage->n_files;
	record->mail_from = stage_string(record, actor->mail_from);
	record->from = stage_string(record, actor->from);
	record->subject = stage_string(record, actor->subject);
	record->message_id = stage_string(record, actor->message_id);
	record->mts_id = stage_string(record, actor->mts_id);
	if (actor->rcpt) {
		record->rcpt[0] = stage_string(record, actor->rcpt);
		record->n_rcpt = record->n_rcpt_total = 1;
	}
	if (actor->rule)
		stage_rule(record, actor->rule);
	assert_true(correlation_add(stage->c, stage->n_files, &suspect));
	return stage->n_files++;
}

/* The culprit and nine others that came minutes before; the culprit's number is 0. */
static inline void
stage_cast(struct stage *stage, const struct actor *culprit)
{
	stage_files(stage);
	stage_add(stage, culprit);
	for (int i = 1; i < 10; i++) {
		char path[32];

		snprintf(path, sizeof path, "In/0TH3R00%d", i);
		stage_add(stage, &(struct actor){ .path = path, .came = CRASH - 1000 - 97 * i });
	}
}

static inline void
stage_end(struct stage *stage)
{
	assert_true(correlation_finish(stage->c));
	assert_true(correlation_settle(stage->c));
}

/* ---- what came out ------------------------------------------------------------------------------ */

struct looked_for {
	uint64_t number;
	const char *id; /* NULL: any */
	size_t n;
	int64_t sum;       /* of the weightiest of each rule, as the ranking counts */
	bool met[600];     /* rules */
	struct clue first; /* the first that matched */
};

static inline bool
stage_look(void *context, uint64_t number, const struct clue *clue)
{
	struct looked_for *wanted = context;
	size_t n;
	const struct rule *rule = rules_all(&n)[clue->rule];

	assert_true(clue_valid(clue, n));
	assert_int_equal(rule->rule_class, RULE_EVIDENCE);
	assert_true(clue->factor <= rule->factor);
	if (number != wanted->number || (wanted->id && strcmp(rule->id, wanted->id) != 0))
		return true;
	if (wanted->n++ == 0)
		wanted->first = *clue;
	if (!wanted->met[clue->rule])
		wanted->sum += clue->factor;
	wanted->met[clue->rule] = true;
	return true;
}

/* The clues of a rule for a file: how many, and the weightiest. */
static inline struct looked_for
stage_clues(const struct stage *stage, uint64_t number, const char *id)
{
	struct looked_for wanted = { .number = number, .id = id };

	correlation_each(stage->c, stage_look, &wanted);
	return wanted;
}

/* Score of an otherwise ordinary file, in millibits. */
static inline int64_t
stage_score(const struct stage *stage, uint64_t number)
{
	return -3000 + stage_clues(stage, number, NULL).sum;
}

static inline bool
stage_notes(const struct stage *stage, const char *text)
{
	for (size_t i = 0; i < correlation_n_notes(stage->c); i++)
		if (strstr(correlation_note(stage->c, i), text))
			return true;
	return false;
}

#define MEDIUM_MILLIBITS 3000
#define HIGH_MILLIBITS 5000

#endif
