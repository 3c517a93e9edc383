/*
 * logs.h - the logs beside a tree whose connector died on one message.
 *
 * Times are of the site: UTC in the event log and the tracking log, local in all others.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_LOGS_H
#define MKSPOOL_LOGS_H

#include <time.h>

#include "buf.h"

/* What happened. Names are of spool files in In. */
struct log_story {
	time_t crash;       /* UTC; the culprit was received a second before */
	int zone;           /* minutes east of UTC */
	unsigned n_crashes; /* the first, and one a minute after each restart; 1 to 20 */
	const char *culprit;
	const char *before; /* received a minute before, and harmless */
	const char *decoy;  /* named by an event of weeks ago, and harmless; may be NULL */
	const char *sender, *recipient; /* of the culprit, without brackets */
	const char *message_id;         /* with brackets */
	const void *fragment;           /* bytes of the culprit that lie on the stack */
	size_t n_fragment;
};

/* Append one whole log to `to`. */
void log_event_log(struct buf *to, const struct log_story *story);
void log_event_export(struct buf *to, const struct log_story *story);
void log_drwatson(struct buf *to, const struct log_story *story);
void log_robocopy(struct buf *to, const struct log_story *story);
void log_protocol(struct buf *to, const struct log_story *story);
void log_tracking(struct buf *to, const struct log_story *story);

/* The bytes as UTF-16LE with its mark, as later tools write their logs; ASCII only. */
void log_widen(struct buf *to, const struct buf *log);

#endif
