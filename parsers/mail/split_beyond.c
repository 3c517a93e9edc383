/*
 * split_beyond.c - how many parts there are beyond those that are kept, and how deep.
 *
 * A second, poorer reader that runs once, from the first limit met to the end of the text: it
 * knows headers, messages, multiparts and their delimiters, and keeps a boundary for each level
 * alone. What it counts is a lower bound where its own limits are met.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "split.h"

#define LEVELS_MAX 250000u /* open boundaries kept */
#define BUCKETS 65536u     /* power of 2 */
#define CHAIN_LOOKED 64u   /* entries of a bucket compared: hashes can be made to meet */

/* A multipart that is open. */
struct level {
	struct slice boundary;
	uint64_t hash;
	unsigned depth, messages, multiparts; /* of the parts in it */
	uint32_t below;                       /* level before it in its bucket and 1, 0: none */
};

struct reader {
	const struct split *split;
	struct level *levels;
	size_t n_levels, room, longest;
	uint32_t *buckets;                    /* innermost level and 1, 0: none */
	unsigned depth, messages, multiparts; /* of the part in hand */
	bool in_header, in_type;
	struct slice type; /* the Content-Type field of the header in hand */
	struct beyond count;
};

static unsigned
larger(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static void
push(struct reader *r, struct level level)
{
	uint32_t *bucket;

	if (r->n_levels >= LEVELS_MAX)
		return;
	level.hash = boundary_hash(HASH_START, level.boundary);
	bucket = &r->buckets[level.hash % BUCKETS];
	level.below = *bucket;
	arena_grow(r->split->arena, &r->levels, &r->room, r->n_levels, sizeof *r->levels);
	r->levels[r->n_levels++] = level;
	*bucket = (uint32_t)r->n_levels;
	if (level.boundary.len > r->longest)
		r->longest = level.boundary.len;
}

static void
pop_to(struct reader *r, size_t keep)
{
	while (r->n_levels > keep) {
		const struct level *level = &r->levels[--r->n_levels];

		r->buckets[level->hash % BUCKETS] = level->below;
	}
}

/* The innermost level of that boundary and 1, or 0. */
static size_t
look_up(const struct reader *r, struct slice s)
{
	uint64_t hash = boundary_hash(HASH_START, s);
	uint32_t at = r->buckets[hash % BUCKETS];

	if (!r->levels)
		return 0;
	for (unsigned i = 0; at && i < CHAIN_LOOKED; i++, at = r->levels[at - 1].below)
		if (r->levels[at - 1].hash == hash && slice_same(r->levels[at - 1].boundary, s))
			return at;
	return 0;
}

/* ---- parts ---- */

static void
begin_part(struct reader *r, unsigned depth, unsigned messages, unsigned multiparts)
{
	r->depth = depth;
	r->messages = messages;
	r->multiparts = multiparts;
	r->count.parts++;
	r->count.depth = larger(r->count.depth, depth);
	r->count.messages = larger(r->count.messages, messages);
	r->in_header = true;
	r->in_type = false;
	r->type.len = 0;
}

/* Take a delimiter line; false when it is none. */
static bool
take_delimiter(struct reader *r, struct slice line)
{
	struct slice rest = boundary_trim(slice_from(line, 2));
	const struct level *level;
	size_t open, closed = 0;

	if (!slice_starts(line, "--") || !rest.len || rest.len > r->longest + 2)
		return false;
	open = look_up(r, rest);
	if (rest.len > 2 && slice_ends(rest, "--"))
		closed = look_up(r, slice_cut(rest, 0, rest.len - 2));
	if (closed > open) {
		pop_to(r, closed - 1);
		r->in_header = false;
		return true;
	}
	if (!open || !r->levels)
		return false;
	level = &r->levels[open - 1];
	pop_to(r, open);
	begin_part(r, level->depth, level->messages, level->multiparts);
	return true;
}

/* The value of the boundary parameter in a Content-Type field, read in the simplest way. */
static struct slice
boundary_of(struct slice type)
{
	size_t at = slice_find_nocase(type, 0, "boundary"), end;
	struct slice value;

	if (at == SLICE_NONE)
		return slice_cut(type, 0, 0);
	value = slice_trim(slice_from(type, at + 8));
	if (!slice_starts(value, "="))
		return slice_cut(type, 0, 0);
	value = slice_trim(slice_from(value, 1));
	if (slice_starts(value, "\"")) {
		end = slice_find(value, 1, '"');
		return boundary_trim(slice_cut(value, 1, end == SLICE_NONE ? value.len : end - 1));
	}
	for (end = 0; end < value.len; end++)
		if (byte_is_space(value.data[end]) || value.data[end] == ';')
			break;
	return slice_cut(value, 0, end);
}

/* An empty line: what the header in hand announces begins. */
static void
end_header(struct reader *r)
{
	struct slice value = slice_trim(slice_from(r->type, sizeof "Content-Type:" - 1));
	struct slice boundary;

	r->in_header = false;
	if (slice_starts_nocase(value, "message/rfc822") ||
	    slice_starts_nocase(value, "message/news") ||
	    slice_starts_nocase(value, "message/global")) {
		begin_part(r, r->depth + 1, r->messages + 1, r->multiparts);
		return;
	}
	if (!slice_starts_nocase(value, "multipart/"))
		return;
	boundary = boundary_of(value);
	r->count.multiparts = larger(r->count.multiparts, r->multiparts + 1);
	if (boundary.len)
		push(r, (struct level){ .boundary = boundary,
			    .depth = r->depth + 1,
			    .messages = r->messages,
			    .multiparts = r->multiparts + 1 });
}

static void
take_header_line(struct reader *r, struct slice line)
{
	if (!slice_trim(line).len) {
		end_header(r);
	} else if (byte_is_blank(line.data[0])) {
		if (r->in_type)
			r->type.len = (size_t)(line.data - r->type.data) + line.len;
	} else {
		r->in_type = !r->type.len && slice_starts_nocase(line, "Content-Type:");
		if (r->in_type)
			r->type = line;
	}
}

/* What the splitter has open, and the part that would be next. */
static void
start(struct reader *r)
{
	const struct split *split = r->split;
	const struct part *parts = split->msg->parts;
	const struct frame *top = split->n_frames ? &split->frames[split->n_frames - 1] : NULL;

	for (int i = 0; i < split->n_frames; i++) {
		const struct frame *frame = &split->frames[i];

		if (frame->listed)
			push(r, (struct level){ .boundary = frame->boundary,
				    .depth = parts[frame->part].depth + 1,
				    .messages = parts[frame->part].message_depth,
				    .multiparts = frame->n_multipart });
	}
	if (top)
		begin_part(r, parts[top->part].depth + 1,
		    parts[top->part].message_depth + (parts[top->part].kind == PART_MESSAGE),
		    top->n_multipart);
	else
		begin_part(r, 0, 0, 0);
}

struct beyond
split_count_beyond(const struct split *split, size_t pos, uint64_t before)
{
	struct reader reader = { .split = split,
		.buckets = arena_alloc(split->arena, BUCKETS, sizeof(uint32_t)),
		.count.parts = before };
	struct text_line line;

	start(&reader);
	for (; lines_at(split->text, pos, split->eol, &line); pos = line.next) {
		struct slice content = lines_content(split->text, &line);

		if (!take_delimiter(&reader, content) && reader.in_header)
			take_header_line(&reader, content);
	}
	return reader.count;
}
