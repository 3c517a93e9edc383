/* level.c - scores in whole millibits and the levels they stand for. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank/level.h"

#include <math.h>
#include <string.h>

#include "rank/constants.h"

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
	return level_from(NULL, score);
}

enum level
level_from(const int32_t *from, int32_t score)
{
	int32_t usual[LEVEL_COUNT];

	if (!from) {
		constants_levels(constants_default(), usual);
		from = usual;
	}
	for (int level = LEVEL_CRITICAL; level > LEVEL_CLEAN; level--) {
		if (level != LEVEL_UNKNOWN && score >= from[level])
			return (enum level)level;
	}
	return LEVEL_CLEAN;
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

double
level_ratio(int32_t millibits)
{
	/* 2^0.001, 2^0.002, 2^0.004 … 2^0.512 */
	static const double powers[] = { 0x1.002d711c79a96p+0, 0x1.005aea49e94fap+0,
		0x1.00b5f4dd65028p+0, 0x1.016c6b0ef54c9p+0, 0x1.02dadcde89e83p+0,
		0x1.05bde04d778a2p+0, 0x1.0b9cb832eca9dp+0, 0x1.17c0482b3c43fp+0,
		0x1.31b4adba928edp+0, 0x1.6d10057b557c1p+0 };
	const int32_t whole =
	    millibits >= 0 ? millibits / 1000 : -(int32_t)((999 - (int64_t)millibits) / 1000);
	const int32_t rest = millibits - whole * 1000;
	double ratio = 1;

	for (size_t i = 0; i < sizeof powers / sizeof powers[0]; i++) {
		if (rest >> i & 1)
			ratio *= powers[i];
	}
	return ldexp(ratio, whole);
}
