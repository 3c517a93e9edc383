/* samples.c - one log of each kind as plain bytes, for tests that have a pool of their own. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "samples.h"

#include <stdlib.h>
#include <string.h>

#include "logs.h"

static const struct log_story story = { .crash = 983822872, /* 2001-03-05 20:07:52 UTC */
	.zone = -360,
	.n_crashes = 2,
	.culprit = "G1X4TK19",
	.before = "G1X4TKB7",
	.decoy = "G1X4SJ2R",
	.sender = "bert@other.example",
	.recipient = "jane@acme.example",
	.message_id = "<one.1@other.example>",
	.fragment = "boundary=\"x7 q\"",
	.n_fragment = 15 };

const enum log_kind sample_kinds[SAMPLE_COUNT] = {
	[SAMPLE_EVT] = LOG_EVT,
	[SAMPLE_EXPORT] = LOG_EVENT_TEXT,
	[SAMPLE_DRWATSON] = LOG_DRWATSON,
	[SAMPLE_COPY] = LOG_COPY,
	[SAMPLE_SMTP] = LOG_SMTP,
	[SAMPLE_TRACKING] = LOG_TRACKING,
};

unsigned char *
sample_log(unsigned which, size_t *len)
{
	static void (*const tellers[SAMPLE_COUNT])(struct buf *, const struct log_story *) = {
		[SAMPLE_EVT] = log_event_log,
		[SAMPLE_EXPORT] = log_event_export,
		[SAMPLE_DRWATSON] = log_drwatson,
		[SAMPLE_COPY] = log_robocopy,
		[SAMPLE_SMTP] = log_protocol,
		[SAMPLE_TRACKING] = log_tracking,
	};
	struct pool pool = { NULL };
	struct buf *log = pool_buf(&pool);
	unsigned char *bytes;

	tellers[which](log, &story);
	bytes = malloc(log->len);
	if (!bytes)
		abort();
	memcpy(bytes, log->data, log->len);
	*len = log->len;
	pool_clear(&pool);
	return bytes;
}
