/* utf8.c - which bytes are characters, and which characters are fit to be shown. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/utf8.h"

struct range {
	uint32_t first, last;
};

/* Characters without a glyph of their own, or that move, hide or reorder their neighbours: Unicode
 * categories Cc, Cf, Zl, Zp, Cs, Co, noncharacters and the blanks that are no plain space. */
static const struct range hidden[] = {
	{ 0x00, 0x1f },
	{ 0x7f, 0xa0 },
	{ 0xad, 0xad },
	{ 0x34f, 0x34f },
	{ 0x600, 0x605 },
	{ 0x61c, 0x61c },
	{ 0x6dd, 0x6dd },
	{ 0x70f, 0x70f },
	{ 0x890, 0x891 },
	{ 0x8e2, 0x8e2 },
	{ 0x115f, 0x1160 },
	{ 0x1680, 0x1680 },
	{ 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f },
	{ 0x2000, 0x200f },
	{ 0x2028, 0x202f },
	{ 0x205f, 0x206f },
	{ 0x2800, 0x2800 },
	{ 0x3000, 0x3000 },
	{ 0x3164, 0x3164 },
	{ 0xd800, 0xf8ff },
	{ 0xfdd0, 0xfdef },
	{ 0xfe00, 0xfe0f },
	{ 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 },
	{ 0xfff0, 0xfffc },
	{ 0xfffe, 0xffff },
	{ 0x110bd, 0x110bd },
	{ 0x110cd, 0x110cd },
	{ 0x13430, 0x1343f },
	{ 0x1bca0, 0x1bca3 },
	{ 0x1d173, 0x1d17a },
	{ 0x1fffe, 0x1ffff },
	{ 0x2fffe, 0x2ffff },
	{ 0x3fffe, 0x10ffff },
};

/* Marks that are drawn on the character before them. */
static const struct range combining[] = {
	{ 0x300, 0x36f },
	{ 0x483, 0x489 },
	{ 0x591, 0x5bd },
	{ 0x610, 0x61a },
	{ 0x64b, 0x65f },
	{ 0x900, 0x903 },
	{ 0x93a, 0x94f },
	{ 0xe31, 0xe31 },
	{ 0xe34, 0xe3a },
	{ 0xe47, 0xe4e },
	{ 0x1ab0, 0x1aff },
	{ 0x1dc0, 0x1dff },
	{ 0x20d0, 0x20f0 },
	{ 0x302a, 0x302f },
	{ 0x3099, 0x309a },
	{ 0xfe20, 0xfe2f },
};

static const struct range wide[] = {
	{ 0x1100, 0x115f },
	{ 0x2e80, 0x303e },
	{ 0x3041, 0xa4cf },
	{ 0xa960, 0xa97f },
	{ 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff },
	{ 0xfe30, 0xfe6f },
	{ 0xff00, 0xff60 },
	{ 0xffe0, 0xffe6 },
	{ 0x16fe0, 0x18aff },
	{ 0x1b000, 0x1b2ff },
	{ 0x1f300, 0x1f64f },
	{ 0x1f680, 0x1f6ff },
	{ 0x1f900, 0x1faff },
	{ 0x20000, 0x3fffd },
};

static bool
within(uint32_t code, const struct range *ranges, size_t count)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && code >= ranges[low].first;
}

size_t
utf8_next(struct slice s, size_t pos, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char lead = s.data[pos];
	size_t len = lead < 0x80                   ? 1
		     : lead >= 0xc2 && lead < 0xe0 ? 2
		     : (lead & 0xf0) == 0xe0       ? 3
		     : lead >= 0xf0 && lead < 0xf5 ? 4
						   : 0;
	uint32_t value = len == 1 ? lead : len == 0 ? 0 : lead & (0x7fu >> len);

	if (len == 0 || len > s.len - pos)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((s.data[pos + i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (s.data[pos + i] & 0x3fu);
	}
	if (value < least[len] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*code = value;
	return len;
}

bool
utf8_shows(uint32_t code)
{
	return !within(code, hidden, sizeof hidden / sizeof hidden[0]);
}

unsigned
utf8_columns(uint32_t code)
{
	if (code < 0x300)
		return 1;
	if (within(code, combining, sizeof combining / sizeof combining[0]))
		return 0;
	return within(code, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}
