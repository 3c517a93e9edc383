/*
 * shelf.h - the list of what is searched for, in memory that workers see and cannot change.
 *
 * For src/worker only, parent side.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SHELF_H
#define IMC_SHELF_H

#include <stdbool.h>

#include "wanted.h"

struct shelf {
	struct wanted *ours;       /* for writing; children do not inherit it */
	const struct wanted *lent; /* the same memory as children see it */
	void *lent_memory;         /* the same, to give it back */
};

/* An empty list. False and errno on failure, with nothing to close. */
bool shelf_open(struct shelf *shelf);
void shelf_close(struct shelf *shelf); /* of one that was not opened (all zero), too */

#endif
