/*
 * gate.h - for mime.c: what of a message GMime may see.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_GATE_H
#define IMC_GATE_H

#include "message.h"

/* Values of FACT_GMIME_SKIPPED. */
enum gate_skip { GATE_OPEN, GATE_PARTS, GATE_SIZE, GATE_FIELDS, GATE_WORK };

struct gate {
	struct slice text; /* for GMime: a slice of the file, or a copy in the arena when masked */
	uint64_t offset;   /* place in the file of its first byte */
	size_t n_masked;   /* fields hidden with spaces; recorded as FACT_GMIME_MASKED */
};

/* Decide whether GMime may read the message, and how much of it. Records what was hidden or why it
 * was skipped; *gate is set when GATE_OPEN is returned. Linear in the text. */
enum gate_skip gate_open(struct message *msg, struct arena *arena, struct gate *gate);

#endif
