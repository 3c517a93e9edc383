/*
 * utf8.h - which bytes are characters, and which characters are fit to be shown.
 *
 * For src/report only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_UTF8_H
#define IMC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/* The bytes of the UTF-8 character at s.data[pos], its code in *code; 0 when there is none: stray,
 * overlong or cut sequences, surrogates, anything past U+10FFFF (RFC 3629). */
size_t utf8_next(struct slice s, size_t pos, uint32_t *code);

/* Whether a terminal shows the character and nothing else happens: no control, no C1, no bidi
 * control, no invisible or format character, no private or unassigned one of those planes. */
bool utf8_shows(uint32_t code);

/* Columns that a shown character takes: 0 (combining), 1 or 2 (East Asian wide). */
unsigned utf8_columns(uint32_t code);

#endif
