/* unpack_uu.c - the files of uuencoded blocks; what a block is, uuencode.c tells. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unpack.h"

#include "uuencode.h"

struct block {
	struct body_lines lines; /* behind the begin line, later behind the block */
	size_t room;             /* bytes that its length bytes promise */
	bool sound;
};

static bool
is_xxencode(struct body_lines lines)
{
	struct slice line;

	return body_next_line(&lines, &line) && uu_is_xx(line) && !uu_is_data(line);
}

/* Find where the block ends, and whether anything in it is damaged. */
static void
measure(struct block *block)
{
	const bool lost_blanks = uu_lost_blanks(block->lines);
	bool zero = false;
	struct slice line;

	block->sound = true;
	while (body_peek_line(&block->lines, &line)) {
		if (uu_is_end(line)) {
			body_next_line(&block->lines, &line);
			block->sound = block->sound && zero;
			return;
		}
		if (uu_is_zero(line)) {
			zero = true;
		} else if (!zero && uu_is_damaged(block->lines, line)) {
			block->sound = false;
		} else if (zero || !uu_is_data(line)) {
			break;
		} else {
			const size_t need = uu_symbols_for(uu_length(line.data[0]));

			block->room += uu_length(line.data[0]);
			if (body_trim_end(line).len > need + 1 ||
			    (line.len - 1 < need && !lost_blanks) ||
			    uu_count_symbols(line) != line.len)
				block->sound = false;
		}
		body_next_line(&block->lines, &line);
	}
	block->sound = false;
}

/* Decode the data lines up to where measure() stopped. */
static struct slice
decode(struct arena *arena, struct body_lines lines, const struct block *block)
{
	unsigned char *out = arena_alloc(arena, block->room, 1);
	struct slice line;
	size_t len = 0;

	while (lines.pos < block->lines.pos && body_next_line(&lines, &line))
		if (uu_is_data(line) && !uu_is_end(line))
			len += uu_decode(line, out + len, block->room - len);
	return slice_of(out, len);
}

/* False when it was not taken, for want of room. */
static bool
take(struct unpacking *unpacking, const struct uu_begin *begin, struct body_lines *lines)
{
	struct block block = { .lines = *lines };
	struct unpacked file = { .kind = UNPACKED_FILE, .name = begin->name, .at = begin->at };
	const struct body_lines data = *lines;

	measure(&block);
	*lines = block.lines;
	if (block.room > unpacking->budget)
		return unpacking->whole = false;
	file.bytes = decode(unpacking->arena, data, &block);
	file.len = block.lines.pos - begin->at;
	file.whole = block.sound;
	return unpacking_add(unpacking, file);
}

void
unpack_uuencode(struct unpacking *unpacking, struct slice text, bool labelled)
{
	struct body_lines lines = { .text = text };
	struct uu_begin begin = { 0 };
	struct slice line;

	for (size_t at = 0; body_next_line(&lines, &line); at = lines.pos) {
		begin.at = at;
		if (!uu_read_begin(line, &begin) || is_xxencode(lines) ||
		    !uu_begin_is_real(lines, &begin, labelled))
			continue;
		if (!take(unpacking, &begin, &lines))
			return;
	}
}
