/*
 * logs_export.c - what the Event Viewer of NT 4.0, 2000 and XP saves as text.
 *
 * Columns: Date, Time, Source, Type, Category, Event, User, Computer, Description, the newest event
 * first. Date and time are in the form of the locale. Where the message file is missing NT 4.0 says
 * "could not be found" (Q189614), later systems say more (general knowledge). Guesses: that NT 4.0
 * writes a description on one line, and that it quotes nothing in its CSV.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <err.h>
#include <stdlib.h>

static void
add_date(struct buf *to, enum log_dates dates, int year, int month, int day)
{
	switch (dates) {
	case DATES_US:
		buf_fmt(to, "%d/%d/%02d", month, day, year % 100);
		break;
	case DATES_US_LONG:
		buf_fmt(to, "%d/%d/%d", month, day, year);
		break;
	case DATES_GB:
		buf_fmt(to, "%02d/%02d/%d", day, month, year);
		break;
	case DATES_DE:
		buf_fmt(to, "%02d.%02d.%d", day, month, year);
		break;
	case DATES_SE:
		buf_fmt(to, "%d-%02d-%02d", year, month, day);
		break;
	case DATES_JP:
	case N_LOG_DATES:
		buf_fmt(to, "%d/%02d/%02d", year, month, day);
		break;
	}
}

static void
add_time(struct buf *to, const struct log_story *story, time_t when, char separator)
{
	const struct tm tm = log_local(story, when);

	add_date(to, story->dates, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
	if (story->dates == DATES_US || story->dates == DATES_US_LONG)
		buf_fmt(to, "%c%d:%02d:%02d %s%c", separator, (tm.tm_hour + 11) % 12 + 1, tm.tm_min,
		    tm.tm_sec, tm.tm_hour < 12 ? "AM" : "PM", separator);
	else
		buf_fmt(to, "%c%02d:%02d:%02d%c", separator, tm.tm_hour, tm.tm_min, tm.tm_sec,
		    separator);
}

/* What stands for the sentence where the message file is missing: the strings it would hold. */
static void
add_insertions(struct buf *to, const struct log_story *story, const struct log_event *event)
{
	buf_fmt(to, "The description for Event ID ( %u ) in Source ( %s ) ",
	    (unsigned)(event->id & 0xffff), event->source);
	buf_str(to, story->later
			? "cannot be found. The local computer may not have the necessary registry "
			  "information or message DLL files to display messages from a remote "
			  "computer. The following information is part of the event: "
			: "could not be found. It contains the following insertion string(s): ");
	for (unsigned i = 0; i < EVT_STRINGS_MAX && event->strings[i]; i++)
		buf_fmt(to, "%s%s", i ? ", " : "", event->strings[i]);
	buf_str(to, ".");
}

/* Later systems quote it and keep its lines; NT 4.0 has them after one another. */
static void
add_description(struct buf *to, const struct log_story *story, const struct log_event *event)
{
	const bool quoted = story->comma && story->later;

	if (quoted)
		buf_byte(to, '"');
	if (story->no_dll) {
		add_insertions(to, story, event);
	} else {
		for (const char *at = event->sentence; *at; at++) {
			if (*at == '\n' && !story->later)
				buf_byte(to, ' ');
			else if (*at != '\r' || story->later)
				buf_byte(to, (unsigned char)*at);
			if (*at == '"' && quoted)
				buf_byte(to, '"');
		}
	}
	buf_str(to, quoted ? "\"\r\n" : "\r\n");
}

static const char *
type_of(const struct log_event *event)
{
	static const char *const names[] = { "Information", "Information", "Warning", "Error" };

	return names[event->id >> 30];
}

void
log_event_export(struct buf *to, const struct log_story *story)
{
	const char separator = story->comma ? ',' : '\t';
	struct pool pool = { NULL };
	struct log_event *list = calloc(LOG_EVENTS_MAX, sizeof *list);

	if (!list)
		err(2, "memory");
	for (size_t i = log_events(&pool, story, list); i-- > 0;) {
		add_time(to, story, list[i].when, separator);
		buf_fmt(to, "%s%c%s%c%s%c%u%cN/A%c" LOG_SERVER "%c", list[i].source, separator,
		    type_of(&list[i]), separator, list[i].category, separator,
		    (unsigned)(list[i].id & 0xffff), separator, separator, separator);
		add_description(to, story, &list[i]);
	}
	free(list);
	pool_clear(&pool);
}
