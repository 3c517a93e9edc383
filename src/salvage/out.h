/*
 * out.h - bytes of the new mail, in memory of a fixed size.
 *
 * For src/salvage only. What finds no room is not written, and `full` says so.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_OUT_H
#define IMC_SALVAGE_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct out {
	unsigned char *bytes;
	size_t room, len;
	size_t line; /* where the line in hand begins */
	bool full;
};

void out_byte(struct out *out, unsigned char byte);
void out_slice(struct out *out, struct slice s);
void out_text(struct out *out, const char *text);
void out_number(struct out *out, unsigned long long number);
void out_crlf(struct out *out);

/* Columns of the line in hand that are written. */
size_t out_column(const struct out *out);

#endif
