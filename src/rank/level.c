/* level.c - scores in whole millibits and the levels they stand for. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/level.h"

#include <math.h>
#include <string.h>

#define FRACTION_BITS 24 /* of log2; a millibit needs 10 */

static const char *const names[LEVEL_COUNT] = {
	[LEVEL_CLEAN] = "clean",
	[LEVEL_LOW] = "low",
	[LEVEL_UNKNOWN] = "unknown",
	[LEVEL_MEDIUM] = "medium",
	[LEVEL_HIGH] = "high",
	[LEVEL_CRITICAL] = "critical",
};

const char *
level_name(enum level level)
{
	return (int)level >= 0 && level < LEVEL_COUNT ? names[level] : "";
}

enum level
level_by_name(const char *name)
{
	for (int i = 0; i < LEVEL_COUNT; i++) {
		if (strcmp(name, names[i]) == 0)
			return (enum level)i;
	}
	return LEVEL_COUNT;
}

enum level
level_of(int32_t score)
{
	if (score >= 8000)
		return LEVEL_CRITICAL;
	if (score >= 5000)
		return LEVEL_HIGH;
	if (score >= LEVEL_MEDIUM_FROM)
		return LEVEL_MEDIUM;
	return score >= -2000 ? LEVEL_LOW : LEVEL_CLEAN;
}

/* The bits of the logarithm one by one: squaring doubles it, halving takes a found bit away. */
int32_t
level_millibits(double ratio)
{
	const int64_t one = INT64_C(1) << FRACTION_BITS;
	int64_t fraction = 0, scaled;
	int exponent;
	double rest;

	if (!(ratio > 0) || !isfinite(ratio))
		return INT32_MIN;
	rest = 2 * frexp(ratio, &exponent); /* 1 <= rest < 2 */
	for (int i = 0; i < FRACTION_BITS; i++) {
		rest *= rest;
		fraction *= 2;
		if (rest >= 2) {
			rest /= 2;
			fraction++;
		}
	}
	scaled = ((exponent - 1) * one + fraction) * 1000 + one / 2;
	/* Towards minus infinity: a shift of a negative number is not portable. */
	return (int32_t)(scaled >= 0 ? scaled / one : -((-scaled + one - 1) / one));
}
