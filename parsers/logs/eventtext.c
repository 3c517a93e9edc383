/*
 * eventtext.c - the Event Viewer's exports: tab or comma separated text of NT 4.0, 2000 and XP.
 *
 * Columns stand in an order of the tool's choice and dates in that of the locale. A description may
 * have many lines, quoted or not: a line that does not begin an event belongs to the one before.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#define TEXT_MAX 32768 /* bytes of a description that are looked at */
#define COLUMNS 9

struct event_text {
	struct events events;
	bool have;
	struct log_event event;
	unsigned char source[64];
	size_t len; /* of the description so far */
	unsigned char text[TEXT_MAX];
};

/* Which column holds what; `clock` equal to `date` when both stand in one. */
struct layout {
	unsigned char date, clock, source, event, description;
	unsigned char plain; /* a column that holds no number, to tell layouts apart */
};

static const struct layout layouts[] = {
	{ 0, 1, 2, 5, 8,
	    2 }, /* Save As of NT 4.0 to XP: Date, Time, Source, Type, Category, Event */
	{ 1, 2, 3, 5, 8, 3 }, /* Export List: Type, Date, Time, Source, Category, Event */
	{ 0, 1, 5, 4, 8,
	    5 }, /* Dumpel of the Resource Kit: Date, Time, Type, Category, Event, Source */
	{ 1, 1, 2, 3, 5, 2 }, /* Later systems: Level, Date and Time, Source, Event, Category */
};

/* The columns of a line; the last one is the rest of it. */
struct columns {
	struct slice column[COLUMNS];
	size_t n;
	struct slice rest[COLUMNS]; /* from that column to the line's end */
};

/* One column from *at on, without its quotes. */
static struct slice
next_column(struct slice line, unsigned char separator, size_t *at)
{
	size_t from = *at, end;

	if (from < line.len && line.data[from] == '"') {
		end = slice_find(line, from + 1, '"');
		if (end != SLICE_NONE) {
			*at = slice_find(line, end, separator);
			*at = *at == SLICE_NONE ? line.len : *at + 1;
			return slice_cut(line, from + 1, end - from - 1);
		}
	}
	end = slice_find(line, from, separator);
	*at = end == SLICE_NONE ? line.len : end + 1;
	return slice_trim(slice_cut(line, from, end == SLICE_NONE ? SLICE_NONE : end - from));
}

static void
split(struct slice line, unsigned char separator, struct columns *out)
{
	size_t at = 0;

	memset(out, 0, sizeof *out);
	while (out->n < COLUMNS && at < line.len) {
		out->rest[out->n] = slice_from(line, at);
		out->column[out->n++] = next_column(line, separator, &at);
	}
}

static bool
is_number(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!byte_is_digit(s.data[i]))
			return false;
	return s.len > 0 && s.len <= 10;
}

static bool
read_time(const struct layout *layout, const struct columns *columns, struct sink_dates *dates,
    struct when *out)
{
	struct slice date = columns->column[layout->date], clock = columns->column[layout->clock];
	size_t at = 0;

	if (!when_date(date, &at, dates, out))
		return false;
	if (layout->date != layout->clock)
		at = 0;
	return when_clock(clock, &at, out);
}

/* Whether the line begins an event in this layout; then fill the event but for its description. */
static bool
begins_as(const struct layout *layout, const struct columns *columns, struct sink_dates *dates,
    struct log_event *event)
{
	struct when when;
	uint32_t id;

	if (columns->n <= layout->event || !is_number(columns->column[layout->event]) ||
	    !text_number(columns->column[layout->event], &id) ||
	    is_number(columns->column[layout->plain]) || !read_time(layout, columns, dates, &when))
		return false;
	event->time = when;
	event->id = id & 0xffff;
	event->source = columns->column[layout->source];
	event->text = columns->n > layout->description ? columns->rest[layout->description]
						       : slice_of(NULL, 0);
	return true;
}

static bool
begins(struct slice line, struct sink_dates *dates, struct log_event *event)
{
	static const unsigned char separators[] = { '\t', ',', ';' };

	for (size_t i = 0; i < sizeof separators; i++) {
		struct columns columns;

		split(line, separators[i], &columns);
		if (columns.n < 4)
			continue;
		for (size_t j = 0; j < sizeof layouts / sizeof *layouts; j++)
			if (begins_as(&layouts[j], &columns, dates, event))
				return true;
	}
	return false;
}

bool
event_text_begins(struct slice line)
{
	struct log_event event;

	return begins(line, NULL, &event);
}

/* Strings of an event whose message file was missing where the export was made. */
static void
take_insertions(struct log_event *event)
{
	static const char *const marks[] = {
		"insertion string(s):", "information is part of the event:", NULL
	};
	size_t at = SLICE_NONE, from = 0;

	for (size_t i = 0; marks[i] && at == SLICE_NONE; i++) {
		at = slice_find_nocase(event->text, 0, marks[i]);
		if (at != SLICE_NONE)
			at += strlen(marks[i]);
	}
	if (at == SLICE_NONE)
		return;
	event->text = slice_trim(slice_from(event->text, at));
	while (from < event->text.len && event->n_strings < EVENT_STRINGS_MAX) {
		size_t end = slice_find_str(event->text, from, ", ");
		struct slice string =
		    slice_cut(event->text, from, end == SLICE_NONE ? SLICE_NONE : end - from);

		if (end == SLICE_NONE && slice_ends(string, "."))
			string.len--;
		event->strings[event->n_strings++] = slice_trim(string);
		if (end == SLICE_NONE)
			break;
		from = end + 2;
	}
}

/* The description without the quotes around it. */
static struct slice
description(const struct event_text *state)
{
	struct slice text = slice_trim(slice_of(state->text, state->len));

	if (slice_starts(text, "\""))
		text = slice_from(text, 1);
	if (slice_ends(text, "\""))
		text.len--;
	return text;
}

static void
flush(struct log_reader *reader)
{
	struct event_text *state = reader->state;

	if (!state->have)
		return;
	state->have = false;
	state->event.text = description(state);
	take_insertions(&state->event);
	when_note(&reader->sink, state->event.time);
	events_take(&state->events, &reader->sink, &state->event);
}

/* Add to the description; a doubled quote stands for one. */
static void
append(struct event_text *state, struct slice s)
{
	for (size_t i = 0; i < s.len && state->len < TEXT_MAX; i++) {
		state->text[state->len++] = s.data[i];
		if (s.data[i] == '"' && i + 1 < s.len && s.data[i + 1] == '"')
			i++;
	}
}

static void
take_line(struct log_reader *reader, const struct log_line *line)
{
	struct event_text *state = reader->state;
	struct log_event event = {
		.zone = ZONE_LOCAL, .offset = line->offset, .number = line->number
	};

	if (!begins(line->text, &reader->sink.dates, &event)) {
		/* The first line may name the columns. */
		if (!state->have)
			reader->sink.out->n_damaged += line->text.len > 0 && line->number > 1;
		else if (state->len < TEXT_MAX)
			append(state, slice_str("\n"));
		if (state->have)
			append(state, line->text);
		return;
	}
	flush(reader);
	state->have = true;
	state->event = event;
	state->len = 0;
	append(state, event.text);
	event.source = slice_cut(event.source, 0, sizeof state->source);
	if (event.source.len)
		memcpy(state->source, event.source.data, event.source.len);
	state->event.source = slice_of(state->source, event.source.len);
}

static void
begin(struct log_reader *reader)
{
	struct event_text *state = reader->state;

	events_begin(&state->events, false);
	reader->sink.out->zone = ZONE_LOCAL;
}

static void
finish(struct log_reader *reader)
{
	struct event_text *state = reader->state;

	flush(reader);
	events_finish(&state->events, &reader->sink);
}

const struct log_format log_format_event_text = {
	.state_size = sizeof(struct event_text), .begin = begin, .line = take_line, .finish = finish
};
