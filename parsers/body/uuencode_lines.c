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

bool
uu_is_damaged(struct body_lines lines, struct slice line)
{
	struct slice next;

	return line.len > 4 && !uu_is_symbol(line.data[0]) &&
	       uu_count_symbols(line) == line.len - 1 && body_next_line(&lines, &line) &&
	       body_next_line(&lines, &next) && uu_is_data(next);
}

bool
uu_begin_is_real(struct body_lines lines, const struct uu_begin *begin, bool labelled)
{
	const struct body_lines ahead = lines;
	struct slice line = { 0 };

	if (labelled)
		return true;
	if (!body_next_line(&lines, &line))
		return false;
	if (uu_is_zero(line))
		return body_next_line(&lines, &line) && uu_is_end(line);
	if (uu_mode_is_good(begin->mode))
		return uu_is_data(line) || uu_is_damaged(ahead, line);
	/* A bad mode wants better proof: a full line, and nothing but symbols in it. */
	return line.data[0] == 'M' && line.len == 61 && uu_count_symbols(line) == line.len;
}

bool
uu_lost_blanks(struct body_lines lines)
{
	bool blanks = false, ticks = false;
	struct slice line = { 0 };

	while (body_next_line(&lines, &line) && uu_is_data(line)) {
		if (line.data[line.len - 1] == ' ')
			return false;
		blanks = blanks || slice_find(line, 1, ' ') != SLICE_NONE;
		ticks = ticks || slice_find(line, 1, '`') != SLICE_NONE;
	}
	ticks = ticks || slice_eq(body_trim_end(line), "`");
	return blanks || !ticks;
}

/* Three bytes at a time, as long as all four symbols stand there; returns how many bytes that were. */
static unsigned
decode_quartets(struct slice line, unsigned length, unsigned char *out, size_t room)
{
	const unsigned char *from = line.data + 1;
	unsigned n = 0;

	for (; n + 3 <= length && n / 3 * 4 + 5 <= line.len && room - n >= 3;
	     n += 3, from += 4, out += 3) {
		const uint32_t bits = uu_length(from[0]) << 18 | uu_length(from[1]) << 12 |
				      uu_length(from[2]) << 6 | uu_length(from[3]);

		out[0] = (unsigned char)(bits >> 16);
		out[1] = (unsigned char)(bits >> 8);
		out[2] = (unsigned char)bits;
	}
	return n;
}

size_t
uu_decode(struct slice line, unsigned char *out, size_t room)
{
	const unsigned length = uu_length(line.data[0]);
	unsigned i = decode_quartets(line, length, out, room);

	for (; i < length && i < room; i++) {
		size_t first = 1 + i / 3 * 4 + i % 3;
		unsigned high = first < line.len ? uu_length(line.data[first]) : 0;
		unsigned low = first + 1 < line.len ? uu_length(line.data[first + 1]) : 0;
		unsigned shift = 2 + 2 * (i % 3); /* bits that the first symbol gives */

		out[i] = (unsigned char)(high << shift | low >> (6 - shift));
	}
	return i;
}
