/* lists.h - what can be asked for, one a line on standard output; each returns 0. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_MKSPOOL_LISTS_H
#define IMC_MKSPOOL_LISTS_H

#include <stdbool.h>

int lists_odd_or_triggers(bool odd);
int lists_damage(void);
int lists_scenarios(void);

#endif
