/* plan.c - the tree of the new mail: containers, leaves, and what there is no room for. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "salvage/plan.h"

#include <string.h>

#include "salvage/encode.h"
#include "salvage/head.h"
#include "salvage/note.h"
#include "salvage/text.h"

#define HEADERS                                                                                    \
	((uint64_t)700)    /* bytes that the header of a leaf takes, at most, delimiter and all */
#define PREAMBLE_MOST 200u /* what mailers write there for readers without MIME */

static int
add_node(struct plan *plan, int into, struct node node)
{
	const int number = (int)plan->n_nodes;

	node.parent = into;
	node.first = node.last = node.next = -1;
	arena_grow(plan->arena, &plan->nodes, &plan->room, plan->n_nodes, sizeof *plan->nodes);
	plan->nodes[plan->n_nodes++] = node;
	if (into < 0)
		return number;
	struct node *around = &plan->nodes[into];
	if (around->last >= 0)
		plan->nodes[around->last].next = number;
	else
		around->first = number;
	around->last = number;
	around->n_children++;
	return number;
}

/* Bytes that the container's own lines take, at most: encoded, a field grows to its double, and what
 * is made up is short. */
static uint64_t
cost_of(const struct plan *plan, const struct node *node)
{
	const size_t header = node->kind == NODE_MESSAGE && node->part >= 0
				  ? plan->msg->parts[node->part].header.len
				  : 0;
	const uint64_t head = header < HEAD_MOST / 4 ? 4 * header : HEAD_MOST;

	return 3 * HEADERS + head;
}

static int
add_container(struct plan *plan, int into, struct node node)
{
	const struct node *around = &plan->nodes[into];

	node.depth = around->depth + 1;
	node.messages = around->messages + (node.kind == NODE_MESSAGE);
	const uint64_t cost = cost_of(plan, &node);
	if (node.depth > PLAN_DEPTH_MAX || node.messages > PLAN_MESSAGES_MAX ||
	    plan->n_containers >= PLAN_CONTAINERS_MAX || plan->budget < cost)
		return into;
	plan->n_containers++;
	plan->budget -= cost;
	return add_node(plan, into, node);
}

int
plan_multipart(struct plan *plan, int into, const char *subtype)
{
	return add_container(
	    plan, into, (struct node){ .kind = NODE_MULTIPART, .subtype = subtype });
}

int
plan_message(struct plan *plan, int into, int part)
{
	return add_container(plan, into, (struct node){ .kind = NODE_MESSAGE, .part = part });
}

static bool
is_mixed(const struct node *node)
{
	return node->kind == NODE_MESSAGE || slice_eq(slice_str(node->subtype), "mixed");
}

int
plan_mixed(struct plan *plan, int into)
{
	return is_mixed(&plan->nodes[into]) ? into : plan_multipart(plan, into, "mixed");
}

void
plan_lost(struct plan *plan, enum salvage_loss why, uint64_t offset, uint64_t length)
{
	const struct salvage_row row = { .kind = SALVAGE_LOST,
		.code = why,
		.offset = offset,
		.length = offset == OFFSET_NONE ? 0 : length };

	(void)salvage_add(plan->out, row);
}

uint64_t
plan_place(const struct plan *plan, int part, struct slice bytes, uint64_t *length)
{
	const struct slice body = plan->msg->parts[part].body;
	const uint64_t own = bytes.len > 0 ? message_offset(plan->msg, bytes) : OFFSET_NONE;

	*length = own == OFFSET_NONE ? body.len : bytes.len;
	return own == OFFSET_NONE ? message_offset(plan->msg, body) : own;
}

static bool
is_marked(const uint8_t *bits, unsigned number)
{
	const unsigned bit = number < SALVAGE_WISH_BITS ? number : SALVAGE_WISH_BITS - 1;

	return bits[bit / 8] >> bit % 8 & 1;
}

static struct slice
seal(struct plan *plan, struct slice bytes)
{
	const size_t label = sizeof SALVAGE_SEAL - 1;
	unsigned char *sealed = arena_alloc(plan->arena, label + bytes.len, 1);

	memcpy(sealed, SALVAGE_SEAL, label);
	if (bytes.len > 0)
		memcpy(sealed + label, bytes.data, bytes.len);
	return slice_of(sealed, label + bytes.len);
}

/* Nothing is asked of what we say ourselves. */
static void
heed(struct plan *plan, struct leaf *leaf)
{
	const struct salvage_wish *wish = plan->order->wish;

	if (leaf->content == SALVAGE_NOTE)
		return;
	if (is_marked(wish->demoted, leaf->number))
		leaf->flags |= SALVAGE_DEMOTED;
	if (!is_marked(wish->sealed, leaf->number))
		return;
	leaf->flags |= SALVAGE_DEMOTED | SALVAGE_SEALED;
	/* As it stood, not as text that was made better. */
	leaf->bytes = seal(plan, leaf->source);
}

/* Quoted-printable for text that stays readable in it. */
static uint64_t
choose_encoding(struct leaf *leaf)
{
	const uint64_t base64 = coded_base64_size(leaf->bytes.len);
	uint64_t qp;

	leaf->qp = false;
	if (leaf->content == SALVAGE_STRETCH || leaf->flags & SALVAGE_DEMOTED ||
	    !slice_starts(leaf->type, "text/") || !text_is_clean(leaf->bytes))
		return base64;
	qp = coded_qp_size(leaf->bytes);
	leaf->qp = qp < base64;
	return leaf->qp ? qp : base64;
}

bool
plan_leaf(struct plan *plan, int into, struct leaf leaf)
{
	const unsigned most = SALVAGE_LEAVES_MAX - (leaf.reserved ? 0 : PLAN_RESERVED);
	uint64_t size;

	leaf.number = plan->n_leaves;
	heed(plan, &leaf);
	if (plan->order->wish->more & SALVAGE_HOIST && leaf.content != SALVAGE_TEXT &&
	    plan->nodes[into].messages > 0)
		into = 0;
	size = choose_encoding(&leaf) + HEADERS;
	if (plan->n_leaves >= most || size > plan->budget) {
		plan->cut = true;
		plan_lost(plan, SALVAGE_LOST_ROOM, leaf.offset, leaf.length);
		return false;
	}
	plan->budget -= size;
	plan->n_leaves++;
	plan->n_stretches += leaf.content == SALVAGE_STRETCH;
	plan->n_demoted += (leaf.flags & SALVAGE_DEMOTED) != 0;
	add_node(plan, into, (struct node){ .kind = NODE_LEAF, .leaf = leaf });
	return true;
}

void
plan_stretch(struct plan *plan, int into, struct slice bytes, uint64_t offset, uint64_t length)
{
	if (bytes.len > 0)
		(void)plan_leaf(plan, into,
		    (struct leaf){ .content = SALVAGE_STRETCH,
			.bytes = bytes,
			.source = bytes,
			.attached = true,
			.offset = offset,
			.length = length });
}

/* ---- the parts of the old mail ---- */

static const char *
subtype_of(const struct part *part)
{
	if (part_is(part, "multipart", "alternative"))
		return "alternative";
	return part_is(part, "multipart", "related") ? "related" : "mixed";
}

/* What stands around the parts of a multipart is for nobody, but it may hide a mail. */
static void
take_around(struct plan *plan, int into, struct slice text, size_t most)
{
	const uint64_t offset = message_offset(plan->msg, text);

	if (text_is_blank(text) || offset == OFFSET_NONE)
		return;
	if (text.len <= most)
		plan_lost(plan, SALVAGE_LOST_AROUND, offset, text.len);
	else
		plan_stretch(plan, plan_mixed(plan, into), text, offset, text.len);
}

static int
take_multipart(struct plan *plan, const struct part *part, int into)
{
	const char *subtype = subtype_of(part);
	int container = into;

	/* Not a second multipart/mixed around the only one. */
	if (!slice_eq(slice_str(subtype), "mixed") || !is_mixed(&plan->nodes[into]) ||
	    plan->nodes[into].n_children > 0)
		container = plan_multipart(plan, into, subtype);
	take_around(plan, container, part->preamble, PREAMBLE_MOST);
	return container;
}

/* A message too deep, or without a part inside, stays as it is. */
static int
take_message(struct plan *plan, int index, int into)
{
	const struct part *part = &plan->msg->parts[index];
	const bool flat = plan->order->wish->more & SALVAGE_FLAT;
	const int inside =
	    part->first_child < 0 || flat ? into : plan_message(plan, into, part->first_child);

	if (inside == into)
		plan_stretch(
		    plan, into, part->body, message_offset(plan->msg, part->body), part->body.len);
	return inside == into ? -1 : inside;
}

/* From that part on there is no room for single ones. */
static void
take_rest(struct plan *plan, int index)
{
	const struct message *msg = plan->msg;
	const uint64_t from = message_offset(
	    msg, msg->parts[index].header.data ? msg->parts[index].header : msg->parts[index].body);
	const uint64_t text = message_offset(msg, msg->lines.text);
	struct leaf leaf = { .content = SALVAGE_STRETCH, .attached = true, .offset = from };

	if (from == OFFSET_NONE || text == OFFSET_NONE || from < text)
		return;
	leaf.bytes = leaf.source = slice_from(msg->lines.text, (size_t)(from - text));
	leaf.length = leaf.bytes.len;
	leaf.reserved = true;
	(void)plan_leaf(plan, 0, leaf);
}

/* containers[i]: where the children of part i go, -1: nowhere, they are taken already. */
static void
take_parts(struct plan *plan)
{
	const struct message *msg = plan->msg;
	int *containers = arena_alloc(plan->arena, msg->n_parts, sizeof *containers);

	for (size_t i = 0; i < msg->n_parts; i++) {
		const struct part *part = &msg->parts[i];
		const int into = part->parent < 0 ? 0 : containers[part->parent];

		containers[i] = -1;
		if (into < 0)
			continue;
		if (plan->n_leaves + 2 * PLAN_RESERVED >= SALVAGE_LEAVES_MAX) {
			take_rest(plan, (int)i);
			return;
		}
		plan_unfielded(plan, (int)i);
		if (part->kind == PART_LEAF)
			plan_part(plan, into, (int)i);
		else if (part->kind == PART_MULTIPART)
			containers[i] = take_multipart(plan, part, into);
		else
			containers[i] = take_message(plan, (int)i, into);
	}
}

static void
take_epilogues(struct plan *plan)
{
	for (size_t i = 0; i < plan->msg->n_parts; i++)
		if (plan->msg->parts[i].kind == PART_MULTIPART)
			take_around(plan, 0, plan->msg->parts[i].epilogue, 0);
}

/* ---- the whole ---- */

static void
cover(struct plan *plan)
{
	const struct slice file = plan->msg->file;

	(void)plan_leaf(plan, 0, note_cover(plan));
	plan_stretch(plan, 0, file, 0, file.len);
}

/* A container without anything in it would be no MIME. */
static void
fill_empty(struct plan *plan)
{
	const size_t n_nodes = plan->n_nodes;

	for (size_t i = 0; i < n_nodes; i++) {
		struct node empty = { .kind = NODE_LEAF, .leaf = note_empty() };

		if (plan->nodes[i].kind == NODE_LEAF || plan->nodes[i].first >= 0)
			continue;
		empty.leaf.number = plan->n_leaves++;
		(void)add_node(plan, (int)i, empty);
	}
}

/* What is neither text of the mail nor its envelope. */
static void
tell_outside(struct plan *plan)
{
	const struct message *msg = plan->msg;
	const uint64_t text = message_offset(msg, msg->lines.text);
	const uint64_t end = text == OFFSET_NONE ? 0 : text + msg->lines.text.len;
	const struct fact *nuls = message_next_fact(msg, FACT_NUL_TAIL, NULL);

	if (nuls && nuls->offset >= end)
		plan_lost(plan, SALVAGE_LOST_NULS, nuls->offset, nuls->len);
	if (message_next_fact(msg, FACT_NUL_WHOLE, NULL))
		plan_lost(plan, SALVAGE_LOST_NULS, 0, msg->file.len);
	if (msg->file_size > msg->file.len)
		plan_lost(plan, SALVAGE_LOST_BEYOND, msg->file.len, msg->file_size - msg->file.len);
}

void
plan_build(struct plan *plan)
{
	plan->budget = plan->order->mail_room - HEAD_MOST - 4 * (uint64_t)HEADERS;
	add_node(plan, -1, (struct node){ .kind = NODE_MESSAGE, .part = 0 });
	if (plan->order->wish->way == SALVAGE_COVER) {
		plan->nodes[0].part = -1;
		cover(plan);
	} else {
		take_parts(plan);
		take_epilogues(plan);
		if (plan->n_stretches > 0 || plan->cut || plan->n_demoted > 0)
			(void)plan_leaf(plan, 0, note_damage(plan));
	}
	fill_empty(plan);
	tell_outside(plan);
}
