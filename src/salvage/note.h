/*
 * note.h - what the new mail says about itself.
 *
 * For src/salvage only. Our own words and numbers: nothing of the old mail.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_NOTE_H
#define IMC_SALVAGE_NOTE_H

#include "salvage/plan.h"

/* Which parts are bytes as they stood, or under a name of ours, and why. */
struct leaf note_damage(struct plan *plan);

/* Before a message that goes along as a whole. */
struct leaf note_cover(struct plan *plan);

/* In the place of nothing. */
struct leaf note_empty(void);

#endif
