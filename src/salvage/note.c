/* note.c - what the new mail says about itself. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage/note.h"

#include "salvage/out.h"

#define NOTE_ROOM 8192u
#define LINE_ROOM ((size_t)160) /* of one part */

static struct leaf
note(struct slice text)
{
	return (struct leaf){ .content = SALVAGE_NOTE,
		.bytes = text,
		.source = text,
		.type = slice_str("text/plain"),
		.charset = slice_str("us-ascii"),
		.reserved = true,
		.offset = OFFSET_NONE };
}

static void
tell_leaf(struct out *out, const struct leaf *leaf)
{
	out_text(out, "part-");
	out_number(out, leaf->number + 1);
	out_text(out, ".dat: ");
	out_number(out, leaf->bytes.len);
	out_text(out, leaf->content == SALVAGE_STRETCH ? " bytes that could not be read"
						       : " bytes of a part");
	if (leaf->offset != OFFSET_NONE) {
		out_text(out, ", from byte ");
		out_number(out, leaf->offset);
		out_text(out, " of the file on");
	}
	out_crlf(out);
}

struct leaf
note_damage(struct plan *plan)
{
	struct out out = { .bytes = arena_alloc(plan->arena, NOTE_ROOM, 1), .room = NOTE_ROOM };

	out_text(&out, "This mail was made anew by imcscan out of a message that was set aside.\r\n"
		       "Parts of it that could not be read, or that might do harm as what they\r\n"
		       "are, are attached as plain bytes:\r\n\r\n");
	for (size_t i = 0; i < plan->n_nodes && out.room - out.len > 2 * LINE_ROOM; i++) {
		const struct node *node = &plan->nodes[i];

		if (node->kind == NODE_LEAF &&
		    (node->leaf.content == SALVAGE_STRETCH || node->leaf.flags & SALVAGE_DEMOTED))
			tell_leaf(&out, &node->leaf);
	}
	if (plan->cut)
		out_text(&out, "\r\nNot everything found room; the administrator has a list.\r\n");
	return note(slice_of(out.bytes, out.len));
}

struct leaf
note_cover(struct plan *plan)
{
	(void)plan;
	return note(slice_str(
	    "A message for you was set aside because it may do harm on its way, and it\r\n"
	    "could not be made anew. It is attached as a whole, as plain bytes.\r\n"));
}

struct leaf
note_empty(void)
{
	return note(slice_str("There was nothing to be read in this part of the message.\r\n"));
}
