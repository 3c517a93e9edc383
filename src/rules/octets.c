/* octets.c - what the 8-bit bytes of a header are: UTF-8 (RFC 3629) or something else. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/family.h"

/* What was met, worse ones last. */
enum octets { OCTETS_UTF8, OCTETS_C1, OCTETS_OVERLONG, OCTETS_OTHER };

/* Bytes of the sequence at pos, 0 when it is none. */
static size_t
sequence_len(struct slice text, size_t pos)
{
	unsigned char lead = text.data[pos];
	size_t len = lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0;

	if (len == 0 || pos + len > text.len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((text.data[pos + i] & 0xc0) != 0x80)
			return 0;
	return len;
}

static enum octets
judge(struct slice text, size_t pos, size_t len)
{
	unsigned char lead = text.data[pos], second = text.data[pos + 1];

	if (lead < 0xc2 || (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90))
		return OCTETS_OVERLONG;
	if ((lead == 0xed && second >= 0xa0) || lead > 0xf4 || (lead == 0xf4 && second > 0x8f))
		return OCTETS_OTHER;
	return len == 2 && lead == 0xc2 && second < 0xa0 ? OCTETS_C1 : OCTETS_UTF8;
}

const char *
octets_name(struct slice text)
{
	static const char *const names[] = { "UTF-8", "UTF-8 of control characters",
		"overlong UTF-8", "bytes that are no UTF-8" };
	enum octets worst = OCTETS_UTF8;

	for (size_t pos = 0; pos < text.len;) {
		size_t len = text.data[pos] < 0x80 ? 1 : sequence_len(text, pos);
		enum octets met = OCTETS_OTHER;

		if (len == 1)
			met = OCTETS_UTF8;
		else if (len > 1)
			met = judge(text, pos, len);
		if (met > worst)
			worst = met;
		pos += len ? len : 1;
	}
	return names[worst];
}
