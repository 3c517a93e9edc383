/*
 * head.h - the header of a mail, made anew from what can be had safely.
 *
 * For src/salvage only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_SALVAGE_HEAD_H
#define IMC_SALVAGE_HEAD_H

#include "salvage/out.h"
#include "salvage/plan.h"

#define HEAD_MOST (24u << 10) /* bytes of a header, which servers of that time took 32 KB of */

/* Write From to MIME-Version of the mail whose header is that of the part (-1: of nobody), and tell
 * what of it was left out. */
void head_write(struct plan *plan, struct out *out, int part);

/* Tell sender and recipients: those of the envelope, else those of the header. */
void head_tell_envelope(struct plan *plan);

/* addresses.c: the addresses of all fields of that id in the part's header, at most `most` of them, as one
 * field; how many were written. *left: some were not. */
size_t addresses_write(struct plan *plan, struct out *out, const char *name, int part,
    enum field_id id, size_t most, bool *left);

/* Whether the bytes may stand as an address, a sender's or another. */
bool addresses_take(const struct plan *plan, struct slice address, bool sender);

/* The same as rows of recipients. */
void addresses_tell(struct plan *plan, int part, enum field_id id, enum salvage_kind kind,
    enum salvage_source source);

#endif
