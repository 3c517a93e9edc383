/*
 * split.c - our own MIME splitter: parts, bodies, preambles, with their exact places.
 *
 * One pass over the lines and no recursion: what is open stands on a stack of frames. Delimiters
 * are those of RFC 2046 section 5.1.1, at the start of a line, trailing blanks allowed. A
 * delimiter of an outer multipart ends all that is open inside it. After its closing delimiter a
 * boundary means nothing.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "bytes.h"
#include "parser.h"
#include "split.h"

#define CHAIN_MAX 10u /* deeper chains are a fact */

enum limit { LIMIT_DEPTH = 1, LIMIT_PARTS = 2 };

void
split_note(
    struct split *split, enum fact_kind kind, int part, size_t pos, size_t len, uint64_t value)
{
	message_fact_at(
	    split->msg, split->arena, kind, part, -1, slice_cut(split->text, pos, len), value);
}

/* Parts from `pos` on are not followed: `head` is where the header of the first one begins, of
 * which `before` are known. What comes then is counted, once. */
static void
tell_limit(struct split *split, enum limit limit, int part, size_t pos, size_t head, size_t before)
{
	if (!split->told[limit])
		split_note(split, FACT_SPLIT_LIMIT, part, pos, 0, limit);
	split->told[limit] = true;
	if (!split->beyond.parts)
		split->beyond = split_count_beyond(split, head, before);
}

size_t
split_content_end(const struct split *split, size_t from, size_t line_start)
{
	const unsigned char *data = split->text.data;
	size_t end = line_start;

	if (end > from && data[end - 1] == split->eol)
		end--;
	if (end < line_start && end > from && split->eol == '\n' && data[end - 1] == '\r')
		end--;
	return end;
}

static size_t
body_start(const struct split *split, const struct part *part)
{
	return (size_t)(part->body.data - split->text.data);
}

/* ---- ends ---- */

static void
finish_multipart(struct split *split, const struct frame *frame, size_t end, bool by_outer)
{
	struct part *part = &split->msg->parts[frame->part];
	bool unknown = split->msg->partial && !by_outer;

	part->closed = frame->closed;
	if (frame->closed)
		part->epilogue = slice_cut(
		    split->text, frame->content, end > frame->content ? end - frame->content : 0);
	if (!frame->seen) {
		part->preamble = part->body;
		if (!unknown)
			message_fact_at(split->msg, split->arena, FACT_BOUNDARY_NEVER_SEEN,
			    frame->part, part->type.field, part->boundary, part->body.len);
	} else if (!frame->closed && !unknown) {
		split_note(split, FACT_CLOSING_MISSING, frame->part, end, 0, by_outer);
	}
	if (frame->closed && !frame->n_children && !split->told[LIMIT_PARTS])
		message_fact_at(split->msg, split->arena, FACT_MULTIPART_EMPTY, frame->part,
		    part->type.field, split->msg->fields[part->type.field].whole, 0);
	split_check_margins(split, frame->part, frame->boundary);
}

/* Give a part its body, up to the delimiter line at `line_start` or the end of the text. */
static size_t
finish_body(struct split *split, int index, size_t line_start, bool by_outer)
{
	struct part *part = &split->msg->parts[index];
	size_t from = body_start(split, part);
	size_t end = by_outer ? split_content_end(split, from, line_start) : line_start;

	part->body = slice_cut(split->text, from, end > from ? end - from : 0);
	return end;
}

/* End all that is open above `keep` frames. */
static void
finish_above(struct split *split, int keep, size_t line_start, bool by_outer)
{
	if (split->leaf >= 0) {
		struct part *leaf = &split->msg->parts[split->leaf];

		finish_body(split, split->leaf, line_start, by_outer);
		if (leaf->kind == PART_MULTIPART)
			leaf->preamble = leaf->body;
		split_check_leaf(split, split->leaf);
		split->leaf = -1;
	}
	while (split->n_frames > keep) {
		struct frame *frame = &split->frames[split->n_frames - 1];
		size_t end = finish_body(split, frame->part, line_start, by_outer);

		boundary_unlist(split, split->n_frames - 1);
		if (split->msg->parts[frame->part].kind == PART_MULTIPART)
			finish_multipart(split, frame, end, by_outer);
		split->n_frames--;
	}
}

/* ---- beginnings ---- */

/* A new part below the innermost frame; -1 when there are too many. */
static int
add_part(struct split *split, size_t pos)
{
	struct message *msg = split->msg;
	struct frame *frame = split->n_frames ? &split->frames[split->n_frames - 1] : NULL;
	const struct part *parent;
	struct part part = { .parent = -1, .first_child = -1, .next_sibling = -1 };
	int index = (int)msg->n_parts;

	if (msg->n_parts >= message_most_parts(msg)) {
		tell_limit(split, LIMIT_PARTS, frame ? frame->part : -1, pos, pos, msg->n_parts);
		return -1;
	}
	part.type.field = part.disposition.field = -1;
	part.first_field = msg->n_fields;
	if (frame) {
		parent = &msg->parts[frame->part];
		part.parent = frame->part;
		part.depth = parent->depth + 1;
		part.message_depth = parent->message_depth + (parent->kind == PART_MESSAGE);
		if (frame->last_child < 0)
			msg->parts[frame->part].first_child = index;
		else
			msg->parts[frame->last_child].next_sibling = index;
		frame->last_child = index;
		frame->n_children++;
	}
	if (part.message_depth > split->most_messages) {
		split->most_messages = part.message_depth;
		split->deepest_message = index;
	}
	arena_grow(split->arena, &msg->parts, &msg->parts_room, msg->n_parts, sizeof *msg->parts);
	msg->parts[msg->n_parts++] = part;
	return index;
}

/* Open a frame for a multipart or message; false when the part takes its bytes itself. */
static bool
open_frame(struct split *split, int index, bool cut)
{
	struct part *part = &split->msg->parts[index];
	bool multipart = part->kind == PART_MULTIPART;
	struct slice clean = { 0 };
	struct frame *frame;
	unsigned n_above;

	if (part->kind == PART_LEAF || (multipart && !split_read_boundary(split, index, &clean)) ||
	    cut)
		return false;
	if (part->depth >= message_most_depth(split->msg)) {
		tell_limit(split, LIMIT_DEPTH, index, body_start(split, part),
		    slice_index(split->text, part->header), split->msg->n_parts - 1);
		return false;
	}
	n_above = split->n_frames ? split->frames[split->n_frames - 1].n_multipart : 0;
	frame = &split->frames[split->n_frames++];
	*frame = (struct frame){ .part = index,
		.last_child = -1,
		.n_multipart = n_above + multipart,
		.content = body_start(split, part),
		.boundary = clean };
	if (frame->n_multipart > split->most_multiparts) {
		split->most_multiparts = frame->n_multipart;
		split->deepest_multipart = index;
	}
	if (multipart)
		boundary_list(split, split->n_frames - 1);
	return true;
}

/* Begin the part at pos, and the message in it, and so on. Returns where the next line begins. */
static size_t
begin_parts(struct split *split, size_t pos)
{
	struct message *msg = split->msg;
	int index;

	while ((index = add_part(split, pos)) >= 0) {
		int parent = msg->parts[index].parent;
		const struct part *above;
		struct part_head head = split_read_head(split, index, pos);
		struct part *part;

		above = parent < 0 ? NULL : &msg->parts[parent];
		partinfo_read(
		    msg, split->arena, index, above && part_is(above, "multipart", "digest"));
		part = &msg->parts[index];
		partinfo_path(
		    above, above ? split->frames[split->n_frames - 1].n_children : 1, part);
		pos = head.body;
		if (!open_frame(split, index, head.cut)) {
			split->leaf = index;
			return pos;
		}
		if (part->kind == PART_MULTIPART)
			return pos;
	}
	return pos;
}

/* A delimiter line: end what is open inside its frame, and begin the next part unless it closes. */
static size_t
take_delimiter(struct split *split, struct delimiter delimiter, const struct text_line *line)
{
	struct frame *frame = &split->frames[delimiter.frame];
	struct part *part;
	size_t from;

	finish_above(split, delimiter.frame + 1, line->start, true);
	part = &split->msg->parts[frame->part];
	if (!frame->seen) {
		from = body_start(split, part);
		part->preamble = slice_cut(
		    split->text, from, split_content_end(split, from, line->start) - from);
	} else if (frame->content == line->start) {
		split_note(split, FACT_PART_EMPTY, frame->last_child, line->start,
		    line->end - line->start, 0);
	}
	frame->seen = true;
	frame->content = line->next;
	if (!delimiter.closing)
		return begin_parts(split, line->next);
	frame->closed = true;
	boundary_unlist(split, delimiter.frame);
	return line->next;
}

static unsigned
larger(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static void
add_count(struct split *split, enum fact_kind kind, int part, uint64_t offset, uint64_t value)
{
	message_fact(split->msg, split->arena,
	    (struct fact){
		.kind = kind, .part = part, .field = -1, .offset = offset, .value = value });
}

static unsigned
deepest_kept(const struct message *msg)
{
	unsigned depth = 0;

	for (size_t i = 0; i < msg->n_parts; i++)
		depth = larger(depth, msg->parts[i].depth);
	return depth;
}

static void
record_depths(struct split *split)
{
	struct message *msg = split->msg;
	const struct beyond *beyond = &split->beyond;
	const struct fact *limit = message_next_fact(msg, FACT_SPLIT_LIMIT, NULL);
	int deep = split->deepest_message, multi = split->deepest_multipart;
	unsigned messages = larger(split->most_messages, beyond->messages);
	unsigned multiparts = larger(split->most_multiparts, beyond->multiparts);

	if (messages > CHAIN_MAX)
		message_fact_at(msg, split->arena, FACT_NESTED_DEEP, deep, -1,
		    msg->parts[deep].header, messages);
	if (multiparts > CHAIN_MAX)
		message_fact_at(msg, split->arena, FACT_MULTIPART_DEEP, multi, -1,
		    msg->parts[multi].header, multiparts);
	if (limit && beyond->parts > msg->n_parts)
		add_count(split, FACT_PARTS_CUT, limit->part, limit->offset, beyond->parts);
	if (limit && beyond->depth > deepest_kept(msg))
		add_count(split, FACT_DEPTH_CUT, limit->part, limit->offset, beyond->depth);
	if (split->n_fields > msg->n_fields)
		message_fact(msg, split->arena,
		    (struct fact){ .kind = FACT_FIELDS_CUT,
			.part = -1,
			.field = -1,
			.offset = OFFSET_NONE,
			.value = split->n_fields });
}

/* Where the line begins that holds the next two dashes, from the line start `pos` on; the end of the
 * text when there are none. Only such a line can be a delimiter, or nearly one. */
static size_t
next_dashed_line(const struct split *split, size_t pos)
{
	const size_t dashes = bytes_find_pair(split->text, pos, '-', '-');
	size_t before;

	if (dashes == SLICE_NONE)
		return split->text.len;
	before = slice_rfind(slice_cut(split->text, pos, dashes - pos), split->eol);
	return before == SLICE_NONE ? pos : pos + before + 1;
}

static void
split_parse(struct message *msg, struct arena *arena)
{
	struct split *split = arena_alloc(arena, 1, sizeof *split);
	struct text_line line;
	size_t pos;

	split->msg = msg;
	split->arena = arena;
	split->text = msg->lines.text;
	split->eol = lines_eol(msg);
	split->leaf = split->innermost = -1;
	for (size_t i = 0; i < SPLIT_BUCKETS; i++)
		split->buckets[i] = -1;

	pos = begin_parts(split, 0);
	while (split->n_listed &&
	       lines_at(split->text, next_dashed_line(split, pos), split->eol, &line)) {
		struct delimiter delimiter =
		    boundary_match(split, lines_content(split->text, &line));

		if (delimiter.frame < 0)
			split_check_line(split, &line);
		pos = delimiter.frame >= 0 ? take_delimiter(split, delimiter, &line) : line.next;
	}
	finish_above(split, 0, split->text.len, false);
	record_depths(split);
}

const struct parser parser_split = { .name = "split", .parse = split_parse };
