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

#endif
