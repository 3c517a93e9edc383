/*
 * place.h - facts at a place of a decoded body.
 *
 * For parsers of decoded leaves. Code: place.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_PLACE_H
#define IMC_PLACE_H

#include "message.h"

/* Record a fact about `len` bytes of the part's decoded body from `pos` on, with their place in
 * the file. The place costs a walk over the encoded body, so it is looked up only for facts
 * that are kept. */
void place_fact(struct message *msg, struct arena *arena, enum fact_kind kind, int part, size_t pos,
    size_t len, uint64_t value);

#endif
