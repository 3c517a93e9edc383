/* timezone.c - the value of --timezone. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "cli/values.h"
#include "slice.h"

#define ZONES "/usr/share/zoneinfo"
#define HOURS_MOST 14 /* Kiritimati; no zone is farther from UTC */

/* As for tzset(3): who brings zones of his own along names their folder. */
static const char *
zones(void)
{
	const char *folder = getenv("TZDIR");

	return folder && *folder ? folder : ZONES;
}

static int
two_digits(const char *text)
{
	if (!byte_is_digit((unsigned char)text[0]) || !byte_is_digit((unsigned char)text[1]))
		return -1;
	return (text[0] - '0') * 10 + text[1] - '0';
}

/* "+01:00", "-05:30" */
static bool
is_offset(const char *text)
{
	int hours, minutes;

	if ((text[0] != '+' && text[0] != '-') || strlen(text) != 6 || text[3] != ':')
		return false;
	hours = two_digits(text + 1);
	minutes = two_digits(text + 4);
	return hours >= 0 && minutes >= 0 && minutes < 60 &&
	       hours * 60 + minutes <= HOURS_MOST * 60;
}

/* Nothing that leads out of the folder of zones. */
static bool
is_zone_name(const char *text)
{
	bool fresh = true; /* after a slash */

	for (; *text; text++) {
		const unsigned char byte = (unsigned char)*text;

		if (fresh && !byte_is_alpha(byte))
			return false;
		if (!byte_is_alpha(byte) && !byte_is_digit(byte) && !strchr("_+-/", byte))
			return false;
		fresh = byte == '/';
	}
	return !fresh;
}

/* RFC 8536: a file of a zone begins with "TZif". */
static bool
is_known_zone(const char *name)
{
	char path[256], magic[4] = "";
	FILE *file;
	bool known;

	if (snprintf(path, sizeof path, "%s/%s", zones(), name) >= (int)sizeof path)
		return false;
	file = fopen(path, "re");
	if (!file)
		return false;
	known = fread(magic, 1, sizeof magic, file) == sizeof magic &&
		memcmp(magic, "TZif", sizeof magic) == 0;
	fclose(file);
	return known;
}

bool
value_timezone(const char *text)
{
	return strcasecmp(text, "UTC") == 0 || is_offset(text) ||
	       (is_zone_name(text) && is_known_zone(text));
}

/* POSIX counts offsets west of UTC, and its names need no file, but three letters:
 * "<zone>-01:00" is one hour east. */
void
value_zone_enter(const char *text)
{
	char zone[256];

	if (strcasecmp(text, "UTC") == 0)
		snprintf(zone, sizeof zone, "UTC0");
	else if (is_offset(text))
		snprintf(zone, sizeof zone, "<zone>%c%s", text[0] == '+' ? '-' : '+', text + 1);
	else
		snprintf(zone, sizeof zone, ":%s/%s", zones(), text);
	(void)setenv("TZ", zone, 1);
	tzset();
}

void
value_zone_leave(void)
{
	(void)setenv("TZ", "UTC0", 1);
	tzset();
}

int32_t
value_zone_offset(void *context, int64_t local)
{
	const time_t clock = (time_t)local;
	struct tm parts;
	time_t utc;

	(void)context;
	if (!gmtime_r(&clock, &parts))
		return 0;
	parts.tm_isdst = -1;
	utc = mktime(&parts);
	return utc == (time_t)-1 ? 0 : (int32_t)(clock - utc);
}
