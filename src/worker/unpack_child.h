/*
 * unpack_child.h - the parent's hold on the process that unpacks.
 *
 * For src/worker/unpack.c only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_UNPACK_CHILD_H
#define IMC_UNPACK_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "worker/unpack_private.h"

struct unpack_child {
	pid_t pid;                    /* -1: no process */
	int channel;                  /* our end, -1 without a process */
	struct unpack_window *window; /* lasts from process to process; NULL before the first */
	unpack_main *serve;
	const char *charset;
	size_t memory; /* bytes */
	bool sandbox;
};

/* Fork the worker and wait until it is confined. False with errno. */
bool unpack_child_start(struct unpack_child *child);

/* End the process, if there is one. The wait status, which tells how it died when it was dead
 * before. */
int unpack_child_stop(struct unpack_child *child);

void unpack_child_close(struct unpack_child *child);

#endif
