/* body.c - lines, decoded places and their facts, for the body parsers. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "body.h"

bool
body_next_line(struct body_lines *lines, struct slice *line)
{
	size_t end, len;

	if (lines->pos >= lines->text.len)
		return false;
	end = slice_find(lines->text, lines->pos, '\n');
	len = (end == SLICE_NONE ? lines->text.len : end) - lines->pos;
	*line = slice_cut(lines->text, lines->pos, len);
	lines->pos += len + (end == SLICE_NONE ? 0 : 1);
	if (end != SLICE_NONE && line->len > 0 && line->data[line->len - 1] == '\r')
		line->len--;
	return true;
}

bool
body_peek_line(const struct body_lines *lines, struct slice *line)
{
	struct body_lines copy = *lines;

	return body_next_line(&copy, line);
}

struct slice
body_trim_end(struct slice line)
{
	while (line.len > 0 && byte_is_blank(line.data[line.len - 1]))
		line.len--;
	return line;
}

void
body_fact_in(struct message *msg, struct arena *arena, enum fact_kind kind, int part,
    const struct part *view, size_t pos, size_t len, uint64_t value)
{
	uint64_t offset = OFFSET_NONE, end = OFFSET_NONE;

	if (msg->facts_seen[kind] < FACTS_KEPT) {
		offset = part_file_offset(msg, view, pos);
		if (len > 0 && offset != OFFSET_NONE)
			end = part_file_offset(msg, view, pos + len - 1);
	}
	message_fact(msg, arena,
	    (struct fact){ .kind = kind,
		.part = part,
		.field = -1,
		.offset = offset,
		.len = end != OFFSET_NONE && end >= offset ? end - offset + 1 : 0,
		.value = value });
}

void
body_fact(struct message *msg, struct arena *arena, enum fact_kind kind, int part, size_t pos,
    size_t len, uint64_t value)
{
	body_fact_in(msg, arena, kind, part, &msg->parts[part], pos, len, value);
}

void
body_marks_add(struct body_marks *marks, size_t decoded, size_t encoded)
{
	arena_grow(marks->arena, &marks->list, &marks->room, marks->n, sizeof *marks->list);
	marks->list[marks->n++] =
	    (struct body_mark){ .decoded = (uint32_t)decoded, .encoded = (uint32_t)encoded };
}

struct body_mark
body_marks_before(const struct part *part, size_t pos)
{
	size_t low = 0, high = part->n_marks; /* the answer is in marks[low - 1 .. high - 1] */

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (part->marks[middle].decoded <= pos)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? part->marks[low - 1] : (struct body_mark){ 0, 0 };
}
