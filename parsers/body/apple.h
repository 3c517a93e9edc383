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

#endif
