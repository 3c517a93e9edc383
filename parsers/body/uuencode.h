/*
 * uuencode.h - single lines of uuencoded and xxencoded blocks, without their line ends.
 *
 * For uuencode.c and unpack_uu.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_UUENCODE_H
#define IMC_UUENCODE_H

#include <stdbool.h>

#include "body.h"

struct uu_begin {
	size_t at; /* of the line */
	struct slice mode, name;
};

/* Bytes that a length byte stands for, or the six bits of a symbol. */
unsigned uu_length(unsigned char byte);
bool uu_is_symbol(unsigned char byte);

/* Symbols that a line of so many bytes has, and those that stand in s. */
size_t uu_symbols_for(unsigned length);
size_t uu_count_symbols(struct slice s);

/* "begin DIGITS[ NAME]"; `at` is left alone. The word in prose has no digits after it. */
bool uu_read_begin(struct slice line, struct uu_begin *begin);
bool uu_mode_is_good(struct slice mode);

/* A line that can be data: it holds symbols only, or is as long as its length byte says. */
bool uu_is_data(struct slice line);
bool uu_is_zero(struct slice line);
bool uu_is_end(struct slice line);

/* A data line of xxencode. */
bool uu_is_xx(struct slice line);

/* These look at the lines that follow, and take none. A line whose length byte is none: only symbols
 * after it, and a good line comes next. */
bool uu_is_damaged(struct body_lines lines, struct slice line);

/* Whether what follows a begin line is data and not prose. */
bool uu_begin_is_real(struct body_lines lines, const struct uu_begin *begin, bool labelled);

/* Whether blanks may have been lost at line ends: the block writes zero as SP, or has no zero at
 * all, and no line of it still ends in SP. Looks at its lines up to the first that is no data. */
bool uu_lost_blanks(struct body_lines lines);

/* Decode what a data line stands for, at most `room` bytes; how many. A stripped line stands for more
 * bytes than it has. */
size_t uu_decode(struct slice line, unsigned char *out, size_t room);

#endif
