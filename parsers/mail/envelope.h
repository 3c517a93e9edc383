/*
 * envelope.h - the pieces of the envelope parser.
 *
 * For envelope.c, envelope_paths.c and envelope_pickup.c only.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_ENVELOPE_H
#define IMC_ENVELOPE_H

#include "mail.h"

/* Find MAIL FROM, RCPT TO and MTS-ID in msg->envelope.whole, from byte `from` on. */
void envelope_mine(struct message *msg, struct arena *arena, size_t from);

/* Read x-sender: and x-receiver: lines at the top of the file, when there are any. */
void envelope_pickup(struct message *msg, struct arena *arena);

#endif
