/* clock.c - times as text, from arithmetic alone: no zone and no locale has a say. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/clock.h"

#include <inttypes.h>
#include <stdio.h>

#define DAY 86400
#define DAYS_1601 134774  /* from 1601-01-01 to 1970-01-01 */
#define DAYS_ERA 146097   /* 400 years */
#define DAYS_MARCH 719468 /* from 0000-03-01 to 1970-01-01 */

/* The calendar of a day counted from 1970, years beginning in March so that leap days come last. */
static void
print_day(int64_t day, int64_t second, const char *zone, char text[CLOCK_TEXT])
{
	int64_t shifted = day + DAYS_MARCH;
	int64_t era = (shifted >= 0 ? shifted : shifted - (DAYS_ERA - 1)) / DAYS_ERA;
	int64_t of_era = shifted - era * DAYS_ERA;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	int64_t date = of_year - (153 * month + 2) / 5 + 1;

	year += era * 400 + (month >= 10);
	month += month < 10 ? 3 : -9;
	snprintf(text, CLOCK_TEXT, "%04" PRId64 "-%02d-%02dT%02d:%02d:%02d%s", year, (int)month,
	    (int)date, (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60), zone);
}

void
clock_utc(int64_t seconds, char text[CLOCK_TEXT])
{
	int64_t day = seconds / DAY, second = seconds % DAY;

	if (second < 0) {
		second += DAY;
		day--;
	}
	print_day(day, second, "Z", text);
}

void
clock_filetime(uint64_t filetime, char text[CLOCK_TEXT])
{
	int64_t seconds = (int64_t)(filetime / 10000000);

	print_day(seconds / DAY - DAYS_1601, seconds % DAY, "", text);
}
