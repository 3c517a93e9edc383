/* sights.c - the items of all logs, and the strings in them that a file may have too. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "array.h"
#include "correlate/joins.h"

const struct log_view *
sight_log(const struct correlation *c, const struct sight *sight)
{
	return log_set_log(c->logs, sight->log);
}

static bool
hang(struct correlation *c, enum key_kind kind, struct slice a, struct slice b)
{
	struct key *key = keys_put(&c->keys, kind, key_hash(kind, a, b));
	const uint32_t at = (uint32_t)c->n_hangs;

	c->steps++;
	if (!key)
		return true;
	if (!array_grow(&c->hangs, &c->hangs_room, c->n_hangs + 1, sizeof *c->hangs))
		return false;
	c->hangs[c->n_hangs++] = (struct hang){ (uint32_t)c->n_sights, NONE32 };
	if (key->last == NONE32)
		key->first = at;
	else
		c->hangs[key->last].next = at;
	key->last = at;
	key->n_sights++;
	return true;
}

static bool
is_in_use(const struct log_item *item)
{
	return item->kind == EVIDENCE_COPY_FAILED && (item->code == 32 || item->code == 33);
}

/* Kinds whose `spool` is the name of a message's file. queue.dat and the connector's own logs are
 * always in use while it runs, so of a copy log only spool names count. */
static bool
names_file(const struct log_item *item, struct slice name)
{
	switch (item->kind) {
	case EVIDENCE_EVENT_FILE:
	case EVIDENCE_EVENT_MESSAGE:
	case EVIDENCE_RECEIVED:
	case EVIDENCE_LAST_RECEIVED:
		return name.len > 0 && name.len < CORRELATE_NAME_MAX;
	case EVIDENCE_COPY_FAILED:
	case EVIDENCE_TRACK_OPEN:
	case EVIDENCE_STACK:
		return name_spool(name);
	default:
		return false;
	}
}

static bool
hang_name(struct correlation *c, const struct log_item *item)
{
	const struct slice name = name_plain(name_last(item->spool));
	struct key *key;

	if (!names_file(item, name))
		return true;
	key = keys_put(&c->keys, KEY_NAME, key_hash(KEY_NAME, name, slice_of(NULL, 0)));
	if (key && is_in_use(item) && !key->in_use) {
		key->in_use = true;
		c->n_in_use++;
		c->n_in_use_out += name_direction(item->path.len ? item->path : item->spool,
				       item->flags) == DIRECTION_OUT;
	}
	return hang(c, KEY_NAME, name, slice_of(NULL, 0));
}

/* By the surest thing that the event tells: a Message-ID, a subject with its sender, a subject, or
 * only a sender. */
static bool
hang_message(struct correlation *c, const struct log_item *item)
{
	const struct slice none = slice_of(NULL, 0), id = key_message_id(item->message_id),
			   subject = key_subject(item->subject), sender = key_address(item->sender);

	if (id.len)
		return hang(c, KEY_MESSAGE_ID, id, none);
	if (subject.len)
		return hang(c, KEY_SUBJECT, subject, sender);
	return !sender.len || hang(c, KEY_SENDER, sender, none);
}

static bool
hang_all(struct correlation *c, const struct log_item *item)
{
	const struct slice none = slice_of(NULL, 0);

	if (!hang_name(c, item))
		return false;
	if (item->kind == EVIDENCE_EVENT_MESSAGE)
		return hang_message(c, item);
	if (item->kind == EVIDENCE_TRACK_OPEN && item->mts_id.len) {
		c->n_tracked++;
		return hang(c, KEY_MTS_ID, slice_trim(item->mts_id), none);
	}
	if (item->kind == EVIDENCE_SMTP_OPEN && item->recipient.len)
		return hang(c, KEY_PAIR, key_address(item->sender), key_address(item->recipient));
	return true;
}

static bool
collect_log(struct correlation *c, uint32_t number)
{
	const struct log_view *log = log_set_log(c->logs, number);

	for (size_t i = 0; i < log->n_items; i++) {
		c->sights[c->n_sights] = (struct sight){ .item = &log->items[i],
			.log = number,
			.when = moment_none(),
			.other = moment_none() };
		if (!hang_all(c, &log->items[i]))
			return false;
		c->n_sights++;
	}
	return true;
}

static void
collect_names(struct correlation *c, uint32_t number)
{
	const struct log_view *log = log_set_log(c->logs, number);

	for (size_t i = 0; i < log->n_names; i++) {
		const struct slice name = slice_of(log->names[i].name, sizeof log->names[i].name);
		struct key *key =
		    keys_put(&c->keys, KEY_QUEUE, key_hash(KEY_QUEUE, name, slice_of(NULL, 0)));

		c->steps++;
		if (!key || key->queue_log != NONE32)
			continue;
		key->queue_log = number;
		key->queue_offset = log->names[i].offset;
		c->n_queue_names++;
	}
}

/* At most as many keys as that. */
static size_t
keys_of(const struct log_view *log)
{
	size_t n = log->n_names;

	for (size_t i = 0; i < log->n_items; i++) {
		const struct log_item *item = &log->items[i];

		n += item->spool.len > 0;
		n += item->kind == EVIDENCE_EVENT_MESSAGE || item->kind == EVIDENCE_TRACK_OPEN ||
		     item->kind == EVIDENCE_SMTP_OPEN;
	}
	return n;
}

bool
sights_collect(struct correlation *c)
{
	size_t n_items = 0, n_keys = 0;

	for (size_t i = 0; i < c->n_logs; i++) {
		n_items += log_set_log(c->logs, i)->n_items;
		n_keys += keys_of(log_set_log(c->logs, i));
	}
	c->sights = calloc(n_items + 1, sizeof *c->sights);
	if (!c->sights || !keys_init(&c->keys, n_keys))
		return false;
	for (size_t i = 0; i < c->n_logs; i++) {
		if (!collect_log(c, (uint32_t)i))
			return false;
		collect_names(c, (uint32_t)i);
	}
	return true;
}
