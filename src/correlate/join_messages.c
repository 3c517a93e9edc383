/*
 * join_messages.c - files whose message a log tells of: by Message-ID, subject, sender, MTS-ID, or
 * by the addresses and the time of a connection.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "correlate/joins.h"

static const uint32_t *
files_of(const struct correlation *c, const struct key *key)
{
	return c->keys.numbers + (size_t)key->files * KEY_FILES_MAX;
}

static struct link *
new_link(struct correlation *c, const struct weighed *weighed, uint32_t file, uint32_t sight,
    const char *detail)
{
	struct link *link = link_new(c, weighed->mark, file, sight);
	struct words words;

	if (!link)
		return NULL;
	words = words_of(link->clue.detail, sizeof link->clue.detail);
	words_add(&words, "%s", detail);
	link->clue.flags = weighed->doubtful ? CLUE_DOUBTFUL : 0;
	link->crash = weighed->crash;
	link->pointing = weighed->pointing;
	link_weigh(c, link, weighed->factor);
	return link;
}

/* What the join rests on, and what of its weight is left: a subject is of several messages. */
static int64_t
by_key(const struct correlation *c, const struct key *key, bool has_sender, int64_t factor,
    struct words *words)
{
	switch (key->kind) {
	case KEY_MESSAGE_ID:
		words_add(words, "; same Message-ID");
		break;
	case KEY_SUBJECT:
		words_add(words, has_sender ? "; same subject and sender" : "; same subject");
		factor -= c->factors[has_sender ? FACTOR_BY_SUBJECT_SENDER : FACTOR_BY_SUBJECT];
		break;
	case KEY_SENDER:
		words_add(words, "; same sender");
		factor -= c->factors[FACTOR_BY_SENDER];
		break;
	default:
		words_add(words, "; same MTS-ID");
		break;
	}
	if (key->n_files > 1)
		words_add(words, " as %u files", key->n_files);
	return weigh_share(c, factor, key->n_files);
}

static bool
link_message(struct correlation *c, const struct key *key, uint32_t sight, uint32_t file)
{
	const struct log_item *item = c->sights[sight].item;
	char detail[CLUE_DETAIL_MAX];
	struct words words = words_of(detail, sizeof detail);
	struct weighed weighed = weigh_sight(c, &c->sights[sight], &c->seen[file], &words);

	if (weighed.factor == 0)
		return true;
	if (weighed.factor > 0)
		weighed.factor =
		    by_key(c, key, key_address(item->sender).len > 0, weighed.factor, &words);
	return new_link(c, &weighed, file, sight, detail) || errno == 0;
}

/* ---- connections ------------------------------------------------------------------------------- */

/* How far the file came from the 354 of the connection. */
static bool
connection_gap(const struct correlation *c, uint32_t sight, uint32_t file, int64_t *gap)
{
	const struct moment came = seen_moment(c, &c->seen[file]);
	const struct moment touched = { seen_time(c->seen[file].mtime), NO_TIME };

	return moment_gap(&came, &c->sights[sight].when, gap) ||
	       moment_gap(&touched, &c->sights[sight].when, gap);
}

/* 0: not this message. A null sender is lawful and common, so there the time must agree; what goes
 * out was written before it was sent. */
static int64_t
connection_factor(const struct correlation *c, uint32_t sight, uint32_t file, int64_t *gap)
{
	const struct log_item *item = c->sights[sight].item;
	const enum direction direction = (enum direction)c->seen[file].direction;
	const bool out = item->flags & EVIDENCE_OUT;

	if (folder_is_archive((enum folder)c->seen[file].folder))
		return 0;
	if (direction != DIRECTION_ANY && direction != (out ? DIRECTION_OUT : DIRECTION_IN))
		return 0;
	if (!connection_gap(c, sight, file, gap)) {
		*gap = INT64_MAX;
		return key_address(item->sender).len ? c->factors[FACTOR_SMTP_UNTIMED] : 0;
	}
	if (out)
		return *gap > 60 || !key_address(item->sender).len ? 0
								   : c->factors[FACTOR_SMTP_OUT];
	if (llabs(*gap) <= 5)
		return c->factors[FACTOR_SMTP_5S];
	if (llabs(*gap) <= 120)
		return c->factors[FACTOR_SMTP_2MIN];
	return llabs(*gap) <= 600 && key_address(item->sender).len ? c->factors[FACTOR_SMTP_10MIN]
								   : 0;
}

static bool
link_connection(
    struct correlation *c, uint32_t sight, uint32_t file, uint64_t n, const struct weighed *found)
{
	const struct log_item *item = c->sights[sight].item;
	struct weighed weighed = *found;
	char detail[CLUE_DETAIL_MAX];
	struct words words = words_of(detail, sizeof detail);
	int64_t gap, to_crash;

	words_add(&words, "same %s of a connection that got 354 and no 250",
	    key_address(item->sender).len ? "sender and recipient" : "recipient, null sender");
	if (moment_known(&c->sights[sight].when)) {
		words_add(&words, " at ");
		words_time(&words, &c->sights[sight].when);
	}
	(void)connection_factor(c, sight, file, &gap);
	if (gap != INT64_MAX) {
		words_add(&words, "; the file came ");
		words_gap(&words, llabs(gap));
		words_add(&words, gap < 0 ? " before" : " after");
	}
	if (n > 1)
		words_add(&words, "; as %llu files", (unsigned long long)n);
	weighed.factor = weigh_share(c, weighed.factor, n);
	weighed.crash = crash_after(c, &c->sights[sight].when, &to_crash);
	weighed.pointing = n == 1 && weighed.crash != NONE32 && to_crash <= 60 &&
			   gap != INT64_MAX && llabs(gap) <= 5;
	return new_link(c, &weighed, file, sight, detail) || errno == 0;
}

static bool
link_connections(struct correlation *c, const struct key *key, uint32_t sight)
{
	const uint32_t n = key->n_files < KEY_FILES_MAX ? key->n_files : KEY_FILES_MAX;
	struct weighed weighed = { MARK_SMTP, 0, false, false, NONE32 };
	uint64_t n_fit = 0;
	int64_t gap;

	for (uint32_t i = 0; i < n; i++)
		n_fit += connection_factor(c, sight, files_of(c, key)[i], &gap) > 0;
	for (uint32_t i = 0; i < n; i++) {
		c->steps++;
		weighed.factor = connection_factor(c, sight, files_of(c, key)[i], &gap);
		if (weighed.factor > 0 &&
		    !link_connection(c, sight, files_of(c, key)[i], n_fit, &weighed))
			return false;
	}
	return true;
}

/* ---- all --------------------------------------------------------------------------------------- */

static bool
link_key(struct correlation *c, const struct key *key)
{
	for (uint32_t at = key->first; at != NONE32; at = c->hangs[at].next) {
		const uint32_t sight = c->hangs[at].sight;

		if (key->kind == KEY_PAIR) {
			if (!link_connections(c, key, sight))
				return false;
			continue;
		}
		for (uint32_t i = 0; i < key->n_files; i++) {
			c->steps++;
			if (!link_message(c, key, sight, files_of(c, key)[i]))
				return false;
		}
	}
	return true;
}

/* What half a list of messages shares tells none of them apart. */
bool
join_messages(struct correlation *c)
{
	for (size_t i = 0; i < c->keys.n_slots; i++) {
		const struct key *key = &c->keys.slots[i];

		if (key->hash == 0 || key->n_files == 0 || key->kind == KEY_NAME ||
		    key->kind == KEY_QUEUE)
			continue;
		if (key->kind != KEY_PAIR && key->n_files > KEY_FILES_MAX)
			continue;
		if (!link_key(c, key))
			return false;
	}
	return true;
}
