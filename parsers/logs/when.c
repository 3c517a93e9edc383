/*
 * when.c - dates and times as Windows of the day wrote them, in any locale.
 *
 * Which of two small numbers is the day is often not to be seen from one date; the log's other
 * dates tell. Until one does, m/d is assumed and the item is marked.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#define DAY 86400

/* One or two digits (up to four: *width says how many), behind blanks. */
static bool
digits(struct slice s, size_t *at, unsigned *value, unsigned *width)
{
	size_t i = *at;

	while (i < s.len && s.data[i] == ' ')
		i++;
	*value = *width = 0;
	for (; i < s.len && byte_is_digit(s.data[i]) && *width < 5; i++, (*width)++)
		*value = *value * 10 + (s.data[i] - '0');
	if (*width == 0 || *width > 4)
		return false;
	*at = i;
	return true;
}

static bool
byte_at(struct slice s, size_t at, unsigned char byte)
{
	return at < s.len && s.data[at] == byte;
}

/* Years of two digits: NT knows none before 1980; files of this kind end long before 2070. */
static unsigned
full_year(unsigned year, unsigned width)
{
	return width > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
}

static bool
is_date(unsigned year, unsigned month, unsigned day)
{
	static const unsigned char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return year >= 1970 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1];
}

/* The two small numbers a and b with their separator: which is the month? */
static bool
settle(unsigned year, unsigned a, unsigned b, unsigned char separator, struct sink_dates *dates,
    struct when *out)
{
	bool day_first = separator == '.' || (separator == '-' && a != b);
	bool as_month = is_date(year, a, b), as_day = is_date(year, b, a);

	if (!as_month && !as_day)
		return false;
	out->day_month = false;
	if (as_month != as_day) {
		day_first = as_day;
		if (dates && separator == '/') {
			dates->day_first |= as_day;
			dates->month_first |= as_month;
		}
	} else if (separator == '/' && dates && a != b) {
		day_first = dates->day_first && !dates->month_first;
		out->day_month = dates->day_first == dates->month_first;
	}
	out->seconds = evidence_seconds(year, day_first ? b : a, day_first ? a : b);
	return true;
}

bool
when_date(struct slice s, size_t *at, struct sink_dates *dates, struct when *out)
{
	unsigned value[3], width[3];
	unsigned char separator;
	size_t i = *at;

	if (!digits(s, &i, &value[0], &width[0]) || i >= s.len)
		return false;
	separator = s.data[i];
	if (separator != '/' && separator != '.' && separator != '-')
		return false;
	i++;
	if (!digits(s, &i, &value[1], &width[1]) || !byte_at(s, i, separator))
		return false;
	i++;
	if (!digits(s, &i, &value[2], &width[2]) || width[1] > 2)
		return false;
	if (width[0] == 4) {
		if (width[2] > 2 || !is_date(value[0], value[1], value[2]))
			return false;
		*out = (struct when){ evidence_seconds(value[0], value[1], value[2]), false };
	} else if (width[0] > 2 || (width[2] != 2 && width[2] != 4) ||
		   !settle(
		       full_year(value[2], width[2]), value[0], value[1], separator, dates, out)) {
		return false;
	}
	*at = i;
	return true;
}

/* AM or PM, as AM, am, a, A.M. behind at most one blank; 'p' and 'a' alone as dir writes them. */
static void
half_day(struct slice s, size_t *at, unsigned *hour)
{
	size_t i = *at + byte_at(s, *at, ' ');
	unsigned char half = i < s.len ? byte_lower(s.data[i]) : 0;

	if ((half != 'a' && half != 'p') || *hour > 12)
		return;
	const bool dotted = byte_at(s, ++i, '.');
	i += dotted;
	if (i < s.len && byte_lower(s.data[i]) == 'm') {
		i++;
		i += dotted && byte_at(s, i, '.');
	} else if (i < s.len && byte_is_alpha(s.data[i])) {
		return;
	}
	*hour = *hour % 12 + (half == 'p' ? 12 : 0);
	*at = i;
}

bool
when_clock(struct slice s, size_t *at, struct when *out)
{
	unsigned hour, minute, second = 0, width, rest;
	unsigned char separator;
	size_t i = *at;

	if (!digits(s, &i, &hour, &width) || width > 2 || i >= s.len)
		return false;
	separator = s.data[i++];
	if ((separator != ':' && separator != '.') || !digits(s, &i, &minute, &width) || width > 2)
		return false;
	if (byte_at(s, i, separator)) {
		i++;
		if (!digits(s, &i, &second, &width) || width > 2)
			return false;
	}
	if (byte_at(s, i, '.') && i + 1 < s.len && byte_is_digit(s.data[i + 1])) {
		i++;
		(void)digits(s, &i, &rest, &width);
	}
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	half_day(s, &i, &hour);
	if (out->seconds != EVIDENCE_TIME_NONE)
		out->seconds += ((int64_t)hour * 60 + minute) * 60 + second;
	*at = i;
	return true;
}

static void
widen(int64_t *first, int64_t *last, int64_t time)
{
	if (*first == EVIDENCE_TIME_NONE || time < *first)
		*first = time;
	if (*last == EVIDENCE_TIME_NONE || time > *last)
		*last = time;
}

void
when_note(struct sink *sink, struct when when)
{
	struct sink_dates *dates = &sink->dates;

	if (when.seconds == EVIDENCE_TIME_NONE)
		return;
	widen(&dates->first[0], &dates->last[0], when.seconds);
	if (when.day_month)
		when.seconds = evidence_swapped_time(when.seconds);
	widen(&dates->first[1], &dates->last[1], when.seconds);
}

void
when_set(struct evidence_item *item, struct when when, enum evidence_zone zone)
{
	item->time = when.seconds;
	item->zone = zone;
	if (when.day_month && when.seconds != EVIDENCE_TIME_NONE)
		item->flags |= EVIDENCE_DAY_MONTH;
}
