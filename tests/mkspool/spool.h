/* spool.h - spool names, the binary envelope, and the bytes of a file. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef MKSPOOL_SPOOL_H
#define MKSPOOL_SPOOL_H

#include "letter.h"

/* How a whole tree looks. */
struct look {
	bool in_terminator; /* files of In end with a dot line, and are dot-stuffed */
	bool lf_only;       /* as after a transfer in ASCII mode */
	bool no_envelope;
};

/* The number-th name of a service run: eight symbols of the 32. Numbers below 16 * 32768 give
 * different names; In and Out differ in symbol 5. */
void spool_name(uint64_t seed, unsigned run, enum way way, unsigned number, char name[9]);

/* Put the whole file together: envelope, text, terminator. text_at receives the offset of the
 * text. */
struct buf *spool_file(
    struct scene *s, const struct item *item, const struct look *look, size_t *text_at);

#endif
