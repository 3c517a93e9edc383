/* split_margins.c - text outside the parts of a multipart, and parts in what is none. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "split.h"

#define PREAMBLE_MAX 1024u /* larger ones are a fact */
#define NOTE_LINES 4u /* lines of a preamble that are looked over for a delimiter behind them */
#define DASHES_MIN 6u /* bytes of a line that is taken for a delimiter of unknown boundary */

/* RFC 2045 section 3 names these fields. */
static bool
is_mime_field(struct slice line)
{
	return (slice_starts_nocase(line, "Content-Type:") && memchr(line.data, '/', line.len)) ||
	       slice_starts_nocase(line, "Content-Transfer-Encoding:") ||
	       slice_starts_nocase(line, "Content-Disposition:");
}

/* The first line in s that looks like the header of a part. */
static bool
find_mime_field(struct slice s, unsigned char eol, struct slice *where)
{
	struct text_line line;

	for (size_t pos = 0; lines_at(s, pos, eol, &line); pos = line.next) {
		*where = lines_content(s, &line);
		if (is_mime_field(*where))
			return true;
	}
	return false;
}

/* How many lines of s are delimiters of that boundary; *where is the first. */
static size_t
count_delimiters(struct slice s, unsigned char eol, struct slice boundary, struct slice *where)
{
	struct text_line line;
	size_t count = 0;

	for (size_t pos = 0; lines_at(s, pos, eol, &line); pos = line.next) {
		struct slice content = lines_content(s, &line), rest;

		if (!slice_starts(content, "--"))
			continue;
		rest = boundary_trim(slice_from(content, 2));
		if (rest.len == boundary.len + 2 && slice_ends(rest, "--"))
			rest.len -= 2;
		if (slice_same(rest, boundary) && count++ == 0)
			*where = content;
	}
	return count;
}

static void
check_epilogue(struct split *split, int index, struct slice boundary)
{
	struct message *msg = split->msg;
	struct slice epilogue = msg->parts[index].epilogue, where, text = slice_trim(epilogue);
	size_t count;

	if (!text.len)
		return;
	message_fact_at(msg, split->arena, FACT_EPILOGUE_TEXT, index, -1, text, text.len);
	if (find_mime_field(epilogue, split->eol, &where))
		message_fact_at(
		    msg, split->arena, FACT_EPILOGUE_FIELDS, index, -1, where, epilogue.len);
	count = count_delimiters(epilogue, split->eol, boundary, &where);
	if (count)
		message_fact_at(
		    msg, split->arena, FACT_EPILOGUE_DELIMITER, index, -1, where, count);
}

void
split_check_margins(struct split *split, int index, struct slice boundary)
{
	struct message *msg = split->msg;
	struct slice preamble = msg->parts[index].preamble, where;

	if (find_mime_field(preamble, split->eol, &where))
		message_fact_at(
		    msg, split->arena, FACT_PREAMBLE_FIELDS, index, -1, where, preamble.len);
	if (preamble.len > PREAMBLE_MAX)
		message_fact_at(
		    msg, split->arena, FACT_PREAMBLE_LARGE, index, -1, preamble, preamble.len);
	check_epilogue(split, index, boundary);
}

/* A line of dashes and a word without blanks. */
static bool
looks_like_delimiter(struct slice line)
{
	line = boundary_trim(line);
	if (!slice_starts(line, "--") || line.len < DASHES_MIN)
		return false;
	for (size_t i = 0; i < line.len; i++)
		if (byte_is_blank(line.data[i]) || byte_is_control(line.data[i]))
			return false;
	return true;
}

/* Whether s begins with a delimiter and the header of a part, as the body of a multipart does. */
static bool
begins_with_part(struct slice s, unsigned char eol, struct slice *where)
{
	struct text_line line;
	bool after = false;
	size_t n = 0;

	for (size_t pos = 0; n <= NOTE_LINES && lines_at(s, pos, eol, &line); pos = line.next) {
		struct slice content = lines_content(s, &line);

		if (after && is_mime_field(content))
			return true;
		after = looks_like_delimiter(content);
		if (after)
			*where = content;
		n += content.len > 0;
	}
	return false;
}

void
split_check_leaf(struct split *split, int index)
{
	struct message *msg = split->msg;
	const struct part *part = &msg->parts[index];
	const struct param *param = typed_value_param(&part->type, "boundary");
	bool text = part->type.field < 0 || part_is(part, "text", "plain");
	struct slice boundary, where;

	if (part->kind != PART_LEAF || !part->body.len)
		return;
	if (param && slice_trim(param->value).len) {
		boundary = boundary_clean(split->arena, param->value, param->quoted);
		if (count_delimiters(part->body, split->eol, boundary, &where) > 0)
			message_fact_at(
			    msg, split->arena, FACT_DELIMITERS_HIDDEN, index, -1, where, 1);
	} else if (text && begins_with_part(part->body, split->eol, &where)) {
		message_fact_at(msg, split->arena, FACT_DELIMITERS_HIDDEN, index, -1, where, 2);
	}
}
