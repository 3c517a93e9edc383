/*
 * apple.h - what the parsers of Macintosh files share: their check sum and the MacBinary header.
 *
 * For binhex.c, macbinary.c, applefile.c and the TNEF parser.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_APPLE_H
#define IMC_APPLE_H

#include "facts.h"
#include "slice.h"

/* CRC-16 of polynomial 0x1021 (RFC 1741 appendix A, MacBinary II), one byte more; begins at 0. */
uint16_t apple_crc_add(uint16_t crc, unsigned char byte);

/* The same for a run of `count` equal bytes, in a number of steps that hardly depends on it. */
uint16_t apple_crc_add_run(uint16_t crc, unsigned char byte, unsigned count);

/* The first fault of a MacBinary file, header and fork lengths; *at is its place in file. */
enum apple_fault macbinary_fault(struct slice file, size_t *at);

/* BinHex 4.0. The six bits of a symbol, or -1. */
int binhex_symbol(unsigned char byte);

#define BINHEX_BANNER_TO_DATA 4u /* lines, its own included */

/* The banner at the start of a line at or after `from`, and the ':' that starts data: first byte of
 * one of the next `most` lines at or after `from`. SLICE_NONE: there is none. */
size_t binhex_banner(struct slice text, size_t from);
size_t binhex_start(struct slice text, size_t from, size_t most);

#endif
