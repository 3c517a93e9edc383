/*
 * about.h - which program, libraries and host this is.
 *
 * For src/cli.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ABOUT_H
#define IMC_ABOUT_H

#include "suspect.h"

/* Fill the fields of *run on program, libraries, host and system; static text. */
void about_fill(struct run_info *run);

/* `imcscan --version`; the exit status. */
int about_print(void);

/* Seconds since 1970 UTC: now, or SOURCE_DATE_EPOCH where the environment sets it, so that two runs
 * can write the same report. */
int64_t about_now(void);

#endif
