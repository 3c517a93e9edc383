/*
 * tear_steps.c - lines of base64 that fall out of step at a border of disk sectors, and are in
 * step again at a later one.
 *
 * All lines of a base64 body but the last are of one length. Sectors of another body in the middle
 * of it begin and end their lines elsewhere; what stands behind them is at the place where it was
 * written. An encoder that writes an odd line now and then never finds back.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "mail.h"
#include "tear.h"

#define LINE_MIN 40u
#define LINE_MAX 400u
#define LINES_BEFORE 4u /* equal ones that tell the length */
#define UNITS_MAX 128u  /* sectors that a tear may be long: 64 KB */

struct steps {
	struct slice file;
	size_t end;    /* of the body, in the file */
	size_t stride; /* bytes of a line with its end */
};

/* A whole line of base64 begins at `at` and ends where the next one begins. */
static bool
is_step(const struct steps *s, size_t at)
{
	if (s->file.data[at - 1] != '\n' || at + s->stride > s->end ||
	    s->file.data[at + s->stride - 1] != '\n')
		return false;
	for (size_t i = at; i < at + 8; i++)
		if (byte_base64(s->file.data[i]) < 0)
			return false;
	return !memchr(s->file.data + at, '\n', s->stride - 1);
}

/* The line from `start` on is of another length. Where the body is in step with `start` again behind
 * a later border, the first such border; else 0. */
static size_t
step_again(const struct steps *s, size_t start, size_t border)
{
	for (size_t n = 1; n <= UNITS_MAX; n++) {
		size_t end = border + n * TEAR_UNIT;
		size_t step = start + ((end - start) / s->stride + 1) * s->stride;

		if (step + 2 * s->stride > s->end)
			return 0;
		if (is_step(s, step) && is_step(s, step + s->stride) &&
		    s->file.data[step - s->stride - 1] != '\n')
			return end;
	}
	return 0;
}

static bool
is_data(struct slice line)
{
	for (size_t i = 0; i < line.len; i++)
		if (byte_base64(line.data[i]) < 0)
			return false;
	return true;
}

/* A line of another length than those before it: where the body is in step again when the line
 * holds a border and that is so, else 0. *border is told. */
static size_t
torn_until(const struct steps *s, size_t start, struct slice line, size_t *border)
{
	*border = (start / TEAR_UNIT + 1) * TEAR_UNIT;
	if (*border >= start + line.len || !is_data(slice_cut(line, 0, *border - start)) ||
	    tear_is_blank(s->file, *border))
		return 0;
	return step_again(s, start, *border);
}

static void
find_in(struct message *msg, struct arena *arena, struct slice body)
{
	struct steps s = { .file = msg->file };
	size_t start = slice_index(msg->file, body), same = 0, pos = 0;
	struct text_line line;

	if (start == SLICE_NONE)
		return;
	s.end = start + body.len;
	for (; lines_at(body, pos, '\n', &line); pos = line.next) {
		size_t stride = line.next - line.start, border, end = 0;

		if (stride == s.stride) {
			same++;
			continue;
		}
		if (same >= LINES_BEFORE && line.next > line.end)
			end =
			    torn_until(&s, start + line.start, lines_content(body, &line), &border);
		if (!end) {
			s.stride =
			    line.end - line.start >= LINE_MIN && stride <= LINE_MAX ? stride : 0;
			same = 1;
			continue;
		}
		lines_fact(msg, arena, FACT_TEAR, border, end - border, TEAR_OUT_OF_STEP);
		line.next = end - start;
		while (line.next < body.len && body.data[line.next - 1] != '\n')
			line.next++;
	}
}

void
tear_find_steps(struct message *msg, struct arena *arena)
{
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];

		if (part->kind == PART_LEAF && part->encoding == ENCODING_BASE64)
			find_in(msg, arena, part->body);
	}
}
