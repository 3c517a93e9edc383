/*
 * serve.h - the worker process: confined, it serves one descriptor after another.
 *
 * For src/worker only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SERVE_H
#define IMC_SERVE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "limits_set.h"
#include "worker/slot.h"

struct serve_options {
	int channel; /* the worker's end */
	struct slot *slot;
	struct description *description; /* NULL: nobody wants one */
	struct evidence *evidence;       /* NULL: no logs are read */
	struct block_hashes *hashes;     /* NULL: nobody wants them */
	struct salvage_area *salvage;    /* NULL: nothing is salvaged */
	const struct wanted *wanted;     /* read-only; NULL: nothing is searched for */
	pid_t parent;
	size_t memory; /* bytes */
	bool sandbox;
	const bool *disabled; /* per rule, or NULL */
	struct limits_set limits;
};

/* What a worker does from fork to end; returns the exit status. */
typedef int serve_main(const struct serve_options *options);

/* The one that examines. */
serve_main serve;

#endif
