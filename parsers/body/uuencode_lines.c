/* uuencode_lines.c - what one line of a uuencoded block is: begin, data, zero length or end. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "uuencode.h"

#include "body.h"

#define FIRST_SYMBOL 0x20u
#define LAST_SYMBOL 0x60u

unsigned
uu_length(unsigned char byte)
{
	return ((unsigned)byte - 0x20u) & 0x3fu;
}

bool
uu_is_symbol(unsigned char byte)
{
	return byte >= FIRST_SYMBOL && byte <= LAST_SYMBOL;
}

size_t
uu_symbols_for(unsigned length)
{
	return (size_t)(length + 2) / 3 * 4;
}

size_t
uu_count_symbols(struct slice s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++)
		count += (unsigned char)(s.data[i] - FIRST_SYMBOL) <= LAST_SYMBOL - FIRST_SYMBOL;
	return count;
}

bool
uu_is_data(struct slice line)
{
	size_t need;

	if (line.len == 0 || !uu_is_symbol(line.data[0]) || uu_length(line.data[0]) == 0)
		return false;
	need = uu_symbols_for(uu_length(line.data[0]));
	return line.len - 1 == need || line.len == uu_count_symbols(line);
}

bool
uu_is_zero(struct slice line)
{
	line = body_trim_end(line);
	return line.len == 0 || (line.len == 1 && line.data[0] == '`');
}

bool
uu_is_end(struct slice line)
{
	return slice_eq(body_trim_end(line), "end");
}

static bool
all_octal(struct slice mode)
{
	for (size_t i = 0; i < mode.len; i++)
		if (mode.data[i] < '0' || mode.data[i] > '7')
			return false;
	return true;
}

bool
uu_mode_is_good(struct slice mode)
{
	return (mode.len == 3 || mode.len == 4) && all_octal(mode);
}

bool
uu_read_begin(struct slice line, struct uu_begin *begin)
{
	struct slice rest = slice_from(line, 6);
	size_t digits = 0;

	if (!slice_starts(line, "begin "))
		return false;
	while (digits < rest.len && byte_is_digit(rest.data[digits]))
		digits++;
	if (digits == 0 || digits > 7 || (digits < rest.len && !byte_is_blank(rest.data[digits])))
		return false;
	begin->mode = slice_cut(rest, 0, digits);
	begin->name = slice_trim(slice_from(rest, digits));
	return true;
}

/* 0..63 in the alphabet of xxencode: + - 0-9 A-Z a-z; -1: none of it. */
static int
xx_symbol(unsigned char byte)
{
	if (byte == '+' || byte == '-')
		return byte == '-';
	if (byte_is_digit(byte))
		return byte - '0' + 2;
	if (byte >= 'A' && byte <= 'Z')
		return byte - 'A' + 12;
	return byte >= 'a' && byte <= 'z' ? byte - 'a' + 38 : -1;
}

bool
uu_is_xx(struct slice line)
{
	for (size_t i = 0; i < line.len; i++)
		if (xx_symbol(line.data[i]) < 0)
			return false;
	return line.len > 4 && line.len - 1 == uu_symbols_for((unsigned)xx_symbol(line.data[0]));
}
