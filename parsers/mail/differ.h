/*
 * differ.h - for mime.c: where GMime's reading of a message and ours part ways.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_DIFFER_H
#define IMC_DIFFER_H

#include "message.h"

/* Compare msg->gmime_leaves and msg->gmime_boundaries with our parts; both readers have read the
 * same bytes to their end. Records facts FACT_GMIME_PARTS, _EXTENT and _DIFFERS. */
void differ_compare(struct message *msg, struct arena *arena);

#endif
