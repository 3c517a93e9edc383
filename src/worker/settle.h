/*
 * settle.h - signals and processor time of a worker.
 *
 * For serve.c and unpack_serve.c, in the worker.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SETTLE_H
#define IMC_SETTLE_H

#include <stdint.h>

/* Signals for the whole process group (a terminal's ^C, ^Z, hang-up) are the parent's to answer: a
 * worker that died of one would stand in the report as evidence. It ends with its parent in any
 * case. */
void settle_signals(void);

/* CPU time of this process from now on; SIGPROF ends it when that is used up. 0: no limit. */
void settle_cpu(uint64_t ms);

#endif
