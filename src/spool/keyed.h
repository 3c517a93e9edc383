/*
 * keyed.h - numbers for names, by a key that nobody outside can know.
 *
 * For src/spool only: names of members are hostile, and must not be able to meet in one place of a
 * table. What is found does not depend on the key.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_KEYED_H
#define IMC_KEYED_H

#include <stdint.h>

#include "slice.h"

struct keyed {
	uint64_t key[2];
};

struct keyed keyed_new(void);

/* SipHash-1-3 (Aumasson and Bernstein, 2012) of the bytes and a number. */
uint64_t keyed_hash(const struct keyed *keyed, uint64_t number, struct slice bytes);

#endif
