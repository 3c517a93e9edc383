/* charset_extended.c - the charset parameter in the extended form of RFC 2231: name, decoded. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

/* Whether the part's charset was read from "charset*=" or "charset*0*=". */
static bool
is_extended(const struct part *part)
{
	if (!part->has_charset || typed_value_param(&part->type, "charset"))
		return false;
	return typed_value_param(&part->type, "charset*") ||
	       typed_value_param(&part->type, "charset*0*");
}

/* The bytes that percent codes stand for; the text itself where it has none. */
static struct slice
decode_percent(struct arena *arena, struct slice text)
{
	unsigned char *out;
	size_t len = 0;

	if (slice_find(text, 0, '%') == SLICE_NONE)
		return text;
	out = arena_alloc(arena, text.len, 1);
	for (size_t i = 0; i < text.len; i++) {
		int high = i + 2 < text.len ? byte_hex(text.data[i + 1]) : -1;
		int low = high >= 0 ? byte_hex(text.data[i + 2]) : -1;

		out[len] = text.data[i];
		if (text.data[i] == '%' && low >= 0) {
			out[len] = (unsigned char)(high << 4 | low);
			i += 2;
		}
		len++;
	}
	return slice_of(out, len);
}

void
charset_read_extended(struct arena *arena, struct part *part)
{
	size_t first, second;

	if (!is_extended(part))
		return;
	first = slice_find(part->charset, 0, '\'');
	second = first == SLICE_NONE ? first : slice_find(part->charset, first + 1, '\'');
	if (second != SLICE_NONE)
		part->charset = slice_from(part->charset, second + 1);
	part->charset = slice_trim(decode_percent(arena, part->charset));
}
