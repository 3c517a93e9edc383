/* logs.c - what the writers of logs share: the site's clock and the times of the story. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

/* Minutes from the first crash to each later start of the service, as tree.c has them. */
static const unsigned starts[LOG_STARTS] = { 0, 12, 23, 35, 48, 60, 72 };

struct tm
log_local(const struct log_story *story, time_t when)
{
	struct tm tm;
	bool summer = story->summer && when >= story->summer;

	when += (story->zone + (summer ? 60 : 0)) * 60;
	gmtime_r(&when, &tm);
	return tm;
}

void
log_stamp(struct buf *to, const struct log_story *story, time_t when, const char *separator)
{
	struct tm tm = log_local(story, when);

	buf_fmt(to, "%d/%d/%02d%s%d:%02d:%02d %s", tm.tm_mon + 1, tm.tm_mday, tm.tm_year % 100,
	    separator, (tm.tm_hour + 11) % 12 + 1, tm.tm_min, tm.tm_sec,
	    tm.tm_hour < 12 ? "AM" : "PM");
}

time_t
log_start_at(const struct log_story *story, unsigned i)
{
	return story->crash + (time_t)starts[i % LOG_STARTS] * 60 - (i ? 0 : 86400);
}

/* Mail that waited outside comes in the first forty seconds; then the old one is tried again. */
time_t
log_crash_at(const struct log_story *story, unsigned i)
{
	return i ? log_start_at(story, i) + 46 : story->crash;
}

const char *
log_string(struct buf *text)
{
	buf_byte(text, 0);
	return (const char *)text->data;
}

void
log_widen(struct buf *to, const struct buf *log)
{
	buf_u16le(to, 0xfeff);
	for (size_t i = 0; i < log->len; i++)
		buf_u16le(to, log->data[i]);
}
