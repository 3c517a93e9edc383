/*
 * paragraph.h - our own sentences broken at blanks, to stdout.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PARAGRAPH_H
#define IMC_PARAGRAPH_H

#include <stddef.h>

/* Print text and a newline; the cursor is at `column`, further lines begin at `margin`, none is
 * wider than 79 columns. */
void paragraph_print(const char *text, size_t margin, size_t column);

#endif
