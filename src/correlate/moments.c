/* moments.c - points in time that are known in UTC, in the server's local time, or in both. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "correlate/joins.h"

struct moment
moment_none(void)
{
	return (struct moment){ NO_TIME, NO_TIME };
}

bool
moment_known(const struct moment *moment)
{
	return moment->utc != NO_TIME || moment->local != NO_TIME;
}

/* Times of two axes are not compared: without an offset nobody knows how far they are apart. */
bool
moment_gap(const struct moment *later, const struct moment *earlier, int64_t *gap)
{
	if (later->utc != NO_TIME && earlier->utc != NO_TIME)
		*gap = later->utc - earlier->utc;
	else if (later->local != NO_TIME && earlier->local != NO_TIME)
		*gap = later->local - earlier->local;
	else
		return false;
	return true;
}
