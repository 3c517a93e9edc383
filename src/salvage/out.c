/* out.c - bytes of the new mail, in memory of a fixed size. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage/out.h"

#include <stdio.h>
#include <string.h>

void
out_slice(struct out *out, struct slice s)
{
	if (s.len > out->room - out->len) {
		out->full = true;
		return;
	}
	if (s.len > 0)
		memcpy(out->bytes + out->len, s.data, s.len);
	out->len += s.len;
}

void
out_byte(struct out *out, unsigned char byte)
{
	if (out->len == out->room)
		out->full = true;
	else
		out->bytes[out->len++] = byte;
}

void
out_text(struct out *out, const char *text)
{
	out_slice(out, slice_str(text));
}

void
out_number(struct out *out, unsigned long long number)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%llu", number);
	out_text(out, digits);
}

void
out_crlf(struct out *out)
{
	out_text(out, "\r\n");
	out->line = out->len;
}

size_t
out_column(const struct out *out)
{
	return out->len - out->line;
}
