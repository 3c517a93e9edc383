/*
 * lawful.h - random messages that obey RFC 2046, and where their parts were written.
 *
 * For targets that compare: what the splitter finds must be what stands here.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FUZZ_LAWFUL_H
#define IMC_FUZZ_LAWFUL_H

#include "message.h"
#include "mkspool/buf.h"

#define LAWFUL_PARTS 60
#define LAWFUL_DEPTH 12u

/* A range of the text, in bytes from its start. */
struct lawful_span {
	size_t from, end;
};

struct lawful_part {
	enum part_kind kind;
	int parent;
	struct lawful_span header, body;
	struct lawful_span preamble, epilogue; /* multipart only */
	bool has_epilogue;
	/* leaves: as any reader must take them; name NULL: none, "": one that must be decoded */
	const char *type, *name;
	enum encoding encoding;
};

struct lawful {
	struct pool pool;
	struct buf *text;
	struct lawful_part parts[LAWFUL_PARTS];
	int n_parts;
};

/* Write a message as the bytes choose; any bytes will do. Ends every line in `eol`. Free with
 * lawful_free(). */
void lawful_write(struct lawful *lawful, struct slice choices, const char *eol);
void lawful_free(struct lawful *lawful);

#endif
