/*
 * values.h - the values of options.
 *
 * For src/cli. Each function leaves *out alone and returns false when the text is none of its kind.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_VALUES_H
#define IMC_VALUES_H

#include <stdbool.h>
#include <stdint.h>

/* A whole decimal number from `least` to `most`, digits only. */
bool value_number(const char *text, uint64_t least, uint64_t most, uint64_t *out);

/* "2", "0.5", "2+1": seconds, and seconds for each MB; in milliseconds. Without "+" the second is
 * kept. */
bool value_time_limit(const char *text, unsigned *base_ms, unsigned *per_mb_ms);

/* "auto", "always", "never": 0, 1, 2. */
bool value_when(const char *text, int *out);

/* "UTC", "+01:00" (up to 14 hours) or the name of a zone that this machine knows. */
bool value_timezone(const char *text);

/* From here to value_zone_leave() the zone of this process is `text`, a valid one. Not for several
 * threads. */
void value_zone_enter(const char *text);
void value_zone_leave(void);

/* Between the two: seconds east of UTC when the clock showed `local` (seconds since 1970 as if it
 * were UTC). Of an hour that a change of the clock repeats, the first. The context is not used. */
int32_t value_zone_offset(void *context, int64_t local);

#endif
