/* words.c - our sentences: printable ASCII in a fixed room. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "correlate/joins.h"

struct words
words_of(char *room, size_t size)
{
	room[0] = '\0';
	return (struct words){ room, size };
}

__attribute__((format(printf, 2, 0))) static void
add(struct words *words, const char *format, va_list arguments)
{
	const int n = vsnprintf(words->at, words->left, format, arguments);
	size_t used = n < 0 ? 0 : (size_t)n;

	if (used >= words->left)
		used = words->left - 1;
	words->at += used;
	words->left -= used;
}

void
words_add(struct words *words, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add(words, format, arguments);
	va_end(arguments);
}

void
words_time(struct words *words, const struct moment *moment)
{
	const bool utc = moment->utc != NO_TIME;
	const time_t when = (time_t)(utc ? moment->utc : moment->local);
	struct tm tm;

	if (!moment_known(moment) || !gmtime_r(&when, &tm)) {
		words_add(words, "an unknown time");
		return;
	}
	words_add(words, "%04d-%02d-%02d %02d:%02d:%02d %s", tm.tm_year + 1900, tm.tm_mon + 1,
	    tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, utc ? "UTC" : "local time");
}

void
words_gap(struct words *words, int64_t seconds)
{
	static const struct {
		int64_t size;
		const char *name;
	} units[] = { { 86400, "days" }, { 3600, "hours" }, { 60, "minutes" } };

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (seconds >= 2 * units[i].size) {
			words_add(
			    words, "%lld %s", (long long)(seconds / units[i].size), units[i].name);
			return;
		}
	}
	words_add(words, "%lld s", (long long)seconds);
}

void
words_offset(struct words *words, int32_t seconds)
{
	const int32_t minutes = abs(seconds) / 60;

	words_add(words, "UTC");
	if (minutes)
		words_add(words, "%c%d", seconds < 0 ? '-' : '+', minutes / 60);
	if (minutes % 60)
		words_add(words, ":%02d", minutes % 60);
}

void
note_add(struct correlation *c, const char *format, ...)
{
	struct words words;
	va_list arguments;

	if (c->n_notes == NOTES_MAX)
		return;
	words = words_of(c->notes[c->n_notes++], NOTE_MAX);
	va_start(arguments, format);
	add(&words, format, arguments);
	va_end(arguments);
}
