/*
 * tnef.h - between tnef.c (attributes) and tnef_props.c (MAPI property lists).
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TNEF_H
#define IMC_TNEF_H

#include "cursor.h"
#include "message.h"

/* One TNEF stream that is being walked. */
struct tnef {
	struct message *msg;
	struct arena *arena;
	int part;
	const struct part *view; /* the part, or a copy of it that stands for a block inside */
	struct cursor in;        /* over the decoded bytes of view */
};

/* Record a fact about bytes pos..pos+len of the stream. */
void tnef_fact(struct tnef *tnef, enum fact_kind kind, size_t pos, size_t len, uint64_t value);

/* Walk the stream that view->decoded is; facts go to the part. */
void tnef_walk(struct message *msg, struct arena *arena, int part, const struct part *view);

/* Check the property list of `len` bytes at pos ([MS-OXTNEF] 2.1.3.4), or, in the recipient table,
 * its rows of such lists (2.1.3.5). */
void tnef_check_props(struct tnef *tnef, size_t pos, size_t len);
void tnef_check_recipients(struct tnef *tnef, size_t pos, size_t len);

#endif
