/*
 * split_lines.c - lines that are nearly delimiters.
 *
 * RFC 2046 section 5.1.1 lets a delimiter line be followed by blanks only, and then tells readers
 * to compare the beginning of the line alone: on what stands behind, before or within one, they
 * differ. Only the innermost open boundaries are compared, so that the time for a line does not
 * grow with their number, and only those that no line resembles by chance.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "split.h"

#define COMPARED 8     /* innermost boundaries */
#define TELLING_MIN 4u /* bytes of a boundary that no text holds by chance */
#define TAIL_MIN 8u    /* … at the end of a line */
#define LEAD_MAX 64u   /* bytes skipped at the start of a line */

/* Whether the boundary is more than a line of a few dashes. */
static bool
is_telling(struct slice boundary)
{
	if (boundary.len < TELLING_MIN)
		return false;
	for (size_t i = 0; i < boundary.len; i++)
		if (byte_is_alpha(boundary.data[i]) || byte_is_digit(boundary.data[i]))
			return true;
	return false;
}

static bool
begins_with(struct slice s, struct slice start)
{
	return s.len >= start.len && memcmp(s.data, start.data, start.len) == 0;
}

/* Whether s is the boundary, or the boundary and two dashes. */
static bool
is_whole(struct slice s, struct slice boundary)
{
	s = boundary_trim(s);
	return begins_with(s, boundary) &&
	       (s.len == boundary.len || (s.len == boundary.len + 2 && slice_ends(s, "--")));
}

static bool
is_whole_nocase(struct slice s, struct slice boundary)
{
	s = boundary_trim(s);
	if (s.len == boundary.len + 2 && slice_ends(s, "--"))
		s.len -= 2;
	return slice_same_nocase(s, boundary);
}

/* What stands behind the boundary on a line that begins with it; 0 when it is another word. */
static enum delimiter_fault
judge_tail(struct slice tail)
{
	bool text = false;

	if (slice_starts(tail, "--"))
		tail = slice_from(tail, 2);
	for (size_t i = 0; i < tail.len && !text; i++)
		text = !byte_is_blank(tail.data[i]) && !byte_is_control(tail.data[i]);
	return text ? DELIMITER_TEXT_BEHIND : DELIMITER_CONTROL_BEHIND;
}

/* The line without blanks and control bytes at its start, of which a few are looked at. */
static struct slice
without_lead(struct slice line)
{
	size_t lead = 0;

	while (lead < line.len && lead < LEAD_MAX && line.data[lead] != '\r' &&
	       (byte_is_blank(line.data[lead]) || byte_is_control(line.data[lead])))
		lead++;
	return slice_from(line, lead);
}

/* What is wrong with `rest`, that of a line behind its two dashes; 0: it is no delimiter. */
static enum delimiter_fault
judge_dashed(struct slice rest, struct slice boundary)
{
	struct slice later = without_lead(rest);

	if (begins_with(rest, boundary))
		return judge_tail(slice_from(rest, boundary.len));
	if (is_whole_nocase(rest, boundary))
		return DELIMITER_OTHER_CASE;
	return later.len < rest.len && is_whole(later, boundary) ? DELIMITER_GAP : 0;
}

/* Whether a delimiter stands behind a CR of the line. */
static bool
follows_cr(struct slice line, struct slice boundary)
{
	for (size_t cr = slice_find(line, 0, '\r'); cr != SLICE_NONE;
	     cr = slice_find(line, cr + 1, '\r')) {
		struct slice rest = slice_from(line, cr + 1);
		size_t end;

		if (!slice_starts(rest, "--"))
			continue;
		end = slice_find(rest, 0, '\r');
		rest = slice_cut(rest, 2, end == SLICE_NONE ? rest.len : end - 2);
		if (is_whole(rest, boundary))
			return true;
	}
	return false;
}

static bool
ends_with_delimiter(struct slice line, struct slice boundary)
{
	line = boundary_trim(line);
	if (boundary.len < TAIL_MIN || line.len < boundary.len + 2)
		return false;
	if (slice_ends(line, "--") &&
	    memcmp(line.data + line.len - 2 - boundary.len, boundary.data, boundary.len) == 0)
		line.len -= 2;
	if (line.len < boundary.len + 2)
		return false;
	line = slice_from(line, line.len - boundary.len - 2);
	return slice_starts(line, "--") && begins_with(slice_from(line, 2), boundary);
}

/* The fault of a line as seen by one boundary, or 0; `later` is the line without its lead. */
static enum delimiter_fault
judge_line(struct slice line, struct slice later, struct slice boundary, bool innermost)
{
	if (slice_starts(line, "--"))
		return judge_dashed(slice_from(line, 2), boundary);
	if (later.len < line.len && slice_starts(later, "--") &&
	    is_whole(slice_from(later, 2), boundary))
		return DELIMITER_BLANK_BEFORE;
	if (innermost && follows_cr(line, boundary))
		return DELIMITER_AFTER_CR;
	return innermost && ends_with_delimiter(line, boundary) ? DELIMITER_AFTER_TEXT : 0;
}

void
split_check_line(struct split *split, const struct text_line *line)
{
	struct slice content = lines_content(split->text, line), later;
	int index = split->innermost, most;

	if (!content.len || line->start < split->odd_until)
		return;
	split->odd_until = line->next;
	later = without_lead(content);
	most = later.len < content.len || content.data[0] == '-' ? COMPARED : 1;
	for (int i = 0; i < most && index >= 0; i++, index = split->frames[index].outer) {
		const struct frame *frame = &split->frames[index];
		enum delimiter_fault fault = 0;

		if (is_telling(frame->boundary))
			fault = judge_line(content, later, frame->boundary, i == 0);
		if (!fault)
			continue;
		split_note(split, FACT_DELIMITER_ODD, frame->part, line->start,
		    line->end - line->start, fault);
		return;
	}
}
