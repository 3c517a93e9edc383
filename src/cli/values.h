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

#endif
