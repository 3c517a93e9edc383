/*
 * escape.h - the one sink for hostile text.
 *
 * For src/report and src/cli (error lines, progress). Everything that comes out of the tree, file
 * names too, goes through here before it reaches an output.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ESCAPE_H
#define IMC_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "slice.h"

#define ESCAPE_UNIT_MAX 17 /* bytes of one escaped character, NUL included: four of \xNN */

/* One character made safe for a terminal. */
struct escaped {
	char text[ESCAPE_UNIT_MAX]; /* NUL-terminated */
	unsigned columns;           /* it takes on the screen */
	size_t taken;               /* bytes of the input */
};

/* The character at s.data[pos], pos < s.len: as it is when a terminal only shows it, else its
 * bytes as \xNN. A backslash is doubled; a blank at either end or after another blank is \x20,
 * so that no name can fake the layout of a report. */
struct escaped escape_next(struct slice s, size_t pos);

/* The same for all of s, to a stream. */
void escape_print(FILE *out, struct slice s);

/* All of s into a buffer, NUL-terminated; cut at a whole character, then "..." stands at its
 * end. Returns buffer, for use as an argument of printf. size at least 4. */
const char *escape_buffer(char *buffer, size_t size, struct slice s);

/* Whether s is valid UTF-8 throughout. */
bool escape_is_utf8(struct slice s);

/* s as valid UTF-8 for JSON: each byte that is part of no character becomes U+0000 to U+00FF of
 * its value. *out is malloc'ed (free() it), *len its bytes. False without memory. */
bool escape_json(struct slice s, char **out, size_t *len);

/* Lower case hexadecimal digits, NUL-terminated: out holds 2 * s.len + 1 bytes. */
void escape_hex(struct slice s, char *out);

#endif
