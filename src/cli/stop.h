/*
 * stop.h - the first interrupt ends the scan in good order, the second ends the process.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_STOP_H
#define IMC_STOP_H

#include <signal.h>
#include <stdbool.h>

/* From now on SIGINT and SIGTERM are noted once; each falls back to its default then. Call before
 * workers are forked: they inherit it, so that the ^C of a terminal does not kill them at once. */
void stop_watch(void);

/* Whether one of them came; the flag itself is for the pool, which waits. */
bool stop_requested(void);
const volatile sig_atomic_t *stop_flag(void);

#endif
