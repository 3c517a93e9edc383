/* head.c - where the header of a part ends, and how. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "split.h"

#define OWN_CHECKS 4u /* dashed lines of a header block compared with its own boundary */

/* Whether a dashed line among header fields is the boundary that they declare. */
static bool
is_own_delimiter(struct slice block, struct slice line)
{
	struct slice name = slice_trim(slice_from(line, 2));
	const unsigned char *hit;

	if (!slice_starts(line, "--") || !name.len || !block.len)
		return false;
	hit = memmem(block.data, block.len, name.data, name.len);
	return hit && hit > block.data && (hit[-1] == '"' || hit[-1] == '=');
}

/* Find the end of the header block that begins at pos. */
static struct part_head
find_head(struct split *split, size_t pos)
{
	struct part_head head = { .cut = true, .at_end = true };
	unsigned n_own = 0;
	struct text_line line;
	size_t start = pos;

	for (; lines_at(split->text, pos, split->eol, &line); pos = line.next) {
		struct slice content = lines_content(split->text, &line);
		bool blank =
		    content.len == 0 || (content.data[0] == '\r' && !slice_trim(content).len);
		bool dashed = slice_starts(content, "--");

		if (blank)
			return (struct part_head){
				.end = line.start, .body = line.next, .stray = content.len
			};
		if (dashed && boundary_match(split, content).frame >= 0) {
			head.at_end = false;
			break;
		}
		if (dashed && n_own++ < OWN_CHECKS &&
		    is_own_delimiter(slice_cut(split->text, start, line.start - start), content))
			return (struct part_head){
				.end = line.start, .body = line.start, .by_own = true
			};
		if (dashed)
			split_check_line(split, &line);
	}
	head.end = head.body = pos;
	return head;
}

/* Record how the header block ended, when it did not end with an empty line. */
static void
check_head(struct split *split, int index, size_t start, const struct part_head *head)
{
	struct slice block = slice_cut(split->text, start, head->end - start);
	size_t last;

	if (!block.len || (!head->cut && !head->by_own))
		return;
	if (head->at_end && split->msg->partial)
		return;
	if (index > 0 || head->by_own)
		split_note(split, FACT_PART_NO_HEADER_END, index, head->end, 0, 0);
	if (!head->at_end)
		return;
	split_note(split, FACT_HEADER_UNTERMINATED, index, head->end, 0, 0);
	if (block.data[block.len - 1] == split->eol)
		return;
	last = slice_rfind(block, split->eol);
	last = last == SLICE_NONE ? start : start + last + 1;
	split_note(split, FACT_HEADER_TRUNCATED, index, last, head->end - last, head->end - last);
}

/* A part that begins with text: its first line is one that should have been a field. */
static void
check_headerless(struct split *split, int index, size_t start, const struct part_head *head)
{
	struct text_line line;

	if (index == 0 || !lines_at(split->text, start, split->eol, &line))
		return;
	split_note(split, FACT_HEADER_NO_COLON, index, line.start, line.end - line.start, 1);
	if (head->cut && !(head->at_end && split->msg->partial))
		split_note(split, FACT_PART_NO_HEADER_END, index, head->end, 0, 0);
}

/* Read the header of a part from pos on. */
struct part_head
split_read_head(struct split *split, int index, size_t pos)
{
	struct message *msg = split->msg;
	struct part *part = &msg->parts[index];
	bool top = part->parent < 0 || msg->parts[part->parent].kind == PART_MESSAGE;
	struct part_head head = find_head(split, pos);
	struct slice block = slice_cut(split->text, pos, head.end - pos);

	if (!fields_are_header(block, split->eol, top)) {
		check_headerless(split, index, pos, &head);
		block.len = 0;
		head = (struct part_head){ .end = pos, .body = pos };
	}
	fields_scan(msg, split->arena, index, block, top, &split->n_fields);
	check_head(split, index, pos, &head);
	if (head.stray > 0)
		split_note(split, FACT_HEADER_BARE_CR, index, head.end, head.stray, head.stray);
	part = &msg->parts[index];
	part->n_fields = msg->n_fields - part->first_field;
	if (head.cut && !head.at_end)
		block.len = split_content_end(split, pos, head.end) - pos;
	part->header = block;
	part->body = slice_cut(split->text, head.body, 0);
	return head;
}
