/* evidence.c - what a log says: building it, believing it. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evidence.h"

#include <string.h>

#define DAY 86400

static bool
ref_valid(const struct evidence_item *item, struct evidence_ref ref)
{
	return ref.offset <= item->text_len && ref.len <= item->text_len - ref.offset &&
	       ref.len <= EVIDENCE_STRING_MAX && ref.cut <= 1;
}

static bool
strings_valid(const struct evidence_item *item)
{
	return ref_valid(item, item->source) && ref_valid(item, item->spool) &&
	       ref_valid(item, item->path) && ref_valid(item, item->sender) &&
	       ref_valid(item, item->recipient) && ref_valid(item, item->subject) &&
	       ref_valid(item, item->message_id) && ref_valid(item, item->mts_id) &&
	       ref_valid(item, item->function) && ref_valid(item, item->bytes) &&
	       ref_valid(item, item->quote);
}

static bool
time_valid(int64_t time)
{
	return time == EVIDENCE_TIME_NONE ||
	       (time > -EVIDENCE_TIME_LIMIT && time < EVIDENCE_TIME_LIMIT);
}

static bool
item_valid(const struct evidence_item *item, uint64_t log_size)
{
	return item->kind < EVIDENCE_KIND_COUNT && item->zone <= ZONE_LOCAL &&
	       time_valid(item->time) && time_valid(item->other_time) && item->offset <= log_size &&
	       item->number > 0 && item->count > 0 && (item->flags & ~EVIDENCE_FLAGS_KNOWN) == 0 &&
	       item->text_len <= EVIDENCE_TEXT &&
	       (item->kind != EVIDENCE_RULE_OUT || item->code < CAUSE_COUNT) && strings_valid(item);
}

static bool
name_valid(const struct evidence_name *name, uint64_t log_size)
{
	if (name->offset >= log_size)
		return false;
	for (size_t i = 0; i < sizeof name->name; i++) {
		unsigned char byte = (unsigned char)name->name[i];

		if (!byte_is_digit(byte) && (byte < 'A' || byte > 'Z'))
			return false;
	}
	return true;
}

static bool
head_valid(const struct evidence *evidence)
{
	return evidence->magic == EVIDENCE_MAGIC && evidence->log < LOG_KIND_COUNT &&
	       evidence->n_damaged <= evidence->n_lines && time_valid(evidence->first_time) &&
	       time_valid(evidence->last_time) && evidence->zone <= ZONE_LOCAL &&
	       evidence->unfinished <= 1 && evidence->n_items <= EVIDENCE_ITEMS_MAX &&
	       evidence->n_names <= EVIDENCE_NAMES_MAX &&
	       evidence->n_names <= evidence->n_names_met;
}

bool
evidence_valid(const struct evidence *evidence, uint64_t job, uint64_t log_size)
{
	uint64_t kept[EVIDENCE_KIND_COUNT] = { 0 };

	if (evidence->job != job || evidence->log_size > log_size || !head_valid(evidence))
		return false;
	for (uint32_t i = 0; i < evidence->n_items; i++) {
		if (!item_valid(&evidence->items[i], evidence->log_size))
			return false;
		kept[evidence->items[i].kind]++;
	}
	for (size_t kind = 0; kind < EVIDENCE_KIND_COUNT; kind++) {
		if (kept[kind] > evidence->met[kind])
			return false;
	}
	for (uint32_t i = 0; i < evidence->n_names; i++) {
		if (!name_valid(&evidence->names[i], evidence->log_size))
			return false;
	}
	return true;
}

void
evidence_clear(struct evidence *evidence, uint64_t job)
{
	memset(evidence, 0, offsetof(struct evidence, items));
	evidence->magic = EVIDENCE_MAGIC;
	evidence->job = job;
	evidence->first_time = evidence->last_time = EVIDENCE_TIME_NONE;
}

void
evidence_item_clear(struct evidence_item *item, enum evidence_kind kind)
{
	memset(item, 0, sizeof *item);
	item->kind = kind;
	item->time = item->other_time = EVIDENCE_TIME_NONE;
	item->number = item->count = 1;
}

struct evidence_ref
evidence_text(struct evidence_item *item, struct slice s)
{
	struct evidence_ref ref = { .offset = (uint16_t)item->text_len };
	size_t len = s.len;

	if (len > EVIDENCE_STRING_MAX)
		len = EVIDENCE_STRING_MAX;
	if (len > EVIDENCE_TEXT - item->text_len)
		len = EVIDENCE_TEXT - item->text_len;
	if (len)
		memcpy(item->text + item->text_len, s.data, len);
	ref.len = (uint16_t)len;
	ref.cut = len < s.len;
	item->text_len += (uint32_t)len;
	return ref;
}

struct slice
evidence_slice(const struct evidence_item *item, struct evidence_ref ref)
{
	if (item->text_len > EVIDENCE_TEXT || !ref_valid(item, ref))
		return slice_of(NULL, 0);
	return slice_of(item->text + ref.offset, ref.len);
}

/* Howard Hinnant's days_from_civil: years that begin in March, eras of 400 years. */
int64_t
evidence_seconds(int64_t year, unsigned month, unsigned day)
{
	year -= month <= 2;
	const int64_t era = (year >= 0 ? year : year - 399) / 400;
	const int64_t of_era = year - era * 400;
	const int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return (era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468) * DAY;
}

int64_t
evidence_swapped_time(int64_t time)
{
	if (!time_valid(time) || time == EVIDENCE_TIME_NONE)
		return time;
	/* The date by trial, from a year that is a little too early. */
	int64_t year = 1970 + time / ((time < 0 ? 365 : 366) * (int64_t)DAY) - 2;
	unsigned month = 1;

	while (evidence_seconds(year + 1, 1, 1) <= time)
		year++;
	while (month < 12 && evidence_seconds(year, month + 1, 1) <= time)
		month++;
	const int64_t rest = time - evidence_seconds(year, month, 1);
	const unsigned day = (unsigned)(rest / DAY) + 1;

	if (day > 12 || rest < 0)
		return time;
	return evidence_seconds(year, day, month) + rest % DAY;
}
