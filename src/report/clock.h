/*
 * clock.h - times as text.
 *
 * For src/report only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CLOCK_H
#define IMC_CLOCK_H

#include <stdint.h>

#define CLOCK_TEXT 40 /* bytes that hold any time, NUL included */

/* Seconds since 1970 UTC as 2001-03-05T20:07:51Z. */
void clock_utc(int64_t seconds, char text[CLOCK_TEXT]);

/* A FILETIME (100 ns since 1601) in the server's own time, hence without Z: 2001-03-05T14:07:51. */
void clock_filetime(uint64_t filetime, char text[CLOCK_TEXT]);

#endif
