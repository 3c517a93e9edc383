/*
 * member.h - the bytes of an archive's member as a file in memory.
 *
 * For src/spool only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_MEMBER_H
#define IMC_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "worker/unpack.h"

struct member_file {
	int fd; /* sealed against every change, the caller's to close; -1: see reason */
	struct packed_whole whole;
	const char *reason;    /* why there is none: static text, or as strerror() */
	enum packed_step step; /* how the bytes ended */
};

/* Fetch what unpack_next() began. False and errno as unpack_more(); nothing is open then. */
bool member_fetch(struct unpack *unpack, struct member_file *out);

/* Why a member was not read whole, in words for a report; "" for its proper end. */
const char *member_reason(enum packed_step step);

#endif
