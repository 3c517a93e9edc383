/*
 * queue.c - the names carved from queue.dat against the files of the queue.
 *
 * Its layout is not published, and the service builds it anew when it is lost. Only where it holds
 * most of the files is it worth a word that it lacks one.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "correlate/joins.h"

#define FILES_MIN 5
#define EXTRA_MAX 64

static bool
in_queue(const struct seen *seen)
{
	return seen->spool_name && (seen->folder == FOLDER_IN || seen->folder == FOLDER_OUT);
}

void
queue_add(struct correlation *c, struct seen *seen, struct slice name)
{
	const struct key *key;

	if (c->n_queue_names == 0 || !in_queue(seen))
		return;
	c->steps++;
	c->n_queue_files++;
	key = keys_find(&c->keys, KEY_QUEUE, key_hash(KEY_QUEUE, name, slice_of(NULL, 0)));
	if (key) {
		seen->in_queue = true;
		c->n_in_queue++;
	}
}

static void
name_queue(const struct correlation *c, struct clue *clue)
{
	for (size_t i = 0; i < c->n_logs; i++) {
		const struct log_view *log = log_set_log(c->logs, i);

		if (log->n_names == 0)
			continue;
		clue->log_len =
		    (uint16_t)(log->name.len < CLUE_LOG_MAX ? log->name.len : CLUE_LOG_MAX - 1);
		if (clue->log_len)
			memcpy(clue->log, log->name.data, clue->log_len);
		return;
	}
}

bool
join_queue(struct correlation *c)
{
	const uint64_t extra = c->n_queue_files - c->n_in_queue;
	uint64_t told = 0;

	if (c->n_queue_files < FILES_MIN || c->n_in_queue * 5 < c->n_queue_files * 4)
		return true;
	for (size_t i = 0; extra > 0 && i < c->n_seen && told < EXTRA_MAX; i++) {
		const struct seen *seen = &c->seen[i];
		struct words words;
		struct link *link;

		if (!in_queue(seen) || seen->in_queue)
			continue;
		link = link_new(c, MARK_QUEUE_EXTRA, i, NONE32);
		if (!link)
			return errno == 0;
		told++;
		name_queue(c, &link->clue);
		words = words_of(link->clue.detail, sizeof link->clue.detail);
		words_add(&words,
		    "%llu of %llu files in In and Out stand in queue.dat, this one not",
		    (unsigned long long)c->n_in_queue, (unsigned long long)c->n_queue_files);
		link_weigh(c, link, c->limits[MARK_QUEUE_EXTRA]);
	}
	return true;
}
