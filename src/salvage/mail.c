/* mail.c - the new mail, written in one walk over its tree. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <string.h>

#include "salvage/encode.h"
#include "salvage/head.h"
#include "salvage/plan.h"

struct writing {
	struct plan *plan;
	struct out out;
	char boundary[64]; /* of the file; the number of the container makes it that of one */
};

/* ---- boundaries ---- */

/* With "=_" in it, which neither encoding writes. All are of one length: none begins another. */
static void
put_boundary(struct writing *writing, int node)
{
	char number[16];

	snprintf(number, sizeof number, "%04d", node % 10000);
	out_text(&writing->out, writing->boundary);
	out_text(&writing->out, number);
}

static void
put_delimiter(struct writing *writing, int node, bool closing)
{
	out_text(&writing->out, "--");
	put_boundary(writing, node);
	if (closing)
		out_text(&writing->out, "--");
	out_crlf(&writing->out);
}

/* A container of one part is that part. */
static bool
is_bounded(const struct node *node)
{
	return node->kind != NODE_LEAF && node->n_children > 1;
}

/* ---- leaves ---- */

static void
put_name(struct writing *writing, const struct leaf *leaf)
{
	char name[32];

	if (leaf->content == SALVAGE_STRETCH || leaf->flags & SALVAGE_DEMOTED) {
		snprintf(name, sizeof name, "part-%u.dat", leaf->number + 1);
		encode_parameter(&writing->out, "filename", slice_str(name));
	} else if (leaf->name.len > 0) {
		encode_parameter(&writing->out, "filename", leaf->name);
	}
}

static struct slice
type_of(const struct leaf *leaf)
{
	if (leaf->content == SALVAGE_STRETCH || leaf->flags & SALVAGE_DEMOTED ||
	    leaf->type.len == 0)
		return slice_str("application/octet-stream");
	return leaf->type;
}

static void
put_leaf_head(struct writing *writing, const struct leaf *leaf)
{
	struct out *out = &writing->out;
	const bool plain = leaf->content == SALVAGE_STRETCH || leaf->flags & SALVAGE_DEMOTED;
	const bool body = !plain && !leaf->attached && leaf->name.len == 0 && leaf->id.len == 0;

	out_text(out, "Content-Type: ");
	out_slice(out, type_of(leaf));
	if (!plain && leaf->charset.len > 0) {
		out_text(out, "; charset=");
		out_slice(out, leaf->charset);
	}
	out_crlf(out);
	out_text(out, leaf->qp ? "Content-Transfer-Encoding: quoted-printable"
			       : "Content-Transfer-Encoding: base64");
	out_crlf(out);
	if (!body) {
		out_text(out, plain || leaf->attached ? "Content-Disposition: attachment"
						      : "Content-Disposition: inline");
		put_name(writing, leaf);
		out_crlf(out);
	}
	if (!plain && leaf->id.len > 0) {
		out_text(out, "Content-ID: <");
		out_slice(out, leaf->id);
		out_byte(out, '>');
		out_crlf(out);
	}
	out_crlf(out);
}

static void
tell_leaf(struct plan *plan, const struct leaf *leaf)
{
	const struct salvage_order *order = plan->order;
	struct salvage_row row = { .kind = SALVAGE_PART,
		.code = leaf->content,
		.flags = leaf->flags,
		.number = leaf->number,
		.offset = leaf->offset,
		.length = leaf->offset == OFFSET_NONE ? 0 : leaf->length,
		.size = leaf->bytes.len };

	order->hash(order->hashing, leaf->bytes, row.sha256);
	if (leaf->source.data == leaf->bytes.data && leaf->source.len == leaf->bytes.len)
		memcpy(row.source, row.sha256, sizeof row.source);
	else
		order->hash(order->hashing, leaf->source, row.source);
	row.text[0] = salvage_text(plan->out, type_of(leaf));
	row.text[1] = salvage_text(plan->out, leaf->name);
	(void)salvage_add(plan->out, row);
}

static void
put_leaf(struct writing *writing, const struct leaf *leaf)
{
	put_leaf_head(writing, leaf);
	if (leaf->qp)
		coded_qp(&writing->out, leaf->bytes);
	else
		coded_base64(&writing->out, leaf->bytes);
	tell_leaf(writing->plan, leaf);
}

/* ---- the walk ---- */

static void
put_container(struct writing *writing, int index)
{
	const struct node *node = &writing->plan->nodes[index];
	struct out *out = &writing->out;

	if (node->kind == NODE_MESSAGE && index > 0) {
		out_text(out, "Content-Type: message/rfc822");
		out_crlf(out);
		out_crlf(out);
	}
	if (node->kind == NODE_MESSAGE)
		head_write(writing->plan, out, node->part);
	if (!is_bounded(node))
		return;
	out_text(out, "Content-Type: multipart/");
	out_text(out, node->kind == NODE_MULTIPART ? node->subtype : "mixed");
	out_text(out, ";");
	out_crlf(out);
	out_text(out, " boundary=\"");
	put_boundary(writing, index);
	out_text(out, "\"");
	out_crlf(out);
	out_crlf(out);
}

/* What follows a node that is done: closing delimiters, and the next node; -1 at the end. */
static int
climb(struct writing *writing, int index)
{
	const struct node *nodes = writing->plan->nodes;

	while (nodes[index].next < 0) {
		index = nodes[index].parent;
		if (index < 0)
			return -1;
		if (is_bounded(&nodes[index])) {
			out_crlf(&writing->out);
			put_delimiter(writing, index, true);
		}
	}
	out_crlf(&writing->out);
	put_delimiter(writing, nodes[index].parent, false);
	return nodes[index].next;
}

static void
put_all(struct writing *writing)
{
	int index = 0;

	while (index >= 0) {
		const struct node *node = &writing->plan->nodes[index];

		if (node->kind == NODE_LEAF) {
			put_leaf(writing, &node->leaf);
			index = climb(writing, index);
			continue;
		}
		put_container(writing, index);
		if (is_bounded(node))
			put_delimiter(writing, index, false);
		index = node->first;
	}
}

static void
end_line(struct out *out)
{
	if (out->len > 0 && out->bytes[out->len - 1] != '\n')
		out_crlf(out);
}

static void
name_boundary(struct writing *writing)
{
	int used = snprintf(writing->boundary, sizeof writing->boundary, "=_salvage_");

	for (size_t i = 0; i < 8; i++)
		used += snprintf(writing->boundary + used, sizeof writing->boundary - (size_t)used,
		    "%02x", (unsigned)writing->plan->order->sha256[i]);
	snprintf(writing->boundary + used, sizeof writing->boundary - (size_t)used, "_");
}

bool
salvage_mail(const struct salvage_order *order)
{
	struct plan plan = {
		.order = order, .msg = order->msg, .arena = order->arena, .out = order->out
	};
	struct writing writing = { .plan = &plan,
		.out = { .bytes = order->mail, .room = order->mail_room } };

	memcpy(order->out->sha256, order->sha256, sizeof order->out->sha256);
	name_boundary(&writing);
	plan_build(&plan);
	head_tell_envelope(&plan);
	put_all(&writing);
	end_line(&writing.out);
	order->out->mail_len = writing.out.len;
	return !writing.out.full;
}

void
salvage_inventory(const struct salvage_order *order)
{
	const struct message *msg = order->msg;

	memcpy(order->out->sha256, order->sha256, sizeof order->out->sha256);
	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		struct salvage_row row = { .kind = SALVAGE_PART, .code = SALVAGE_FILE };

		if (part->kind != PART_LEAF)
			continue;
		row.offset = message_offset(msg, part->body);
		row.length = row.offset == OFFSET_NONE ? 0 : part->body.len;
		row.size = part->decoded.len;
		order->hash(order->hashing, part->decoded, row.sha256);
		memcpy(row.source, row.sha256, sizeof row.source);
		row.text[0] = salvage_text(order->out, slice_str(part->path));
		(void)salvage_add(order->out, row);
	}
}
