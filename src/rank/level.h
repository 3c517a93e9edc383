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

#define LEVEL_MEDIUM_FROM 3000 /* millibits */
/* What `at most low` leaves of a larger score: two digits behind the point still show less than
 * 3. */
#define LEVEL_CAP 2990
#define LEVEL_CAP_RATIO 0x1.fc769e9b9c35fp+2 /* 2^2.99 */

/* log2 of a positive, finite number in millibits, rounded to the nearest. Made of multiplications
 * alone, so that every machine and C library gives the same figure; INT32_MIN for anything else. */
int32_t level_millibits(double ratio);

#endif
