/*
 * tear.h - for tear.c and tear_steps.c alone.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEAR_H
#define IMC_TEAR_H

#include "message.h"

#define TEAR_UNIT 512u /* bytes of a sector */

/* Whether the file holds one byte over and over there: a block that was never written. */
bool tear_is_blank(struct slice file, size_t at);

/* Record where base64 lines fall out of step at a border and are in step again at another. */
void tear_find_steps(struct message *msg, struct arena *arena);

#endif
