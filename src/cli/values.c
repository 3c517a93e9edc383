/* values.c - the values of options. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/values.h"

#include <string.h>

#include "slice.h"

#define SECONDS_MAX 86400u

bool
value_number(const char *text, uint64_t least, uint64_t most, uint64_t *out)
{
	uint64_t value = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		if (!byte_is_digit((unsigned char)*text) ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(*text - '0'), &value))
			return false;
	}
	if (value < least || value > most)
		return false;
	*out = value;
	return true;
}

/* "12", "0.25", ".5": up to three digits after the point count. */
static bool
milliseconds(const char **text, unsigned *out)
{
	unsigned whole = 0, thousandths = 0, unit = 100;
	bool any = false;

	for (; byte_is_digit((unsigned char)**text); (*text)++, any = true) {
		whole = whole * 10 + (unsigned)(**text - '0');
		if (whole > SECONDS_MAX)
			return false;
	}
	if (**text == '.') {
		(*text)++;
		for (; byte_is_digit((unsigned char)**text); (*text)++, unit /= 10, any = true)
			thousandths += (unsigned)(**text - '0') * unit;
	}
	*out = whole * 1000 + thousandths;
	return any;
}

bool
value_time_limit(const char *text, unsigned *base_ms, unsigned *per_mb_ms)
{
	unsigned base, per_mb = *per_mb_ms;

	if (!milliseconds(&text, &base))
		return false;
	if (*text == '+') {
		text++;
		if (!milliseconds(&text, &per_mb))
			return false;
	}
	if (*text || base == 0)
		return false;
	*base_ms = base;
	*per_mb_ms = per_mb;
	return true;
}

bool
value_when(const char *text, int *out)
{
	static const char *const words[] = { "auto", "always", "never" };

	for (int i = 0; i < 3; i++) {
		if (strcmp(text, words[i]) == 0)
			return *out = i, true;
	}
	return false;
}
