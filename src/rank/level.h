/*
 * level.h - scores in whole millibits and the levels they stand for.
 *
 * For src/rank, and src/cli where it shows what a rule weighs.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LEVEL_H
#define IMC_LEVEL_H

#include <stdint.h>

#include "suspect.h"

/* log2 of a positive, finite number in millibits, rounded to the nearest. Made of multiplications
 * alone, so that every machine and C library gives the same figure; INT32_MIN for anything else. */
int32_t level_millibits(double ratio);

/* Two to the power of so many millibits, made of multiplications alone like the above. */
double level_ratio(int32_t millibits);

#endif
