/*
 * boundary.c - the boundaries of open multiparts, and the lines that name them.
 *
 * A line is hashed once and looked up, whatever the number of open boundaries: 1,000 nested
 * multiparts with a million lines of dashes cost no more than one.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "split.h"

#define BOUNDARY_MAX 70u   /* RFC 2046 section 5.1.1 */
#define COMPARED_MAX 1024u /* longer boundaries are not compared as prefixes */

uint64_t
boundary_hash(uint64_t hash, struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ s.data[i]) * 0x100000001b3u;
	return hash;
}

struct slice
boundary_trim(struct slice s)
{
	while (s.len && byte_is_blank(s.data[s.len - 1]))
		s.len--;
	return s;
}

struct slice
boundary_clean(struct arena *arena, struct slice raw, bool quoted)
{
	unsigned char *copy;
	size_t len = 0;

	if (!raw.len || (!memchr(raw.data, '\n', raw.len) && !memchr(raw.data, '\r', raw.len) &&
			    !memchr(raw.data, '\\', raw.len)))
		return boundary_trim(raw);
	copy = arena_alloc(arena, raw.len, 1);
	for (size_t i = 0; i < raw.len; i++) {
		if (raw.data[i] == '\r' || raw.data[i] == '\n')
			continue;
		if (quoted && raw.data[i] == '\\' && i + 1 < raw.len)
			i++;
		copy[len++] = raw.data[i];
	}
	return boundary_trim(slice_of(copy, len));
}

static bool
is_bchar(unsigned char byte)
{
	return byte_is_alpha(byte) || byte_is_digit(byte) ||
	       (byte && strchr("'()+_,-./:=? ", byte));
}

void
boundary_check_open(struct split *split, int part, struct slice clean, struct slice where)
{
	struct message *msg = split->msg;
	int field = msg->parts[part].type.field;
	bool same = false, prefix = false;

	if (clean.len > COMPARED_MAX)
		return;
	for (int i = split->innermost; i >= 0; i = split->frames[i].outer) {
		struct slice other = split->frames[i].boundary;
		size_t less = other.len < clean.len ? other.len : clean.len;

		if (memcmp(other.data, clean.data, less) != 0)
			continue;
		if (other.len == clean.len)
			same = true;
		else
			prefix = true;
	}
	/* Readers that compare only so many bytes mix the two up. */
	if (prefix)
		message_fact_at(msg, split->arena, FACT_BOUNDARY_PREFIX, part, field, where, 0);
	if (same)
		message_fact_at(msg, split->arena, FACT_BOUNDARY_SAME, part, field, where, 0);
}

void
boundary_check(struct split *split, int part, struct slice raw, struct slice where)
{
	struct message *msg = split->msg;
	int field = msg->parts[part].type.field;
	bool in_file = raw.data == where.data;

	if (raw.len > BOUNDARY_MAX)
		message_fact_at(msg, split->arena, FACT_BOUNDARY_LONG, part, field, where, raw.len);
	for (size_t i = 0; i < raw.len; i++) {
		if (!is_bchar(raw.data[i])) {
			message_fact_at(msg, split->arena, FACT_BOUNDARY_ODD, part, field,
			    in_file ? slice_cut(raw, i, 1) : where, raw.data[i]);
			break;
		}
	}
	if (raw.len && byte_is_blank(raw.data[raw.len - 1]))
		message_fact_at(
		    msg, split->arena, FACT_BOUNDARY_BLANK_END, part, field, where, raw.len);
}

void
boundary_list(struct split *split, int index)
{
	struct frame *frame = &split->frames[index];
	int *bucket;

	frame->hash = boundary_hash(HASH_START, frame->boundary);
	bucket = &split->buckets[frame->hash % SPLIT_BUCKETS];
	frame->below = *bucket;
	*bucket = index;
	frame->outer = split->innermost;
	split->innermost = index;
	frame->listed = true;
	split->n_listed++;
	if (frame->boundary.len > split->longest)
		split->longest = frame->boundary.len;
}

void
boundary_unlist(struct split *split, int index)
{
	struct frame *frame = &split->frames[index];

	if (!frame->listed)
		return;
	split->buckets[frame->hash % SPLIT_BUCKETS] = frame->below;
	split->innermost = frame->outer;
	frame->listed = false;
	split->n_listed--;
}

static int
look_up(const struct split *split, struct slice s, uint64_t hash)
{
	int index = split->buckets[hash % SPLIT_BUCKETS];

	for (; index >= 0; index = split->frames[index].below)
		if (split->frames[index].hash == hash &&
		    slice_same(split->frames[index].boundary, s))
			return index;
	return -1;
}

struct delimiter
boundary_match(const struct split *split, struct slice line)
{
	struct delimiter none = { .frame = -1 };
	struct slice rest, head;
	uint64_t hash;
	int open, closing = -1;

	if (!split->n_listed || !slice_starts(line, "--"))
		return none;
	rest = boundary_trim(slice_from(line, 2));
	if (!rest.len || rest.len > split->longest + 2)
		return none;
	head = slice_cut(rest, 0, rest.len > 2 ? rest.len - 2 : 0);
	hash = boundary_hash(HASH_START, head);
	if (head.len && slice_ends(rest, "--"))
		closing = look_up(split, head, hash);
	open = look_up(split, rest, boundary_hash(hash, slice_from(rest, head.len)));
	if (open < 0 && closing < 0)
		return none;
	return (struct delimiter){ .frame = open > closing ? open : closing,
		.closing = closing > open };
}
