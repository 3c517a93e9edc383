/*
 * plan.h - what the new mail is made of: a tree of messages, multiparts and leaves.
 *
 * For src/salvage only. The tree is built in one pass over the parts of the old mail (plan.c,
 * leaf.c, files.c, unfielded.c) and written in one walk over it (mail.c). Nothing recurses.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_PLAN_H
#define IMC_SALVAGE_PLAN_H

#include "message.h"
#include "salvage.h"
#include "salvage/salvage_mail.h"
#include "unpack.h"

#define PLAN_DEPTH_MAX 8u    /* multiparts and messages in each other */
#define PLAN_MESSAGES_MAX 6u /* messages in each other */
#define PLAN_CONTAINERS_MAX 300u
#define PLAN_RESERVED 4u /* leaves kept for the rest, and for the note */

enum node_kind { NODE_LEAF, NODE_MULTIPART, NODE_MESSAGE };

struct leaf {
	enum salvage_content content;
	uint32_t flags; /* SALVAGE_* */
	struct slice bytes;
	struct slice source;  /* before it was changed */
	struct slice type;    /* "text/plain"; for a stretch or a demoted one it is not looked at */
	struct slice charset; /* empty: none is named */
	struct slice name;    /* UTF-8, safe; empty: none */
	struct slice id;      /* Content-ID without brackets, safe; empty: none */
	bool attached;        /* else inline */
	bool qp;
	bool reserved;           /* takes one of the leaves kept for the end */
	uint64_t offset, length; /* place in the file */
	unsigned number;
};

struct node {
	enum node_kind kind;
	int parent, first, last, next; /* -1: none */
	unsigned n_children;
	unsigned depth, messages;
	int part;            /* NODE_MESSAGE: the part whose header is that of the mail, -1: none */
	const char *subtype; /* NODE_MULTIPART */
	struct leaf leaf;
};

struct plan {
	const struct salvage_order *order;
	const struct message *msg;
	struct arena *arena;
	struct salvage *out;
	struct node *nodes; /* the first is the mail itself */
	size_t n_nodes, room;
	unsigned n_leaves, n_containers, n_stretches, n_demoted;
	uint64_t budget; /* bytes of the new mail that are not given away */
	bool cut;        /* something found no room */
};

/* Build the tree for order->wish. */
void plan_build(struct plan *plan);

/* A new container in that one; the one itself where it would be too deep or there are too many. */
int plan_multipart(struct plan *plan, int into, const char *subtype);
int plan_message(struct plan *plan, int into, int part);

/* `into` if parts of one rank may be put there, or a multipart/mixed in it. */
int plan_mixed(struct plan *plan, int into);

/* Add a leaf; false, and the bytes are told as lost, when there is no room. */
bool plan_leaf(struct plan *plan, int into, struct leaf leaf);

/* A leaf of the old mail, in as many of the new as it takes. leaf.c */
void plan_part(struct plan *plan, int into, int part);

/* Bytes of the old mail as they stood. */
void plan_stretch(
    struct plan *plan, int into, struct slice bytes, uint64_t offset, uint64_t length);

/* Text of the mail in a charset (empty: nothing names it), from that place of the file. */
struct source {
	int into;
	struct slice bytes, charset;
	uint64_t offset, length;
	uint32_t flags;
};

void plan_text(struct plan *plan, const struct source *source);

/* A part that is packed in a way of its own, or may hold files that are. files.c; false: it holds
 * none. */
bool plan_packed(struct plan *plan, int into, int part);
bool plan_tnef(struct plan *plan, int into, int part);

/* Note that bytes of the file are in no part. */
void plan_lost(struct plan *plan, enum salvage_loss why, uint64_t offset, uint64_t length);

/* Note the same of lines of the part's header that are no field, and of fields that found no room when
 * the header was read. unfielded.c */
void plan_unfielded(struct plan *plan, int part);

/* The place of a part's encoded body, or of bytes in it when they are the file's own. */
uint64_t plan_place(const struct plan *plan, int part, struct slice bytes, uint64_t *length);

#endif
