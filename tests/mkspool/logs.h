/*
 * logs.h - the logs beside a tree whose connector died on one message.
 *
 * Times are of the site: UTC in the event log and the tracking log, local in all others. Wording
 * and layout are those that Knowledge Base articles quote; where none does, the place that writes
 * it says that it is a guess. Made from those sources, not from our readers.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_LOGS_H
#define MKSPOOL_LOGS_H

#include <time.h>

#include "evt.h"

/* A message that logs tell of. Strings outlive the story; addresses are without brackets. */
struct log_mail {
	const char *name;   /* of the spool file */
	const char *folder; /* "in", "out\\temp" and the like */
	const char *sender, *recipient, *host;
	const char *message_id; /* with brackets */
	const char *subject;
	const char *recipients; /* all, each in brackets and ended by a NUL; NULL: the one */
	time_t when;            /* received, UTC */
	unsigned long size;     /* bytes */
	unsigned n_recipients;
	bool waits; /* still in the queue: tracked as received, never as handed on */
};

/* One event, as .evt and as the Event Viewer's sentence. */
struct log_event {
	time_t when; /* UTC */
	uint32_t id; /* with severity bits */
	const char *source, *category;
	const char *strings[EVT_STRINGS_MAX];
	const char *sentence;
	const void *data;
	size_t n_data;
};

/* What an event log tells of the crash. */
enum {
	TELL_RECEIVED = 1, /* 2002: Message Transfer logging at Maximum */
	TELL_CRASH = 2,    /* 4097 and 4037 */
	TELL_RETRY = 4,    /* 12800, 4182 and 4102: the file will be retried */
	TELL_STARTS = 8,   /* 1000 */
	TELL_NOISE = 16,   /* what other services say, for two weeks */
};

/* How dates look in an export. */
enum log_dates { DATES_US, DATES_US_LONG, DATES_GB, DATES_DE, DATES_SE, DATES_JP, N_LOG_DATES };

/* What happened. Names are of spool files in In. */
struct log_story {
	time_t crash;       /* UTC; the culprit was received a second before */
	int zone;           /* minutes east of UTC */
	unsigned n_crashes; /* the first, and one soon after each restart; 1 to LOG_STARTS */
	const char *culprit;
	const char *before; /* received a minute before, and harmless */
	const char *decoy;  /* named by an event of weeks ago, and harmless; may be NULL */
	const char *sender, *recipient; /* of the culprit, without brackets */
	const char *recipients;         /* all of them, as in struct log_mail */
	unsigned n_recipients;
	const char *message_id; /* with brackets */
	const char *host;       /* that sent it; NULL: other.example */
	const void *fragment;   /* bytes of the culprit that lie on the stack */
	size_t n_fragment;
	time_t summer;        /* UTC; from then on clocks stand an hour further; 0: never */
	unsigned tell;        /* TELL_*; 0: received and crashes */
	const char *retry;    /* what 4182 names; NULL: the culprit */
	const char *function; /* in which it faulted; NULL: CmnContent::hrAddParm */
	uint32_t address;     /* where; 0: 0042f1c0 */
	bool name_on_stack, no_fragment;
	unsigned long size;           /* bytes of the culprit; 0: 6630 */
	const struct log_mail *mails; /* the others, in order of time */
	size_t n_mails;
	const struct log_event *more; /* further events */
	size_t n_more;
	const char *const
	    *locked; /* further names in use while copying, NULL ends; In, or as path */
	bool copied; /* the culprit was not in use */
	enum log_dates dates;
	bool comma, no_dll, later; /* export: CSV; message file missing; of Windows 2000 or XP */
	bool unfinished;           /* the copy was broken off while it retried */
};

enum { LOG_STARTS = 7 };

/* The i-th crash, and the start of the service before it, in UTC. */
time_t log_crash_at(const struct log_story *story, unsigned i);
time_t log_start_at(const struct log_story *story, unsigned i);

/* Append one whole log to `to`. */
void log_event_log(struct buf *to, const struct log_story *story);
void log_event_ring(struct buf *to, const struct log_story *story); /* wrapped and not closed */
void log_event_export(struct buf *to, const struct log_story *story);
void log_drwatson(struct buf *to, const struct log_story *story);
void log_robocopy(struct buf *to, const struct log_story *story);
void log_xcopy(struct buf *to, const struct log_story *story);
void log_protocol(struct buf *to, const struct log_story *story);
void log_tracking(struct buf *to, const struct log_story *story);
void log_queue(struct buf *to, const struct log_story *story, const char *const *gone);

/* The events of the story, oldest first; texts belong to the pool. Room for LOG_EVENTS_MAX. */
enum { LOG_EVENTS_MAX = 2000 };
size_t log_events(struct pool *pool, const struct log_story *story, struct log_event *out);

/* The bytes as UTF-16LE with its mark, as later tools write their logs; ASCII only. */
void log_widen(struct buf *to, const struct buf *log);

/* Broken-down time of the site. */
struct tm log_local(const struct log_story *story, time_t when);

/* "3/5/01<separator>2:07:51 PM" */
void log_stamp(struct buf *to, const struct log_story *story, time_t when, const char *separator);

/* The buffer as a string, which lives as long as its pool. */
const char *log_string(struct buf *text);

#define LOG_SERVER "EXGATE1"
#define LOG_ROOT "D:\\exchsrvr\\imcdata\\"

#endif
