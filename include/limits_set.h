/*
 * limits_set.h - how much of one message is looked at, as far as the user may say.
 *
 * For src/cli (sets), src/worker (hands on) and, by message.h, parsers (keep to it). What lies
 * beyond is counted and makes the file partial.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_LIMITS_SET_H
#define IMC_LIMITS_SET_H

#include <stdint.h>

/* The most there is room for, which is also what holds when nothing is said. */
#define MOST_SIZE_MIB 256u /* MiB given to the parsers; a file is hashed whole */
#define MOST_PARTS 10000u  /* parts kept */
#define MOST_DEPTH 200u    /* parts nested in parts that are followed */
#define MOST_FIELDS 20000u /* header fields kept, all parts together */

/* 0: the most. */
struct limits_set {
	uint32_t size_mib, parts, depth, fields;
};

#endif
