/* charset_html.c - the charset that HTML names for itself (META), against that of its header. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charset.h"

#include "body.h"
#include "bytes.h"

#define META_WITHIN 4096u /* bytes of the text that are looked at: META stands in the head */

/* The name behind "charset" in the tag, quotes taken off; empty when there is none. */
static struct slice
charset_in(struct slice tag)
{
	size_t at = slice_find_nocase(tag, 0, "charset"), from;

	if (at == SLICE_NONE)
		return slice_of(NULL, 0);
	at += 7;
	while (at < tag.len && byte_is_space(tag.data[at]))
		at++;
	if (at >= tag.len || tag.data[at] != '=')
		return slice_of(NULL, 0);
	at++;
	while (at < tag.len &&
	       (byte_is_space(tag.data[at]) || tag.data[at] == '"' || tag.data[at] == '\''))
		at++;
	for (from = at; at < tag.len && byte_is_token(tag.data[at]) && tag.data[at] != '\'';)
		at++;
	return slice_cut(tag, from, at - from);
}

static struct slice
meta_charset(struct slice text)
{
	struct slice head = slice_cut(text, 0, META_WITHIN);
	size_t at = slice_find_nocase(head, 0, "<meta");

	while (at != SLICE_NONE) {
		size_t end = slice_find(head, at, '>');
		struct slice name;

		if (end == SLICE_NONE)
			break;
		name = charset_in(slice_cut(head, at, end - at));
		if (name.len > 0)
			return name;
		at = slice_find_nocase(head, end, "<meta");
	}
	return slice_of(NULL, 0);
}

static bool
has_8bit(struct slice text)
{
	return bytes_find_odd(text, 0, BYTES_HIGH) != SLICE_NONE;
}

void
charset_check_meta(
    struct message *msg, struct arena *arena, int part, const struct charset *charset)
{
	const struct part *leaf = &msg->parts[part];
	const struct charset *named;
	struct slice name;

	if (!part_is(leaf, "text", "html"))
		return;
	name = meta_charset(leaf->decoded);
	named = charset_find(name);
	/* Where all is ASCII both names are right. */
	if (named && named != charset && has_8bit(leaf->decoded))
		body_fact(msg, arena, FACT_CHARSET_META, part, slice_index(leaf->decoded, name),
		    name.len, 0);
}
