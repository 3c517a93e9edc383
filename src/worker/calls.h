/*
 * calls.h - which system calls a worker may make, and why: one row each.
 *
 * For src/worker; sandbox.c makes the filter of it. What stands in no row kills.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_CALLS_H
#define IMC_CALLS_H

#include <stddef.h>

enum call_verdict {
	CALL_ALLOWED,
	CALL_NARROWED, /* allowed with certain arguments only: sandbox.c */
	CALL_REFUSED   /* answers EACCES: libraries that look around go on without */
};

struct call {
	enum call_verdict verdict;
	int number; /* as libseccomp numbers it: below 0 where this machine has no such call */
	const char *name;
	const char *why; /* a phrase: which input, or which code, asks for it */
};

const struct call *calls_all(size_t *count);

#endif
