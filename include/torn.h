/*
 * torn.h - by which hash a block of one file is looked for in the others.
 *
 * For the parsers that see a tear and for src/worker, which looks for what follows it. Code:
 * src/base/torn.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TORN_H
#define IMC_TORN_H

#include <stdint.h>

#define TORN_BLOCK 512u /* bytes of a sector: the smallest thing that a disk tears */

/* The same on every machine, never 0. It need not resist an enemy: who makes two blocks collide
 * gains a wrong hint about a file of his own. */
uint64_t torn_hash(const unsigned char block[TORN_BLOCK]);

#endif
